/* SPDX-License-Identifier: MIT */
#include "log/join/torn.h"

#include <stdlib.h>
#include <string.h>

#include "log/join/json_stream.h"
#include "log/prefix/anchor.h"
#include "log/prefix/dump.h"
#include "log/prefix/nest.h"
#include "log/scan/command.h"
#include "log/text/names.h"
#include "log/text/time.h"

enum {
    DIRECTIONS = 3,
    PIECES_MAX = 8,  /* of a message that is torn without a line end between */
    OPEN_MAX = 16384 /* lines that may be open at once; with more the log is no log of modems */
};

/* What may be a line by itself. */
struct piece {
    uint64_t begin; /* in the file, of its first byte */
    uint64_t end;
    uint64_t line; /* that it begins on */
    size_t at;     /* in the stream's text */
    uint8_t time_length;
    char time[TIME_SIZE + 1];
};

/* A line of the wire on its way. */
struct stream {
    struct stream *next; /* the open ones, in the order in which they were opened */
    struct stream *previous;
    uint32_t number;
    uint64_t length;
    uint8_t direction;
    uint8_t count; /* of pieces */
    bool lossy;
    bool doubtful; /* it has records without a line end, which may be whole */
    char text[SBFOTA_LINE_MAX + 1];
    struct piece pieces[PIECES_MAX];
};

/* What one modem sends, or is sent. */
struct lane {
    struct stream *open; /* or NULL */
    bool has_ends;       /* its records have shown line ends */
    struct dump_place place;
};

/* What a header, or the prefix of a chunk, said. */
struct said_before {
    enum direction direction;
    uint8_t time_length;
    bool is_new; /* no text has come since */
    bool is_cut; /* its line ends in a carriage return, which is no part of texts either */
    char time[TIME_SIZE + 1];
    uint8_t modem_length;
    char modem[UINT8_MAX + 1];
};

struct torn {
    struct names modems;
    struct lane *lanes;   /* DIRECTIONS for each modem */
    uint32_t capacity;    /* in modems */
    struct stream *first; /* open one */
    struct stream *last;
    size_t open_count;
    bool after_row;          /* the line before was a row of a dump */
    bool asked;              /* a command of ours has been seen */
    struct said_before said; /* last */
    struct names sources;    /* of headers that name theirs */
    struct said_before *by_source;
    uint32_t source_capacity;
    struct json_stream *json;
};

/* What the steps of one block share. */
struct work {
    struct torn *torn;
    struct finder *finder;
    const struct block *block;
    uint64_t line; /* number of the line at hand */
    const struct json_record
        *held;        /* a text that may stand in blocks before; NULL: it stands in this one */
    struct lane *cut; /* whose line the block does not have to its end */
};

static struct lane *find_lane(struct torn *torn, struct bytes modem, enum direction direction)
{
    const uint32_t number = names_add(&torn->modems, modem);
    if (number == NAME_UNKNOWN)
        return NULL;
    if (number >= torn->capacity) {
        const uint32_t capacity = number * 2 + 16;
        struct lane *const lanes =
            realloc(torn->lanes, (size_t)capacity * DIRECTIONS * sizeof *lanes);
        if (lanes == NULL)
            return NULL;
        memset(lanes + (size_t)torn->capacity * DIRECTIONS, 0,
               (size_t)(capacity - torn->capacity) * DIRECTIONS * sizeof *lanes);
        torn->lanes = lanes;
        torn->capacity = capacity;
    }
    return &torn->lanes[(size_t)number * DIRECTIONS + (size_t)direction];
}

static struct bytes keep(struct work *work, const char *bytes, size_t length)
{
    return length == 0 ? (struct bytes){NULL, 0}
                       : log_events_keep(&work->finder->events, (struct bytes){bytes, length});
}

