/* SPDX-License-Identifier: MIT */
#include "find.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIRE_CAPACITY = 1 << 20 /* no line is longer than a block: the reader drops the rest */
};

bool is_result_code(unsigned kind)
{
    return kind == SBFOTA_OK || kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
}

bool is_dialogue(unsigned kind)
{
    return is_result_code(kind) || record_is_hosts(kind);
}

bool finder_make(struct finder *finder)
{
    memset(finder, 0, sizeof *finder);
    finder->search = search_choose();
    return wire_make(&finder->wire, WIRE_CAPACITY);
}

void finder_free(struct finder *finder)
{
    hits_free(&finder->hits);
    wire_free(&finder->wire);
    free(finder->watched);
}

static bool same(struct bytes a, struct bytes b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

void finder_watch(struct finder *finder, struct bytes modem)
{
    for (size_t i = 0; i < finder->watched_count; i++)
        if (same(finder->watched[i].modem, modem))
            return;
    if (finder->watched_count == finder->watched_capacity) {
        const size_t capacity = finder->watched_capacity == 0 ? 64 : finder->watched_capacity * 2;
        struct watch *const watched = realloc(finder->watched, capacity * sizeof *watched);
        if (watched == NULL) {
            finder->hits.no_memory = true;
            return;
        }
        finder->watched = watched;
        finder->watched_capacity = capacity;
    }
    finder->watched[finder->watched_count++].modem = modem;
}

bool finder_unwatch(struct finder *finder, struct bytes modem)
{
    for (size_t i = 0; i < finder->watched_count; i++) {
        if (same(finder->watched[i].modem, modem)) {
            finder->watched[i] = finder->watched[--finder->watched_count];
            return true;
        }
    }
    return false;
}

/* A line of the wire: its text, and where that stands in the block. */
struct found {
    struct bytes text;
    size_t begin;
    size_t end;
    uint64_t dropped; /* bytes behind the end that belong to it and were not kept */
    uint32_t index;
};

uint64_t finder_bytes(struct finder *finder, const struct block *block, size_t place)
{
    if (!block->wide)
        return place;
    if (place < finder->wide_place)
        finder->wide_place = finder->wide_bytes = 0;
    finder->wide_bytes += wide_length(block->data + finder->wide_place, place - finder->wide_place);
    finder->wide_place = place;
    return finder->wide_bytes;
}

static void add(struct finder *finder, const struct block *block, const struct line *line,
                const struct sbfota_event *event, const struct found *found)
{
    struct hit *const hit = hits_add(&finder->hits);
    if (hit == NULL)
        return;
    hit->event = *event;
    const uint64_t begin = finder_bytes(finder, block, found->begin);
    hit->event.offset = block->offset + begin;
    hit->event.length = finder_bytes(finder, block, found->end) - begin + found->dropped;
    if (event->kind != SBFOTA_OVERLONG) {
        hit->text = found->text.data;
        hit->text_length = (uint16_t)found->text.length;
    }
    if (line->time.length <= UINT8_MAX) {
        hit->time = line->time.data;
        hit->time_length = (uint8_t)line->time.length;
    }
    if (line->modem.data != NULL) {
        hit->modem = line->modem.data;
        hit->modem_length =
            (uint8_t)(line->modem.length < UINT8_MAX ? line->modem.length : UINT8_MAX);
    }
    if (line->lossy)
        hit->event.flags |= SBFOTA_FLAG_LOSSY;
    finder->has_dialogue = finder->has_dialogue || is_dialogue(event->kind);
    hit->direction = (uint8_t)line->direction;
    hit->line = found->index;
}

/* Is the event one to keep? A command's answer must be looked for. */
static bool is_wanted(struct finder *finder, const struct line *line, unsigned kind)
{
    if (kind == SBFOTA_BLANK)
        return false;
    if (finder->all)
        return true;
    if (is_result_code(kind))
        return finder_unwatch(finder, line->modem);
    if (record_is_hosts(kind))
        finder_watch(finder, line->modem);
    return kind != SBFOTA_OTHER;
}

/* A message that is whole and known holds no escapes, so that it can be taken as it stands; of others one cannot be
 * sure. */
static bool is_plain(const struct sbfota_event *event)
{
    return event->kind != SBFOTA_OTHER && event->kind != SBFOTA_MALFORMED &&
           event->kind != SBFOTA_UNKNOWN && event->kind != SBFOTA_OVERLONG &&
           event->kind != SBFOTA_BLANK && !(event->kind == SBFOTA_CME_ERROR && event->extent > 0);
}

static bool is_only_returns(const char *begin, const char *end)
{
    while (begin < end && *begin == '\r')
        begin++;
    return begin == end;
}

/* The text as it stands, if it is one plain message. The byte behind it is a line feed or a quote. */
static bool take_plain(struct finder *finder, const struct block *block, const struct line *line,
                       uint32_t index)
{
    struct sbfota_parser parser;
    struct sbfota_event event;
    const char *const text = line->text.data;
    const char *const end = text + line->text.length;

    sbfota_parser_init(&parser);
    size_t used = sbfota_parse(&parser, text, line->text.length, &event);
    if (event.kind == SBFOTA_NONE && !sbfota_finish(&parser, &event))
        return true;
    if (event.lead > 0 || !is_plain(&event) || !is_only_returns(text + used, end))
        return false;
    if (is_wanted(finder, line, event.kind)) {
        const size_t begin = (size_t)(text - block->data);
        add(finder, block, line, &event,
            &(struct found){
                {text, (size_t)event.length}, begin, begin + (size_t)event.length, 0, index});
    }
    return true;
}

/* An event of finder->wire. Its text stays in the block if it stands there byte for byte. */
static void take_wire_event(struct finder *finder, const struct block *block,
                            const struct line *line, const struct sbfota_event *event,
                            uint32_t index)
{
    const struct wire *const wire = &finder->wire;
    const size_t first = (size_t)event->offset;
    const size_t length = (size_t)event->length;
    if (!is_wanted(finder, line, event->kind))
        return;
    struct found found = {{wire->bytes + first, length},
                          wire->places[first].begin,
                          wire->places[first + length - 1].end,
                          first + length == wire->length ? block->dropped : 0,
                          index};
    if (event->kind != SBFOTA_OVERLONG)
        found.text = found.end - found.begin == length &&
                             memcmp(block->data + found.begin, found.text.data, length) == 0
                         ? (struct bytes){block->data + found.begin, length}
                         : hits_keep(&finder->hits, found.text);
    add(finder, block, line, event, &found);
}

static void take_escaped(struct finder *finder, const struct block *block, const struct line *line,
                         uint32_t index)
{
    const enum escapes escapes = line->lossy ? ESCAPES_ZEPHYR : finder->reading->form->escapes;
    struct sbfota_parser parser;
    struct sbfota_event event;
    size_t next = 0;

    wire_read(&finder->wire, escapes, line->text, block->data);
    sbfota_parser_init(&parser);
    while (next < finder->wire.length) {
        next +=
            sbfota_parse(&parser, finder->wire.bytes + next, finder->wire.length - next, &event);
        if (event.kind == SBFOTA_NONE)
            break;
        take_wire_event(finder, block, line, &event, index);
    }
    if (sbfota_finish(&parser, &event))
        take_wire_event(finder, block, line, &event, index);
}

/* Lines of a raw capture, from `begin` to behind its line feed at `end`, or to the end of a block without: the bytes of the
 * wire as they are. `index` lines stand before. */
static void take_raw(struct finder *finder, const struct block *block, const char *begin,
                     const char *end, uint32_t index)
{
    static const struct line bare = {.role = LINE_BARE};
    struct sbfota_parser parser;
    struct sbfota_event event;
    const char *next = begin;
    const char *counted = begin;

    sbfota_parser_init(&parser);
    while (next < end) {
        next += sbfota_parse(&parser, next, (size_t)(end - next), &event);
        if (event.kind == SBFOTA_NONE && !sbfota_finish(&parser, &event))
            break;
        if (event.kind == SBFOTA_BLANK || !is_wanted(finder, &bare, event.kind))
            continue;
        const char *const text = begin + event.offset;
        const size_t at = (size_t)(text - block->data);
        const bool cut = event.kind == SBFOTA_OVERLONG && text + event.length + 1 >= end;
        index += (uint32_t)search_count_returns(counted, text);
        counted = text;
        add(finder, block, &bare, &event,
            &(struct found){{text, (size_t)event.length},
                            at,
                            at + (size_t)event.length,
                            cut ? block->dropped : 0,
                            index});
    }
}

void finder_line(struct finder *finder, const struct block *block, const char *begin,
                 const char *end, uint32_t index)
{
    struct line line;
    if (finder->reading->form->form == FORM_RAW) {
        take_raw(finder, block, begin, end + 1, index);
        return;
    }
    reading_line(finder->reading, begin, end, &line);
    if (line.role == LINE_NOISE || line.role == LINE_HEADER)
        return;
    if (!finder->all && finder->watched_count == 0)
        shape_learn(&finder->shape, begin, &line);
    if (block->dropped > 0 || line.lossy || !take_plain(finder, block, &line, index))
        take_escaped(finder, block, &line, index);
}

/* The byte-order mark of a raw capture is no part of its first line. */
static const char *skip_mark(const struct block *block)
{
    const bool marked =
        block->offset == 0 && block->size >= 3 && memcmp(block->data, "\xef\xbb\xbf", 3) == 0;
    return block->data + (marked ? 3 : 0);
}

/* The line at `begin`, if it is one of our URCs as most are: with the shape of the line that was taken apart last, and its text
 * a plain message. Its line end, or NULL. */
static const char *take_alike(struct finder *finder, const struct block *block, const char *begin,
                              const char *limit, uint32_t index)
{
    static const char urc[16] = "+QIND: \"SBFOTA\",";
    struct sbfota_parser parser;
    struct bytes modem;
    if (!finder->shape.known || limit - begin < SHAPE_READS)
        return NULL;
    const char *const text = shape_match(&finder->shape, begin, &modem);
    if (text == NULL || memcmp(text, urc, sizeof urc) != 0)
        return NULL;
    struct hit *const hit = hits_next(&finder->hits);
    if (hit == NULL)
        return NULL;
    /* Parsed where it will stand: to copy what was just written in parts makes a processor wait. */
    sbfota_parser_init(&parser);
    const char *end = text + sbfota_parse(&parser, text, (size_t)(limit - text), &hit->event);
    if (hit->event.kind == SBFOTA_NONE || !is_plain(&hit->event) ||
        (end[-1] == '\r' && (end == limit || *end++ != '\n'))) {
        finder->hits.count--;
        return NULL;
    }
    hit->event.offset = block->offset + (uint64_t)(text - block->data);
    hit->text = text;
    hit->text_length = (uint16_t)hit->event.length;
    hit->time = begin + finder->shape.time;
    hit->time_length = finder->shape.time_length;
    hit->modem = modem.data;
    hit->modem_length = (uint8_t)modem.length;
    hit->direction = finder->shape.direction;
    hit->answers = SBFOTA_NONE;
    hit->line = index;
    hit->earlier = false;
    return end - 1;
}

/* The time of the line that begins at `line`; no data if it has none. */
static struct bytes line_time(const struct finder *finder, const char *begin, const char *limit)
{
    struct line line;
    const char *const end = memchr(begin, '\n', (size_t)(limit - begin));
    if (end == NULL)
        return (struct bytes){NULL, 0};
    reading_line(finder->reading, begin, end, &line);
    return line.time;
}

/* The first and the last time of a block, if they stand near its begin and its end. */
static void find_times(const struct finder *finder, struct block *block)
{
    const char *const limit = block->data + block->size;
    const char *first = block->data;
    for (int i = 0; i < 8 && first != NULL && first < limit && block->times[0].data == NULL; i++) {
        block->times[0] = line_time(finder, first, limit);
        first = memchr(first, '\n', (size_t)(limit - first));
        first = first == NULL ? NULL : first + 1;
    }
    const char *last = limit;
    for (int i = 0; i < 8 && last > block->data && block->times[1].data == NULL; i++) {
        last--;
        while (last > block->data && last[-1] != '\n')
            last--;
        block->times[1] = line_time(finder, last, limit);
    }
}

void finder_block(struct finder *finder, struct block *block)
{
    const bool raw = finder->reading->form->form == FORM_RAW;
    const char *const limit = block->data + block->size;
    const char *next = raw ? skip_mark(block) : block->data;
    uint64_t index = 0;
    /* In a raw capture without lone carriage returns, which is most, lines are line feeds. */
    const uint64_t returns = raw ? search_count_returns(block->data, limit) : 0;
    const char *counted = block->data;

    if (!raw)
        find_times(finder, block);
    if (finder->reading->torn) {
        hits_clear(&finder->hits);
        finder->has_dialogue = false;
        finder->wide_place = finder->wide_bytes = 0;
        return;
    }
    const bool alike = !raw && !finder->all && !block->wide;
    bool taken = false;

    hits_clear(&finder->hits);
    if (finder->shape_of != block->log)
        finder->shape.known = false;
    finder->shape_of = block->log;
    finder->has_dialogue = false;
    finder->watched_count = 0;
    finder->wide_place = finder->wide_bytes = 0;
    while (next < limit) {
        if (!finder->all && finder->watched_count == 0) {
            const struct candidate candidate = finder->search(next, limit);
            index += candidate.line_feeds;
            if (candidate.line == NULL)
                break;
            next = candidate.line;
        }
        if (returns > 0) {
            index += search_count_returns(counted, next);
            counted = next;
        }
        const char *end = NULL;
        while (alike && finder->watched_count == 0 &&
               (end = take_alike(finder, block, next, limit, (uint32_t)index)) != NULL) {
            next = end + 1;
            index++;
            taken = true;
        }
        if (taken) {
            taken = false;
            continue;
        }
        const char *const feed = memchr(next, '\n', (size_t)(limit - next));
        end = feed == NULL ? limit - 1 : feed;
        finder_line(finder, block, next, end, (uint32_t)index);
        next = end + 1;
        index += feed != NULL;
    }
    if (returns > 0)
        index += search_count_returns(counted, limit);
    block->lines = index;
}
