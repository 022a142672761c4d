/* SPDX-License-Identifier: MIT
 *
 * Events, attempts and modems as rows of Arrow data. */
#include "log_table.h"

#include <string.h>

#include "arrow_c.h"
#include "attempt_columns.h"
#include "event_columns.h"
#include "log_modems.h"
#include "modem_columns.h"

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

enum sbfota_log_result sbfota_log_schema(const struct sbfota_log_table *table,
                                         struct ArrowSchema *out)
{
    struct table_shape shape;
    return table_take(table, event_columns, &shape) ? table_schema(&shape, out)
                                                    : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result sbfota_log_attempts_schema(const struct sbfota_log_table *table,
                                                  struct ArrowSchema *out)
{
    struct table_shape shape;
    return table_take(table, attempt_columns, &shape) ? table_schema(&shape, out)
                                                      : SBFOTA_LOG_NO_COLUMN;
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

enum sbfota_log_result table_of_events(const struct sbfota_log_batch *batch,
                                       const struct table_shape *shape, struct ArrowArray *out)
{
    struct columns columns;
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < batch->count && !columns.no_memory; i++) {
        const struct record record = record_of(&batch->events[i]);
        event_columns_add(&columns, &record, shape->raw);
    }
    const bool made = !columns.no_memory && arrow_array(&columns, shape->plain, out);
    columns_free(&columns);
    return made ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result sbfota_log_batch_array(const struct sbfota_log_batch *batch,
                                              const struct sbfota_log_table *table,
                                              struct ArrowArray *out)
{
    struct table_shape shape;
    return table_take(table, event_columns, &shape) ? table_of_events(batch, &shape, out)
                                                    : SBFOTA_LOG_NO_COLUMN;
}

/* An edge as sessions have it. */
static struct edge edge_of(const struct sbfota_log_edge *shown, struct fleet *files)
{
    struct edge edge = {.line = shown->line,
                        .offset = shown->offset,
                        .file = fleet_file_number(files, shown->file)};
    if (shown->time_length < sizeof edge.time)
        edge.time_length = shown->time_length;
    if (edge.time_length > 0)
        memcpy(edge.time, shown->time, edge.time_length);
    return edge;
}

enum sbfota_log_result table_of_attempts(const struct sbfota_log_attempts *attempts,
                                         const struct table_shape *shape, struct ArrowArray *out)
{
    struct columns columns;
    struct fleet files = {.no_memory = false}; /* for its files' names alone */
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < attempts->count && !columns.no_memory && !files.no_memory; i++) {
        const struct sbfota_log_attempt *const shown = &attempts->list[i];
        const struct edge from = edge_of(&shown->from, &files);
        const struct edge to = edge_of(&shown->to, &files);
        const struct log_attempt attempt = {
            .modem = {shown->modem, shown->modem_length},
            .facts = shown->facts,
            .from = &from,
            .to = &to,
            .dated = shown->dated,
        };
        attempt_columns_add(&columns, &files, &attempt);
    }
    const bool made =
        !columns.no_memory && !files.no_memory && arrow_array(&columns, shape->plain, out);
    columns_free(&columns);
    fleet_free(&files);
    return made ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result sbfota_log_attempts_array(const struct sbfota_log_attempts *attempts,
                                                 const struct sbfota_log_table *table,
                                                 struct ArrowArray *out)
{
    struct table_shape shape;
    return table_take(table, attempt_columns, &shape) ? table_of_attempts(attempts, &shape, out)
                                                      : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result sbfota_log_modems_schema(const struct sbfota_log_table *table,
                                                struct ArrowSchema *out)
{
    struct table_shape shape;
    return table_take(table, modem_columns, &shape) ? table_schema(&shape, out)
                                                    : SBFOTA_LOG_NO_COLUMN;
}

enum sbfota_log_result table_of_modems(const struct sbfota_log_modems *modems, size_t begin,
                                       size_t count, const struct table_shape *shape,
                                       struct ArrowArray *out)
{
    struct columns columns;
    struct modem_record record;
    columns_make(&columns, shape->fields, shape->selected);
    for (size_t i = 0; i < count && !columns.no_memory; i++)
        if (log_modems_record(modems, begin + i, &record))
            modem_columns_add(&columns, &record);
    const bool made = !columns.no_memory && arrow_array(&columns, shape->plain, out);
    columns_free(&columns);
    return made ? SBFOTA_LOG_END : SBFOTA_LOG_NO_MEMORY;
}

enum sbfota_log_result sbfota_log_modems_array(const struct sbfota_log_modems *modems, size_t begin,
                                               size_t count, const struct sbfota_log_table *table,
                                               struct ArrowArray *out)
{
    struct table_shape shape;
    return table_take(table, modem_columns, &shape)
               ? table_of_modems(modems, begin, count, &shape, out)
               : SBFOTA_LOG_NO_COLUMN;
}
