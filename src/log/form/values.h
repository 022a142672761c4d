/* SPDX-License-Identifier: MIT
 *
 * What stands at one place of lines that are alike, and whether it names the modem. */
#ifndef SBFOTA_LOG_VALUES_H
#define SBFOTA_LOG_VALUES_H

#include "log/prefix/learned.h"

enum {
    VALUES_MAX = 64,
    LONG_NUMBER = 8 /* digits of a number that may name a modem, whatever stands before it */
};

/* Start with all zero. */
struct values {
    struct value {
        struct bytes text;
        unsigned count;
        unsigned from_host;
        uint64_t said;
        bool says_more; /* than one kind of message */
    } list[VALUES_MAX];
    size_t count;
    size_t sightings;
    bool too_many;
};

/* What stands there before, or behind, a message whose keyword is `said`, as a hash. */
void values_add(struct values *values, struct bytes text, uint64_t said, bool from_host);

/* What values at one place are: each of them has a story of its own where they name modems. Behind a word that says so, as in modem 1, numbers
 * and letters may name them too. */
enum element_kind values_judge(const struct values *values, bool is_path, bool behind_colon,
                               bool is_named);

/* Does a word name a thread? */
bool value_is_thread(struct bytes text);

#endif
