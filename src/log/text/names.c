/* SPDX-License-Identifier: MIT */
#include "log/text/names.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    CHUNK_FIRST = 256,
    CHUNK_LAST = 65536 /* no chunk is larger, but for a name that is */
};

struct names_chunk {
    struct names_chunk *next;
    size_t size;
    size_t used;
    char bytes[];
};

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
    return entry->hash == hash && entry->length == name.length && is_same(entry->text, name);
}

/* Where the number of a name stands, or would. */
static uint32_t *find_place(const struct names *names, uint32_t hash, struct bytes name)
{
    uint32_t *place = &names->slots[hash & (names->slot_count - 1)];
    while (*place != 0 && !is_at(names, *place - 1, hash, name))
        place = &names->entries[*place - 1].next;
    return place;
}

/* Without random numbers from the system, what cannot be known from outside. */
static void choose_keys(struct names *names)
{
    if (getentropy(names->keys, sizeof names->keys) == 0)
        return;
    struct timespec time = {.tv_sec = 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    uint64_t state = (uint64_t)time.tv_nsec ^ (uint64_t)(uintptr_t)names ^ (uint64_t)getpid() << 32;
    for (size_t i = 0; i < NAMES_KEYS; i++) {
        state += 0x9e3779b97f4a7c15U;
        uint64_t mixed = (state ^ state >> 30) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebU;
        names->keys[i] = mixed ^ mixed >> 31;
    }
}

static uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static void sip_word(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

/* SipHash-1-3. */
uint32_t names_hash_long(const struct names *names, struct bytes name)
{
    uint64_t v[4] = {names->keys[0] ^ 0x736f6d6570736575U, names->keys[1] ^ 0x646f72616e646f6dU,
                     names->keys[0] ^ 0x6c7967656e657261U, names->keys[1] ^ 0x7465646279746573U};
    for (size_t at = 0; at + 8 <= name.length; at += 8)
        sip_word(v, names_load_8(name.data + at));
    sip_word(v, names_load_8(name.data + name.length - 8)); /* some of it once more */
    sip_word(v, name.length);
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return (uint32_t)(v[0] ^ v[1] ^ v[2] ^ v[3]);
}

/* The names go back into their slots in the order in which they came: the first stands first. */
static bool grow_slots(struct names *names)
{
    const uint32_t count = names->slot_count == 0 ? 256 : names->slot_count * 2;
    uint32_t *const slots = calloc(count, sizeof *slots);
    uint32_t *const lasts = calloc(count, sizeof *lasts);
    if (slots == NULL || lasts == NULL) {
        free(slots);
        free(lasts);
        return false;
    }
    if (names->slot_count == 0)
        choose_keys(names);
    free(names->slots);
    names->slots = slots;
    names->slot_count = count;
    for (uint32_t number = 0; number < names->count; number++) {
        struct name_entry *const entry = &names->entries[number];
        const uint32_t slot = entry->hash & (count - 1);
        *(lasts[slot] == 0 ? &slots[slot] : &names->entries[lasts[slot] - 1].next) = number + 1;
        lasts[slot] = number + 1;
        entry->next = 0;
    }
    free(lasts);
    return true;
}

static bool grow(struct names *names)
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
    return true;
}

/* A copy of a name; NULL without memory. */
static const char *keep(struct names *names, struct bytes name)
{
    struct names_chunk *chunk = names->chunks;
    if (chunk == NULL || chunk->size - chunk->used <= name.length) {
        size_t size = chunk == NULL ? CHUNK_FIRST : chunk->size * 2;
        size = size > CHUNK_LAST ? CHUNK_LAST : size;
        size = size > name.length ? size : name.length + 1;
        chunk = malloc(sizeof *chunk + size);
        if (chunk == NULL)
            return NULL;
        *chunk = (struct names_chunk){.next = names->chunks, .size = size};
        names->chunks = chunk;
    }
    char *const copy = chunk->bytes + chunk->used;
    if (name.length > 0)
        memcpy(copy, name.data, name.length);
    copy[name.length] = '\0';
    chunk->used += name.length + 1;
    return copy;
}

uint32_t names_add(struct names *names, struct bytes name)
{
    const uint32_t known = names_find(names, name);
    if (known != NAME_UNKNOWN)
        return known;
    const char *const text = name.length < UINT32_MAX && grow(names) ? keep(names, name) : NULL;
    if (text == NULL)
        return NAME_UNKNOWN;
    /* Only now, since the keys come with the first slots. */
    const uint32_t hash = names_key(names, name).hash;
    names->entries[names->count] = (struct name_entry){text, hash, (uint32_t)name.length, 0};
    *find_place(names, hash, name) = names->count + 1;
    return names->count++;
}

uint32_t names_find(const struct names *names, struct bytes name)
{
    if (names->count == 0)
        return NAME_UNKNOWN;
    return *find_place(names, names_key(names, name).hash, name) - 1;
}

struct bytes names_text(const struct names *names, uint32_t number)
{
    const struct name_entry *const entry = &names->entries[number];
    return (struct bytes){entry->text, entry->length};
}

void names_free(struct names *names)
{
    free(names->entries);
    free(names->slots);
    while (names->chunks != NULL) {
        struct names_chunk *const next = names->chunks->next;
        free(names->chunks);
        names->chunks = next;
    }
    memset(names, 0, sizeof *names);
}

void *names_list_grow(void *list, uint32_t *capacity, uint32_t number, size_t size)
{
    if (number < *capacity)
        return list;
    const uint32_t more = number * 2 + 64;
    char *const grown = realloc(list, more * size);
    if (grown == NULL)
        return NULL;
    memset(grown + *capacity * size, 0, (more - *capacity) * size);
    *capacity = more;
    return grown;
}
