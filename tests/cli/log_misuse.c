/* SPDX-License-Identifier: MIT
 *
 * log_misuse: what sbfota/log.h and sbfota/arrow.h promise, of odd arguments and calls out of order too; a row for each promise, and at
 * least one for each result that a call can give. Files are made in the folder at hand. What of memory and speed is promised is measured
 * elsewhere: log_memory.sh, bench/. */
#define _GNU_SOURCE /* for threads that the system has not */
#include <sbfota/log.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A request that no system grants is refused with a sanitizer as it is without one. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

#define START "+QIND: \"SBFOTA\",\"START\"\n"
#define LINE(time, modem) "2026-01-31T10:00:" time "Z " modem " < " START
static const char two_lines[] = LINE("00", "m-1") LINE("01", "m-2");
static const char poll_and_end[] =
    "2026-01-31T10:00:00Z m-1 < +QIND: \"SBFOTA\",\"HTTPSTART\"\n"
    "2026-01-31T10:00:01Z m-1 < +QIND: \"SBFOTA\",\"HTTPEND\",701\n"
    "2026-01-31T10:00:02Z m-1 < +QIND: \"SBFOTA\",\"polling_time\",1209600\n"
    "2026-01-31T10:00:03Z m-1 < +QIND: \"SBFOTA\",\"HTTPSTART\"\n";
static const char gzip_head[2048] = "\x1f\x8b\x08";

static void write_file(const char *name, const char *bytes, size_t length)
{
    FILE *const file = fopen(name, "wb");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        exit(2);
}

static struct sbfota_log *open_one(const char *name, const struct sbfota_log_options *options)
{
    struct sbfota_log *log;
    const char *const paths[] = {name};
    return sbfota_log_open(&log, paths, 1, options) == SBFOTA_LOG_END ? log : NULL;
}

/* A log that all bytes are fed to. */
static struct sbfota_log *feed(const char *bytes, size_t length,
                               const struct sbfota_log_options *options)
{
    struct sbfota_log *log;
    if (sbfota_log_new(&log, options) != SBFOTA_LOG_END)
        return NULL;
    if (sbfota_log_feed(log, bytes, length) != length)
        exit(2);
    sbfota_log_finish(log);
    return log;
}

/* What a log has told. */
struct told {
    size_t events;
    size_t messages;
    unsigned troubles; /* a bit each */
    enum sbfota_log_result last;
    char modem[16]; /* of the last event; empty if it has none */
    char file[16];  /* likewise */
};

/* All that is left of a log, which is freed. */
static struct told drain(struct sbfota_log *log)
{
    struct told told = {.last = SBFOTA_LOG_INVALID};
    struct sbfota_log_batch *batch;
    while (log != NULL && (told.last = sbfota_log_next(log, &batch)) > 0 &&
           told.last != SBFOTA_LOG_MORE) {
        if (told.last == SBFOTA_LOG_MESSAGE) {
            told.messages++;
            told.troubles |= 1U << sbfota_log_message(log)->trouble;
            continue;
        }
        const struct sbfota_log_event *const event = &batch->events[batch->count - 1];
        told.events += batch->count;
        snprintf(told.modem, sizeof told.modem, "%s", event->modem == NULL ? "" : event->modem);
        snprintf(told.file, sizeof told.file, "%s", event->file == NULL ? "" : event->file);
        sbfota_log_batch_free(batch);
    }
    sbfota_log_free(log);
    return told;
}

static struct told drain_bytes(const char *bytes, const struct sbfota_log_options *options)
{
    return drain(feed(bytes, strlen(bytes), options));
}

static bool has(struct told told, size_t events, enum sbfota_log_result last)
{
    return told.events == events && told.last == last;
}

static struct sbfota_log_batch *first_batch(struct sbfota_log *log)
{
    struct sbfota_log_batch *batch = NULL;
    while (log != NULL && sbfota_log_next(log, &batch) == SBFOTA_LOG_MESSAGE)
        ;
    return batch;
}

/* What a call to open a log gives, and whether it gives none. */
static bool is_refused(const struct sbfota_log_options *options, enum sbfota_log_result with)
{
    struct sbfota_log *opened = (struct sbfota_log *)(void *)&opened;
    struct sbfota_log *made = opened;
    const char *const paths[] = {"two.log"};
    return sbfota_log_open(&opened, paths, 1, options) == with && opened == NULL &&
           sbfota_log_new(&made, options) == with && made == NULL;
}

static struct sbfota_log_plan *plan_of(const char *bytes)
{
    struct sbfota_log_plan *plan;
    return sbfota_log_plan_make(&plan, bytes, strlen(bytes), true, NULL) == SBFOTA_LOG_END ? plan
                                                                                           : NULL;
}

/* Events of a part of two.log. */
static size_t count_part(uint64_t begin, uint64_t end)
{
    struct sbfota_log_plan *const plan = plan_of(two_lines);
    const struct sbfota_log_options options = {.plan = plan, .begin = begin, .end = end};
    const struct told told = drain(open_one("two.log", &options));
    sbfota_log_plan_free(plan);
    return told.last == SBFOTA_LOG_END ? told.events : SIZE_MAX;
}

static bool is_part_refused(struct sbfota_log_options options, enum sbfota_log_result with)
{
    struct sbfota_log_plan *const plan = plan_of(two_lines);
    options.plan = plan;
    const bool refused = is_refused(&options, with);
    sbfota_log_plan_free(plan);
    return refused;
}

#define PROMISE(name) static bool name(void)

