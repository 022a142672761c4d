/* SPDX-License-Identifier: MIT */
#include "log/sessions/fleet_block.h"

#include <sbfota/texts.h>
#include <stdlib.h>
#include <string.h>

#include "log/sessions/fleet_fold.h"
#include "log/text/time.h"

#include "urc_word.inc"

enum {
    AT_ONCE = 64 /* events: their modems fit in the first cache */
};

static bool make_room(struct fleet_block *timed, size_t count)
{
    if (count <= timed->capacity)
        return true;
    struct timed_event *const list = realloc(timed->list, count * sizeof *list);
    if (list == NULL)
        return false;
    timed->list = list;
    timed->capacity = count;
    return true;
}

static inline void read_moment(struct fleet_block *timed, const struct log_event *event,
                               struct timed_event *moment)
{
    const struct bytes time = {event->time, event->time_length};
    char buffer[TIME_SIZE];
    moment->clock = CLOCK_EPOCH;
    if (!clock_read_usual(time, &timed->minute, &moment->milliseconds))
        moment->clock = clock_read(time_show(time, buffer), &timed->minute, &moment->milliseconds);
}

void fleet_block_take(struct fleet_block *timed, const struct block *block,
                      const struct log_event *events, size_t count)
{
    timed->block = block;
    timed->events = events;
    timed->count = make_room(timed, count) ? count : 0;
    timed->no_memory = timed->no_memory || timed->count < count;
    for (size_t i = 0; i < timed->count; i++) {
        read_moment(timed, &events[i], &timed->list[i]);
        if (block->deltas)
            timed->list[i].clock = CLOCK_NONE;
    }
    if (timed->fold && timed->parts == NULL)
        timed->parts = fleet_fold_make();
    timed->folded = timed->fold && timed->parts != NULL && fleet_fold_block(timed->parts, timed);
}

static struct bytes modem_of(const struct block *block, const struct log_event *event)
{
    return event->modem == NULL ? block->modem : (struct bytes){event->modem, event->modem_length};
}

/* A log that names no modem has one that it does not name. */
static struct fleet_modem *find_unnamed(struct fleet_block *timed, struct fleet *fleet)
{
    if (timed->unnamed == NULL)
        timed->unnamed = fleet_find_unnamed(fleet, block_log(timed->block));
    return timed->unnamed;
}

static bool is_keyword_of(enum sbfota_kind kind, struct bytes word)
{
    const char *const keyword = sbfota_message(kind)->keyword;
    return strlen(keyword) == word.length && memcmp(keyword, word.data, word.length) == 0;
}

/* Would a message in the line be END or HTTPEND, if it were whole? */
static bool would_end(struct bytes text)
{
    const char *const end = text.data + text.length;
    for (const char *next = text.data; next < end;) {
        const struct bytes word = next_urc_word(&next, end);
        if (is_keyword_of(SBFOTA_END, word) || is_keyword_of(SBFOTA_HTTP_END, word))
            return true;
    }
    return false;
}

static inline bool wants(const struct sbfota_event *message, struct bytes text,
                         enum direction direction)
{
    if (direction == DIRECTION_TX && !record_is_hosts(message->kind))
        return false;
    return message->kind != SBFOTA_MALFORMED || would_end(text);
}

bool fleet_wants(const struct sbfota_event *message, struct bytes text, enum direction direction)
{
    return wants(message, text, direction);
}

static inline bool is_for_session(const struct log_event *event)
{
    return wants(&event->message, (struct bytes){event->text, event->text_length},
                 (enum direction)event->direction);
}

struct bytes fleet_block_modem(const struct fleet_block *timed, size_t number)
{
    return modem_of(timed->block, &timed->events[number]);
}

bool fleet_block_wants(const struct fleet_block *timed, size_t number)
{
    return is_for_session(&timed->events[number]);
}

static inline struct fleet_event event_of(const struct fleet_block *timed, size_t number,
                                          struct fleet *fleet, uint32_t file)
{
    const struct block *const block = timed->block;
    const struct log_event *const event = &timed->events[number];
    return (struct fleet_event){
        .event = &event->message,
        .modem = modem_of(block, event),
        .time = {event->time, event->time_length},
        .milliseconds = timed->list[number].milliseconds,
        .clock = timed->list[number].clock,
        .file = event_file(block, event) == block->file
                    ? file
                    : fleet_file_number(fleet, event_file(block, event)),
        .line = event->earlier ? event->earlier_line : block->line + event->line,
        .followed = is_for_session(event),
        .sent = event->direction == DIRECTION_TX,
    };
}

struct fleet_event fleet_block_event(const struct fleet_block *timed, size_t number,
                                     struct fleet *fleet, uint32_t file)
{
    return event_of(timed, number, fleet, file);
}

/* The sessions take so many events at once. */
static void feed(struct fleet_block *timed, size_t begin, size_t end, uint32_t file,
                 struct fleet *fleet, const struct fleet_sink *sink)
{
    const struct block *const block = timed->block;
    struct timed_event *const list = timed->list;
    for (size_t i = begin; i < end; i++) {
        const struct bytes modem = modem_of(block, &timed->events[i]);
        list[i].modem = modem.data == NULL ? find_unnamed(timed, fleet) : fleet_find(fleet, modem);
    }
    for (size_t i = begin; i < end; i++) {
        const struct fleet_event fed = event_of(timed, i, fleet, file);
        if (list[i].modem != NULL)
            fleet_feed(fleet, list[i].modem, &fed, sink);
    }
}

void fleet_block_feed(struct fleet_block *timed, struct fleet *fleet, const struct fleet_sink *sink)
{
    const size_t count = timed->count;
    const uint32_t file = count > 0 ? fleet_file_number(fleet, timed->block->file) : NAME_UNKNOWN;
    if (timed->folded)
        fleet_fold_join(timed->parts, timed, file, fleet, sink);
    for (size_t begin = 0; begin < count && !timed->folded; begin += AT_ONCE)
        feed(timed, begin, count - begin < AT_ONCE ? count : begin + AT_ONCE, file, fleet, sink);
    timed->count = 0;
    timed->folded = false;
    timed->unnamed = NULL;
}

void fleet_block_free(struct fleet_block *timed)
{
    fleet_fold_free(timed->parts);
    free(timed->list);
}
