/* SPDX-License-Identifier: MIT
 *
 * Events made by dice, as a modem might send them. */
#ifndef BENCH_CODEC_EVENTS_H
#define BENCH_CODEC_EVENTS_H

#include "codec/jobs.h"
#include "simulate/dice.h"

/* An event of this kind with numbers within its range, canonically spelled. */
struct sbfota_event roll_event(struct dice *dice, unsigned kind);

/* Give an event one of the spellings that the note prints. */
void respell(struct sbfota_event *event, uint8_t spelling);

/* One of the kinds of a family. */
unsigned roll_kind(struct dice *dice, enum sbfota_family family);

#endif
