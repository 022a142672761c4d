/* SPDX-License-Identifier: MIT
 *
 * How long the phases of a fleet take, from what stats --fleet has told. */
#ifndef SBFOTA_CLI_WATCH_DURATIONS_H
#define SBFOTA_CLI_WATCH_DURATIONS_H

#include "watch_pace.h"

/* Read the JSON of "sbfota stats --fleet -f jsonl". False if it is none, which has been told. */
bool durations_read(const char *path, struct pace_fleet *fleet);

#endif
