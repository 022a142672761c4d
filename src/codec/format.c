/* SPDX-License-Identifier: MIT
 *
 * From events back to bytes. */
#include <string.h>

#include "../../grammar/heads.h"
#include "rows.h"
#include "whole_text.h"

/* Calls that stand beside one another take less room than one that is made of them. */
#ifdef __GNUC__
#define SBFOTA_APART static __attribute__((noinline))
#else
#define SBFOTA_APART static
#endif

/* What is being written: `length` goes on past the capacity, the bytes do not. */
struct output {
    char *buffer;
    size_t capacity;
    size_t length;
};

/* Room to be written, and what else is not part of it. */
/*@ predicate is_output(struct output *out) = \valid(out) &&
        \valid(out->buffer + (0 .. out->capacity - 1)) &&
        \separated(out, out->buffer + (0 .. out->capacity - 1));
    predicate is_apart(struct output *out, char *bytes, integer count) =
        \valid_read(bytes + (0 .. count - 1)) &&
        \separated(bytes + (0 .. count - 1), out, out->buffer + (0 .. out->capacity - 1));
    predicate is_event(struct output *out, struct sbfota_event *event) = \valid_read(event) &&
        \separated(event, out, out->buffer + (0 .. out->capacity - 1));
    predicate is_row(struct output *out, struct sbfota_row *row) = \valid_read(row) &&
        is_apart(out, &sbfota_keywords[row->keyword], row->keyword_length + row->stage_length) &&
        \separated(row, out, out->buffer + (0 .. out->capacity - 1)); */

/* What the rows hold, proved of what stands in them. */
/*@ ghost
    /@ assigns \nothing;
       ensures \forall integer kind; 0 <= kind < SBFOTA_KIND_COUNT ==>
           sbfota_rows[kind].argument <= SBFOTA_ARGUMENT_UPDATE_CODE &&
           \valid_read(&sbfota_keywords[sbfota_rows[kind].keyword] + (0 ..
               sbfota_rows[kind].keyword_length + sbfota_rows[kind].stage_length - 1));
       ensures sbfota_rows[SBFOTA_CME_ERROR].argument != SBFOTA_ARGUMENT_TEXT; @/
    void see_rows(void) {} */

/* Inline, so that a length known beforehand makes a store or two of it. */
/*@ requires is_output(out) && is_apart(out, bytes, count);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static inline void put(struct output *out, const char *bytes, size_t count)
{
    if (out->length < out->capacity) {
        const size_t room = out->capacity - out->length;
        if (count <= room)
            memcpy(out->buffer + out->length, bytes, count);
        else
            memcpy(out->buffer + out->length, bytes, room);
    }
    out->length += count;
}

/*@ requires is_output(out);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static inline void put_byte(struct output *out, char byte)
{
    if (out->length < out->capacity)
        out->buffer[out->length] = byte;
    out->length++;
}

/*@ logic integer power_of_ten(integer n) = n <= 0 ? 1 : 10 * power_of_ten(n - 1); */

/* A tenth, without the division that small cores lack. */
/*@ assigns \nothing;
    ensures \result == number / 10; */
static uint32_t tenth(uint32_t number)
{
    uint32_t quotient = number / 2 + number / 4;
    quotient += quotient / 16;
    quotient += quotient / 256;
    quotient += quotient / 65536;
    quotient /= 8;
    //@ assert 10 * quotient <= number <= 10 * quotient + 19;
    return quotient + (number - quotient * 10 > 9);
}

/*@ requires is_output(out);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_number(struct output *out, int32_t number)
{
    char digits[10];
    unsigned first = sizeof digits;
    uint32_t magnitude = (uint32_t)number;
    if (number < 0) {
        put_byte(out, '-');
        magnitude = 0U - magnitude;
    }
    /*@ loop invariant 0 < first <= sizeof(digits) && magnitude < power_of_ten(first);
        loop assigns first, magnitude, digits[0 .. sizeof(digits) - 1];
        loop variant first; */
    do {
        const uint32_t rest = tenth(magnitude);
        digits[--first] = (char)('0' + (magnitude - rest * 10));
        magnitude = rest;
    } while (magnitude > 0);
    /*@ loop invariant first < sizeof(digits);
        loop assigns first, out->length, out->buffer[0 .. out->capacity - 1];
        loop variant sizeof(digits) - first; */
    do
        put_byte(out, digits[first++]);
    while (first < sizeof digits);
}

