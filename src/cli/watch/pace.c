/* SPDX-License-Identifier: MIT */
#include "cli/watch/pace.h"

#define NEVER INT64_MIN

enum {
    DAY = 86400000 /* ms: no phase is told to take longer */
};

void pace_begin(struct pace *pace, unsigned phase, bool seen, int64_t now)
{
    *pace = (struct pace){
        .begun = seen ? now : NEVER, .first = NEVER, .latest = NEVER, .phase = (uint8_t)phase};
}

void pace_tell(struct pace *pace, unsigned percent, int64_t now)
{
    if (percent > 100)
        return;
    if (pace->first == NEVER || percent < pace->percent) {
        pace->first = now;
        pace->first_percent = (uint8_t)percent;
        pace->latest = now;
    } else if (percent > pace->percent) {
        pace->latest = now;
    }
    pace->percent = (uint8_t)percent;
}

/* Which of the three a phase is; PACE_PHASES for none. */
static enum pace_phase place_of(unsigned phase)
{
    switch (phase) {
    case SBFOTA_PHASE_DOWNLOAD: return PACE_DOWNLOAD;
    case SBFOTA_PHASE_UPDATE: return PACE_UPDATE;
    case SBFOTA_PHASE_RESTORE: return PACE_RESTORE;
    }
    return PACE_PHASES;
}

static uint32_t clamp(int64_t milliseconds)
{
    return milliseconds < 0 ? 0 : milliseconds > DAY ? DAY : (uint32_t)milliseconds;
}

/* What is left at the pace since the begin, or since the first percentage where another has come behind it. */
static bool own_left(const struct pace *pace, int64_t now, int64_t *left)
{
    const bool from_begin = pace->begun != NEVER && pace->percent > 0 &&
                            pace->first >= pace->begun && pace->first_percent <= pace->percent;
    const int64_t from = from_begin ? pace->begun : pace->first;
    const int done = pace->percent - (from_begin ? 0 : pace->first_percent);
    if (pace->first == NEVER)
        return false;
    if (pace->percent == 100) {
        *left = 0;
        return true;
    }
    if (done <= 0 || pace->latest <= from || pace->latest - from > (int64_t)100 * DAY)
        return false;
    *left = (pace->latest - from) * (100 - pace->percent) / done - (now - pace->latest);
    return true;
}

/* Of the fleet's durations, what is left to the median, and to what 95 of 100 do not pass. Whoever has passed it is one of the
 * slow: then the next longer one counts. */
static void fleet_left(const struct pace *pace, const struct pace_spread *spread, int64_t now,
                       int64_t *likely, int64_t *most)
{
    const int64_t passed =
        pace->begun != NEVER ? now - pace->begun : (int64_t)spread->median * pace->percent / 100;
    *most = (passed <= spread->p95 ? spread->p95 : spread->most) - passed;
    *likely = passed <= spread->median ? spread->median - passed : *most;
}

bool pace_of_phase(const struct pace *pace, const struct pace_fleet *fleet, int64_t now,
                   struct pace_left *left)
{
    const enum pace_phase place = place_of(pace->phase);
    int64_t own = 0;
    if (place == PACE_PHASES)
        return false;
    const struct pace_spread *const spread = &fleet->phases[place];
    const bool has_own = own_left(pace, now, &own);
    const bool has_fleet = spread->known && (pace->begun != NEVER || pace->first != NEVER);
    if (!has_own && !has_fleet)
        return false;
    int64_t likely = own;
    int64_t most = own;
    if (has_fleet) {
        fleet_left(pace, spread, now, &likely, &most);
        left->overdue = most < 0;
        if (has_own)
            likely = (own * pace->percent + likely * (100 - pace->percent)) / 100;
    } else {
        left->overdue = own < 0;
    }
    left->likely = clamp(likely);
    left->most = clamp(most > likely ? most : likely);
    return true;
}

bool pace_of_update(const struct pace *pace, const struct pace_fleet *fleet, uint32_t delay,
                    int64_t now, struct pace_left *left)
{
    const bool waits = pace->phase == SBFOTA_PHASE_DELAY;
    const enum pace_phase place = waits ? PACE_DOWNLOAD : place_of(pace->phase);
    *left = (struct pace_left){.overdue = false};
    if (place == PACE_PHASES || (!waits && !pace_of_phase(pace, fleet, now, left)))
        return false;
    int64_t likely = left->likely;
    int64_t most = left->most;
    if (place == PACE_DOWNLOAD) {
        likely += delay;
        most += delay;
    }
    for (unsigned next = place + 1U; next < PACE_PHASES; next++) {
        if (!fleet->phases[next].known)
            return false;
        likely += fleet->phases[next].median;
        most += fleet->phases[next].p95;
    }
    left->likely = clamp(likely);
    left->most = clamp(most);
    return true;
}
