/* SPDX-License-Identifier: MIT
 *
 * Events of batches to attempts. */
#include <sbfota/log.h>

#include <stdlib.h>
#include <string.h>

#include "log_event.h"
#include "log_handle.h"
#include "time.h"

/* What attempts point to. */
struct attempt_bytes {
    struct attempt_bytes *next;
    char bytes[];
};

struct attempts {
    struct sbfota_log_attempts shown; /* first */
    struct sbfota_log_attempt *list;
    size_t capacity;
    struct attempt_bytes *bytes;
};

struct sbfota_log_sessions {
    struct fleet fleet;
    struct fleet_sink sink;
    struct attempts *attempts; /* that were not taken */
};

void sbfota_log_attempts_free(struct sbfota_log_attempts *shown)
{
    struct attempts *const attempts = (struct attempts *)shown;
    if (attempts == NULL)
        return;
    while (attempts->bytes != NULL) {
        struct attempt_bytes *const next = attempts->bytes->next;
        free(attempts->bytes);
        attempts->bytes = next;
    }
    free(attempts->list);
    free(attempts);
}

static bool make_room(struct sbfota_log_sessions *sessions)
{
    if (sessions->attempts == NULL)
        sessions->attempts = calloc(1, sizeof *sessions->attempts);
    struct attempts *const attempts = sessions->attempts;
    if (attempts == NULL)
        return false;
    if (attempts->shown.count < attempts->capacity)
        return true;
    const size_t capacity = attempts->capacity * 2 + 16;
    struct sbfota_log_attempt *const list =
        realloc(attempts->list, capacity * sizeof *attempts->list);
    if (list == NULL)
        return false;
    attempts->list = list;
    attempts->shown.list = list;
    attempts->capacity = capacity;
    return true;
}

static const char *keep(char **next, struct bytes bytes)
{
    char *const copy = *next;
    if (bytes.data == NULL)
        return NULL;
    if (bytes.length > 0)
        memcpy(copy, bytes.data, bytes.length);
    copy[bytes.length] = '\0';
    *next += bytes.length + 1;
    return copy;
}

static uint8_t public_clock(const struct edge *edge, struct bytes shown)
{
    switch ((enum clock)edge->clock) {
    case CLOCK_NONE: return SBFOTA_LOG_CLOCK_NONE;
    case CLOCK_EPOCH: return time_has_zone(shown) ? SBFOTA_LOG_CLOCK_UTC : SBFOTA_LOG_CLOCK_LOCAL;
    case CLOCK_YEAR: return SBFOTA_LOG_CLOCK_YEAR;
    case CLOCK_DAY: return SBFOTA_LOG_CLOCK_DAY;
    case CLOCK_START: return SBFOTA_LOG_CLOCK_START;
    }
    return SBFOTA_LOG_CLOCK_NONE;
}

/* The time of an edge, as it is written out; no data without one. */
static struct bytes time_of(const struct edge *edge, char buffer[TIME_SIZE])
{
    const struct bytes captured = {edge->time, edge->time_length};
    return edge->time_length > 0 ? time_show(captured, buffer) : (struct bytes){NULL, 0};
}

static struct sbfota_log_edge show_edge(const struct edge *edge, struct bytes file,
                                        struct bytes time, char **next)
{
    return (struct sbfota_log_edge){
        .line = edge->line,
        .offset = edge->offset,
        .file = keep(next, file),
        .time = keep(next, time),
        .time_length = (uint8_t)time.length,
        .clock = public_clock(edge, time),
    };
}

