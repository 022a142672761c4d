/* SPDX-License-Identifier: MIT
 *
 * The log of simulated modules: a line a line of theirs, with its time and the modem's name, in a form that decode reads; or
 * the bytes of one modem as on its wire. One file for all, or one for each in a folder. */
#ifndef SBFOTA_CLI_SIMULATE_LOG_H
#define SBFOTA_CLI_SIMULATE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LOG_LINE_MAX = 512, /* bytes of a line; a longer one is written in pieces */
    LOG_FILE_ROOM = 4096
};

struct run_log {
    const char *path; /* as the user named it; NULL: no log */
    char *buffer;     /* what is not written yet; NULL for a folder */
    size_t used;
    int fd;      /* of the one file */
    bool folder; /* `path` is one */
    bool raw;
    bool live;   /* nothing is kept back */
    bool safe;   /* for a terminal: no control byte */
    bool failed; /* that was told */
};

/* What of one modem is on its way to the log. Start with all zero. */
struct modem_log {
    char line[LOG_LINE_MAX]; /* that is not complete */
    size_t length;
    char *buffer; /* of its own file, not written yet */
    size_t used;
    bool begun; /* its file is there */
};

/* Open the log: a file, a folder that is there, or "-" for standard output. False, with an error line, if that cannot be. */
bool run_log_open(struct run_log *log, const char *path, bool raw, bool live);

/* Bytes of the module. */
void run_log_put(struct run_log *log, struct modem_log *modem, const char *name, int64_t now,
                 const char *bytes, size_t length);

/* A command of the host, without its end. */
void log_put_command(struct run_log *log, struct modem_log *modem, const char *name, int64_t now,
                     const char *text, size_t length);

/* The modem says no more: what is not complete is written as it is. */
void log_end_modem(struct run_log *log, struct modem_log *modem, const char *name, int64_t now);

/* False if anything of it could not be written, which was told. */
bool run_log_close(struct run_log *log);

#endif
