/* SPDX-License-Identifier: MIT */
#include "log/batch/batch.h"

#include <stdlib.h>
#include <string.h>

#include "log/sessions/log_event.h"
#include "log/text/time.h"

static struct batch *make_empty(size_t count, size_t bytes)
{
    struct batch *const batch = calloc(1, sizeof *batch);
    if (batch == NULL)
        return NULL;
    batch->events = malloc(count * sizeof *batch->events);
    batch->bytes = kept_make(bytes, NULL);
    batch->capacity = count;
    if (batch->events == NULL || batch->bytes == NULL) {
        batch_free(batch);
        return NULL;
    }
    batch->shown.events = batch->events;
    return batch;
}

/* Room for the texts and times of events, each with a NUL behind it. */
static size_t measure(const struct log_event *events, size_t count)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        const struct bytes time = {events[i].time, events[i].time_length};
        const bool usual = time.data == NULL || time_is_usual(time);
        const size_t shown = usual || time.length > TIME_SIZE ? time.length : TIME_SIZE;
        bytes += events[i].text_length + 1U + shown + 1U;
    }
    return bytes;
}

/* The time as it is shown and as a number. */
static void take_time(struct sbfota_log_event *event, struct bytes captured, bool deltas,
                      struct clock_minute *minute, char **next)
{
    char buffer[TIME_SIZE];
    const struct bytes shown = time_show(captured, buffer);
    enum clock clock = CLOCK_EPOCH;
    event->time_ms = SBFOTA_NO_TIME;
    event->time_length = (uint8_t)shown.length;
    event->time = kept_copy(next, shown.data, shown.length);
    if (!clock_read_usual(shown, minute, &event->time_ms))
        clock = clock_read(shown, minute, &event->time_ms);
    if (deltas)
        clock = CLOCK_NONE;
    if (clock == CLOCK_NONE)
        event->time_ms = SBFOTA_NO_TIME;
    event->clock = log_event_public_clock(clock, shown);
}

struct batch *batch_make(const struct block *block, const struct log_event *events, size_t count,
                         struct clock_minute *minute)
{
    struct batch *const batch = make_empty(count, measure(events, count));
    if (batch == NULL)
        return NULL;
    char *next = batch->bytes->bytes;
    const char *const log = block_log(block);
    for (size_t i = 0; i < count; i++) {
        const struct log_event *const found = &events[i];
        struct sbfota_log_event *const event = &batch->events[i];
        *event = (struct sbfota_log_event){
            .message = found->message,
            .text = kept_copy(&next, found->text, found->text_length),
            .modem = found->modem == NULL ? block->modem.data : found->modem,
            .file = event_file(block, found),
            .log = log,
            .line = found->earlier ? found->earlier_line : block->line + found->line,
            .modem_length =
                found->modem == NULL ? (uint32_t)block->modem.length : found->modem_length,
            .text_length = found->text_length,
            .direction = found->direction,
            .answers = found->answers,
        };
        take_time(event, (struct bytes){found->time, found->time_length}, block->deltas, minute,
                  &next);
    }
    batch->shown.count = count;
    return batch;
}

/* A name that is mostly that of the event before. */
struct last_name {
    const char *from;
    const char *text;
    uint32_t number;
};

static bool name_file(struct names *files, struct last_name *last, const char **name,
                      uint32_t *number)
{
    if (*name != last->from) {
        last->from = *name;
        last->number = names_add(files, (struct bytes){*name, strlen(*name)});
        if (last->number == NAME_UNKNOWN)
            return false;
        last->text = names_text(files, last->number).data;
    }
    *name = last->text;
    *number = last->number;
    return true;
}

static bool name_modem(struct names *modems, struct sbfota_log_event *event)
{
    const struct bytes name = {event->modem, event->modem_length};
    if (name.data == NULL) {
        event->modem_number = SBFOTA_LOG_NO_NUMBER;
        return true;
    }
    const struct name_key key = names_key(modems, name);
    uint32_t number = names_glance(modems, name, &key);
    if (number == NAME_UNKNOWN)
        number = names_add(modems, name);
    event->modem_number = number;
    if (number != NAME_UNKNOWN)
        event->modem = names_text(modems, number).data;
    return number != NAME_UNKNOWN;
}

bool batch_name(struct batch *batch, struct log_names *names)
{
    struct last_name file = {NULL, NULL, SBFOTA_LOG_NO_NUMBER};
    struct last_name log = file;
    bool named = true;
    pthread_mutex_lock(&names->lock);
    for (size_t i = 0; i < batch->shown.count && named; i++) {
        struct sbfota_log_event *const event = &batch->events[i];
        named = name_modem(&names->modems, event) &&
                name_file(&names->files, &file, &event->file, &event->file_number) &&
                name_file(&names->files, &log, &event->log, &event->log_number);
    }
    pthread_mutex_unlock(&names->lock);
    log_names_share(names);
    batch->names = names;
    return named;
}

bool batch_append(struct batch *batch, struct batch *more)
{
    const size_t count = batch->shown.count + more->shown.count;
    if (count > batch->capacity) {
        const size_t capacity = count * 2;
        struct sbfota_log_event *const events =
            realloc(batch->events, capacity * sizeof *batch->events);
        if (events == NULL)
            return false;
        batch->events = events;
        batch->shown.events = events;
        batch->capacity = capacity;
    }
    memcpy(batch->events + batch->shown.count, more->events,
           more->shown.count * sizeof *more->events);
    batch->shown.count = count;
    struct kept *last = more->bytes;
    while (last->next != NULL)
        last = last->next;
    last->next = batch->bytes;
    batch->bytes = more->bytes;
    more->bytes = NULL;
    batch_free(more);
    return true;
}

void sbfota_log_batch_free(struct sbfota_log_batch *shown)
{
    struct batch *const batch = (struct batch *)shown;
    if (batch == NULL)
        return;
    kept_free(batch->bytes);
    log_names_release(batch->names);
    batch_columns_free(batch->columns);
    free(batch->events);
    free(batch);
}
