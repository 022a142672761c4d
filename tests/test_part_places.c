/* SPDX-License-Identifier: MIT
 *
 * A session takes parts as it takes their events, and who keeps the places that sbfota/parts.h names knows where each attempt
 * begins and ends. */
#include "parts_support.h"

#include "stride.h"

/* Attempts with the numbers of their first and last events. */
struct placed {
    struct sbfota_session session;
    struct sbfota_attempt attempts[LOG_MAX];
    size_t ends[LOG_MAX][2]; /* the last ones are of the attempt under way */
    size_t count;
};

static void finish_placed(struct placed *placed, const struct sbfota_attempt *attempt)
{
    placed->attempts[placed->count++] = *attempt;
    memcpy(placed->ends[placed->count], placed->ends[placed->count - 1], sizeof placed->ends[0]);
}

/* One pass. */
static void place_whole(struct placed *placed, const struct moment *moments, size_t count)
{
    memset(placed, 0, sizeof *placed);
    sbfota_session_init(&placed->session);
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        memset(&change, 0, sizeof change);
        sbfota_session_feed(&placed->session, &moments[i].event, moments[i].time, &change);
        if (change.what & SBFOTA_CHANGE_FINISHED)
            finish_placed(placed, &change.finished);
        if (change.what & SBFOTA_CHANGE_BEGAN)
            placed->ends[placed->count][0] = i;
        if (change.what & SBFOTA_CHANGE_BELONGS)
            placed->ends[placed->count][1] = i;
    }
}

/* What sbfota/parts.h says that is to be kept of a part, and the attempts that it has given. */
struct places {
    struct sbfota_part part;
    size_t boots[2];
    size_t first;
    size_t head_to;
    size_t tail[2];
    size_t attempts; /* that have begun in it */
    size_t booted[2];
    struct placed given;
};

static void place_part(struct places *places, const struct moment *moments, size_t from, size_t to)
{
    memset(places, 0, sizeof *places);
    sbfota_part_init(&places->part);
    for (size_t i = from; i < to; i++) {
        const unsigned kind = moments[i].event.kind;
        struct sbfota_change change;
        memset(&change, 0, sizeof change);
        sbfota_part_feed(&places->part, &moments[i].event, moments[i].time, &change);
        const bool began = (change.what & SBFOTA_CHANGE_BEGAN) != 0;
        places->attempts += began;
        if (places->attempts == 0 && kind == SBFOTA_APP_RDY && !places->booted[0] &&
            !places->booted[1])
            places->boots[0] = i, places->booted[0] = 1;
        if (places->attempts == 0 && kind == SBFOTA_RDY && !places->booted[1])
            places->boots[1] = i, places->booted[1] = 1;
        if (change.what & SBFOTA_CHANGE_FINISHED) {
            memcpy(places->given.ends[places->given.count], places->tail, sizeof places->tail);
            finish_placed(&places->given, &change.finished);
        }
        if (began && places->attempts == 1)
            places->first = i;
        if (began)
            places->tail[0] = i;
        if (change.what & SBFOTA_CHANGE_BELONGS)
            places->tail[1] = i;
        if (places->attempts == 1)
            places->head_to = places->tail[1];
    }
}

static void join_placed(struct placed *placed, const struct places *places)
{
    struct sbfota_joined joined;
    memset(&joined, 0, sizeof joined);
    sbfota_session_join(&placed->session, &places->part, &joined);
    if (joined.what & SBFOTA_JOINED_APP_RDY)
        placed->ends[placed->count][1] = places->boots[0];
    if (joined.what & SBFOTA_JOINED_RDY)
        placed->ends[placed->count][1] = places->boots[1];
    if (places->attempts == 0)
        return;
    if (joined.what & SBFOTA_JOINED_TAIL)
        finish_placed(placed, &joined.attempts[0]);
    if (joined.what & SBFOTA_JOINED_BEGAN)
        placed->ends[placed->count][0] = places->first;
    placed->ends[placed->count][1] = places->head_to;
    if (joined.what & SBFOTA_JOINED_HEAD)
        finish_placed(placed, &joined.attempts[joined.count - 1]);
    for (size_t i = 0; i < places->given.count; i++) {
        struct sbfota_attempt attempt = places->given.attempts[i];
        if (joined.amend == i + 1)
            attempt.problems = (uint16_t)(attempt.problems | joined.problems);
        memcpy(placed->ends[placed->count], places->given.ends[i], sizeof placed->ends[0]);
        finish_placed(placed, &attempt);
    }
    if (places->attempts > 1)
        memcpy(placed->ends[placed->count], places->tail, sizeof places->tail);
}

static void expect_placed(const struct placed *got, const struct placed *expected,
                          const struct moment *moments, size_t count)
{
    const bool under_way = sbfota_session_phase(&expected->session) != SBFOTA_PHASE_NONE;
    uint8_t one[SBFOTA_SESSION_SAVED], other[SBFOTA_SESSION_SAVED];
    sbfota_session_save(&got->session, one);
    sbfota_session_save(&expected->session, other);
    if (memcmp(one, other, sizeof one) == 0 && got->count == expected->count &&
        memcmp(got->attempts, expected->attempts, got->count * sizeof got->attempts[0]) == 0 &&
        memcmp(got->ends, expected->ends, (got->count + under_way) * sizeof got->ends[0]) == 0)
        return;
    print_log(moments, count);
    for (size_t i = 0; i < got->count + under_way && i < expected->count + under_way; i++)
        fprintf(stderr, "  attempt %zu: got %zu to %zu, expected %zu to %zu\n", i, got->ends[i][0],
                got->ends[i][1], expected->ends[i][0], expected->ends[i][1]);
    cr_assert_fail(
        "a session that parts were joined to tells something else than one that was fed");
}

Test(part_places, are_those_of_one_pass)
{
    static struct placed whole, joined;
    static struct places places;
    unsigned state = 11;
    for (unsigned round = 0; round < 200000 / STRIDE; round++) {
        struct moment moments[LOG_MAX];
        const size_t length = random_number(&state) % (round % 4 == 0 ? LOG_MAX - 8 : 14);
        int64_t time = 1000000;
        struct sbfota_event last = {.kind = SBFOTA_HTTP_START};
        for (size_t i = 0; i < length; i++)
            moments[i] = random_moment(&state, round, &time, &last);
        place_whole(&whole, moments, length);
        memset(&joined, 0, sizeof joined);
        sbfota_session_init(&joined.session);
        for (size_t from = 0; from < length;) {
            const size_t to = from + 1 + random_number(&state) % (length - from);
            place_part(&places, moments, from, to);
            join_placed(&joined, &places);
            from = to;
        }
        expect_placed(&joined, &whole, moments, length);
    }
}
