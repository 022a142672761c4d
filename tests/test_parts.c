/* SPDX-License-Identifier: MIT
 *
 * Parts of a log: however it is cut and in whatever order the parts are joined, they tell what one
 * pass tells. */
#include "parts_support.h"

#include "session/internal.h"
#include "session/marks.h"
#include "stride.h"

/* A part of a log, with what it has given. */
struct told {
    struct sbfota_part part;
    struct sbfota_attempt attempts[LOG_MAX];
    size_t count;
};

static void tell_part(const struct moment *moments, size_t count, struct told *told)
{
    sbfota_part_init(&told->part);
    told->count = 0;
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        memset(&change, 0, sizeof change);
        sbfota_part_feed(&told->part, &moments[i].event, moments[i].time, &change);
        if (change.what & SBFOTA_CHANGE_FINISHED)
            told->attempts[told->count++] = change.finished;
    }
}

static void join_parts(struct told *told, const struct told *later)
{
    struct sbfota_joined joined;
    memset(&joined, 0, sizeof joined);
    sbfota_part_join(&told->part, &later->part, &joined);
    for (size_t i = 0; i < joined.count; i++)
        told->attempts[told->count++] = joined.attempts[i];
    const size_t first = told->count;
    for (size_t i = 0; i < later->count; i++)
        told->attempts[told->count++] = later->attempts[i];
    if (joined.amend > 0) {
        struct sbfota_attempt *const amended = &told->attempts[first + joined.amend - 1];
        cr_assert_leq(joined.amend, later->count);
        amended->problems = (uint16_t)(amended->problems | joined.problems);
    }
}

/* All attempts of a part that is a whole log. */
static size_t all_attempts(const struct told *told, struct sbfota_attempt attempts[LOG_MAX])
{
    size_t count = 0;
    memset(attempts, 0, LOG_MAX * sizeof *attempts);
    count += sbfota_part_head(&told->part, &attempts[count]);
    memcpy(&attempts[count], told->attempts, told->count * sizeof *attempts);
    count += told->count;
    count += sbfota_part_tail(&told->part, &attempts[count]);
    return count;
}

static void expect_same(const struct told *got, const struct told *expected,
                        const struct moment *moments, size_t count)
{
    uint8_t one[SBFOTA_PART_SAVED], other[SBFOTA_PART_SAVED];
    sbfota_part_save(&got->part, one);
    sbfota_part_save(&expected->part, other);
    const bool same_part = memcmp(one, other, sizeof one) == 0;
    const bool same_attempts =
        got->count == expected->count &&
        memcmp(got->attempts, expected->attempts, got->count * sizeof got->attempts[0]) == 0;
    if (same_part && same_attempts)
        return;
    print_log(moments, count);
    for (size_t i = 0; i < sizeof one; i++)
        if (one[i] != other[i])
            fprintf(stderr, "  byte %zu of the part: got %u, expected %u\n", i, one[i], other[i]);
    char got_text[TEXT_MAX] = "", expected_text[TEXT_MAX] = "";
    for (size_t i = 0; i < got->count && i < 5; i++)
        add_attempt(got_text, &got->attempts[i]);
    for (size_t i = 0; i < expected->count && i < 5; i++)
        add_attempt(expected_text, &expected->attempts[i]);
    cr_assert_fail("got %s\nexpected %s", got_text, expected_text);
}

/* A part that tells the whole log tells what a session tells. */
static void expect_session(const struct told *whole, const struct moment *moments, size_t count)
{
    struct sbfota_attempt expected[LOG_MAX], got[LOG_MAX];
    struct sbfota_session session, end;
    size_t expected_count = 0;
    memset(expected, 0, sizeof expected);
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        memset(&change, 0, sizeof change);
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
        if (change.what & SBFOTA_CHANGE_FINISHED)
            expected[expected_count++] = change.finished;
    }
    expected_count += sbfota_session_attempt(&session, &expected[expected_count]);
    cr_assert_eq(all_attempts(whole, got), expected_count);
    cr_assert_arr_eq(got, expected, expected_count * sizeof got[0]);
    sbfota_part_session(&whole->part, &end);
    uint8_t one[SBFOTA_SESSION_SAVED], other[SBFOTA_SESSION_SAVED];
    sbfota_session_save(&session, one);
    sbfota_session_save(&end, other);
    cr_assert_arr_eq(one, other, sizeof one);
}

/* Join neighbours at random until one part is left. */
static void join_at_random(struct told *parts, size_t count, unsigned *state)
{
    while (count > 1) {
        const size_t at = random_number(state) % (count - 1);
        join_parts(&parts[at], &parts[at + 1]);
        memmove(&parts[at + 1], &parts[at + 2], (count - at - 2) * sizeof *parts);
        count--;
    }
}

