/* SPDX-License-Identifier: MIT
 *
 * What became of a fleet's attempts, in sums: how many came how far, where and why the others
 * stopped, and how long the phases took. */
#ifndef SBFOTA_CLI_PICTURE_H
#define SBFOTA_CLI_PICTURE_H

#include <sbfota/session.h>
#include <sbfota/texts.h>

#include "spread.h"
#include "tally.h"
#include "writer.h"

/* What an attempt comes to, one after the other; an attempt that has come to one has come to
 * those before it, but an update that failed has ended without being restored, and a download
 * that failed is reported too. */
enum step {
    STEP_POLLED = 0,
    STEP_DOWNLOAD_STARTED,
    STEP_DOWNLOADED,
    STEP_UPDATE_STARTED,
    STEP_RESTORED,
    STEP_ENDED,
    STEP_REPORTED,
    STEPS
};

enum {
    TIMED_PHASES = 3
};

/* Start with all zero; end with picture_free. */
struct picture {
    uint64_t attempts;
    uint64_t steps[STEPS];
    uint64_t outcomes[SBFOTA_OUTCOME_COUNT];
    uint64_t problems[16]; /* by bit of enum sbfota_problem */
    struct spread
        spread[TIMED_PHASES]; /* milliseconds of download, update, restore that were whole */
    struct tally failures;    /* by a struct failure */
    bool no_memory;
};

/* Where and why an attempt failed, as it is tallied. */
struct failure {
    int32_t code; /* of `table`, if that is not SBFOTA_CODE_TABLE_NONE */
    uint8_t phase;
    uint8_t table;
    uint8_t outcome;
    uint8_t zero;
};

void picture_add(struct picture *picture, const struct sbfota_attempt *attempt);
void picture_free(struct picture *picture);

/* Print: what stands behind the counts of stats, and what is another member of their object. */
void picture_put_text(const struct picture *picture, struct writer *writer);
void picture_put_json(const struct picture *picture, struct writer *writer);

#endif
