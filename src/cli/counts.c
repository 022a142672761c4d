/* SPDX-License-Identifier: MIT */
#include "counts.h"

#include <stdlib.h>

#include <sbfota/texts.h>

/* Whether a hit is a message of SBFOTA, mostly told by its kind. */
enum message {
    MESSAGE_NEVER = 0,
    MESSAGE_ALWAYS,
    MESSAGE_PERHAPS
};

static enum message kind_is_message(unsigned kind)
{
    switch (sbfota_message(kind)->family) {
    case SBFOTA_FAMILY_URC: return MESSAGE_ALWAYS;
    case SBFOTA_FAMILY_WORD: return MESSAGE_NEVER;
    default: return MESSAGE_PERHAPS;
    }
}

static void count_code(struct counts *counts, const struct sbfota_event *event)
{
    struct code_key key;
    memset(&key, 0, sizeof key);
    key.value = event->value;
    key.kind = event->kind;
    const struct bytes name = {(const char *)&key, sizeof key};
    const struct name_key name_key = names_key(name);
    if (!tally_add_keyed(&counts->codes, name, &name_key, 1))
        counts->no_memory = true;
}

/* What few hits have. */
static void count_odd(struct counts *counts, const struct block *block, const struct hit *hit)
{
    const struct sbfota_event *const event = &hit->event;
    struct record record;
    for (unsigned flags = event->flags, bit = 0; flags != 0; flags >>= 1, bit++)
        counts->flags[bit] += flags & 1;
    if (event->kind == SBFOTA_MALFORMED || event->kind == SBFOTA_UNKNOWN)
        counts->reasons[event->kind == SBFOTA_UNKNOWN][event->detail % REASONS]++;
    if (kind_is_message(event->kind) == MESSAGE_PERHAPS) {
        hit_record(block, hit, &record);
        const bool is_message = record_is_sbfota(&record);
        counts->messages += is_message;
        counts->understood +=
            is_message && event->kind != SBFOTA_MALFORMED && event->kind != SBFOTA_UNKNOWN;
    }
}

static struct bytes hit_modem(const struct block *block, const struct hit *hit)
{
    return hit->modem != NULL ? (struct bytes){hit->modem, hit->modem_length} : block->modem;
}

enum {
    GROUP =
        32 /* hits that are gone through several times, for one thing at a time: a processor does what is alike
                  at once */
};

static void count_group(struct counts *counts, const struct block *block, const struct hit *hits,
                        size_t count)
{
    struct name_key keys[GROUP];
    for (size_t i = 0; i < count; i++)
        keys[i] = names_key(hit_modem(block, &hits[i]));
    for (size_t i = 0; i < count; i++) {
        const struct bytes modem = hit_modem(block, &hits[i]);
        if (modem.data != NULL && !tally_add_keyed(&counts->modems, modem, &keys[i], 1))
            counts->no_memory = true;
    }
    for (size_t i = 0; i < count; i++) {
        const unsigned kind = hits[i].event.kind;
        counts->kinds[kind]++;
        counts->sent += hits[i].direction == DIRECTION_TX && counts->is_modules[kind];
        if (counts->has_code[kind])
            count_code(counts, &hits[i].event);
        if (counts->is_odd[kind] || hits[i].event.flags != 0)
            count_odd(counts, block, &hits[i]);
    }
}

static void prepare(struct counts *counts)
{
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        counts->has_code[kind] = sbfota_code_table(kind) != SBFOTA_CODE_TABLE_NONE;
        counts->is_odd[kind] = kind_is_message(kind) == MESSAGE_PERHAPS;
        counts->is_modules[kind] = sbfota_message(kind)->sender == SBFOTA_SENDER_MODULE;
    }
    counts->prepared = true;
}

void counts_block(struct counts *counts, const struct block *block, const struct hit *hits,
                  size_t count)
{
    if (!counts->prepared)
        prepare(counts);
    counts->files += block->last;
    const size_t size = block->size - (block->size > 0 && block->made_end);
    counts->bytes +=
        (block->wide ? wide_length(block->data, size) : size) + block->dropped + block->dropped_end;
    counts->lines += block->lines;
    counts->hits += count;
    for (size_t i = 0; i < count; i += GROUP)
        count_group(counts, block, hits + i, count - i < GROUP ? count - i : GROUP);
}

bool counts_add(struct counts *sum, const struct counts *counts)
{
    sum->files += counts->files;
    sum->bytes += counts->bytes;
    sum->lines += counts->lines;
    sum->hits += counts->hits;
    sum->messages += counts->messages;
    sum->understood += counts->understood;
    sum->sent += counts->sent;
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        sum->kinds[kind] += counts->kinds[kind];
        if (kind_is_message(kind) == MESSAGE_ALWAYS) {
            sum->messages += counts->kinds[kind];
            sum->understood += counts->kinds[kind];
        }
    }
    for (size_t i = 0; i < FLAG_BITS; i++)
        sum->flags[i] += counts->flags[i];
    for (size_t i = 0; i < REASONS; i++) {
        sum->reasons[0][i] += counts->reasons[0][i];
        sum->reasons[1][i] += counts->reasons[1][i];
    }
    return tally_join(&sum->codes, &counts->codes) && tally_join(&sum->modems, &counts->modems) &&
           !counts->no_memory;
}

void counts_free(struct counts *counts)
{
    tally_free(&counts->codes);
    tally_free(&counts->modems);
}

static int compare_codes(const void *a, const void *b)
{
    struct code_key first;
    struct code_key second;
    memcpy(&first, ((const struct tally_entry *)a)->name.data, sizeof first);
    memcpy(&second, ((const struct tally_entry *)b)->name.data, sizeof second);
    if (first.kind != second.kind)
        return first.kind < second.kind ? -1 : 1;
    return (first.value > second.value) - (first.value < second.value);
}

struct tally_entry *counts_codes(const struct counts *counts, bool *no_memory)
{
    return tally_list(&counts->codes, compare_codes, no_memory);
}
