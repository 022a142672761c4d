/* SPDX-License-Identifier: MIT
 *
 * Events as Arrow C data: every value is that of the event. */
#include "log_support.h"

#include <errno.h>
#include <sbfota/texts.h>

/* A value of a column of texts, of numbers for them in a dictionary, or "". */
static const char *text_at(const struct ArrowArray *column, int64_t row, int width, int *length)
{
    const uint8_t *const valid = column->buffers[0];
    *length = 0;
    if (valid != NULL && (valid[row / 8] >> row % 8 & 1) == 0)
        return "";
    if (column->dictionary != NULL) {
        row = width == 1 ? ((const int8_t *)column->buffers[1])[row]
                         : ((const int32_t *)column->buffers[1])[row];
        column = column->dictionary;
    }
    const int32_t *const ends = column->buffers[1];
    *length = ends[row + 1] - ends[row];
    return (const char *)column->buffers[2] + ends[row];
}

static void expect_text(const struct ArrowArray *column, int64_t row, int width, const char *text,
                        size_t text_length)
{
    int length;
    const char *const got = text_at(column, row, width, &length);
    cr_assert((size_t)length == text_length && (length == 0 || memcmp(got, text, text_length) == 0),
              "%.*s, not %.*s", length, got, (int)text_length, text);
}

static const struct sbfota_log_table table = {.columns = "line,offset,modem,event,file"};

static void check_rows(const struct sbfota_log_batch *batch, const struct ArrowArray *array)
{
    cr_assert_eq(array->length, (int64_t)batch->count);
    cr_assert_eq(array->n_children, 5);
    for (int64_t i = 0; i < array->length; i++) {
        const struct sbfota_log_event *const event = &batch->events[i];
        const char *const name = sbfota_message(event->message.kind)->name;
        expect_text(array->children[0], i, 4, event->file, strlen(event->file));
        cr_assert_eq(((const int64_t *)array->children[1]->buffers[1])[i], (int64_t)event->line);
        cr_assert_eq(((const int64_t *)array->children[2]->buffers[1])[i],
                     (int64_t)event->message.offset);
        expect_text(array->children[3], i, 4, event->modem == NULL ? "" : event->modem,
                    event->modem_length);
        expect_text(array->children[4], i, 1, name, strlen(name));
    }
}

static void check(const char *path)
{
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    struct ArrowArray streamed;
    enum sbfota_log_result result;
    cr_assert_eq(sbfota_log_open(&log, &path, 1, NULL), SBFOTA_LOG_END);
    cr_assert_eq(sbfota_log_stream(&path, 1, NULL, &table, &stream), SBFOTA_LOG_END);
    while ((result = sbfota_log_next(log, &batch)) > 0) {
        if (result != SBFOTA_LOG_BATCH)
            continue;
        cr_assert_eq(sbfota_log_batch_array(batch, &table, &array), SBFOTA_LOG_END);
        cr_assert_eq(stream.get_next(&stream, &streamed), 0);
        check_rows(batch, &array);
        check_rows(batch, &streamed);
        array.release(&array);
        streamed.release(&streamed);
        sbfota_log_batch_free(batch);
    }
    cr_assert_eq(stream.get_next(&stream, &streamed), 0);
    cr_assert_null(streamed.release);
    stream.release(&stream);
    cr_assert_null(stream.release);
    sbfota_log_free(log);
}

Test(log_arrow, rows_are_the_events)
{
    for_each_file(FORMS, check);
    for_each_file(SBFOTA_CAPTURES "/cases", check);
}

Test(log_arrow, schema_has_the_columns_in_their_order)
{
    static const char *const names[] = {"file", "line", "offset", "modem", "event"};
    struct ArrowSchema schema;
    cr_assert_eq(sbfota_log_schema(&table, &schema), SBFOTA_LOG_END);
    cr_assert_str_eq(schema.format, "+s");
    cr_assert_eq(schema.n_children, 5);
    for (int i = 0; i < 5; i++)
        cr_assert_str_eq(schema.children[i]->name, names[i]);
    cr_assert_not_null(schema.children[0]->dictionary);
    schema.release(&schema);
    cr_assert_eq(sbfota_log_schema(&(struct sbfota_log_table){.plain = true}, &schema), 0);
    cr_assert_gt(schema.n_children, 20);
    for (int64_t i = 0; i < schema.n_children; i++)
        cr_assert_null(schema.children[i]->dictionary);
    schema.release(&schema);
}

