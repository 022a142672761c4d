/* SPDX-License-Identifier: MIT
 *
 * Events of batches to where each modem stands. */
#include "log/batch/followed.h"

#include <stdlib.h>

#include "log/records/modem_fields.h"
#include "log/sessions/log_event.h"

static void take(void *context, const struct log_attempt *attempt)
{
    (void)context;
    modem_state_take(attempt->extra, &attempt->facts);
}

static void see(void *context, void *extra, const struct fleet_event *event, int64_t time,
                const struct sbfota_session *session, unsigned changes)
{
    struct sbfota_log_modems *const modems = context;
    (void)changes;
    const struct modem_state *const state = extra;
    modem_state_see(extra, &modems->fleet, event, time, session);
    if (event->time.length > 0 && state->dated && state->seen_ms > modems->newest)
        modems->newest = state->seen_ms;
}

struct sbfota_log_modems *sbfota_log_modems_new(int64_t now)
{
    struct sbfota_log_modems *const modems = calloc(1, sizeof *modems);
    if (modems == NULL)
        return NULL;
    modems->now = now;
    modems->newest = INT64_MIN;
    modems->fleet.extra = sizeof(struct modem_state);
    modems->sink = (struct fleet_sink){.context = modems, .take = take, .see = see};
    return modems;
}

static enum sbfota_log_result result(const struct sbfota_log_modems *modems)
{
    return modems->fleet.no_memory ? SBFOTA_LOG_NO_MEMORY : SBFOTA_LOG_END;
}

enum sbfota_log_result sbfota_log_modems_feed(struct sbfota_log_modems *modems,
                                              const struct sbfota_log_event *events, size_t count)
{
    log_events_feed(&modems->fleet, &modems->sink, events, count);
    return result(modems);
}

enum sbfota_log_result sbfota_log_modems_finish(struct sbfota_log_modems *modems)
{
    if (!modems->fleet.no_memory)
        fleet_end(&modems->fleet, &modems->sink);
    return result(modems);
}

size_t sbfota_log_modems_count(const struct sbfota_log_modems *modems)
{
    return modems->fleet.no_memory
               ? 0
               : (size_t)modems->fleet.groups[0].count + modems->fleet.groups[1].count;
}

bool sbfota_log_modems_get(const struct sbfota_log_modems *modems, size_t number,
                           struct sbfota_log_modem *modem)
{
    struct fleet_member member;
    if (number >= sbfota_log_modems_count(modems) || !fleet_next(&modems->fleet, &number, &member))
        return false;
    *modem = modem_show(&member, modems->now == SBFOTA_NO_TIME ? modems->newest : modems->now);
    return true;
}

void sbfota_log_modems_free(struct sbfota_log_modems *modems)
{
    if (modems == NULL)
        return;
    fleet_free(&modems->fleet);
    free(modems);
}
