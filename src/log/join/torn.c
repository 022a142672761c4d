/* SPDX-License-Identifier: MIT */
#include "log/join/torn.h"

#include <stdlib.h>
#include <string.h>

#include "log/join/json_stream.h"
#include "log/join/said_before.h"
#include "log/join/streams.h"
#include "log/prefix/anchor.h"
#include "log/prefix/nest.h"
#include "log/scan/take.h"
#include "log/text/span.h"

struct torn {
    struct streams streams;
    bool after_row;          /* the line before was a row of a dump, */
    enum direction of_row;   /* of that */
    bool goes_on;            /* the line at hand is the rest of the one before */
    bool is_soft;            /* it ends in a soft break */
    struct said_before said; /* last */
    struct sources sources;  /* of headers that name theirs */
    struct json_stream *json;
};

/* What the steps of one block share. */
struct work {
    struct torn *torn;
    struct stream_work wire;
};

/* A record, or a line without prefix, as the form of the log frames it. A record without a line end is whole; but where others of
 * the same modem have them it may be a piece. */
static void take_text(struct work *work, const struct line *line)
{
    struct finder *const finder = work->wire.finder;
    const struct capture_form *const form = finder->reading->form;
    const char *const origin =
        work->wire.held != NULL ? work->wire.held->origin : work->wire.block->data;
    struct lane *const lane = streams_lane(&work->torn->streams, line->modem, line->direction);
    if (lane == NULL) {
        finder->events.no_memory = true;
        return;
    }
    wire_read(&finder->wire, reading_escapes(finder->reading, line), line->text, origin);
    const bool streams = form->framing == FRAMING_ESCAPES ||
                         (form->form == FORM_CSV && finder->reading->columns.parted);
    const bool has_end = streams ? line->role != LINE_BARE : finder->wire.has_ends;
    const bool chunks = form->framing == FRAMING_CHUNKS || finder->reading->header.known;
    const bool is_part = work->torn->goes_on || work->torn->is_soft;
    const bool doubtful = !has_end && !streams && !is_part && (chunks || lane->has_ends);
    streams_settle_others(&work->wire, lane, (unsigned)line->direction);
    /* The line before one without a prefix has ended. */
    if (!has_end && !work->torn->goes_on && (!doubtful || line->role == LINE_BARE))
        streams_flush(&work->wire, lane);
    streams_feed(&work->wire, lane, line, doubtful ? JOINT_DOUBTFUL : JOINT_SURE);
    if (!has_end && !doubtful && !work->torn->is_soft)
        streams_flush(&work->wire, lane);
}

/* A line of mail in quoted-printable: what stands behind a soft break is the rest of the text before it. */
static void take_soft_line(struct work *work, const char *begin, const char *end, struct line *line)
{
    struct torn *const torn = work->torn;
    torn->goes_on = torn->is_soft;
    torn->is_soft = line_breaks_softly(begin, end);
    if (torn->goes_on) {
        *line = (struct line){.role = LINE_BARE,
                              .text = {begin, (size_t)(end - begin)},
                              .learned = work->wire.finder->reading->learned != NULL};
        said_tell(&torn->said, line);
    } else if (torn->is_soft) {
        said_keep(&torn->said, line);
    }
    if (!torn->is_soft)
        return;
    const char *const stop = end - 1 - (end[-1] == '\r');
    if (line->text.data + line->text.length > stop)
        line->text.length = (size_t)(stop - line->text.data);
}

/* The texts below a header: its time and direction are theirs, where they say none themselves. The first of them may go on with what
 * came before. */