Test(log_arrow, a_column_that_there_is_not_is_refused)
{
    static const char *const wrong[] = {"lines", "line,", "", "line,,file", "line, file"};
    struct ArrowSchema schema;
    struct ArrowArrayStream stream;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const struct sbfota_log_table other = {.columns = wrong[i]};
        cr_assert_eq(sbfota_log_schema(&other, &schema), SBFOTA_LOG_NO_COLUMN, "%s", wrong[i]);
        cr_assert_eq(sbfota_log_stream(NULL, 0, NULL, &other, &stream), SBFOTA_LOG_NO_COLUMN);
        cr_assert_null(stream.release);
    }
}

static void count(void *context, const struct sbfota_log_message *message)
{
    cr_assert_eq(message->trouble, SBFOTA_LOG_UNREADABLE);
    ++*(unsigned *)context;
}

/* The last result of a stream. */
static int read_stream(const struct sbfota_log_table *how, unsigned *batches, char *error)
{
    static const char *const paths[] = {"/nowhere/a.log", FORMS "/gateway.log"};
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    int result;
    cr_assert_eq(sbfota_log_stream(paths, 2, NULL, how, &stream), SBFOTA_LOG_END);
    for (*batches = 0; (result = stream.get_next(&stream, &array)) == 0 && array.release != NULL;
         ++*batches)
        array.release(&array);
    snprintf(error, 100, "%s", shown(stream.get_last_error(&stream)));
    stream.release(&stream);
    return result;
}

Test(log_arrow, trouble_is_told_or_ends_the_stream_behind_its_batches)
{
    char error[100];
    unsigned told = 0;
    unsigned batches;
    cr_assert_eq(read_stream(NULL, &batches, error), EIO);
    cr_assert_gt(batches, 0);
    cr_assert_str_eq(error, "/nowhere/a.log: cannot be read: No such file or directory");
    cr_assert_eq(
        read_stream(&(struct sbfota_log_table){.tell = count, .context = &told}, &batches, error),
        0);
    cr_assert_gt(batches, 0);
    cr_assert_eq(told, 1);
    cr_assert_str_eq(error, "-");
}

/* Attempts of a log, row by row. */
static size_t attempts;

static void check_attempts(const char *path)
{
    static const struct sbfota_log_table how = {.columns = "modem,from_line,outcome"};
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    struct sbfota_log_sessions *const sessions = sbfota_log_sessions_new();
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    enum sbfota_log_result result;
    cr_assert_eq(sbfota_log_open(&log, &path, 1, NULL), SBFOTA_LOG_END);
    while ((result = sbfota_log_next(log, &batch)) > 0)
        if (result == SBFOTA_LOG_BATCH) {
            sbfota_log_sessions_feed(sessions, batch->events, batch->count);
            sbfota_log_batch_free(batch);
        }
    sbfota_log_free(log);
    sbfota_log_sessions_finish(sessions);
    struct sbfota_log_attempts *const expected = sbfota_log_sessions_take(sessions);
    cr_assert_eq(sbfota_log_attempts_stream(&path, 1, NULL, &how, &stream), SBFOTA_LOG_END);
    cr_assert_eq(stream.get_next(&stream, &array), 0);
    cr_assert_eq(array.release == NULL, expected == NULL);
    for (size_t i = 0; expected != NULL && i < expected->count; i++) {
        const struct sbfota_log_attempt *const attempt = &expected->list[i];
        const char *const outcome = sbfota_outcome_name(attempt->facts.outcome);
        cr_assert_eq(array.length, (int64_t)expected->count);
        expect_text(array.children[0], (int64_t)i, 4, attempt->modem, attempt->modem_length);
        cr_assert_eq(((const int64_t *)array.children[1]->buffers[1])[i],
                     (int64_t)attempt->from.line);
        expect_text(array.children[2], (int64_t)i, 1, outcome, strlen(outcome));
        attempts++;
    }
    if (array.release != NULL) {
        array.release(&array);
        cr_assert_eq(stream.get_next(&stream, &array), 0);
        cr_assert_null(array.release);
    }
    stream.release(&stream);
    sbfota_log_attempts_free(expected);
    sbfota_log_sessions_free(sessions);
}

