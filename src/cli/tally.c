/* SPDX-License-Identifier: MIT */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

/* Room for the counter of one name more. */
static bool grow(struct tally *tally)
{
    const uint32_t capacity = tally->names.count * 2 + 64;
    uint64_t *const counts = realloc(tally->counts, capacity * sizeof *counts);
    if (counts == NULL)
        return false;
    memset(counts + tally->capacity, 0, (capacity - tally->capacity) * sizeof *counts);
    tally->counts = counts;
    tally->capacity = capacity;
    return true;
}

bool tally_add(struct tally *tally, struct bytes name, uint64_t count)
{
    /* No name is without its counter. */
    if (tally->names.count >= tally->capacity && !grow(tally))
        return false;
    const uint32_t number = names_add(&tally->names, name);
    if (number == NAME_UNKNOWN)
        return false;
    tally->counts[number] += count;
    return true;
}

bool tally_join(struct tally *sum, const struct tally *tally)
{
    for (uint32_t number = 0; number < tally->names.count; number++)
        if (!tally_add(sum, names_text(&tally->names, number), tally->counts[number]))
            return false;
    return true;
}

struct tally_entry *tally_list(const struct tally *tally,
                               int (*compare)(const void *, const void *), bool *no_memory)
{
    const uint32_t count = tally->names.count;
    struct tally_entry *const entries = count == 0 ? NULL : malloc(count * sizeof *entries);
    if (entries == NULL) {
        *no_memory = *no_memory || count > 0;
        return NULL;
    }
    for (uint32_t number = 0; number < count; number++)
        entries[number] =
            (struct tally_entry){names_text(&tally->names, number), tally->counts[number]};
    qsort(entries, count, sizeof *entries, compare);
    return entries;
}

int tally_greatest_first(const void *a, const void *b)
{
    const struct tally_entry *const first = a;
    const struct tally_entry *const second = b;
    if (first->count != second->count)
        return first->count > second->count ? -1 : 1;
    const size_t length =
        first->name.length < second->name.length ? first->name.length : second->name.length;
    const int order = memcmp(first->name.data, second->name.data, length);
    return order != 0 ? order
                      : (first->name.length > second->name.length) -
                            (first->name.length < second->name.length);
}

void tally_free(struct tally *tally)
{
    names_free(&tally->names);
    free(tally->counts);
}