/* Opening. */
PROMISE(no_files_are_none)
{
    struct sbfota_log *log;
    return sbfota_log_open(&log, NULL, 0, NULL) == SBFOTA_LOG_END &&
           has(drain(log), 0, SBFOTA_LOG_END);
}
PROMISE(names_must_be_there)
{
    struct sbfota_log *log;
    const char *const paths[] = {"two.log", NULL};
    return sbfota_log_open(&log, NULL, 1, NULL) == SBFOTA_LOG_INVALID && log == NULL &&
           sbfota_log_open(&log, paths, 2, NULL) == SBFOTA_LOG_INVALID && log == NULL;
}
PROMISE(a_count_that_is_none_is_refused)
{
    struct sbfota_log *log;
    const char *const paths[] = {"two.log"};
    return sbfota_log_open(&log, paths, SIZE_MAX, NULL) == SBFOTA_LOG_NO_MEMORY && log == NULL &&
           sbfota_log_open(&log, paths, SIZE_MAX / 8, NULL) == SBFOTA_LOG_NO_MEMORY && log == NULL;
}
PROMISE(a_form_must_have_a_name_that_is_known)
{
    return is_refused(&(struct sbfota_log_options){.form = ""}, SBFOTA_LOG_NO_FORM) &&
           is_refused(&(struct sbfota_log_options){.form = "Gateway"}, SBFOTA_LOG_NO_FORM) &&
           has(drain_bytes(two_lines, &(struct sbfota_log_options){.form = "gateway"}), 2,
               SBFOTA_LOG_END);
}
PROMISE(tokens_count_from_one)
{
    return is_refused(&(struct sbfota_log_options){.modem_token = -2}, SBFOTA_LOG_INVALID) &&
           drain_bytes(two_lines, &(struct sbfota_log_options){.modem_token = 2147483647}).last ==
               SBFOTA_LOG_END &&
           drain_bytes(two_lines, &(struct sbfota_log_options){.modem_token = SBFOTA_LOG_NO_TOKEN})
                   .modem[0] == '\0';
}
PROMISE(threads_are_1024_at_most)
{
    const struct sbfota_log_options most = {.threads = 1024};
    struct sbfota_log *const log = open_one("two.log", &most);
    const bool opened = log != NULL;
    sbfota_log_free(log);
    return opened &&
           is_refused(&(struct sbfota_log_options){.threads = 1025}, SBFOTA_LOG_INVALID) &&
           is_refused(&(struct sbfota_log_options){.threads = 4294967295U}, SBFOTA_LOG_INVALID) &&
           has(drain(open_one("two.log", &(struct sbfota_log_options){.threads = 3})), 2,
               SBFOTA_LOG_END);
}
PROMISE(without_a_thread_bytes_cannot_be_fed)
{
#ifdef __GLIBC__
    struct sbfota_log *log;
    pthread_attr_t before, huge;
    if (pthread_getattr_default_np(&before) != 0 || pthread_attr_init(&huge) != 0 ||
        pthread_attr_setstacksize(&huge, (size_t)1 << 46) != 0 ||
        pthread_setattr_default_np(&huge) != 0)
        return false;
    const bool refused = sbfota_log_new(&log, NULL) == SBFOTA_LOG_NO_THREAD && log == NULL;
    /* Files are read all the same. */
    const bool read = has(drain(open_one("two.log", &(struct sbfota_log_options){.threads = 3})), 2,
                          SBFOTA_LOG_END);
    pthread_setattr_default_np(&before);
    return refused && read;
#else
    return true;
#endif
}
PROMISE(strings_and_names_are_copied)
{
    char modem[] = "mine", name[] = "two.log", field[] = "x";
    const char *paths[] = {name};
    const struct sbfota_log_options options = {.modem = modem, .text_field = field};
    struct sbfota_log *log;
    write_file("bare.log", START, strlen(START));
    memcpy(name, "bare.lo", 8);
    rename("bare.log", "bare.lo");
    if (sbfota_log_open(&log, paths, 1, &options) != SBFOTA_LOG_END)
        return false;
    memset(modem, 'x', sizeof modem - 1);
    memset(name, 'x', sizeof name - 1);
    paths[0] = NULL;
    const struct told told = drain(log);
    return has(told, 1, SBFOTA_LOG_END) && strcmp(told.modem, "mine") == 0 &&
           strcmp(told.file, "bare.lo") == 0;
}
PROMISE(nothing_is_opened_before_the_first_next)
{
    remove("late.log");
    struct sbfota_log *const log = open_one("late.log", NULL);
    write_file("late.log", two_lines, sizeof two_lines - 1);
    return has(drain(log), 2, SBFOTA_LOG_END);
}
PROMISE(a_log_that_names_no_modem_is_its_files)
{
    const struct sbfota_log_options options = {.modem_from_file = true};
    mkdir("folder", 0777);
    write_file("folder/meter-7.log.1", START, strlen(START));
    return strcmp(drain(open_one("folder/meter-7.log.1", &options)).modem, "meter-7") == 0;
}
PROMISE(folders_are_read_if_that_is_asked_for)
{
    const struct sbfota_log_options options = {.recursive = true};
    const struct told without = drain(open_one("folder", NULL));
    return without.events == 0 && without.messages == 1 && without.last == SBFOTA_LOG_END &&
           has(drain(open_one("folder", &options)), 1, SBFOTA_LOG_END);
}
PROMISE(fields_have_the_names_that_are_told)
{
    static const char line[] = "{\"when\":\"2026-01-31T10:00:00Z\",\"who\":\"m-9\",\"what\":"
                               "\"+QIND: \\\"SBFOTA\\\",\\\"START\\\"\"}\n";
    const struct sbfota_log_options options = {
        .text_field = "what", .time_field = "when", .modem_field = "who"};
    return strcmp(drain_bytes(line, &options).modem, "m-9") == 0;
}
PROMISE(all_lines_are_events_if_that_is_asked_for)
{
    static const char lines[] = START "any words\n";
    return has(drain_bytes(lines, NULL), 1, SBFOTA_LOG_END) &&
           has(drain_bytes(lines, &(struct sbfota_log_options){.all = true}), 2, SBFOTA_LOG_END);
}
PROMISE(notes_come_if_they_are_asked_for)
{
    return drain_bytes(two_lines, NULL).messages == 0 &&
           drain_bytes(two_lines, &(struct sbfota_log_options){.notes = true}).troubles ==
               1U << SBFOTA_LOG_NOTE;
}
PROMISE(live_events_come_at_once)
{
    struct sbfota_log *log;
    if (sbfota_log_new(&log, &(struct sbfota_log_options){.live = true}) != SBFOTA_LOG_END)
        return false;
    const size_t taken = sbfota_log_feed(log, START, strlen(START));
    struct sbfota_log_batch *const batch = first_batch(log);
    const bool came = taken == strlen(START) && batch != NULL;
    sbfota_log_batch_free(batch);
    sbfota_log_free(log);
    return came;
}

