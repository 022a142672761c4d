/* SPDX-License-Identifier: MIT */
#include "log/join/streams.h"

#include <stdlib.h>
#include <string.h>

#include "log/scan/command.h"
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
    bool doubtful;                  /* it has records without a line end, which may be whole */
    char text[SBFOTA_LINE_MAX + 2]; /* and a line feed, where it is looked at */
    struct piece pieces[PIECES_MAX];
};

struct lane *streams_lane(struct streams *streams, struct bytes modem, enum direction direction)
{
    const uint32_t number = names_add(&streams->modems, modem);
    if (number == NAME_UNKNOWN)
        return NULL;
    struct lane *const lanes =
        names_list_grow(streams->lanes, &streams->capacity, number, DIRECTIONS * sizeof *lanes);
    if (lanes == NULL)
        return NULL;
    streams->lanes = lanes;
    return &lanes[(size_t)number * DIRECTIONS + (size_t)direction];
}

static struct bytes keep(struct stream_work *work, const char *bytes, size_t length)
{
    return length == 0 ? (struct bytes){NULL, 0}
                       : log_events_keep(&work->finder->events, (struct bytes){bytes, length});
}

/* A line of the wire as an event; false without memory. */
static bool tell(struct stream_work *work, const struct stream *stream, const struct piece *piece,
                 uint64_t end, struct bytes line, const struct sbfota_event *message)
{
    struct finder *const finder = work->finder;
    const struct bytes text = keep(work, line.data, line.length);
    const struct bytes name = names_text(&work->streams->modems, stream->number);
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

/* How much of a stream's text is kept: a byte more than a message may have. */
static size_t kept_of(const struct stream *stream)
{
    return stream->length <= SBFOTA_LINE_MAX ? (size_t)stream->length : SBFOTA_LINE_MAX + 1;
}

/* The text of some pieces of a stream. */
static struct bytes text_of(const struct stream *stream, unsigned first, unsigned behind)
{
    const size_t kept = kept_of(stream);
    const size_t begin = stream->pieces[first].at;
    return (struct bytes){stream->text + begin,
                          (behind < stream->count ? stream->pieces[behind].at : kept) - begin};
}

/* The message of a line, and its text: behind the head of a frame that it is in. */
static struct bytes read_line(struct bytes line, struct sbfota_event *message)
{
    sbfota_decode_line(line.data, line.length, message);
    const size_t head = command_measure_head(message->kind, line);
    const struct bytes text = {line.data + head, line.length - head};
    if (head > 0)
        sbfota_decode_line(text.data, text.length, message);
    return text;
}

static bool is_message(struct bytes text)
{
    struct sbfota_event message;
    sbfota_decode_line(text.data, text.length, &message);
    return message.kind != SBFOTA_OTHER && message.kind != SBFOTA_MALFORMED;
}

/* May any of the pieces from `first` on be a line to tell of, alone or together with others? Where the search finds no word, none
 * is: search.h. */
static bool may_tell(const struct stream_work *work, const struct stream *stream, unsigned first)
{
    const char *const begin = stream->text + stream->pieces[first].at;
    return work->finder->search.lines(begin, stream->text + kept_of(stream) + 1, true).line != NULL;
}

/* The line is whole: its message. If it may be several, pieces that make a message together are one. */
static void close_stream(struct stream_work *work, struct stream *stream)
{
    struct streams *const streams = work->streams;
    struct finder *const finder = work->finder;
    struct sbfota_event message;
    bool may = true;

    stream->text[kept_of(stream)] = '\n';
    for (unsigned first = 0, behind; first < stream->count; first = behind) {
        may = may && may_tell(work, stream, first);
        if (!may && !finder->all)
            break;
        behind = may ? stream->count : first + 1;
        while (behind > first + 1 && !is_message(text_of(stream, first, behind)))
            behind--;
        const struct bytes text = read_line(text_of(stream, first, behind), &message);
        const bool is_line = message.kind != SBFOTA_OVERLONG || !finder->reading->binary;
        const bool ends_wait = streams->asked && is_line && command_is_others(message.kind, text);
        const bool wanted = is_line && (message.kind != SBFOTA_OTHER || ends_wait);
        if (!(finder->all || wanted) || !tell(work, stream, &stream->pieces[first],
                                              stream->pieces[behind - 1].end, text, &message))
            continue;
        if (ends_wait)
            finder->events.list[finder->events.count - 1].answers = ENDS_WAIT;
        streams->asked = streams->asked || finder->roles[message.kind] == ROLE_COMMAND;
        finder->has_dialogue =
            finder->has_dialogue || ends_wait || finder_is_dialogue(finder, message.kind);
    }
    streams->lanes[(size_t)stream->number * DIRECTIONS + stream->direction].open = NULL;
    *(stream->previous == NULL ? &streams->first : &stream->previous->next) = stream->next;
    *(stream->next == NULL ? &streams->last : &stream->next->previous) = stream->previous;
    streams->open_count--;
    if (streams->spare == NULL)
        streams->spare = stream;
    else
        free(stream);
}

void streams_flush_all(struct stream_work *work)
{
    struct stream *next;
    for (struct stream *stream = work->streams->first; stream != NULL; stream = next) {
        next = stream->next;
        close_stream(work, stream);
    }
}

static struct stream *open_stream(struct stream_work *work, struct lane *lane,
                                  const struct line *line)
{
    struct streams *const streams = work->streams;
    if (streams->open_count >= OPEN_MAX)
        streams_flush_all(work);
    struct stream *const stream = streams->spare != NULL ? streams->spare : malloc(sizeof *stream);
    streams->spare = NULL;
    if (stream == NULL) {
        work->finder->events.no_memory = true;
        return NULL;
    }
    stream->number = (uint32_t)((size_t)(lane - streams->lanes) / DIRECTIONS);
    stream->direction = (uint8_t)line->direction;
    stream->length = 0;
    stream->count = 0;
    stream->lossy = line->lossy;
    stream->doubtful = false;
    stream->next = NULL;
    stream->previous = streams->last;
    *(streams->last == NULL ? &streams->first : &streams->last->next) = stream;
    streams->last = stream;
    streams->open_count++;
    lane->open = stream;
    return stream;
}

static uint64_t offset_of(struct stream_work *work, uint32_t place)
{
    const struct json_record *const held = work->held;
    if (held != NULL)
        return held->offset + (held->wide ? wide_length(held->origin, place) : place);
    return work->block->offset + finder_bytes(work->finder, work->block, place);
}

static void begin_piece(struct stream_work *work, struct stream *stream, const struct line *line,
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

/* Of the pieces of dumps the first two are no lines by themselves: many dumps of a few bytes make a line. */
static void join_pieces(struct stream *stream)
{
    stream->count--;
    stream->pieces[0].end = stream->pieces[1].end;
    memmove(stream->pieces + 1, stream->pieces + 2,
            (size_t)(stream->count - 1) * sizeof *stream->pieces);
}

/* Room for a piece more; a stream that has none, or may have grown too long, is closed. NULL if there is no stream then. */
static struct stream *make_room(struct stream_work *work, struct lane *lane, size_t length,
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
static bool append(struct stream_work *work, struct lane *lane, const struct line *line,
                   size_t begin, size_t end, enum joint joint)
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
    const size_t kept = kept_of(stream);
    if (kept <= SBFOTA_LINE_MAX) {
        const size_t room = SBFOTA_LINE_MAX + 1 - kept;
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
void streams_feed(struct stream_work *work, struct lane *lane, const struct line *line,
                  enum joint joint)
{
    const struct wire *const wire = &work->finder->wire;
    lane->has_ends = lane->has_ends || wire->has_ends;
    for (size_t next = 0, end; next < wire->length; next = end) {
        end = wire_line_end(wire, next);
        if (end > next && !append(work, lane, line, next, end, joint))
            return;
        if (end < wire->length) {
            if (lane->open != NULL)
                close_stream(work, lane->open);
            end++;
        }
    }
}

void streams_flush(struct stream_work *work, struct lane *lane)
{
    if (lane->open != NULL)
        close_stream(work, lane->open);
}

void streams_settle_others(struct stream_work *work, struct lane *lane, unsigned direction)
{
    struct lane *const lanes = lane - direction;
    for (unsigned i = 0; i < DIRECTIONS; i++)
        if (i != direction && lanes[i].open != NULL && lanes[i].open->doubtful)
            close_stream(work, lanes[i].open);
}

void streams_free(struct streams *streams)
{
    while (streams->first != NULL) {
        struct stream *const stream = streams->first;
        /* The first of a list has none before it. NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
        streams->first = stream->next;
        free(stream);
    }
    free(streams->spare);
    names_free(&streams->modems);
    free(streams->lanes);
}
