/* SPDX-License-Identifier: MIT
 *
 * The log of what came and what was sent: JSON Lines of time, modem, direction and text, one of the forms that decode reads. A
 * text is the bytes of the wire with their line ends; bytes that are not UTF-8 are written as an array of their numbers. */
#ifndef SBFOTA_CLI_WATCH_LOG_H
#define SBFOTA_CLI_WATCH_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/writing/writer.h"
#include "log/text/record.h"

/* Begin with watch_log_open. */
struct watch_log {
    const char *path; /* NULL: there is none */
    int fd;
    uint64_t size;
    uint64_t most; /* bytes: then it is put away as PATH.1, and that as PATH.2 */
    unsigned keep; /* how many are put away */
    bool troubled; /* something was not written, which has been told */
    bool telling;  /* the last one could not be written either */
    struct writer writer;
};

/* What has come since the last record, until its line ends. */
struct log_chunk {
    int64_t time;  /* of its first byte, milliseconds since 1970 */
    int64_t since; /* the same on the clock of timers */
    size_t length;
    char bytes[512];
};

enum {
    LOG_WAIT = 1000 /* ms that the rest of a line is waited for */
};

/* False if it cannot be written, which has been told. A `path` of NULL is no log. */
bool watch_log_open(struct watch_log *log, const char *path, uint64_t most, unsigned keep);
void watch_log_close(struct watch_log *log);

/* One record. */
void watch_log_put(struct watch_log *log, int64_t time, struct bytes modem,
                   enum direction direction, struct bytes bytes);

/* Bytes that have come: a record for each line, or for what there is room for. */
void watch_log_take(struct watch_log *log, struct log_chunk *chunk, int64_t time, int64_t now,
                    struct bytes modem, struct bytes bytes);

/* What there is of a line is a record. */
void watch_log_flush(struct watch_log *log, struct log_chunk *chunk, struct bytes modem);

#endif
