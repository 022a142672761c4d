/* SPDX-License-Identifier: MIT */
#include "cli/simulate/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/writing/error_line.h"
#include "cli/writing/text_safety.h"
#include "cli/writing/time.h"
#include "cli/writing/write_all.h"

enum {
    BUFFER = 1 << 16,
    ESCAPED_MOST = 4 /* bytes for one that a terminal must not get */
};

static void fail(struct run_log *log, const char *path)
{
    if (!log->failed)
        error_line(path, 0, "cannot be written: %s", strerror(errno));
    log->failed = true;
}

static const char *shown_path(const struct run_log *log)
{
    return strcmp(log->path, "-") == 0 ? "standard output" : log->path;
}

bool run_log_open(struct run_log *log, const char *path, bool raw, bool live)
{
    struct stat status;
    *log = (struct run_log){.path = path, .raw = raw, .live = live, .fd = -1};
    if (path == NULL)
        return true;
    if (strcmp(path, "-") == 0) {
        log->fd = STDOUT_FILENO;
        log->safe = !raw && isatty(STDOUT_FILENO) != 0;
    } else if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        log->folder = true;
        return true;
    } else {
        log->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
        if (log->fd < 0 && errno == EISDIR)
            errno = ENOENT; /* a folder, by its "/", that is not there */
    }
    log->buffer = malloc(BUFFER);
    if (log->fd < 0 || log->buffer == NULL)
        fail(log, shown_path(log));
    return !log->failed;
}

static void put(struct run_log *log, int fd, const char *path, const char *bytes, size_t length)
{
    if (!log->failed && write_all(fd, bytes, length) < length)
        fail(log, path);
}

/* A file of its own, opened each time: there may be more modems than a process may have files. */
static void flush_modem(struct run_log *log, struct modem_log *modem, const char *name)
{
    char path[4096];
    const int length = snprintf(path, sizeof path, "%s/%s.log", log->path, name);
    if (log->failed)
        return;
    if (length < 0 || (size_t)length >= sizeof path) {
        errno = ENAMETOOLONG;
        fail(log, log->path);
        return;
    }
    const int fd =
        open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (modem->begun ? O_APPEND : O_TRUNC),
             0666);
    if (fd < 0) {
        fail(log, path);
        return;
    }
    put(log, fd, path, modem->buffer, modem->used);
    modem->begun = true;
    modem->used = 0;
    if (close(fd) != 0)
        fail(log, path);
}

/* What is kept back is written. */
static void run_log_flush(struct run_log *log)
{
    if (log->fd >= 0)
        put(log, log->fd, shown_path(log), log->buffer, log->used);
    log->used = 0;
}

static void append(struct run_log *log, struct modem_log *modem, const char *name,
                   const char *bytes, size_t length)
{
    if (!log->folder) {
        if (length > BUFFER - log->used)
            run_log_flush(log);
        memcpy(log->buffer + log->used, bytes, length);
        log->used += length;
        if (log->live)
            run_log_flush(log);
        return;
    }
    if (modem->buffer == NULL)
        modem->buffer = malloc(LOG_FILE_ROOM);
    if (modem->buffer == NULL) {
        fail(log, log->path);
        return;
    }
    if (length > LOG_FILE_ROOM - modem->used)
        flush_modem(log, modem, name);
    memcpy(modem->buffer + modem->used, bytes, length);
    modem->used += length;
    if (log->live)
        flush_modem(log, modem, name);
}

/* For a terminal, with escapes; decode reads those back. */
static size_t put_text(const struct run_log *log, char *out, const char *text, size_t length)
{
    size_t used = 0;
    if (!log->safe) {
        memcpy(out, text, length);
        return length;
    }
    for (size_t at = 0; at < length; at++) {
        const struct text_unit unit = text_next(text + at, length - at, false);
        used += text_escape(&unit, text + at, out + used);
    }
    return used;
}

static void put_line(struct run_log *log, struct modem_log *modem, const char *name, int64_t now,
                     char mark, const char *text, size_t length)
{
    char line[TIME_TEXT_SIZE + 64 + ESCAPED_MOST * LOG_LINE_MAX];
    char moment[TIME_TEXT_SIZE];
    size_t used =
        (size_t)snprintf(line, sizeof line, "%s %.48s %c ", utc_show(now, moment), name, mark);
    used += put_text(log, line + used, text, length);
    line[used++] = '\n';
    append(log, modem, name, line, used);
}

static void end_line(struct run_log *log, struct modem_log *modem, const char *name, int64_t now)
{
    if (modem->length > 0)
        put_line(log, modem, name, now, '<', modem->line, modem->length);
    modem->length = 0;
}

void run_log_put(struct run_log *log, struct modem_log *modem, const char *name, int64_t now,
                 const char *bytes, size_t length)
{
    if (log->path == NULL)
        return;
    if (log->raw) {
        append(log, modem, name, bytes, length);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        const bool ends = bytes[i] == '\r' || bytes[i] == '\n';
        if (ends || modem->length == sizeof modem->line)
            end_line(log, modem, name, now);
        if (!ends)
            modem->line[modem->length++] = bytes[i];
    }
}

void log_put_command(struct run_log *log, struct modem_log *modem, const char *name, int64_t now,
                     const char *text, size_t length)
{
    if (log->path == NULL || log->raw || length == 0)
        return;
    put_line(log, modem, name, now, '>', text, length < LOG_LINE_MAX ? length : LOG_LINE_MAX);
}

void log_end_modem(struct run_log *log, struct modem_log *modem, const char *name, int64_t now)
{
    if (log->path == NULL)
        return;
    end_line(log, modem, name, now);
    if (log->folder)
        flush_modem(log, modem, name);
    free(modem->buffer);
    modem->buffer = NULL;
}

bool run_log_close(struct run_log *log)
{
    if (log->path == NULL)
        return true;
    run_log_flush(log);
    if (log->fd >= 0 && log->fd != STDOUT_FILENO && close(log->fd) != 0)
        fail(log, log->path);
    free(log->buffer);
    return !log->failed;
}
