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
 * exactly one event; at the end of the input sbfota_finish gives the last. All functions are re-entrant. The parser
 * fails for no bytes; only sbfota_format refuses events, and says why. A line that is not ours is an event too
 * (SBFOTA_OTHER), so that a host stack loses nothing by listening here first; sbfota/passthrough.h has what it needs
 * for that. Wherever bytes are given with their length, they may be NULL if it is 0.
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

/** How an event was spelled, where there is more than one way to print it: bits of sbfota_event.spelling. A line that
 * has besides what these bits cannot say, such as a second blank, is flagged SBFOTA_FLAG_NONCANONICAL, and only its text
 * can give it back. */
enum sbfota_spelling {
    SBFOTA_SPELLING_BLANK_1 = 1 << 0,    /**< a blank behind the first comma */
    SBFOTA_SPELLING_BLANK_2 = 1 << 1,    /**< a blank behind the second comma */
    SBFOTA_SPELLING_BLANK_3 = 1 << 2,    /**< a blank behind the third comma */
    SBFOTA_SPELLING_NO_PERCENT = 1 << 3, /**< a percentage without its sign */
    /** "polling time" (source: 5.1) for "polling_time" (source: 6) */
    SBFOTA_SPELLING_BLANK_KEYWORD = 1 << 4,
    SBFOTA_SPELLING_LOWER_AT = 1 << 5,     /**< `at` for `AT` (source: 4.1) */
    SBFOTA_SPELLING_RANGE_SINGLE = 1 << 6, /**< a range of one value, `(1)`; not of the note */
    SBFOTA_SPELLING_RANGE_LIST = 1 << 7    /**< a range of two values, `(0,1)`; not of the note */
};

/** What ended an event's text: sbfota_event.ending. In a stream the line-end bytes behind that one lead in the next
 * event. */
