/* SPDX-License-Identifier: MIT */
#include "cli/writing/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum {
    SIGNALS = sizeof signals / sizeof signals[0]
};

static struct capture_stop stop = {.fd = -1};
static int wake_fd = -1;
static const char *volatile unfinished;
static void (*volatile restoring)(void);

static void handle(int number)
{
    const int error = errno;
    const char *const name = unfinished;
    int none = 0;
    if (!atomic_compare_exchange_strong(&stop.wanted, &none, number)) {
        if (name != NULL)
            unlink(name);
        if (restoring != NULL)
            restoring();
        signal(number, SIG_DFL);
        raise(number);
    } else {
        (void)!write(wake_fd, "", 1); /* there is room for it */
    }
    errno = error;
}

void interrupt_catch(void)
{
    int ends[2];
    if (pipe(ends) == 0) {
        for (int i = 0; i < 2; i++)
            fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        stop.fd = ends[0];
        wake_fd = ends[1];
    }
    for (size_t i = 0; i < SIGNALS; i++) {
        struct sigaction action;
        if (sigaction(signals[i], NULL, &action) != 0 || action.sa_handler != SIG_DFL)
            continue;
        action.sa_handler = handle;
        action.sa_flags = 0; /* no SA_RESTART: who waits for input is to wake up */
        sigaction(signals[i], &action, NULL);
    }
}

bool interrupt_came(void)
{
    return atomic_load(&stop.wanted) != 0;
}

const struct capture_stop *interrupt_stop(void)
{
    return &stop;
}

void interrupt_removes(const char *name)
{
    unfinished = name;
}

void interrupt_restores(void (*restore)(void))
{
    restoring = restore;
}

void interrupt_end(void)
{
    const int number = atomic_load(&stop.wanted);
    if (number == 0)
        return;
    signal(number, SIG_DFL);
    raise(number);
}