/* Feeding. */
PROMISE(nothing_may_be_fed)
{
    struct sbfota_log *log;
    return sbfota_log_new(&log, NULL) == SBFOTA_LOG_END && sbfota_log_feed(log, NULL, 0) == 0 &&
           sbfota_log_feed(log, "x", 0) == 0 && has(drain(log), 0, SBFOTA_LOG_MORE);
}
PROMISE(what_is_fed_behind_the_end_is_taken_and_not_read)
{
    struct sbfota_log *const log = feed(two_lines, sizeof two_lines - 1, NULL);
    sbfota_log_finish(log);
    return sbfota_log_feed(log, two_lines, 7) == 7 && sbfota_log_feed(log, NULL, 0) == 0 &&
           has(drain(log), 2, SBFOTA_LOG_END);
}
PROMISE(what_is_fed_to_a_log_of_files_is_not_read)
{
    struct sbfota_log *const log = open_one("two.log", NULL);
    const size_t taken = sbfota_log_feed(log, two_lines, 7);
    sbfota_log_finish(log);
    return taken == 7 && has(drain(log), 2, SBFOTA_LOG_END);
}
PROMISE(pieces_do_not_matter)
{
    struct sbfota_log *log;
    if (sbfota_log_new(&log, NULL) != SBFOTA_LOG_END)
        return false;
    for (size_t i = 0; i + 1 < sizeof two_lines; i++)
        if (sbfota_log_feed(log, two_lines + i, 1) != 1)
            return false;
    sbfota_log_finish(log);
    return has(drain(log), 2, SBFOTA_LOG_END);
}
PROMISE(handles_are_independent)
{
    struct sbfota_log *const one = feed(two_lines, sizeof two_lines - 1, NULL);
    struct sbfota_log *const other =
        feed(START, strlen(START), &(struct sbfota_log_options){.modem = "other"});
    struct sbfota_log_batch *const batch = first_batch(one);
    const struct told told = drain(other);
    const bool apart =
        batch != NULL && batch->count == 2 && strcmp(told.modem, "other") == 0 && told.events == 1;
    sbfota_log_batch_free(batch);
    return apart && has(drain(one), 0, SBFOTA_LOG_END);
}

/* What comes next. */
PROMISE(the_end_is_the_end)
{
    struct sbfota_log *const log = open_one("two.log", NULL);
    struct sbfota_log_batch *batch;
    bool ended = true;
    while (sbfota_log_next(log, &batch) > 0)
        sbfota_log_batch_free(batch);
    for (int i = 0; i < 3; i++) {
        batch = (struct sbfota_log_batch *)(void *)&batch;
        ended = ended && sbfota_log_next(log, &batch) == SBFOTA_LOG_END && batch == NULL;
    }
    ended = ended && sbfota_log_lines(log) == 2 && sbfota_log_message(log) == NULL;
    sbfota_log_free(log);
    return ended;
}
PROMISE(there_is_no_batch_but_with_its_result)
{
    struct sbfota_log *const log = open_one("no such file", NULL);
    struct sbfota_log_batch *batch = (struct sbfota_log_batch *)(void *)&batch;
    const bool none = sbfota_log_next(log, &batch) == SBFOTA_LOG_MESSAGE && batch == NULL;
    return none && has(drain(log), 0, SBFOTA_LOG_END);
}
PROMISE(a_message_stays_up_to_the_next_call)
{
    const char *const paths[] = {"no such file", "two.log"};
    struct sbfota_log *log;
    struct sbfota_log_batch *batch = NULL;
    if (sbfota_log_open(&log, paths, 2, NULL) != SBFOTA_LOG_END ||
        sbfota_log_message(log) != NULL || sbfota_log_next(log, &batch) != SBFOTA_LOG_MESSAGE)
        return false;
    const struct sbfota_log_message *const message = sbfota_log_message(log);
    const bool told = message != NULL && message == sbfota_log_message(log) &&
                      message->trouble == SBFOTA_LOG_UNREADABLE &&
                      strcmp(message->file, "no such file") == 0 && message->text[0] != '\0';
    const bool gone = sbfota_log_next(log, &batch) == SBFOTA_LOG_BATCH && batch->count == 2 &&
                      sbfota_log_message(log) == NULL;
    sbfota_log_batch_free(batch);
    sbfota_log_free(log);
    return told && gone;
}
PROMISE(what_is_found_twice_is_left_out)
{
    const char *const paths[] = {"folder", "./folder"};
    const struct sbfota_log_options options = {.recursive = true};
    struct sbfota_log *log;
    if (sbfota_log_open(&log, paths, 2, &options) != SBFOTA_LOG_END)
        return false;
    const struct told told = drain(log);
    return told.events == 1 && told.troubles == 1U << SBFOTA_LOG_SKIPPED;
}
PROMISE(damage_is_told_and_bytes_have_no_name)
{
    struct sbfota_log *const log = feed(gzip_head, sizeof gzip_head, NULL);
    struct sbfota_log_batch *batch;
    const bool told = sbfota_log_next(log, &batch) == SBFOTA_LOG_MESSAGE &&
                      sbfota_log_message(log)->trouble == SBFOTA_LOG_DAMAGED &&
                      sbfota_log_message(log)->file == NULL;
    return told && has(drain(log), 0, SBFOTA_LOG_END);
}
PROMISE(bytes_have_the_name_that_is_told)
{
    return strcmp(drain_bytes(two_lines, &(struct sbfota_log_options){.name = "a.log"}).file,
                  "a.log") == 0;
}
PROMISE(reading_ends_when_it_is_stopped)
{
    struct sbfota_log *const log = open_one("two.log", NULL);
    sbfota_log_stop(log);
    sbfota_log_stop(log);
    const struct told told = drain(log);
    return told.last == SBFOTA_LOG_END && told.events <= 2;
}
PROMISE(a_log_may_be_freed_at_any_time)
{
    struct sbfota_log *log;
    sbfota_log_free(NULL);
    sbfota_log_free(open_one("two.log", NULL));
    return sbfota_log_new(&log, NULL) == SBFOTA_LOG_END &&
           sbfota_log_feed(log, two_lines, 20) == 20 && (sbfota_log_free(log), true);
}

