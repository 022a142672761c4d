/* SPDX-License-Identifier: MIT */
#include "log/prefix/csv.h"

#include <string.h>

#include "log/text/last.h"
#include "log/text/moment.h"

enum {
    COLUMNS_MAX = 64,
    ROWS_LOOKED_AT = 200
};

static const char delimiters[] = {'\t', ';', ',', '|'};

struct csv_field {
    struct bytes value;
    bool quoted;
    bool goes_on; /* its quotes end on another line */
};

/* The end of what stands in quotes; a quote in it stands twice. */
static const char *find_quote(const char *begin, const char *end)
{
    for (const char *at = begin; (at = memchr(at, '"', (size_t)(end - at))) != NULL; at += 2)
        if (at[1] != '"')
            return at;
    return NULL;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && *at == ' ')
        at++;
    return at;
}

static struct bytes trim(const char *begin, const char *end)
{
    begin = skip_blanks(begin, end);
    while (end > begin && (end[-1] == ' ' || end[-1] == '\r'))
        end--;
    return (struct bytes){begin, (size_t)(end - begin)};
}

/* The field at `begin`, up to `end` if it is the last. What follows is behind its delimiter; NULL if nothing does. */
static const char *read_field(char delimiter, const char *begin, const char *end, bool last,
                              struct csv_field *field)
{
    const char *const first = skip_blanks(begin, end);
    const char *const closing = *first == '"' ? find_quote(first + 1, end) : NULL;
    const char *const behind = closing == NULL ? begin : skip_blanks(closing + 1, end);
    field->quoted = closing != NULL && (behind == end || *behind == delimiter || *behind == '\r');
    field->goes_on = *first == '"' && closing == NULL;
    if (field->goes_on) {
        field->value = (struct bytes){first + 1, (size_t)(end - first - 1)};
        return NULL;
    }
    if (field->quoted) {
        field->value = (struct bytes){first + 1, (size_t)(closing - first - 1)};
        return *behind == delimiter ? behind + 1 : NULL;
    }
    const char *const stop = last ? NULL : memchr(begin, delimiter, (size_t)(end - begin));
    field->value = trim(begin, stop == NULL ? end : stop);
    return stop == NULL ? NULL : stop + 1;
}

/* The fields of a row: their number, `count` at most. */
static unsigned read_row(char delimiter, const char *begin, const char *end, unsigned count,
                         struct csv_field fields[])
{
    unsigned number = 0;
    for (const char *next = begin; next != NULL && number < count; number++)
        next = read_field(delimiter, next, end, number + 1 == count, &fields[number]);
    return number;
}

static bool is(struct bytes name, const char *wanted)
{
    return wanted != NULL && bytes_are(name, wanted);
}

/* A column by its name in the heading; the best of each role. */
static void name_column(const struct field_names *names, struct bytes name, uint8_t number,
                        struct csv_columns *columns, uint8_t ranks[])
{
    struct field_name field = {FIELD_NONE, 0};
    if (name.length > 0)
        field = field_find(name);
    if (field.role == FIELD_SOURCE)
        field.role = names->sources ? FIELD_MODEM : FIELD_NONE;
    if (is(name, names->text))
        field = (struct field_name){FIELD_TEXT, 0};
    else if (is(name, names->time))
        field = (struct field_name){FIELD_TIME, 0};
    else if (is(name, names->modem))
        field = (struct field_name){FIELD_MODEM, 0};
    uint8_t *const column = field.role == FIELD_TEXT        ? &columns->text
                            : field.role == FIELD_TIME      ? &columns->time
                            : field.role == FIELD_MODEM     ? &columns->modem
                            : field.role == FIELD_DIRECTION ? &columns->direction
                                                            : NULL;
    if (column == NULL || (*column != 0 && ranks[field.role] <= field.rank))
        return;
    *column = number;
    ranks[field.role] = field.rank;
}

