/* SPDX-License-Identifier: MIT
 *
 * Lines of a log in one of its forms, and the clock that stamps them. */
#ifndef BENCH_TOOL_LOG_H
#define BENCH_TOOL_LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "simulate/dice.h"

enum log_form {
    LOG_RAW,     /* the bytes of the wire */
    LOG_GATEWAY, /* time, modem and direction before each line */
    LOG_JSON     /* the same as JSON Lines */
};

struct log {
    FILE *out;
    enum log_form form;
    uint64_t bytes;
    struct dice dice; /* of the clock */
    time_t second;
    unsigned millisecond;
    char stamp[32]; /* the second, as RFC 3339 without its end */
};

/* What a modem or its host said. */
struct said {
    const char *modem;
    bool from_host;
    const char *text;
    size_t length;
};

void log_begin(struct log *log, FILE *out, enum log_form form);

/* Write one line, a little later than the last one. */
void log_line(struct log *log, const struct said *said);

/* Write bytes as they are. */
void log_bytes(struct log *log, const char *bytes, size_t length);

#endif
