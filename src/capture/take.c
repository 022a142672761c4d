/* SPDX-License-Identifier: MIT */
#include "take.h"

#include <string.h>

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

/* A text of JSON as it is meant. */
static void unescape(struct finder *finder, struct bytes *text, const char *origin)
{
    struct wire *const wire = &finder->wire;
    if (text->data == NULL || memchr(text->data, '\\', text->length) == NULL)
        return;
    wire_read(wire, ESCAPES_JSON, *text, origin);
    *text = hits_keep(&finder->hits, (struct bytes){wire->bytes, wire->length});
}

void finder_unescape(struct finder *finder, struct line *line, const char *origin)
{
    unescape(finder, &line->modem, origin);
    unescape(finder, &line->time, origin);
}

void finder_line(struct finder *finder, const char *begin, const char *end, struct line *line)
{
    const enum form form = finder->reading->form->form;
    reading_line(finder->reading, begin, end, line);
    if (form == FORM_JSONL || form == FORM_LOGFMT)
        finder_unescape(finder, line, begin);
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
    if (line->modem.length > 0) {
        hit->modem = line->modem.data;
        hit->modem_length = (uint32_t)line->modem.length;
    }
    if (line->lossy)
        hit->event.flags |= SBFOTA_FLAG_LOSSY;
    finder->has_dialogue = finder->has_dialogue || finder->roles[event->kind] != ROLE_NONE;
    hit->direction = (uint8_t)line->direction;
    hit->line = found->index;
}

/* Is the event one to keep? A command's answer must be looked for. */
static bool is_wanted(struct finder *finder, struct bytes modem, unsigned kind)
{
    if (kind == SBFOTA_BLANK || finder->all)
        return kind != SBFOTA_BLANK;
    if (kind == SBFOTA_OVERLONG)
        return !finder->reading->binary;
    if (finder->roles[kind] == ROLE_ANSWER)
        return watch_remove(&finder->watch, modem);
    if (finder->roles[kind] == ROLE_COMMAND && !watch_add(&finder->watch, modem))
        finder->hits.no_memory = true;
    return kind != SBFOTA_OTHER;
}

/* A message that is whole and known holds no escapes, so that it can be taken as it stands; of others one cannot be
 * sure. */
