/* SPDX-License-Identifier: MIT
 *
 * A log of any events tells the same attempts however it is cut into parts, in whatever order they
 * are joined, and with any of them saved and loaded in between; and no saved bytes do harm. */
#include <sbfota/parts.h>

#include "fuzz.h"

enum {
    LOG_MAX = 96
};

struct moment {
    struct sbfota_event event;
    int64_t time;
    bool cut;   /* a part begins here */
    bool saved; /* and is saved */
};

/* A part of a log, with what it has given. */
struct told {
    struct sbfota_part part;
    struct sbfota_attempt attempts[LOG_MAX];
    size_t count;
};

/* Four bytes are one event: kind, value and spelling, time, and what is done before it. */
static size_t read_log(const uint8_t *data, size_t size, struct moment moments[LOG_MAX])
{
    static const int32_t values[] = {
        0,  1,  2,  10,  20,  30,    50,    60,    61,      100,     101,       -1,
        -2, -3, -4, 504, 702, 65533, 65534, 65535, 1296000, 1296001, INT32_MAX, INT32_MIN};
    size_t count = 0;
    int64_t time = SBFOTA_NO_TIME;
    for (; size >= 4 && count < LOG_MAX; data += 4, size -= 4) {
        struct moment *const moment = &moments[count++];
        memset(moment, 0, sizeof *moment);
        moment->event.kind = (uint8_t)(data[0] % (SBFOTA_KIND_COUNT + 1));
        moment->event.value = values[data[1] % (sizeof values / sizeof values[0])];
        const unsigned odd = (unsigned)(data[1] / (sizeof values / sizeof values[0]));
        moment->event.spelling = odd & 1 ? SBFOTA_SPELLING_BLANK_1 : 0;
        moment->event.flags = (uint8_t)((odd & 2 ? SBFOTA_FLAG_NONCANONICAL : 0) |
                                        (odd & 4 ? SBFOTA_FLAG_UNENDED : 0));
        if (data[3] & 1)
            time = SBFOTA_NO_TIME;
        else if (data[2] > 0 && time == SBFOTA_NO_TIME)
            time = 1000;
        if (data[3] & 2)
            time = data[2] & 1 ? INT64_MAX - data[2] : INT64_MIN + data[2];
        else if (time != SBFOTA_NO_TIME)
            time = (int64_t)((uint64_t)time + ((uint64_t)(int8_t)data[2] << (data[3] >> 4) * 3));
        moment->time = time;
        moment->cut = (data[3] & 4) != 0;
        moment->saved = (data[3] & 8) != 0;
    }
    return count;
}

static void save_and_load(struct sbfota_part *part)
{
    uint8_t saved[SBFOTA_PART_SAVED], again[SBFOTA_PART_SAVED];
    struct sbfota_part loaded;
    sbfota_part_save(part, saved);
    CHECK(sbfota_part_load(&loaded, saved));
    sbfota_part_save(&loaded, again);
    CHECK(memcmp(saved, again, sizeof saved) == 0);
    *part = loaded;
}

static void check_attempt(const struct sbfota_attempt *attempt)
{
    CHECK(attempt->outcome < SBFOTA_OUTCOME_COUNT && attempt->phase < SBFOTA_PHASE_COUNT);
    CHECK(attempt->percent <= 100 || attempt->percent == SBFOTA_NO_PERCENT);
    CHECK((attempt->problems & ~(unsigned)SBFOTA_PROBLEM_ALL) == 0);
    CHECK(attempt->has < 16);
}

static void tell_part(const struct moment *moments, size_t count, struct told *told)
{
    sbfota_part_init(&told->part);
    told->count = 0;
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        memset(&change, 0, sizeof change);
        if (moments[i].saved)
            save_and_load(&told->part);
        sbfota_part_feed(&told->part, &moments[i].event, moments[i].time, &change);
        if (change.what & SBFOTA_CHANGE_FINISHED)
            told->attempts[told->count++] = change.finished;
    }
}

static void join(struct told *told, const struct told *later)
{
    struct sbfota_joined joined;
    memset(&joined, 0, sizeof joined);
    sbfota_part_join(&told->part, &later->part, &joined);
    CHECK(joined.count <= 2 && told->count + joined.count + later->count <= LOG_MAX);
    for (size_t i = 0; i < joined.count; i++)
        told->attempts[told->count++] = joined.attempts[i];
    const size_t first = told->count;
    memcpy(told->attempts + first, later->attempts, later->count * sizeof later->attempts[0]);
    told->count += later->count;
    if (joined.amend > 0) {
        CHECK(joined.amend <= later->count);
        struct sbfota_attempt *const amended = &told->attempts[first + joined.amend - 1];
        amended->problems = (uint16_t)(amended->problems | joined.problems);
    }
}

static void check_same(const struct told *got, const struct told *expected)
{
    uint8_t one[SBFOTA_PART_SAVED], other[SBFOTA_PART_SAVED];
    sbfota_part_save(&got->part, one);
    sbfota_part_save(&expected->part, other);
    CHECK(memcmp(one, other, sizeof one) == 0);
    CHECK(got->count == expected->count);
    CHECK(memcmp(got->attempts, expected->attempts, got->count * sizeof got->attempts[0]) == 0);
}

