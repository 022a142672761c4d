/* SPDX-License-Identifier: MIT
 *
 * What takes the lines of logs apart, each on any line: what it finds stands in the line. */
#include "fuzz.h"
#include "log/form/dump_find.h"
#include "log/form/look.h"
#include "log/join/json_stream.h"
#include "log/prefix/dump.h"
#include "log/prefix/header.h"
#include "log/prefix/json.h"
#include "log/prefix/line_read.h"
#include "log/prefix/logfmt.h"
#include "log/text/clock.h"
#include "log/text/time.h"
#include "valid.h"

enum {
    WIRE_ROOM = 1 << 16
};

static bool is_in(struct bytes part, const char *begin, const char *end)
{
    return part.data == NULL ||
           (part.data >= begin && part.data <= end && part.length <= (size_t)(end - part.data));
}

static void check_time(struct bytes time)
{
    char buffer[TIME_SIZE];
    struct clock_minute minute = {.milliseconds = 0};
    int64_t milliseconds = 0, again = 0;
    if (time.data == NULL)
        return;
    const struct bytes shown = time_show(time, buffer);
    CHECK(shown.data == time.data ? shown.length <= time.length : shown.length <= sizeof buffer);
    const enum clock clock = clock_read(shown, &minute, &milliseconds);
    CHECK(clock_read(shown, &minute, &again) == clock);
    CHECK(clock == CLOCK_NONE || again == milliseconds);
    CHECK(time_read(time, &minute, &again) == clock);
    CHECK(clock == CLOCK_NONE || again == milliseconds);
}

/* Places in order, in the text, and no more bytes than it has. The bytes of one character share its place. */
static void check_wire(struct wire *wire, enum escapes style, struct bytes text)
{
    struct place last = {0, 0};
    wire_read(wire, style, text, text.data);
    CHECK(wire->length <= text.length);
    for (size_t i = 0; i < wire->length; i++) {
        const struct place place = wire->places[i];
        const bool is_shared = place.begin == last.begin && place.end == last.end;
        CHECK(is_shared || place.begin >= last.end);
        CHECK(place.end > place.begin);
        last = place;
    }
    CHECK(last.end <= text.length);
    if (wire_is_text(style, text)) {
        CHECK(wire->length == text.length);
        CHECK(memcmp(wire->bytes, text.data, text.length) == 0);
    }
}

/* A line of a log with fields: by the usual names, or by those that the line itself shows. */
static void read_fields(enum form form, const char *begin, const char *end, struct line *line)
{
    const struct bytes sample = {begin, (size_t)(end + 1 - begin)};
    const struct field_names usual = {.modem = "a.modem", .sources = true};
    struct field_names_found found;
    struct csv_columns columns;
    if (form == FORM_CSV) {
        csv_look(&usual, sample, true, &columns);
        CHECK(columns.delimiter == '\0' || (columns.text > 0 && columns.text <= columns.count));
        csv_line_read(&columns, begin, end, line);
        return;
    }
    const bool is_json = form == FORM_JSONL;
    found_names_look(&found, &usual, is_json ? json_line_read : logfmt_line_read,
                     is_json ? json_find_text : logfmt_find_text, sample);
    const struct field_names names = found_names(&found, &usual);
    (is_json ? json_line_read : logfmt_line_read)(&names, begin, end, line);
}

static void check_line(struct wire *wire, const char *begin, const char *end)
{
    struct line line;
    for (unsigned form = FORM_RAW + 1; form < FORM_COUNT; form++) {
        if (form == FORM_JSONL || form == FORM_LOGFMT || form == FORM_CSV)
            read_fields((enum form)form, begin, end, &line);
        else
            line_read((enum form)form, begin, end, &line);
        if (line.escapes != ESCAPES_NONE)
            check_wire(wire, line.escapes, line.text);
        CHECK(is_in(line.time, begin, end) && is_in(line.modem, begin, end));
        CHECK(is_in(line.text, begin, end) && is_in(line.address, begin, end));
        CHECK(line.escapes < ESCAPES_COUNT);
        CHECK(line.direction <= DIRECTION_TX && line.role <= LINE_NOISE);
        check_time(line.time);
    }
    for (unsigned style = ESCAPES_ANY; style < ESCAPES_COUNT; style++)
        check_wire(wire, (enum escapes)style, (struct bytes){begin, (size_t)(end - begin)});
    check_time((struct bytes){begin, (size_t)(end - begin)});
}