static void take(void *context, const struct log_attempt *attempt)
{
    struct sbfota_log_sessions *const sessions = context;
    const struct bytes from = fleet_file(&sessions->fleet, attempt->from->file);
    const struct bytes to = fleet_file(&sessions->fleet, attempt->to->file);
    char buffers[2][TIME_SIZE];
    const struct bytes from_time = time_of(attempt->from, buffers[0]);
    const struct bytes to_time = time_of(attempt->to, buffers[1]);
    const size_t size =
        attempt->modem.length + from.length + to.length + from_time.length + to_time.length + 5;
    if (sessions->fleet.no_memory || !make_room(sessions)) {
        sessions->fleet.no_memory = true;
        return;
    }
    struct attempts *const attempts = sessions->attempts;
    struct attempt_bytes *const bytes = malloc(sizeof *bytes + size);
    if (bytes == NULL) {
        sessions->fleet.no_memory = true;
        return;
    }
    char *next = bytes->bytes;
    bytes->next = attempts->bytes;
    attempts->bytes = bytes;
    attempts->list[attempts->shown.count++] = (struct sbfota_log_attempt){
        .facts = attempt->facts,
        .modem = keep(&next, attempt->modem),
        .modem_length = (uint32_t)attempt->modem.length,
        .dated = attempt->dated,
        .from = show_edge(attempt->from, from, from_time, &next),
        .to = show_edge(attempt->to, to, to_time, &next),
    };
}

struct sbfota_log_sessions *sbfota_log_sessions_new(void)
{
    struct sbfota_log_sessions *const sessions = calloc(1, sizeof *sessions);
    if (sessions != NULL)
        sessions->sink = (struct fleet_sink){.context = sessions, .take = take};
    return sessions;
}

static void feed(struct sbfota_log_sessions *sessions, const struct sbfota_log_event *event)
{
    struct fleet *const fleet = &sessions->fleet;
    const struct bytes modem = {event->modem, event->modem_length};
    const struct bytes text = {event->text, event->text_length};
    struct fleet_modem *const found =
        modem.data != NULL
            ? fleet_find(fleet, modem)
            : fleet_find_unnamed(fleet, event->log == NULL ? event->file : event->log);
    if (found == NULL || !fleet_wants(&event->message, text, (enum direction)event->direction))
        return;
    const struct fleet_event fed = {
        .event = &event->message,
        .modem = modem,
        .time = {event->time, event->time_length},
        .milliseconds = event->time_ms,
        .clock = log_event_clock(event),
        .file = fleet_file_number(fleet, event->file),
        .line = event->line,
        .followed = true,
    };
    fleet_feed(fleet, found, &fed, &sessions->sink);
}

static enum sbfota_log_result result(const struct sbfota_log_sessions *sessions)
{
    return sessions->fleet.no_memory ? SBFOTA_LOG_NO_MEMORY : SBFOTA_LOG_END;
}

enum sbfota_log_result sbfota_log_sessions_feed(struct sbfota_log_sessions *sessions,
                                                const struct sbfota_log_event *events, size_t count)
{
    for (size_t i = 0; i < count && !sessions->fleet.no_memory; i++)
        feed(sessions, &events[i]);
    return result(sessions);
}

bool log_sessions_take_block(struct sbfota_log_sessions *sessions, struct fleet_block *timed)
{
    struct fleet *const fleet = &sessions->fleet;
    fleet->no_memory = fleet->no_memory || timed->no_memory;
    if (!fleet->no_memory)
        fleet_block_feed(timed, fleet, &sessions->sink);
    return !fleet->no_memory;
}

enum sbfota_log_result sbfota_log_sessions_finish(struct sbfota_log_sessions *sessions)
{
    if (!sessions->fleet.no_memory)
        fleet_end(&sessions->fleet, &sessions->sink);
    return result(sessions);
}

size_t sbfota_log_sessions_count(const struct sbfota_log_sessions *sessions)
{
    return sessions->attempts == NULL || sessions->fleet.no_memory
               ? 0
               : sessions->attempts->shown.count;
}

struct sbfota_log_attempts *sbfota_log_sessions_take(struct sbfota_log_sessions *sessions)
{
    struct attempts *const attempts = sessions->attempts;
    if (attempts == NULL || sessions->fleet.no_memory)
        return NULL;
    sessions->attempts = NULL;
    return &attempts->shown;
}

void sbfota_log_sessions_free(struct sbfota_log_sessions *sessions)
{
    if (sessions == NULL)
        return;
    sbfota_log_attempts_free(sessions->attempts == NULL ? NULL : &sessions->attempts->shown);
    fleet_free(&sessions->fleet);
    free(sessions);
}
