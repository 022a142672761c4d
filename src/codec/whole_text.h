/* SPDX-License-Identifier: MIT
 *
 * The fast way of the formatter: with room for the longest message there is, its text is copied
 * from a template of its kind and spelling, and number and line end are stored behind it, each in a
 * store of a size known beforehand and none in a branch. The next message's kind cannot be
 * foretold, and a wrong guess costs a processor more than all of this.
 *
 * What has a text of its own, a number of more than eight digits or little room is left to the
 * careful way in format.c. That both write the same is tried of every kind, spelling and style by
 * tests/test_fast_format.c, and that the numbers are right is proved (tests/proof, "Numbers"). */
#ifndef SBFOTA_CODEC_WHOLE_TEXT_H
#define SBFOTA_CODEC_WHOLE_TEXT_H

#include <string.h>

#include <sbfota/sbfota.h>

/* For 64-bit hosts whose bytes stand as x86-64 and AArch64 have them. */
#if defined(__GNUC__) && defined(__BYTE_ORDER__) && defined(__SIZEOF_POINTER__)
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && __SIZEOF_POINTER__ == 8
#define SBFOTA_WHOLE_TEXTS
#endif
#endif

#ifdef SBFOTA_WHOLE_TEXTS

enum {
    SBFOTA_HEAD_ROOM = 68, /* longer than any head */
    SBFOTA_HEAD_COPIED = 72,
    /* Room for all that is stored, whether it belongs to the text or not: behind the longest
     * head, which has no number, for four bytes of none and four of the line end; behind the
     * longest with a number, 45, for two of ten bytes. */
    SBFOTA_TEXT_ROOM = 80,
    SBFOTA_LEAST_SHORT = -9, /* numbers that sbfota_short_numbers has */
    SBFOTA_SHORT_COUNT = 1009
};

/* A message in one of its spellings. */
struct sbfota_template {
    char head[SBFOTA_HEAD_ROOM]; /* up to its number */
    uint32_t number_mask;        /* 0 if it has none */
    char tail[4];                /* what closes it, and the line end */
    uint8_t head_length;
    uint8_t tail_length;
    uint8_t lead;     /* bytes of the line end before it */
    uint8_t line_end; /* and behind it */
};

/* The templates of a kind. */
struct sbfota_text_form {
    /* How many of sbfota_short_numbers are for it: all, or none if it is guarded, a range or no
     * message. */
    uint16_t short_count;
    /* It is guarded if it may have a text, or is a command that may be one that no host should
     * send. So many numbers, from the least on, are sure to be neither; 0 if it is not guarded. */
    uint16_t sure_count;
    uint8_t sure_least;
    uint8_t first;     /* its first template */
    uint8_t low_bits;  /* of a spelling: they count its templates */
    uint8_t other_bit; /* this one stands for as many more */
};

#include "../../gen/templates.inc"

/* The text of a number of at most eight digits, in the first of eight bytes, and how many these
 * are. */
static inline uint64_t sbfota_write_digits(uint32_t number, unsigned *count)
{
    const uint64_t upper = number / 10000;
    const uint64_t fours = upper | (uint64_t)(number - (uint32_t)upper * 10000) << 32;
    const uint64_t hundreds = (fours * 10486 >> 20) & 0x0000007f0000007fU;
    const uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
    const uint64_t tens = (twos * 103 >> 10) & 0x000f000f000f000fU;
    const uint64_t digits = tens | (twos - tens * 10) << 8;
    const unsigned zeros = (unsigned)__builtin_ctzll(digits | 1ULL << 56) & ~7U;
    *count = 8 - zeros / 8;
    return (digits | '0' * (~0ULL / 255)) >> zeros;
}

/* Write a number of at most eight digits. Returns where it ends. */
static inline char *sbfota_store_number(char *to, int32_t number)
{
    const uint32_t sign = (uint32_t)number >> 31;
    unsigned count;
    const uint64_t digits = sbfota_write_digits(((uint32_t)number ^ (0U - sign)) + sign, &count);
    *to = '-';
    memcpy(to + sign, &digits, sizeof digits);
    return to + sign + count;
}

