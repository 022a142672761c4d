/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

/* What an interrupt must remove; there is one output at a time. */
static char *volatile unfinished;

static void handle_interrupt(int number)
{
    char *const name = unfinished;
    if (name != NULL)
        unlink(name);
    signal(number, SIG_DFL);
    raise(number);
}

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum {
    SIGNALS = sizeof signals / sizeof signals[0]
};

/* Between the making of a file and the knowledge of what to remove. */
static void hold_interrupts(sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaddset(&held, signals[i]);
    sigprocmask(SIG_BLOCK, &held, before);
}

static void remove_when_interrupted(char *name)
{
    unfinished = name;
    for (size_t i = 0; i < SIGNALS; i++) {
        struct sigaction action;
        /* Who is told to ignore a signal, as under nohup, goes on ignoring it. */
        if (sigaction(signals[i], NULL, &action) == 0 && action.sa_handler == SIG_DFL)
            signal(signals[i], handle_interrupt);
    }
}

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
        remove_when_interrupted(name);
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return fd;
}

/* A closed pipe is no error to speak of: mostly SIGPIPE has ended the program before it comes
 * here. */
static void fail(struct output *output, const char *what)
{
    if (!output->failed && errno != EPIPE)
        report(output->name == NULL ? "standard output" : output->name, 0, "%s: %s", what,
               strerror(errno));
    output->failed = true;
}

/* The target of a new file: what a link points to, so that the link stays one. */
static bool open_temporary(struct output *output)
{
    char *const target = realpath(output->name, NULL);
    const char *const name = target == NULL ? output->name : target;
    const size_t size = strlen(name) + sizeof ".XXXXXX";
    struct stat status;
    sigset_t before;

    hold_interrupts(&before);
    if (target != NULL || errno != ENOMEM)
        output->temporary = malloc(size);
    if (output->temporary != NULL) {
        snprintf(output->temporary, size, "%s.XXXXXX", name);
        output->fd = make_temporary(output->temporary);
    }
    if (output->temporary == NULL || output->fd < 0) {
        report(output->name, 0, "cannot be written: %s", strerror(errno));
        sigprocmask(SIG_SETMASK, &before, NULL);
        free(output->temporary);
        free(target);
        output->temporary = NULL;
        return false;
    }
    output->target = target;
    remove_when_interrupted(output->temporary);
    sigprocmask(SIG_SETMASK, &before, NULL);
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
            report(name, 0, "cannot be written: %s", strerror(errno));
        else
            output->terminal = isatty(output->fd) != 0;
        return output->fd >= 0;
    }
    return open_temporary(output);
}

void output_write(struct output *output, const char *bytes, size_t length)
{
    while (length > 0 && !output->failed) {
        const ssize_t written = write(output->fd, bytes, length);
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
    unfinished = NULL;
    free(output->temporary);
    free(output->target);
    output->temporary = output->target = NULL;
    return !output->failed;
}