/* The form that is recognised reads each line as told. */
static void check_reading(const char *begin, const char *end)
{
    static const struct field_names names = {.sources = false};
    static struct finder finder;
    struct reading reading = {.names = &names};
    struct line line;
    if (finder.search.lines == NULL)
        CHECK(finder_make(&finder));
    reading_choose(&finder, &reading, (struct bytes){begin, (size_t)(end - begin)});
    if (reading.looked == 0)
        reading_look(&finder, &reading, (struct bytes){begin, (size_t)(end - begin)});
    CHECK(reading.form != NULL && reading.matched <= reading.looked);
    while (begin < end) {
        const char *const feed = memchr(begin, '\n', (size_t)(end - begin));
        reading_line(&reading, begin, feed, &line);
        CHECK(is_in(line.text, begin, feed));
        begin = feed + 1;
    }
}

/* Records of JSON over several lines: each text is there, and stands in the log. */
static void check_stream(struct wire *wire, const char *begin, const char *end)
{
    static struct finder finder;
    const struct field_names names = {.sources = true};
    const struct block block = {.data = begin, .size = (size_t)(end - begin), .last = true};
    struct json_stream *const stream = json_stream_new();
    struct json_record record;
    if (finder.search.lines == NULL)
        CHECK(finder_make(&finder));
    CHECK(stream != NULL);
    for (const char *next = begin, *feed; next < end; next = feed + 1) {
        feed = memchr(next, '\n', (size_t)(end - next));
        struct json_line line = {&finder, &block, next, feed, next, 1};
        while (json_stream_next(stream, &names, &line, &record)) {
            CHECK(line.next >= next && line.next <= feed + 1);
            CHECK(record.offset <= block.size && record.line.text.data >= record.origin);
            if (record.line.escapes != ESCAPES_NONE)
                check_wire(wire, record.line.escapes, record.line.text);
            check_time(record.line.time);
        }
    }
    while (json_stream_end(stream, &names, &record))
        CHECK(record.offset <= block.size);
    json_stream_free(stream);
}

/* What is learned of headers, each line of them is; the first line of SBFOTA in digits begins a line. */
static void check_headers(const char *begin, const char *end)
{
    struct header header;
    struct line line;
    const char *const found = dump_find(begin, end);
    CHECK(found == NULL || (found >= begin && found < end));
    CHECK(found == NULL || found == begin || found[-1] == '\n');
    if (!header_learn(&header, (struct bytes){begin, (size_t)(end - begin)}))
        return;
    CHECK(header.known && header.length > 0 && header.length <= HEADER_TOKENS);
    for (const char *feed; begin < end; begin = feed + 1) {
        feed = memchr(begin, '\n', (size_t)(end - begin));
        if (!header_read(&header, begin, feed, &line))
            continue;
        CHECK(line.role == LINE_HEADER && is_in(line.time, begin, feed));
        CHECK(is_in(line.modem, begin, feed));
        check_time(line.time);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct wire wire;
    if (size >= WIRE_ROOM)
        return -1;
    if (wire.bytes == NULL)
        CHECK(wire_make(&wire, WIRE_ROOM));
    for (size_t at = 0; at <= size;) {
        const uint8_t *const feed = size == at ? NULL : memchr(data + at, '\n', size - at);
        const size_t length = feed == NULL ? size - at : (size_t)(feed - (data + at));
        char *const line = malloc(length + 1);
        CHECK(line != NULL);
        if (length > 0)
            memcpy(line, data + at, length);
        line[length] = '\n';
        check_line(&wire, line, line + length);
        free(line);
        at += length + 1;
    }
    char *const sample = malloc(size + 1);
    CHECK(sample != NULL);
    if (size > 0)
        memcpy(sample, data, size);
    sample[size] = '\n';
    check_reading(sample, sample + size + 1);
    check_stream(&wire, sample, sample + size + 1);
    check_headers(sample, sample + size + 1);
    free(sample);
    return 0;
}
