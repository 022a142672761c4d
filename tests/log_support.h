/* SPDX-License-Identifier: MIT
 *
 * What the tests of sbfota/log.h have in common. */
#ifndef SBFOTA_TESTS_LOG_SUPPORT_H
#define SBFOTA_TESTS_LOG_SUPPORT_H

#include <sbfota/log.h>

#include <criterion/criterion.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMS SBFOTA_CAPTURES "/forms"

/* Events, messages or attempts as text, to be compared. */
struct told_text {
    char *bytes;
    size_t length;
    size_t count;
    FILE *stream;
};

static inline void told_begin(struct told_text *told)
{
    memset(told, 0, sizeof *told);
    told->stream = open_memstream(&told->bytes, &told->length);
}

static inline const char *shown(const char *text)
{
    return text == NULL ? "-" : text;
}

static inline void tell_event(struct told_text *told, const struct sbfota_log_event *event)
{
    fprintf(told->stream, "%" PRIu64 " %" PRIu64 "+%" PRIu64 " %s %s %u %u/%u/%u %d %" PRId64 ": ",
            event->line, event->message.offset, event->message.length, shown(event->modem),
            shown(event->time), event->message.kind, event->direction, event->answers, event->clock,
            event->message.value, event->time_ms);
    fwrite(event->text == NULL ? "" : event->text, 1, event->text_length, told->stream);
    fputc('\n', told->stream);
    told->count++;
}

/* Take what there is: the last result. */
static inline enum sbfota_log_result drain(struct sbfota_log *log, struct told_text *told)
{
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    while ((result = sbfota_log_next(log, &batch)) > 0 && result != SBFOTA_LOG_MORE) {
        if (result == SBFOTA_LOG_BATCH) {
            cr_assert_gt(batch->count, 0);
            for (size_t i = 0; i < batch->count; i++)
                tell_event(told, &batch->events[i]);
            sbfota_log_batch_free(batch);
        } else {
            const struct sbfota_log_message *const message = sbfota_log_message(log);
            fprintf(told->stream, "! %d %s\n", (int)message->trouble, message->text);
        }
    }
    return result;
}

static inline char *load(const char *path, size_t *length)
{
    FILE *const file = fopen(path, "rb");
    cr_assert_not_null(file);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *const bytes = malloc(*length + 1);
    cr_assert_eq(fread(bytes, 1, *length, file), *length);
    fclose(file);
    return bytes;
}

static inline void assert_same(const struct told_text *got, const struct told_text *expected,
                               const char *what)
{
    cr_assert(got->length == expected->length &&
                  memcmp(got->bytes, expected->bytes, got->length) == 0,
              "%s\ngot:\n%s\nexpected:\n%s", what, got->bytes, expected->bytes);
}

/* Calls `check` with each file of a folder. */
static inline void for_each_file(const char *folder_name, void (*check)(const char *path))
{
    DIR *const folder = opendir(folder_name);
    struct dirent *entry;
    char path[1024];
    unsigned count = 0;
    cr_assert_not_null(folder);
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder_name, entry->d_name);
        check(path);
        count++;
    }
    closedir(folder);
    cr_assert_gt(count, 10);
}

#endif
