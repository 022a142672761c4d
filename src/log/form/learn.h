/* SPDX-License-Identifier: MIT
 *
 * What is learned of a log: log/prefix/learned.h. */
#ifndef SBFOTA_LOG_LEARN_H
#define SBFOTA_LOG_LEARN_H

#include "log/prefix/form.h"
#include "log/prefix/learned.h"

/* Learn from lines, of which the last ends in a line feed too. `modem_token` says which word or number of a prefix names the modem,
 * from 1; 0 that none does; less that it is to be learned. `others`: prefixes of the log are known, beside those of the lines. False without memory. */
bool learned_make(struct learned *learned, struct bytes sample, int modem_token, bool others);

/* Learn from the texts of a sample what stands before and behind the modem's. Nothing is learned, and *learned is NULL, if the form
 * has no fields or all texts are the modem's alone. The last byte of `sample` must be a line feed. False without memory. */
bool nest_learn(const struct reading *reading, struct bytes sample, struct learned **learned);

#endif
