/* SPDX-License-Identifier: MIT
 *
 * What a report was made of: the files, and what was told of them. */
#ifndef SBFOTA_CLI_REPORT_INPUTS_H
#define SBFOTA_CLI_REPORT_INPUTS_H

#include "log/block.h"
#include "log/capture.h"
#include "log/names.h"

enum {
    REPORT_NOTES = 50 /* that are kept */
};

struct report_file {
    uint64_t lines;
    uint64_t events;
    const char *form; /* the name of its form; constant */
};

struct report_note {
    char *file; /* NULL for standard input */
    char *message;
};

/* Start with all zero; end with report_inputs_free. */
struct report_inputs {
    struct names names; /* of files, in the order of reading; standard input has no letter */
    struct report_file *files;
    uint32_t capacity;
    struct report_note notes[REPORT_NOTES];
    uint64_t note_count; /* more may have been told than are kept */
    bool no_memory;
};

/* A block in its turn, and how many events were found in it. */
void report_inputs_add(struct report_inputs *inputs, const struct block *block, size_t events);

/* What is told on standard error too. */
void report_inputs_note(struct report_inputs *inputs, const char *file, const char *message);

void report_inputs_free(struct report_inputs *inputs);

#endif
