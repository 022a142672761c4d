/* SPDX-License-Identifier: MIT
 *
 * Sessions of events that have left their log are those of the log itself, and of any order that keeps each modem's own. */
#include "log_support.h"

#include "log/prefix/capture.h"
#include "log/sessions/fleet_block.h"
#include "log/text/time.h"

static void tell_times(struct told_text *told, const struct sbfota_attempt *facts)
{
    fprintf(told->stream, " %u %u %x %" PRId64 "-%" PRId64 " %u %u %u %u %u %d %d %d %d\n",
            facts->outcome, facts->phase, facts->problems, facts->started, facts->ended,
            facts->downloading_ms, facts->updating_ms, facts->restore_ms, facts->resumes,
            facts->delay, facts->poll_code, facts->http_code, facts->update_code,
            facts->report_code);
    told->count++;
}

static void tell_edge(struct told_text *told, const char *file, uint64_t line, uint64_t offset,
                      const char *time)
{
    fprintf(told->stream, " %s:%" PRIu64 "+%" PRIu64 " %s", file, line, offset, time);
}

static void tell_list(struct told_text *told, struct sbfota_log_attempts *attempts)
{
    for (size_t i = 0; attempts != NULL && i < attempts->count; i++) {
        const struct sbfota_log_attempt *const attempt = &attempts->list[i];
        const struct sbfota_log_edge *const edges[] = {&attempt->from, &attempt->to};
        fprintf(told->stream, "%s %d", shown(attempt->modem), attempt->dated);
        for (size_t j = 0; j < 2; j++)
            tell_edge(told, shown(edges[j]->file), edges[j]->line, edges[j]->offset,
                      shown(edges[j]->time));
        tell_times(told, &attempt->facts);
    }
    sbfota_log_attempts_free(attempts);
}

static void tell_attempts(struct told_text *told, struct sbfota_log_sessions *sessions)
{
    tell_list(told, sbfota_log_sessions_take(sessions));
}

static void follow_batches(const char *path, struct told_text *told)
{
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    struct sbfota_log_sessions *const sessions = sbfota_log_sessions_new();
    told_begin(told);
    cr_assert_eq(sbfota_log_open(&log, &path, 1, NULL), SBFOTA_LOG_END);
    while ((result = sbfota_log_next(log, &batch)) > 0)
        if (result == SBFOTA_LOG_BATCH) {
            cr_assert_eq(sbfota_log_sessions_feed(sessions, batch->events, batch->count), 0);
            sbfota_log_batch_free(batch);
            tell_attempts(told, sessions);
        }
    sbfota_log_free(log);
    cr_assert_eq(sbfota_log_sessions_finish(sessions), SBFOTA_LOG_END);
    tell_attempts(told, sessions);
    sbfota_log_sessions_free(sessions);
    fclose(told->stream);
}

/* The sessions that the threads which read follow. */
static void follow_threads(const char *path, unsigned threads, struct told_text *told)
{
    struct sbfota_log *log;
    struct sbfota_log_attempts *attempts;
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    const struct sbfota_log_options options = {.sessions = true, .threads = threads};
    told_begin(told);
    cr_assert_eq(sbfota_log_open(&log, &path, 1, &options), SBFOTA_LOG_END);
    cr_assert_eq(sbfota_log_next(log, &batch), SBFOTA_LOG_INVALID);
    while ((result = sbfota_log_next_attempts(log, &attempts)) > 0)
        tell_list(told, attempts);
    cr_assert_eq(result, SBFOTA_LOG_END);
    sbfota_log_free(log);
    fclose(told->stream);
}

/* The same of bytes that are fed in pieces. */
static void follow_fed(const char *path, struct told_text *told)
{
    struct sbfota_log *log;
    struct sbfota_log_attempts *attempts;
    enum sbfota_log_result result = SBFOTA_LOG_MORE;
    char bytes[777];
    const struct sbfota_log_options options = {.sessions = true, .name = path};
    FILE *const file = fopen(path, "rb");
    told_begin(told);
    cr_assert_eq(sbfota_log_new(&log, &options), SBFOTA_LOG_END);
    while (result > 0) {
        const size_t length = fread(bytes, 1, sizeof bytes, file);
        for (size_t taken = 0; taken < length && result > 0;) {
            taken += sbfota_log_feed(log, bytes + taken, length - taken);
            while ((result = sbfota_log_next_attempts(log, &attempts)) == SBFOTA_LOG_BATCH ||
                   result == SBFOTA_LOG_MESSAGE)
                tell_list(told, attempts);
        }
        if (length > 0)
            continue;
        sbfota_log_finish(log);
        while ((result = sbfota_log_next_attempts(log, &attempts)) > 0)
            tell_list(told, attempts);
    }
    cr_assert_eq(result, SBFOTA_LOG_END);
    fclose(file);
    sbfota_log_free(log);
    fclose(told->stream);
}

/* The way of the tool: from the blocks themselves. */
struct blocks {
    struct fleet fleet;
    struct fleet_sink sink;
    struct told_text *told;
};

