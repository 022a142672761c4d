/* SPDX-License-Identifier: MIT */
#include "log/form/look.h"

#include <stdlib.h>
#include <string.h>

#include "log/form/learn.h"
#include "log/form/learn_columns.h"
#include "log/prefix/anchor.h"
#include "log/prefix/json.h"
#include "log/prefix/line_read.h"
#include "log/prefix/logfmt.h"
#include "log/scan/take.h"
#include "log/text/clock.h"

enum {
    LINES_LOOKED_AT = 200
};

/* Does a text hold line ends that its form has escaped? */
static bool has_ends(enum escapes escapes, struct bytes text)
{
    char bytes[1024];
    struct place places[1024];
    struct wire wire = {.bytes = bytes, .places = places, .capacity = sizeof bytes};
    if (wire_is_text(escapes, text))
        return false;
    wire_read(&wire, escapes, text, text.data);
    return wire.has_ends;
}

/* What the first lines of a file say of one form. */
struct form_evidence {
    unsigned lines;   /* not empty */
    unsigned matched; /* the form's own */
    unsigned points;  /* of sureness; the possible ones count only between equals */
};

/* What they say of its times and texts. */
struct text_evidence {
    bool
        has_ends; /* texts hold line ends that the form has escaped, or messages that the search does not see */
    int64_t latest;
    unsigned times; /* that are no dates */
    unsigned back;  /* of them those that go back; midnight and the restart of a clock are rare */
    struct clock_minute minute;
};

/* The next line of a sample that is not empty, from *next on, which goes behind it. False at the sample's end. Its last line
 * ends too. */
static bool next_line(const char **next, const char *limit, const char **begin, const char **end)
{
    while (*next < limit) {
        *begin = *next;
        *end = memchr(*begin, '\n', (size_t)(limit - *begin));
        *next = *end + 1;
        if (*end - *begin > (**begin == '\r'))
            return true;
    }
    return false;
}

void reading_prepare(struct reading *reading, struct bytes sample, bool holds)
{
    const enum form form = reading->form->form;
    memset(&reading->found, 0, sizeof reading->found);
    if (form == FORM_CSV)
        csv_look(reading->names, sample, holds, &reading->columns);
    else if (form == FORM_JSONL)
        found_names_look(&reading->found, reading->names, json_line_read, json_find_text, sample);
    else if (form == FORM_LOGFMT)
        found_names_look(&reading->found, reading->names, logfmt_line_read, logfmt_find_text,
                         sample);
}

static void look_at_text(const struct reading *reading, const struct line *line,
                         struct text_evidence *found)
{
    static const int64_t half_a_day = 43200000;
    int64_t time;
    const enum clock clock = time_read(line->time, &found->minute, &time);
    found->has_ends =
        found->has_ends ||
        (reading->form->framing == FRAMING_EITHER && line->role != LINE_NOISE &&
         (!wire_shows(line->escapes) || has_ends(reading_escapes(reading, line), line->text)));
    if (clock != CLOCK_DAY && clock != CLOCK_START)
        return;
    found->back += found->times > 0 && time < found->latest && found->latest - time < half_a_day;
    found->latest = time;
    found->times++;
}

static void count_line(struct form_evidence *found, const struct line *line)
{
    found->matched += line->sureness > NOT_MINE;
    found->points +=
        16U * (line->sureness & ~(unsigned)POSSIBLE) + (line->sureness & (unsigned)POSSIBLE);
}

/* Look at the first lines of a sample, and at the texts of all of them, or of those that are of the form. */
static void look_at(struct finder *trial, const struct reading *reading, struct bytes sample,
                    struct form_evidence *found, struct text_evidence *texts, bool all)
{
    const char *next = sample.data;
    const char *begin;
    const char *end;
    memset(found, 0, sizeof *found);
    memset(&trial->shapes, 0, sizeof trial->shapes);
    trial->reading = reading;
    while (found->lines < LINES_LOOKED_AT &&
           next_line(&next, sample.data + sample.length, &begin, &end)) {
        struct line line;
        found->lines++;
        if (reading->form->has_fields)
            reading_line(reading, begin, end, &line);
        else
            finder_line_alike(trial, begin, end, sample.data + sample.length, &line);
        count_line(found, &line);
        if (all || line.sureness > NOT_MINE)
            look_at_text(reading, &line, texts);
    }
}

/* Messages that do not end where a line is broken. */
static size_t count_messages(struct bytes lines)
{
    const char *const limit = lines.data + lines.length;
    size_t count = 0;
    for (const char *next = lines.data, *end; next < limit; next = end + 1) {
        struct anchor anchor;
        end = memchr(next, '\n', (size_t)(limit - next));
        count += anchor_find(next, end, &anchor) && *anchor.end != ',' && *anchor.end != '=';
    }
    return count;
}

/* The lines of a sample as they are without soft breaks, to be freed; *length is less than the sample's if there are any. NULL
 * without memory. */
static char *join_soft_breaks(struct bytes sample, size_t *length)
{
    const char *const limit = sample.data + sample.length;
    char *const joined = malloc(sample.length);
    *length = 0;
    for (const char *next = sample.data, *end; joined != NULL && next < limit; next = end + 1) {
        end = memchr(next, '\n', (size_t)(limit - next));
        const bool is_soft = line_breaks_softly(next, end) && end + 1 < limit;
        const size_t kept = (size_t)(end + 1 - next) - (is_soft ? 2U + (end[-1] == '\r') : 0);
        memcpy(joined + *length, next, kept);
        *length += kept;
    }
    return joined;
}

