/* SPDX-License-Identifier: MIT */
#include "log/join/json_stream.h"

#include <stdlib.h>
#include <string.h>

#include "log/prefix/json_place.h"
#include "log/text/span.h"
#include "log/text/time.h"

#include "jsonl.inc"

enum {
    FRAMES_MAX = 32,
    NAME_SIZE = 64,
    KEPT_MAX = BLOCK_SIZE /* of a text: as much as a line of the log may have */
};

/* A value that outlives its line. */
struct kept_value {
    char *data; /* with a line feed behind it */
    size_t length;
    size_t room;
    uint32_t rank;
    bool known;
};

/* An object or an array that is open, and the best that has been found in it. */
struct frame {
    bool is_array;
    bool named;        /* the value of `name` comes next */
    bool has_bytes;    /* an array of the bytes of a text */
    unsigned elements; /* of an array */
    char name[NAME_SIZE];
    uint8_t name_length;
    struct kept_value text;
    struct kept_value time;
    struct kept_value modem;
    enum escapes escapes; /* of the text */
    uint64_t offset;      /* likewise */
    uint64_t number;
    enum direction direction;
    bool about; /* something is said about the text */
};

struct json_stream {
    struct frame frames[FRAMES_MAX];
    unsigned count; /* of the open ones */
    struct json_place place;
    struct kept_value before; /* the time before a brace */
    /* An object or an array that names the modem, if none of its members does: the frame that it is, from 1; 0 if none is open. */
    unsigned name;
    struct kept_value name_bytes;
    bool wide; /* the file is UTF-16 */
};

struct json_stream *json_stream_new(void)
{
    return calloc(1, sizeof(struct json_stream));
}

void json_stream_free(struct json_stream *stream)
{
    if (stream == NULL)
        return;
    for (unsigned i = 0; i < FRAMES_MAX; i++) {
        free(stream->frames[i].text.data);
        free(stream->frames[i].time.data);
        free(stream->frames[i].modem.data);
    }
    free(stream->before.data);
    free(stream->name_bytes.data);
    free(stream);
}

static void forget(struct kept_value *kept)
{
    kept->known = false;
    kept->length = 0;
}

static bool append(struct kept_value *kept, struct bytes bytes)
{
    const size_t length = kept->length + bytes.length;
    if (length > KEPT_MAX)
        return false;
    if (kept->room < length + 1) {
        const size_t room = length * 2 + 64;
        char *const data = realloc(kept->data, room);
        if (data == NULL)
            return false;
        kept->data = data;
        kept->room = room;
    }
    if (bytes.length > 0)
        memcpy(kept->data + kept->length, bytes.data, bytes.length);
    kept->length = length;
    kept->data[length] = '\n';
    return true;
}

static void keep(struct finder *finder, struct kept_value *kept, uint32_t rank, struct bytes value)
{
    if (kept->known && rank >= kept->rank)
        return;
    forget(kept);
    kept->rank = rank;
    kept->known = append(kept, value);
    finder->events.no_memory = finder->events.no_memory || !kept->known;
}

static void swap(struct kept_value *first, struct kept_value *second)
{
    const struct kept_value kept = *first;
    *first = *second;
    *second = kept;
}

/* What is better in `inner` goes to `outer`. True if it did. */
static bool take_better(struct kept_value *outer, struct kept_value *inner)
{
    const bool better = inner->known && (!outer->known || inner->rank < outer->rank);
    if (better)
        swap(outer, inner);
    return better;
}

static struct frame *top(struct json_stream *stream)
{
    return stream->count == 0 ? NULL : &stream->frames[stream->count - 1];
}

/* The names of the open objects, and which of them is a record. */
static void find_place(struct json_stream *stream)
{
    struct json_place *const place = &stream->place;
    place->depth = place->record = 0;
    for (unsigned i = 0; i < stream->count; i++) {
        const struct frame *const frame = &stream->frames[i];
        if (frame->is_array || place->depth == JSON_DEPTH_MAX)
            continue;
        place->path[++place->depth] = (struct bytes){frame->name, frame->name_length};
        if (i == 0 || stream->frames[i - 1].is_array)
            place->record = place->depth;
    }
}

/* Where no object can begin, the one before has been cut off. */
static bool can_open(const struct json_stream *stream)
{
    if (stream->count == 0)
        return true;
    const struct frame *const outer = &stream->frames[stream->count - 1];
    return stream->count < FRAMES_MAX && (outer->is_array || outer->named);
}

