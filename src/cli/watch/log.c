/* SPDX-License-Identifier: MIT */
#include "cli/watch/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/writing/error_line.h"
#include "cli/writing/put.h"
#include "cli/writing/text_safety.h"
#include "cli/writing/time.h"
#include "cli/writing/write_all.h"

/* Told once, until it goes well again. */
static void tell(struct watch_log *log, const char *what)
{
    if (!log->telling)
        error_line(log->path, 0, "%s: %s", what, strerror(errno));
    log->troubled = log->telling = true;
}

/* A program that was killed may have left the begin of a record: what is there now stays a line of its own. */
static bool end_last_line(int fd, off_t size)
{
    char last;
    if (size == 0 || pread(fd, &last, 1, size - 1) != 1 || last == '\n')
        return true;
    return write(fd, "\n", 1) == 1;
}

static bool open_file(struct watch_log *log)
{
    struct stat status;
    log->fd = open(log->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0640);
    if (log->fd < 0)
        return false;
    if (fstat(log->fd, &status) != 0 || !end_last_line(log->fd, status.st_size))
        return false;
    log->size = (uint64_t)status.st_size;
    return true;
}

bool watch_log_open(struct watch_log *log, const char *path, uint64_t most, unsigned keep)
{
    *log = (struct watch_log){.path = path, .fd = -1, .most = most, .keep = keep};
    if (path == NULL)
        return true;
    if (!writer_make(&log->writer, NULL)) {
        error_line(NULL, 0, "not enough memory");
        return false;
    }
    struct stat status;
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        error_line(path, 0, "is no file; a log is written to a file of its own");
        return false;
    }
    if (!open_file(log)) {
        error_line(path, 0, "cannot be written: %s", strerror(errno));
        return false;
    }
    if (flock(log->fd, LOCK_EX | LOCK_NB) != 0) {
        error_line(path, 0, "is in use by another program, which has locked it");
        return false;
    }
    return true;
}

void watch_log_close(struct watch_log *log)
{
    if (log->fd >= 0 && close(log->fd) != 0)
        tell(log, "write error");
    log->fd = -1;
    writer_free(&log->writer);
}

/* PATH.N, to be freed; of 0, PATH. */
static char *name_of(const char *path, unsigned number)
{
    const size_t size = strlen(path) + 16;
    char *const name = malloc(size);
    if (name != NULL)
        snprintf(name, size, number == 0 ? "%s" : "%s.%u", path, number);
    return name;
}

/* The oldest gives way. */
static void rotate(struct watch_log *log)
{
    for (unsigned number = log->keep; number > 0; number--) {
        char *const from = name_of(log->path, number - 1);
        char *const to = name_of(log->path, number);
        const bool moved = from != NULL && to != NULL && (rename(from, to) == 0 || errno == ENOENT);
        free(from);
        free(to);
        if (!moved) {
            tell(log, "cannot be put away");
            return;
        }
    }
    const int before = log->fd;
    if (!open_file(log)) {
        tell(log, "cannot be written");
        if (log->fd >= 0)
            close(log->fd);
        log->fd = before; /* the file that was put away: nothing is lost */
        return;
    }
    close(before);
    (void)flock(log->fd, LOCK_EX | LOCK_NB);
}

/* A record is in the file whole or not at all. */
static void append(struct watch_log *log)
{
    if (log->size > 0 && log->size + log->writer.used > log->most)
        rotate(log);
    const size_t done = write_all(log->fd, log->writer.buffer, log->writer.used);
    if (done == log->writer.used) {
        log->telling = false;
    } else {
        tell(log, "write error: lines are missing");
        if (done > 0 && ftruncate(log->fd, (off_t)log->size) == 0)
            return;
    }
    log->size += done;
}

static void put_bytes(struct writer *writer, struct bytes bytes)
{
    if (text_is_utf8(bytes.data, bytes.length)) {
        writer_byte(writer, '"');
        json_put_text(writer, bytes);
        writer_byte(writer, '"');
        return;
    }
    for (size_t i = 0; i < bytes.length; i++) {
        writer_byte(writer, i == 0 ? '[' : ',');
        writer_number(writer, (unsigned char)bytes.data[i]);
    }
    writer_byte(writer, ']');
}

void watch_log_put(struct watch_log *log, int64_t time, struct bytes modem,
                   enum direction direction, struct bytes bytes)
{
    char shown[TIME_TEXT_SIZE];
    struct writer *const writer = &log->writer;
    if (log->path == NULL || bytes.length == 0)
        return;
    writer->used = 0;
    writer_string(writer, "{\"time\":\"");
    writer_string(writer, utc_show(time, shown));
    if (modem.data != NULL) {
        writer_string(writer, "\",\"modem\":\"");
        json_put_text(writer, modem);
    }
    writer_string(writer, direction == DIRECTION_TX ? "\",\"dir\":\"tx\",\"text\":"
                                                    : "\",\"dir\":\"rx\",\"text\":");
    put_bytes(writer, bytes);
    writer_string(writer, "}\n");
    if (!writer->failed)
        append(log);
}

void watch_log_flush(struct watch_log *log, struct log_chunk *chunk, struct bytes modem)
{
    watch_log_put(log, chunk->time, modem, DIRECTION_RX,
                  (struct bytes){chunk->bytes, chunk->length});
    chunk->length = 0;
}

void watch_log_take(struct watch_log *log, struct log_chunk *chunk, int64_t time, int64_t now,
                    struct bytes modem, struct bytes bytes)
{
    if (log->path == NULL)
        return;
    for (size_t i = 0; i < bytes.length; i++) {
        if (chunk->length == 0) {
            chunk->time = time;
            chunk->since = now;
        }
        chunk->bytes[chunk->length++] = bytes.data[i];
        if (bytes.data[i] == '\n' || chunk->length == sizeof chunk->bytes)
            watch_log_flush(log, chunk, modem);
    }
}
