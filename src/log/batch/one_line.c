/* SPDX-License-Identifier: MIT */
#include "log/batch/one_line.h"

#include <stdlib.h>
#include <string.h>

#include "log/form/choose.h"
#include "log/prefix/anchor.h"
#include "log/prefix/capture.h"

static bool take_first(struct finder *finder, const struct reading *reading, struct bytes sample,
                       struct one_line *result)
{
    read_part(finder, reading, sample);
    const struct log_event *const event = finder->events.count == 0 ? NULL : finder->events.list;
    const bool found =
        event != NULL && event->text != NULL && event->text_length <= SBFOTA_LINE_MAX;
    if (found) {
        memcpy(result->text, event->text, event->text_length);
        result->text[event->text_length] = '\0';
        result->form = reading->form->name;
        result->has_time = event->time_length > 0;
        result->has_modem = event->modem != NULL;
        result->has_direction = event->direction != DIRECTION_NONE;
    }
    return found;
}

/* The line with a line feed behind it; NULL without memory. */
static char *copy_line(const char *line, size_t length)
{
    char *const copy = malloc(length + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, line, length);
    copy[length] = '\n';
    return copy;
}

bool one_line_find(const char *line, size_t length, char text[SBFOTA_LINE_MAX + 1])
{
    struct place places[SBFOTA_LINE_MAX];
    struct wire wire = {.bytes = text, .places = places, .capacity = SBFOTA_LINE_MAX};
    struct anchor anchor;
    char *const copy = copy_line(line, length);
    const bool found = copy != NULL && anchor_find(copy, copy + length, &anchor);
    if (found)
        wire_read(&wire,
                  anchor.percent   ? ESCAPES_PERCENT
                  : anchor.doubled ? ESCAPES_CSV
                                   : ESCAPES_ANY,
                  (struct bytes){anchor.begin, (size_t)(anchor.end - anchor.begin)}, copy);
    text[wire.length] = '\0';
    free(copy);
    return found;
}

bool one_line_read(const char *line, size_t length, struct one_line *result)
{
    static const struct field_names usual = {.text = NULL};
    struct reading reading = {.names = &usual, .modem_token = CAPTURE_TOKEN_LEARNED};
    struct learned *learned = NULL;
    struct finder finder;
    char *const sample = copy_line(line, length);
    bool found = false;
    if (sample == NULL || !finder_make(&finder)) {
        free(sample);
        return false;
    }
    const struct bytes bytes = {sample, length + 1};
    if (choose_reading(&finder, &reading, bytes, &learned))
        found = take_first(&finder, &reading, bytes, result);
    free(learned);
    finder_free(&finder);
    free(sample);
    return found;
}