static bool is_plain(const struct sbfota_event *event)
{
    return event->kind != SBFOTA_OTHER && event->kind != SBFOTA_MALFORMED &&
           event->kind != SBFOTA_UNKNOWN && event->kind != SBFOTA_OVERLONG &&
           !(event->kind == SBFOTA_CME_ERROR && event->extent > 0);
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
    if (is_wanted(finder, line->modem, event.kind)) {
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
    if (!is_wanted(finder, line->modem, event->kind))
        return;
    struct found found = {{wire->bytes + first, length},
                          wire->places[first].begin,
                          wire->places[first + length - 1].end,
                          first + length == wire->length ? block->dropped : 0,
                          index};
    const char *const there = block->data + found.begin;
    if (event->kind == SBFOTA_OVERLONG) {
        add(finder, block, line, event, &found);
        return;
    }
    const bool stands =
        found.end - found.begin == length && memcmp(there, found.text.data, length) == 0;
    found.text = stands ? (struct bytes){there, length} : hits_keep(&finder->hits, found.text);
    if (found.text.data != NULL)
        add(finder, block, line, event, &found);
}

static void take_wire(struct finder *finder, const struct block *block, const struct line *line,
                      enum escapes escapes, uint32_t index)
{
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

/* An event of a text that stands for itself. */
static void take_text_event(struct finder *finder, const struct block *block,
                            const struct line *line, const struct sbfota_event *event,
                            uint32_t index)
{
    if (!is_wanted(finder, line->modem, event->kind))
        return;
    const struct bytes text = {line->text.data + event->offset, (size_t)event->length};
    const size_t begin = (size_t)(text.data - block->data);
    const bool cut = event->offset + event->length == line->text.length;
    add(finder, block, line, event,
        &(struct found){text, begin, begin + text.length, cut ? block->dropped : 0, index});
}

static void take_text(struct finder *finder, const struct block *block, const struct line *line,
                      uint32_t index)
{
    struct sbfota_parser parser;
    struct sbfota_event event;
    size_t next = 0;

    sbfota_parser_init(&parser);
    while (next < line->text.length) {
        next += sbfota_parse(&parser, line->text.data + next, line->text.length - next, &event);
        if (event.kind == SBFOTA_NONE)
            break;
        take_text_event(finder, block, line, &event, index);
    }
    if (sbfota_finish(&parser, &event))
        take_text_event(finder, block, line, &event, index);
}

void take_line(struct finder *finder, const struct block *block, const char *begin, const char *end,
               uint32_t index)
{
    struct line line;
    finder_line(finder, begin, end, &line);
    if (line.role == LINE_NOISE)
        return;
    shapes_learn(&finder->shapes, begin, &line);
    const enum escapes escapes = reading_escapes(finder->reading, &line);
    if (block->dropped == 0 && !line.lossy && wire_shows(escapes) &&
        take_plain(finder, block, &line, index))
        return;
    if (wire_is_text(escapes, line.text))
        take_text(finder, block, &line, index);
    else
        take_wire(finder, block, &line, escapes, index);
}

/* What an event of ours that is plain needs to become a hit: the event is there already. */
static void complete(struct finder *finder, const struct block *block, struct hit *hit,
                     const char *text, uint32_t index)
{
    hit->event.offset = block->offset + (uint64_t)(text - block->data);
    hit->text = text;
    hit->text_length = (uint16_t)hit->event.length;
    hit->answers = SBFOTA_NONE;
    hit->line = index;
    hit->earlier = false;
    finder->has_dialogue = finder->has_dialogue || finder->roles[hit->event.kind] != ROLE_NONE;
}

/* May the text of a line that looks like others be taken for what the grammar would find? It would not, if there were more
 * of a prefix in it. Behind a mark there is none. */
static bool is_text(const struct shape *shape, const char *text, bool sure)
{
    static const char urc[16] = "+QIND: \"SBFOTA\",";
    return memcmp(text, urc, sizeof urc) == 0 || (!sure && shape->direction != DIRECTION_NONE &&
                                                  (*text == '+' || (*text >= 'A' && *text <= 'Z')));
}

const char *take_alike(struct finder *finder, const struct block *block, const char *begin,
                       const char *limit, bool sure, uint32_t index)
{
    struct sbfota_parser parser = finder->fresh;
    struct bytes modem;
    const char *text;
    if (limit - begin < SHAPE_READS)
        return NULL;
    const struct shape *const shape = shapes_match(&finder->shapes, begin, &modem, &text);
    if (shape == NULL || !is_text(shape, text, sure))
        return NULL;
    struct hit *const hit = hits_next(&finder->hits);
    if (hit == NULL)
        return NULL;
    /* Parsed where it will stand: to copy what was just written in parts makes a processor wait. */
    const char *end = text + sbfota_parse(&parser, text, (size_t)(limit - text), &hit->event);
    const bool taken = hit->event.kind != SBFOTA_NONE && is_plain(&hit->event) &&
                       (end[-1] != '\r' || (end != limit && *end++ == '\n'));
    if (!taken || !is_wanted(finder, modem, hit->event.kind)) {
        finder->hits.count--;
        return taken ? end : NULL;
    }
    complete(finder, block, hit, text, index);
    hit->time = begin + shape->time;
    hit->time_length = shape->time_length;
    hit->modem = modem.data;
    hit->modem_length = (uint32_t)modem.length;
    hit->direction = shape->direction;
    return end;
}

/* The ends of lines in [begin, end), which holds line-end bytes only: line feeds, and carriage returns that neither <LF> nor
 * <CR><LF> follows before `limit`. */
static uint64_t count_lines(const char *begin, const char *end, const char *limit)
{
    uint64_t count = 0;
    for (const char *at = begin; at < end; at++) {
        if (*at == '\n')
            count++;
        else
            count += !(limit - at > 1 && at[1] == '\n') &&
                     !(limit - at > 2 && at[1] == '\r' && at[2] == '\n');
    }
    return count;
}

const char *take_raw(struct finder *finder, const struct block *block, const char *begin,
                     const char *limit, uint64_t *index)
{
    static const struct line bare = {.role = LINE_BARE};
    struct sbfota_parser parser;
    struct sbfota_event event;
    const char *next = begin;
    const char *counted = begin;

    sbfota_parser_init(&parser);
    while (next < limit) {
        struct hit *const hit = hits_next(&finder->hits);
        if (hit == NULL)
            return limit;
        next += sbfota_parse(&parser, next, (size_t)(limit - next), &hit->event);
        finder->hits.count--;
        if (hit->event.kind == SBFOTA_NONE && !sbfota_finish(&parser, &hit->event))
            break;
        const char *const text = begin + hit->event.offset;
        *index += count_lines(counted, text, limit);
        counted = text + hit->event.length;
        if (is_wanted(finder, bare.modem, hit->event.kind)) {
            if (!block->wide && is_plain(&hit->event)) {
                finder->hits.count++;
                complete(finder, block, hit, text, (uint32_t)*index);
                hit->time = hit->modem = NULL;
                hit->time_length = 0;
                hit->modem_length = 0;
                hit->direction = DIRECTION_NONE;
                continue;
            }
            event = hit->event;
            const size_t at = (size_t)(text - block->data);
            const size_t end = at + (size_t)event.length;
            const bool cut = event.kind == SBFOTA_OVERLONG && block->data + end + 1 >= limit;
            add(finder, block, &bare, &event,
                &(struct found){{text, (size_t)event.length},
                                at,
                                end,
                                cut ? block->dropped : 0,
                                (uint32_t)*index});
        } else if (hit->event.kind == SBFOTA_OTHER && finder->watch.count == 0) {
            break;
        }
    }
    *index += count_lines(counted, next, limit);
    return next;
}
