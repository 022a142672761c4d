/* SPDX-License-Identifier: MIT
 *
 * The log library from outside: sbfota/log.h. Bytes in any pieces give what the file gives. */
#include "log_support.h"

static void read_file(const char *path, const struct sbfota_log_options *options,
                      struct told_text *told)
{
    struct sbfota_log *log;
    const char *const paths[] = {path};
    told_begin(told);
    cr_assert_eq(sbfota_log_open(&log, paths, 1, options), SBFOTA_LOG_END);
    cr_assert_eq(drain(log, told), SBFOTA_LOG_END);
    cr_assert_eq(drain(log, told), SBFOTA_LOG_END);
    sbfota_log_free(log);
    fclose(told->stream);
}

static void feed_bytes(const char *bytes, size_t length, size_t piece,
                       const struct sbfota_log_options *options, struct told_text *told)
{
    struct sbfota_log *log;
    told_begin(told);
    cr_assert_eq(sbfota_log_new(&log, options), SBFOTA_LOG_END);
    for (size_t fed = 0; fed < length;) {
        const size_t count = length - fed < piece ? length - fed : piece;
        fed += sbfota_log_feed(log, bytes + fed, count);
        cr_assert_eq(drain(log, told), SBFOTA_LOG_MORE);
    }
    sbfota_log_finish(log);
    cr_assert_eq(drain(log, told), SBFOTA_LOG_END);
    sbfota_log_free(log);
    fclose(told->stream);
}

static void check_pieces(const char *path)
{
    static const size_t pieces[] = {1, 7, 4096, SIZE_MAX};
    struct told_text file;
    size_t length;
    char *const bytes = load(path, &length);
    for (int all = 0; all < 2; all++) {
        const struct sbfota_log_options options = {.all = all == 1, .name = path};
        read_file(path, &options, &file);
        cr_assert(all == 0 || length == 0 || file.count > 0);
        for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
            struct told_text fed;
            feed_bytes(bytes, length, pieces[i], &options, &fed);
            assert_same(&fed, &file, path);
            free(fed.bytes);
        }
        free(file.bytes);
    }
    free(bytes);
}

Test(log_api, bytes_in_any_pieces_give_what_the_file_gives)
{
    for_each_file(FORMS, check_pieces);
}

static void check_threads(const char *path)
{
    struct told_text one;
    struct told_text many;
    read_file(path, NULL, &one);
    read_file(path, &(struct sbfota_log_options){.threads = 3}, &many);
    assert_same(&many, &one, path);
    free(one.bytes);
    free(many.bytes);
}

Test(log_api, threads_give_the_same)
{
    for_each_file(FORMS, check_threads);
}

/* A log of so many modems' lines. */
static char *make_log(size_t lines, size_t *length)
{
    char *bytes;
    FILE *const stream = open_memstream(&bytes, length);
    for (size_t i = 0; i < lines; i++)
        fprintf(stream,
                "2026-01-31T%02zu:%02zu:%02zu.%03zuZ modem-%zu < +QIND: "
                "\"SBFOTA\",\"DOWNLOADING\",%zu\n",
                i / 3600000 % 24, i / 60000 % 60, i / 1000 % 60, i % 1000, i % 100, i % 101);
    fclose(stream);
    return bytes;
}

/* One thread that feeds all it has before it takes anything. */
Test(log_api, feed_takes_less_rather_than_wait_for_its_caller)
{
    size_t length;
    char *const bytes = make_log(200000, &length);
    struct sbfota_log *log;
    size_t fed = 0;
    cr_assert_eq(sbfota_log_new(&log, NULL), SBFOTA_LOG_END);
    while (fed < length) {
        const size_t count = sbfota_log_feed(log, bytes + fed, length - fed);
        fed += count;
        if (count == 0)
            break;
    }
    cr_assert_lt(fed, length);
    sbfota_log_free(log);
    free(bytes);
}

Test(log_api, many_batches_are_the_whole_log)
{
    size_t length;
    char *const bytes = make_log(100000, &length);
    struct told_text fed;
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        feed_bytes(bytes, length, 100000, &(struct sbfota_log_options){.threads = threads}, &fed);
        cr_assert_eq(fed.count, 100000);
        free(fed.bytes);
    }
    free(bytes);
}