Test(log_arrow, attempts_are_those_of_the_events)
{
    attempts = 0;
    for_each_file(FORMS, check_attempts);
    for_each_file(SBFOTA_CAPTURES "/cases", check_attempts);
    cr_assert_gt(attempts, 20);
}

/* Modems of a log, row by row. */
static size_t modems_seen;

static struct sbfota_log_modems *follow_modems(const char *path)
{
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    struct sbfota_log_modems *const modems = sbfota_log_modems_new(SBFOTA_NO_TIME);
    cr_assert_eq(sbfota_log_open(&log, &path, 1, NULL), SBFOTA_LOG_END);
    while ((result = sbfota_log_next(log, &batch)) > 0)
        if (result == SBFOTA_LOG_BATCH) {
            cr_assert_eq(sbfota_log_modems_feed(modems, batch->events, batch->count), 0);
            sbfota_log_batch_free(batch);
        }
    sbfota_log_free(log);
    cr_assert_eq(sbfota_log_modems_finish(modems), SBFOTA_LOG_END);
    return modems;
}

static void check_modems(const char *path)
{
    static const struct sbfota_log_table how = {
        .columns = "modem,phase,attempts,last_seen_text,silent_ms"};
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    struct sbfota_log_modem modem;
    struct sbfota_log_modems *const modems = follow_modems(path);
    const size_t count = sbfota_log_modems_count(modems);
    cr_assert_eq(sbfota_log_modems_stream(&path, 1, NULL, SBFOTA_NO_TIME, &how, &stream),
                 SBFOTA_LOG_END);
    cr_assert_eq(stream.get_next(&stream, &array), 0);
    cr_assert_eq(array.release == NULL, count == 0);
    for (size_t i = 0; i < count; i++) {
        cr_assert(sbfota_log_modems_get(modems, i, &modem));
        const char *const phase = sbfota_phase_name(modem.phase);
        const size_t time = strlen(modem.last_seen);
        cr_assert_eq(array.length, (int64_t)count);
        expect_text(array.children[0], (int64_t)i, 4, modem.modem, modem.modem_length);
        expect_text(array.children[1], (int64_t)i, 1, phase, strlen(phase));
        cr_assert_eq(((const int32_t *)array.children[2]->buffers[1])[i], (int32_t)modem.attempts);
        expect_text(array.children[3], (int64_t)i, 0, time == 0 ? NULL : modem.last_seen, time);
        cr_assert_eq(((const int64_t *)array.children[4]->buffers[1])[i],
                     modem.silent_ms == SBFOTA_NO_TIME ? 0 : modem.silent_ms);
        modems_seen++;
    }
    cr_assert_not(sbfota_log_modems_get(modems, count, &modem));
    if (array.release != NULL) {
        array.release(&array);
        cr_assert_eq(stream.get_next(&stream, &array), 0);
        cr_assert_null(array.release);
    }
    stream.release(&stream);
    sbfota_log_modems_free(modems);
}

Test(log_arrow, modems_are_those_of_the_events)
{
    modems_seen = 0;
    for_each_file(FORMS, check_modems);
    for_each_file(SBFOTA_CAPTURES "/cases", check_modems);
    cr_assert_gt(modems_seen, 20);
}

Test(log_arrow, modems_have_their_own_columns)
{
    static const struct sbfota_log_table how = {.columns = "modem,from_line"};
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    cr_assert_eq(sbfota_log_modems_schema(&how, &schema), SBFOTA_LOG_NO_COLUMN);
    cr_assert_eq(sbfota_log_modems_stream(NULL, 0, NULL, SBFOTA_NO_TIME, &how, &stream),
                 SBFOTA_LOG_NO_COLUMN);
    cr_assert_null(stream.release);
}