static void open_frame(struct json_stream *stream, bool is_array)
{
    struct frame *const outer = top(stream);
    if (outer != NULL)
        outer->elements++;
    struct frame *const frame = &stream->frames[stream->count++];
    frame->is_array = is_array;
    frame->named = frame->has_bytes = false;
    frame->elements = 0;
    frame->name_length = 0;
    frame->direction = DIRECTION_NONE;
    frame->about = false;
    forget(&frame->text);
    forget(&frame->time);
    forget(&frame->modem);
}

static void take_name(struct json_stream *stream, struct bytes name)
{
    struct frame *const frame = top(stream);
    if (frame == NULL || frame->is_array)
        return;
    frame->named = true;
    frame->name_length = (uint8_t)(name.length < NAME_SIZE ? name.length : 0);
    memcpy(frame->name, name.data, frame->name_length);
}

static void place_text(struct frame *frame, const struct json_line *line, const char *text)
{
    frame->offset = line->block->offset +
                    finder_bytes(line->finder, line->block, (size_t)(text - line->block->data));
    frame->number = line->number;
}

static void keep_text(struct frame *frame, const struct json_line *line, uint32_t rank,
                      enum escapes escapes, struct bytes value)
{
    if (frame->text.known && rank >= frame->text.rank)
        return;
    keep(line->finder, &frame->text, rank, value);
    frame->escapes = escapes;
    place_text(frame, line, value.data);
}

static void take_member(struct json_stream *stream, const struct field_names *names,
                        const struct json_line *line, enum json_token token, struct bytes value)
{
    struct frame *const frame = top(stream);
    if (stream->name == stream->count && token != JSON_BYTES && value.length > 0) {
        const struct field_name inner =
            json_find_inner_name((struct bytes){frame->name, frame->name_length});
        if (inner.role != FIELD_NONE)
            keep(line->finder, &frame->modem, inner.rank, value);
    }
    find_place(stream);
    const struct field_name field = json_find_role(&stream->place, names);
    const uint32_t rank = stream->place.depth << 8 | field.rank;
    frame->about = frame->about || field.role == FIELD_ABOUT;
    if (field.role == FIELD_TEXT && token == JSON_STRING)
        keep_text(frame, line, rank, ESCAPES_JSON, value);
    else if (field.role == FIELD_TEXT && token == JSON_BYTES)
        keep_text(frame, line, rank, ESCAPES_NUMBERS, value);
    if (value.length == 0 || (token == JSON_BYTES && field.role != FIELD_MODEM))
        return;
    if (field.role == FIELD_MODEM)
        keep(line->finder, &frame->modem, rank,
             token == JSON_BYTES ? json_whole_array(value) : value);
    else if (field.role == FIELD_TIME && value.length <= TIME_SIZE)
        keep(line->finder, &frame->time, rank, value);
    else if (field.role == FIELD_DIRECTION && frame->direction == DIRECTION_NONE)
        frame->direction = field_direction(value);
}

static void take_element(struct frame *frame, const struct json_line *line, enum json_token token,
                         struct bytes value)
{
    const unsigned number = frame->elements++;
    if (number == 0 && field_is_time(value))
        keep(line->finder, &frame->time, 0, value);
    else if (token == JSON_STRING && field_direction(value) != DIRECTION_NONE)
        frame->direction = field_direction(value);
    else if (token == JSON_STRING && frame->time.known)
        keep_text(frame, line, UINT32_MAX - number, ESCAPES_JSON, value);
}

static void take_value(struct json_stream *stream, const struct field_names *names,
                       const struct json_line *line, enum json_token token, struct bytes value)
{
    struct frame *const frame = top(stream);
    if (frame == NULL)
        return;
    if (frame->is_array) {
        frame->has_bytes = frame->has_bytes && token == JSON_SCALAR && value.length <= 3;
        take_element(frame, line, token, value);
    } else if (frame->named) {
        take_member(stream, names, line, token, value);
    }
    frame->named = false;
}

/* An array begins where a text may stand: it may be that of its bytes, over several lines. */
static void open_array(struct json_stream *stream, const struct field_names *names,
                       const struct json_line *line)
{
    bool has_bytes = false;
    uint32_t rank = 0;
    const struct frame *const outer = top(stream);
    if (outer != NULL && !outer->is_array && outer->named) {
        find_place(stream);
        const struct field_name field = json_find_role(&stream->place, names);
        has_bytes = field.role == FIELD_TEXT;
        rank = stream->place.depth << 8 | field.rank;
    }
    open_frame(stream, true);
    struct frame *const frame = top(stream);
    frame->has_bytes = has_bytes;
    frame->text.rank = rank;
    place_text(frame, line, line->next);
}

