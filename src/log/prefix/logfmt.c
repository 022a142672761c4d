/* SPDX-License-Identifier: MIT */
#include "log/prefix/logfmt.h"

#include <string.h>

#include "log/prefix/token.h"

static void take_value(struct field_choice *choice, const struct field_names *names,
                       struct bytes name, struct bytes value)
{
    const struct field_name field = field_find(name);
    if (value.length == 0)
        return;
    if (names->text != NULL ? bytes_are(name, names->text) : field.role == FIELD_TEXT)
        field_choose(&choice->text, field.rank, value);
    else if (names->time != NULL ? bytes_are(name, names->time)
                                 : field.role == FIELD_TIME && field_is_time(value))
        field_choose(&choice->time, field.rank, value);
    else if (names->modem != NULL
                 ? bytes_are(name, names->modem)
                 : names->sources && (field.role == FIELD_MODEM || field.role == FIELD_SOURCE))
        field_choose(&choice->modem, field.rank, value);
    else if (field.role == FIELD_ABOUT)
        choice->about = names->text == NULL || names->shown;
    else if ((field.role == FIELD_DIRECTION || field.role == FIELD_TEXT) &&
             field_direction(value) != DIRECTION_NONE)
        field_choose(&choice->direction, field.role == FIELD_TEXT ? UINT8_MAX : field.rank, value);
}

void logfmt_line_read(const struct field_names *names, const char *begin, const char *end,
                      struct line *line)
{
    struct field_choice choice;
    struct bytes name, value;
    const char *first = NULL; /* name */
    memset(&choice, 0, sizeof choice);
    memset(line, 0, sizeof *line);
    line->text = (struct bytes){begin, (size_t)(end - begin)};
    for (const char *next = begin; next < end;) {
        const char *const word = next;
        if (!field_read_pair(&next, &name, &value)) {
            if (token_is_side(token_of_word(word, next)))
                field_choose(&choice.direction, UINT8_MAX,
                             (struct bytes){word, (size_t)(next - word)});
            continue;
        }
        if (first == NULL)
            first = name.data;
        take_value(&choice, names, name, value);
    }
    choice.escapes = ESCAPES_ANY;
    if (field_line(&choice, line)) {
        line->escapes = field_escapes(line->text, ESCAPES_ANY);
        if (line->time.data == NULL)
            line->time = field_time(begin, first);
    } else if (first == begin) {
        line->role = LINE_NOISE;
    }
}

size_t logfmt_find_text(const char *begin, const char *end, char *path, size_t room)
{
    struct bytes name, value;
    for (const char *next = begin; next < end;)
        if (field_read_pair(&next, &name, &value) && field_holds_message(value) &&
            name.length < room) {
            memcpy(path, name.data, name.length);
            path[name.length] = '\0';
            return name.length;
        }
    return 0;
}
