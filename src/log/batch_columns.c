/* SPDX-License-Identifier: MIT */
#include "batch_columns.h"

#include <stdlib.h>
#include <string.h>

#include "batch.h"

/* All columns stand in one piece of memory, the widest first. */
struct batch_columns {
    struct sbfota_log_columns shown;
    uint64_t words[];
};

void batch_columns_free(struct batch_columns *columns)
{
    free(columns);
}

static size_t sum_lengths(const struct batch *batch, bool times)
{
    size_t bytes = 0;
    for (size_t i = 0; i < batch->shown.count; i++)
        bytes += times ? batch->events[i].time_length : batch->events[i].text_length;
    return bytes;
}

/* The next column: `size` bytes. */
static void *next_column(char **next, size_t size)
{
    void *const column = *next;
    *next += size;
    return column;
}

static void fill_words(const struct batch *batch, struct sbfota_log_columns *shown, char **next)
{
    const size_t count = batch->shown.count;
    int64_t *const time_ms = next_column(next, count * sizeof *time_ms);
    uint64_t *const line = next_column(next, count * sizeof *line);
    uint64_t *const offset = next_column(next, count * sizeof *offset);
    uint64_t *const length = next_column(next, count * sizeof *length);
    int32_t *const value = next_column(next, count * sizeof *value);
    uint32_t *const extent = next_column(next, count * sizeof *extent);
    uint32_t *const modem = next_column(next, count * sizeof *modem);
    uint32_t *const file = next_column(next, count * sizeof *file);
    uint32_t *const log = next_column(next, count * sizeof *log);
    for (size_t i = 0; i < count; i++) {
        const struct sbfota_log_event *const event = &batch->events[i];
        time_ms[i] = event->time_ms;
        line[i] = event->line;
        offset[i] = event->message.offset;
        length[i] = event->message.length;
        value[i] = event->message.value;
        extent[i] = event->message.extent;
        modem[i] = event->modem_number;
        file[i] = event->file_number;
        log[i] = event->log_number;
    }
    shown->time_ms = time_ms;
    shown->line = line;
    shown->offset = offset;
    shown->length = length;
    shown->value = value;
    shown->extent = extent;
    shown->modem_number = modem;
    shown->file_number = file;
    shown->log_number = log;
}

static void fill_bytes(const struct batch *batch, struct sbfota_log_columns *shown, char **next)
{
    const size_t count = batch->shown.count;
    uint8_t *const kind = next_column(next, count);
    uint8_t *const detail = next_column(next, count);
    uint8_t *const flags = next_column(next, count);
    uint8_t *const spelling = next_column(next, count);
    uint8_t *const direction = next_column(next, count);
    uint8_t *const answers = next_column(next, count);
    uint8_t *const clock = next_column(next, count);
    for (size_t i = 0; i < count; i++) {
        const struct sbfota_log_event *const event = &batch->events[i];
        kind[i] = event->message.kind;
        detail[i] = event->message.detail;
        flags[i] = event->message.flags;
        spelling[i] = event->message.spelling;
        direction[i] = event->direction;
        answers[i] = event->answers;
        clock[i] = event->clock;
    }
    shown->kind = kind;
    shown->detail = detail;
    shown->flags = flags;
    shown->spelling = spelling;
    shown->direction = direction;
    shown->answers = answers;
    shown->clock = clock;
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
    const size_t size =
        count * (4 * 8 + 5 * 4 + 7) + begins + sum_lengths(batch, false) + sum_lengths(batch, true);
    struct batch_columns *const columns = malloc(sizeof *columns + size);
    if (columns == NULL)
        return NULL;
    char *next = (char *)columns->words;
    columns->shown.count = count;
    fill_words(batch, &columns->shown, &next);
    uint32_t *const texts = next_column(&next, (count + 1) * sizeof *texts);
    uint32_t *const times = next_column(&next, (count + 1) * sizeof *times);
    fill_bytes(batch, &columns->shown, &next);
    columns->shown.text_bytes = fill_texts(batch, false, texts, &next);
    columns->shown.text_begin = texts;
    columns->shown.time_bytes = fill_texts(batch, true, times, &next);
    columns->shown.time_begin = times;
    batch->columns = columns;
    return &columns->shown;
}
