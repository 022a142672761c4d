/* SPDX-License-Identifier: MIT
 *
 * From the texts in fields to the shapes of the lines that they are. */
#include "log/form/learn.h"

#include <stdlib.h>
#include <string.h>

static bool has_fields(enum form form)
{
    return form == FORM_JSONL || form == FORM_LOGFMT ||
           form == FORM_CSV; /* JSON: a text may be far from its line */
}

/* The texts of the records, each with a line feed behind it. */
static size_t collect_texts(const struct reading *reading, struct bytes sample, char *texts)
{
    const char *const limit = sample.data + sample.length;
    size_t length = 0;
    for (const char *next = sample.data, *end; next < limit; next = end + 1) {
        struct line line;
        end = memchr(next, '\n', (size_t)(limit - next));
        reading_line(reading, next, end, &line);
        if (line.role != LINE_RECORD || !wire_shows(line.escapes))
            continue;
        memcpy(texts + length, line.text.data, line.text.length);
        length += line.text.length;
        texts[length++] = '\n';
    }
    return length;
}

bool nest_learn(const struct reading *reading, struct bytes sample, struct learned **learned)
{
    *learned = NULL;
    if (!has_fields(reading->form->form))
        return true;
    char *const texts = malloc(sample.length);
    *learned = malloc(sizeof **learned);
    bool made = texts != NULL && *learned != NULL;
    if (made) {
        const size_t length = collect_texts(reading, sample, texts);
        made = length == 0 || learned_make(*learned, (struct bytes){texts, length},
                                           reading->modem_token, reading->others);
        if (!made || length == 0 || !(*learned)->useful) {
            free(*learned);
            *learned = NULL;
        }
    } else {
        free(*learned);
        *learned = NULL;
    }
    free(texts);
    return made;
}