enum sbfota_ending {
    SBFOTA_ENDING_NONE = 0, /**< nothing: the end of the input, SBFOTA_BLANK, or payload */
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
 * ended it, if any did: events tile the stream, without a gap or an overlap.
 *
 * What value and extent hold depends on the kind. Numbers that 32 bits with a sign do not hold are the nearest that
 * they do hold, and flagged SBFOTA_FLAG_OVERFLOW; others are as the line has them, whatever their range.
 *
 * | kind | value | extent |
 * |---|---|---|
 * | SBFOTA_RANGE | the first number, the least value | the second, the greatest value; the first if it is alone |
 * | SBFOTA_CME_ERROR with a number | the number | 0 |
 * | SBFOTA_CME_ERROR with a text | where in the line the text begins | its length, over 0 |
 * | any other message with a number | its number: seconds, percent, code or parameter | 0 |
 * | SBFOTA_UNKNOWN | where in the line the unknown keyword begins | its length, over 0 |
 * | SBFOTA_MALFORMED | where in the line it went wrong, 1 to 256; 256 is behind the longest line | 0 |
 * | any other | 0 | 0 |
 */
struct sbfota_event {
    /** stream offset of the text's first byte; of SBFOTA_BLANK, behind its line ends */
    uint64_t offset;
    uint64_t length; /**< bytes of the text, without line ends */
    int32_t value;   /**< see above */
    uint32_t extent; /**< see above */
    uint16_t lead;   /**< line-end bytes before the text that no earlier event stands for */
    uint8_t kind;    /**< enum sbfota_kind; if it is SBFOTA_NONE, the other fields mean nothing */
    /** enum sbfota_reason of MALFORMED and UNKNOWN, enum sbfota_parameter of RANGE, else 0 */
    uint8_t detail;
    /** enum sbfota_flag, a set of bits; LOSSY and BYTES are for readers of logs, the parser never sets them */
    uint8_t flags;
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
 * @param events    where they go; those behind the last may be changed
 * @param capacity  how many fit; nothing is taken if it is 0, and `events` may be NULL
 * @param count     how many were written
 * @return how many bytes were taken: `length` when fewer than `capacity` events were whole
 */
SBFOTA_API size_t sbfota_parse_batch(struct sbfota_parser *parser, const void *bytes, size_t length,
                                     struct sbfota_event *events, size_t capacity, size_t *count);

/**
 * The input has ended: a last line without its end becomes an event, as do line ends at the very end (SBFOTA_BLANK).
 * Its flags do not say so: what is read line by line has no line ends either. A caller whose input may be cut within a
 * line sets SBFOTA_FLAG_UNENDED.
 * The parser then waits for a new line at the same offset.
 *
 * @return whether there was an event
 */
SBFOTA_API bool sbfota_finish(struct sbfota_parser *parser, struct sbfota_event *event);

/**
 * Decode one line that another stack has cut out, with or without its line ends.
 *
 * @return bytes taken: the line and the line ends around it. Less than `length` if text follows its line end.
 *         event->kind is SBFOTA_BLANK for line ends alone, and for more than 65,534 of them before the text, which then
 *         is not taken; SBFOTA_NONE for no bytes at all.
 */
SBFOTA_API size_t sbfota_decode_line(const void *line, size_t length, struct sbfota_event *event);

/**
 * Decode the tail of a line whose prefix another stack has cut off: what modem_chat, oFono or a similar matcher hands
 * to its handler. Decodes prefix and tail as one line; offsets and positions in the event count from the prefix.
 *
 * @param prefix  what was cut off, such as `+QIND: "SBFOTA",`; no line end but before its text
 * @return bytes of the tail taken, as of the line of sbfota_decode_line
 */
SBFOTA_API size_t sbfota_decode_tail(const void *prefix, size_t prefix_length, const void *tail,
                                     size_t tail_length, struct sbfota_event *event);

/**
 * Could this line, with or without its line ends, be an SBFOTA message, whole or malformed, one of its commands or
 * answers, or a boot message? Looks at the first bytes only and stops at the first that says no, or leaves no doubt.
 * No line for which this is false is one of them; result codes and glued lines (SBFOTA_REASON_GLUED) are not.
 */
SBFOTA_API bool sbfota_is_ours(const void *line, size_t length);

/** How sbfota_format writes: a set of bits. */
enum sbfota_format_style {
    SBFOTA_FORMAT_CANONICAL = 0, /**< the canonical spelling, without line ends */
    SBFOTA_FORMAT_OWN = 1 << 0,  /**< the event's own spelling */
    /** with line ends: <CR> behind a message that only hosts send, <CR><LF> around any other line (source: 4.1) */
    SBFOTA_FORMAT_FRAMED = 1 << 1
};

/** What sbfota_format returns instead of a length. */
enum sbfota_format_error {
    /** this event is given back only by its text, and `text` is NULL */
    SBFOTA_FORMAT_NEEDS_TEXT = -1,
    SBFOTA_FORMAT_NO_TEXT = -2, /**< an event without text: none, blank, overlong */
    SBFOTA_FORMAT_NO_KIND = -3, /**< event->kind is not of enum sbfota_kind */
    /** event->length is over SBFOTA_LINE_MAX, or the text of a CME_ERROR does not lie within it */
    SBFOTA_FORMAT_BAD_TEXT = -4,
    /** a command whose number is outside its range, and not flagged SBFOTA_FLAG_OUT_OF_RANGE */
    SBFOTA_FORMAT_OUT_OF_RANGE = -5
};

/**
 * Write an event as the bytes of its line.
 *
 * The event may be one that was parsed, or be made by hand: kind and value, of a SBFOTA_RANGE also extent and detail,
 * all else 0. Whatever is in it, nothing is read but the event and `text`, and nothing written but `buffer`.
 *
 * The text is needed for the kinds OTHER, MALFORMED and UNKNOWN, for a CME_ERROR with a text, and for an own spelling
 * flagged NONCANONICAL or OVERFLOW; else it may be NULL, and is not read. A CME_ERROR whose text would make the
 * canonical line overlong keeps its own spelling.
 *
 * A command with a number outside its range is refused: no host should send it. One that was parsed is flagged
 * SBFOTA_FLAG_OUT_OF_RANGE and is given back; set the flag to write another. What a module sends may have any number,
 * but a CME_ERROR under 0 and a negative number in a SBFOTA_RANGE would be parsed as something else.
 *
 * @param text      the event's text as it was parsed, event->length bytes, or NULL
 * @param style     enum sbfota_format_style
 * @param buffer    may be NULL if capacity is 0
 * @param capacity  never written past; no NUL is written, but bytes behind the text may change up to here
 * @return the length needed, even if it is over the capacity (then the buffer holds the first `capacity` bytes), or an
 *         enum sbfota_format_error, which leaves the buffer as it is
 */
SBFOTA_API ptrdiff_t sbfota_format(const struct sbfota_event *event, const void *text,
                                   unsigned style, char *buffer, size_t capacity);

/**
 * The version of the library that is linked, as SBFOTA_VERSION is that of this header; and what it takes for the sizes of
 * these structs. For bindings, which have no compiler to see that the two are of one version.
 */
SBFOTA_API const char *sbfota_version(void);
SBFOTA_API size_t sbfota_parser_size(void);
SBFOTA_API size_t sbfota_event_size(void);

#ifdef __cplusplus
}
#endif

#endif