/* The parts of a log, joined from the left and from the right. */
static void check_cuts(const struct moment *moments, size_t count, const struct told *whole)
{
    static struct told left, right, part;
    size_t end = count;
    sbfota_part_init(&left.part);
    sbfota_part_init(&right.part);
    left.count = right.count = 0;
    for (size_t begin = 0; begin < count; begin = end) {
        for (end = begin + 1; end < count && !moments[end].cut;)
            end++;
        tell_part(moments + begin, end - begin, &part);
        join(&left, &part);
    }
    check_same(&left, whole);
    for (size_t begin = count; begin > 0;) {
        const size_t behind = begin--;
        while (begin > 0 && !moments[begin].cut)
            begin--;
        tell_part(moments + begin, behind - begin, &part);
        join(&part, &right);
        right.part = part.part;
        right.count = part.count;
        memcpy(right.attempts, part.attempts, part.count * sizeof part.attempts[0]);
    }
    check_same(&right, whole);
}

static void ask(const struct sbfota_session *session, int64_t now)
{
    uint32_t seconds = 0;
    int64_t earliest = 0, latest = 0;
    struct sbfota_attempt attempt;
    CHECK(sbfota_session_phase(session) < SBFOTA_PHASE_COUNT);
    const unsigned percent = sbfota_session_percent(session);
    CHECK(percent <= 100 || percent == SBFOTA_NO_PERCENT);
    CHECK(sbfota_session_power(session) < SBFOTA_POWER_COUNT);
    CHECK(sbfota_session_accept(session) < SBFOTA_ACCEPT_COUNT);
    sbfota_session_accept_allowed(session);
    sbfota_session_starts_in(session, now, &seconds);
    sbfota_session_polling_stopped(session);
    if (sbfota_session_next_poll(session, &earliest, &latest))
        CHECK(earliest <= latest);
    if (sbfota_session_attempt(session, &attempt))
        check_attempt(&attempt);
}

/* What one pass tells is what a part tells that is the whole log. */
static void check_session(const struct moment *moments, size_t count, const struct told *whole)
{
    static struct sbfota_attempt expected[LOG_MAX + 1], got[LOG_MAX + 2];
    uint8_t saved[SBFOTA_SESSION_SAVED], again[SBFOTA_SESSION_SAVED];
    struct sbfota_session session, end;
    size_t told = 0, gave = 0;
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        memset(&change, 0, sizeof change);
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
        ask(&session, moments[i].time);
        if (change.what & SBFOTA_CHANGE_FINISHED) {
            check_attempt(&change.finished);
            expected[told++] = change.finished;
        }
        if (moments[i].saved) {
            sbfota_session_save(&session, saved);
            CHECK(sbfota_session_load(&session, saved));
            sbfota_session_save(&session, again);
            CHECK(memcmp(saved, again, sizeof saved) == 0);
        }
    }
    memset(&expected[told], 0, sizeof expected[0]);
    told += sbfota_session_attempt(&session, &expected[told]);
    memset(&got[0], 0, sizeof got[0]);
    gave += sbfota_part_head(&whole->part, &got[gave]);
    memcpy(&got[gave], whole->attempts, whole->count * sizeof got[0]);
    gave += whole->count;
    memset(&got[gave], 0, sizeof got[0]);
    gave += sbfota_part_tail(&whole->part, &got[gave]);
    CHECK(gave == told && memcmp(got, expected, told * sizeof got[0]) == 0);
    sbfota_part_session(&whole->part, &end);
    sbfota_session_save(&session, saved);
    sbfota_session_save(&end, again);
    CHECK(memcmp(saved, again, sizeof saved) == 0);
}

/* Whatever is loaded is saved as it was, and may be fed and joined. */
static void check_saved(const uint8_t *data, size_t size, const struct moment *moments,
                        size_t count)
{
    uint8_t saved[SBFOTA_PART_SAVED] = {0}, again[SBFOTA_PART_SAVED];
    struct sbfota_session session;
    struct sbfota_part part, other;
    struct sbfota_joined joined;
    struct sbfota_change change;
    memcpy(saved, data, size < sizeof saved ? size : sizeof saved);
    if (sbfota_session_load(&session, saved)) {
        sbfota_session_save(&session, again);
        CHECK(memcmp(saved, again, SBFOTA_SESSION_SAVED) == 0);
    }
    ask(&session, INT64_MAX);
    for (size_t i = 0; i < count; i++) {
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
        ask(&session, moments[i].time);
    }
    if (!sbfota_part_load(&part, saved))
        return;
    sbfota_part_save(&part, again);
    CHECK(memcmp(saved, again, sizeof saved) == 0);
    sbfota_part_init(&other);
    for (size_t i = 0; i < count; i++)
        sbfota_part_feed(i & 1 ? &part : &other, &moments[i].event, moments[i].time, &change);
    struct sbfota_part before = other;
    sbfota_part_join(&before, &part, &joined);
    CHECK(joined.count <= 2);
    save_and_load(&before);
    sbfota_part_join(&part, &other, &joined);
    CHECK(joined.count <= 2);
    save_and_load(&part);
    sbfota_part_session(&part, &session);
    ask(&session, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct moment moments[LOG_MAX];
    static struct told whole;
    size_t count = read_log(data, size, moments);
    tell_part(moments, count, &whole);
    check_session(moments, count, &whole);
    check_cuts(moments, count, &whole);
    /* The bytes that are loaded stand at the begin, so that a saved part is a seed. */
    const size_t skipped = size < SBFOTA_PART_SAVED ? size : SBFOTA_PART_SAVED;
    count = read_log(data + skipped, size - skipped, moments);
    check_saved(data, size, moments, count);
    return 0;
}