/* A comma, and a blank behind it if the spelling has `blank`. */
/*@ requires is_output(out);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_comma(struct output *out, unsigned spelling, unsigned blank)
{
    put_byte(out, ',');
    if (spelling & blank)
        put_byte(out, ' ');
}

/*@ requires is_output(out) && is_apart(out, word, length);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_quoted(struct output *out, const char *word, size_t length)
{
    put_byte(out, '"');
    put(out, word, length);
    put_byte(out, '"');
}

/*@ requires is_output(out) && is_event(out, event);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_range(struct output *out, const struct sbfota_event *event, unsigned spelling)
{
    put_byte(out, '(');
    put_number(out, event->value);
    if (!(spelling & SBFOTA_SPELLING_RANGE_SINGLE)) {
        put_byte(out, spelling & SBFOTA_SPELLING_RANGE_LIST ? ',' : '-');
        put_number(out, (int32_t)event->extent);
    }
    put_byte(out, ')');
}

/* What stands before the keyword. */
/*@ requires is_output(out);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_head(struct output *out, unsigned family, unsigned spelling)
{
#define PUT(text) put(out, (text), sizeof(text) - 1)
    switch (family) {
    case SBFOTA_FAMILY_URC:
        PUT(SBFOTA_HEAD_URC);
        put_comma(out, spelling, SBFOTA_SPELLING_BLANK_1);
        break;
    case SBFOTA_FAMILY_CME: PUT(SBFOTA_HEAD_CME); break;
    case SBFOTA_FAMILY_RESPONSE: PUT(SBFOTA_HEAD_RESPONSE); break;
    case SBFOTA_FAMILY_COMMAND:
    case SBFOTA_FAMILY_TEST:
        put(out, spelling & SBFOTA_SPELLING_LOWER_AT ? "at" : "AT", 2);
        PUT(SBFOTA_HEAD_COMMAND);
        break;
    }
#undef PUT
}

/*@ requires is_output(out) && is_event(out, event);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_argument(struct output *out, const struct sbfota_event *event, unsigned argument,
                         unsigned spelling)
{
    if (argument == SBFOTA_ARGUMENT_RANGE) {
        put_range(out, event, spelling);
        return;
    }
    put_number(out, event->value);
    if (argument == SBFOTA_ARGUMENT_PERCENT && !(spelling & SBFOTA_SPELLING_NO_PERCENT))
        put_byte(out, '%');
}

/* The keyword in quotes, as the event has it. */
/*@ requires is_output(out) && is_event(out, event);
    requires is_row(out, row) && is_row(out, &sbfota_rows[SBFOTA_ACCEPT]);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_keyword(struct output *out, const struct sbfota_event *event,
                        const struct sbfota_row *row, unsigned spelling)
{
    if ((spelling & SBFOTA_SPELLING_BLANK_KEYWORD) && event->kind == SBFOTA_POLLING_TIME) {
        put_quoted(out, "polling time", 12);
        return;
    }
    if (event->kind == SBFOTA_RANGE && event->detail == SBFOTA_PARAMETER_ACCEPT)
        row = &sbfota_rows[SBFOTA_ACCEPT];
    put_quoted(out, sbfota_keywords + row->keyword, row->keyword_length);
}

/* A message in a spelling that its fields give: head, keyword, stage, argument. */
/*@ requires is_output(out) && is_event(out, event);
    requires is_row(out, row) && is_row(out, &sbfota_rows[SBFOTA_ACCEPT]);
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_message(struct output *out, const struct sbfota_event *event,
                        const struct sbfota_row *row, unsigned spelling)
{
    const unsigned family = row->family;
    const char *const keyword = sbfota_keywords + row->keyword;
    unsigned blank =
        family == SBFOTA_FAMILY_URC ? SBFOTA_SPELLING_BLANK_2 : SBFOTA_SPELLING_BLANK_1;

    put_head(out, family, spelling);
    switch (family) {
    case SBFOTA_FAMILY_WORD: put(out, keyword, row->keyword_length); return;
    case SBFOTA_FAMILY_CME: put_number(out, event->value); return;
    case SBFOTA_FAMILY_TEST: put_byte(out, '?'); return;
    }
    put_keyword(out, event, row, spelling);
    if (row->stage_length > 0) {
        put_comma(out, spelling, blank);
        blank <<= 1;
        put_quoted(out, keyword + row->keyword_length, row->stage_length);
    }
    if (row->argument != SBFOTA_ARGUMENT_NONE) {
        put_comma(out, spelling, blank);
        put_argument(out, event, row->argument, spelling);
    }
}

/* How much text +CME ERROR: may have in its canonical form without being an overlong line. */
enum {
    CME_TEXT_MAX = SBFOTA_LINE_MAX - 12
};