static inline bool sbfota_is_long(int32_t number)
{
    return number < -99999999 || number > 99999999;
}

/* Which template of its kind an event's own spelling has. */
static inline unsigned sbfota_count_spelling(const struct sbfota_text_form *form, unsigned spelling)
{
    return (spelling & form->low_bits) + (spelling & form->other_bit ? form->low_bits + 1U : 0);
}

/* Write the longer numbers, and ranges. Returns the length, or 0 if it is neither. */
static ptrdiff_t sbfota_format_numbers(const struct sbfota_event *event, unsigned style,
                                       char *buffer)
{
    const struct sbfota_text_form *const form = &sbfota_text_forms[event->kind];
    const bool is_range = event->kind == SBFOTA_RANGE;
    const bool is_framed = (style & SBFOTA_FORMAT_FRAMED) != 0;
    const unsigned spelling = style & SBFOTA_FORMAT_OWN ? event->spelling : 0;
    const bool is_message =
        is_range ? event->extent <= 99999999 : form->short_count > 0 || form->sure_count > 0;
    if (!is_message || sbfota_is_long(event->value))
        return 0;
    unsigned number = form->first + sbfota_count_spelling(form, spelling);
    if (is_range && event->detail == SBFOTA_PARAMETER_ACCEPT)
        number += form->low_bits + 1U;
    const struct sbfota_template *const template = &sbfota_templates[number];
    const unsigned skipped = is_framed ? 0 : template->lead;
    memcpy(buffer, (const char *)template + skipped, SBFOTA_HEAD_COPIED);
    char *end = buffer + template->head_length - skipped;
    if (template->number_mask != 0)
        end = sbfota_store_number(end, event->value);
    if (is_range && !(spelling & SBFOTA_SPELLING_RANGE_SINGLE)) {
        *end++ = spelling & SBFOTA_SPELLING_RANGE_LIST ? ',' : '-';
        end = sbfota_store_number(end, (int32_t)event->extent);
    }
    memcpy(end, template->tail, sizeof template->tail);
    return end + template->tail_length - (is_framed ? 0 : template->line_end) - buffer;
}

/* Is this a message with a short number, or none, and not guarded? */
static inline bool sbfota_is_short(const struct sbfota_event *event)
{
    const uint32_t place = (uint32_t)event->value - (uint32_t)SBFOTA_LEAST_SHORT;
    return __builtin_expect(place < sbfota_text_forms[event->kind].short_count, 1);
}

/* Is it guarded, and sure? */
static inline bool sbfota_is_sure(const struct sbfota_event *event)
{
    const struct sbfota_text_form *const form = &sbfota_text_forms[event->kind];
    const uint32_t place = (uint32_t)event->value - form->sure_least;
    return place < form->sure_count && event->extent == 0;
}

/* Write such a message by one of its templates. Returns the length. */
static inline ptrdiff_t sbfota_format_short(const struct sbfota_event *event,
                                            const struct sbfota_template *template, unsigned style,
                                            char *buffer)
{
    const uint32_t place = (uint32_t)event->value - (uint32_t)SBFOTA_LEAST_SHORT;
    const uint32_t text = sbfota_short_numbers[place] & template->number_mask;
    const char *head = template->head;
    char *end = buffer + template->head_length;
    ptrdiff_t tail_length = template->tail_length;
    if (!(style & SBFOTA_FORMAT_FRAMED)) {
        head = (const char *)template + template->lead;
        end -= template->lead;
        tail_length -= template->line_end;
    }
    memcpy(buffer, head, SBFOTA_HEAD_COPIED);
    memcpy(end, &text, sizeof text);
    end += text >> 24;
    memcpy(end, template->tail, sizeof template->tail);
    return end + tail_length - buffer;
}

#endif

#endif
