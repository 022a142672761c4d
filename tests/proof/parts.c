/* SPDX-License-Identifier: MIT
 *
 * A saved part is loaded only if it holds together. The parts of all short logs are saved, each byte is made each other one
 * (of a number: 0, 1 and 255), and what is loaded then is fed every event and joined, on either side, with
 * the parts of all logs of one event: each attempt told is sound, and what has become of the part is saved and loaded again. */
#include <stdio.h>
#include <string.h>

#include "proof.h"
#include "session/internal.h"

struct symbol {
    uint8_t kind;
    int32_t value;
};
static const struct symbol symbols[] = {
    {SBFOTA_POLLING_ERROR, -1},
    {SBFOTA_POLLING_ERROR, -2},
    {SBFOTA_HTTP_START, 0},
    {SBFOTA_DOWNLOADING, 20},
    {SBFOTA_HTTP_END, 0},
    {SBFOTA_HTTP_END, 702},
    {SBFOTA_UPDATE_TIMEOUT, 30},
    {SBFOTA_START, 0},
    {SBFOTA_UPDATING, 101},
    {SBFOTA_UPDATING, 20},
    {SBFOTA_RESTORE, 20},
    {SBFOTA_RESUME, 0},
    {SBFOTA_END, 0},
    {SBFOTA_END, 504},
    {SBFOTA_REPORT_START, 0},
    {SBFOTA_REPORT_END, 0},
    {SBFOTA_POLLING_TIME, 407},
    {SBFOTA_RDY, 0},
    {SBFOTA_APP_RDY, 0},
    {SBFOTA_ACCEPT, 1},
    {SBFOTA_SET_DELAY, 20},
    {SBFOTA_OK, 0},
    {SBFOTA_ERROR, 0},
    {SBFOTA_MALFORMED, 0},
};
enum {
    SYMBOLS = sizeof symbols / sizeof symbols[0],
    LOG_LENGTH = 2
};

static struct {
    const struct library *library;
    struct sbfota_part others[SYMBOLS]; /* logs of one event */
    unsigned long long logs, loads, loaded;
} proof;

static void feed(struct sbfota_part *part, const struct symbol *symbol, int64_t time)
{
    const struct sbfota_event event = {.kind = symbol->kind, .value = symbol->value};
    struct sbfota_change change;
    memset(&change, 0, sizeof change);
    proof.library->part_feed(part, &event, time, &change);
    if ((change.what & SBFOTA_CHANGE_FINISHED) && !attempt_is_sound(&change.finished))
        differ("a part that was loaded gives an attempt that is not sound");
}

/* What a part tells, and that it can be saved. */
static void expect_whole(const struct sbfota_part *part, const char *what)
{
    const struct library *const library = proof.library;
    uint8_t saved[SBFOTA_PART_SAVED], again[SBFOTA_PART_SAVED];
    struct sbfota_part loaded;
    struct sbfota_attempt attempt;
    if (library->part_head(part, &attempt) && !attempt_is_sound(&attempt))
        differ("%s: its head is not sound", what);
    if (library->part_tail(part, &attempt) && !attempt_is_sound(&attempt))
        differ("%s: its tail is not sound", what);
    library->part_save(part, saved);
    if (!library->part_load(&loaded, saved))
        differ("%s: is not loaded again", what);
    library->part_save(&loaded, again);
    if (memcmp(saved, again, sizeof saved) != 0)
        differ("%s: is loaded as another", what);
}

static void join(struct sbfota_part part, const struct sbfota_part *later)
{
    struct sbfota_joined joined;
    proof.library->part_join(&part, later, &joined);
    if (joined.count > 2 || (joined.problems & ~SBFOTA_PROBLEM_ALL) != 0)
        differ("a part that was loaded is joined to %u attempts", joined.count);
    for (unsigned i = 0; i < joined.count; i++)
        if (!attempt_is_sound(&joined.attempts[i]))
            differ("a part that was loaded is joined to an attempt that is not sound");
    expect_whole(&part, "a part that was joined");
}

static void try_part(const struct sbfota_part *part)
{
    expect_whole(part, "a part that was loaded");
    for (unsigned i = 0; i < SYMBOLS; i++) {
        struct sbfota_part fed = *part;
        feed(&fed, &symbols[i], SBFOTA_NO_TIME);
        expect_whole(&fed, "a part that was fed");
        join(*part, &proof.others[i]);
        join(proof.others[i], part);
    }
}

/* A part of a number: a time, a duration, a count, a code, a delay. */
static bool is_number(size_t at)
{
    const size_t in_session = (at - 48) % SBFOTA_SESSION_SAVED;
    return at < 48 ? at >= 4 && at < 42 : in_session >= 8 && in_session < 60;
}

static void damage(const struct sbfota_part *part)
{
    uint8_t saved[SBFOTA_PART_SAVED];
    proof.library->part_save(part, saved);
    for (size_t at = 0; at < sizeof saved; at++) {
        const uint8_t byte = saved[at];
        for (unsigned other = 0; other < 256; other++) {
            struct sbfota_part loaded;
            if (is_number(at) && other > 1 && other < 255)
                continue;
            saved[at] = (uint8_t)other;
            proof.loads++;
            if (other == byte || !proof.library->part_load(&loaded, saved))
                continue;
            proof.loaded++;
            try_part(&loaded);
        }
        saved[at] = byte;
    }
}

static void try_logs(const struct sbfota_part *part, unsigned length)
{
    proof.logs++;
    try_part(part);
    damage(part);
    for (unsigned i = 0; i < SYMBOLS && length < LOG_LENGTH; i++) {
        struct sbfota_part longer = *part;
        feed(&longer, &symbols[i], 1500 * ((int64_t)length + 1));
        try_logs(&longer, length + 1);
    }
}

void prove_parts(const struct library *library)
{
    struct sbfota_part empty;
    proof.library = library;
    proof.logs = proof.loads = proof.loaded = 0;
    library->part_init(&empty);
    for (unsigned i = 0; i < SYMBOLS; i++) {
        proof.others[i] = empty;
        feed(&proof.others[i], &symbols[i], 9000);
    }
    try_logs(&empty, 0);
    printf("%s: parts: %llu logs, %llu loads, %llu of what was saved by none, all sound\n",
           under_proof, proof.logs, proof.loads, proof.loaded);
}