/* An event that only its text gives back: whole, but for the canonical form of +CME ERROR:
 * <text>. */
/*@ requires is_output(out) && is_event(out, event) && is_apart(out, text, event->length);
    requires event->kind == SBFOTA_CME_ERROR && !(style & SBFOTA_FORMAT_OWN) ==>
             0 <= event->value && event->value + event->extent <= event->length;
    assigns out->length, out->buffer[0 .. out->capacity - 1]; */
static void put_text(struct output *out, const struct sbfota_event *event, const char *text,
                     unsigned style)
{
    if (event->kind == SBFOTA_CME_ERROR && !(style & SBFOTA_FORMAT_OWN) &&
        event->extent <= CME_TEXT_MAX) {
        put_head(out, SBFOTA_FAMILY_CME, 0);
        put(out, text + event->value, event->extent);
        return;
    }
    put(out, text, (size_t)event->length);
}

/* Does only the text give this event back? */
/*@ requires \valid_read(event) && \valid_read(row);
    requires row->argument <= SBFOTA_ARGUMENT_UPDATE_CODE;
    assigns \nothing;
    ensures \result && event->kind == SBFOTA_CME_ERROR && !(style & SBFOTA_FORMAT_OWN) ==>
            event->extent > 0 || row->argument == SBFOTA_ARGUMENT_TEXT; */
static bool needs_text(const struct sbfota_event *event, const struct sbfota_row *row,
                       unsigned style)
{
    return row->argument == SBFOTA_ARGUMENT_TEXT ||
           (event->kind == SBFOTA_CME_ERROR && event->extent > 0) ||
           ((style & SBFOTA_FORMAT_OWN) &&
            (event->flags & (SBFOTA_FLAG_NONCANONICAL | SBFOTA_FLAG_OVERFLOW)));
}

/* Is an event's text one that a line can have, and that of an error within it? */
/*@ requires \valid_read(event);
    assigns \nothing;
    ensures \result ==> event->length <= SBFOTA_LINE_MAX;
    ensures \result && event->kind == SBFOTA_CME_ERROR && event->extent > 0 ==>
            0 <= event->value && event->value + event->extent <= event->length; */
static bool has_sound_text(const struct sbfota_event *event)
{
    if (event->length > SBFOTA_LINE_MAX)
        return false;
    const uint32_t length = (uint32_t)event->length;
    const uint32_t extent = event->extent;
    return event->kind != SBFOTA_CME_ERROR || extent == 0 ||
           (extent <= length && (uint32_t)event->value <= length - extent);
}

/* Is it a command that no host should send, and not one that somebody has sent? */
/*@ requires \valid_read(event) && \valid_read(row) && event->kind < SBFOTA_KIND_COUNT;
    assigns \nothing; */
static bool is_refused(const struct sbfota_event *event, const struct sbfota_row *row)
{
    return row->sender == SBFOTA_SENDER_HOST &&
           (sbfota_judge(event->kind, event->value) & ~event->flags) != 0;
}

/* How an event is to be written. */
enum {
    FROM_FIELDS = 0,
    FROM_TEXT = 1
};

/* Whether its fields or its text give an event back, or an error if neither does. */
/*@ requires \valid_read(event);
    assigns \nothing;
    ensures \result < 0 || \result == FROM_FIELDS || \result == FROM_TEXT;
    ensures \result >= 0 ==> event->kind < SBFOTA_KIND_COUNT;
    ensures \result == FROM_TEXT ==> text != \null && event->length <= SBFOTA_LINE_MAX;
    ensures \result == FROM_TEXT && event->kind == SBFOTA_CME_ERROR &&
            !(style & SBFOTA_FORMAT_OWN) ==>
            0 <= event->value && event->value + event->extent <= event->length; */
SBFOTA_APART int choose_way(const struct sbfota_event *event, const void *text, unsigned style)
{
    const unsigned kind = event->kind;
    if (kind >= SBFOTA_KIND_COUNT)
        return SBFOTA_FORMAT_NO_KIND;
    if (kind == SBFOTA_NONE || kind == SBFOTA_BLANK || kind == SBFOTA_OVERLONG)
        return SBFOTA_FORMAT_NO_TEXT;
    //@ ghost see_rows();
    const struct sbfota_row *const row = &sbfota_rows[kind];
    if (needs_text(event, row, style)) {
        if (text == NULL)
            return SBFOTA_FORMAT_NEEDS_TEXT;
        return has_sound_text(event) ? FROM_TEXT : SBFOTA_FORMAT_BAD_TEXT;
    }
    return is_refused(event, row) ? SBFOTA_FORMAT_OUT_OF_RANGE : FROM_FIELDS;
}

