/* SPDX-License-Identifier: MIT
 *
 * Names to small numbers: the modems of a log. */
#ifndef SBFOTA_LOG_NAMES_H
#define SBFOTA_LOG_NAMES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "log/text/record.h"

#define NAME_UNKNOWN UINT32_MAX

enum {
    NAMES_KEYS = 4 /* random numbers that a table hashes with */
};

/* Start with all zero; end with names_free. A name's number is its place in the order of coming, from 0. Who makes up names
 * does not know the keys: whatever they are, two of them share a slot as seldom as chance has it. */
struct names {
    struct name_entry {
        const char *text; /* with a NUL behind it; stays where it is */
        uint32_t hash;
        uint32_t length;
        uint32_t next; /* in the same slot: number + 1, or 0 */
    } * entries;
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* the first name in it: number + 1, or 0 */
    uint32_t slot_count;
    uint64_t keys[NAMES_KEYS];  /* chosen with the first slots */
    struct names_chunk *chunks; /* of texts, the last one first */
};

/* The number of a name, which is added if it is new. NAME_UNKNOWN without memory. */
uint32_t names_add(struct names *names, struct bytes name);

/* Its number, or NAME_UNKNOWN. */
uint32_t names_find(const struct names *names, struct bytes name);

/* What stands there until names_free, with a NUL behind it. */
struct bytes names_text(const struct names *names, uint32_t number);
void names_free(struct names *names);

/* A list with `capacity` entries of `size` bytes, one for each name, as it is when it has one for `number`; what is new of it is all zero.
 * NULL without memory, and the list stays. */
void *names_list_grow(void *list, uint32_t *capacity, uint32_t number, size_t size);

static inline uint64_t names_load_8(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline uint64_t names_load_4(const char *bytes)
{
    uint32_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The first and the last bytes of a name of up to 16 bytes, which are all of it: they overlap. */
struct name_ends {
    uint64_t first;
    uint64_t last;
};

static inline struct name_ends names_ends(const char *name, size_t length)
{
    if (length >= 8)
        return (struct name_ends){names_load_8(name), names_load_8(name + length - 8)};
    if (length >= 4)
        return (struct name_ends){names_load_4(name), names_load_4(name + length - 4)};
    struct name_ends ends = {0, 0};
    for (size_t i = 0; i < length; i++)
        ends.first = ends.first << 8 | (unsigned char)name[i];
    return ends;
}

/* Are they the same? Mostly two of a few bytes, whose ends say it. */
static inline bool names_are_alike(struct bytes name, struct bytes other)
{
    if (name.length != other.length)
        return false;
    if (name.length < 8 || name.length > 16)
        return memcmp(name.data, other.data, name.length) == 0;
    const struct name_ends ends = names_ends(name.data, name.length);
    const struct name_ends others = names_ends(other.data, other.length);
    return ends.first == others.first && ends.last == others.last;
}

/* A name that is looked for. */
struct name_key {
    struct name_ends ends;
    uint32_t hash;
};

/* The hash of a name of more than 16 bytes. */
uint32_t names_hash_long(const struct names *names, struct bytes name);

/* The upper half of a sum of products is as good as a random number for each two names, if the keys are random (pair
 * multiplication: Thorup, "High speed hashing for integers and strings"). Names that differ in their length alone, with the same
 * ends, share a slot: a dozen at most. */
static inline struct name_key names_key(const struct names *names, struct bytes name)
{
    const uint64_t *const keys = names->keys;
    const struct name_ends ends = names_ends(name.data, name.length);
    const uint64_t sum = (keys[0] + (uint32_t)ends.first) * (keys[1] + (ends.first >> 32)) +
                         (keys[2] + (uint32_t)ends.last) * (keys[3] + (ends.last >> 32));
    return (struct name_key){ends, name.length > 16 ? names_hash_long(names, name)
                                                    : (uint32_t)(sum >> 32)};
}

/* Its number, if it is short and known and no other name stands before it in its slot; else NAME_UNKNOWN, which says nothing. */
static inline uint32_t names_glance(const struct names *names, struct bytes name,
                                    const struct name_key *key)
{
    if (names->slot_count == 0 || name.length < 8 || name.length > 16)
        return NAME_UNKNOWN;
    const uint32_t number = names->slots[key->hash & (names->slot_count - 1)] - 1;
    if (number == NAME_UNKNOWN)
        return NAME_UNKNOWN;
    const struct name_entry *const entry = &names->entries[number];
    const bool same = entry->length == name.length &&
                      names_load_8(entry->text) == key->ends.first &&
                      names_load_8(entry->text + name.length - 8) == key->ends.last;
    return same ? number : NAME_UNKNOWN;
}

#endif
