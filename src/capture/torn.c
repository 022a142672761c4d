/* SPDX-License-Identifier: MIT */
#include "torn.h"

#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "time.h"

enum {
    DIRECTIONS = 3,
    OPEN_MAX = 16384 /* lines that may be open at once; with more the log is no log of modems */
};

/* A line of the wire on its way. */
struct stream {
    struct stream *next; /* the open ones, in the order in which they were opened */
    struct stream *previous;
    uint32_t number;
    uint64_t begin; /* in the file, of its first byte */
    uint64_t end;
    uint64_t line; /* that it begins on */
    uint64_t length;
    uint8_t direction;
    uint8_t modem_length;
    uint8_t time_length;
    bool lossy;
    char modem[UINT8_MAX + 1];
    char time[TIME_SIZE + 1];
    char text[SBFOTA_LINE_MAX + 1];
};

struct torn {
    struct names modems;
    struct stream **streams; /* DIRECTIONS for each modem */
    uint32_t capacity;       /* in modems */
    struct stream *first;    /* open one */
    struct stream *last;
    size_t open_count;
    /* What the last header, or the prefix of the last chunk, said. */
    enum direction direction;
    uint8_t time_length;
    char time[TIME_SIZE + 1];
};

/* What the steps of one block share. */
struct work {
    struct torn *torn;
    struct finder *finder;
    const struct block *block;
    uint64_t line; /* number of the line at hand */
};

static struct stream **find_place(struct torn *torn, struct bytes modem, enum direction direction)
{
    const uint32_t number = names_add(&torn->modems, modem);
    if (number == NAME_UNKNOWN)
        return NULL;
    if (number >= torn->capacity) {
        const uint32_t capacity = number * 2 + 16;
        struct stream **const streams =
            realloc(torn->streams, (size_t)capacity * DIRECTIONS * sizeof *streams);
        if (streams == NULL)
            return NULL;
        memset(streams + (size_t)torn->capacity * DIRECTIONS, 0,
               (size_t)(capacity - torn->capacity) * DIRECTIONS * sizeof *streams);
        torn->streams = streams;
        torn->capacity = capacity;
    }
    return &torn->streams[(size_t)number * DIRECTIONS + (size_t)direction];
}

static struct bytes keep(struct work *work, const char *bytes, size_t length)
{
    return length == 0 ? (struct bytes){NULL, 0}
                       : hits_keep(&work->finder->hits, (struct bytes){bytes, length});
}

/* What stands in a stream as a hit; false without memory. */
static bool tell_stream(struct work *work, const struct stream *stream,
                        const struct sbfota_event *event, size_t length)
{
    struct finder *const finder = work->finder;
    const struct bytes text = keep(work, stream->text, length);
    const struct bytes modem = keep(work, stream->modem, stream->modem_length);
    const struct bytes time = keep(work, stream->time, stream->time_length);
    struct hit *const hit = finder->hits.no_memory ? NULL : hits_add(&finder->hits);
    if (hit == NULL)
        return false;
    hit->event = *event;
    hit->event.offset = stream->begin;
    hit->event.length = stream->end - stream->begin;
    if (stream->lossy)
        hit->event.flags |= SBFOTA_FLAG_LOSSY;
    if (event->kind != SBFOTA_OVERLONG) {
        hit->text = text.data;
        hit->text_length = (uint16_t)length;
    }
    hit->modem = modem.data;
    hit->modem_length = stream->modem_length;
    hit->time = time.data;
    hit->time_length = stream->time_length;
    hit->direction = stream->direction;
    hit->earlier = true;
    hit->earlier_line = stream->line;
    return true;
}

/* The line is whole: its event. */
static void close_stream(struct work *work, struct stream *stream)
{
    struct torn *const torn = work->torn;
    struct finder *const finder = work->finder;
    const size_t kept =
        stream->length < sizeof stream->text ? (size_t)stream->length : sizeof stream->text;
    struct sbfota_event event;

    sbfota_decode_line(stream->text, kept, &event);
    if ((finder->all || event.kind != SBFOTA_OTHER) && tell_stream(work, stream, &event, kept))
        finder->has_dialogue = finder->has_dialogue || finder->roles[event.kind] != ROLE_NONE;
    torn->streams[(size_t)stream->number * DIRECTIONS + stream->direction] = NULL;
    *(stream->previous == NULL ? &torn->first : &stream->previous->next) = stream->next;
    *(stream->next == NULL ? &torn->last : &stream->next->previous) = stream->previous;
    torn->open_count--;
    free(stream);
}

static void close_all(struct work *work)
{
    struct stream *next;
    for (struct stream *stream = work->torn->first; stream != NULL; stream = next) {
        next = stream->next;
        close_stream(work, stream);
    }
}

static struct stream *open_stream(struct work *work, struct stream **place, const struct line *line)
{
    struct torn *const torn = work->torn;
    if (torn->open_count >= OPEN_MAX)
        close_all(work);
    struct stream *const stream = malloc(sizeof *stream);
    if (stream == NULL) {
        work->finder->hits.no_memory = true;
        return NULL;
    }
    stream->number = (uint32_t)((size_t)(place - torn->streams) / DIRECTIONS);
    stream->direction = (uint8_t)line->direction;
    stream->length = 0;
    stream->line = work->line;
    stream->lossy = line->lossy;
    stream->modem_length =
        (uint8_t)(line->modem.length < UINT8_MAX ? line->modem.length : UINT8_MAX);
    stream->time_length = (uint8_t)(line->time.length <= TIME_SIZE ? line->time.length : 0);
    if (stream->modem_length > 0)
        memcpy(stream->modem, line->modem.data, stream->modem_length);
    if (stream->time_length > 0)
        memcpy(stream->time, line->time.data, stream->time_length);
    stream->next = NULL;
    stream->previous = torn->last;
    *(torn->last == NULL ? &torn->first : &torn->last->next) = stream;
    torn->last = stream;
    torn->open_count++;
    *place = stream;
    return stream;
}

static bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n';
}

/* Bytes of the wire that are within one line; only what is needed to know it is kept. */
static void append(struct work *work, struct stream *stream, size_t begin, size_t end)
{
    const struct wire *const wire = &work->finder->wire;
    if (stream->length == 0)
        stream->begin = work->block->offset +
                        finder_bytes(work->finder, work->block, wire->places[begin].begin);
    if (stream->length < sizeof stream->text) {
        const size_t room = sizeof stream->text - (size_t)stream->length;
        memcpy(stream->text + stream->length, wire->bytes + begin,
               end - begin < room ? end - begin : room);
    }
    stream->length += end - begin;
    stream->end =
        work->block->offset + finder_bytes(work->finder, work->block, wire->places[end - 1].end);
}

/* Bytes of the wire, of one modem and direction. */
static void feed(struct work *work, const struct line *line)
{
    const struct wire *const wire = &work->finder->wire;
    struct stream **const place = find_place(work->torn, line->modem, line->direction);
    if (place == NULL) {
        work->finder->hits.no_memory = true;
        return;
    }
    for (size_t next = 0, end; next < wire->length; next = end) {
        for (end = next; end < wire->length && !is_line_end(wire->bytes[end]);)
            end++;
        if (end > next) {
            if (*place == NULL && open_stream(work, place, line) == NULL)
                return;
            append(work, *place, next, end);
        }
        if (end < wire->length) {
            if (*place != NULL)
                close_stream(work, *place);
            end++;
        }
    }
}

static void flush(struct work *work, const struct line *line)
{
    struct stream **const place = find_place(work->torn, line->modem, line->direction);
    if (place != NULL && *place != NULL)
        close_stream(work, *place);
}

/* A record, or a line without prefix, as the form of the log frames it. */
static void take_text(struct work *work, const struct line *line)
{
    struct finder *const finder = work->finder;
    const struct capture_form *const form = finder->reading->form;
    wire_read(&finder->wire, line->lossy ? ESCAPES_ZEPHYR : form->escapes, line->text,
              work->block->data);
    const bool whole =
        form->framing == FRAMING_ESCAPES ? line->role == LINE_BARE : !finder->wire.has_ends;
    if (whole)
        flush(work, line);
    feed(work, line);
    if (whole)
        flush(work, line);
}

static void keep_header(struct torn *torn, const struct line *line)
{
    torn->direction = line->direction;
    torn->time_length = (uint8_t)(line->time.length <= TIME_SIZE ? line->time.length : 0);
    if (torn->time_length > 0)
        memcpy(torn->time, line->time.data, torn->time_length);
    torn->time[torn->time_length] = '\n';
}

static void take_header(const struct torn *torn, struct line *line)
{
    line->direction = torn->direction;
    line->time = (struct bytes){torn->time, torn->time_length};
}

/* SSCOM: a chunk begins with a prefix, and the lines behind it have none. */
static void take_line_of_chunk(struct work *work, struct line *line)
{
    if (line->role == LINE_RECORD)
        keep_header(work->torn, line);
    else
        take_header(work->torn, line);
    take_text(work, line);
}

/* socat: the text of a chunk goes on until the next header; what ends a line of the log is the wire's line feed. */
static void take_chunk(struct work *work, struct line *line, const char *end, bool made_end)
{
    struct torn *const torn = work->torn;
    struct finder *const finder = work->finder;
    struct line chunk = *line;
    take_header(torn, &chunk);
    if (line->role != LINE_NOISE) {
        wire_read(&finder->wire, finder->reading->form->escapes, line->text, work->block->data);
        if (line->role == LINE_BARE && !made_end && finder->wire.length < finder->wire.capacity) {
            const uint32_t at = (uint32_t)(end - work->block->data);
            finder->wire.places[finder->wire.length] = (struct place){at, at + 1};
            finder->wire.bytes[finder->wire.length++] = '\n';
        }
        feed(work, &chunk);
    }
    if (line->role == LINE_HEADER)
        keep_header(torn, line);
}

void torn_block(struct torn **torn, struct finder *finder, struct block *block)
{
    const char *next = block->data;
    const char *const limit = block->data + block->size;
    const enum form form = finder->reading->form->form;
    if (*torn == NULL)
        *torn = calloc(1, sizeof **torn);
    if (*torn == NULL) {
        finder->hits.no_memory = true;
        return;
    }
    struct work work = {*torn, finder, block, block->line};
    while (next < limit) {
        struct line line;
        const char *const end = memchr(next, '\n', (size_t)(limit - next));
        finder_line(finder, next, end, &line);
        if (form == FORM_SOCAT || form == FORM_SOCAT_HEX)
            take_chunk(&work, &line, end, block->made_end && end + 1 == limit);
        else if (finder->reading->form->framing == FRAMING_CHUNKS)
            take_line_of_chunk(&work, &line);
        else if (line.role != LINE_NOISE)
            take_text(&work, &line);
        next = end + 1;
        work.line++;
    }
    block->lines = work.line - block->line;
    if (block->last)
        close_all(&work);
}

void torn_free(struct torn *torn)
{
    if (torn == NULL)
        return;
    while (torn->first != NULL) {
        struct stream *const stream = torn->first;
        torn->first = stream->next;
        free(stream);
    }
    names_free(&torn->modems);
    free(torn->streams);
    free(torn);
}
