/* SPDX-License-Identifier: MIT
 *
 * What passes from reading to writing: blocks of a file's lines, and what was found in them. */
#ifndef SBFOTA_CAPTURE_HIT_H
#define SBFOTA_CAPTURE_HIT_H

#include "record.h"

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
    uint64_t offset;      /* in the file, of the first byte */
    uint64_t line;        /* number of its first line, from 1; known when it is in its turn */
    uint64_t lines;       /* how many there are */
    uint64_t dropped;     /* bytes of its only line that were not kept, for their number */
    uint64_t dropped_end; /* bytes of that line's end, but for one */
    bool made_end;        /* the last line feed is not the file's */
    bool wide;        /* it was UTF-16: a character of the data is two bytes of the file, or four */
    bool deltas;      /* its times count from the line before */
    bool last;        /* of its file */
    const char *file; /* as the user named it, or NULL */
    struct bytes modem;    /* who a capture without names belongs to; no data if not known */
    const char *form;      /* name of its form */
    struct bytes times[2]; /* the first and the last time in it; no data if there are none */
};

/* One event of a block. What it points to lives as long as the block. */
struct hit {
    struct sbfota_event event; /* offset and length are those in the file */
    const char *text;          /* of the wire, event-relative positions count from here */
    const char *time;
    const char *modem;
    uint32_t line; /* lines of the block before it */
    uint32_t modem_length;
    uint16_t text_length;
    uint8_t time_length;
    uint8_t direction;
    uint8_t answers;
    bool earlier; /* began in a block before, on line `line` of the file */
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

/* The record of a hit: all but the time, which is shown by time_show. */
static inline void hit_record(const struct block *block, const struct hit *hit,
                              struct record *record)
{
    record->event = hit->event;
    record->file = block->file;
    record->line = hit->earlier ? hit->earlier_line : block->line + hit->line;
    record->offset = hit->event.offset;
    record->modem =
        hit->modem == NULL ? block->modem : (struct bytes){hit->modem, hit->modem_length};
    record->time = (struct bytes){hit->time, hit->time_length};
    record->text = (struct bytes){hit->text, hit->text_length};
    record->lead = record->tail = (struct bytes){"", 0};
    record->direction = (enum direction)hit->direction;
    record->answers = (enum sbfota_kind)hit->answers;
    record->framed = false;
}

#endif