/* Batches and names. */
PROMISE(a_batch_outlives_its_log)
{
    struct sbfota_log *const log = open_one("two.log", NULL);
    struct sbfota_log_batch *const batch = first_batch(log);
    sbfota_log_free(log);
    sbfota_log_batch_free(NULL);
    if (batch == NULL)
        return false;
    const struct sbfota_log_event *const event = &batch->events[1];
    const struct sbfota_log_columns *const columns = sbfota_log_batch_columns(batch);
    const bool same =
        strcmp(event->modem, "m-2") == 0 && strcmp(event->time, "2026-01-31T10:00:01Z") == 0 &&
        event->text[event->text_length] == '\0' && event->modem_length == 3 && columns != NULL &&
        columns == sbfota_log_batch_columns(batch) && columns->count == 2 &&
        columns->text_begin[0] == 0 && columns->text_begin[2] == 2 * strlen(START) - 2 &&
        columns->time_begin[2] == 40 && columns->modem_number[1] == 1;
    sbfota_log_batch_free(batch);
    return same;
}
PROMISE(an_overlong_line_has_no_text)
{
    char bytes[SBFOTA_LINE_MAX + 100];
    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes, START, strlen(START));
    bytes[sizeof bytes - 1] = '\n';
    struct sbfota_log *const log =
        feed(bytes, sizeof bytes, &(struct sbfota_log_options){.all = true, .form = "raw"});
    struct sbfota_log_batch *const batch = first_batch(log);
    bool none = batch != NULL && batch->count == 2;
    if (none) {
        const struct sbfota_log_event *const event = &batch->events[1];
        const struct sbfota_log_columns *const columns = sbfota_log_batch_columns(batch);
        none = event->message.kind == SBFOTA_OVERLONG && event->text == NULL &&
               event->text_length == 0 && event->file == NULL && event->modem == NULL &&
               event->time == NULL && event->time_ms == SBFOTA_NO_TIME &&
               event->modem_number == SBFOTA_LOG_NO_NUMBER &&
               event->file_number == SBFOTA_LOG_NO_NUMBER &&
               columns->text_begin[1] == columns->text_begin[2];
    }
    sbfota_log_batch_free(batch);
    sbfota_log_free(log);
    return none;
}
PROMISE(names_have_numbers)
{
    static const uint32_t none[] = {2, 3, 2147483648U, SBFOTA_LOG_NO_NUMBER};
    struct sbfota_log *const log = open_one("two.log", NULL);
    size_t length = 7;
    bool right = sbfota_log_modem_count(log) == 0 && sbfota_log_file_count(log) == 0 &&
                 sbfota_log_modem_name(log, 0, &length) == NULL && length == 0;
    sbfota_log_batch_free(first_batch(log));
    right = right && sbfota_log_modem_count(log) == 2 && sbfota_log_file_count(log) == 1 &&
            strcmp(sbfota_log_modem_name(log, 1, &length), "m-2") == 0 && length == 3 &&
            strcmp(sbfota_log_file_name(log, 0, &length), "two.log") == 0 && length == 7;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        right = right && sbfota_log_modem_name(log, none[i], &length) == NULL &&
                sbfota_log_file_name(log, none[i], &length) == NULL;
    sbfota_log_free(log);
    return right;
}

