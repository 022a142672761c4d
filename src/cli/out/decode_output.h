/* SPDX-License-Identifier: MIT
 *
 * The output formats of decode. */
#ifndef SBFOTA_CLI_DECODE_OUTPUT_H
#define SBFOTA_CLI_DECODE_OUTPUT_H

#include "cli/writing/cursor.h"
#include "cli/writing/writer.h"
#include "log/prefix/block.h"
#include "log/tables/columns.h"

/* What the JSON objects of one file begin with. */
struct json_begin {
    bool known; /* set to false when `file` may be another one at the same address */
    const char *file;
    size_t length;
    char bytes[256];
};

/* How an event is written whose line is as the note has it. */
enum json_plain {
    JSON_PLAIN_NOT = 0, /* it has fields of its own */
    JSON_PLAIN_WORD,
    JSON_PLAIN_NUMBER,
    JSON_PLAIN_CODE
};

/* What stands for an event: its name, and the name of its argument if that is a number. */
struct json_event {
    uint8_t length;
    uint8_t plain;  /* enum json_plain */
    uint8_t commas; /* of CSV: behind the number */
    char bytes[61];
};

/* The same with a code and what the note says of it. */
struct json_code {
    int32_t value;
    uint8_t kind; /* SBFOTA_NONE while there is none */
    uint8_t length;
    char bytes[186];
};

enum {
    JSON_CODES = 64
};

/* What is odd about a spelling. */
struct json_spelling {
    uint8_t length; /* 0 while it is not known */
    char bytes[63];
};

/* How to write records. */
struct decode_output {
    struct writer *writer;
    bool raw;    /* the text of every record */
    bool colour; /* of text output */
    struct json_begin begin;
    struct json_event events[SBFOTA_KIND_COUNT];
    struct json_code codes[JSON_CODES];            /* that were written last */
    struct json_spelling spellings[UINT8_MAX + 1]; /* by enum sbfota_spelling */
    char time_begin[16];                           /* of the last usual time: all but its seconds */
    struct cursor_small_numbers small;
    struct cursor_counter lines;
    struct cursor_counter offsets;
    bool bare;              /* of text output: no line number */
    struct columns columns; /* of Arrow and Parquet */
};

/* JSON Lines: once for each output; one object. */
void jsonl_begin(struct decode_output *output);
void jsonl_put(struct decode_output *output, const struct record *record);

/* The same for what nearly all records are: a line as the note has it, whose time and modem need no escapes. False, with
 * nothing written, if it is none of those. */
bool jsonl_put_plain(struct decode_output *output, const struct block *block,
                     const struct log_event *event);

/* Parts of both. */
void json_begin_keep(struct decode_output *output, const char *file);
const struct json_code *json_code_keep(struct decode_output *output,
                                       const struct sbfota_event *event);
void json_spelling_keep(struct decode_output *output, const struct sbfota_event *event, bool csv);

static inline struct json_code *json_code_place(struct decode_output *output,
                                                const struct sbfota_event *event)
{
    return &output->codes[((uint32_t)event->value + event->kind * 7U) % JSON_CODES];
}

/* CSV: the names of the columns; once for each output; one row. */
void csv_begin(struct writer *writer);
void csv_prepare(struct decode_output *output);
void csv_put(struct decode_output *output, const struct record *record);

/* As jsonl_put_plain, and its parts. */
bool csv_put_plain(struct decode_output *output, const struct block *block,
                   const struct log_event *event);
void csv_begin_keep(struct decode_output *output, const char *file);
const struct json_code *csv_code_keep(struct decode_output *output,
                                      const struct sbfota_event *event);

/* Text for people: one line; the same of a plain event, as jsonl_put_plain, and its parts; the heading above the lines of a file. */
void text_put(struct decode_output *output, const struct record *record);
bool text_put_plain(struct decode_output *output, const struct block *block,
                    const struct log_event *event);
void text_prepare(struct decode_output *output);
const struct json_code *text_code_keep(struct decode_output *output,
                                       const struct sbfota_event *event);
void text_put_heading(struct writer *writer, const char *file, bool first);

#endif
