/* SPDX-License-Identifier: MIT
 *
 * Where and why an attempt failed, and how bad that is. */
#ifndef SBFOTA_LOG_FAILURE_H
#define SBFOTA_LOG_FAILURE_H

#include <sbfota/session.h>
#include <sbfota/texts.h>

/* Where and why an attempt failed, as it is counted. */
struct failure {
    int32_t code; /* of `table`, if that is not SBFOTA_CODE_TABLE_NONE */
    uint8_t phase;
    uint8_t table;
    uint8_t outcome;
    uint8_t zero;
};

/* Has the attempt come so far that the update had begun, or the package was there? */
bool attempt_has_begun_update(const struct sbfota_attempt *attempt);
bool attempt_has_downloaded(const struct sbfota_attempt *attempt);

/* Is it an outcome of an attempt that has failed? Not one that is under way, nor one that nothing tells. */
bool outcome_fails(unsigned outcome);

/* How bad an outcome is: 0 to SBFOTA_OUTCOME_COUNT - 1, the greater, the worse. */
unsigned outcome_rank(unsigned outcome);

/* What an attempt failed with; false if it has not failed, or nothing tells. */
bool failure_of(const struct sbfota_attempt *attempt, struct failure *failure);

#endif
