/* SPDX-License-Identifier: MIT */
#include "cli/stats/counts.h"

#include <stdlib.h>

#include <sbfota/texts.h>

/* Whether an event is a message of SBFOTA, mostly told by its kind. */
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
    const struct name_key name_key = names_key(&counts->codes.names, name);
    if (!counters_add_keyed(&counts->codes, name, &name_key, 1))
        counts->no_memory = true;
}

/* What few events have. */
static void count_odd(struct counts *counts, const struct block *block,
                      const struct log_event *event)
{
    const struct sbfota_event *const message = &event->message;
    struct record record;
    counts->sent += event->direction == DIRECTION_TX && counts->is_modules[message->kind];
    for (unsigned flags = message->flags, bit = 0; flags != 0; flags >>= 1, bit++)
        counts->flags[bit] += flags & 1;
    if (message->kind == SBFOTA_MALFORMED || message->kind == SBFOTA_UNKNOWN)
        counts->reasons[message->kind == SBFOTA_UNKNOWN][message->detail % REASONS]++;
    if (kind_is_message(message->kind) == MESSAGE_PERHAPS) {
        event_record(block, event, &record);
        const bool is_message = record_is_sbfota(&record);
        counts->messages += is_message;
        counts->understood +=
            is_message && message->kind != SBFOTA_MALFORMED && message->kind != SBFOTA_UNKNOWN;
    }
}

static struct bytes event_modem(const struct block *block, const struct log_event *event)
{
    return event->modem != NULL ? (struct bytes){event->modem, event->modem_length} : block->modem;
}

enum {
    GROUP =
        32 /* events that are gone through several times, for one thing at a time: a processor does what is alike
                  at once */
};

static void count_group(struct counts *counts, const struct block *block,
                        const struct log_event *events, size_t count)
{
    struct name_key keys[GROUP];
    for (size_t i = 0; i < count; i++) {
        const struct bytes modem = event_modem(block, &events[i]);
        if (modem.data != NULL)
            keys[i] = names_key(&counts->modems.names, modem);
    }
    for (size_t i = 0; i < count; i++) {
        const struct bytes modem = event_modem(block, &events[i]);
        if (modem.data != NULL && !counters_add_keyed(&counts->modems, modem, &keys[i], 1))
            counts->no_memory = true;
    }
    for (size_t i = 0; i < count; i++) {
        const unsigned kind = events[i].message.kind;
        counts->kinds[kind]++;
        if (counts->has_code[kind])
            count_code(counts, &events[i].message);
        if (counts->is_odd[kind] || events[i].message.flags != 0 ||
            events[i].direction == DIRECTION_TX)
            count_odd(counts, block, &events[i]);
    }
}

static void prepare(struct counts *counts)
{
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        counts->has_code[kind] = sbfota_table_of_kind(kind) != SBFOTA_CODE_TABLE_NONE;
        counts->is_odd[kind] = kind_is_message(kind) == MESSAGE_PERHAPS;
        counts->is_modules[kind] = sbfota_message(kind)->sender == SBFOTA_SENDER_MODULE;
    }
    counts->prepared = true;
}

void counts_block(struct counts *counts, const struct block *block, const struct log_event *events,
                  size_t count)
{
    if (!counts->prepared)
        prepare(counts);
    counts->files += block->last;
    const size_t size = block->size - (block->size > 0 && block->made_end);
    counts->bytes +=
        (block->wide ? wide_length(block->data, size) : size) + block->dropped + block->dropped_end;
    counts->lines += block->lines;
    counts->events += count;
    for (size_t i = 0; i < count; i += GROUP)
        count_group(counts, block, events + i, count - i < GROUP ? count - i : GROUP);
}

bool counts_add(struct counts *sum, const struct counts *counts)
{
    sum->files += counts->files;
    sum->bytes += counts->bytes;
    sum->lines += counts->lines;
    sum->events += counts->events;
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
    return counters_join(&sum->codes, &counts->codes) &&
           counters_join(&sum->modems, &counts->modems) && !counts->no_memory;
}

void counts_free(struct counts *counts)
{
    counters_free(&counts->codes);
    counters_free(&counts->modems);
}

static int compare_codes(const void *a, const void *b)
{
    struct code_key first;
    struct code_key second;
    memcpy(&first, ((const struct counters_entry *)a)->name.data, sizeof first);
    memcpy(&second, ((const struct counters_entry *)b)->name.data, sizeof second);
    if (first.kind != second.kind)
        return first.kind < second.kind ? -1 : 1;
    return (first.value > second.value) - (first.value < second.value);
}

struct counters_entry *counts_codes(const struct counts *counts, bool *no_memory)
{
    return counters_list(&counts->codes, compare_codes, no_memory);
}
