/* SPDX-License-Identifier: MIT */
#include "cli/writing/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/writing/error_line.h"
#include "cli/writing/interrupt.h"

enum {
    WRITE_MOST = 1 << 16, /* bytes at once: a signal does not wait for more to be taken */
    NAME_KEPT = 128       /* bytes of a name that its temporary file's has too: there is a limit */
};

/* No signal comes between the file and who removes it. */
static int make_temporary(char *name)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    const int fd = mkstemp(name);
    const int error = errno;
    if (fd >= 0)
        interrupt_removes(name);
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return fd;
}

/* A closed pipe is no error to speak of: mostly SIGPIPE has ended the program before it comes
 * here. */
static void fail(struct output *output, const char *what)
{
    if (!output->failed && errno != EPIPE)
        error_line(output->name == NULL ? "standard output" : output->name, 0, "%s: %s", what,
                   strerror(errno));
    output->failed = true;
}

/* NAME.XXXXXX beside the file; of a long name, its beginning. NULL without memory. */
static char *name_temporary(const char *name)
{
    const char *const slash = strrchr(name, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - name) + 1;
    const size_t own = strlen(name + folder);
    const size_t kept = folder + (own < NAME_KEPT ? own : NAME_KEPT);
    const size_t size = kept + sizeof ".XXXXXX";
    char *const temporary = malloc(size);
    if (temporary != NULL)
        snprintf(temporary, size, "%.*s.XXXXXX", (int)kept, name);
    return temporary;
}

/* The target of a new file: what a link points to, so that the link stays one. */
static bool open_temporary(struct output *output)
{
    char *const target = realpath(output->name, NULL);
    const char *const name = target == NULL ? output->name : target;
    struct stat status;

    if (target != NULL || errno != ENOMEM)
        output->temporary = name_temporary(name);
    if (output->temporary != NULL)
        output->fd = make_temporary(output->temporary);
    if (output->temporary == NULL || output->fd < 0) {
        error_line(output->name, 0, "cannot be written: %s", strerror(errno));
        free(output->temporary);
        free(target);
        output->temporary = NULL;
        return false;
    }
    output->target = target;
    const mode_t mask = umask(0);
    umask(mask);
    fchmod(output->fd, stat(name, &status) == 0 ? status.st_mode & 07777 : 0666 & ~mask);
    return true;
}

bool output_open(struct output *output, const char *name)
{
    struct stat status;
    *output = (struct output){.fd = STDOUT_FILENO, .name = name};
    if (name == NULL) {
        output->terminal = isatty(STDOUT_FILENO) != 0;
        return true;
    }
    if (stat(name, &status) == 0 && !S_ISREG(status.st_mode)) {
        output->fd = open(name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (output->fd < 0)
            error_line(name, 0, "cannot be written: %s", strerror(errno));
        else
            output->terminal = isatty(output->fd) != 0;
        return output->fd >= 0;
    }
    return open_temporary(output);
}

/* If a signal comes meanwhile, only the line that has been begun must be written to its end. */
static size_t cut_at_line(struct output *output, const char *begin, const char *next, size_t length)
{
    const char *end = next;
    if (next > begin && next[-1] != '\n') {
        end = memchr(next, '\n', length);
        if (end++ == NULL)
            return length;
    }
    output->cut = output->cut || (size_t)(end - next) < length;
    return (size_t)(end - next);
}

/* Of much, as many whole lines as go at once. */
static size_t measure_piece(const struct output *output, const char *bytes, size_t length)
{
    if (length <= WRITE_MOST)
        return length;
    size_t piece = output->binary ? 0 : WRITE_MOST;
    while (piece > 0 && bytes[piece - 1] != '\n')
        piece--;
    return piece > 0 ? piece : WRITE_MOST;
}

void output_write(struct output *output, const char *bytes, size_t length)
{
    const char *const begin = bytes;
    while (length > 0 && !output->failed) {
        if (output->may_cut && interrupt_came())
            length = cut_at_line(output, begin, bytes, length);
        if (length == 0)
            break;
        const ssize_t written = write(output->fd, bytes, measure_piece(output, bytes, length));
        if (written < 0) {
            if (errno != EINTR)
                fail(output, "write error");
            continue;
        }
        bytes += written;
        length -= (size_t)written;
    }
}

static void put_in_place(struct output *output)
{
    if (rename(output->temporary, output->target == NULL ? output->name : output->target) != 0)
        fail(output, "cannot be put in place");
}

bool output_close(struct output *output, bool keep)
{
    if (output->temporary != NULL && !output->failed && keep && fsync(output->fd) != 0)
        fail(output, "write error");
    if (close(output->fd) != 0)
        fail(output, "write error");
    if (output->temporary == NULL)
        return !output->failed;
    if (!output->failed && keep)
        put_in_place(output);
    if (output->failed || !keep)
        unlink(output->temporary);
    interrupt_removes(NULL);
    free(output->temporary);
    free(output->target);
    output->temporary = output->target = NULL;
    return !output->failed;
}
