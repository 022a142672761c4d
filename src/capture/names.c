/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <stdlib.h>
#include <string.h>

static inline bool is_same(const char *text, struct bytes name)
{
    if (name.length > 16)
        return memcmp(text, name.data, name.length) == 0;
    const struct name_ends a = names_ends(text, name.length);
    const struct name_ends b = names_ends(name.data, name.length);
    return a.first == b.first && a.last == b.last;
}

static bool is_at(const struct names *names, uint32_t number, uint32_t hash, struct bytes name)
{
    const struct name_entry *const entry = &names->entries[number];
    return entry->hash == hash && entry->length == name.length &&
           is_same(names->texts + entry->text, name);
}

/* The slot of a name, or the empty one where it would be. The slots are a power of two, never full. */
static uint32_t find_slot(const struct names *names, uint32_t hash, struct bytes name)
{
    uint32_t slot = hash & (names->slot_count - 1);
    while (names->slots[slot] != 0 && !is_at(names, names->slots[slot] - 1, hash, name))
        slot = (slot + 1) & (names->slot_count - 1);
    return slot;
}

static bool grow_slots(struct names *names)
{
    const uint32_t count = names->slot_count == 0 ? 256 : names->slot_count * 2;
    uint32_t *const slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    free(names->slots);
    names->slots = slots;
    names->slot_count = count;
    for (uint32_t number = 0; number < names->count; number++) {
        uint32_t slot = names->entries[number].hash & (count - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (count - 1);
        slots[slot] = number + 1;
    }
    return true;
}

static bool grow(struct names *names, size_t length)
{
    /* Few names get many slots, so that the first is mostly the right one; many names get few, for the memory. */
    const uint32_t slots_each = names->count < 16384 ? 8 : 2;
    if (names->count * slots_each >= names->slot_count && !grow_slots(names))
        return false;
    if (names->count == names->capacity) {
        const uint32_t capacity = names->capacity == 0 ? 64 : names->capacity * 2;
        struct name_entry *const entries = realloc(names->entries, capacity * sizeof *entries);
        if (entries == NULL)
            return false;
        names->entries = entries;
        names->capacity = capacity;
    }
    /* An empty name stands somewhere too. */
    if (names->texts == NULL || names->texts_used + length > names->texts_capacity) {
        const size_t capacity = (names->texts_capacity + length) * 2 + 256;
        char *const texts = capacity > UINT32_MAX ? NULL : realloc(names->texts, capacity);
        if (texts == NULL)
            return false;
        names->texts = texts;
        names->texts_capacity = capacity;
    }
    return true;
}

uint32_t names_add(struct names *names, struct bytes name)
{
    const uint32_t hash = names_key(name).hash;
    if (names->slot_count > 0) {
        const uint32_t slot = find_slot(names, hash, name);
        if (names->slots[slot] != 0)
            return names->slots[slot] - 1;
    }
    if (!grow(names, name.length))
        return NAME_UNKNOWN;
    if (name.length > 0)
        memcpy(names->texts + names->texts_used, name.data, name.length);
    names->entries[names->count] =
        (struct name_entry){hash, (uint32_t)names->texts_used, (uint32_t)name.length};
    names->texts_used += name.length;
    names->slots[find_slot(names, hash, name)] = names->count + 1;
    return names->count++;
}

uint32_t names_find(const struct names *names, struct bytes name)
{
    if (names->count == 0)
        return NAME_UNKNOWN;
    return names->slots[find_slot(names, names_key(name).hash, name)] - 1;
}

struct bytes names_text(const struct names *names, uint32_t number)
{
    const struct name_entry *const entry = &names->entries[number];
    return (struct bytes){names->texts + entry->text, entry->length};
}

void names_free(struct names *names)
{
    free(names->entries);
    free(names->slots);
    free(names->texts);
    memset(names, 0, sizeof *names);
}
