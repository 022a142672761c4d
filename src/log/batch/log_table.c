/* SPDX-License-Identifier: MIT
 *
 * Events, attempts and modems as rows of Arrow data. */
#include "log/batch/log_table.h"

#include <string.h>

#include "log/records/event_columns.h"
#include "log/records/record_value.h"
#include "log/tables/arrow_c.h"

static bool find_column(struct table_shape *shape, const char *name, size_t length)
{
    for (unsigned i = 0; i < shape->rows->fields->count; i++) {
        const char *const known = shape->rows->fields->list[i].name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            shape->selected |= UINT64_C(1) << i;
            return true;
        }
    }
    return false;
}

bool table_take(const struct sbfota_log_table *table, const struct table_rows *rows,
                struct table_shape *taken)
{
    *taken = (struct table_shape){.rows = rows};
    if (table == NULL)
        return true;
    taken->plain = table->plain;
    taken->raw = table->raw;
    for (const char *next = table->columns; next != NULL;) {
        const size_t length = strcspn(next, ",");
        if (!find_column(taken, next, length))
            return false;
        next = next[length] == ',' ? next + length + 1 : NULL;
    }
    return true;
}

static void make_columns(struct columns *columns, const struct table_shape *shape)
{
    columns_make(columns, *shape->rows->fields, shape->selected);
}

enum sbfota_log_result table_schema(const struct table_shape *shape, struct ArrowSchema *out)
{
    struct columns columns;
    make_columns(&columns, shape);
    return arrow_schema(&columns, shape->plain, out) ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result table_array(const struct table_shape *shape, const void *items, size_t first,
                                   size_t count, struct ArrowArray *out)
{
    struct columns columns;
    make_columns(&columns, shape);
    for (size_t i = 0; i < count && !columns.no_memory; i++)
        shape->rows->add(&columns, items, first + i, shape->raw);
    const bool made = !columns.no_memory && arrow_array(&columns, shape->plain, out);
    columns_free(&columns);
    return made ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

static struct record record_of(const struct sbfota_log_event *event)
{
    return (struct record){
        .event = event->message,
        .file = event->file,
        .line = event->line,
        .offset = event->message.offset,
        .modem = {event->modem, event->modem_length},
        .time = {event->time, event->time_length},
        .text = {event->text, event->text_length},
        .lead = {"", 0},
        .tail = {"", 0},
        .direction = (enum direction)event->direction,
        .answers = (enum sbfota_kind)event->answers,
        .deltas = event->clock == SBFOTA_LOG_CLOCK_NONE,
    };
}

static void add_event(struct columns *columns, const void *items, size_t number, bool raw)
{
    const struct sbfota_log_batch *const batch = items;
    const struct record record = record_of(&batch->events[number]);
    event_columns_add(columns, &record, raw);
}

static void add_attempt(struct columns *columns, const void *items, size_t number, bool raw)
{
    const struct sbfota_log_attempts *const attempts = items;
    (void)raw;
    record_add(columns, &attempt_kind, &attempts->list[number]);
}

static void add_modem(struct columns *columns, const void *items, size_t number, bool raw)
{
    struct sbfota_log_modem modem;
    (void)raw;
    if (sbfota_log_modems_get(items, number, &modem))
        record_add(columns, &modem_kind, &modem);
}

const struct table_rows event_rows = {&event_columns, add_event};
const struct table_rows attempt_rows = {&attempt_kind.columns, add_attempt};
const struct table_rows modem_rows = {&modem_kind.columns, add_modem};

static enum sbfota_log_result schema_of(const struct sbfota_log_table *table,
                                        const struct table_rows *rows, struct ArrowSchema *out)
{
    struct table_shape shape;
    out->release = NULL;
    return table_take(table, rows, &shape) ? table_schema(&shape, out) : SBFOTA_LOG_NO_COLUMN;
}

static enum sbfota_log_result array_of(const struct sbfota_log_table *table,
                                       const struct table_rows *rows, const void *items,
                                       size_t first, size_t count, struct ArrowArray *out)
{
    struct table_shape shape;
    out->release = NULL;
    return table_take(table, rows, &shape) ? table_array(&shape, items, first, count, out)
                                           : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result sbfota_log_schema(const struct sbfota_log_table *table,
                                         struct ArrowSchema *out)
{
    return schema_of(table, &event_rows, out);
}

enum sbfota_log_result sbfota_log_attempts_schema(const struct sbfota_log_table *table,
                                                  struct ArrowSchema *out)
{
    return schema_of(table, &attempt_rows, out);
}

enum sbfota_log_result sbfota_log_modems_schema(const struct sbfota_log_table *table,
                                                struct ArrowSchema *out)
{
    return schema_of(table, &modem_rows, out);
}

enum sbfota_log_result sbfota_log_batch_array(const struct sbfota_log_batch *batch,
                                              const struct sbfota_log_table *table,
                                              struct ArrowArray *out)
{
    return array_of(table, &event_rows, batch, 0, batch->count, out);
}

enum sbfota_log_result sbfota_log_attempts_array(const struct sbfota_log_attempts *attempts,
                                                 const struct sbfota_log_table *table,
                                                 struct ArrowArray *out)
{
    return array_of(table, &attempt_rows, attempts, 0, attempts->count, out);
}

enum sbfota_log_result sbfota_log_modems_array(const struct sbfota_log_modems *modems, size_t begin,
                                               size_t count, const struct sbfota_log_table *table,
                                               struct ArrowArray *out)
{
    const size_t all = sbfota_log_modems_count(modems);
    const size_t left = begin < all ? all - begin : 0;
    return array_of(table, &modem_rows, modems, begin, count < left ? count : left, out);
}