/* Is it a heading: names, and one of them that of the text? */
static bool read_heading(const struct field_names *names, char delimiter, const char *begin,
                         const char *end, struct csv_columns *columns)
{
    struct csv_field fields[COLUMNS_MAX];
    uint8_t ranks[FIELD_DIRECTION + 1] = {0};
    const unsigned count = read_row(delimiter, begin, end, COLUMNS_MAX, fields);
    *columns = (struct csv_columns){.delimiter = delimiter, .count = (uint8_t)count};
    bool about = false;
    for (unsigned i = 0; i < count; i++) {
        if (field_is_time(fields[i].value) || field_holds_message(fields[i].value))
            return false;
        name_column(names, fields[i].value, (uint8_t)(i + 1), columns, ranks);
        about = about || (fields[i].value.length > 0 && names->text == NULL &&
                          field_find(fields[i].value).role == FIELD_ABOUT);
    }
    columns->has_heading = true;
    return count >= 2 && columns->text != 0 &&
           (!about || columns->time != 0 || columns->direction != 0);
}

/* May a field be a text? A text with commas is several, of which only the first begins as one. */
static bool begins_text(const struct csv_field *field)
{
    const struct bytes text = field->value;
    if (text.length == 0 || *text.data == '\r')
        return field->goes_on;
    const bool may = field->quoted || *text.data == '+' || (*text.data | 0x20) == 'a' ||
                     *text.data == '\\' || field_escapes(text, ESCAPES_NONE) != ESCAPES_NONE;
    return may && field_holds_message(text);
}

/* A field with all that stands behind it, unless its quotes end it. */
static struct csv_field rest_from(const struct csv_field *field, const char *end)
{
    struct csv_field rest = *field;
    if (!rest.quoted && !rest.goes_on)
        rest.value.length = (size_t)(end - rest.value.data);
    return rest;
}

/* May one of some fields be a text? Few rows have one: whether a field is a time takes longer to tell. */
static bool has_text(const struct csv_field fields[], unsigned count, const char *end)
{
    for (unsigned i = 0; i < count; i++) {
        const struct csv_field rest = rest_from(&fields[i], end);
        if (begins_text(&rest))
            return true;
    }
    return false;
}

/* What the columns of a row that holds a message are. */
static bool read_columns(char delimiter, const char *begin, const char *end,
                         struct csv_columns *columns)
{
    struct csv_field fields[COLUMNS_MAX];
    const unsigned count = read_row(delimiter, begin, end, COLUMNS_MAX, fields);
    *columns = (struct csv_columns){.delimiter = delimiter};
    if (!has_text(fields, count, end))
        return false;
    for (unsigned i = 0; i < count; i++) {
        const struct csv_field rest = rest_from(&fields[i], end);
        const uint8_t number = (uint8_t)(i + 1);
        if (columns->time == 0 && field_is_time(fields[i].value)) {
            columns->time = number;
        } else if (columns->direction == 0 && field_direction(fields[i].value) != DIRECTION_NONE) {
            columns->direction = number;
        } else if (begins_text(&rest)) {
            columns->text = number;
            columns->count = rest.quoted ? (uint8_t)count : number;
            break;
        }
    }
    for (unsigned i = columns->text; columns->text != 0 && i < columns->count; i++)
        if (columns->direction == 0 && field_direction(fields[i].value) != DIRECTION_NONE)
            columns->direction = (uint8_t)(i + 1);
    return columns->text >= 2 && (columns->time != 0 || columns->direction != 0);
}

static bool is_same(const struct csv_columns *one, const struct csv_columns *other)
{
    return one->text == other->text && one->time == other->time &&
           one->direction == other->direction;
}

/* A line that holds a message in one of several columns. */
static bool is_row(char delimiter, const char *begin, const char *end, struct csv_columns *columns)
{
    return *begin != '{' && *begin != '[' &&
           memchr(begin, delimiter, (size_t)(end - begin)) != NULL &&
           read_columns(delimiter, begin, end, columns);
}

static bool has_rows(char delimiter, struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    const char *next = memchr(sample.data, delimiter, sample.length);
    next = next == NULL ? limit : line_begin(next, sample.data);
    struct csv_columns found;
    for (const char *end; next < limit; next = end + 1) {
        end = memchr(next, '\n', (size_t)(limit - next));
        if (is_row(delimiter, next, end, &found))
            return true;
    }
    return false;
}

