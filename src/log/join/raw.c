/* SPDX-License-Identifier: MIT
 *
 * A raw capture with all its line ends: what encode turns back into the same bytes. */
#include "log/join/raw.h"

#include <stdlib.h>
#include <string.h>

#include "log/prefix/lines.h"
#include "log/scan/command.h"

enum {
    CHUNK = 256 * 1024,
    /* Line ends before a text, the text and its end: what one event can stand for and still have a text. */
    EVENT_MAX = 65535 + SBFOTA_LINE_MAX + 1
};

/* One stream on its way. */
struct raw_reader {
    const char *file;
    const struct raw_sink *sink;
    struct bytes modem;
    struct sbfota_parser parser;
    struct line_counter lines;
    enum sbfota_kind pending; /* the command of ours whose result code has not come */
    bool stopped;
    bool dropped;         /* the unfinished line is too long to keep */
    bool dropped_command; /* and it is another command */
    bool tail_open;       /* the held record ended in <CR>: a <LF> may follow that is its own */
    bool line_feed_taken; /* the first of the next line ends was that <LF> */
    bool holding;
    struct record held; /* whose tail is not known yet; what it points to stands in `kept` */
    uint64_t start;     /* stream offset of buffer[0], where the unfinished event begins */
    size_t used;        /* bytes in buffer */
    char buffer[EVENT_MAX + CHUNK];
    char kept[2 * EVENT_MAX + 65536];
};

static void give(struct raw_reader *reader, const struct record *record)
{
    if (!reader->stopped && !reader->sink->take(reader->sink->context, record))
        reader->stopped = true;
}

static void release(struct raw_reader *reader)
{
    if (reader->holding)
        give(reader, &reader->held);
    reader->holding = false;
    reader->tail_open = false;
}

/* Keep a record until its tail is known: its bytes move, the tail last so that it can grow. */
static void hold(struct raw_reader *reader, const struct record *record)
{
    char *next = reader->kept;
    struct bytes *const parts[] = {&reader->held.lead, &reader->held.text, &reader->held.tail};
    reader->held = *record;
    for (size_t i = 0; i < 3; i++) {
        if (parts[i]->length > 0)
            memcpy(next, parts[i]->data, parts[i]->length);
        parts[i]->data = next;
        next += parts[i]->length;
    }
    reader->holding = true;
}

static void grow_held_tail(struct raw_reader *reader, const char *bytes, size_t length)
{
    const size_t at = (size_t)(reader->held.tail.data - reader->kept) + reader->held.tail.length;
    if (length > 0)
        memcpy(reader->kept + at, bytes, length);
    reader->held.tail.length += length;
}

/* The first result code behind a command of ours answers it. `text` is the line, of one too long to keep nothing. */
static enum sbfota_kind find_answered(struct raw_reader *reader, unsigned kind, struct bytes text)
{
    const enum sbfota_kind pending = reader->pending;
    if (record_is_hosts(kind))
        reader->pending = (enum sbfota_kind)kind;
    if (kind == SBFOTA_RDY || kind == SBFOTA_APP_RDY)
        reader->pending = SBFOTA_NONE; /* a module that boots answers nothing any more */
    if (text.length == 0 ? reader->dropped_command : command_is_others(kind, text))
        reader->pending = SBFOTA_NONE; /* nor one that is given another command */
    if (kind != SBFOTA_OK && kind != SBFOTA_ERROR && kind != SBFOTA_CME_ERROR)
        return SBFOTA_NONE;
    reader->pending = SBFOTA_NONE;
    return pending;
}

/* The line ends at the very end of the input belong to the last line. Where there is none, or where they are too many, they
 * make a line of their own, without text. */
static void take_blank(struct raw_reader *reader, struct bytes lead, bool at_end)
{
    if (reader->holding && at_end) {
        grow_held_tail(reader, lead.data, lead.length);
        release(reader);
        return;
    }
    release(reader);
    if (lead.length == 0)
        return;
    give(reader, &(struct record){.event = {.kind = SBFOTA_OTHER},
                                  .file = reader->file,
                                  .line = reader->lines.line,
                                  .offset = reader->parser.offset,
                                  .modem = reader->modem,
                                  .text = {"", 0},
                                  .lead = lead,
                                  .tail = {"", 0},
                                  .framed = true});
}

/* If the held record's <CR> is followed by a <LF>, that is its own. */
static void close_tail(struct raw_reader *reader, char following)
{
    if (following == '\n') {
        grow_held_tail(reader, "\n", 1);
        reader->line_feed_taken = true;
    }
    reader->tail_open = false;
}

/* The line ends before an event that no record has yet. */
static struct bytes take_lead(struct raw_reader *reader, const struct sbfota_event *event,
                              const char *bytes)
{
    struct bytes lead = {bytes, bytes == NULL ? 0 : event->lead};
    line_counter_ends(&reader->lines, lead.data, lead.length);
    if (reader->tail_open && lead.length > 0)
        close_tail(reader, lead.data[0]);
    reader->tail_open = false;
    if (reader->line_feed_taken && lead.length > 0) {
        lead.data++;
        lead.length--;
    }
    reader->line_feed_taken = false;
    return lead;
}

/* One event. `bytes` are those that it stands for, with `following` more behind them in the buffer, or NULL when the line
 * was too long to keep. */
