/* SPDX-License-Identifier: MIT
 *
 * The terminal that the board is shown on: its other screen, without a cursor and without echo, and given back as it was. */
#ifndef SBFOTA_CLI_WATCH_SCREEN_H
#define SBFOTA_CLI_WATCH_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct screen {
    bool shown;
    bool has_keys; /* standard input is the terminal, and not watched */
    struct termios before;
    int signals; /* can be read when a signal has come: screen_signals */
    int errors;  /* standard error while the board is shown on the same terminal; -1 elsewhere */
    int errors_before; /* the true one */
    char error[256];   /* the last error line */
    char kept[4096];   /* those that are told when the board is gone */
    size_t kept_length;
};

/* What has come meanwhile. */
struct screen_signals {
    bool came; /* any */
    bool stop; /* the user wants the shell: SIGTSTP */
    bool quit; /* SIGQUIT: as the signals of interrupt.h, but that it comes from keys alone */
};

/* Can a board be shown? Standard output is a terminal, and TERM names one that can do more than print. */
bool screen_is_able(void);

/* Catch the signals of the terminal and of commands that end. False if that cannot be. */
bool screen_catch(struct screen *screen);
struct screen_signals screen_signals(const struct screen *screen);

/* Show it. Whatever ends the program, but for SIGKILL, leaves it again. */
void screen_enter(struct screen *screen, bool has_keys);
void screen_leave(struct screen *screen);

/* Leave it, stop as the shell wants, and show it again when that goes on. */
void screen_stop(struct screen *screen);

/* Read what has been written to standard error meanwhile. */
void screen_take_errors(struct screen *screen);

void screen_bell(const struct screen *screen);

/* The size that it has now. */
void screen_size(size_t *columns, size_t *rows);

/* Has the key been pressed that ends the board? */
bool screen_key_ends(const struct screen *screen);

#endif