/* How many rows that hold a message have the columns of the first of them; 0 if not most do. */
static unsigned look_at_rows(char delimiter, struct bytes sample, struct csv_columns *columns)
{
    const char *const limit = sample.data + sample.length;
    unsigned rows = 0, alike = 0;
    if (!has_rows(delimiter, sample))
        return 0;
    for (const char *next = sample.data, *end; next < limit && rows < ROWS_LOOKED_AT;
         next = end + 1) {
        struct csv_columns found;
        end = memchr(next, '\n', (size_t)(limit - next));
        if (*next == '{' || *next == '[')
            continue;
        const bool has_columns = is_row(delimiter, next, end, &found);
        rows += has_columns || field_holds_message((struct bytes){next, (size_t)(end - next)});
        if (!has_columns)
            continue;
        if (alike == 0)
            *columns = found;
        alike += is_same(columns, &found);
    }
    return alike * 2 > rows ? alike : 0;
}

/* Has a row what is looked for? */
static bool any_row(const struct csv_columns *columns, struct bytes sample,
                    bool (*has)(const struct csv_columns *columns, const struct csv_field fields[],
                                unsigned count))
{
    const char *const limit = sample.data + sample.length;
    unsigned rows = 0;
    for (const char *next = sample.data, *end; next < limit && rows < ROWS_LOOKED_AT;
         next = end + 1, rows++) {
        struct csv_field fields[COLUMNS_MAX];
        end = memchr(next, '\n', (size_t)(limit - next));
        if (has(columns, fields, read_row(columns->delimiter, next, end, columns->count, fields)))
            return true;
    }
    return false;
}

/* Does a text go over several lines? */
static bool goes_on(const struct csv_columns *columns, const struct csv_field fields[],
                    unsigned count)
{
    return count == columns->text && fields[columns->text - 1].goes_on;
}

static void find_columns(const struct field_names *names, struct bytes sample, bool holds,
                         struct csv_columns *columns)
{
    const char *const limit = sample.data + sample.length;
    const char *first = sample.data;
    unsigned best = 0;
    while (first + 1 < limit && (*first == '\n' || *first == '\r'))
        first++;
    if (limit - first >= 3 && memcmp(first, "\xef\xbb\xbf", 3) == 0)
        first += 3;
    const char *end = memchr(first, '\n', (size_t)(limit - first));
    /* Lines about the columns, as InfluxDB has them. */
    while (*first == '#' && end + 1 < limit) {
        first = end + 1;
        end = memchr(first, '\n', (size_t)(limit - first));
    }
    for (unsigned i = 0; i < sizeof delimiters; i++)
        if (read_heading(names, delimiters[i], first, end, columns))
            return;
    *columns = (struct csv_columns){.delimiter = '\0'};
    for (unsigned i = 0; i < sizeof delimiters && holds; i++) {
        struct csv_columns found;
        const unsigned rows = look_at_rows(delimiters[i], sample, &found);
        if (rows > best) {
            *columns = found;
            best = rows;
        }
    }
}

/* The byte of a row that has one, with nothing about it; of several, as it stands. */
static struct bytes read_byte(const struct csv_columns *columns, struct bytes text)
{
    static const char comma[] = "COMMA";
    if (text.length == 3 && text.data[0] == '\'' && text.data[2] == '\'')
        return (struct bytes){text.data + 1, 1};
    if (columns->text > 1 && text.length == sizeof comma - 1 &&
        memcmp(text.data, comma, text.length) == 0 && text.data[-1] == columns->delimiter &&
        columns->delimiter == ',')
        return (struct bytes){text.data - 1, 1};
    return text;
}

/* Have most rows one byte each? */
static bool look_for_bytes(const struct csv_columns *columns, struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    unsigned rows = 0, bytes = 0;
    for (const char *next = sample.data, *end; next < limit && rows < ROWS_LOOKED_AT;
         next = end + 1) {
        struct csv_field fields[COLUMNS_MAX];
        end = memchr(next, '\n', (size_t)(limit - next));
        if (read_row(columns->delimiter, next, end, columns->count, fields) < columns->text)
            continue;
        const struct bytes text = read_byte(columns, fields[columns->text - 1].value);
        rows++;
        bytes += text.length == 1 ||
                 (text.length == 4 && field_escapes(text, ESCAPES_NONE) == ESCAPES_HEX);
    }
    return bytes * 4 > rows * 3;
}

