/* SPDX-License-Identifier: MIT
 *
 * What is in the captures, counted by all threads, and the sessions of their modems. */
#ifndef SBFOTA_CLI_SURVEY_H
#define SBFOTA_CLI_SURVEY_H

#include "cli/reading.h"
#include "cli/stats/counts.h"
#include "log/sessions/fleet.h"

/* Start with all zero but what is wanted. */
struct survey {
    struct reading_report report;
    const struct options *options;
    struct fleet *fleet;           /* to follow sessions, or NULL */
    const struct fleet_sink *sink; /* with it */
    struct counts *counts;         /* to count, or NULL */
    const struct output *output;   /* that is written to meanwhile, or NULL */
    bool found;                    /* an SBFOTA message */
    bool malformed;
    bool no_memory; /* set also by who takes the attempts */
    /* Each NULL if it is not wanted: a block in its turn, with how many events were found in it; what is told of a file; behind a block whose
     * events the sessions have, false to read no more. */
    void *context;
    void (*take_block)(void *context, const struct block *block, size_t events);
    void (*take_note)(void *context, const char *file, const char *message);
    bool (*put)(void *context);
};

/* Read all captures, to their last attempt. False if something could not be read; that memory lacks is said. */
bool survey_run(struct survey *survey);

#endif
