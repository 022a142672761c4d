/* SPDX-License-Identifier: MIT
 *
 * The bytes of the wire that a log file has written with escapes. */
#ifndef SBFOTA_LOG_WIRE_H
#define SBFOTA_LOG_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "log/text/record.h"

/* How a form writes what it cannot print. */
enum escapes {
    ESCAPES_NONE = 0,
    ESCAPES_ANY, /* <CR><LF>, \r\n, \x0d, \", <0D><0A>, ^M, #015, &quot;, <br>, control pictures, colours */
    ESCAPES_CSV,     /* the same; two quotes are one */
    ESCAPES_MANAGER, /* ModemManager's */
    ESCAPES_CARET,
    ESCAPES_SOCAT,
    ESCAPES_JSON,
    ESCAPES_JSON_LINES, /* strings of an array, each a line: from within the first to the quote behind the last */
    ESCAPES_ZEPHYR,
    ESCAPES_PERCENT, /* of addresses of the web */
    /* Digits of dumps: */
    ESCAPES_HEX,
    ESCAPES_REVERSED, /* hexadecimal ones in words, the last byte of each first */
    ESCAPES_NUMBERS,  /* decimal ones */
    ESCAPES_OCTAL,
    ESCAPES_OCTAL_WORDS,
    ESCAPES_CELLS, /* od -c */
    ESCAPES_BASE64,
    ESCAPES_COUNT
};

/* Can a message be seen in the text as it stands in the log? Else the search for messages passes it over. */
static inline bool wire_shows(enum escapes style)
{
    return style < ESCAPES_HEX;
}

/* Where in the log the token stands that a byte of the wire comes from: one byte a token, but for a character over U+007F,
 * a word of two bytes and the four letters of base64, whose bytes share its place. */
struct place {
    uint32_t begin;
    uint32_t end;
};

/* Bytes of the wire, and the places that they come from. */
struct wire {
    char *bytes;
    struct place *places;
    size_t length;
    size_t capacity;
    bool has_ends; /* an escape was a line end */
};

static inline bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n';
}

/* Room for texts of up to `capacity` bytes. False without memory. */
bool wire_make(struct wire *wire, size_t capacity);
void wire_free(struct wire *wire);

/* Does a text stand for itself, byte for byte? False may be said of one that does. */
bool wire_is_text(enum escapes style, struct bytes text);

/* Turn a text into the bytes that it stands for; `origin` is what the places count from. The text must be followed by a line
 * feed sooner or later. With ESCAPES_ANY and ESCAPES_CSV, bytes of zero at the ends of the wire's lines are left out. */
void wire_read(struct wire *wire, enum escapes style, struct bytes text, const char *origin);

/* Where the first line end stands from `at` on, or the end of the bytes. */
size_t wire_line_end(const struct wire *wire, size_t at);

#endif