/* Visitors. */
static unsigned visits;
static void *visitor_new(void *context)
{
    return context;
}
static void visitor_free(void *worker)
{
    (void)worker;
}
static void visitor_take(void *worker, const struct sbfota_log_batch *batch)
{
    (void)worker;
    visits += (unsigned)batch->count;
}
static bool visitor_commit(void *context, void *worker)
{
    (void)context, (void)worker;
    return false;
}
PROMISE(a_visitor_may_stop_and_need_not_be_told)
{
    const char *const paths[] = {"no such file", "two.log", "late.log"};
    struct sbfota_log_visitor visitor = {&visits,      visitor_new,    visitor_free,
                                         visitor_take, visitor_commit, NULL};
    const struct sbfota_log_options sessions = {.sessions = true};
    visits = 0;
    const bool stopped = sbfota_log_run(paths, 3, NULL, &visitor) == SBFOTA_LOG_END && visits <= 2;
    visitor.context = NULL; /* no worker, then */
    return stopped && sbfota_log_run(paths, 3, NULL, &visitor) == SBFOTA_LOG_NO_MEMORY &&
           sbfota_log_run(paths, 3, &sessions, &visitor) == SBFOTA_LOG_INVALID &&
           sbfota_log_run(NULL, 3, NULL, &visitor) == SBFOTA_LOG_INVALID;
}

/* Plans and parts. */
PROMISE(a_plan_says_when_it_needs_more)
{
    struct sbfota_log_plan *plan = (struct sbfota_log_plan *)(void *)&plan;
    bool right =
        sbfota_log_plan_make(&plan, gzip_head, 100, false, NULL) == SBFOTA_LOG_MORE && plan == NULL;
    right = right &&
            sbfota_log_plan_make(&plan, gzip_head, sizeof gzip_head, false, NULL) == SBFOTA_LOG_END;
    right =
        right && strcmp(sbfota_log_plan_form(plan), "packed") == 0 && !sbfota_log_plan_splits(plan);
    const struct sbfota_log_options part = {.plan = plan, .begin = 1};
    right = right && is_refused(&part, SBFOTA_LOG_NO_SPLIT);
    sbfota_log_plan_free(plan);
    sbfota_log_plan_free(NULL);
    return right;
}
PROMISE(a_plan_of_nothing_is_one)
{
    struct sbfota_log_plan *plan;
    const bool made = sbfota_log_plan_make(&plan, NULL, 0, true, NULL) == SBFOTA_LOG_END &&
                      plan != NULL && sbfota_log_plan_form(plan) != NULL;
    sbfota_log_plan_free(plan);
    return made &&
           sbfota_log_plan_make(&plan, two_lines, sizeof two_lines - 1, true,
                                &(struct sbfota_log_options){.form = "none such"}) ==
               SBFOTA_LOG_NO_FORM &&
           plan == NULL;
}
PROMISE(a_plan_is_written_only_where_there_is_room)
{
    static unsigned char saved[1 << 16];
    struct sbfota_log_plan *const plan = plan_of(two_lines);
    struct sbfota_log_plan *loaded = NULL;
    const size_t size = sbfota_log_plan_save(plan, NULL, 0);
    bool right = size > 0 && size < sizeof saved &&
                 sbfota_log_plan_save(plan, saved, size - 1) == size && saved[0] == 0 &&
                 sbfota_log_plan_save(plan, saved, size) == size;
    sbfota_log_plan_free(plan);
    right = right && sbfota_log_plan_load(&loaded, NULL, 0) == SBFOTA_LOG_NO_PLAN &&
            sbfota_log_plan_load(&loaded, saved, size - 1) == SBFOTA_LOG_NO_PLAN &&
            sbfota_log_plan_load(&loaded, saved, size + 1) == SBFOTA_LOG_NO_PLAN &&
            loaded == NULL && sbfota_log_plan_load(&loaded, saved, size) == SBFOTA_LOG_END;
    right = right && sbfota_log_plan_splits(loaded);
    sbfota_log_plan_free(loaded);
    return right;
}
PROMISE(a_part_has_the_lines_that_begin_in_it)
{
    const uint64_t second = (sizeof two_lines - 1) / 2;
    return count_part(0, 0) == 2 && count_part(0, 1) == 1 && count_part(0, second) == 1 &&
           count_part(0, second + 1) == 2 && count_part(1, 0) == 1 && count_part(second, 0) == 1 &&
           count_part(second + 1, 0) == 0 && count_part(0, UINT64_MAX) == 2;
}
PROMISE(a_part_behind_the_end_is_empty)
{
    return count_part(sizeof two_lines - 1, 0) == 0 && count_part(1000, 0) == 0 &&
           count_part(UINT64_MAX, 0) == 0 && count_part(UINT64_MAX - 1, UINT64_MAX) == 0 &&
           count_part(7, 7) == 0 && count_part((uint64_t)1 << 63, UINT64_MAX) == 0;
}
PROMISE(a_part_is_asked_for_with_a_plan_and_nothing_else)
{
    return is_refused(&(struct sbfota_log_options){.begin = 1}, SBFOTA_LOG_NO_SPLIT) &&
           is_refused(&(struct sbfota_log_options){.end = 1}, SBFOTA_LOG_NO_SPLIT) &&
           is_part_refused((struct sbfota_log_options){.begin = 7, .end = 6}, SBFOTA_LOG_INVALID) &&
           is_part_refused((struct sbfota_log_options){.end = 6, .all = true},
                           SBFOTA_LOG_INVALID) &&
           is_part_refused((struct sbfota_log_options){.end = 6, .sessions = true},
                           SBFOTA_LOG_INVALID) &&
           is_part_refused((struct sbfota_log_options){.end = 6, .recursive = true},
                           SBFOTA_LOG_INVALID);
}