static struct form_evidence look(struct finder *trial, struct reading *reading, struct bytes sample,
                                 bool all)
{
    const enum framing framing = reading->form->framing;
    struct form_evidence found;
    struct text_evidence texts = {.has_ends = false};
    look_at(trial, reading, sample, &found, &texts, all);
    reading->matched = found.matched;
    reading->looked = found.lines;
    /* Times that go back again and again count from the line before. */
    reading->deltas = texts.back >= 2 && texts.back * 8 >= texts.times;
    reading->soft = reading->soft && reading->learned != NULL;
    reading->torn = reading->soft || framing == FRAMING_ESCAPES || framing == FRAMING_CHUNKS ||
                    reading->form->form == FORM_JSON ||
                    (reading->form->form == FORM_CSV &&
                     (reading->columns.goes_on || reading->columns.parted)) ||
                    (framing == FRAMING_EITHER && texts.has_ends);
    return found;
}

void reading_look(struct finder *trial, struct reading *reading, struct bytes sample)
{
    look(trial, reading, sample, true);
}

/* Learn from lines without soft breaks, if more messages are whole then. */
bool reading_learn(struct reading *reading, struct bytes sample, struct learned **learned)
{
    size_t length;
    char *const joined = join_soft_breaks(sample, &length);
    struct learned *const made = malloc(sizeof *made);
    const struct bytes whole = {joined, length};
    reading->soft =
        joined != NULL && length < sample.length && count_messages(whole) > count_messages(sample);
    const bool enough =
        joined != NULL && made != NULL &&
        learned_make(made, reading->soft ? whole : sample, reading->modem_token, reading->others);
    free(joined);
    if (!enough) {
        free(made);
        return false;
    }
    made->useful = made->useful || reading->soft;
    reading->learned = *learned = made;
    return true;
}

bool reading_take(struct finder *trial, struct reading *reading, struct bytes sample,
                  struct learned **learned)
{
    if (reading->form->may_be_learned && !reading_learn(reading, sample, learned))
        return false;
    reading_prepare(reading, sample, true);
    reading_look(trial, reading, sample);
    columns_learn_modem(reading, sample);
    return true;
}

/* Do lines of a form show that they are its own by what stands before their texts? */
static bool has_prefix(const struct capture_form *form)
{
    return form->form != FORM_RAW && form->form != FORM_LEARNED && form->form != FORM_DUMP &&
           !form->has_fields;
}

/* Look at the first lines of a sample as each form with a prefix has them: the begin of a line is read once for all of them. */
static void look_at_all(struct bytes sample, struct form_evidence found[FORM_COUNT])
{
    const char *next = sample.data;
    const char *begin;
    const char *end;
    unsigned lines = 0;
    for (; lines < LINES_LOOKED_AT && next_line(&next, sample.data + sample.length, &begin, &end);
         lines++) {
        struct line_head head = {.begin = begin, .end = end};
        for (const struct capture_form *form = capture_forms; form->name != NULL; form++) {
            struct line line;
            if (!has_prefix(form) ||
                (form->form == FORM_MODEMMANAGER && !prefix_may_be_managers(begin, end)))
                continue;
            line_read_head(form->form, &head, &line);
            count_line(&found[form->form], &line);
        }
    }
    for (unsigned i = 0; i < FORM_COUNT; i++)
        found[i].lines = lines;
}

/* The same of JSON Lines, which have braces; all that reading_look does if each line is one. */
static struct form_evidence look_at_json(struct finder *trial, struct reading *reading,
                                         struct bytes sample)
{
    if (memchr(sample.data, '{', sample.length) == NULL &&
        memchr(sample.data, '[', sample.length) == NULL)
        return (struct form_evidence){0, 0, 0};
    reading_prepare(reading, sample, true);
    const struct form_evidence found = look(trial, reading, sample, false);
    if (found.matched < found.lines)
        reading->looked = 0; /* other lines have not been */
    return found;
}

/* A form needs a tenth of the lines to be surely its own, or a third likely so; the first among equals is taken. What has other fields,
 * what is learned and dumps are tried in choose.c. */
void reading_choose(struct finder *trial, struct reading *reading, struct bytes sample)
{
    const struct capture_form *best = capture_forms;
    struct form_evidence found[FORM_COUNT] = {{0, 0, 0}};
    struct reading json = *reading;
    unsigned points = 0;
    json.form = capture_form_find("jsonl");
    look_at_all(sample, found);
    found[FORM_JSONL] = look_at_json(trial, &json, sample);
    for (const struct capture_form *form = capture_forms + 1; form->name != NULL; form++) {
        const struct form_evidence *const one = &found[form->form];
        const bool enough = one->points * 10 >= one->lines * 16 * (unsigned)SURE;
        if (enough && one->points >= 16 && one->points > points) {
            best = form;
            points = one->points;
        }
    }
    if (best->form == FORM_JSONL) {
        *reading = json;
    } else {
        reading->form = best;
        reading_prepare(reading, sample, true);
    }
}

void reading_order(struct reading *reading, struct bytes sample)
{
    enum {
        OTHERS = 16 /* times that are of no such date, until nothing is looked for */
    };
    const char *next = sample.data;
    const char *begin;
    const char *end;
    unsigned counts[ORDER_MONTH_FIRST + 1] = {0};
    while (counts[ORDER_NONE] < OTHERS &&
           next_line(&next, sample.data + sample.length, &begin, &end)) {
        struct line line;
        reading_line(reading, begin, end, &line);
        if (line.time.data != NULL)
            counts[time_order(line.time)]++;
    }
    const bool told = (counts[ORDER_DAY_FIRST] > 0) != (counts[ORDER_MONTH_FIRST] > 0);
    reading->order = counts[ORDER_EITHER] == 0     ? ORDER_NONE
                     : !told                       ? ORDER_EITHER
                     : counts[ORDER_DAY_FIRST] > 0 ? ORDER_DAY_FIRST
                                                   : ORDER_MONTH_FIRST;
}
