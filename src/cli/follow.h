/* SPDX-License-Identifier: MIT
 *
 * Reading logs for the sessions of their modems: what sessions and modems have in common. */
#ifndef SBFOTA_CLI_FOLLOW_H
#define SBFOTA_CLI_FOLLOW_H

#include "cli/out/columns.h"
#include "cli/out/records.h"
#include "cli/survey.h"

/* One run of such a command: the first member of what it keeps. Start with all zero but what is said here. */
struct following {
    struct survey survey; /* its `options`, `sink` and `fleet` set, that NULL without memory */
    const struct record_kind *kind; /* set: what is written */
    size_t most; /* set: rows of a group of its columns, 0: as many as the format has */
    void (*begin)(struct following *following); /* before reading; or NULL */
    void (*put)(struct following *following);   /* in between: write what there is; or NULL */
    void (*end)(struct following *following);   /* behind it: write the rest */
    enum output_format format;                  /* that was asked for, or the usual one */
    struct output output;
    struct writer writer;
    struct columns_output columns; /* of Arrow and Parquet */
};

/* Read all captures and write what comes of them: the exit status. All is freed. */
int follow_run(struct following *following);

/* Rows to the others; they are cleared. */
void follow_put_columns(struct following *following, struct columns *rows);

/* What is in the writer, if it is worth it. */
void follow_flush(struct following *following);

#endif