/* Sessions and modems. */
static size_t take_attempts(struct sbfota_log_sessions *sessions)
{
    struct sbfota_log_attempts *const attempts = sbfota_log_sessions_take(sessions);
    const size_t count = attempts == NULL ? 0 : attempts->count;
    sbfota_log_attempts_free(attempts);
    return count;
}
PROMISE(sessions_give_each_attempt_once)
{
    struct sbfota_log *const log = feed(poll_and_end, sizeof poll_and_end - 1, NULL);
    struct sbfota_log_batch *const batch = first_batch(log);
    struct sbfota_log_sessions *const sessions = sbfota_log_sessions_new();
    bool right = sbfota_log_sessions_count(sessions) == 0 && take_attempts(sessions) == 0 &&
                 sbfota_log_sessions_feed(sessions, NULL, 0) == SBFOTA_LOG_END && batch != NULL &&
                 sbfota_log_sessions_feed(sessions, batch->events, batch->count) == SBFOTA_LOG_END;
    right = right && sbfota_log_sessions_count(sessions) == 1 && take_attempts(sessions) == 1 &&
            sbfota_log_sessions_finish(sessions) == SBFOTA_LOG_END && take_attempts(sessions) == 1;
    right = right && sbfota_log_sessions_finish(sessions) == SBFOTA_LOG_END &&
            sbfota_log_sessions_count(sessions) == 0 && take_attempts(sessions) == 0;
    sbfota_log_sessions_free(sessions);
    sbfota_log_sessions_free(NULL);
    sbfota_log_batch_free(batch);
    sbfota_log_free(log);
    return right;
}
PROMISE(modems_are_finished_once)
{
    struct sbfota_log *const log = feed(poll_and_end, sizeof poll_and_end - 1, NULL);
    struct sbfota_log_batch *const batch = first_batch(log);
    struct sbfota_log_modems *const modems = sbfota_log_modems_new(SBFOTA_NO_TIME);
    struct sbfota_log_modem modem = {.attempts = 0};
    bool right = sbfota_log_modems_count(modems) == 0 && !sbfota_log_modems_get(modems, 0, &modem);
    right = right && sbfota_log_modems_feed(modems, NULL, 0) == SBFOTA_LOG_END && batch != NULL &&
            sbfota_log_modems_feed(modems, batch->events, batch->count) == SBFOTA_LOG_END;
    for (int i = 0; i < 2; i++)
        right = right && sbfota_log_modems_finish(modems) == SBFOTA_LOG_END &&
                sbfota_log_modems_get(modems, 0, &modem) && modem.attempts == 2 &&
                modem.clock == SBFOTA_LOG_CLOCK_UTC && strcmp(modem.modem, "m-1") == 0;
    right = right && sbfota_log_modems_count(modems) == 1 &&
            !sbfota_log_modems_get(modems, 1, &modem) &&
            !sbfota_log_modems_get(modems, SIZE_MAX, &modem);
    sbfota_log_modems_free(modems);
    sbfota_log_modems_free(NULL);
    sbfota_log_batch_free(batch);
    sbfota_log_free(log);
    return right;
}
PROMISE(a_modem_tells_the_clock_of_its_last_time)
{
    static const struct {
        const char *line;
        unsigned clock;
    } cases[] = {
        {"2026-01-31T10:00:00 m-1 < " START, SBFOTA_LOG_CLOCK_LOCAL},
        {"Jan 31 10:00:00 gw modemd: " START, SBFOTA_LOG_CLOCK_YEAR},
        {"10:00:00.123 < " START, SBFOTA_LOG_CLOCK_DAY},
        {START, SBFOTA_LOG_CLOCK_NONE},
    };
    bool right = true;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sbfota_log *const log = feed(cases[i].line, strlen(cases[i].line), NULL);
        struct sbfota_log_batch *const batch = first_batch(log);
        struct sbfota_log_modems *const modems = sbfota_log_modems_new(SBFOTA_NO_TIME);
        struct sbfota_log_modem modem = {.clock = SBFOTA_LOG_CLOCK_COUNT};
        right = right && batch != NULL &&
                sbfota_log_modems_feed(modems, batch->events, 1) == SBFOTA_LOG_END &&
                sbfota_log_modems_get(modems, 0, &modem) && modem.clock == cases[i].clock &&
                batch->events[0].clock == cases[i].clock;
        sbfota_log_modems_free(modems);
        sbfota_log_batch_free(batch);
        sbfota_log_free(log);
    }
    return right;
}
PROMISE(attempts_come_with_sessions_alone)
{
    const struct sbfota_log_options options = {.sessions = true, .threads = 2};
    struct sbfota_log *log = open_one("two.log", NULL);
    struct sbfota_log_batch *batch = (struct sbfota_log_batch *)(void *)&batch;
    struct sbfota_log_attempts *attempts = (struct sbfota_log_attempts *)(void *)&attempts;
    bool right = sbfota_log_next_attempts(log, &attempts) == SBFOTA_LOG_INVALID && attempts == NULL;
    right = right && has(drain(log), 2, SBFOTA_LOG_END);
    log = open_one("two.log", &options);
    right = right && sbfota_log_next(log, &batch) == SBFOTA_LOG_INVALID && batch == NULL &&
            sbfota_log_next_attempts(log, &attempts) == SBFOTA_LOG_BATCH && attempts->count == 2;
    sbfota_log_attempts_free(attempts);
    sbfota_log_attempts_free(NULL);
    right = right && sbfota_log_next_attempts(log, &attempts) == SBFOTA_LOG_END && attempts == NULL;
    sbfota_log_free(log);
    return right;
}
/* Events that no log gives, as a table that is wrong may have them. */
static struct sbfota_log_event foreign[4];
PROMISE(events_of_others_may_be_anything)
{
    struct sbfota_log_sessions *const sessions = sbfota_log_sessions_new();
    struct sbfota_log_modems *const modems = sbfota_log_modems_new(0);
    struct sbfota_log_modem modem;
    for (size_t i = 0; i < 4; i++) {
        memset(&foreign[i], i == 0 ? 0 : 0xff, sizeof foreign[i]);
        foreign[i].text = foreign[i].time = foreign[i].modem = NULL;
        foreign[i].file = foreign[i].log = NULL;
        foreign[i].text_length = foreign[i].time_length = 0;
        foreign[i].modem_length = 0;
        if (i == 2)
            foreign[i].message.kind = SBFOTA_END;
        if (i == 3)
            foreign[i].message.kind = SBFOTA_MALFORMED;
    }
    bool right = sbfota_log_sessions_feed(sessions, foreign, 4) == SBFOTA_LOG_END &&
                 sbfota_log_sessions_finish(sessions) == SBFOTA_LOG_END &&
                 sbfota_log_modems_feed(modems, foreign, 4) == SBFOTA_LOG_END &&
                 sbfota_log_modems_finish(modems) == SBFOTA_LOG_END;
    right = right && sbfota_log_modems_get(modems, 0, &modem) && modem.modem == NULL &&
            modem.file == NULL && modem.clock == SBFOTA_LOG_CLOCK_NONE;
    sbfota_log_sessions_free(sessions);
    sbfota_log_modems_free(modems);
    return right;
}

