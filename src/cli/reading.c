/* SPDX-License-Identifier: MIT */
#include "cli/reading.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/writing/error_line.h"
#include "cli/writing/interrupt.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

void reading_begin(struct reading_report *report, const struct options *options,
                   bool output_is_terminal)
{
    report->quiet = options->quiet;
    /* Records that scroll by show well enough how far it is. */
    report->progress =
        !options->quiet && !options->no_progress && !output_is_terminal && isatty(STDERR_FILENO);
    report->begun = report->last = now();
}

static void clear_progress(struct reading_report *report)
{
    if (report->shown)
        fputs("\r\033[K", stderr);
    report->shown = false;
}

void reading_end(struct reading_report *reading)
{
    clear_progress(reading);
    const unsigned long long skipped = reading->skipped;
    const unsigned long long unread = reading->unread;
    if (skipped > 0 && unread > 0)
        error_line(NULL, 0, "%llu files were skipped, %llu could not be read, or not to their end",
                   skipped, unread);
    else if (skipped > 1)
        error_line(NULL, 0, "%llu files were skipped", skipped);
}

void reading_tell(void *context, enum told told, const char *file, const char *message)
{
    struct reading_report *const reading = context;
    if ((told == TOLD_NOTE || told == TOLD_LEARNED) && reading->quiet)
        return;
    clear_progress(reading);
    reading->overwriting = reading->overwriting || told == TOLD_IS_OUTPUT;
    reading->skipped += told == TOLD_SKIPPED;
    reading->unread += told >= TOLD_TROUBLE && told <= TOLD_PACKED;
    error_line(told == TOLD_NO_MEMORY ? NULL : file_shown(file), 0,
               told == TOLD_SKIPPED ? "skipped: %s" : "%s", message);
}

static void put_progress(struct reading_report *report, uint64_t bytes, uint64_t total, double time)
{
    const double seconds = time - report->begun;
    const double rate = (double)bytes / seconds;
    char share[64] = "";
    if (total > 0 && bytes <= total)
        snprintf(share, sizeof share, "%3.0f %%, %.0f s left, ",
                 100.0 * (double)bytes / (double)total, (double)(total - bytes) / rate);
    fprintf(stderr, "\r\033[K%s%.1f MB at %.0f MB/s, %llu events", share, (double)bytes * 1e-6,
            rate * 1e-6, (unsigned long long)report->events);
    fflush(stderr);
    report->shown = true;
}

/* For work of over a second, five times a second. */
void reading_progress(void *context, uint64_t bytes, uint64_t total)
{
    struct reading_report *const report = context;
    report->bytes = bytes;
    if (!report->progress)
        return;
    const double time = now();
    if (time - report->begun < 1 || time - report->last < 0.2)
        return;
    report->last = time;
    put_progress(report, bytes, total, time);
}

int reading_status(const struct reading_report *report, const struct options *options, bool good,
                   bool found, bool malformed)
{
    if (!good || interrupt_came())
        return EXIT_TROUBLE;
    if (options->strict && malformed)
        return EXIT_MALFORMED;
    if (found)
        return EXIT_DONE;
    /* However quiet: who takes the output for an answer may not look at the status. */
    error_line(NULL, 0, "no SBFOTA message was found: %s",
               report->bytes == 0
                   ? "there was nothing to read"
                   : "no line holds one in a spelling that is known, behind what may stand before "
                     "it in a log; --capture help lists the forms of logs");
    return EXIT_NO_MESSAGE;
}

bool reading_run(const struct options *options, const struct capture_options *capture,
                 const struct capture_sink *sink)
{
    static char standard_input[] = "-";
    static char *const only[] = {standard_input};
    const bool named = options->argument_count > 0;
    struct reading_report *const report = sink->context;
    const enum capture_result result =
        capture_run(named ? options->arguments : only, named ? (size_t)options->argument_count : 1,
                    capture, sink);
    report->nothing = result == CAPTURE_NONE;
    return result == CAPTURE_ALL;
}

void reading_see_events(const struct block *block, const struct log_event *events, size_t count,
                        bool *found, bool *malformed)
{
    for (size_t i = 0; i < count && !*found; i++) {
        struct record record;
        event_record(block, &events[i], &record);
        *found = record_is_sbfota(&record);
    }
    bool some = *malformed;
    for (size_t i = 0; i < count && !some; i++)
        some = events[i].message.kind == SBFOTA_MALFORMED;
    *malformed = some;
}

bool reading_is_kept(const struct reading_report *reading, const struct options *options)
{
    if (reading->nothing && !reading->overwriting && options->output != NULL)
        error_line(options->output, 0, "not written, since nothing could be read");
    return !reading->overwriting && !reading->nothing && !interrupt_came();
}