static void take_below_header(struct work *work, struct line *line, const char *begin,
                              const char *end)
{
    const bool has_source = work->wire.finder->reading->header.has_source;
    struct said_before *said = &work->torn->said;
    if (has_source)
        said = sources_find(&work->torn->sources,
                            line->role == LINE_HEADER ? line->modem : header_source(begin, end));
    if (said == NULL) {
        work->wire.finder->events.no_memory = true;
        return;
    }
    if (line->role == LINE_HEADER) {
        said_keep(said, line);
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
        said_keep(&work->torn->said, line);
    else
        said_tell(&work->torn->said, line);
    take_text(work, line);
}

/* socat: the text of a chunk goes on until the next header; what ends a line of the log is the wire's line feed. */
static void take_chunk(struct work *work, struct line *line, const char *end, bool made_end)
{
    struct torn *const torn = work->torn;
    struct finder *const finder = work->wire.finder;
    struct line chunk = *line;
    said_tell(&torn->said, &chunk);
    if (line->role != LINE_NOISE) {
        wire_read(&finder->wire, reading_escapes(finder->reading, line), line->text,
                  work->wire.block->data);
        if (line->role == LINE_BARE && !made_end && finder->wire.length < finder->wire.capacity) {
            const uint32_t at = (uint32_t)(end - work->wire.block->data);
            finder->wire.places[finder->wire.length] = (struct place){at, at + 1};
            finder->wire.bytes[finder->wire.length++] = '\n';
        }
        struct lane *const lane = streams_lane(&torn->streams, chunk.modem, chunk.direction);
        if (lane == NULL)
            finder->events.no_memory = true;
        else
            streams_feed(&work->wire, lane, &chunk, JOINT_SURE);
    }
    if (line->role == LINE_HEADER)
        said_keep(&torn->said, line);
}

/* A row of a dump goes on with the row before if its address does, or if it has nothing but digits. What other dumps of the same
 * direction have goes on too, perhaps. */
static void take_row(struct work *work, struct line *line)
{
    struct torn *const torn = work->torn;
    struct finder *const finder = work->wire.finder;
    if (line->role == LINE_HEADER)
        said_keep(&torn->said, line);
    if (line->role == LINE_HEADER || line->role == LINE_NOISE) {
        torn->after_row = false;
        return;
    }
    if (line->role == LINE_BARE)
        said_tell(&torn->said, line);
    if (line->role == LINE_BARE && torn->after_row && line->direction == DIRECTION_NONE)
        line->direction = torn->of_row;
    struct lane *const lane = streams_lane(&torn->streams, line->modem, line->direction);
    if (lane == NULL) {
        finder->events.no_memory = true;
        return;
    }
    const bool goes_on = line->address.data != NULL ? dump_goes_on(&lane->place, line->address)
                                                    : line->role == LINE_BARE && torn->after_row;
    wire_read(&finder->wire, line->escapes, line->text, work->wire.block->data);
    finder->wire.has_ends = wire_line_end(&finder->wire, 0) < finder->wire.length;
    streams_settle_others(&work->wire, lane, (unsigned)line->direction);
    streams_feed(&work->wire, lane, line, goes_on ? JOINT_ROW : JOINT_DUMP);
    dump_move(&lane->place, line->address, finder->wire.length);
    torn->after_row = true;
    torn->of_row = line->direction;
}

/* JSON over several lines: a record may end many lines behind its text. */
static void take_record(struct work *work, struct json_record *record)
{
    const struct reading *const reading = work->wire.finder->reading;
    const uint64_t number = work->wire.line;
    if (reading->learned != NULL && record->line.role == LINE_RECORD)
        nest_read(reading->learned, reading->torn, &record->line);
    finder_unescape(work->wire.finder, &record->line, record->origin);
    work->wire.line = record->number;
    work->wire.held = record;
    take_text(work, &record->line);
    work->wire.held = NULL;
    work->wire.line = number;
}

static void take_json(struct work *work, const char *begin, const char *end)
{
    const struct reading *const reading = work->wire.finder->reading;
    const struct field_names names = found_names(&reading->found, reading->names);
    struct json_line line = {work->wire.finder, work->wire.block, begin, end, begin,
                             work->wire.line};
    struct json_record record;
    while (json_stream_next(work->torn->json, &names, &line, &record))
        take_record(work, &record);
    if (work->wire.block->last && end + 1 == work->wire.block->data + work->wire.block->size)
        while (json_stream_end(work->torn->json, &names, &record))
            take_record(work, &record);
}

/* May a text be more of a prefix? Messages and escapes begin with signs. */
static bool may_be_prefix(struct bytes text)
{
    const unsigned char first = text.length == 0 ? '\0' : (unsigned char)*text.data;
    return is_digit((char)first) || ((first | 0x20) >= 'a' && (first | 0x20) <= 'z') ||
           first == '[' || first == '(';
}

/* Does a message stand behind something else in the line of the wire that it is in? */
static bool is_behind_text(struct finder *finder, const struct line *line, const char *message)
{
    struct wire *const wire = &finder->wire;
    if (message < line->text.data)
        return false;
    wire_read(wire, reading_escapes(finder->reading, line),
              (struct bytes){line->text.data, (size_t)(message - line->text.data)},
              finder->block->data);
    return wire->length > 0 && wire_line_end(wire, wire->length - 1) == wire->length;
}

/* Is a line strange to what was learned, or to the form, and holds a message all the same? Or is what was learned only a part of what
 * stands before that? */
static bool is_misfit(struct finder *finder, const struct line *line, const char *begin,
                      const char *end)
{
    struct anchor anchor;
    const bool known = finder->reading->learned != NULL ? line->learned : line->role == LINE_RECORD;
    if (finder->learn_from == FINDER_NOWHERE || (known && !may_be_prefix(line->text)) ||
        block_place(finder->block, begin) < finder->learn_from ||
        !finder->search.has_word(begin, end) || !anchor_find(begin, end, &anchor) ||
        (anchor.begin == line->text.data &&
         !reading_is_strange(finder->reading, line, begin, end)) ||
        (known && !is_behind_text(finder, line, anchor.begin)))
        return false;
    finder->misfits[0] = begin;
    finder->misfit_count = 1;
    return true;
}

/* A line of which only the begin is there, and no text to be found in that: all of it is told as too long. */
static void take_cut_line(struct work *work, const char *begin, const char *end)
{
    take_text(work, &(struct line){.role = LINE_BARE, .text = {begin, (size_t)(end - begin)}});
}

/* A line in the way in which the log frames its records. `is_last` if its line feed is not the log's own. */
static void take_framed_line(struct work *work, struct line *line, const char *begin,
                             const char *end, bool is_last)
{
    const struct reading *const reading = work->wire.finder->reading;
    const enum form form = reading->form->form;
    if (work->wire.block->dropped > 0 && line->role == LINE_NOISE)
        take_cut_line(work, begin, end);
    else if (form == FORM_SOCAT || form == FORM_SOCAT_HEX)
        take_chunk(work, line, end, is_last);
    else if (reading->header.known)
        take_below_header(work, line, begin, end);
    else if (form == FORM_DUMP)
        take_row(work, line);
    else if (reading->form->framing == FRAMING_CHUNKS ||
             (form == FORM_CSV && reading->columns.goes_on))
        take_line_of_chunk(work, line);
    else if (line->role != LINE_NOISE)
        take_text(work, line);
}

/* A line of a log of JSON over several lines. False if it is to be learned from. */
static bool take_line_of_json(struct work *work, const char *begin, const char *end)
{
    struct line line = {.role = LINE_BARE, .text = {begin, 0}};
    if (json_stream_is_outside(work->torn->json, begin, end) &&
        is_misfit(work->wire.finder, &line, begin, end))
        return false;
    take_json(work, begin, end);
    if (work->wire.block->dropped > 0)
        take_cut_line(work, begin, end);
    return true;
}

/* The next line. False if it is to be learned from. */
static bool take_next_line(struct work *work, const char *begin, const char *end, const char *limit)
{
    struct finder *const finder = work->wire.finder;
    struct line line;
    if (finder->reading->form->form == FORM_JSON)
        return take_line_of_json(work, begin, end);
    if (finder->reading->soft) {
        finder_line(finder, begin, end, &line);
        take_soft_line(work, begin, end, &line);
    } else {
        finder_line_alike(finder, begin, end, limit, &line);
    }
    if (is_misfit(finder, &line, begin, end))
        return false;
    take_framed_line(work, &line, begin, end, work->wire.block->made_end && end + 1 == limit);
    return true;
}

void torn_block(struct torn **torn, struct finder *finder, struct block *block)
{
    const char *const limit = block->data + block->size;
    const bool is_json = finder->reading->form->form == FORM_JSON;
    if (*torn == NULL)
        *torn = calloc(1, sizeof **torn);
    if (*torn != NULL && is_json && (*torn)->json == NULL)
        (*torn)->json = json_stream_new();
    if (*torn == NULL || (is_json && (*torn)->json == NULL)) {
        finder->events.no_memory = true;
        return;
    }
    struct work work = {*torn, {&(*torn)->streams, finder, block, block->line, NULL, NULL}};
    for (const char *next = block->data, *end; next < limit; next = end + 1, work.wire.line++) {
        end = memchr(next, '\n', (size_t)(limit - next));
        if (!take_next_line(&work, next, end, limit)) {
            block_shorten(block, (size_t)(next - block->data));
            break;
        }
    }
    /* Its line end is not there. */
    if (work.wire.cut != NULL)
        streams_flush(&work.wire, work.wire.cut);
    block->lines = work.wire.line - block->line - block->line_goes_on;
    if (block->last && !block->goes_on)
        streams_flush_all(&work.wire);
}

void torn_end(struct torn **torn, struct finder *finder, const struct block *block)
{
    if (*torn == NULL)
        return;
    struct work work = {*torn, {&(*torn)->streams, finder, block, block->line, NULL, NULL}};
    streams_flush_all(&work.wire);
    torn_free(*torn);
    *torn = NULL;
}

void torn_free(struct torn *torn)
{
    if (torn == NULL)
        return;
    streams_free(&torn->streams);
    sources_free(&torn->sources);
    json_stream_free(torn->json);
    free(torn);
}