Test(joining, random_logs_cut_anywhere_and_joined_in_any_order)
{
    static struct told parts[9], whole;
    unsigned state = 7;
    for (unsigned round = 0; round < 200000 / STRIDE; round++) {
        struct moment moments[LOG_MAX];
        const size_t length = random_number(&state) % (round % 4 == 0 ? LOG_MAX - 8 : 14);
        int64_t time = 1000000;
        struct sbfota_event last = {.kind = SBFOTA_HTTP_START};
        for (size_t i = 0; i < length; i++)
            moments[i] = random_moment(&state, round, &time, &last);
        const size_t count = 1 + random_number(&state) % 8;
        size_t from = 0;
        for (size_t i = 0; i < count; i++) {
            const size_t left = length - from;
            const size_t taken = i + 1 == count ? left : random_number(&state) % (left + 1);
            tell_part(moments + from, taken, &parts[i]);
            from += taken;
        }
        join_at_random(parts, count, &state);
        tell_part(moments, length, &whole);
        expect_same(&parts[0], &whole, moments, length);
        expect_session(&whole, moments, length);
    }
}

/* The moments of a number in base CHOICES_MAIN * 2: each kind with two of its arguments. */
static size_t numbered_log(unsigned number, size_t length, struct moment *moments)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned choice = number % CHOICES_MAIN;
        number /= CHOICES_MAIN;
        memset(&moments[i], 0, sizeof moments[i]);
        moments[i].event.kind = (uint8_t)choices[choice].kind;
        moments[i].event.value = choices[choice].values[(i * 2 + choice) % 3];
        moments[i].time = (int64_t)(1000 * (i + 1));
    }
    return number;
}

Test(joining, all_short_logs_cut_at_every_place)
{
    static struct told whole, parts[2];
    struct moment moments[4];
    for (size_t length = 0; length <= 4; length++) {
        for (unsigned number = 0; numbered_log(number, length, moments) == 0;
             number += length > 2 ? STRIDE : 1U) {
            tell_part(moments, length, &whole);
            for (size_t cut = 0; cut <= length; cut++) {
                tell_part(moments, cut, &parts[0]);
                tell_part(moments + cut, length - cut, &parts[1]);
                join_parts(&parts[0], &parts[1]);
                expect_same(&parts[0], &whole, moments, length);
            }
            if (length == 0)
                break;
        }
    }
}

Test(joining, amends_an_attempt_that_has_been_given)
{
    static struct moment moments[STORY_MAX];
    static struct told parts[2];
    const size_t earlier = read_story("set_delay=20 ok", moments);
    tell_part(moments, earlier, &parts[0]);
    const size_t later = read_story(
        "http_start http_end=702 http_start http_end=0 update_timeout=30 http_start", moments);
    tell_part(moments, later, &parts[1]);
    cr_assert_eq(parts[1].count, (size_t)1);
    cr_assert_not(parts[1].attempts[0].problems & SBFOTA_PROBLEM_DELAY_DIFFERS);
    join_parts(&parts[0], &parts[1]);
    cr_assert(parts[0].attempts[0].problems & SBFOTA_PROBLEM_DELAY_DIFFERS);
}

Test(joining, resumes_are_counted_to_255)
{
    static struct told parts[2], whole;
    struct moment moments[400];
    for (size_t i = 0; i < 400; i++) {
        memset(&moments[i], 0, sizeof moments[i]);
        read_moment("resume", &moments[i]);
        moments[i].time = (int64_t)i * 2000;
    }
    for (size_t cut = 0; cut <= 400; cut += 50) {
        struct sbfota_attempt tail;
        tell_part(moments, cut, &parts[0]);
        tell_part(moments + cut, 400 - cut, &parts[1]);
        tell_part(moments, 400, &whole);
        join_parts(&parts[0], &parts[1]);
        expect_same(&parts[0], &whole, moments, 0);
        cr_assert(sbfota_part_tail(&whole.part, &tail));
        cr_assert_eq(tail.resumes, 255);
    }
}

Test(saving, parts_join_the_same_when_saved_between)
{
    static struct told told, loaded;
    unsigned state = 11;
    for (unsigned round = 0; round < 100000 / STRIDE; round++) {
        struct moment moments[LOG_MAX];
        const size_t length = random_number(&state) % 12;
        int64_t time = -4000;
        struct sbfota_event last = {.kind = SBFOTA_HTTP_START};
        uint8_t saved[SBFOTA_PART_SAVED], again[SBFOTA_PART_SAVED];
        for (size_t i = 0; i < length; i++)
            moments[i] = random_moment(&state, round, &time, &last);
        tell_part(moments, length, &told);
        sbfota_part_save(&told.part, saved);
        if (!sbfota_part_load(&loaded.part, saved)) {
            print_log(moments, length);
            cr_assert_fail("a saved part is not loaded");
        }
        sbfota_part_save(&loaded.part, again);
        cr_assert_arr_eq(saved, again, sizeof saved);
        if (round % 10 != 0)
            continue;
        for (size_t bit = round % STRIDE; bit < 8 * sizeof saved; bit += STRIDE) {
            saved[bit / 8] ^= (uint8_t)(1U << bit % 8);
            struct sbfota_joined joined;
            if (sbfota_part_load(&loaded.part, saved)) {
                sbfota_part_save(&loaded.part, again);
                cr_assert_arr_eq(saved, again, sizeof saved);
                sbfota_part_join(&loaded.part, &told.part, &joined);
                cr_assert_leq(joined.count, 2U);
            }
            saved[bit / 8] ^= (uint8_t)(1U << bit % 8);
        }
    }
}