/* Tables. */
static void not_to_be_called(struct ArrowSchema *schema)
{
    (void)schema;
    abort();
}
static bool is_column_refused(const char *columns)
{
    struct ArrowSchema schema = {.release = not_to_be_called};
    struct ArrowArray array = {.n_children = 1};
    struct ArrowArrayStream stream = {.private_data = &schema};
    const struct sbfota_log_table table = {.columns = columns};
    const struct sbfota_log_batch batch = {0, NULL};
    const char *const paths[] = {"two.log"};
    return sbfota_log_schema(&table, &schema) == SBFOTA_LOG_NO_COLUMN && schema.release == NULL &&
           sbfota_log_batch_array(&batch, &table, &array) == SBFOTA_LOG_NO_COLUMN &&
           array.release == NULL &&
           sbfota_log_stream(paths, 1, NULL, &table, &stream) == SBFOTA_LOG_NO_COLUMN &&
           stream.release == NULL;
}
static int64_t count_columns(const char *columns)
{
    struct ArrowSchema schema;
    const struct sbfota_log_table table = {.columns = columns, .plain = true};
    if (sbfota_log_schema(&table, &schema) != SBFOTA_LOG_END)
        return -1;
    const int64_t count = schema.n_children;
    schema.release(&schema);
    return schema.release == NULL ? count : -2;
}
PROMISE(columns_are_those_that_are_named)
{
    return count_columns("event") == 1 && count_columns("line,event") == 2 &&
           count_columns("event,event") == 1 && count_columns(NULL) > 20 && is_column_refused("") &&
           is_column_refused(",") && is_column_refused("event,") && is_column_refused("Event") &&
           is_column_refused("event, line") && is_column_refused("none such");
}
PROMISE(rows_are_those_of_the_batch)
{
    struct ArrowArray array;
    const struct sbfota_log_batch none = {0, NULL};
    bool right = sbfota_log_batch_array(&none, NULL, &array) == SBFOTA_LOG_END &&
                 array.length == 0 && (array.release(&array), array.release == NULL);
    struct sbfota_log *const log = open_one("two.log", NULL);
    struct sbfota_log_batch *const batch = first_batch(log);
    sbfota_log_free(log);
    right = right && batch != NULL && sbfota_log_batch_array(batch, NULL, &array) == SBFOTA_LOG_END;
    sbfota_log_batch_free(batch);
    return right && array.length == 2 && (array.release(&array), array.release == NULL);
}
PROMISE(modems_are_rows_as_many_as_there_are)
{
    static const struct {
        size_t begin, count;
        int64_t rows;
    } cases[] = {{0, 1, 1},        {0, SIZE_MAX, 1}, {1, SIZE_MAX, 0}, {SIZE_MAX, SIZE_MAX, 0},
                 {SIZE_MAX, 1, 0}, {0, 0, 0}};
    struct sbfota_log_modems *const modems = sbfota_log_modems_new(0);
    struct ArrowArray array;
    bool right = sbfota_log_modems_feed(modems, foreign, 1) == SBFOTA_LOG_END &&
                 sbfota_log_modems_finish(modems) == SBFOTA_LOG_END;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        right = right &&
                sbfota_log_modems_array(modems, cases[i].begin, cases[i].count, NULL, &array) ==
                    SBFOTA_LOG_END &&
                array.length == cases[i].rows && (array.release(&array), true);
    sbfota_log_modems_free(modems);
    return right;
}