Test(log_api, names_have_one_number_each)
{
    size_t length;
    char *const bytes = make_log(1000, &length);
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    size_t name_length;
    cr_assert_eq(sbfota_log_new(&log, &(struct sbfota_log_options){.name = "a.log"}), 0);
    cr_assert_eq(sbfota_log_feed(log, bytes, length), length);
    sbfota_log_finish(log);
    cr_assert_eq(sbfota_log_next(log, &batch), SBFOTA_LOG_BATCH);
    cr_assert_eq(batch->count, 1000);
    for (size_t i = 0; i < batch->count; i++) {
        cr_assert_eq(batch->events[i].modem_number, i % 100);
        cr_assert_eq(batch->events[i].file_number, 0);
        cr_assert_eq(batch->events[i].log_number, 0);
    }
    cr_assert_eq(sbfota_log_modem_count(log), 100);
    cr_assert_eq(sbfota_log_file_count(log), 1);
    cr_assert_str_eq(sbfota_log_modem_name(log, 99, &name_length), "modem-99");
    cr_assert_eq(name_length, 8);
    cr_assert_str_eq(sbfota_log_file_name(log, 0, &name_length), "a.log");
    cr_assert_null(sbfota_log_modem_name(log, 100, &name_length));
    sbfota_log_free(log);
    /* The batch outlives the log. */
    cr_assert_str_eq(batch->events[999].modem, "modem-99");
    cr_assert_str_eq(batch->events[999].file, "a.log");
    sbfota_log_batch_free(batch);
    free(bytes);
}

/* Events that differ from one another in each of their members: a malformed message, other spellings, numbers and directions, a
 * command's answer, one without a time, one that is unended. */
static const char varied_log[] = "2026-11-01T00:00:01Z m1 < +QIND: \"SBFOTA\",\"START\"\n"
                                 "2026-11-01T00:00:02Z m2 < +QIND: \"SBFOTA\", \"END\", 504\n"
                                 "2026-11-01T00:00:03Z m1 > AT+QCFGEXT=\"sbfota_delay\",30\n"
                                 "2026-11-01T00:00:04Z m1 < OK\n"
                                 "2026-11-01T00:00:05Z m1 < +QCFGEXT: \"sbfota_accept\",(0-1)\n"
                                 "2026-11-01T00:00:06Z m2 < +QIND: \"SBFOTA\",\"UPDATING\"\n"
                                 "m2 < +QIND: \"SBFOTA\",\"UPDATING\",7%\n"
                                 "2026-11-01T00:00:07Z m3 < +QIND: \"SBFOTA\",\"RESTORE\",9%";

Test(log_api, columns_are_the_events)
{
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    const struct sbfota_log_options options = {.name = "a.log", .form = "gateway"};
    cr_assert_eq(sbfota_log_new(&log, &options), 0);
    sbfota_log_feed(log, varied_log, sizeof varied_log - 1);
    sbfota_log_finish(log);
    cr_assert_eq(sbfota_log_next(log, &batch), SBFOTA_LOG_BATCH);
    const struct sbfota_log_columns *const columns = sbfota_log_batch_columns(batch);
    cr_assert_eq(columns, sbfota_log_batch_columns(batch));
    cr_assert_eq(columns->count, batch->count);
    unsigned varies = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const struct sbfota_log_event *const event = &batch->events[i];
        const struct sbfota_event *const message = &event->message;
        unsigned column = 0;
#define SAME(name, member)                                                      \
    do {                                                                        \
        cr_assert_eq(columns->name[i], member, "%s of %zu", #name, i);          \
        varies |= (unsigned)(columns->name[i] != columns->name[0]) << column++; \
    } while (0)
        SAME(kind, message->kind);
        SAME(detail, message->detail);
        SAME(flags, message->flags);
        SAME(spelling, message->spelling);
        SAME(value, message->value);
        SAME(extent, message->extent);
        SAME(offset, message->offset);
        SAME(length, message->length);
        SAME(direction, event->direction);
        SAME(answers, event->answers);
        SAME(clock, event->clock);
        SAME(time_ms, event->time_ms);
        SAME(line, event->line);
        SAME(modem_number, event->modem_number);
#undef SAME
        cr_assert_eq(columns->file_number[i], event->file_number);
        cr_assert_eq(columns->log_number[i], event->log_number);
        const uint32_t begin = columns->text_begin[i];
        cr_assert_eq(columns->text_begin[i + 1] - begin, event->text_length);
        cr_assert_eq(memcmp(columns->text_bytes + begin, event->text, event->text_length), 0);
        const uint32_t time = columns->time_begin[i];
        cr_assert_eq(columns->time_begin[i + 1] - time, event->time_length);
        cr_assert(event->time == NULL ||
                  memcmp(columns->time_bytes + time, event->time, event->time_length) == 0);
    }
    cr_assert_eq(varies, (1U << 14) - 1, "a column says the same of all events: %#x", varies);
    sbfota_log_batch_free(batch);
    sbfota_log_free(log);
}

