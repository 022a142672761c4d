/* SPDX-License-Identifier: MIT
 *
 * The truth of a run, JSON Lines: a record an attempt, with the fields that sessions has for it, and a record a modem. */
#ifndef SBFOTA_CLI_SIMULATE_TRUTH_H
#define SBFOTA_CLI_SIMULATE_TRUTH_H

#include "simulate_modem.h"

void truth_put_attempt(FILE *file, const char *modem, const struct sbfota_attempt *attempt);
void truth_put_modem(FILE *file, const struct simulated_modem *modem);

#endif
