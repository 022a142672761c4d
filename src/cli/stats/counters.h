/* SPDX-License-Identifier: MIT
 *
 * Counters by name. */
#ifndef SBFOTA_CLI_COUNTERS_H
#define SBFOTA_CLI_COUNTERS_H

#include "log/text/names.h"

/* Start with all zero; end with counters_free. */
struct counters {
    struct names names;
    uint64_t *counts;
    uint32_t capacity;
};

struct counters_entry {
    struct bytes name;
    uint64_t count;
};

/* False without memory. */
bool counters_add(struct counters *counters, struct bytes name, uint64_t count);

/* Add what another one has counted. False without memory. */
bool counters_join(struct counters *sum, const struct counters *counters);

/* All entries, sorted; the caller frees them. NULL without entries, and without memory, which sets `no_memory`. */
struct counters_entry *counters_list(const struct counters *counters,
                                     int (*compare)(const void *, const void *), bool *no_memory);

/* An order for counters_list: the greatest count first, then by name. */
int counters_greatest_first(const void *a, const void *b);

void counters_free(struct counters *counters);

/* counters_add, for a name whose key is known. */
static inline bool counters_add_keyed(struct counters *counters, struct bytes name,
                                      const struct name_key *key, uint64_t count)
{
    const uint32_t number = names_glance(&counters->names, name, key);
    if (number >= counters->capacity)
        return counters_add(counters, name, count);
    counters->counts[number] += count;
    return true;
}

#endif
