/* SPDX-License-Identifier: MIT
 *
 * Names to small numbers: the modems of a log. */
#ifndef SBFOTA_CAPTURE_NAMES_H
#define SBFOTA_CAPTURE_NAMES_H

#include <stdint.h>

#include "record.h"

#define NAME_UNKNOWN UINT32_MAX

/* Start with all zero; end with names_free. A name's number is its place in the order of coming, from 0. */
struct names {
    struct name_entry {
        uint32_t hash;
        uint32_t text; /* where in `texts` it stands */
        uint32_t length;
    } * entries;
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* number + 1, or 0 */
    uint32_t slot_count;
    char *texts;
    size_t texts_used;
    size_t texts_capacity;
};

/* The number of a name, which is added if it is new. NAME_UNKNOWN without memory. */
uint32_t names_add(struct names *names, struct bytes name);

/* Its number, or NAME_UNKNOWN. */
uint32_t names_find(const struct names *names, struct bytes name);

struct bytes names_text(const struct names *names, uint32_t number);
void names_free(struct names *names);

#endif
