/* SPDX-License-Identifier: MIT */
#include "cli/watch/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/writing/interrupt.h"
#include "cli/writing/write_all.h"

/* Sequences that every terminal of the last thirty years knows, as do those that do not: they leave them out. */
static const char enter[] = "\033[?1049h\033[?25l\033[2J";
static const char leave[] = "\033[?25h\033[?1049l";

static int wake_fd = -1;
static volatile sig_atomic_t stop_wanted;
static volatile sig_atomic_t quit_wanted;

/* What a handler needs to give the terminal back. */
static volatile sig_atomic_t is_shown;
static volatile sig_atomic_t has_before;
static struct termios terminal_before;

/* Also in a handler. */
static void give_back(void)
{
    if (is_shown)
        (void)write_all(STDOUT_FILENO, leave, sizeof leave - 1);
    is_shown = 0;
    if (has_before)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal_before);
    has_before = 0;
}

static void handle(int number)
{
    const int error = errno;
    if (number == SIGTSTP)
        stop_wanted = 1;
    if (number == SIGQUIT)
        quit_wanted = 1;
    (void)!write(wake_fd, "", 1);
    errno = error;
}

bool screen_is_able(void)
{
    const char *const term = getenv("TERM");
    return isatty(STDOUT_FILENO) && term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
}

static void catch_signal(int number)
{
    struct sigaction action;
    if (sigaction(number, NULL, &action) != 0 ||
        (action.sa_handler == SIG_IGN && number != SIGCHLD))
        return;
    action.sa_handler = handle;
    action.sa_flags = 0;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

bool screen_catch(struct screen *screen)
{
    int ends[2];
    *screen = (struct screen){.signals = -1, .errors = -1};
    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    screen->signals = ends[0];
    wake_fd = ends[1];
    catch_signal(SIGCHLD);
    catch_signal(SIGQUIT);
    return true;
}

struct screen_signals screen_signals(const struct screen *screen)
{
    char bytes[64];
    struct screen_signals signals = {.came = false};
    while (read(screen->signals, bytes, sizeof bytes) > 0)
        signals.came = true;
    signals.stop = stop_wanted != 0;
    signals.quit = quit_wanted != 0;
    stop_wanted = 0;
    return signals;
}

/* No echo of keys on the board, and each key at once; Ctrl-C stays a signal. */
static void quiet_keys(struct screen *screen)
{
    struct termios quiet;
    if (!screen->has_keys || tcgetattr(STDIN_FILENO, &screen->before) != 0 ||
        tcgetpgrp(STDIN_FILENO) != getpgrp())
        return;
    terminal_before = quiet = screen->before;
    has_before = 1;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    quiet.c_cc[VMIN] = 0;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet);
}

static void show(struct screen *screen)
{
    quiet_keys(screen);
    is_shown = 1;
    (void)write_all(STDOUT_FILENO, enter, sizeof enter - 1);
    screen->shown = true;
}

/* An error line would stand amid the board, and be gone with it: the board shows it, and it is told behind. */
static void hold_errors(struct screen *screen)
{
    int ends[2];
    if (!isatty(STDERR_FILENO) || pipe(ends) != 0)
        return;
    screen->errors_before = dup(STDERR_FILENO);
    screen->errors = ends[0];
    for (int i = 0; i < 2; i++)
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(screen->errors_before, F_SETFD, FD_CLOEXEC);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
}

static void release_errors(struct screen *screen)
{
    if (screen->errors < 0)
        return;
    screen_take_errors(screen);
    dup2(screen->errors_before, STDERR_FILENO);
    close(screen->errors_before);
    close(screen->errors);
    screen->errors = -1;
    (void)!write(STDERR_FILENO, screen->kept, screen->kept_length);
}

/* Lines are written whole. Of many, the first are told at the end, and the last one is shown. */
void screen_take_errors(struct screen *screen)
{
    char bytes[1024];
    ssize_t length;
    while (screen->errors >= 0 && (length = read(screen->errors, bytes, sizeof bytes)) > 0) {
        size_t last = (size_t)length;
        const size_t room = sizeof screen->kept - screen->kept_length;
        const size_t kept = (size_t)length < room ? (size_t)length : 0;
        memcpy(screen->kept + screen->kept_length, bytes, kept);
        screen->kept_length += kept;
        while (last > 0 && bytes[last - 1] == '\n')
            last--;
        size_t first = last;
        while (first > 0 && bytes[first - 1] != '\n')
            first--;
        const size_t size =
            last - first < sizeof screen->error ? last - first : sizeof screen->error - 1;
        memcpy(screen->error, bytes + first, size);
        screen->error[size] = '\0';
    }
}

void screen_enter(struct screen *screen, bool has_keys)
{
    screen->has_keys = has_keys;
    hold_errors(screen);
    interrupt_restores(give_back);
    catch_signal(SIGWINCH);
    catch_signal(SIGTSTP);
    show(screen);
}

void screen_leave(struct screen *screen)
{
    if (!screen->shown)
        return;
    give_back();
    screen->shown = false;
    interrupt_restores(NULL);
    release_errors(screen);
}

void screen_stop(struct screen *screen)
{
    give_back();
    raise(SIGSTOP);
    show(screen);
}

void screen_bell(const struct screen *screen)
{
    (void)screen;
    (void)write_all(STDOUT_FILENO, "\a", 1);
}

static size_t number_of(const char *name, size_t otherwise)
{
    const char *const value = getenv(name);
    const long number = value == NULL ? 0 : strtol(value, NULL, 10);
    return number > 0 && number <= 1000 ? (size_t)number : otherwise;
}

void screen_size(size_t *columns, size_t *rows)
{
    struct winsize size = {.ws_col = 0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        size.ws_col = size.ws_row = 0;
    *columns = size.ws_col > 0 ? size.ws_col : number_of("COLUMNS", 80);
    *rows = size.ws_row > 0 ? size.ws_row : number_of("LINES", 24);
}

bool screen_key_ends(const struct screen *screen)
{
    char keys[64];
    if (!screen->has_keys)
        return false;
    const ssize_t length = read(STDIN_FILENO, keys, sizeof keys);
    for (ssize_t i = 0; i < length; i++)
        if (keys[i] == 'q' || keys[i] == 'Q')
            return true;
    return false;
}
