/* SPDX-License-Identifier: MIT
 *
 * log_pull open|feed|threads|sessions|plan FILE: what sbfota/log.h gives of it, one line an event or attempt. The status is 2 without
 * memory, 3 without a thread, for log_memory.sh. */
#include <sbfota/log.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int status_of(enum sbfota_log_result result)
{
    return result == SBFOTA_LOG_NO_MEMORY ? 2 : result == SBFOTA_LOG_NO_THREAD ? 3 : result != 0;
}

static void print_events(struct sbfota_log_batch *batch)
{
    const struct sbfota_log_columns *const columns = sbfota_log_batch_columns(batch);
    for (size_t i = 0; i < batch->count; i++)
        printf("%llu %s %.*s\n", (unsigned long long)batch->events[i].line,
               batch->events[i].modem == NULL ? "-" : batch->events[i].modem,
               (int)batch->events[i].text_length, batch->events[i].text);
    if (columns == NULL)
        exit(2);
}

static void print_attempts(struct sbfota_log_sessions *sessions)
{
    struct sbfota_log_attempts *const attempts = sbfota_log_sessions_take(sessions);
    for (size_t i = 0; attempts != NULL && i < attempts->count; i++)
        printf("%s %llu-%llu %u\n", attempts->list[i].modem,
               (unsigned long long)attempts->list[i].from.line,
               (unsigned long long)attempts->list[i].to.line, attempts->list[i].facts.outcome);
    sbfota_log_attempts_free(attempts);
}

/* Take what there is; with `sessions`, for them. */
static enum sbfota_log_result drain(struct sbfota_log *log, struct sbfota_log_sessions *sessions)
{
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    while ((result = sbfota_log_next(log, &batch)) > 0 && result != SBFOTA_LOG_MORE) {
        if (result == SBFOTA_LOG_MESSAGE)
            printf("! %s\n", sbfota_log_message(log)->text);
        else if (sessions == NULL)
            print_events(batch);
        else if (sbfota_log_sessions_feed(sessions, batch->events, batch->count) < 0)
            result = SBFOTA_LOG_NO_MEMORY;
        sbfota_log_batch_free(batch);
        if (result < 0)
            return result;
    }
    return result;
}

static enum sbfota_log_result feed(struct sbfota_log *log, FILE *file)
{
    char bytes[5000];
    enum sbfota_log_result result = SBFOTA_LOG_MORE;
    size_t length;
    while (result > 0 && (length = fread(bytes, 1, sizeof bytes, file)) > 0)
        for (size_t fed = 0; fed < length && result > 0;) {
            fed += sbfota_log_feed(log, bytes + fed, length - fed);
            result = drain(log, NULL);
        }
    sbfota_log_finish(log);
    return result > 0 ? drain(log, NULL) : result;
}

static enum sbfota_log_result follow(struct sbfota_log *log)
{
    struct sbfota_log_sessions *const sessions = sbfota_log_sessions_new();
    if (sessions == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    enum sbfota_log_result result = drain(log, sessions);
    if (result == SBFOTA_LOG_END)
        result = sbfota_log_sessions_finish(sessions);
    print_attempts(sessions);
    sbfota_log_sessions_free(sessions);
    return result;
}

/* Send a plan, and read by it. */
static enum sbfota_log_result read_by_plan(const char *path, FILE *file)
{
    static char head[1 << 16];
    static char saved[1 << 17];
    struct sbfota_log_plan *plan;
    struct sbfota_log_plan *sent;
    struct sbfota_log *log;
    const size_t length = fread(head, 1, sizeof head, file);
    enum sbfota_log_result result =
        sbfota_log_plan_make(&plan, head, length, length < sizeof head, NULL);
    if (result != SBFOTA_LOG_END)
        return result;
    const size_t size = sbfota_log_plan_save(plan, saved, sizeof saved);
    sbfota_log_plan_free(plan);
    if (size == 0)
        return SBFOTA_LOG_NO_MEMORY;
    if ((result = sbfota_log_plan_load(&sent, saved, size)) != SBFOTA_LOG_END)
        return result;
    const struct sbfota_log_options options = {.plan = sent, .begin = 1000};
    if ((result = sbfota_log_open(&log, &path, 1, &options)) == SBFOTA_LOG_END) {
        result = drain(log, NULL);
        sbfota_log_free(log);
    }
    sbfota_log_plan_free(sent);
    return result;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 1;
    const char *const path = argv[2];
    FILE *const file = fopen(path, "rb");
    struct sbfota_log *log = NULL;
    enum sbfota_log_result result;
    const struct sbfota_log_options options = {.threads = strcmp(argv[1], "threads") == 0 ? 3 : 1};
    if (file == NULL)
        return strcmp(path, "absent") == 0 ? 1 : 2;
    if (strcmp(argv[1], "plan") == 0)
        return status_of(read_by_plan(path, file));
    if (strcmp(argv[1], "feed") == 0)
        result = sbfota_log_new(&log, NULL);
    else
        result = sbfota_log_open(&log, &path, 1, &options);
    if (result == SBFOTA_LOG_END)
        result = strcmp(argv[1], "feed") == 0       ? feed(log, file)
                 : strcmp(argv[1], "sessions") == 0 ? follow(log)
                                                    : drain(log, NULL);
    sbfota_log_free(log);
    fclose(file);
    return status_of(result);
}
