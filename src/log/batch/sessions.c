/* SPDX-License-Identifier: MIT
 *
 * Events of batches to attempts. */
#include <stdlib.h>
#include <string.h>

#include "log/batch/followed.h"
#include "log/batch/log_handle.h"
#include "log/records/attempt_fields.h"
#include "log/sessions/log_event.h"

struct attempts {
    struct sbfota_log_attempts shown; /* first */
    struct sbfota_log_attempt *list;
    size_t capacity;
    struct kept *bytes; /* what they point to */
};

void sbfota_log_attempts_free(struct sbfota_log_attempts *shown)
{
    struct attempts *const attempts = (struct attempts *)shown;
    if (attempts == NULL)
        return;
    kept_free(attempts->bytes);
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

static size_t length_of(const char *name)
{
    return name == NULL ? 0 : strlen(name);
}

static void take(void *context, const struct log_attempt *attempt)
{
    struct sbfota_log_sessions *const sessions = context;
    char times[2][TIME_SIZE];
    struct sbfota_log_attempt shown = attempt_show(&sessions->fleet, attempt, times);
    const size_t from = length_of(shown.from.file);
    const size_t to = length_of(shown.to.file);
    const size_t size =
        shown.modem_length + from + to + shown.from.time_length + shown.to.time_length + 5;
    if (sessions->fleet.no_memory || !make_room(sessions)) {
        sessions->fleet.no_memory = true;
        return;
    }
    struct attempts *const attempts = sessions->attempts;
    struct kept *const bytes = kept_make(size, attempts->bytes);
    if (bytes == NULL) {
        sessions->fleet.no_memory = true;
        return;
    }
    char *next = bytes->bytes;
    attempts->bytes = bytes;
    shown.modem = kept_copy(&next, shown.modem, shown.modem_length);
    shown.from.file = kept_copy(&next, shown.from.file, from);
    shown.from.time = kept_copy(&next, shown.from.time, shown.from.time_length);
    shown.to.file = kept_copy(&next, shown.to.file, to);
    shown.to.time = kept_copy(&next, shown.to.time, shown.to.time_length);
    attempts->list[attempts->shown.count++] = shown;
}

struct sbfota_log_sessions *sbfota_log_sessions_new(void)
{
    struct sbfota_log_sessions *const sessions = calloc(1, sizeof *sessions);
    if (sessions != NULL)
        sessions->sink = (struct fleet_sink){.context = sessions, .take = take};
    return sessions;
}

static enum sbfota_log_result result(const struct sbfota_log_sessions *sessions)
{
    return sessions->fleet.no_memory ? SBFOTA_LOG_NO_MEMORY : SBFOTA_LOG_END;
}

enum sbfota_log_result sbfota_log_sessions_feed(struct sbfota_log_sessions *sessions,
                                                const struct sbfota_log_event *events, size_t count)
{
    log_events_feed(&sessions->fleet, &sessions->sink, events, count);
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