Test(log_api, a_log_may_be_freed_at_any_time)
{
    size_t length;
    char *const bytes = make_log(50000, &length);
    for (unsigned takes = 0; takes < 4; takes++)
        for (unsigned threads = 1; threads <= 3; threads += 2) {
            struct sbfota_log *log;
            struct sbfota_log_batch *batch;
            const struct sbfota_log_options options = {.threads = threads};
            cr_assert_eq(sbfota_log_new(&log, &options), 0);
            sbfota_log_feed(log, bytes, length);
            for (unsigned i = 0; i < takes; i++) {
                sbfota_log_next(log, &batch);
                sbfota_log_batch_free(batch);
            }
            sbfota_log_free(log);
        }
    sbfota_log_free(NULL);
    sbfota_log_batch_free(NULL);
    free(bytes);
}

Test(log_api, a_file_that_is_missing_is_a_message_and_the_rest_goes_on)
{
    const char *const paths[] = {"/nowhere/a.log", FORMS "/gateway.log"};
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    cr_assert_eq(sbfota_log_open(&log, paths, 2, NULL), SBFOTA_LOG_END);
    cr_assert_eq(sbfota_log_next(log, &batch), SBFOTA_LOG_MESSAGE);
    cr_assert_null(batch);
    cr_assert_str_eq(sbfota_log_message(log)->file, "/nowhere/a.log");
    cr_assert_eq(sbfota_log_message(log)->trouble, SBFOTA_LOG_UNREADABLE);
    cr_assert_eq(sbfota_log_next(log, &batch), SBFOTA_LOG_BATCH);
    cr_assert_null(sbfota_log_message(log));
    cr_assert_str_eq(batch->events[0].file, paths[1]);
    sbfota_log_batch_free(batch);
    sbfota_log_free(log);
}

Test(log_api, what_cannot_be_an_option_is_refused)
{
    struct sbfota_log *log;
    cr_assert_eq(sbfota_log_new(&log, &(struct sbfota_log_options){.form = "none such"}),
                 SBFOTA_LOG_NO_FORM);
    cr_assert_null(log);
    cr_assert_eq(sbfota_log_new(&log, &(struct sbfota_log_options){.modem_token = -2}),
                 SBFOTA_LOG_INVALID);
    cr_assert_eq(sbfota_log_open(&log, NULL, 1, NULL), SBFOTA_LOG_INVALID);
    cr_assert_null(log);
}

/* Takes all of a log: the trouble of its one message, and whether it stands behind the events. */
static void expect_message(struct sbfota_log *log, enum sbfota_log_trouble trouble, uint64_t byte,
                           size_t least_events)
{
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    size_t events = 0;
    size_t messages = 0;
    sbfota_log_finish(log);
    while ((result = sbfota_log_next(log, &batch)) > 0)
        if (result == SBFOTA_LOG_BATCH) {
            cr_assert_eq(messages, 0);
            events += batch->count;
            sbfota_log_batch_free(batch);
        } else if (result == SBFOTA_LOG_MESSAGE) {
            const struct sbfota_log_message *const message = sbfota_log_message(log);
            messages++;
            cr_assert_eq(message->trouble, trouble, "%s", message->text);
            cr_assert_eq(message->byte, byte, "%" PRIu64, message->byte);
            cr_assert_str_eq(message->file, "a.log");
        }
    cr_assert_eq(messages, 1);
    cr_assert_geq(events, least_events);
    sbfota_log_free(log);
}

Test(log_api, damage_is_told_with_its_place_behind_what_is_sound)
{
    /* gzip without compression, of which the end is missing */
    static const char line[] = "modem-0 < +QIND: \"SBFOTA\",\"START\"\n";
    const size_t length = sizeof line - 1;
    char gzip[15 + sizeof line] = "\x1f\x8b\x08\0\0\0\0\0\0\x03\x01";
    struct sbfota_log *log;
    gzip[11] = (char)length;
    gzip[13] = (char)~length;
    gzip[12] = 0;
    gzip[14] = '\xff';
    memcpy(gzip + 15, line, length);
    cr_assert_eq(sbfota_log_new(&log, &(struct sbfota_log_options){.name = "a.log"}), 0);
    cr_assert_eq(sbfota_log_feed(log, gzip, 15 + length), 15 + length);
    expect_message(log, SBFOTA_LOG_DAMAGED, 15 + length, 1);
}

