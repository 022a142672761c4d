/* SPDX-License-Identifier: MIT
 *
 * The fast way of the goto-driven parser: a line that lies whole in the bytes at hand and is
 * spelled as the note spells it is taken at once, and so is one that another's line is plain to see
 * in. Its words come from the catalogues (gen/whole_line.inc). By hand is only in which order the
 * pieces of the common forms stand; whatever is not exactly of these is left to the machine, from
 * its first byte. That both give the same event is proved of the built objects, for each way into
 * a line and each number (tests/proof, "Words" and "Numbers"), and tried by tests/test_fast.c.
 *
 * What a line is comes out of a few compares of eight bytes, and out of numbers made of them
 * without a branch: lines come in an order that a processor cannot foretell, and a wrong guess
 * costs it as much as half a line. */
#ifndef SBFOTA_CODEC_WHOLE_LINE_H
#define SBFOTA_CODEC_WHOLE_LINE_H

#include "registers.h"

/* For 64-bit hosts whose bytes stand as x86-64 and AArch64 have them; on any other the machine
 * does it all. */
#if defined(__GNUC__) && defined(__BYTE_ORDER__) && defined(__SIZEOF_POINTER__)
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && __SIZEOF_POINTER__ == 8
#define SBFOTA_WHOLE_LINES
#endif
#endif

#ifdef SBFOTA_WHOLE_LINES

#include <string.h>

#include "skip.h"

/* All of it is one function: what passes between its parts stays in registers, whatever a
 * compiler thinks of its length. */
#define SBFOTA_AT_ONCE static inline __attribute__((always_inline))

/* A line is taken only if so many bytes are there: more than one of ours has, and a piece of
 * eight behind it. */
enum {
    SBFOTA_WHOLE_LINE_ROOM = 96,
    SBFOTA_WHOLE_LINE_LEAD = 4 /* the most line ends before it */
};

/* What the note says of a message. */
struct sbfota_argument_row {
    int32_t least; /* of its argument */
    uint32_t span; /* how much more the greatest is */
    uint8_t kind;
    uint8_t flag;       /* enum sbfota_flag of an argument outside its range or table */
    uint8_t codes;      /* one more than the row of sbfota_codes_known; 0 for none */
    uint8_t has_number; /* is there an argument? */
    uint8_t is_percent; /* may a percent sign follow it? */
    uint8_t is_text;    /* is all that is not a plain number a text? */
};

#include "../../gen/whole_line.inc"

/* A line's form as it is read: what has come, and what it will say. */
struct sbfota_form {
    const unsigned char *next;
    unsigned spelling;
};

