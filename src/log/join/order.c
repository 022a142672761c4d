/* SPDX-License-Identifier: MIT */
#include "log/join/order.h"

#include <stdlib.h>
#include <string.h>

#include "log/join/torn.h"
#include "log/text/names.h"

/* The commands of ours, by modem, whose result code has not come. */
struct pending {
    struct names modems;
    struct command {
        uint64_t offset;
        uint8_t kind; /* SBFOTA_NONE if none is pending */
        bool past;    /* it belongs to the next part of the log */
    } * commands;
    uint32_t capacity;
    uint32_t count; /* how many are pending */
    uint32_t last;  /* the modem that was looked for: mostly the next is the same */
};

static struct bytes modem_of(const struct log_event *event)
{
    return (struct bytes){event->modem, event->modem_length};
}

/* Is a modem the one that was looked for before? */
static bool is_last(const struct pending *pending, struct bytes modem)
{
    if (pending->capacity == 0)
        return false;
    const struct bytes last = names_text(&pending->modems, pending->last);
    return last.length == modem.length &&
           (modem.length == 0 || memcmp(last.data, modem.data, modem.length) == 0);
}

/* The place of a modem's command; NULL without memory, or if `add` is false and there is none. */
static struct command *find_command(struct pending *pending, struct bytes modem, bool add)
{
    if (is_last(pending, modem))
        return &pending->commands[pending->last];
    const uint32_t number =
        add ? names_add(&pending->modems, modem) : names_find(&pending->modems, modem);
    if (number == NAME_UNKNOWN)
        return NULL;
    struct command *const commands =
        names_list_grow(pending->commands, &pending->capacity, number, sizeof *commands);
    if (commands == NULL)
        return NULL;
    pending->commands = commands;
    pending->last = number;
    return &commands[number];
}

static void set_pending(struct finder *finder, struct pending *pending,
                        const struct log_event *event, bool past)
{
    struct command *const command = find_command(pending, modem_of(event), true);
    if (command == NULL) {
        finder->events.no_memory = true;
        return;
    }
    pending->count += command->kind == SBFOTA_NONE;
    *command = (struct command){event->message.offset, event->message.kind, past};
}

/* The command that a result code answers; with `own`, if it is of this part of the log. */
static uint8_t take_pending(struct pending *pending, const struct log_event *event, bool own)
{
    struct command *const command = find_command(pending, modem_of(event), false);
    if (command == NULL || command->kind == SBFOTA_NONE)
        return SBFOTA_NONE;
    const uint8_t kind = command->kind;
    const bool late = event->message.offset - command->offset > ANSWER_WITHIN;
    command->kind = SBFOTA_NONE;
    pending->count--;
    return late || (own && command->past) ? SBFOTA_NONE : kind;
}

/* Nobody answers any more what was asked long before this block; the others are watched for. */
static void watch_pending(struct finder *finder, struct pending *pending, const struct block *block)
{
    watch_clear(&finder->watch);
    for (uint32_t number = 0; number < pending->modems.count && number < pending->capacity;
         number++) {
        struct command *const command = &pending->commands[number];
        if (command->kind == SBFOTA_NONE)
            continue;
        if (block->offset > command->offset + ANSWER_WITHIN) {
            command->kind = SBFOTA_NONE;
            pending->count--;
        } else {
            if (!watch_add(&finder->watch, names_text(&pending->modems, number)))
                finder->events.no_memory = true;
        }
    }
}

/* The block's own search has passed over the result codes that answer commands of blocks before: find them now, and put
 * them in their places among the others, from the last on. */
static void find_late_answers(struct finder *finder, const struct block *block)
{
    const size_t before = finder->events.count;
    finder_answers(finder, block);
    size_t late = finder->events.count - before;
    struct log_event *const answers = late == 0 ? NULL : malloc(late * sizeof *answers);
    if (answers == NULL) {
        finder->events.no_memory = finder->events.no_memory || late > 0;
        finder->events.count = before;
        return;
    }
    struct log_event *const list = finder->events.list;
    memcpy(answers, list + before, late * sizeof *answers);
    for (size_t at = before; late > 0;) {
        if (at > 0 && list[at - 1].message.offset > answers[late - 1].message.offset) {
            list[at + late - 1] = list[at - 1];
            at--;
        } else {
            list[at + late - 1] = answers[late - 1];
            late--;
        }
    }
    free(answers);
}

