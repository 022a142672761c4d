/* SPDX-License-Identifier: MIT */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

static const char *shown_name(const struct writer *writer)
{
    return writer->name == NULL ? "standard output" : writer->name;
}

/* A closed pipe is no error to speak of: SIGPIPE has its default and ends the program before it comes here. */
static void fail(struct writer *writer, const char *what)
{
    if (!writer->failed)
        report(shown_name(writer), 0, "%s: %s", what, strerror(errno));
    writer->failed = true;
}

/* The target of a new file: what a link points to, so that the link stays one. */
static bool open_temporary(struct writer *writer)
{
    char *const target = realpath(writer->name, NULL);
    const char *const name = target == NULL ? writer->name : target;
    const size_t size = strlen(name) + sizeof ".XXXXXX";
    struct stat status;

    writer->temporary = malloc(size);
    if (writer->temporary != NULL) {
        snprintf(writer->temporary, size, "%s.XXXXXX", name);
        writer->fd = mkstemp(writer->temporary);
    }
    if (writer->temporary == NULL || writer->fd < 0) {
        report(writer->name, 0, "cannot be written: %s", strerror(errno));
        free(writer->temporary);
        free(target);
        writer->temporary = NULL;
        return false;
    }
    const mode_t mask = umask(0);
    umask(mask);
    fchmod(writer->fd, stat(name, &status) == 0 ? status.st_mode & 07777 : 0666 & ~mask);
    free(target);
    return true;
}

bool writer_open(struct writer *writer, const char *name)
{
    struct stat status;
    writer->fd = STDOUT_FILENO;
    writer->name = name;
    writer->temporary = NULL;
    writer->failed = false;
    writer->used = 0;
    writer->terminal = false;
    if (name == NULL) {
        writer->terminal = isatty(STDOUT_FILENO) != 0;
        return true;
    }
    if (stat(name, &status) == 0 && !S_ISREG(status.st_mode)) {
        writer->fd = open(name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (writer->fd < 0)
            report(name, 0, "cannot be written: %s", strerror(errno));
        else
            writer->terminal = isatty(writer->fd) != 0;
        return writer->fd >= 0;
    }
    return open_temporary(writer);
}

void writer_flush(struct writer *writer)
{
    const char *next = writer->buffer;
    while (writer->used > 0 && !writer->failed) {
        const ssize_t written = write(writer->fd, next, writer->used);
        if (written < 0) {
            if (errno != EINTR)
                fail(writer, "write error");
            continue;
        }
        next += written;
        writer->used -= (size_t)written;
    }
    writer->used = 0;
}

void writer_put(struct writer *writer, const void *bytes, size_t length)
{
    const char *next = bytes;
    while (length > 0) {
        const size_t room = sizeof writer->buffer - writer->used;
        const size_t piece = length < room ? length : room;
        memcpy(writer->buffer + writer->used, next, piece);
        writer->used += piece;
        next += piece;
        length -= piece;
        if (writer->used == sizeof writer->buffer)
            writer_flush(writer);
    }
}

void writer_byte(struct writer *writer, char byte)
{
    writer->buffer[writer->used++] = byte;
    if (writer->used == sizeof writer->buffer)
        writer_flush(writer);
}

void writer_string(struct writer *writer, const char *string)
{
    writer_put(writer, string, strlen(string));
}

void writer_number(struct writer *writer, long long number)
{
    char digits[20];
    size_t first = sizeof digits;
    unsigned long long magnitude =
        number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number;
    do {
        digits[--first] = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude > 0);
    if (number < 0)
        writer_byte(writer, '-');
    writer_put(writer, digits + first, sizeof digits - first);
}

bool writer_close(struct writer *writer, bool keep)
{
    writer_flush(writer);
    if (writer->temporary != NULL && !writer->failed && keep && fsync(writer->fd) != 0)
        fail(writer, "write error");
    if (close(writer->fd) != 0)
        fail(writer, "write error");
    if (writer->temporary == NULL)
        return !writer->failed;
    if (!writer->failed && keep) {
        char *const target = realpath(writer->name, NULL);
        if (rename(writer->temporary, target == NULL ? writer->name : target) != 0)
            fail(writer, "cannot be put in place");
        free(target);
    }
    if (writer->failed || !keep)
        unlink(writer->temporary);
    free(writer->temporary);
    writer->temporary = NULL;
    return !writer->failed;
}
