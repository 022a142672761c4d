/* SPDX-License-Identifier: MIT
 *
 * Counters by name. */
#ifndef SBFOTA_CLI_TALLY_H
#define SBFOTA_CLI_TALLY_H

#include "capture/names.h"

/* Start with all zero; end with tally_free. */
struct tally {
    struct names names;
    uint64_t *counts;
    uint32_t capacity;
};

struct tally_entry {
    struct bytes name;
    uint64_t count;
};

/* False without memory. */
bool tally_add(struct tally *tally, struct bytes name, uint64_t count);

/* Add what another one has counted. False without memory. */
bool tally_join(struct tally *sum, const struct tally *tally);

/* All entries, sorted; the caller frees them. NULL without entries, and without memory, which sets `no_memory`. */
struct tally_entry *tally_list(const struct tally *tally,
                               int (*compare)(const void *, const void *), bool *no_memory);

/* An order for tally_list: the greatest count first, then by name. */
int tally_greatest_first(const void *a, const void *b);

void tally_free(struct tally *tally);

/* tally_add, for a name whose key is known. */
static inline bool tally_add_keyed(struct tally *tally, struct bytes name,
                                   const struct name_key *key, uint64_t count)
{
    const uint32_t number = names_glance(&tally->names, name, key);
    if (number >= tally->capacity)
        return tally_add(tally, name, count);
    tally->counts[number] += count;
    return true;
}

#endif