/* Is an event one to show that is none of the dialogue? */
static bool is_shown(const struct finder *finder, unsigned kind)
{
    return finder->all ||
           (kind != SBFOTA_OTHER && !(kind == SBFOTA_OVERLONG && finder->reading->binary));
}

/* Say of an event of the dialogue, or of what ends one, which command it answers. False if it is one of others' dialogue. What the host
 * says, other than a command, is no answer and no boot. */
static bool take_dialogue(struct finder *finder, struct pending *pending, struct log_event *event,
                          bool past)
{
    const bool is_modules = event->direction != DIRECTION_TX;
    switch ((enum role)finder->roles[event->message.kind]) {
    case ROLE_NONE: break;
    case ROLE_COMMAND: set_pending(finder, pending, event, past); break;
    case ROLE_BOOT:
        if (is_modules)
            take_pending(pending, event, past);
        break;
    case ROLE_LINE:
        if (event->answers != ENDS_WAIT)
            break;
        take_pending(pending, event, past);
        event->answers = SBFOTA_NONE;
        return is_shown(finder, event->message.kind);
    case ROLE_ANSWER:
        event->answers = is_modules ? take_pending(pending, event, past) : SBFOTA_NONE;
        return event->answers != SBFOTA_NONE || finder->all;
    }
    return true;
}

/* Say which command each result code answers. Those that answer none of ours stay only if all is asked for. */
static void find_answered(struct finder *finder, struct pending *pending, bool past)
{
    struct log_event *const list = finder->events.list;
    size_t kept = 0;
    for (size_t i = 0; i < finder->events.count; i++) {
        struct log_event *const event = &list[i];
        if (finder->roles[event->message.kind] != ROLE_NONE &&
            !take_dialogue(finder, pending, event, past))
            continue;
        if (past && event->answers == SBFOTA_NONE)
            continue;
        if (kept != i)
            list[kept] = *event;
        kept++;
    }
    finder->events.count = kept;
}

bool order_waits(const struct order *order, uint64_t offset)
{
    const struct pending *const pending = order->pending;
    for (uint32_t number = 0;
         pending != NULL && number < pending->modems.count && number < pending->capacity;
         number++) {
        const struct command *const command = &pending->commands[number];
        if (command->kind != SBFOTA_NONE && !command->past &&
            offset <= command->offset + ANSWER_WITHIN)
            return true;
    }
    return false;
}

/* A line that the end of the input has cut: what stands there up to its last byte. */
static void mark_unended(struct finder *finder, const struct block *block)
{
    if (!block->made_end || finder->events.count == 0)
        return;
    struct log_event *const last = &finder->events.list[finder->events.count - 1];
    const size_t size = block->size - 1;
    const uint64_t end = block->offset + (block->wide ? wide_length(block->data, size) : size) +
                         block->dropped + block->dropped_end;
    if (last->message.offset + last->message.length == end)
        last->message.flags |= SBFOTA_FLAG_UNENDED;
}

void order_block(struct order *order, struct finder *finder, struct block *block)
{
    block->line = order->lines + 1;
    if (order->pending == NULL)
        order->pending = calloc(1, sizeof *order->pending);
    if (order->pending == NULL) {
        order->lines += block->lines;
        finder->events.count = 0;
        finder->events.no_memory = true;
        return;
    }
    if (block->reading->torn)
        torn_block(&order->torn, finder, block);
    else if (order->pending->count > 0 && !finder->all)
        watch_pending(finder, order->pending, block);
    order->lines += block->lines;
    if (!block->reading->torn && order->pending->count > 0 && !finder->all)
        find_late_answers(finder, block);
    if (finder->has_dialogue || order->pending->count > 0 || block->past)
        find_answered(finder, order->pending, block->past);
    mark_unended(finder, block);
}

void order_free(struct order *order)
{
    torn_free(order->torn);
    if (order->pending != NULL) {
        names_free(&order->pending->modems);
        free(order->pending->commands);
    }
    free(order->pending);
}