/* An object or an array begins behind a name: is it the modem's? */
static void begin_name(struct json_stream *stream, const struct field_names *names)
{
    const struct frame *const outer = top(stream);
    if (stream->name > stream->count)
        stream->name = 0;
    if (stream->name > 0 || outer == NULL || outer->is_array || !outer->named)
        return;
    find_place(stream);
    const struct field_name field = json_find_role(&stream->place, names);
    if (field.role != FIELD_MODEM)
        return;
    forget(&stream->name_bytes);
    stream->name_bytes.known = true;
    stream->name_bytes.rank = stream->place.depth << 8 | field.rank;
    stream->name = stream->count + 1;
}

/* One token of it. */
static void keep_name(struct json_stream *stream, const char *from, const char *to)
{
    while (from < to && (*from == ' ' || *from == '\t' || *from == '\r'))
        from++;
    if (stream->name > 0 && stream->name_bytes.known)
        stream->name_bytes.known =
            append(&stream->name_bytes, (struct bytes){from, (size_t)(to - from)});
}

/* A frame ends. What holds a text too is no name. */
static void end_name(struct json_stream *stream, struct frame *frame)
{
    if (stream->name != stream->count + 1)
        return;
    stream->name = 0;
    if (frame->modem.known) /* a member of it names the modem */
        frame->modem.rank = stream->name_bytes.rank;
    if (frame->modem.known || frame->text.known || !stream->name_bytes.known)
        return;
    forget(&frame->modem);
    swap(&frame->modem, &stream->name_bytes);
}

/* Make a record of a frame; the frames that it lies in may say more. */
static void make_record(struct json_stream *stream, const struct field_names *names,
                        const struct frame *frame, struct json_record *record)
{
    struct line *const line = &record->line;
    const struct kept_value *time = &frame->time;
    const struct kept_value *modem = &frame->modem;
    for (unsigned i = stream->count; i > 0 && !time->known; i--)
        time = &stream->frames[i - 1].time;
    for (unsigned i = stream->count; i > 0 && !modem->known; i--)
        modem = &stream->frames[i - 1].modem;
    if (!time->known)
        time = &stream->before;
    memset(line, 0, sizeof *line);
    line->role = LINE_RECORD;
    line->text = (struct bytes){frame->text.data, frame->text.length};
    line->escapes = frame->escapes;
    line->direction = frame->direction;
    if (time->known)
        line->time = (struct bytes){time->data, time->length};
    if (modem->known)
        line->modem = (struct bytes){modem->data, modem->length};
    json_read_inner(names, line);
    if (line->escapes == ESCAPES_JSON)
        line->escapes = field_escapes(line->text, ESCAPES_JSON);
    record->origin = frame->text.data;
    record->offset = frame->offset;
    record->number = frame->number;
    record->wide = stream->wide;
}

/* What has been found of records that have no end. */
static bool give_up(struct json_stream *stream, const struct field_names *names,
                    struct json_record *record)
{
    while (stream->count > 0) {
        const struct frame *const frame = &stream->frames[--stream->count];
        if (frame->text.known) {
            make_record(stream, names, frame, record);
            stream->count = 0;
            return true;
        }
    }
    return false;
}

bool json_stream_end(struct json_stream *stream, const struct field_names *names,
                     struct json_record *record)
{
    return give_up(stream, names, record);
}

/* The value of a name ends: what it says, its object says. */
static void merge(struct frame *outer, struct frame *inner)
{
    outer->named = false;
    if (inner->is_array)
        take_better(&outer->modem, &inner->modem);
    if (inner->is_array && !(inner->has_bytes && inner->elements > 0))
        return;
    if (inner->is_array) {
        inner->escapes = ESCAPES_NUMBERS;
        inner->text.known = true;
    }
    if (take_better(&outer->text, &inner->text)) {
        outer->escapes = inner->escapes;
        outer->offset = inner->offset;
        outer->number = inner->number;
    }
    take_better(&outer->time, &inner->time);
    take_better(&outer->modem, &inner->modem);
    if (outer->direction == DIRECTION_NONE)
        outer->direction = inner->direction;
    outer->about = outer->about || inner->about;
}

/* Is it one of a list of messages, of which it tells what they mean? */
static bool is_listed(const struct json_stream *stream, const struct frame *frame)
{
    bool has_time = frame->time.known;
    for (unsigned i = 0; i < stream->count; i++)
        has_time = has_time || stream->frames[i].time.known;
    return frame->about && !has_time && frame->direction == DIRECTION_NONE;
}

