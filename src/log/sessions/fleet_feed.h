/* SPDX-License-Identifier: MIT
 *
 * A session takes an event: without a call for each, where what is taken is put together too. */
#ifndef SBFOTA_LOG_FLEET_FEED_H
#define SBFOTA_LOG_FLEET_FEED_H

#include "log/sessions/fleet_modem.h"

static inline int64_t fleet_read_clock(struct fleet *fleet, struct fleet_modem *modem,
                                       const struct fleet_event *event)
{
    if (event->clock == CLOCK_NONE)
        return SBFOTA_NO_TIME;
    fleet->events++;
    if (event->clock == CLOCK_EPOCH) {
        fleet->hint = (struct clock_hint){event->file, true, event->milliseconds};
        fleet->hinted = true;
        clock_follow_date(&modem->clock, event->milliseconds, event->file);
    } else {
        if (event->clock == CLOCK_YEAR)
            fleet_find_hint(fleet, event->file);
        clock_follow(&modem->clock, event->clock, event->milliseconds, &fleet->hint);
    }
    fleet->clocks_back += modem->clock.went_back;
    return modem->clock.latest;
}

/* Is it what the modem said in the line before, byte for byte? Of a raw capture, a blank line may stand
 * between, the line ends around two messages. */
static inline bool fleet_is_told_again(const struct told_message *last,
                                       const struct fleet_event *event)
{
    const struct sbfota_event *const now = event->event;
    const uint64_t lines = event->line - last->line;
    return last->kind == now->kind && now->kind != SBFOTA_NONE && event->clock == CLOCK_NONE &&
           last->file == event->file && last->value == now->value && last->length == now->length &&
           last->spelling == now->spelling &&
           last->flags == (now->flags & ~(unsigned)SBFOTA_FLAG_UNENDED) &&
           (lines == 1 || (lines == 2 && now->offset - last->end <= 4));
}

static inline void fleet_remember(struct told_message *last, const struct fleet_event *event)
{
    const struct sbfota_event *const now = event->event;
    if (event->clock != CLOCK_NONE) {
        last->kind = SBFOTA_NONE;
        return;
    }
    *last = (struct told_message){.line = event->line,
                                  .end = now->offset + now->length,
                                  .length = now->length,
                                  .value = now->value,
                                  .file = event->file,
                                  .kind = now->kind,
                                  .spelling = now->spelling,
                                  .flags = now->flags};
}

/* What a session makes of an event, and what that changes. Its time, or SBFOTA_NO_TIME for one that is not fed. */
static inline int64_t fleet_follow(struct fleet *fleet, struct fleet_modem *modem,
                                   const struct fleet_event *event, const struct fleet_sink *sink,
                                   unsigned *changes)
{
    struct sbfota_change change;
    const bool again = fleet_is_told_again(&modem->last, event);
    fleet_remember(&modem->last, event);
    if (again) {
        fleet->repeats++;
        if (sbfota_session_phase(&modem->session) != SBFOTA_PHASE_NONE)
            fleet_note_edge(&modem->to, event);
        const unsigned kind = event->event->kind;
        modem->cut = modem->cut || ((event->event->flags & SBFOTA_FLAG_UNENDED) != 0 &&
                                    kind >= SBFOTA_POLLING_ERROR && kind <= SBFOTA_REPORT_END);
        return SBFOTA_NO_TIME;
    }
    const int64_t time = fleet_read_clock(fleet, modem, event);
    sbfota_session_feed(&modem->session, event->event, time, &change);
    fleet->repeats += (change.what & SBFOTA_CHANGE_REPEAT) != 0;
    if (change.what & SBFOTA_CHANGE_FINISHED)
        fleet_tell(modem, event->modem, &change.finished, &modem->from, &modem->to, sink);
    if (change.what & SBFOTA_CHANGE_BEGAN)
        fleet_note_edge(&modem->from, event);
    if (change.what & SBFOTA_CHANGE_BELONGS)
        fleet_note_edge(&modem->to, event);
    *changes = change.what;
    return time;
}

static inline void fleet_feed(struct fleet *fleet, struct fleet_modem *modem,
                              const struct fleet_event *event, const struct fleet_sink *sink)
{
    unsigned changes = 0;
    const int64_t time =
        event->followed ? fleet_follow(fleet, modem, event, sink, &changes) : SBFOTA_NO_TIME;
    if (sink->see != NULL)
        sink->see(sink->context, modem + 1, event, time, &modem->session, changes);
}

#endif
