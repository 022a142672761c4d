/* SPDX-License-Identifier: MIT
 *
 * However a log is cut in blocks, parts of sessions that its blocks are folded to tell what feeding its events tells: the same
 * attempts in the same order, with the same ends, and the same counts. */
#include "log_support.h"

#include "log/sessions/fleet_block.h"
#include "session_support.h"

enum {
    EVENTS_MAX = 240,
    MODEMS = 3,
    TIME_LENGTH = 24
};

static struct log_event events[EVENTS_MAX];
static char times[EVENTS_MAX][40];

/* What moves a session, with arguments that make a difference. */
static const struct {
    enum sbfota_kind kind;
    int32_t values[3];
} choices[] = {
    {SBFOTA_POLLING_ERROR, {-1, -2, -9}},
    {SBFOTA_HTTP_START, {0, 0, 0}},
    {SBFOTA_DOWNLOADING, {10, 50, 101}},
    {SBFOTA_HTTP_END, {0, 0, 702}},
    {SBFOTA_UPDATE_TIMEOUT, {30, 20, 0}},
    {SBFOTA_ACCEPT, {1, 1, 2}},
    {SBFOTA_OK, {0, 0, 0}},
    {SBFOTA_ERROR, {0, 0, 0}},
    {SBFOTA_START, {0, 0, 0}},
    {SBFOTA_SET_DELAY, {30, 20, 0}},
    {SBFOTA_RDY, {0, 0, 0}},
    {SBFOTA_APP_RDY, {0, 0, 0}},
    {SBFOTA_POLLING_TIME, {0, 407, -1}},
    {SBFOTA_UPDATING, {10, 50, 101}},
    {SBFOTA_RESTORE, {10, 50, -1}},
    {SBFOTA_RESUME, {0, 0, 0}},
    {SBFOTA_END, {0, 0, 510}},
    {SBFOTA_REPORT_START, {0, 0, 0}},
    {SBFOTA_REPORT_END, {200, 404, 0}},
    {SBFOTA_MALFORMED, {0, 0, 0}},
};

static void make_events(unsigned *state, size_t count, bool timeless)
{
    static const char *const names[MODEMS] = {"modem-000", "m", NULL};
    static const char text[] = "+QIND: \"SBFOTA\",\"END\"x";
    const unsigned first = random_number(state) % 20;
    const unsigned reach = 1 + random_number(state) % 20;
    int64_t time = 0;
    memset(events, 0, sizeof events);
    for (size_t i = 0; i < count; i++) {
        struct log_event *const event = &events[i];
        const unsigned choice = (first + random_number(state) % reach) % 20;
        const char *const name = names[random_number(state) % MODEMS];
        event->message.kind = (uint8_t)choices[choice].kind;
        event->message.value = choices[choice].values[random_number(state) % 3];
        if (i > 0 && random_number(state) % 5 == 0)
            event->message = events[i - 1].message;
        event->message.offset = i * 100;
        event->message.length = 20;
        event->text = text;
        event->text_length = sizeof text - 1;
        event->modem = name;
        event->modem_length = name == NULL ? 0 : (uint32_t)strlen(name);
        event->line = (uint32_t)i;
        event->direction = random_number(state) % 8 == 0 ? DIRECTION_TX : DIRECTION_RX;
        time += random_number(state) % 3 * 700;
        time -= random_number(state) % 16 == 0 && time > 5000 ? 5000 : 0;
        snprintf(times[i], sizeof times[i], "2026-03-01T12:%02d:%02d.%03dZ", (int)(time / 60000),
                 (int)(time / 1000 % 60), (int)(time % 1000));
        if (!timeless || random_number(state) % 8 != 0) {
            event->time = times[i];
            event->time_length = TIME_LENGTH;
        }
    }
}

struct following {
    struct fleet fleet;
    struct told_text told;
    unsigned folded; /* blocks */
};

static void take(void *context, const struct log_attempt *attempt)
{
    struct following *const following = context;
    const struct sbfota_attempt *const facts = &attempt->facts;
    const struct edge *const edges[] = {attempt->from, attempt->to};
    fprintf(following->told.stream, "%.*s %d", (int)attempt->modem.length,
            attempt->modem.data == NULL ? "" : attempt->modem.data, attempt->dated);
    for (size_t i = 0; i < 2; i++)
        fprintf(following->told.stream, " %s:%" PRIu64 "+%" PRIu64 " %s",
                shown(fleet_file(&following->fleet, edges[i]->file).data), edges[i]->line,
                edges[i]->offset, edges[i]->time);
    fprintf(following->told.stream, " %u %u %x %" PRId64 "-%" PRId64 " %u %u %u %u %u %u %d\n",
            facts->outcome, facts->phase, facts->problems, facts->started, facts->ended,
            facts->downloading_ms, facts->updating_ms, facts->restore_ms, facts->resumes,
            facts->percent, facts->delay, facts->http_code);
}

/* The log in blocks of up to so many events; all of it if that is 0. */
static void follow(struct following *following, size_t count, size_t most, bool fold,
                   unsigned state)
{
    struct fleet_block timed = {.fold = fold};
    memset(following, 0, sizeof *following);
    told_begin(&following->told);
    const struct fleet_sink sink = {.context = following, .take = take};
    for (size_t from = 0; from < count;) {
        const size_t left = count - from;
        const size_t wanted = most == 0 ? left : 1 + random_number(&state) % most;
        const size_t taken = wanted < left ? wanted : left;
        const struct block block = {.file = from < count / 2 ? "a.log" : "b.log", .line = 1};
        fleet_block_take(&timed, &block, events + from, taken);
        following->folded += timed.folded;
        fleet_block_feed(&timed, &following->fleet, &sink);
        from += taken;
    }
    fleet_end(&following->fleet, &sink);
    fprintf(following->told.stream, "%" PRIu64 " times, %" PRIu64 " back, %" PRIu64 " repeats\n",
            following->fleet.events, following->fleet.clocks_back, following->fleet.repeats);
    fleet_free(&following->fleet);
    fleet_block_free(&timed);
    fclose(following->told.stream);
}

Test(log_fold, blocks_tell_what_their_events_tell)
{
    unsigned state = 5;
    unsigned folded = 0;
    for (unsigned round = 0; round < 20000; round++) {
        struct following fed, joined;
        char name[32];
        const size_t count = 1 + random_number(&state) % EVENTS_MAX;
        const size_t most = 1 + random_number(&state) % 80;
        make_events(&state, count, round % 4 == 0);
        follow(&fed, count, most, false, round);
        follow(&joined, count, most, true, round);
        snprintf(name, sizeof name, "round %u", round);
        assert_same(&fed.told, &joined.told, name);
        folded += joined.folded;
        cr_assert_eq(fed.folded, 0);
        free(fed.told.bytes);
        free(joined.told.bytes);
    }
    cr_assert_gt(folded, 20000);
}

/* Each tells the same: dates in all, in one of them none. */
Test(log_fold, leaves_alone_what_times_do_not_tell)
{
    unsigned state = 1;
    struct fleet_block timed = {.fold = true};
    const struct block block = {.file = "a.log", .line = 1};
    make_events(&state, 40, false);
    fleet_block_take(&timed, &block, events, 40);
    cr_assert(timed.folded);
    for (size_t i = 0; i < 40; i++) {
        events[i].time_length = 0;
        events[i].direction = DIRECTION_RX;
        events[i].message.kind = SBFOTA_RDY;
    }
    fleet_block_take(&timed, &block, events, 40);
    cr_assert_not(timed.folded);
    fleet_block_free(&timed);
}
