/* SPDX-License-Identifier: MIT */
#include "cli/report/report.h"

#include <string.h>

#define HOUR INT64_C(3600000)

struct hour_key {
    int64_t hour;
    uint8_t outcome;
    uint8_t zeros[7];
};

static int64_t floor_divide(int64_t value, int64_t step)
{
    return value / step - (value % step < 0);
}

void report_times_add(struct report_times *times, int64_t ended, unsigned outcome)
{
    const struct hour_key key = {.hour = floor_divide(ended, HOUR), .outcome = (uint8_t)outcome};
    if (!counters_add(&times->hours, (struct bytes){(const char *)&key, sizeof key}, 1))
        times->no_memory = true;
}

static void keep_edge(struct report_edge *edge, const struct fleet_event *event)
{
    edge->milliseconds = event->milliseconds;
    edge->length = (uint8_t)event->time.length;
    memcpy(edge->text, event->time.data, event->time.length);
}

void report_times_see(struct report_times *times, const struct fleet_event *event)
{
    struct report_edge *const edges = times->edges;
    if (event->clock != CLOCK_EPOCH || event->time.length == 0 ||
        event->time.length > FLEET_TIME_SIZE)
        return;
    if (edges[0].length == 0 || event->milliseconds < edges[0].milliseconds)
        keep_edge(&edges[0], event);
    if (edges[1].length == 0 || event->milliseconds >= edges[1].milliseconds)
        keep_edge(&edges[1], event);
}

static struct hour_key key_at(const struct report_times *times, uint32_t number)
{
    struct hour_key key;
    memcpy(&key, names_text(&times->hours.names, number).data, sizeof key);
    return key;
}

/* Hours, parts of a day, days, weeks, and then as many weeks as it takes. */
static int64_t choose_hours(int64_t span)
{
    static const int64_t usual[] = {1, 3, 6, 12, 24, 48, 168};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (span / usual[i] + 2 <= REPORT_BINS)
            return usual[i];
    return (span / 168 / (REPORT_BINS - 2) + 1) * 168;
}

void report_times_bins(const struct report_times *times, struct report_bins *bins)
{
    const uint32_t count = times->hours.names.count;
    int64_t last = INT64_MIN;
    memset(bins, 0, sizeof *bins);
    bins->first = INT64_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const int64_t hour = key_at(times, i).hour;
        bins->first = hour < bins->first ? hour : bins->first;
        last = hour > last ? hour : last;
    }
    if (count == 0)
        return;
    bins->hours = choose_hours(last - bins->first);
    bins->first = floor_divide(bins->first, bins->hours) * bins->hours;
    bins->count = (unsigned)((last - bins->first) / bins->hours) + 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct hour_key key = key_at(times, i);
        bins->outcomes[(key.hour - bins->first) / bins->hours][key.outcome] +=
            times->hours.counts[i];
    }
    for (unsigned bin = 0; bin < bins->count; bin++) {
        uint64_t sum = 0;
        for (unsigned outcome = 0; outcome < SBFOTA_OUTCOME_COUNT; outcome++)
            sum += bins->outcomes[bin][outcome];
        bins->most = sum > bins->most ? sum : bins->most;
    }
}

void report_times_free(struct report_times *times)
{
    counters_free(&times->hours);
}
