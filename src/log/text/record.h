/* SPDX-License-Identifier: MIT
 *
 * What a capture gives: one line of a modem's stream with all that the capture says of it. */
#ifndef SBFOTA_LOG_RECORD_H
#define SBFOTA_LOG_RECORD_H

#include <string.h>

#include <sbfota/sbfota.h>

/* Bytes of somebody else's; valid until the function that was given them returns. */
struct bytes {
    const char *data;
    size_t length;
};

static inline bool bytes_are(struct bytes bytes, const char *word)
{
    return strlen(word) == bytes.length && memcmp(word, bytes.data, bytes.length) == 0;
}

/* Whose text it is. */
enum direction {
    DIRECTION_NONE = 0, /* not known */
    DIRECTION_RX,       /* from the module */
    DIRECTION_TX        /* to it */
};

struct record {
    struct sbfota_event event;
    const char *file;        /* as the user named it; NULL for standard input */
    unsigned long long line; /* from 1 */
    uint64_t offset;         /* in the file, of the first byte of the text */
    struct bytes modem;      /* who; no data if not known */
    struct bytes time;       /* when, RFC 3339 if date and time are known; no data if not known */
    struct bytes text;       /* the line without its ends; no data if overlong */
    struct bytes lead;       /* line ends before it that the record before does not have */
    struct bytes tail;       /* line ends behind it */
    enum direction direction;
    enum sbfota_kind answers; /* the command that a result code answers, or SBFOTA_NONE */
    bool framed;              /* lead and tail are known */
    bool deltas;              /* its time counts from the line before */
};

/* Is it a message of SBFOTA, whole or not: a URC, a command or its answer? Boot messages and result codes are not. */
bool record_is_sbfota(const struct record *record);

/* Is it a message that is known and whole? */
bool record_is_whole(unsigned kind);

/* Who sends lines of this kind; a kind that either may send counts as the module's. */
bool record_is_hosts(unsigned kind);

/* The line ends that the note prints before and behind a line. */
struct bytes record_canonical_lead(unsigned kind);
struct bytes record_canonical_tail(unsigned kind);

/* The flags of a record: its event's, and SBFOTA_FLAG_BYTES if its text is not UTF-8. */
unsigned record_flags(const struct record *record);

/* The part of a record's text that its event points at: the unknown keyword, the text of +CME ERROR. */
struct bytes record_part(const struct record *record);

/* Is the text written out even without --raw? */
bool record_needs_raw(const struct record *record);

#endif
