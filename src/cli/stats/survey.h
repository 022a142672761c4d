/* SPDX-License-Identifier: MIT
 *
 * What is in the captures, counted by all threads, and the sessions of their modems, if they are followed. */
#ifndef SBFOTA_CLI_SURVEY_H
#define SBFOTA_CLI_SURVEY_H

#include "cli/reading.h"
#include "cli/stats/counts.h"
#include "log/sessions/fleet.h"

/* Start with all zero but what is said here; end with survey_free. */
struct survey {
    struct reading_report report;
    const struct options *options;
    bool sessions;          /* set to follow them */
    struct fleet_sink sink; /* set too, if so */
    struct counts counts;
    struct fleet fleet;
    bool no_memory; /* set also by who takes the attempts */
    /* Each NULL if it is not wanted: a block in its turn, with how many events were found in it; what is told of a file. */
    void *context;
    void (*take_block)(void *context, const struct block *block, size_t events);
    void (*take_note)(void *context, const char *file, const char *message);
};

/* Read all captures, to their last attempt. False if something could not be read; that memory lacks is said. */
bool survey_run(struct survey *survey);

void survey_free(struct survey *survey);

#endif