/* A line of the wire as an event; false without memory. */
static bool tell(struct work *work, const struct stream *stream, const struct piece *piece,
                 uint64_t end, struct bytes line, const struct sbfota_event *message)
{
    struct finder *const finder = work->finder;
    const struct bytes text = keep(work, line.data, line.length);
    const struct bytes name = names_text(&work->torn->modems, stream->number);
    const struct bytes modem = keep(work, name.data, name.length);
    const struct bytes time = keep(work, piece->time, piece->time_length);
    struct log_event *const event =
        finder->events.no_memory ? NULL : log_events_add(&finder->events);
    if (event == NULL)
        return false;
    event->message = *message;
    event->message.offset = piece->begin;
    event->message.length = end - piece->begin;
    if (stream->lossy)
        event->message.flags |= SBFOTA_FLAG_LOSSY;
    if (message->kind != SBFOTA_OVERLONG) {
        event->text = text.data;
        event->text_length = (uint16_t)line.length;
    }
    event->modem = modem.data;
    event->modem_length = (uint32_t)modem.length;
    event->time = time.data;
    event->time_length = piece->time_length;
    event->direction = stream->direction;
    event->earlier = true;
    event->earlier_line = piece->line;
    return true;
}

/* The text of some pieces of a stream. */
static struct bytes text_of(const struct stream *stream, unsigned first, unsigned behind)
{
    const size_t kept =
        stream->length < sizeof stream->text ? (size_t)stream->length : sizeof stream->text;
    const size_t begin = stream->pieces[first].at;
    return (struct bytes){stream->text + begin,
                          (behind < stream->count ? stream->pieces[behind].at : kept) - begin};
}

static bool is_message(struct bytes text)
{
    struct sbfota_event message;
    sbfota_decode_line(text.data, text.length, &message);
    return message.kind != SBFOTA_OTHER && message.kind != SBFOTA_MALFORMED;
}

