/* SPDX-License-Identifier: MIT
 *
 * What the commands that read captures have in common: what they tell, and how far they are. */
#ifndef SBFOTA_CLI_READING_H
#define SBFOTA_CLI_READING_H

#include "cli/options.h"
#include "log/prefix/block.h"

/* The first member of what such a command hands to capture_run as its context. */
struct reading_report {
    bool quiet;
    bool overwriting; /* an input is the output: it must stay as it is */
    bool nothing;     /* could be read */
    uint64_t skipped; /* files, since they are no logs */
    uint64_t unread;  /* that could not be read, or not to their end */
    uint64_t bytes;   /* that were read */
    bool progress;    /* a progress line is wanted */
    bool shown;       /* it stands on the terminal */
    double begun;     /* seconds */
    double last;
    uint64_t events;
};

void reading_begin(struct reading_report *report, const struct options *options,
                   bool output_is_terminal);
void reading_end(struct reading_report *reading);

/* The exit status. `found`: an SBFOTA message; `malformed`: one that is not whole. That there is no message is said. */
int reading_status(const struct reading_report *report, const struct options *options, bool good,
                   bool found, bool malformed);

/* Read all that the command line names. False if something could not be read. */
bool reading_run(const struct options *options, const struct capture_options *capture,
                 const struct capture_sink *sink);

/* Is there an SBFOTA message among the events of a block, and one that is not whole? What is true already stays so. */
void reading_see_events(const struct block *block, const struct log_event *events, size_t count,
                        bool *found, bool *malformed);

/* Is what was made of it to take the place of the output file? Not if there is nothing in it or not all of it. What stays as it
 * was is said. */
bool reading_is_kept(const struct reading_report *report, const struct options *options);

/* For a struct capture_sink. */
void reading_tell(void *context, enum told told, const char *file, const char *message);
void reading_progress(void *context, uint64_t bytes, uint64_t total);

#endif
