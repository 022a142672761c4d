/* SPDX-License-Identifier: MIT
 *
 * SIGINT, SIGTERM and SIGHUP: the first one asks for the end, so that what has been begun is written whole; a second one ends
 * the program at once. Who is told to ignore a signal, as under nohup, goes on ignoring it. */
#ifndef SBFOTA_CLI_INTERRUPT_H
#define SBFOTA_CLI_INTERRUPT_H

#include <stdbool.h>

#include "log/prefix/capture.h"

/* Catch them from now on. */
void interrupt_catch(void);

/* Has one come? */
bool interrupt_came(void);

/* The same for who reads captures. */
const struct capture_stop *interrupt_stop(void);

/* The file that even a second signal removes; NULL for none. It must stay as it is until the next call. */
void interrupt_removes(const char *name);

/* What even a second signal does, as giving the terminal back; NULL for nothing. It may only call what a handler may. */
void interrupt_restores(void (*restore)(void));

/* If a signal has come: end the program by it. */
void interrupt_end(void);

#endif
