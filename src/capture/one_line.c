/* SPDX-License-Identifier: MIT */
#include "one_line.h"

#include <stdlib.h>
#include <string.h>

#include "capture.h"
#include "choose.h"

static bool take_first(struct finder *finder, const struct reading *reading, struct bytes sample,
                       struct one_line *result)
{
    read_part(finder, reading, sample);
    const struct hit *const hit = finder->hits.count == 0 ? NULL : finder->hits.list;
    const bool found = hit != NULL && hit->text != NULL && hit->text_length <= SBFOTA_LINE_MAX;
    if (found) {
        memcpy(result->text, hit->text, hit->text_length);
        result->text[hit->text_length] = '\0';
        result->form = reading->form->name;
        result->has_time = hit->time_length > 0;
        result->has_modem = hit->modem != NULL;
        result->has_direction = hit->direction != DIRECTION_NONE;
    }
    return found;
}

bool one_line_read(const char *line, size_t length, struct one_line *result)
{
    static const struct field_names usual = {NULL, NULL, NULL, false};
    struct reading reading = {.names = &usual, .modem_token = CAPTURE_TOKEN_LEARNED};
    struct learned *learned = NULL;
    struct finder finder;
    char *const sample = malloc(length + 1);
    bool found = false;
    if (sample == NULL || !finder_make(&finder)) {
        free(sample);
        return false;
    }
    memcpy(sample, line, length);
    sample[length] = '\n';
    const struct bytes bytes = {sample, length + 1};
    if (choose_reading(&finder, &reading, bytes, &learned))
        found = take_first(&finder, &reading, bytes, result);
    free(learned);
    finder_free(&finder);
    free(sample);
    return found;
}
