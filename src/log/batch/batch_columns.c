/* SPDX-License-Identifier: MIT
 *
 * A batch's events as columns. */
#include "log/batch/batch.h"

#include <stdlib.h>
#include <string.h>

/* All columns stand in one piece of memory, the widest first. */
struct batch_columns {
    struct sbfota_log_columns shown;
    uint64_t words[];
};

void batch_columns_free(struct batch_columns *columns)
{
    free(columns);
}

/* The columns that are members of an event: where they are told, where they come from, and their bytes. */
static const struct {
    size_t told;
    size_t from;
    size_t width;
} members[] = {
#define MEMBER(column, member)                                                                  \
    {                                                                                           \
        offsetof(struct sbfota_log_columns, column), offsetof(struct sbfota_log_event, member), \
            sizeof((struct sbfota_log_event *)NULL)->member                                     \
    }
    MEMBER(time_ms, time_ms),           MEMBER(line, line),
    MEMBER(offset, message.offset),     MEMBER(length, message.length),
    MEMBER(value, message.value),       MEMBER(extent, message.extent),
    MEMBER(modem_number, modem_number), MEMBER(file_number, file_number),
    MEMBER(log_number, log_number),     MEMBER(kind, message.kind),
    MEMBER(detail, message.detail),     MEMBER(flags, message.flags),
    MEMBER(spelling, message.spelling), MEMBER(direction, direction),
    MEMBER(answers, answers),           MEMBER(clock, clock),
};

enum {
    MEMBERS = sizeof members / sizeof members[0]
};

/* Texts and times of the events, and the members of one. */
static size_t sum_lengths(const struct batch *batch)
{
    size_t bytes = 0;
    for (size_t i = 0; i < batch->shown.count; i++)
        bytes += batch->events[i].time_length + (size_t)batch->events[i].text_length;
    for (unsigned i = 0; i < MEMBERS; i++)
        bytes += batch->shown.count * members[i].width;
    return bytes;
}

/* The next column: `size` bytes. */
static void *next_column(char **next, size_t size)
{
    void *const column = *next;
    *next += size;
    return column;
}

static void copy_members(const struct batch *batch, size_t from, size_t width, char *column)
{
    const char *const events = (const char *)batch->events + from;
    for (size_t i = 0; i < batch->shown.count; i++)
        memcpy(column + i * width, events + i * sizeof *batch->events, width);
}

/* All columns of a width. */
static void fill_members(const struct batch *batch, size_t width, struct batch_columns *columns,
                         char **next)
{
    for (unsigned i = 0; i < MEMBERS; i++) {
        if (members[i].width != width)
            continue;
        char *const column = next_column(next, batch->shown.count * width);
        /* What is of a size that the compiler knows is copied at once. */
        switch (width) {
        case 8: copy_members(batch, members[i].from, 8, column); break;
        case 4: copy_members(batch, members[i].from, 4, column); break;
        default: copy_members(batch, members[i].from, 1, column); break;
        }
        memcpy((char *)&columns->shown + members[i].told, &column, sizeof column);
    }
}

/* Texts or times one behind another; where each begins goes to `begins`. */
static const char *fill_texts(const struct batch *batch, bool times, uint32_t *begins, char **next)
{
    const char *const bytes = *next;
    const size_t count = batch->shown.count;
    for (size_t i = 0; i < count; i++) {
        const struct sbfota_log_event *const event = &batch->events[i];
        const char *const text = times ? event->time : event->text;
        const size_t length = times ? event->time_length : event->text_length;
        begins[i] = (uint32_t)(*next - bytes);
        if (length > 0)
            memcpy(*next, text, length);
        *next += length;
    }
    begins[count] = (uint32_t)(*next - bytes);
    return bytes;
}

const struct sbfota_log_columns *sbfota_log_batch_columns(struct sbfota_log_batch *shown)
{
    struct batch *const batch = (struct batch *)shown;
    const size_t count = batch->shown.count;
    if (batch->columns != NULL)
        return &batch->columns->shown;
    const size_t begins = 2 * (count + 1) * sizeof(uint32_t);
    struct batch_columns *const columns = malloc(sizeof *columns + begins + sum_lengths(batch));
    if (columns == NULL)
        return NULL;
    char *next = (char *)columns->words;
    columns->shown.count = count;
    fill_members(batch, 8, columns, &next);
    fill_members(batch, 4, columns, &next);
    uint32_t *const texts = next_column(&next, (count + 1) * sizeof *texts);
    uint32_t *const times = next_column(&next, (count + 1) * sizeof *times);
    fill_members(batch, 1, columns, &next);
    columns->shown.text_bytes = fill_texts(batch, false, texts, &next);
    columns->shown.text_begin = texts;
    columns->shown.time_bytes = fill_texts(batch, true, times, &next);
    columns->shown.time_begin = times;
    batch->columns = columns;
    return &columns->shown;
}