Test(loading, refuses_what_no_part_saves)
{
    enum {
        KIND = 1,
        MARKS = 2,
        VALUE = 4,
        TIME = 8,
        BOOTS = 16,
        GIVEN = 32,
        UNSURE = 36,
        UNSURE_DELAY = 40,
        SPELLING = 42,
        PERCENT = 43,
        ACCEPTS = 44,
        ANSWERS = 45,
        TAIL = 48,
        HEAD = TAIL + SBFOTA_SESSION_SAVED,
        /* of head and tail */
        STATE = 1,
        FLAGS = 2,
        PROBLEMS = 5,
        STARTED = 8,
        DELAY = 58,
        LAST = 62
    };
    static const struct damage cases[] = {
        {"the version is ours", "", {{0, 1}}},
        {"the rest is 0", "", {{46, 1}}},
        {"the rest is 0 to its end", "", {{47, 1}}},
        {"the tail is a session", "http_start", {{TAIL, 1}}},
        {"the head is a session", "http_start http_start", {{HEAD, 1}}},
        {"marks have names", "", {{MARKS + 1, (MARKS_ALL + 1) >> 8}}},
        {"accepts have numbers", "accept", {{ACCEPTS, ACCEPTS_COUNT}}},
        {"answers are of three places", "ok", {{ANSWERS, 0x41}}},
        {"an accept is a command, behind which no answer is to another", "accept", {{ANSWERS, 0}}},
        {"so is a boot", "rdy", {{ANSWERS, 0}}},
        {"a boot ends the wait for accept", "accept rdy", {{ACCEPTS, ACCEPTS_ASKING}}},
        {"a refused accept was refused", "accept ok", {{ACCEPTS, ACCEPTS_REFUSED}}},
        {"only an accept is refused", "error", {{MARKS, MARK_REFUSED}}},
        {"no late accept without a boot", "accept", {{MARKS, MARK_LATE_ACCEPT}}},
        {"no time of an APP RDY that did not come", "", {{BOOTS, 1}}},
        {"no time of a RDY that did not come", "", {{BOOTS + 8, 1}}},
        {"no polling time behind an APP RDY that did not come",
         "polling_time=5",
         {{MARKS, MARK_POLLED_APP}}},
        {"no polling time behind a RDY that did not come",
         "polling_time=5",
         {{MARKS, MARK_POLLED_RDY}}},
        {"a polling time tells of the next poll", "rdy", {{MARKS, MARK_RDY | MARK_POLLED}}},
        {"what is cut is malformed", "", {{MARKS + 1, MARK_UNENDED >> 8}}},
        {"the first message is one", "http_start", {{KIND, SBFOTA_RDY}}},
        {"the first message has led here", "http_start", {{KIND, SBFOTA_POLLING_ERROR}}},
        {"nothing leads from an update to a download", "downloading=1", {{KIND, SBFOTA_UPDATING}}},
        {"the attempt began with the first message", "http_start@1", {{TIME, 0}}},
        {"an attempt that has its beginning misses none",
         "http_start",
         {{KIND, SBFOTA_DOWNLOADING}}},
        {"an attempt that begins late misses its beginning",
         "downloading=1",
         {{TAIL + PROBLEMS, 0}}},
        {"a report alone tells no outcome", "end=0 report_start", {{KIND, SBFOTA_REPORT_START}}},
        {"the first message has left its code",
         "update_timeout=1 start",
         {{KIND, SBFOTA_HTTP_END}}},
        {"the end has left its code", "report_end=0", {{KIND, SBFOTA_END}}},
        {"the end of the report has left its code", "report_start", {{KIND, SBFOTA_REPORT_END}}},
        {"UPDATE_TIMEOUT has been seen", "start", {{KIND, SBFOTA_UPDATE_TIMEOUT}}},
        {"the resume has been counted", "restore=1", {{KIND, SBFOTA_RESUME}}},
        {"nothing goes back from an update to HTTPEND", "http_end=0 start", {{KIND, SBFOTA_START}}},
        {"nothing goes back from START to HTTPEND",
         "http_end=0 start",
         {{KIND, SBFOTA_START}, {TAIL + FLAGS, 0}}},
        {"nothing goes back from an update to UPDATE_TIMEOUT",
         "update_timeout=1 start",
         {{KIND, SBFOTA_START}}},
        {"nothing goes back from a restore to an update",
         "start@1 restore=1@2",
         {{KIND, SBFOTA_RESTORE}}},
        {"nothing is spent on what comes before",
         "updating=1@1 updating=2@2 restore=1@3",
         {{KIND, SBFOTA_RESTORE}}},
        {"nothing goes back from an end to a resume", "resume end=0", {{KIND, SBFOTA_END}}},
        {"nothing goes back from an end to a percentage", "restore=1 end=0", {{KIND, SBFOTA_END}}},
        {"no percentage behind one that is believed", "downloading=1", {{PERCENT, 1}}},
        {"no percentage behind another message", "update_timeout=30", {{PERCENT, 1}}},
        {"a percentage is 100 at most", "downloading=101 downloading=1", {{PERCENT, 101}}},
        {"no first message without an attempt", "", {{KIND, SBFOTA_HTTP_START}}},
        {"no value without a first message", "", {{VALUE, 1}}},
        {"no time without a first message", "", {{TIME, 1}}},
        {"no spelling without a first message", "", {{SPELLING, 1}}},
        {"no percentage without a first message", "", {{PERCENT, 1}}},
        {"no answer behind a first message that there is not", "ok", {{ANSWERS, 0x05}}},
        {"no answer behind a head that there is not", "ok", {{ANSWERS, 0x10}}},
        {"no answer behind the tail", "http_start ok", {{ANSWERS, 0x10}}},
        {"no answer behind the head if there was one",
         "ok http_start http_start",
         {{ANSWERS, 0x11}}},
        {"no attempt without a first message", "http_start", {{KIND, SBFOTA_NONE}}},
        {"the head is there if it is finished", "http_start", {{MARKS + 1, MARK_HEAD >> 8}}},
        {"the head is finished if it is there", "http_start http_start", {{MARKS + 1, 0}}},
        {"the head is finished by an attempt", "http_start http_start", {{HEAD + FLAGS, 0}}},
        {"no head without a first message",
         "",
         {{MARKS + 1, MARK_HEAD >> 8},
          {HEAD + STATE, IN_DOWNLOAD},
          {HEAD + FLAGS, FLAG_SUPERSEDED}}},
        {"the head knows of no poll",
         "http_start http_start",
         {{HEAD + FLAGS + 2, FLAG_POLL_TOLD >> 16}}},
        {"the head waits for no answer",
         "update_timeout=30 accept http_start",
         {{HEAD + FLAGS + 2, FLAG_ASKING >> 16}}},
        {"the head knows of no delay", "http_start http_start", {{HEAD + DELAY, 30}}},
        {"the head is not repeated", "http_start http_start", {{HEAD + LAST, SBFOTA_HTTP_START}}},
        {"the head began with the first message",
         "http_start@1 http_start@9",
         {{HEAD + STARTED, 0}}},
        {"no attempt has followed on the tail", "downloading=1", {{TAIL + FLAGS, FLAG_SUPERSEDED}}},
        {"nothing is given before the head is finished", "http_start", {{GIVEN, 1}}},
        {"an attempt that is unsure has been given", "http_start http_start", {{UNSURE, 1}}},
        {"one attempt is unsure", "update_timeout=30 http_start http_start", {{UNSURE, 1}}},
        {"what is unsure has told the delay",
         "update_timeout=30",
         {{TAIL + DELAY, 255}, {TAIL + DELAY + 1, 255}}},
        {"what is unsure is a delay",
         "update_timeout=30",
         {{UNSURE_DELAY, 255}, {UNSURE_DELAY + 1, 255}}},
        {"no delay is unsure without an attempt", "http_start", {{UNSURE_DELAY, 1}}},
    };
    static struct told empty, told;
    uint8_t as_new[SBFOTA_PART_SAVED], again[SBFOTA_PART_SAVED];
    tell_part(NULL, 0, &empty);
    sbfota_part_save(&empty.part, as_new);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct moment moments[STORY_MAX];
        struct sbfota_part part;
        uint8_t saved[SBFOTA_PART_SAVED];
        tell_part(moments, read_story(cases[i].story, moments), &told);
        sbfota_part_save(&told.part, saved);
        cr_expect(sbfota_part_load(&part, saved), "%s: undamaged", cases[i].rule);
        apply_damage(&cases[i], saved);
        cr_expect_not(sbfota_part_load(&part, saved), "%s", cases[i].rule);
        sbfota_part_save(&part, again);
        cr_expect_arr_eq(again, as_new, sizeof again, "%s: not as new", cases[i].rule);
    }
}