static void *worker_new(void *context)
{
    (void)context;
    return calloc(1, sizeof(struct fleet_block));
}

static void worker_free(void *worker)
{
    fleet_block_free(worker);
    free(worker);
}

static void take(void *worker, const struct block *block, const struct log_event *events,
                 size_t count)
{
    fleet_block_take(worker, block, events, count);
}

static bool commit(void *context, void *worker)
{
    struct blocks *const blocks = context;
    fleet_block_feed(worker, &blocks->fleet, &blocks->sink);
    return true;
}

static void pause_reading(void *context)
{
    (void)context;
}

static void tell(void *context, enum told about, const char *file, const char *message)
{
    (void)context;
    (void)about;
    (void)file;
    (void)message;
}

static void take_attempt(void *context, const struct log_attempt *attempt)
{
    struct blocks *const blocks = context;
    const struct edge *const edges[] = {attempt->from, attempt->to};
    fprintf(blocks->told->stream, "%.*s %d",
            attempt->modem.data == NULL ? 1 : (int)attempt->modem.length,
            shown(attempt->modem.data), attempt->dated);
    for (size_t i = 0; i < 2; i++) {
        char buffer[TIME_SIZE];
        char copy[TIME_SIZE + 1] = "-";
        const struct bytes time =
            time_show((struct bytes){edges[i]->time, edges[i]->time_length}, buffer);
        if (time.length > 0)
            snprintf(copy, sizeof copy, "%.*s", (int)time.length, time.data);
        tell_edge(blocks->told, shown(fleet_file(&blocks->fleet, edges[i]->file).data),
                  edges[i]->line, edges[i]->offset, copy);
    }
    tell_times(blocks->told, &attempt->facts);
}

static void follow_blocks(const char *path, struct told_text *told)
{
    struct blocks blocks = {.told = told};
    const struct capture_options options = {.threads = 1, .modem_token = CAPTURE_TOKEN_LEARNED};
    const struct capture_sink sink = {
        .context = &blocks,
        .worker_new = worker_new,
        .worker_free = worker_free,
        .take = take,
        .commit = commit,
        .pause = pause_reading,
        .tell = tell,
    };
    char *names[] = {(char *)path};
    told_begin(told);
    blocks.sink = (struct fleet_sink){.context = &blocks, .take = take_attempt};
    capture_run(names, 1, &options, &sink);
    fleet_end(&blocks.fleet, &blocks.sink);
    fleet_free(&blocks.fleet);
    fclose(told->stream);
}

static size_t attempts;

static void check(const char *path)
{
    struct told_text batches;
    struct told_text blocks;
    follow_batches(path, &batches);
    follow_blocks(path, &blocks);
    assert_same(&batches, &blocks, path);
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        struct told_text followed;
        follow_threads(path, threads, &followed);
        assert_same(&followed, &batches, path);
        free(followed.bytes);
    }
    struct told_text fed;
    follow_fed(path, &fed);
    if (strstr(path, ".gz") ==
        NULL) /* a log with a year's hint is near to when its file was written */
        assert_same(&fed, &batches, path);
    free(fed.bytes);
    attempts += batches.count;
    free(batches.bytes);
    free(blocks.bytes);
}

Test(log_sessions, are_those_of_the_blocks)
{
    attempts = 0;
    for_each_file(FORMS, check);
    for_each_file(SBFOTA_CAPTURES "/cases", check);
    cr_assert_gt(attempts, 20);
}

Test(log_sessions, are_asked_for_before_a_log_is_read)
{
    const char *const paths[] = {FORMS "/gateway.log"};
    struct sbfota_log *log;
    struct sbfota_log_attempts *list;
    const struct sbfota_log_options part = {.sessions = true, .end = 100};
    const struct sbfota_log_options sessions = {.sessions = true};
    const struct sbfota_log_visitor visitor = {.context = NULL};
    cr_assert_eq(sbfota_log_open(&log, paths, 1, &part), SBFOTA_LOG_INVALID);
    cr_assert_eq(sbfota_log_run(paths, 1, &sessions, &visitor), SBFOTA_LOG_INVALID);
    cr_assert_eq(sbfota_log_open(&log, paths, 1, NULL), SBFOTA_LOG_END);
    cr_assert_eq(sbfota_log_next_attempts(log, &list), SBFOTA_LOG_INVALID);
    sbfota_log_free(log);
}

Test(log_sessions, of_no_events_are_none)
{
    struct sbfota_log_sessions *const sessions = sbfota_log_sessions_new();
    cr_assert_null(sbfota_log_sessions_take(sessions));
    cr_assert_eq(sbfota_log_sessions_finish(sessions), SBFOTA_LOG_END);
    cr_assert_null(sbfota_log_sessions_take(sessions));
    sbfota_log_sessions_free(sessions);
    sbfota_log_sessions_free(NULL);
    sbfota_log_attempts_free(NULL);
}
