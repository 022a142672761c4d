/* SPDX-License-Identifier: MIT */
#include "log/prefix/form.h"

#include <string.h>

#include "log/prefix/json.h"
#include "log/prefix/learned.h"
#include "log/prefix/line_read.h"
#include "log/prefix/logfmt.h"
#include "log/prefix/nest.h"

enum {
    READER_OWN = false,
    READER_OTHER = false,
    READER_FIELDS = true
};

const struct capture_form capture_forms[] = {
#define FORM(NAME, name, READER, ESCAPES, FRAMING, LEARNED, summary, example)             \
    {name,    example,        summary, FORM_##NAME, ESCAPES_##ESCAPES, FRAMING_##FRAMING, \
     LEARNED, READER_##READER},
#include "forms.def"
#undef FORM
    {NULL, NULL, NULL, FORM_RAW, ESCAPES_NONE, FRAMING_LINES, false, false},
};

const struct capture_form *capture_form_find(const char *name)
{
    for (const struct capture_form *form = capture_forms; form->name != NULL; form++)
        if (strcmp(form->name, name) == 0)
            return form;
    return NULL;
}

enum escapes reading_escapes(const struct reading *reading, const struct line *line)
{
    if (line->lossy)
        return ESCAPES_ZEPHYR;
    if (line->learned && line->escapes == ESCAPES_NONE)
        return reading->learned->doubled ? ESCAPES_CSV : ESCAPES_ANY;
    return line->escapes != ESCAPES_NONE ? line->escapes : reading->form->escapes;
}

/* What the form knows of a line whose shape was learned: what its time counts from, and whose name stands in it. */
static void complete(struct line *line, const struct line *named, const char *begin,
                     const char *end)
{
    if (named->time.data != NULL)
        line->time = named->time;
    if (!line->judged)
        line->direction = named->direction;
    line->lossy = line->lossy || named->lossy;
    const bool counts = line->nobody.data != NULL && named->modem.data != NULL &&
                        line->nobody.data >= named->modem.data &&
                        line->nobody.data < named->modem.data + named->modem.length;
    if (line->modem.data == NULL && !counts && learned_is_name(named->modem, begin, end))
        line->modem = named->modem;
}

static void read_fields(const struct reading *reading, const char *begin, const char *end,
                        struct line *line)
{
    const struct field_names names = found_names(&reading->found, reading->names);
    switch (reading->form->form) {
    case FORM_JSONL: json_line_read(&names, begin, end, line); break;
    case FORM_LOGFMT: logfmt_line_read(&names, begin, end, line); break;
    case FORM_CSV: csv_line_read(&reading->columns, begin, end, line); break;
    default:
        /* What a line of JSON over several lines is, those before it tell. */
        memset(line, 0, sizeof *line);
        line->role = LINE_NOISE;
        line->time = json_member_time(&names, begin, end);
        break;
    }
    if (reading->learned != NULL && line->role == LINE_RECORD)
        nest_read(reading->learned, reading->torn, line);
}

/* Does a form know of a line what its learned shape does not tell: a modem's name, or what the time counts from? */
static bool knows_more(enum form form)
{
    return form != FORM_LEARNED && form != FORM_SYSLOG && form != FORM_BRACKET &&
           form != FORM_ARDUINO;
}

bool reading_runs_on(const struct reading *reading, const struct line *line)
{
    const enum form form = reading->form->form;
    if (!line->learned)
        return form == FORM_GATEWAY || form == FORM_SYSLOG;
    for (unsigned i = 0; i < reading->learned->count; i++)
        if (reading->learned->shapes[i].suffix_count > 0)
            return false;
    return form == FORM_GATEWAY || (!reading->form->has_fields && !knows_more(form));
}

bool reading_is_word(unsigned kind)
{
    return kind == SBFOTA_RDY || kind == SBFOTA_APP_RDY || kind == SBFOTA_OK ||
           kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
}

bool reading_is_strange(const struct reading *reading, const struct line *line, const char *begin,
                        const char *end)
{
    const enum form form = reading->form->form;
    const bool may_be =
        form == FORM_SYSLOG || (form == FORM_GATEWAY && line->direction == DIRECTION_NONE);
    return reading->learned != NULL && may_be && !line->learned && line->role == LINE_RECORD &&
           !learned_is_near(reading->learned, begin, end);
}

/* Is it another program's line of a system's log, whose OK is no answer to the modem's commands? The modem's program is known by its
 * messages. */
static bool is_of_another(const struct reading *reading, const struct line *named,
                          const char *begin, const char *end)
{
    struct sbfota_event event;
    sbfota_decode_line(named->text.data, named->text.length, &event);
    return reading_is_word(event.kind) && reading_is_strange(reading, named, begin, end);
}

void reading_line(const struct reading *reading, const char *begin, const char *end,
                  struct line *line)
{
    const enum form form = reading->form->form;
    if (reading->header.known) {
        if (header_read(&reading->header, begin, end, line))
            return;
        begin = header_skip_length(begin, end);
    }
    struct line named;
    if (reading->form->has_fields) {
        read_fields(reading, begin, end, line);
        return;
    }
    const bool is_learned = reading->learned != NULL &&
                            learned_line_read(reading->learned, reading->torn, begin, end, line);
    if (is_learned && !knows_more(form))
        return;
    line_read(form, begin, end, &named);
    if (reading->modem_token == 0)
        named.modem = (struct bytes){NULL, 0};
    if (!is_learned && is_of_another(reading, &named, begin, end)) {
        memset(line, 0, sizeof *line);
        line->text = (struct bytes){begin, (size_t)(end - begin)};
    } else if (!is_learned)
        *line = named;
    else if (named.role != LINE_BARE && named.text.data == line->text.data)
        complete(line, &named, begin, end);
}