static void take_event(struct raw_reader *reader, const struct sbfota_event *event,
                       const char *bytes, size_t following, bool at_end)
{
    const struct bytes lead = take_lead(reader, event, bytes);
    if (event->kind == SBFOTA_BLANK) {
        take_blank(reader, lead, at_end);
        return;
    }
    release(reader);
    line_counter_text(&reader->lines);

    const struct bytes text = {bytes == NULL ? NULL : bytes + event->lead,
                               bytes == NULL ? 0 : (size_t)event->length};
    struct record record = {
        .event = *event,
        .file = reader->file,
        .line = reader->lines.line,
        .offset = event->offset,
        .modem = reader->modem,
        .lead = lead,
        .answers = find_answered(reader, event->kind, text),
        .framed = bytes != NULL,
    };
    const char ending = event->ending == SBFOTA_ENDING_LF ? '\n' : '\r';
    line_counter_ends(&reader->lines, &ending, event->ending != SBFOTA_ENDING_NONE);
    if (!record.framed) {
        give(reader, &record);
        return;
    }
    if (event->kind != SBFOTA_OVERLONG)
        record.text = text;
    record.tail = (struct bytes){text.data + text.length, event->ending != SBFOTA_ENDING_NONE};
    if (event->ending == SBFOTA_ENDING_CR && !record_is_hosts(event->kind)) {
        reader->tail_open = following == 0;
        reader->line_feed_taken = following > 0 && record.tail.data[1] == '\n';
        record.tail.length += reader->line_feed_taken;
    }
    hold(reader, &record);
}

/* Make room behind the unfinished event, which begins at `begin`; of a line too long to keep only its line ends count. */
static void make_room(struct raw_reader *reader, size_t begin)
{
    size_t left = reader->used - begin;
    if (left > EVENT_MAX) {
        const char *const first = reader->buffer + begin;
        size_t lead = 0;
        while (!reader->dropped && lead < left && (first[lead] == '\r' || first[lead] == '\n'))
            lead++;
        line_counter_ends(&reader->lines, first, lead);
        if (!reader->dropped)
            reader->dropped_command = command_is((struct bytes){first + lead, left - lead});
        reader->dropped = true;
    }
    if (reader->dropped)
        left = 0;
    memmove(reader->buffer, reader->buffer + reader->used - left, left);
    reader->used = left;
}

/* Take the bytes that have come behind the unfinished event. */
static void take_bytes(struct raw_reader *reader, size_t fresh)
{
    size_t next = reader->used; /* where the parser stands */
    size_t begin = 0;           /* where the unfinished event begins */
    reader->used += fresh;
    if (reader->tail_open && next == 0)
        close_tail(reader, reader->buffer[0]);
    while (next < reader->used && !reader->stopped) {
        struct sbfota_event event;
        next += sbfota_parse(&reader->parser, reader->buffer + next, reader->used - next, &event);
        if (event.kind == SBFOTA_NONE)
            break;
        take_event(reader, &event, reader->dropped ? NULL : reader->buffer + begin,
                   reader->used - next, false);
        reader->dropped = reader->dropped_command = false;
        begin = next;
    }
    make_room(reader, begin);
}

static void finish(struct raw_reader *reader)
{
    struct sbfota_event event;
    const bool ended = !sbfota_finish(&reader->parser, &event);
    if (!ended && event.kind != SBFOTA_BLANK)
        event.flags |= SBFOTA_FLAG_UNENDED;
    if (!ended)
        take_event(reader, &event, reader->dropped ? NULL : reader->buffer, 0, true);
    release(reader);
}

/* The byte-order mark that an editor has put before the first line is a line of its own, without line ends. */
static void take_mark(struct raw_reader *reader, size_t fresh)
{
    if (fresh < 3 || memcmp(reader->buffer, "\xef\xbb\xbf", 3) != 0)
        return;
    hold(reader, &(struct record){.event = {.kind = SBFOTA_OTHER, .length = 3},
                                  .file = reader->file,
                                  .line = 1,
                                  .modem = reader->modem,
                                  .text = {reader->buffer, 3},
                                  .lead = {"", 0},
                                  .tail = {"", 0},
                                  .framed = true});
    reader->parser.offset = reader->parser.text = 3;
}

bool raw_read(const struct raw_sink *sink, const char *file, struct bytes modem)
{
    struct raw_reader *const reader = malloc(sizeof *reader);
    if (reader == NULL)
        return false;
    /* Not the buffers: they are large. */
    memset(reader, 0, offsetof(struct raw_reader, buffer));
    reader->file = file;
    reader->sink = sink;
    reader->modem = modem;
    reader->lines.line = 1;
    sbfota_parser_init(&reader->parser);

    for (bool first = true; !reader->stopped; first = false) {
        const ptrdiff_t count = sink->read(sink->context, reader->buffer + reader->used, CHUNK);
        if (count <= 0)
            break;
        size_t fresh = (size_t)count;
        if (first) {
            take_mark(reader, fresh);
            if (reader->holding) {
                fresh -= 3;
                memmove(reader->buffer, reader->buffer + 3, fresh);
            }
        }
        take_bytes(reader, fresh);
        sink->pause(sink->context);
    }
    if (!reader->stopped)
        finish(reader);
    free(reader);
    return true;
}