SBFOTA_AT_ONCE uint64_t sbfota_load(const void *bytes)
{
    uint64_t loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

/* The number at the start of eight bytes, and how many digits it has; of more than seven it
 * takes seven. */
SBFOTA_AT_ONCE unsigned sbfota_read_digits(uint64_t bytes, uint32_t *number)
{
    uint64_t digits = bytes ^ '0' * (~0ULL / 255);
    const uint64_t others = ((digits + 0x76 * (~0ULL / 255)) | digits) & (~0ULL / 255 << 7);
    const unsigned bits = (unsigned)__builtin_ctzll(others | 1ULL << 63) & ~7U;
    digits = digits << (56 - bits) << 8;
    digits = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ffU;
    digits = (digits * 100 + (digits >> 16)) & 0x0000ffff0000ffffU;
    *number = (uint32_t)(digits * 10000 + (digits >> 32));
    return bits / 8;
}

/* How a byte of a short text stands when eight are loaded. */
SBFOTA_AT_ONCE uint64_t sbfota_place(const char *text, size_t at, size_t length)
{
    return at < length ? (uint64_t)(unsigned char)text[at] << (64 - 8 * (length - at)) : 0;
}

/* How eight bytes from `at` on differ, if so many are compared. */
SBFOTA_AT_ONCE uint64_t sbfota_differ(const unsigned char *bytes, const char *text, size_t at,
                                      size_t length)
{
    return at + 8 <= length ? sbfota_load(bytes + at) ^ sbfota_load(text + at) : 0;
}

/* Do these bytes begin with this text of a known length, 48 at most? All of it becomes a few
 * constants. */
SBFOTA_AT_ONCE bool sbfota_begin(const unsigned char *bytes, const char *text, size_t length)
{
    uint64_t other = 0;
    if (length < 8) {
        other |= sbfota_place(text, 0, length) | sbfota_place(text, 1, length);
        other |= sbfota_place(text, 2, length) | sbfota_place(text, 3, length);
        other |= sbfota_place(text, 4, length) | sbfota_place(text, 5, length);
        other |= sbfota_place(text, 6, length);
        return sbfota_load(bytes) << (64 - 8 * length) == other;
    }
    other |= sbfota_differ(bytes, text, 0, length) | sbfota_differ(bytes, text, 8, length);
    other |= sbfota_differ(bytes, text, 16, length) | sbfota_differ(bytes, text, 24, length);
    other |= sbfota_differ(bytes, text, 32, length) | sbfota_differ(bytes, text, 40, length);
    return (other | sbfota_differ(bytes, text, length - 8, length)) == 0;
}

/* Do a form's next bytes begin with this text? Then take them. */
SBFOTA_AT_ONCE bool sbfota_take(struct sbfota_form *form, const char *text, size_t length)
{
    const bool has_come = sbfota_begin(form->next, text, length);
    if (has_come)
        form->next += length;
    return has_come;
}
#define SBFOTA_TAKE(form, literal) sbfota_take((form), (literal), sizeof(literal) - 1)

/* Take a blank, which gives the spelling a bit. A branch, since a modem does it always or never. */
SBFOTA_AT_ONCE void sbfota_take_blank(struct sbfota_form *form, unsigned spelling)
{
    if (__builtin_expect(*form->next == ' ', 0)) {
        form->next++;
        form->spelling |= spelling;
    }
}

/* Take the second field of a report. */
SBFOTA_AT_ONCE const struct sbfota_argument_row *sbfota_take_stage(struct sbfota_form *form)
{
    sbfota_take_blank(form, SBFOTA_SPELLING_BLANK_2);
    if (SBFOTA_TAKE(form, SBFOTA_BEGIN_REPORT_START))
        return &sbfota_REPORT_START;
    if (!SBFOTA_TAKE(form, SBFOTA_BEGIN_REPORT_END))
        return NULL;
    sbfota_take_blank(form, SBFOTA_SPELLING_BLANK_3);
    return &sbfota_REPORT_END;
}

/* What is done with a keyword of gen/whole_line.inc, one that has two spellings, and one that a
 * second field follows. */
#define SBFOTA_KEYWORD(text, id)   \
    if (SBFOTA_TAKE(form, text)) { \
        row = &sbfota_##id;        \
        break;                     \
    }
#define SBFOTA_ALIAS(text, id)                           \
    if (SBFOTA_TAKE(form, text)) {                       \
        form->spelling |= SBFOTA_SPELLING_BLANK_KEYWORD; \
        row = &sbfota_##id;                              \
        break;                                           \
    }
#define SBFOTA_STAGED(text, id)  \
    if (SBFOTA_TAKE(form, text)) \
        return sbfota_take_stage(form);

/* Take the keyword of a URC, all that stands before its argument. */
SBFOTA_AT_ONCE const struct sbfota_argument_row *sbfota_take_keyword(struct sbfota_form *form)
{
    sbfota_take_blank(form, SBFOTA_SPELLING_BLANK_1);
    if (*form->next++ != '"')
        return NULL;
    const struct sbfota_argument_row *row = NULL;
    switch (SBFOTA_KEYWORD_PLACE(sbfota_load(form->next))) {
        SBFOTA_KEYWORD_CASES(SBFOTA_KEYWORD, SBFOTA_ALIAS, SBFOTA_STAGED)
    }
    if (row != NULL && row->has_number)
        sbfota_take_blank(form, SBFOTA_SPELLING_BLANK_2);
    return row;
}
#undef SBFOTA_KEYWORD
#undef SBFOTA_ALIAS
#undef SBFOTA_STAGED

#define SBFOTA_WORD(text, id)    \
    if (SBFOTA_TAKE(form, text)) \
        return &sbfota_##id;

/* Take a line that is nothing but a word. */
SBFOTA_AT_ONCE const struct sbfota_argument_row *sbfota_take_word(struct sbfota_form *form)
{
    SBFOTA_BARE_WORDS(SBFOTA_WORD)
    return NULL;
}
#undef SBFOTA_WORD

/* Take another's line, up to its end. False if that is not near, or a URC may be glued to it. */
/*@ requires \valid(form) && is_piece(form->next, pe) && pe - form->next > SBFOTA_AT_A_TIME;
    requires \separated(form, form->next + (0 .. pe - form->next - 1));
    assigns form->next;
    ensures is_piece(\old(form->next), form->next) && is_piece(form->next, pe);
    ensures \result ==> form->next != pe; */
SBFOTA_AT_ONCE bool sbfota_take_other(struct sbfota_form *form, const unsigned char *pe)
{
    static const uint64_t first_bytes[4] = OTHERS_FIRST_BYTES;
    const unsigned char *next = form->next;
    if (!(first_bytes[*next / 64] >> *next % 64 & 1))
        return false;
    if (pe - next > SBFOTA_LINE_MAX)
        pe = next + SBFOTA_LINE_MAX;
    sbfota_vector turns;
    /*@ loop invariant is_piece(form->next, next) && is_piece(next, pe);
        loop invariant pe - next > SBFOTA_AT_A_TIME;
        loop assigns next, turns;
        loop variant pe - next; */
    while (turns = sbfota_turns(next), !sbfota_any(turns)) {
        next += SBFOTA_AT_A_TIME;
        if (pe - next <= SBFOTA_AT_A_TIME)
            return false;
    }
    form->next = next + sbfota_first(turns);
    return true;
}

/* Take what a line begins with, all that stands before its argument. */
SBFOTA_AT_ONCE const struct sbfota_argument_row *sbfota_take_beginning(struct sbfota_form *form,
                                                                       const unsigned char *pe)
{
    static const struct sbfota_argument_row other = {.kind = SBFOTA_OTHER};
    const struct sbfota_argument_row *row = NULL;
    if (SBFOTA_TAKE(form, SBFOTA_BEGIN_URC))
        return sbfota_take_keyword(form);
    if (sbfota_take_other(form, pe))
        return &other;
    if (*form->next == '+') {
        if (SBFOTA_TAKE(form, SBFOTA_BEGIN_CME_ERROR))
            return &sbfota_CME_ERROR;
        if (SBFOTA_TAKE(form, SBFOTA_BEGIN_DELAY))
            row = &sbfota_DELAY;
    } else if (SBFOTA_TAKE(form, SBFOTA_BEGIN_TEST_QCFGEXT)) {
        return &sbfota_TEST_QCFGEXT;
    } else if (SBFOTA_TAKE(form, SBFOTA_BEGIN_QUERY_DELAY)) {
        if (*form->next != ',')
            return &sbfota_QUERY_DELAY;
        form->next++;
        row = &sbfota_SET_DELAY;
    } else if (SBFOTA_TAKE(form, SBFOTA_BEGIN_ACCEPT)) {
        row = &sbfota_ACCEPT;
    } else {
        return sbfota_take_word(form);
    }
    if (row != NULL)
        sbfota_take_blank(form, SBFOTA_SPELLING_BLANK_1);
    return row;
}

/* Is a number in its range or code table? */
SBFOTA_AT_ONCE bool sbfota_is_known(const struct sbfota_argument_row *row, int32_t value)
{
    const uint32_t above = (uint32_t)value - (uint32_t)row->least;
    if (above > row->span)
        return false;
    return row->codes == 0 || (sbfota_codes_known[row->codes - 1][above / 32] >> above % 32 & 1);
}

/* Take the digits of a number and store it, with what is odd about it. False if its spelling is. */
SBFOTA_AT_ONCE bool sbfota_take_digits(struct sbfota_form *form,
                                       const struct sbfota_argument_row *row, bool is_negative,
                                       struct sbfota_event *event)
{
    uint32_t number;
    const unsigned digits = sbfota_read_digits(sbfota_load(form->next), &number);
    if (digits == 0 || (*form->next == '0' && (is_negative || digits > 1)))
        return false;
    form->next += digits;
    event->value = is_negative ? -(int32_t)number : (int32_t)number;
    event->flags = sbfota_is_known(row, event->value) ? 0 : row->flag;
    return true;
}

/* Take the argument of a line. False if its spelling is odd. */
SBFOTA_AT_ONCE bool sbfota_take_argument(struct sbfota_form *form,
                                         const struct sbfota_argument_row *row,
                                         struct sbfota_event *event)
{
    if (__builtin_expect(*form->next == '-', 0)) {
        form->next++;
        if (row->is_text || !sbfota_take_digits(form, row, true, event))
            return false;
    } else if (!sbfota_take_digits(form, row, false, event)) {
        return false;
    }
    if (row->is_percent) {
        if (*form->next == '%')
            form->next++;
        else
            form->spelling |= SBFOTA_SPELLING_NO_PERCENT;
    }
    return true;
}

SBFOTA_AT_ONCE bool sbfota_is_line_end(unsigned byte)
{
    return byte == '\r' || byte == '\n';
}

/* Take a line whole, with the line ends before it and the one byte that ends it, from the bytes
 * from p to pe, at least SBFOTA_WHOLE_LINE_ROOM of them. `offset` is p's place in the stream,
 * `text` where the run of line ends began. Returns where the next line begins, or NULL if the
 * machine shall read it: then the event is as good as not written. */
SBFOTA_AT_ONCE const unsigned char *sbfota_take_line(const unsigned char *p,
                                                     const unsigned char *pe, uint64_t offset,
                                                     uint64_t text, struct sbfota_event *event)
{
    if (offset - text >= SBFOTA_LEAD_MAX - SBFOTA_WHOLE_LINE_LEAD)
        return NULL;
    const unsigned char *start = p;
    if (sbfota_begin(start, "\n\r\n", 3))
        start += 3;
    else
        while (sbfota_is_line_end(*start) && start - p < SBFOTA_WHOLE_LINE_LEAD)
            start++;
    struct sbfota_form form = {start, 0};
    const struct sbfota_argument_row *const row = sbfota_take_beginning(&form, pe);
    if (row == NULL)
        return NULL;
    if (!row->has_number) {
        event->value = 0;
        event->flags = 0;
    } else if (!sbfota_take_argument(&form, row, event)) {
        return NULL;
    }
    if (!sbfota_is_line_end(*form.next))
        return NULL;
    offset += (size_t)(start - p);
    event->offset = offset;
    event->length = (size_t)(form.next - start);
    event->extent = 0;
    event->lead = (uint16_t)(offset - text);
    event->kind = row->kind;
    event->detail = 0;
    event->spelling = (uint8_t)form.spelling;
    event->ending = *form.next == '\n' ? SBFOTA_ENDING_LF : SBFOTA_ENDING_CR;
    event->reserved = 0;
    return form.next + 1;
}

#else

enum {
    SBFOTA_WHOLE_LINE_ROOM = 1
};

static inline const unsigned char *sbfota_take_line(const unsigned char *p, const unsigned char *pe,
                                                    uint64_t offset, uint64_t text,
                                                    struct sbfota_event *event)
{
    (void)p, (void)pe, (void)offset, (void)text, (void)event;
    return NULL;
}

#endif

#endif