/* The line is whole: its message. If it may be several, pieces that make a message together are one. */
static void close_stream(struct work *work, struct stream *stream)
{
    struct torn *const torn = work->torn;
    struct finder *const finder = work->finder;
    struct sbfota_event message;

    for (unsigned first = 0, behind; first < stream->count; first = behind) {
        behind = stream->count;
        while (behind > first + 1 && !is_message(text_of(stream, first, behind)))
            behind--;
        const struct bytes text = text_of(stream, first, behind);
        sbfota_decode_line(text.data, text.length, &message);
        const bool is_line = message.kind != SBFOTA_OVERLONG || !finder->reading->binary;
        const bool ends_wait = torn->asked && is_line && command_is_others(message.kind, text);
        const bool wanted = is_line && (message.kind != SBFOTA_OTHER || ends_wait);
        if (!(finder->all || wanted) || !tell(work, stream, &stream->pieces[first],
                                              stream->pieces[behind - 1].end, text, &message))
            continue;
        if (ends_wait)
            finder->events.list[finder->events.count - 1].answers = ENDS_WAIT;
        torn->asked = torn->asked || finder->roles[message.kind] == ROLE_COMMAND;
        finder->has_dialogue =
            finder->has_dialogue || ends_wait || finder_is_dialogue(finder, message.kind);
    }
    torn->lanes[(size_t)stream->number * DIRECTIONS + stream->direction].open = NULL;
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

static struct stream *open_stream(struct work *work, struct lane *lane, const struct line *line)
{
    struct torn *const torn = work->torn;
    if (torn->open_count >= OPEN_MAX)
        close_all(work);
    struct stream *const stream = malloc(sizeof *stream);
    if (stream == NULL) {
        work->finder->events.no_memory = true;
        return NULL;
    }
    stream->number = (uint32_t)((size_t)(lane - torn->lanes) / DIRECTIONS);
    stream->direction = (uint8_t)line->direction;
    stream->length = 0;
    stream->count = 0;
    stream->lossy = line->lossy;
    stream->doubtful = false;
    stream->next = NULL;
    stream->previous = torn->last;
    *(torn->last == NULL ? &torn->first : &torn->last->next) = stream;
    torn->last = stream;
    torn->open_count++;
    lane->open = stream;
    return stream;
}

static uint64_t offset_of(struct work *work, uint32_t place)
{
    const struct json_record *const held = work->held;
    if (held != NULL)
        return held->offset + (held->wide ? wide_length(held->origin, place) : place);
    return work->block->offset + finder_bytes(work->finder, work->block, place);
}

static void begin_piece(struct work *work, struct stream *stream, const struct line *line,
                        uint32_t place)
{
    struct piece *const piece = &stream->pieces[stream->count++];
    piece->begin = offset_of(work, place);
    piece->line = work->line;
    piece->at = (size_t)stream->length;
    piece->time_length = (uint8_t)(line->time.length <= TIME_SIZE ? line->time.length : 0);
    if (piece->time_length > 0)
        memcpy(piece->time, line->time.data, piece->time_length);
}

/* How bytes are joined to what is open. */
enum joint {
    JOINT_SURE = 0, /* they go on with it */
    JOINT_DOUBTFUL, /* they may: a record may be whole without a line end */
    JOINT_DUMP,     /* likewise, where dumps of some bytes each are common */
    JOINT_ROW       /* a row goes on with the one before: never a line by itself */
};

/* Of the pieces of dumps the first two are no lines by themselves: many dumps of a few bytes make a line. */
static void join_pieces(struct stream *stream)
{
    stream->count--;
    stream->pieces[0].end = stream->pieces[1].end;
    memmove(stream->pieces + 1, stream->pieces + 2,
            (size_t)(stream->count - 1) * sizeof *stream->pieces);
}

/* Room for a piece more; a stream that has none, or may have grown too long, is closed. NULL if there is no stream then. */
static struct stream *make_room(struct work *work, struct lane *lane, size_t length,
                                enum joint joint)
{
    struct stream *const stream = lane->open;
    if (stream == NULL)
        return NULL;
    if (joint == JOINT_DUMP && stream->count == PIECES_MAX && lane->has_ends)
        join_pieces(stream);
    if (stream->count < PIECES_MAX && stream->length + length <= SBFOTA_LINE_MAX)
        return stream;
    close_stream(work, stream);
    return NULL;
}

/* Bytes of the wire that are within one line; only what is needed to know it is kept. False without memory. */
static bool append(struct work *work, struct lane *lane, const struct line *line, size_t begin,
                   size_t end, enum joint joint)
{
    const struct wire *const wire = &work->finder->wire;
    const size_t length = end - begin;
    struct stream *stream = lane->open;
    const bool doubtful = (joint != JOINT_SURE && (joint != JOINT_ROW || stream == NULL)) ||
                          (stream != NULL && stream->doubtful);
    if (doubtful && joint != JOINT_ROW)
        stream = make_room(work, lane, length, joint);
    if (stream == NULL && (stream = open_stream(work, lane, line)) == NULL)
        return false;
    stream->doubtful = doubtful;
    if (stream->count == 0 || (doubtful && joint != JOINT_ROW))
        begin_piece(work, stream, line, wire->places[begin].begin);
    if (stream->length < sizeof stream->text) {
        const size_t room = sizeof stream->text - (size_t)stream->length;
        memcpy(stream->text + stream->length, wire->bytes + begin, length < room ? length : room);
    }
    stream->length += length;
    stream->pieces[stream->count - 1].end = offset_of(work, wire->places[end - 1].end);
    if (work->block->dropped > 0 && work->held == NULL &&
        wire->places[end - 1].end + 1 >= work->block->size) {
        stream->pieces[stream->count - 1].end += work->block->dropped;
        work->cut = lane;
    }
    return true;
}

/* Bytes of the wire, of one modem and direction. */
static void feed(struct work *work, struct lane *lane, const struct line *line, enum joint joint)
{
    const struct wire *const wire = &work->finder->wire;
    lane->has_ends = lane->has_ends || wire->has_ends;
    for (size_t next = 0, end; next < wire->length; next = end) {
        for (end = next; end < wire->length && !is_line_end(wire->bytes[end]);)
            end++;
        if (end > next && !append(work, lane, line, next, end, joint))
            return;
        if (end < wire->length) {
            if (lane->open != NULL)
                close_stream(work, lane->open);
            end++;
        }
    }
}

static void flush(struct work *work, struct lane *lane)
{
    if (lane->open != NULL)
        close_stream(work, lane->open);
}

/* What is doubtful does not wait for the other side: a command stays behind the answers before it. */
static void settle_others(struct work *work, struct lane *lane, unsigned direction)
{
    struct lane *const lanes = lane - direction;
    for (unsigned i = 0; i < DIRECTIONS; i++)
        if (i != direction && lanes[i].open != NULL && lanes[i].open->doubtful)
            close_stream(work, lanes[i].open);
}

/* A record, or a line without prefix, as the form of the log frames it. A record without a line end is whole; but where others of
 * the same modem have them it may be a piece. */
static void take_text(struct work *work, const struct line *line)
{
    struct finder *const finder = work->finder;
    const struct capture_form *const form = finder->reading->form;
    const char *const origin = work->held != NULL ? work->held->origin : work->block->data;
    struct lane *const lane = find_lane(work->torn, line->modem, line->direction);
    if (lane == NULL) {
        finder->events.no_memory = true;
        return;
    }
    wire_read(&finder->wire, reading_escapes(finder->reading, line), line->text, origin);
    const bool streams = form->framing == FRAMING_ESCAPES ||
                         (form->form == FORM_CSV && finder->reading->columns.parted);
    const bool has_end = streams ? line->role != LINE_BARE : finder->wire.has_ends;
    const bool chunks = form->framing == FRAMING_CHUNKS || finder->reading->header.known;
    const bool doubtful = !has_end && !streams && (chunks || lane->has_ends);
    settle_others(work, lane, (unsigned)line->direction);
    /* The line before one without a prefix has ended. */
    if (!has_end && (!doubtful || line->role == LINE_BARE))
        flush(work, lane);
    feed(work, lane, line, doubtful ? JOINT_DOUBTFUL : JOINT_SURE);
    if (!has_end && !doubtful)
        flush(work, lane);
}

static void keep_header(struct said_before *said, const struct line *line)
{
    said->direction = line->direction;
    said->time_length = (uint8_t)(line->time.length <= TIME_SIZE ? line->time.length : 0);
    if (said->time_length > 0)
        memcpy(said->time, line->time.data, said->time_length);
    said->time[said->time_length] = '\n';
    said->modem_length = (uint8_t)(line->modem.length < UINT8_MAX ? line->modem.length : UINT8_MAX);
    if (said->modem_length > 0)
        memcpy(said->modem, line->modem.data, said->modem_length);
}

static void take_header(const struct said_before *said, struct line *line)
{
    line->direction = said->direction;
    line->time = (struct bytes){said->time, said->time_length};
    if (said->modem_length > 0)
        line->modem = (struct bytes){said->modem, said->modem_length};
}

/* What the last header of a source said; NULL without memory. */
static struct said_before *find_said(struct torn *torn, struct bytes source)
{
    const uint32_t number = names_add(&torn->sources, source);
    if (number == NAME_UNKNOWN)
        return NULL;
    if (number >= torn->source_capacity) {
        const uint32_t capacity = number * 2 + 16;
        struct said_before *const said = realloc(torn->by_source, capacity * sizeof *said);
        if (said == NULL)
            return NULL;
        memset(said + torn->source_capacity, 0, (capacity - torn->source_capacity) * sizeof *said);
        torn->by_source = said;
        torn->source_capacity = capacity;
    }
    return &torn->by_source[number];
}

/* The texts below a header: its time and direction are theirs, where they say none themselves. The first of them may go on with what
 * came before. */
static void take_below_header(struct work *work, struct line *line, const char *begin,
                              const char *end)
{
    const bool has_source = work->finder->reading->header.has_source;
    struct said_before *said = &work->torn->said;
    if (has_source)
        said = find_said(work->torn,
                         line->role == LINE_HEADER ? line->modem : header_source(begin, end));
    if (said == NULL) {
        work->finder->events.no_memory = true;
        return;
    }
    if (line->role == LINE_HEADER) {
        keep_header(said, line);
        said->is_new = true;
        said->is_cut = end > begin && end[-1] == '\r';
        return;
    }
    if (said->is_cut && line->text.length > 0 && line->text.data[line->text.length - 1] == '\r')
        line->text.length--;
    if (line->role == LINE_NOISE || line->text.length == 0)
        return;
    if (line->time.data == NULL)
        line->time = (struct bytes){said->time, said->time_length};
    if (line->direction == DIRECTION_NONE)
        line->direction = said->direction;
    line->role = said->is_new ? LINE_RECORD : LINE_BARE;
    said->is_new = false;
    take_text(work, line);
}

/* SSCOM: a chunk begins with a prefix, and the lines behind it have none. */
static void take_line_of_chunk(struct work *work, struct line *line)
{
    if (line->role == LINE_RECORD)
        keep_header(&work->torn->said, line);
    else
        take_header(&work->torn->said, line);
    take_text(work, line);
}

/* socat: the text of a chunk goes on until the next header; what ends a line of the log is the wire's line feed. */
static void take_chunk(struct work *work, struct line *line, const char *end, bool made_end)
{
    struct torn *const torn = work->torn;
    struct finder *const finder = work->finder;
    struct line chunk = *line;
    take_header(&torn->said, &chunk);
    if (line->role != LINE_NOISE) {
        wire_read(&finder->wire, reading_escapes(finder->reading, line), line->text,
                  work->block->data);
        if (line->role == LINE_BARE && !made_end && finder->wire.length < finder->wire.capacity) {
            const uint32_t at = (uint32_t)(end - work->block->data);
            finder->wire.places[finder->wire.length] = (struct place){at, at + 1};
            finder->wire.bytes[finder->wire.length++] = '\n';
        }
        struct lane *const lane = find_lane(torn, chunk.modem, chunk.direction);
        if (lane == NULL)
            finder->events.no_memory = true;
        else
            feed(work, lane, &chunk, JOINT_SURE);
    }
    if (line->role == LINE_HEADER)
        keep_header(&torn->said, line);
}

static bool has_line_end(const struct wire *wire)
{
    for (size_t i = 0; i < wire->length; i++)
        if (is_line_end(wire->bytes[i]))
            return true;
    return false;
}

/* A row of a dump goes on with the row before if its address does, or if it has nothing but digits. What other dumps of the same
 * direction have goes on too, perhaps. */
static void take_row(struct work *work, struct line *line)
{
    struct torn *const torn = work->torn;
    struct finder *const finder = work->finder;
    if (line->role == LINE_HEADER)
        keep_header(&torn->said, line);
    if (line->role == LINE_HEADER || line->role == LINE_NOISE) {
        torn->after_row = false;
        return;
    }
    if (line->role == LINE_BARE)
        take_header(&torn->said, line);
    struct lane *const lane = find_lane(torn, line->modem, line->direction);
    if (lane == NULL) {
        finder->events.no_memory = true;
        return;
    }
    const bool goes_on = line->address.data != NULL ? dump_goes_on(&lane->place, line->address)
                                                    : line->role == LINE_BARE && torn->after_row;
    wire_read(&finder->wire, line->escapes, line->text, work->block->data);
    finder->wire.has_ends = has_line_end(&finder->wire);
    settle_others(work, lane, (unsigned)line->direction);
    feed(work, lane, line, goes_on ? JOINT_ROW : JOINT_DUMP);
    dump_move(&lane->place, line->address, finder->wire.length);
    torn->after_row = true;
}

/* JSON over several lines: a record may end many lines behind its text. */
static void take_record(struct work *work, struct json_record *record)
{
    const struct reading *const reading = work->finder->reading;
    const uint64_t number = work->line;
    if (reading->learned != NULL && record->line.role == LINE_RECORD)
        nest_read(reading->learned, reading->torn, &record->line);
    finder_unescape(work->finder, &record->line, record->origin);
    work->line = record->number;
    work->held = record;
    take_text(work, &record->line);
    work->held = NULL;
    work->line = number;
}

static void take_json(struct work *work, const char *begin, const char *end)
{
    const struct reading *const reading = work->finder->reading;
    const struct field_names names = found_names(&reading->found, reading->names);
    struct json_line line = {work->finder, work->block, begin, end, begin, work->line};
    struct json_record record;
    if (work->torn->json == NULL)
        work->torn->json = json_stream_new();
    if (work->torn->json == NULL) {
        work->finder->events.no_memory = true;
        return;
    }
    while (json_stream_next(work->torn->json, &names, &line, &record))
        take_record(work, &record);
    if (work->block->last && end + 1 == work->block->data + work->block->size)
        while (json_stream_end(work->torn->json, &names, &record))
            take_record(work, &record);
}

/* Is a line strange to what was learned, or to the form, and holds a message all the same? */
static bool is_misfit(struct finder *finder, const struct line *line, const char *begin,
                      const char *end)
{
    struct anchor anchor;
    const bool known = finder->reading->learned != NULL ? line->learned : line->role == LINE_RECORD;
    if (finder->learn_from == FINDER_NOWHERE || known ||
        block_place(finder->block, begin) < finder->learn_from ||
        finder->search(begin, end + 1, false).line == NULL || !anchor_find(begin, end, &anchor) ||
        anchor.begin == line->text.data)
        return false;
    finder->misfit = begin;
    return true;
}

/* A line of which only the begin is there, and no text to be found in that: all of it is told as too long. */
static void take_cut_line(struct work *work, const char *begin, const char *end)
{
    take_text(work, &(struct line){.role = LINE_BARE, .text = {begin, (size_t)(end - begin)}});
}

void torn_block(struct torn **torn, struct finder *finder, struct block *block)
{
    const char *next = block->data;
    const char *const limit = block->data + block->size;
    const enum form form = finder->reading->form->form;
    if (*torn == NULL)
        *torn = calloc(1, sizeof **torn);
    if (*torn == NULL) {
        finder->events.no_memory = true;
        return;
    }
    struct work work = {*torn, finder, block, block->line, NULL, NULL};
    for (; next < limit; work.line++) {
        struct line line;
        const char *const end = memchr(next, '\n', (size_t)(limit - next));
        if (form == FORM_JSON) {
            take_json(&work, next, end);
            if (block->dropped > 0)
                take_cut_line(&work, next, end);
            next = end + 1;
            continue;
        }
        finder_line(finder, next, end, &line);
        if (is_misfit(finder, &line, next, end)) {
            block_shorten(block, (size_t)(next - block->data));
            break;
        }
        if (block->dropped > 0 && line.role == LINE_NOISE)
            take_cut_line(&work, next, end);
        else if (form == FORM_SOCAT || form == FORM_SOCAT_HEX)
            take_chunk(&work, &line, end, block->made_end && end + 1 == limit);
        else if (finder->reading->header.known)
            take_below_header(&work, &line, next, end);
        else if (form == FORM_DUMP)
            take_row(&work, &line);
        else if (finder->reading->form->framing == FRAMING_CHUNKS ||
                 (form == FORM_CSV && finder->reading->columns.goes_on))
            take_line_of_chunk(&work, &line);
        else if (line.role != LINE_NOISE)
            take_text(&work, &line);
        next = end + 1;
    }
    /* Its line end is not there. */
    if (work.cut != NULL)
        flush(&work, work.cut);
    block->lines = work.line - block->line - block->line_goes_on;
    if (block->last && !block->goes_on)
        close_all(&work);
}

void torn_end(struct torn **torn, struct finder *finder, const struct block *block)
{
    struct work work = {.torn = *torn, .finder = finder, .block = block, .line = block->line};
    if (*torn == NULL)
        return;
    close_all(&work);
    torn_free(*torn);
    *torn = NULL;
}

void torn_free(struct torn *torn)
{
    if (torn == NULL)
        return;
    while (torn->first != NULL) {
        struct stream *const stream = torn->first;
        /* The first of a list has none before it. NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
        torn->first = stream->next;
        free(stream);
    }
    names_free(&torn->modems);
    json_stream_free(torn->json);
    names_free(&torn->sources);
    free(torn->by_source);
    free(torn->lanes);
    free(torn);
}