/* Streams. */
static bool read_stream(struct ArrowArrayStream *stream, int64_t rows, int error)
{
    struct ArrowSchema schema;
    struct ArrowArray array;
    int status = stream->get_schema(stream, &schema);
    if (status != 0)
        return false;
    schema.release(&schema);
    while ((status = stream->get_next(stream, &array)) == 0 && array.release != NULL) {
        rows -= array.length;
        array.release(&array);
    }
    const char *const why = stream->get_last_error(stream);
    bool right = rows == 0 && status == error && (error != 0) == (why != NULL);
    /* Behind the end, and behind an error, is the end. */
    for (int i = 0; i < 2; i++)
        right = right && stream->get_next(stream, &array) == 0 && array.release == NULL &&
                stream->get_last_error(stream) == NULL;
    stream->release(stream);
    return right && stream->release == NULL;
}
static void count_told(void *context, const struct sbfota_log_message *message)
{
    *(unsigned *)context += message->trouble == SBFOTA_LOG_UNREADABLE;
}
PROMISE(a_stream_ends_in_an_error_of_which_nobody_was_told)
{
    const char *const paths[] = {"no such file", "two.log"};
    unsigned told = 0;
    const struct sbfota_log_table table = {.tell = count_told, .context = &told};
    struct ArrowArrayStream stream;
    return sbfota_log_stream(paths, 2, NULL, NULL, &stream) == SBFOTA_LOG_END &&
           read_stream(&stream, 2, EIO) &&
           sbfota_log_stream(paths, 2, NULL, &table, &stream) == SBFOTA_LOG_END &&
           read_stream(&stream, 2, 0) && told == 1 &&
           sbfota_log_attempts_stream(paths + 1, 1, NULL, NULL, &stream) == SBFOTA_LOG_END &&
           read_stream(&stream, 2, 0) &&
           sbfota_log_modems_stream(paths + 1, 1, NULL, 0, NULL, &stream) == SBFOTA_LOG_END &&
           read_stream(&stream, 2, 0);
}
PROMISE(a_stream_may_be_released_unread)
{
    const char *const paths[] = {"two.log"};
    struct ArrowArrayStream stream;
    return sbfota_log_stream(paths, 1, NULL, NULL, &stream) == SBFOTA_LOG_END &&
           stream.get_last_error(&stream) == NULL && (stream.release(&stream), true) &&
           stream.release == NULL;
}
PROMISE(a_stream_refuses_what_opening_refuses)
{
    const char *const paths[] = {"two.log"};
    const struct sbfota_log_options part = {.begin = 7};
    struct ArrowArrayStream stream = {.private_data = &stream};
    return sbfota_log_stream(NULL, 1, NULL, NULL, &stream) == SBFOTA_LOG_INVALID &&
           stream.release == NULL &&
           sbfota_log_stream(paths, 1, &part, NULL, &stream) == SBFOTA_LOG_NO_SPLIT &&
           sbfota_log_attempts_stream(paths, 1, &part, NULL, &stream) == SBFOTA_LOG_INVALID &&
           sbfota_log_modems_stream(paths, 1, &(struct sbfota_log_options){.form = "?"}, 0, NULL,
                                    &stream) == SBFOTA_LOG_NO_FORM &&
           stream.release == NULL;
}

static const struct {
    const char *name;
    bool (*holds)(void);
} rows[] = {
#define ROW(name)   \
    {               \
#name, name \
    }
    ROW(no_files_are_none),
    ROW(names_must_be_there),
    ROW(a_count_that_is_none_is_refused),
    ROW(a_form_must_have_a_name_that_is_known),
    ROW(tokens_count_from_one),
    ROW(threads_are_1024_at_most),
    ROW(without_a_thread_bytes_cannot_be_fed),
    ROW(strings_and_names_are_copied),
    ROW(nothing_is_opened_before_the_first_next),
    ROW(a_log_that_names_no_modem_is_its_files),
    ROW(folders_are_read_if_that_is_asked_for),
    ROW(fields_have_the_names_that_are_told),
    ROW(all_lines_are_events_if_that_is_asked_for),
    ROW(notes_come_if_they_are_asked_for),
    ROW(live_events_come_at_once),
    ROW(nothing_may_be_fed),
    ROW(what_is_fed_behind_the_end_is_taken_and_not_read),
    ROW(what_is_fed_to_a_log_of_files_is_not_read),
    ROW(pieces_do_not_matter),
    ROW(handles_are_independent),
    ROW(the_end_is_the_end),
    ROW(there_is_no_batch_but_with_its_result),
    ROW(a_message_stays_up_to_the_next_call),
    ROW(what_is_found_twice_is_left_out),
    ROW(damage_is_told_and_bytes_have_no_name),
    ROW(bytes_have_the_name_that_is_told),
    ROW(reading_ends_when_it_is_stopped),
    ROW(a_log_may_be_freed_at_any_time),
    ROW(a_batch_outlives_its_log),
    ROW(an_overlong_line_has_no_text),
    ROW(names_have_numbers),
    ROW(a_visitor_may_stop_and_need_not_be_told),
    ROW(a_plan_says_when_it_needs_more),
    ROW(a_plan_of_nothing_is_one),
    ROW(a_plan_is_written_only_where_there_is_room),
    ROW(a_part_has_the_lines_that_begin_in_it),
    ROW(a_part_behind_the_end_is_empty),
    ROW(a_part_is_asked_for_with_a_plan_and_nothing_else),
    ROW(sessions_give_each_attempt_once),
    ROW(modems_are_finished_once),
    ROW(a_modem_tells_the_clock_of_its_last_time),
    ROW(attempts_come_with_sessions_alone),
    ROW(events_of_others_may_be_anything),
    ROW(columns_are_those_that_are_named),
    ROW(rows_are_those_of_the_batch),
    ROW(modems_are_rows_as_many_as_there_are),
    ROW(a_stream_ends_in_an_error_of_which_nobody_was_told),
    ROW(a_stream_may_be_released_unread),
    ROW(a_stream_refuses_what_opening_refuses),
};

int main(void)
{
    static const char *const files[] = {"two.log", "late.log", "bare.lo", "folder/meter-7.log.1",
                                        "folder"};
    char folder[] = "/tmp/log_misuse.XXXXXX";
    unsigned failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return 2;
    write_file("two.log", two_lines, sizeof two_lines - 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!rows[i].holds()) {
            printf("not kept: %s\n", rows[i].name);
            failed++;
        }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        remove(files[i]);
    if (chdir("/") != 0 || rmdir(folder) != 0)
        return 2;
    printf("%zu promises, %u not kept\n", sizeof rows / sizeof rows[0], failed);
    return failed > 0;
}
