/* SPDX-License-Identifier: MIT */
#include "cli/stats/survey.h"

#include <stdlib.h>
#include <string.h>

#include "cli/writing/error_line.h"
#include "log/sessions/fleet_block.h"
#include "log/text/time.h"

/* What one thread counts; it is added up at the end. The times of a block are handed over in its turn. */
struct worker {
    struct survey *survey;
    struct counts counts;
    struct fleet_block timed; /* with sessions */
    const struct block *block;
    size_t found; /* events in it */
    uint64_t told_events;
    struct counted_time times[2]; /* its first and its last */
    struct clock_minute minute;
};

/* One that has a date is told rather than one that has none. */
static bool is_told_rather(const struct counted_time *time, const struct counted_time *other,
                           bool latest)
{
    if (time->length == 0 || other->length == 0 || time->dated != other->dated)
        return time->length > 0 && (other->length == 0 || time->dated);
    if (!time->dated)
        return latest; /* it comes behind */
    return latest ? time->milliseconds > other->milliseconds
                  : time->milliseconds < other->milliseconds;
}

static void read_time(struct worker *worker, struct bytes captured, struct counted_time *time)
{
    char buffer[TIME_SIZE];
    const struct bytes shown = time_show(captured, buffer);
    time->length = shown.length < TIME_SIZE ? shown.length : 0;
    if (time->length > 0)
        memcpy(time->text, shown.data, time->length);
    time->dated = clock_read(shown, &worker->minute, &time->milliseconds) == CLOCK_EPOCH;
}

static void *worker_new(void *context)
{
    struct worker *const worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->survey = context;
    worker->timed.fold =
        worker->survey->options->capture.threads > 1 && worker->survey->sink.see == NULL;
    return worker;
}

static void worker_free(void *context)
{
    struct worker *const worker = context;
    if (!counts_add(&worker->survey->counts, &worker->counts))
        worker->survey->no_memory = true;
    counts_free(&worker->counts);
    fleet_block_free(&worker->timed);
    free(worker);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct worker *const worker = context;
    worker->block = block;
    worker->found = count;
    counts_block(&worker->counts, block, events, count);
    if (worker->survey->sessions)
        fleet_block_take(&worker->timed, block, events, count);
    for (int i = 0; i < 2; i++)
        read_time(worker, block->times[i], &worker->times[i]);
}

static bool commit(void *context, void *worker_context)
{
    struct survey *const survey = context;
    struct worker *const worker = worker_context;
    survey->report.events += worker->counts.events - worker->told_events;
    worker->told_events = worker->counts.events;
    for (int i = 0; i < 4; i++)
        if (is_told_rather(&worker->times[i / 2], &survey->counts.times[i % 2], i % 2 == 1))
            survey->counts.times[i % 2] = worker->times[i / 2];
    if (survey->take_block != NULL)
        survey->take_block(survey->context, worker->block, worker->found);
    fleet_block_feed(&worker->timed, &survey->fleet, &survey->sink);
    survey->no_memory = survey->no_memory || worker->timed.no_memory;
    return true;
}

static void tell(void *context, enum told told, const char *file, const char *message)
{
    struct survey *const survey = context;
    reading_tell(&survey->report, told, file, message);
    if (survey->take_note != NULL && told != TOLD_NO_MEMORY)
        survey->take_note(survey->context, file, message);
}

bool survey_run(struct survey *survey)
{
    const struct capture_sink sink = {
        .context = survey,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .commit = commit,
        .pause = reading_pause,
        .tell = tell,
        .progress = reading_progress,
    };
    struct capture_options capture = survey->options->capture;
    capture.all = capture.frames = false;
    reading_begin(&survey->report, survey->options, false);
    bool good = reading_run(survey->options, &capture, &sink);
    reading_end(&survey->report);
    fleet_end(&survey->fleet, &survey->sink);
    survey->no_memory = survey->no_memory || survey->fleet.no_memory;
    if (survey->no_memory) {
        error_line(NULL, 0, "not enough memory");
        good = false;
    }
    return good;
}

void survey_free(struct survey *survey)
{
    counts_free(&survey->counts);
    fleet_free(&survey->fleet);
}
