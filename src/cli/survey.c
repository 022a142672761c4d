/* SPDX-License-Identifier: MIT */
#include "cli/survey.h"

#include <stdlib.h>
#include <string.h>

#include "cli/writing/error_line.h"
#include "log/sessions/fleet_block.h"
#include "log/text/time.h"

/* What one thread counts; it is added up at the end. The times of a block are handed over in its turn. */
struct survey_worker {
    struct survey *survey;
    struct counts counts;
    struct fleet_block timed; /* with sessions */
    const struct block *block;
    size_t found; /* events in it */
    bool seen;    /* an SBFOTA message, if nothing is counted */
    bool malformed;
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

static void read_time(struct survey_worker *worker, struct bytes captured,
                      struct counted_time *time)
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
    struct survey_worker *const worker = calloc(1, sizeof *worker);
    if (worker == NULL)
        return NULL;
    worker->survey = context;
    worker->timed.fold = worker->survey->options->capture.threads > 1 &&
                         worker->survey->sink != NULL && worker->survey->sink->see == NULL;
    return worker;
}

static void worker_free(void *context)
{
    struct survey_worker *const worker = context;
    if (worker->survey->counts != NULL && !counts_add(worker->survey->counts, &worker->counts))
        worker->survey->no_memory = true;
    counts_free(&worker->counts);
    fleet_block_free(&worker->timed);
    free(worker);
}

static void take(void *context, const struct block *block, const struct log_event *events,
                 size_t count)
{
    struct survey_worker *const worker = context;
    worker->block = block;
    worker->found = count;
    if (worker->survey->fleet != NULL)
        fleet_block_take(&worker->timed, block, events, count);
    if (worker->survey->counts == NULL) {
        reading_see_events(block, events, count, &worker->seen, &worker->malformed);
        return;
    }
    counts_block(&worker->counts, block, events, count);
    for (int i = 0; i < 2; i++)
        read_time(worker, block->times[i], &worker->times[i]);
}

static bool commit(void *context, void *worker_context)
{
    struct survey *const survey = context;
    struct survey_worker *const worker = worker_context;
    survey->report.events += worker->found;
    survey->found = survey->found || worker->seen;
    survey->malformed = survey->malformed || worker->malformed;
    survey->no_memory = survey->no_memory || worker->timed.no_memory;
    for (int i = 0; survey->counts != NULL && i < 4; i++)
        if (is_told_rather(&worker->times[i / 2], &survey->counts->times[i % 2], i % 2 == 1))
            survey->counts->times[i % 2] = worker->times[i / 2];
    if (survey->take_block != NULL)
        survey->take_block(survey->context, worker->block, worker->found);
    if (survey->no_memory && survey->put != NULL)
        return false; /* a session without one of its messages would be another one */
    if (survey->fleet != NULL)
        fleet_block_feed(&worker->timed, survey->fleet, survey->sink);
    return survey->put == NULL || survey->put(survey->context);
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
        .tell = tell,
        .progress = reading_progress,
    };
    struct capture_options capture = survey->options->capture;
    const struct output *const output = survey->output;
    capture.all = capture.frames = false;
    if (output != NULL)
        capture.output.fd = output->fd;
    reading_begin(&survey->report, survey->options, output != NULL && output->terminal);
    const bool good = reading_run(survey->options, &capture, &sink);
    reading_end(&survey->report);
    if (survey->counts != NULL) {
        survey->found = survey->counts->messages > 0;
        survey->malformed = survey->counts->kinds[SBFOTA_MALFORMED] > 0;
    }
    if (survey->fleet != NULL && !(survey->no_memory && survey->put != NULL))
        fleet_end(survey->fleet, survey->sink);
    survey->no_memory = survey->no_memory || (survey->fleet != NULL && survey->fleet->no_memory);
    if (survey->no_memory)
        error_line(NULL, 0, "not enough memory");
    return good && !survey->no_memory;
}
