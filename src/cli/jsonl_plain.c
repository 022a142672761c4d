/* SPDX-License-Identifier: MIT
 *
 * JSON Lines of plain events, which nearly all are, without a question that does not need to be asked. */
#include <sbfota/texts.h>

#include "capture/clock.h"
#include "capture/time.h"
#include "pen.h"
#include "sink.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    NAME_MOST = 32, /* longer times and names are left to jsonl_put */
    ALL_MOST = 768  /* a record but its begin, with what fixed copies write behind it */
};

/* Bytes that stand in the block, so that some behind them can be read too. */
static bool is_in(const struct block *block, const char *bytes)
{
    return (uintptr_t)bytes - (uintptr_t)block->data < block->size;
}

#if defined(__SSE2__)
/* Write 16 bytes; a bit for each that a JSON string may not hold as it is. */
static inline uint32_t put_part(char *to, const char *text)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    const __m128i control = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i delete = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f));
    _mm_storeu_si128((__m128i *)(void *)to, bytes);
    return (uint32_t)_mm_movemask_epi8(
        _mm_or_si128(_mm_or_si128(control, quote), _mm_or_si128(backslash, delete)));
}
#endif

/* Write a text and the quote behind it, if a JSON string may hold it as it is. NAME_MOST bytes are read. */
static inline bool put_plain(struct pen *pen, const char *text, size_t length)
{
    bool plain = true;
#if defined(__SSE2__)
    uint32_t odd = put_part(pen->next, text);
    if (length > 16)
        odd |= put_part(pen->next + 16, text + 16) << 16;
    plain = (odd & ((1ULL << length) - 1)) == 0;
#else
    for (size_t i = 0; i < length; i++)
        plain = plain && text[i] >= ' ' && text[i] < 0x7f && text[i] != '"' && text[i] != '\\';
    memcpy(pen->next, text, length);
#endif
    pen->next += length;
    pen_byte(pen, '"');
    return plain;
}

/* Write a time in UTC, with milliseconds, that begins as the one before did, up to its minute. */
static inline bool put_time_alike(struct pen *pen, const struct sink *sink, struct bytes time)
{
    enum {
        BEGIN = sizeof sink->time_begin,
        LENGTH = BEGIN + 8
    };
    uint64_t words[4];
    if (time.length != LENGTH)
        return false;
    memcpy(words, time.data, BEGIN);
    memcpy(words + 2, sink->time_begin, BEGIN);
    if (((words[0] ^ words[2]) | (words[1] ^ words[3])) != 0 || !clock_is_rest(time.data + BEGIN))
        return false;
    memcpy(pen->next, time.data, LENGTH);
    pen->next += LENGTH;
    pen_byte(pen, '"');
    return true;
}

/* A literal, copied with what stands behind it in an array of a fixed size. */
#define PUT_LITERAL(pen, literal)                       \
    do {                                                \
        static const char bytes[16] = literal;          \
        PEN_FIXED(pen, bytes, sizeof(literal) - 1, 16); \
    } while (0)

/* The time of a record, if it has one. */
static inline bool put_time(struct pen *pen, struct sink *sink, const struct block *block,
                            struct bytes time)
{
    char shown[TIME_SIZE + NAME_MOST];
    if (time.data == NULL)
        return true;
    if (!is_in(block, time.data))
        return false;
    PUT_LITERAL(pen, ",\"time\":\"");
    if (put_time_alike(pen, sink, time))
        return true;
    const bool usual = time_is_usual(time);
    if (!usual)
        time = time_show(time, shown);
    if (time.length > NAME_MOST || !put_plain(pen, time.data, time.length))
        return false;
    if (usual)
        memcpy(sink->time_begin, time.data, sizeof sink->time_begin);
    return true;
}

/* The modem of a record, if it has one; not that of the whole log. */
static inline bool put_modem(struct pen *pen, const struct block *block, const struct hit *hit)
{
    if (hit->modem == NULL)
        return block->modem.data == NULL;
    PUT_LITERAL(pen, ",\"modem\":\"");
    return hit->modem_length <= NAME_MOST && is_in(block, hit->modem) &&
           put_plain(pen, hit->modem, hit->modem_length);
}

/* What the message is, and what it tells. */
static inline void put_event(struct pen *pen, struct sink *sink, const struct sbfota_event *event)
{
    const struct json_event *const name = &sink->events[event->kind];
    if (name->plain == JSON_PLAIN_CODE) {
        const struct json_code *code = json_code_place(sink, event);
        if (code->kind != event->kind || code->value != event->value)
            code = json_code_keep(sink, event);
        PEN_FIXED(pen, code->bytes, code->length, sizeof code->bytes);
    } else {
        PEN_FIXED(pen, name->bytes, name->length, sizeof name->bytes);
        if (name->plain == JSON_PLAIN_NUMBER)
            pen_from_small(pen, &sink->small, (uint32_t)event->value); /* in range: not under 0 */
    }
}

bool jsonl_put_plain(struct sink *sink, const struct block *block, const struct hit *hit)
{
    static const char directions[3][16] = {"", ",\"dir\":\"rx\"", ",\"dir\":\"tx\""};
    static const size_t direction_lengths[3] = {0, 11, 11};
    const struct sbfota_event *const event = &hit->event;
    struct writer *const writer = sink->writer;

    if (event->flags != 0 || sink->raw || (hit->earlier && hit->files_before != 0) ||
        sink->events[event->kind].plain == JSON_PLAIN_NOT)
        return false;
    if (!sink->begin.known || sink->begin.file != block->file) {
        json_begin_keep(sink, block->file);
        if (!sink->begin.known)
            return false;
    }
    if (writer->capacity - writer->used < sizeof sink->begin.bytes + ALL_MOST &&
        !writer_make_room(writer, sizeof sink->begin.bytes + ALL_MOST))
        return false;

    struct pen pen = {writer->buffer + writer->used};
    if (sink->begin.length <= 64)
        PEN_FIXED(&pen, sink->begin.bytes, sink->begin.length, 64);
    else
        PEN_FIXED(&pen, sink->begin.bytes, sink->begin.length, sizeof sink->begin.bytes);
    pen_count(&pen, &sink->lines, &sink->small,
              hit->earlier ? hit->earlier_line : block->line + hit->line);
    PUT_LITERAL(&pen, ",\"offset\":");
    pen_count(&pen, &sink->offsets, &sink->small, event->offset);
    PUT_LITERAL(&pen, ",\"length\":");
    pen_from_small(&pen, &sink->small, event->length);
    if (!put_time(&pen, sink, block, (struct bytes){hit->time, hit->time_length}) ||
        !put_modem(&pen, block, hit))
        return false;
    PEN_FIXED(&pen, directions[hit->direction], direction_lengths[hit->direction], 16);
    put_event(&pen, sink, event);
    if (hit->answers != SBFOTA_NONE) {
        PUT_LITERAL(&pen, ",\"answers\":\"");
        pen_string(&pen, sbfota_message(hit->answers)->name);
        pen_byte(&pen, '"');
    }
    if (event->spelling != 0) {
        const struct json_spelling *const spelling = &sink->spellings[event->spelling];
        if (spelling->length == 0)
            json_spelling_keep(sink, event);
        PEN_FIXED(&pen, spelling->bytes, spelling->length, sizeof spelling->bytes);
    }
    pen_bytes(&pen, "}\n", 2);
    writer->used = (size_t)(pen.next - writer->buffer);
    return true;
}
