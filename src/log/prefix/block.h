/* SPDX-License-Identifier: MIT
 *
 * What passes from reading to writing: blocks of a file's lines, and what was found in them. */
#ifndef SBFOTA_LOG_BLOCK_H
#define SBFOTA_LOG_BLOCK_H

#include "log/input/log_file.h"
#include "log/text/record.h"

#ifndef SBFOTA_BLOCK_SIZE /* less for fuzzing, so that small inputs fill several */
#define SBFOTA_BLOCK_SIZE (1024 * 1024)
#endif

enum {
    BLOCK_SIZE = SBFOTA_BLOCK_SIZE /* of a file: less takes the system longer to read */
};

struct reading;
struct source;
struct store;

/* A piece of a file: whole lines, of which the last one ends in a line feed, whether the file has it or not. A raw capture
 * without line feeds is cut behind a carriage return. */
struct block {
    struct source *source;
    const struct reading *reading; /* the source's, as far as it holds for this block */
    uint64_t log;                  /* number of the source: an address may come again */
    struct store *store;           /* what holds the bytes */
    const char *data;
    size_t size;
    uint64_t offset;      /* in the log, of the first byte */
    uint64_t line;        /* number of its first line, from 1; known when it is in its turn */
    uint64_t lines;       /* how many there are */
    uint64_t dropped;     /* bytes of its only line that were not kept, for their number */
    uint64_t dropped_end; /* bytes of that line's end, but for one */
    bool made_end;        /* the last line feed is not the file's */
    bool line_goes_on;    /* the line goes on in the next block */
    bool wide;   /* it was UTF-16: a character of the data is two bytes of the file, or four */
    bool deltas; /* its times count from the line before */
    bool last;   /* of its file */
    bool
        past; /* it belongs to the next part of the log: only answers to commands of this one count */
    bool goes_on;                 /* and the next file goes on with its log */
    size_t foreign;               /* bytes at its end that are that file's */
    const char *file;             /* as the user named it, or NULL */
    const struct log_file *place; /* the file, if its log has several; NULL if not */
    struct bytes modem;           /* who a capture without names belongs to; no data if not known */
    const char *form;             /* name of its form */
    struct bytes times[2];        /* the first and the last time in it; no data if there are none */
};

/* A block up to `length` bytes of it, which end with a line: what is told of its end is not told of this one. */
static inline void block_shorten(struct block *block, size_t length)
{
    block->size = length;
    block->dropped = block->dropped_end = 0;
    block->foreign = 0;
    block->made_end = block->line_goes_on = block->last = block->goes_on = false;
}

enum {
    ENDS_WAIT = UINT8_MAX /* log_event.answers of another command, until order_block has seen it */
};

/* One event of a block. What it points to lives as long as the block. */
struct log_event {
    struct sbfota_event message; /* offset and length are those in the file */
    const char *text;            /* of the wire, event-relative positions count from here */
    const char *time;
    const char *modem;
    uint32_t line; /* lines of the block before it */
    uint32_t modem_length;
    uint16_t text_length;
    uint8_t time_length;
    uint8_t direction;
    uint8_t answers;
    bool earlier; /* began in a block before, on line `line` of the file */
    int16_t
        files_before; /* if so: in the file that is so many before this one, of the same log; -1: in the next */
    uint64_t earlier_line;
};

/* Bytes of a file in UTF-16 that a text in UTF-8 stands for. */
static inline uint64_t wide_length(const char *text, size_t length)
{
    uint64_t units = 0;
    for (size_t i = 0; i < length; i++)
        units +=
            ((unsigned char)text[i] & 0xc0U) != 0x80 ? 1U + ((unsigned char)text[i] >= 0xf0) : 0;
    return units * 2;
}

/* Where in the log a byte of a block stands. */
static inline uint64_t block_place(const struct block *block, const char *at)
{
    const size_t length = (size_t)(at - block->data);
    return block->offset + (block->wide ? wide_length(block->data, length) : length);
}

/* What is left of a block behind its first `length` bytes. */
static inline void block_advance(struct block *block, size_t length)
{
    block->offset = block_place(block, block->data + length);
    block->data += length;
    block->size -= length;
}

/* What the log is called that a block belongs to; NULL for standard input. */
static inline const char *block_log(const struct block *block)
{
    return block->place != NULL ? block->place->log : block->file;
}

/* The file that an event stands in. */
static inline const char *event_file(const struct block *block, const struct log_event *event)
{
    return event->earlier && event->files_before != 0 && block->place != NULL
               ? (block->place - event->files_before)->name
               : block->file;
}

/* The record of an event: all but the time, which is shown by time_show. */
static inline void event_record(const struct block *block, const struct log_event *event,
                                struct record *record)
{
    record->event = event->message;
    record->file = event_file(block, event);
    record->line = event->earlier ? event->earlier_line : block->line + event->line;
    record->offset = event->message.offset;
    record->modem =
        event->modem == NULL ? block->modem : (struct bytes){event->modem, event->modem_length};
    record->time = (struct bytes){event->time, event->time_length};
    record->text = (struct bytes){event->text, event->text_length};
    record->lead = record->tail = (struct bytes){"", 0};
    record->direction = (enum direction)event->direction;
    record->answers = (enum sbfota_kind)event->answers;
    record->framed = false;
    record->deltas = block->deltas;
}

#endif
