/* SPDX-License-Identifier: MIT
 *
 * From events back to bytes. */
#include <string.h>

#include "rows.h"

/* What is being written: `length` goes on past the capacity, the bytes do not. */
struct output {
    char *buffer;
    size_t capacity;
    size_t length;
};

static void put(struct output *out, const char *bytes, size_t count)
{
    if (out->length < out->capacity) {
        const size_t room = out->capacity - out->length;
        memcpy(out->buffer + out->length, bytes, count < room ? count : room);
    }
    out->length += count;
}

/* For string literals. */
#define PUT(out, literal) put((out), (literal), sizeof(literal) - 1)

/* A tenth, without the division that small cores lack. */
static uint32_t tenth(uint32_t number)
{
    uint32_t quotient = (number >> 1) + (number >> 2);
    quotient += quotient >> 4;
    quotient += quotient >> 8;
    quotient += quotient >> 16;
    quotient >>= 3;
    return quotient + (number - quotient * 10 > 9);
}

static void put_number(struct output *out, int32_t number)
{
    char digits[11];
    char *first = digits + sizeof digits;
    uint32_t magnitude = number < 0 ? 0U - (uint32_t)number : (uint32_t)number;
    do {
        const uint32_t rest = tenth(magnitude);
        *--first = (char)('0' + (magnitude - rest * 10));
        magnitude = rest;
    } while (magnitude > 0);
    if (number < 0)
        *--first = '-';
    put(out, first, (size_t)(digits + sizeof digits - first));
}

static void put_comma(struct output *out, unsigned spelling, unsigned blank)
{
    put(out, ", ", spelling & blank ? 2 : 1);
}

static void put_quoted(struct output *out, const char *word, size_t length)
{
    PUT(out, "\"");
    put(out, word, length);
    PUT(out, "\"");
}

static void put_range(struct output *out, const struct sbfota_event *event, unsigned spelling)
{
    PUT(out, "(");
    put_number(out, event->value);
    if (!(spelling & SBFOTA_SPELLING_RANGE_SINGLE)) {
        put(out, spelling & SBFOTA_SPELLING_RANGE_LIST ? "," : "-", 1);
        put_number(out, (int32_t)event->extent);
    }
    PUT(out, ")");
}

/* +QIND: "SBFOTA","keyword"[,"stage"][,argument], with blanks behind the commas as `spelling` has them. */
static void put_message(struct output *out, const struct sbfota_event *event, const struct sbfota_row *row,
                        unsigned spelling)
{
    const char *const keyword = sbfota_keywords + row->keyword;
    unsigned blank = SBFOTA_SPELLING_BLANK_1;

    if (row->family == SBFOTA_FAMILY_URC) {
        PUT(out, "+QIND: \"SBFOTA\"");
        put_comma(out, spelling, blank);
        blank <<= 1;
    } else if (row->family == SBFOTA_FAMILY_RESPONSE) {
        PUT(out, "+QCFGEXT: ");
    } else {
        put(out, spelling & SBFOTA_SPELLING_LOWER_AT ? "at" : "AT", 2);
        PUT(out, "+QCFGEXT=");
    }
    if (row->family == SBFOTA_FAMILY_TEST) {
        PUT(out, "?");
        return;
    }
    if (event->kind == SBFOTA_RANGE && event->detail == SBFOTA_PARAMETER_ACCEPT) {
        const struct sbfota_row *const accept = &sbfota_rows[SBFOTA_ACCEPT];
        put_quoted(out, sbfota_keywords + accept->keyword, accept->keyword_length);
    } else if (spelling & SBFOTA_SPELLING_BLANK_KEYWORD && event->kind == SBFOTA_POLLING_TIME) {
        PUT(out, "\"polling time\"");
    } else {
        put_quoted(out, keyword, row->keyword_length);
    }
    if (row->stage_length > 0) {
        put_comma(out, spelling, blank);
        blank <<= 1;
        put_quoted(out, keyword + row->keyword_length, row->stage_length);
    }
    if (row->argument == SBFOTA_ARGUMENT_NONE)
        return;
    put_comma(out, spelling, blank);
    if (row->argument == SBFOTA_ARGUMENT_RANGE) {
        put_range(out, event, spelling);
        return;
    }
    put_number(out, event->value);
    if (row->argument == SBFOTA_ARGUMENT_PERCENT && !(spelling & SBFOTA_SPELLING_NO_PERCENT))
        PUT(out, "%");
}

/* An event that only its text gives back: whole, but for the canonical form of +CME ERROR: <text>. */
static void put_text(struct output *out, const struct sbfota_event *event, const char *text, unsigned style)
{
    if (event->kind == SBFOTA_CME_ERROR && !(style & SBFOTA_FORMAT_OWN)) {
        PUT(out, "+CME ERROR: ");
        put(out, text + event->value, event->extent);
        return;
    }
    put(out, text, (size_t)event->length);
}

/* Does only the text give this event back? */
static bool needs_text(const struct sbfota_event *event, const struct sbfota_row *row, unsigned style)
{
    return row->argument == SBFOTA_ARGUMENT_TEXT || (event->kind == SBFOTA_CME_ERROR && event->extent > 0) ||
           ((style & SBFOTA_FORMAT_OWN) && (event->flags & (SBFOTA_FLAG_NONCANONICAL | SBFOTA_FLAG_OVERFLOW)));
}

ptrdiff_t sbfota_format(const struct sbfota_event *event, const void *text, unsigned style, char *buffer,
                        size_t capacity)
{
    struct output out = {buffer, capacity, 0};
    if (event->kind >= SBFOTA_KIND_COUNT)
        return SBFOTA_FORMAT_NO_KIND;
    if (event->kind == SBFOTA_NONE || event->kind == SBFOTA_BLANK || event->kind == SBFOTA_OVERLONG)
        return SBFOTA_FORMAT_NO_TEXT;
    const struct sbfota_row *const row = &sbfota_rows[event->kind];
    const bool verbatim = needs_text(event, row, style);
    if (verbatim && text == NULL)
        return SBFOTA_FORMAT_NEEDS_TEXT;

    const unsigned spelling = style & SBFOTA_FORMAT_OWN ? event->spelling : 0;
    const bool framed = (style & SBFOTA_FORMAT_FRAMED) != 0;
    if (framed && row->sender != SBFOTA_SENDER_HOST)
        PUT(&out, "\r\n");
    if (verbatim) {
        put_text(&out, event, text, style);
    } else if (row->family == SBFOTA_FAMILY_WORD) {
        put(&out, sbfota_keywords + row->keyword, row->keyword_length);
    } else if (row->family == SBFOTA_FAMILY_CME) {
        PUT(&out, "+CME ERROR: ");
        put_number(&out, event->value);
    } else {
        put_message(&out, event, row, spelling);
    }
    if (framed)
        put(&out, "\r\n", row->sender == SBFOTA_SENDER_HOST ? 1 : 2);
    return (ptrdiff_t)out.length;
}
