/* SPDX-License-Identifier: MIT */
#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/writing/error_line.h"
#include "cli/writing/interrupt.h"
#include "log/input/file_name.h"

const char *file_shown(const char *name)
{
    return name == NULL ? "standard input" : name;
}

/* Output that grows its own input would never end. */
static bool is_output(const struct stat *input, const char *output)
{
    struct stat status;
    if ((output == NULL ? fstat(STDOUT_FILENO, &status) : stat(output, &status)) != 0)
        return false;
    return S_ISREG(status.st_mode) && status.st_dev == input->st_dev &&
           status.st_ino == input->st_ino;
}

int file_open(const char **name, const char *output)
{
    struct stat status;
    int fd = STDIN_FILENO;
    const char *trouble = NULL;
    bool own = false;

    if (strcmp(*name, "-") == 0)
        *name = NULL;
    else
        fd = open(*name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &status) != 0)
        trouble = strerror(errno);
    else if (S_ISDIR(status.st_mode))
        trouble = "is a directory; name the files in it";
    else if (is_output(&status, output))
        own = true;
    if (trouble == NULL && !own)
        return fd;
    if (own)
        trouble = "is the output too; write to another file";
    error_line(file_shown(*name), 0, fd < 0 ? "cannot be read: %s" : "%s", trouble);
    if (fd > STDIN_FILENO)
        close(fd);
    return own ? FILE_IS_OUTPUT : FILE_NOT_OPEN;
}

/* Look at the folder that a file is in. */
static bool look_at_folder(const char *path, struct stat *status)
{
    const size_t length = (size_t)(file_name_own(path) - path);
    char *const folder = length == 0 ? strdup(".") : strndup(path, length);
    const bool there = folder != NULL && stat(folder, status) == 0;
    free(folder);
    return there;
}

static bool is_one(const struct stat *first, const struct stat *second)
{
    return first->st_dev == second->st_dev && first->st_ino == second->st_ino;
}

bool file_is_same(const char *one, const char *other)
{
    struct stat first, second;
    if (one == NULL || other == NULL)
        return false;
    if (strcmp(one, "-") == 0 || strcmp(other, "-") == 0)
        return strcmp(one, other) == 0;
    const bool is_there = stat(one, &first) == 0;
    if (is_there != (stat(other, &second) == 0))
        return false;
    if (is_there)
        return S_ISREG(first.st_mode) && is_one(&first, &second);
    return strcmp(file_name_own(one), file_name_own(other)) == 0 && look_at_folder(one, &first) &&
           look_at_folder(other, &second) && is_one(&first, &second);
}

/* Until there is something to read; false if a signal comes. */
static bool wait_for_input(int fd)
{
    struct pollfd polled[] = {{.fd = fd, .events = POLLIN},
                              {.fd = interrupt_stop()->fd, .events = POLLIN}};
    while (!interrupt_came() && poll(polled, 2, -1) < 0 && errno == EINTR)
        ;
    return !interrupt_came();
}

/* More bytes: their number, 0 at the end, -1 with errno. */
static ptrdiff_t read_more(struct file_lines *lines)
{
    if (lines->used == lines->capacity && lines->next > 0) {
        lines->used -= lines->next;
        memmove(lines->bytes, lines->bytes + lines->next, lines->used);
        lines->next = 0;
    }
    if (lines->used == lines->capacity) {
        const size_t capacity = lines->capacity * 2 + 65536;
        char *const bytes = realloc(lines->bytes, capacity);
        if (bytes == NULL)
            return -1;
        lines->bytes = bytes;
        lines->capacity = capacity;
    }
    while (wait_for_input(lines->fd)) {
        const ssize_t count =
            read(lines->fd, lines->bytes + lines->used, lines->capacity - lines->used);
        if (count >= 0 || errno != EINTR)
            return count;
    }
    return 0;
}

ptrdiff_t file_lines_next(struct file_lines *lines, const char **line)
{
    size_t seen = 0; /* bytes without a line feed */
    for (;;) {
        const size_t have = lines->used - lines->next;
        const char *const begin = have == 0 ? "" : lines->bytes + lines->next;
        const char *const feed = have == seen ? NULL : memchr(begin + seen, '\n', have - seen);
        if (feed != NULL || (lines->ended && !interrupt_came())) {
            const size_t length = feed != NULL ? (size_t)(feed - begin) + 1 : have;
            *line = begin;
            lines->next += length;
            return (ptrdiff_t)length;
        }
        if (lines->ended)
            return 0;
        seen = have;
        const ptrdiff_t count = read_more(lines);
        if (count < 0)
            return -1;
        lines->used += (size_t)count;
        lines->ended = count == 0;
    }
}

void file_lines_free(struct file_lines *lines)
{
    free(lines->bytes);
    if (lines->fd > STDIN_FILENO)
        close(lines->fd);
}
