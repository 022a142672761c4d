/* SPDX-License-Identifier: MIT */
/**
 * @file
 * sbfota: the URCs, responses and commands of Quectel's BG96 SoftBank DFOTA, from bytes to events and back.
 *
 * Give the parser the bytes of the AT port as they come, in pieces of any size; it gives back one event at a time:
 *
 *     struct sbfota_parser parser;
 *     sbfota_parser_init(&parser);
 *     ...
 *     while (length > 0) {
 *         struct sbfota_event event;
 *         size_t used = sbfota_parse(&parser, bytes, length, &event);
 *         bytes += used, length -= used;
 *         if (event.kind == SBFOTA_UPDATING)
 *             show_progress(event.value);
 *     }
 *
 * Nothing is allocated, nothing is global, no pointer is kept between calls, and every byte of the stream belongs to
 * exactly one event. All functions are re-entrant; none fails for what the bytes are. A line that is not ours is an
 * event too (SBFOTA_OTHER), so that a host stack loses nothing by listening here first.
 *
 * Section numbers (source: ...) are those of Quectel's BG96 SoftBank DFOTA Application Note 1.0.
 */
#ifndef SBFOTA_SBFOTA_H
#define SBFOTA_SBFOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sbfota/catalogue.h> /* enum sbfota_kind and the other enumerations of the catalogues */
#include <sbfota/export.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SBFOTA_VERSION_MAJOR 0
#define SBFOTA_VERSION_MINOR 1
#define SBFOTA_VERSION_PATCH 0
#define SBFOTA_VERSION "0.1.0"

/** The longest text, in bytes, that a line may hold and still be decoded; a longer one is SBFOTA_OVERLONG. */
#define SBFOTA_LINE_MAX 256

/** How an event was spelled, where the note itself prints more than one way: bits of sbfota_event.spelling.
 * A spelling that the note never prints has SBFOTA_FLAG_NONCANONICAL instead, and only its text can give it back. */
enum sbfota_spelling {
    SBFOTA_SPELLING_BLANK_1 = 1 << 0,    /**< a blank behind the first comma */
    SBFOTA_SPELLING_BLANK_2 = 1 << 1,    /**< a blank behind the second comma */
    SBFOTA_SPELLING_BLANK_3 = 1 << 2,    /**< a blank behind the third comma */
    SBFOTA_SPELLING_NO_PERCENT = 1 << 3, /**< a percentage without its sign */
    SBFOTA_SPELLING_BLANK_KEYWORD =
        1 << 4, /**< "polling time" (source: 5.1) for "polling_time" (source: 6) */
    SBFOTA_SPELLING_LOWER_AT = 1 << 5,     /**< `at` for `AT` (source: 4.1) */
    SBFOTA_SPELLING_RANGE_SINGLE = 1 << 6, /**< a range of one value, `(1)` */
    SBFOTA_SPELLING_RANGE_LIST = 1 << 7    /**< a range of two values, `(0,1)` */
};

/** What ended an event's text: sbfota_event.ending. The line-end bytes behind that one lead in the next event. */
enum sbfota_ending {
    SBFOTA_ENDING_NONE = 0, /**< nothing yet: the end of the input, or a run of blank lines */
    SBFOTA_ENDING_CR = 1,   /**< a carriage return */
    SBFOTA_ENDING_LF = 2    /**< a line feed */
};

/** Which parameter a SBFOTA_RANGE is of: sbfota_event.detail. */
enum sbfota_parameter {
    SBFOTA_PARAMETER_DELAY = 0, /**< "sbfota_delay" */
    SBFOTA_PARAMETER_ACCEPT = 1 /**< "sbfota_accept" */
};

/**
 * One line of the stream. It stands for the `lead` line-end bytes before its text, the text, and the one byte that
 * ended it: events tile the stream, without a gap or an overlap.
 *
 * What value and extent hold depends on the kind:
 *
 * | kind | value | extent |
 * |---|---|---|
 * | a message with an argument | its number: seconds, percent, code or parameter | 0 |
 * | SBFOTA_RANGE | the least value | the greatest value |
 * | SBFOTA_CME_ERROR with a number | the number | 0 |
 * | SBFOTA_CME_ERROR with a text | where in the line the text begins | its length, over 0 |
 * | SBFOTA_UNKNOWN | where in the line the unknown keyword begins | its length |
 * | SBFOTA_MALFORMED | where in the line it went wrong, 0 to 256 | 0 |
 * | any other | 0 | 0 |
 */
struct sbfota_event {
    uint64_t offset; /**< stream offset of the text's first byte */
    uint64_t length; /**< bytes of the text, without line ends */
    int32_t value;   /**< see above */
    uint32_t extent; /**< see above */
    uint16_t lead;   /**< line-end bytes before the text that no earlier event stands for */
    uint8_t kind;    /**< enum sbfota_kind */
    uint8_t
        detail; /**< enum sbfota_reason of MALFORMED and UNKNOWN, enum sbfota_parameter of RANGE, else 0 */
    uint8_t flags;    /**< enum sbfota_flag, a set of bits */
    uint8_t spelling; /**< enum sbfota_spelling, a set of bits */
    uint8_t ending;   /**< enum sbfota_ending */
    uint8_t reserved; /**< 0 */
};

