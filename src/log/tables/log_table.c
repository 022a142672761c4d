/* SPDX-License-Identifier: MIT
 *
 * Events, attempts and modems as rows of Arrow data. */
#include "log/tables/log_table.h"

#include <string.h>

#include "log/records/record_value.h"
#include "log/tables/arrow_c.h"
#include "log/tables/event_columns.h"

static bool find_column(struct table_shape *shape, const char *name, size_t length)
{
    for (unsigned i = 0; i < shape->fields.count; i++) {
        const char *const known = shape->fields.list[i].name;
        if (strlen(known) == length && memcmp(known, name, length) == 0) {
            shape->selected |= UINT64_C(1) << i;
            return true;
        }
    }
    return false;
}

bool table_take(const struct sbfota_log_table *table, struct column_fields fields,
                struct table_shape *taken)
{
    *taken = (struct table_shape){.fields = fields};
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

enum sbfota_log_result table_schema(const struct table_shape *shape, struct ArrowSchema *out)
{
    struct columns columns;
    columns_make(&columns, shape->fields, shape->selected);
    return arrow_schema(&columns, shape->plain, out) ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

static enum sbfota_log_result schema_of(const struct sbfota_log_table *table,
                                        struct column_fields fields, struct ArrowSchema *out)
{
    struct table_shape shape;
    return table_take(table, fields, &shape) ? table_schema(&shape, out) : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result sbfota_log_schema(const struct sbfota_log_table *table,
                                         struct ArrowSchema *out)
{
    return schema_of(table, event_columns, out);
}

enum sbfota_log_result sbfota_log_attempts_schema(const struct sbfota_log_table *table,
                                                  struct ArrowSchema *out)
{
    return schema_of(table, attempt_kind.columns, out);
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

/* The array of columns, which are freed. */
static enum sbfota_log_result make_array(struct columns *columns, const struct table_shape *shape,
                                         struct ArrowArray *out)
{
    const bool made = !columns->no_memory && arrow_array(columns, shape->plain, out);
    columns_free(columns);
    return made ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result table_of_events(const struct sbfota_log_batch *batch,
                                       const struct table_shape *shape, struct ArrowArray *out)
{
    struct columns columns;
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < batch->count && !columns.no_memory; i++) {
        const struct record record = record_of(&batch->events[i]);
        event_columns_add(&columns, &record, shape->raw);
    }
    return make_array(&columns, shape, out);
}

enum sbfota_log_result sbfota_log_batch_array(const struct sbfota_log_batch *batch,
                                              const struct sbfota_log_table *table,
                                              struct ArrowArray *out)
{
    struct table_shape shape;
    return table_take(table, event_columns, &shape) ? table_of_events(batch, &shape, out)
                                                    : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result table_of_attempts(const struct sbfota_log_attempts *attempts,
                                         const struct table_shape *shape, struct ArrowArray *out)
{
    struct columns columns;
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < attempts->count && !columns.no_memory; i++)
        record_add(&columns, &attempt_kind, &attempts->list[i]);
    return make_array(&columns, shape, out);
}

enum sbfota_log_result sbfota_log_attempts_array(const struct sbfota_log_attempts *attempts,
                                                 const struct sbfota_log_table *table,
                                                 struct ArrowArray *out)
{
    struct table_shape shape;
    return table_take(table, attempt_kind.columns, &shape)
               ? table_of_attempts(attempts, &shape, out)
               : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result sbfota_log_modems_schema(const struct sbfota_log_table *table,
                                                struct ArrowSchema *out)
{
    return schema_of(table, modem_kind.columns, out);
}

enum sbfota_log_result table_of_modems(const struct sbfota_log_modems *modems, size_t begin,
                                       size_t count, const struct table_shape *shape,
                                       struct ArrowArray *out)
{
    struct columns columns;
    struct sbfota_log_modem modem;
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < count && !columns.no_memory; i++)
        if (sbfota_log_modems_get(modems, begin + i, &modem))
            record_add(&columns, &modem_kind, &modem);
    return make_array(&columns, shape, out);
}

enum sbfota_log_result sbfota_log_modems_array(const struct sbfota_log_modems *modems, size_t begin,
                                               size_t count, const struct sbfota_log_table *table,
                                               struct ArrowArray *out)
{
    struct table_shape shape;
    return table_take(table, modem_kind.columns, &shape)
               ? table_of_modems(modems, begin, count, &shape, out)
               : SBFOTA_LOG_NO_COLUMN;
}