/* For any event, and any room. */
#ifdef SBFOTA_WHOLE_TEXTS
static ptrdiff_t format_carefully(const struct sbfota_event *event, const void *text,
                                  unsigned style, char *buffer, size_t capacity)
#else
ptrdiff_t sbfota_format(const struct sbfota_event *event, const void *text, unsigned style,
                        char *buffer, size_t capacity)
#endif
{
    struct output out = {buffer, capacity, 0};
    const int way = choose_way(event, text, style);
    if (way < 0)
        return way;
    //@ ghost see_rows();
    const struct sbfota_row *const row = &sbfota_rows[event->kind];
    const bool framed = (style & SBFOTA_FORMAT_FRAMED) != 0;
    if (framed && row->sender != SBFOTA_SENDER_HOST)
        put(&out, "\r\n", 2);
    if (way == FROM_TEXT)
        put_text(&out, event, text, style);
    else
        put_message(&out, event, row, style & SBFOTA_FORMAT_OWN ? event->spelling : 0);
    if (framed)
        put(&out, "\r\n", row->sender == SBFOTA_SENDER_HOST ? 1 : 2);
    return (ptrdiff_t)out.length;
}

#ifdef SBFOTA_WHOLE_TEXTS
/* What is not to be written at once, and below it an event's own spelling. Apart from what is, so
 * that it need not save registers. */
__attribute__((noinline)) static ptrdiff_t format_stepwise(const struct sbfota_event *event,
                                                           const void *text, unsigned style,
                                                           char *buffer, size_t capacity)
{
    const unsigned kind = event->kind;
    if (kind >= SBFOTA_KIND_COUNT || capacity < SBFOTA_TEXT_ROOM ||
        needs_text(event, &sbfota_rows[kind], style))
        return format_carefully(event, text, style, buffer, capacity);
    const struct sbfota_text_form *const form = &sbfota_text_forms[kind];
    if (form->sure_count > 0 && is_refused(event, &sbfota_rows[kind]))
        return SBFOTA_FORMAT_OUT_OF_RANGE;
    const ptrdiff_t length = sbfota_format_numbers(event, style, buffer);
    return length > 0 ? length : format_carefully(event, text, style, buffer, capacity);
}

/* A message with a short number in its own spelling. */
__attribute__((noinline)) static ptrdiff_t format_own(const struct sbfota_event *event,
                                                      const void *text, unsigned style,
                                                      char *buffer, size_t capacity)
{
    const struct sbfota_text_form *const form = &sbfota_text_forms[event->kind];
    const unsigned number = form->first + sbfota_count_spelling(form, event->spelling);
    if (event->flags & (SBFOTA_FLAG_NONCANONICAL | SBFOTA_FLAG_OVERFLOW))
        return format_stepwise(event, text, style, buffer, capacity);
    return sbfota_format_short(event, &sbfota_templates[number], style, buffer);
}

/* A guarded message, and below it whatever else is not to be written at once, in enough room. */
__attribute__((noinline)) static ptrdiff_t format_guarded(const struct sbfota_event *event,
                                                          const void *text, unsigned style,
                                                          char *buffer, size_t capacity)
{
    if (!sbfota_is_sure(event))
        return format_stepwise(event, text, style, buffer, capacity);
    if (style & SBFOTA_FORMAT_OWN)
        return format_own(event, text, style, buffer, capacity);
    const unsigned number = sbfota_text_forms[event->kind].first;
    return sbfota_format_short(event, &sbfota_templates[number], style, buffer);
}

ptrdiff_t sbfota_format(const struct sbfota_event *event, const void *text, unsigned style,
                        char *buffer, size_t capacity)
{
    if (capacity < SBFOTA_TEXT_ROOM)
        return format_stepwise(event, text, style, buffer, capacity);
    if (!sbfota_is_short(event))
        return format_guarded(event, text, style, buffer, capacity);
    if (style & SBFOTA_FORMAT_OWN)
        return format_own(event, text, style, buffer, capacity);
    const unsigned number = sbfota_text_forms[event->kind].first;
    return sbfota_format_short(event, &sbfota_templates[number], style, buffer);
}
#endif
