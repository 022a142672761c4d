/* SPDX-License-Identifier: MIT */
#include "cli/stats/counters.h"

#include <stdlib.h>
#include <string.h>

/* Room for the counter of one name more. */
static bool grow(struct counters *counters)
{
    const uint32_t capacity = counters->names.count * 2 + 64;
    uint64_t *const counts = realloc(counters->counts, capacity * sizeof *counts);
    if (counts == NULL)
        return false;
    memset(counts + counters->capacity, 0, (capacity - counters->capacity) * sizeof *counts);
    counters->counts = counts;
    counters->capacity = capacity;
    return true;
}

bool counters_add(struct counters *counters, struct bytes name, uint64_t count)
{
    /* No name is without its counter. */
    if (counters->names.count >= counters->capacity && !grow(counters))
        return false;
    const uint32_t number = names_add(&counters->names, name);
    if (number == NAME_UNKNOWN)
        return false;
    counters->counts[number] += count;
    return true;
}

bool counters_join(struct counters *sum, const struct counters *counters)
{
    for (uint32_t number = 0; number < counters->names.count; number++)
        if (!counters_add(sum, names_text(&counters->names, number), counters->counts[number]))
            return false;
    return true;
}

struct counters_entry *counters_list(const struct counters *counters,
                                     int (*compare)(const void *, const void *), bool *no_memory)
{
    const uint32_t count = counters->names.count;
    struct counters_entry *const entries = count == 0 ? NULL : malloc(count * sizeof *entries);
    if (entries == NULL) {
        *no_memory = *no_memory || count > 0;
        return NULL;
    }
    for (uint32_t number = 0; number < count; number++)
        entries[number] =
            (struct counters_entry){names_text(&counters->names, number), counters->counts[number]};
    qsort(entries, count, sizeof *entries, compare);
    return entries;
}

int counters_greatest_first(const void *a, const void *b)
{
    const struct counters_entry *const first = a;
    const struct counters_entry *const second = b;
    if (first->count != second->count)
        return first->count > second->count ? -1 : 1;
    const size_t length =
        first->name.length < second->name.length ? first->name.length : second->name.length;
    const int order = memcmp(first->name.data, second->name.data, length);
    return order != 0 ? order
                      : (first->name.length > second->name.length) -
                            (first->name.length < second->name.length);
}

void counters_free(struct counters *counters)
{
    names_free(&counters->names);
    free(counters->counts);
}