Test(log_api, reading_can_be_stopped)
{
    size_t length;
    char *const bytes = make_log(100000, &length);
    struct sbfota_log *log;
    struct told_text told;
    told_begin(&told);
    cr_assert_eq(sbfota_log_new(&log, NULL), 0);
    sbfota_log_feed(log, bytes, length / 2);
    sbfota_log_stop(log);
    cr_assert_eq(sbfota_log_feed(log, bytes, length), length);
    cr_assert_eq(drain(log, &told), SBFOTA_LOG_END);
    cr_assert_lt(told.count, 100000);
    sbfota_log_free(log);
    fclose(told.stream);
    free(told.bytes);
    free(bytes);
}

Test(log_api, what_is_fed_behind_the_end_is_taken_and_not_read)
{
    static const char *const path = FORMS "/gateway.log";
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    cr_assert_eq(sbfota_log_new(&log, NULL), SBFOTA_LOG_END);
    sbfota_log_finish(log);
    cr_assert_eq(sbfota_log_feed(log, "RDY\n", 4), 4);
    cr_assert_eq(sbfota_log_next(log, &batch), SBFOTA_LOG_END);
    cr_assert_eq(sbfota_log_lines(log), 0);
    sbfota_log_free(log);
    cr_assert_eq(sbfota_log_open(&log, &path, 1, NULL), SBFOTA_LOG_END);
    cr_assert_eq(sbfota_log_feed(log, "RDY\n", 4), 4);
    sbfota_log_free(log);
}

/* Each event is there when its line is, not when a block is full. */
Test(log_api, live_events_come_at_once)
{
    static const char line[] = "2026-01-31T10:00:00.000Z modem-0 < +QIND: \"SBFOTA\",\"START\"\n";
    struct sbfota_log *log;
    struct told_text told;
    told_begin(&told);
    cr_assert_eq(sbfota_log_new(&log, &(struct sbfota_log_options){.live = true}), SBFOTA_LOG_END);
    for (size_t i = 1; i <= 3; i++) {
        cr_assert_eq(sbfota_log_feed(log, line, sizeof line - 1), sizeof line - 1);
        cr_assert_eq(drain(log, &told), SBFOTA_LOG_MORE);
        cr_assert_eq(told.count, i);
    }
    sbfota_log_free(log);
    fclose(told.stream);
    free(told.bytes);
}

/* What a thread has made and not handed over. */
struct visiting {
    struct told_text *told;
    struct told_text own;
};

static void *visiting_new(void *context)
{
    struct visiting *const visiting = malloc(sizeof *visiting);
    visiting->told = context;
    told_begin(&visiting->own);
    return visiting;
}

static void visiting_free(void *worker)
{
    struct visiting *const visiting = worker;
    fclose(visiting->own.stream);
    free(visiting->own.bytes);
    free(visiting);
}

static void visiting_take(void *worker, const struct sbfota_log_batch *batch)
{
    struct visiting *const visiting = worker;
    for (size_t i = 0; i < batch->count; i++)
        tell_event(&visiting->own, &batch->events[i]);
}

static bool visiting_commit(void *context, void *worker)
{
    struct told_text *const told = context;
    struct visiting *const visiting = worker;
    fflush(visiting->own.stream);
    fwrite(visiting->own.bytes, 1, visiting->own.length, told->stream);
    told->count += visiting->own.count;
    visiting->own.count = 0;
    rewind(visiting->own.stream);
    return told->count < 40000;
}

static void visiting_tell(void *context, const struct sbfota_log_message *message)
{
    struct told_text *const told = context;
    fprintf(told->stream, "! %d %s\n", (int)message->trouble, message->text);
}

static void visit(const char *path, unsigned threads, struct told_text *told)
{
    const struct sbfota_log_visitor visitor = {told,          visiting_new,    visiting_free,
                                               visiting_take, visiting_commit, visiting_tell};
    told_begin(told);
    cr_assert_eq(
        sbfota_log_run(&path, 1, &(struct sbfota_log_options){.threads = threads}, &visitor),
        SBFOTA_LOG_END);
    fclose(told->stream);
}

static void check_visit(const char *path)
{
    struct told_text pulled;
    struct told_text visited;
    read_file(path, NULL, &pulled);
    visit(path, 3, &visited);
    assert_same(&visited, &pulled, path);
    free(pulled.bytes);
    free(visited.bytes);
}

Test(log_api, visitors_see_what_is_pulled)
{
    for_each_file(FORMS, check_visit);
}

Test(log_api, a_visitor_can_stop)
{
    static const char name[] = "log_api.log";
    size_t length;
    struct told_text told;
    char *const bytes = make_log(100000, &length);
    FILE *const file = fopen(name, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
    visit(name, 2, &told);
    cr_assert_lt(told.count, 100000);
    cr_assert_geq(told.count, 40000);
    remove(name);
    free(told.bytes);
    free(bytes);
}