/* An object or an array ends: true if it was a record, or one before has no end. */
static bool close_frame(struct json_stream *stream, const struct field_names *names, bool is_array,
                        struct json_record *record)
{
    struct frame *const frame = top(stream);
    if (frame == NULL || frame->is_array != is_array)
        return give_up(stream, names, record);
    stream->count--;
    end_name(stream, frame);
    struct frame *const outer = top(stream);
    if (outer != NULL && !outer->is_array)
        merge(outer, frame);
    else if (frame->text.known && !is_listed(stream, frame))
        make_record(stream, names, frame, record);
    else
        return false;
    return outer == NULL || outer->is_array;
}

/* What stands before the first brace or bracket of a line. */
static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == ',')
        at++;
    return at;
}

bool json_stream_is_outside(const struct json_stream *stream, const char *begin, const char *end)
{
    const char *const first = skip_blanks(begin);
    return stream->count == 0 && *first != '{' && *first != '[' &&
           json_find_brace(first, end) == NULL;
}

/* What stands outside of objects: what is before a brace, or a line of its own. */
static bool skip_to_brace(struct json_stream *stream, struct json_line *line,
                          struct json_record *record)
{
    const char *const first = skip_blanks(line->begin);
    if (*first == '{' || *first == '[')
        return false;
    const char *const brace = json_find_brace(first, line->end);
    if (brace != NULL) {
        const struct bytes time = field_time(first, brace);
        forget(&stream->before);
        if (time.data != NULL && time.length <= TIME_SIZE)
            keep(line->finder, &stream->before, 0, time);
        line->next = brace;
        return false;
    }
    struct frame here;
    memset(record, 0, sizeof *record);
    record->line.text = (struct bytes){line->begin, (size_t)(line->end - line->begin)};
    place_text(&here, line, line->begin);
    record->origin = line->begin;
    record->offset = here.offset;
    record->number = line->number;
    record->wide = line->block->wide;
    line->next = line->end;
    return true;
}

/* What an array of bytes has on a line, with the line's end. */
static void keep_bytes(struct json_stream *stream, const char *from, const char *to)
{
    struct frame *const frame = top(stream);
    if (frame != NULL && frame->is_array && frame->has_bytes)
        frame->has_bytes = append(&frame->text, (struct bytes){from, (size_t)(to - from)});
}

bool json_stream_next(struct json_stream *stream, const struct field_names *names,
                      struct json_line *line, struct json_record *record)
{
    struct bytes value;
    const char *from = line->next; /* of an array of bytes */
    stream->wide = line->block->wide;
    if (line->next == line->begin && line->begin < line->end && stream->count == 0) {
        forget(&stream->before);
        if (skip_to_brace(stream, line, record))
            return true;
    }
    while (line->next < line->end) {
        const char *const at = line->next;
        const enum json_token token = read_json(JSON_OUTER, &line->next, &value);
        switch (token) {
        case JSON_END: line->next = line->end; return give_up(stream, names, record);
        case JSON_NAME:
            keep_name(stream, at, line->next);
            take_name(stream, value);
            break;
        case JSON_STRING:
        case JSON_SCALAR:
        case JSON_BYTES:
            keep_name(stream, at, line->next);
            take_value(stream, names, line, token, value);
            break;
        case JSON_NOTHING:
            keep_name(stream, at, line->next);
            if (stream->count > 0)
                top(stream)->named = false;
            break;
        case JSON_LINES: /* none of the lexer's */
        case JSON_COMMA: keep_name(stream, at, line->next); break;
        case JSON_OPEN:
        case JSON_OPEN_ARRAY:
            if (!can_open(stream) && give_up(stream, names, record)) {
                line->next = at;
                return true;
            }
            begin_name(stream, names);
            keep_name(stream, at, line->next);
            if (token == JSON_OPEN) {
                open_frame(stream, false);
                break;
            }
            open_array(stream, names, line);
            from = line->next;
            break;
        case JSON_CLOSE:
        case JSON_CLOSE_ARRAY:
            if (token == JSON_CLOSE_ARRAY)
                keep_bytes(stream, from, at);
            keep_name(stream, at, line->next);
            if (close_frame(stream, names, token == JSON_CLOSE_ARRAY, record))
                return true;
            break;
        }
    }
    keep_bytes(stream, from, line->end + 1);
    return false;
}