/** The state of one stream. Place it where you like, copy it freely; its fields are private. */
struct sbfota_parser {
    uint64_t offset;   /* bytes taken so far */
    uint64_t text;     /* where the text began, or where the run of line ends before it did */
    uint32_t value;    /* magnitude of the number being read */
    uint32_t extent;   /* second number, or a position */
    uint16_t lead;     /* line-end bytes before the text */
    uint16_t spelling; /* spelling bits, and marks above them */
    uint16_t state;    /* of the machine */
    uint8_t kind;      /* what the line is so far */
    uint8_t mark;      /* where in the line the last plus sign stood */
};

/** Ready for a stream that begins at offset 0. */
SBFOTA_API void sbfota_parser_init(struct sbfota_parser *parser);

/**
 * Take bytes until one event is whole.
 *
 * @param bytes   the next piece of the stream; not kept
 * @param length  its length, any
 * @param event   the event, or kind SBFOTA_NONE when the bytes ended before one was whole
 * @return how many bytes were taken: `length` when event->kind is SBFOTA_NONE
 */
SBFOTA_API size_t sbfota_parse(struct sbfota_parser *parser, const void *bytes, size_t length,
                               struct sbfota_event *event);

/**
 * Take bytes until an array of events is full: the same events as sbfota_parse gives, for bulk work.
 *
 * @param events    where they go
 * @param capacity  how many fit, at least 1
 * @param count     how many were written
 * @return how many bytes were taken: `length` when fewer than `capacity` events were whole
 */
SBFOTA_API size_t sbfota_parse_batch(struct sbfota_parser *parser, const void *bytes, size_t length,
                                     struct sbfota_event *events, size_t capacity, size_t *count);

/**
 * The input has ended: a last line without its end becomes an event, as do line ends at the very end (SBFOTA_BLANK).
 * The parser then waits for a new line at the same offset.
 *
 * @return whether there was an event
 */
SBFOTA_API bool sbfota_finish(struct sbfota_parser *parser, struct sbfota_event *event);

/**
 * Decode one line that another stack has cut out, with or without its line ends.
 *
 * @return bytes taken: the line and the line ends around it. Less than `length` if text follows its line end.
 *         event->kind is SBFOTA_BLANK for line ends alone, SBFOTA_NONE for no bytes at all.
 */
SBFOTA_API size_t sbfota_decode_line(const void *line, size_t length, struct sbfota_event *event);

/**
 * Decode the tail of a line whose prefix another stack has cut off: what modem_chat, oFono or a similar matcher hands
 * to its handler. Decodes prefix and tail as one line; offsets and positions in the event count from the prefix.
 *
 * @param prefix  what was cut off, such as `+QIND: "SBFOTA",`
 * @return bytes of the tail taken
 */
SBFOTA_API size_t sbfota_decode_tail(const void *prefix, size_t prefix_length, const void *tail,
                                     size_t tail_length, struct sbfota_event *event);

/**
 * Could this line be an SBFOTA message, whole or malformed, one of its commands or answers, or a boot message? Looks at
 * the first bytes only and stops at the first that says no. Result codes and glued lines are not among them.
 */
SBFOTA_API bool sbfota_is_ours(const void *line, size_t length);

/** How sbfota_format writes: a set of bits. */
enum sbfota_format {
    SBFOTA_FORMAT_CANONICAL = 0, /**< the canonical spelling, without line ends */
    SBFOTA_FORMAT_OWN = 1 << 0,  /**< the event's own spelling */
    SBFOTA_FORMAT_FRAMED =
        1 << 1 /**< with line ends: <CR><LF> around what the module sends, <CR> behind a command */
};

/** What sbfota_format returns instead of a length. */
enum sbfota_format_error {
    SBFOTA_FORMAT_NEEDS_TEXT =
        -1, /**< this event is given back only by its text, and `text` is NULL */
    SBFOTA_FORMAT_NO_TEXT = -2, /**< an event without text: none, blank, overlong */
    SBFOTA_FORMAT_NO_KIND = -3  /**< event->kind is not of enum sbfota_kind */
};

/**
 * Write an event as the bytes of its line.
 *
 * The text is needed for the kinds OTHER, MALFORMED and UNKNOWN, for a CME_ERROR with a text, and for an own spelling
 * flagged NONCANONICAL or OVERFLOW; else it may be NULL. A CME_ERROR whose text would make the canonical line overlong
 * keeps its own spelling.
 *
 * @param text      the event's text as it was parsed, event->length bytes, or NULL
 * @param style     enum sbfota_format
 * @param buffer    may be NULL if capacity is 0
 * @param capacity  never written past; no NUL is written, but bytes behind the text may change up to here
 * @return the length needed, even if it is over the capacity (then the buffer holds the first `capacity` bytes), or an
 *         enum sbfota_format_error
 */
SBFOTA_API ptrdiff_t sbfota_format(const struct sbfota_event *event, const void *text,
                                   unsigned style, char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