/* The date in the column before that of the time of day, and this, as one time; without data if they are none. */
static struct bytes join_date(const struct csv_field fields[], unsigned count, uint8_t column)
{
    struct moment moment;
    if (column < 2 || column > count || fields[column - 2].quoted || fields[column - 1].quoted)
        return (struct bytes){NULL, 0};
    const char *const begin = fields[column - 2].value.data;
    const char *const end = fields[column - 1].value.data + fields[column - 1].value.length;
    const bool is_whole = moment_read(begin, end, &moment) == (size_t)(end - begin);
    return is_whole && moment.kind == MOMENT_DATE && !moment.since_1970
               ? (struct bytes){begin, (size_t)(end - begin)}
               : (struct bytes){NULL, 0};
}

/* Has it a date and a time of day in two columns? */
static bool has_date(const struct csv_columns *columns, const struct csv_field fields[],
                     unsigned count)
{
    return join_date(fields, count, columns->time).data != NULL;
}

/* Time and direction that the heading calls something else: what the first row with a message has of them. */
static void find_unnamed(struct csv_columns *columns, struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    unsigned rows = 0;
    for (const char *next = sample.data, *end; next < limit && rows < ROWS_LOOKED_AT;
         next = end + 1, rows++) {
        struct csv_field fields[COLUMNS_MAX];
        end = memchr(next, '\n', (size_t)(limit - next));
        const unsigned count = read_row(columns->delimiter, next, end, columns->count, fields);
        if (count < columns->text || !field_holds_message(fields[columns->text - 1].value))
            continue;
        for (unsigned i = 0; i < count; i++) {
            const struct bytes value = fields[i].value;
            if (i + 1 == columns->text || i + 1 == columns->modem)
                continue;
            if (columns->time == 0 && field_is_time(value))
                columns->time = (uint8_t)(i + 1);
            else if (columns->direction == 0 && field_direction(value) != DIRECTION_NONE)
                columns->direction = (uint8_t)(i + 1);
        }
        return;
    }
}

void csv_look(const struct field_names *names, struct bytes sample, bool holds,
              struct csv_columns *columns)
{
    find_columns(names, sample, holds, columns);
    if (columns->text == 0)
        columns->bytes = byte_rows_look(sample);
    columns->parted = columns->bytes != BYTE_ROWS_NONE;
    if (columns->parted || columns->delimiter == '\0')
        return;
    if (columns->has_heading && (columns->time == 0 || columns->direction == 0))
        find_unnamed(columns, sample);
    columns->goes_on = any_row(columns, sample, goes_on);
    columns->dated = any_row(columns, sample, has_date);
    columns->parted = columns->has_heading && look_for_bytes(columns, sample);
}

static struct bytes value_of(const struct csv_field fields[], unsigned count, uint8_t column)
{
    return column == 0 || column > count ? (struct bytes){NULL, 0} : fields[column - 1].value;
}

void csv_line_read(const struct csv_columns *columns, const char *begin, const char *end,
                   struct line *line)
{
    struct csv_field fields[COLUMNS_MAX];
    memset(line, 0, sizeof *line);
    line->text = (struct bytes){begin, (size_t)(end - begin)};
    if (columns->bytes != BYTE_ROWS_NONE)
        byte_row_read(columns->bytes, begin, line);
    if (columns->text == 0)
        return;
    const unsigned count = read_row(columns->delimiter, begin, end, columns->count, fields);
    const struct bytes time = value_of(fields, count, columns->time);
    const bool timed = !columns->has_heading || columns->goes_on || columns->parted;
    if (count < columns->text || (columns->time != 0 && timed && !field_is_time(time)))
        return;
    const struct csv_field *const text = &fields[columns->text - 1];
    const enum escapes usual = text->quoted || text->goes_on ? ESCAPES_CSV : ESCAPES_ANY;
    line->role = LINE_RECORD;
    line->sureness = SURE;
    line->text = columns->parted ? read_byte(columns, text->value) : text->value;
    line->escapes = field_escapes(line->text, usual);
    const struct bytes joined = columns->dated ? join_date(fields, count, columns->time) : time;
    line->time = joined.data != NULL ? joined : time;
    line->modem = value_of(fields, count, columns->modem);
    if (line->modem.length == 0)
        line->modem.data = NULL;
    line->direction = field_direction(value_of(fields, count, columns->direction));
}
