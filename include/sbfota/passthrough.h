/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What a host stack needs that listens behind the parser: the texts of lines that are not ours, whole though they came in
 * pieces, and bytes that are no lines at all. Both are parts of their own, left out by the linker where nothing calls
 * them, and keep nothing in the parser:
 *
 *     static char room[SBFOTA_LINE_MAX];
 *     struct sbfota_line_buffer line;
 *     struct sbfota_payload payload;
 *     sbfota_line_buffer_init(&line, room, sizeof room);
 *     sbfota_payload_init(&payload);
 *     ...
 *     while (length > 0) {
 *         struct sbfota_event event;
 *         size_t used = sbfota_payload_parse(&payload, &parser, bytes, length, &event);
 *         const char *text = sbfota_line_buffer_take(&line, bytes, used, &event);
 *         bytes += used, length -= used;
 *         if (event.kind == SBFOTA_OTHER && text != NULL)
 *             stack_takes(text, event.length);          // a line, or a piece of payload
 *         if (announces_payload(text, &event, &count))  // +QIRD: 512; +QIURC: "recv",0,512
 *             sbfota_payload_begin(&payload, &event, count);
 *     }
 */
#ifndef SBFOTA_PASSTHROUGH_H
#define SBFOTA_PASSTHROUGH_H

#include <sbfota/sbfota.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How much of a payload is still to come. Place it where you like; its fields are private. */
struct sbfota_payload {
    uint32_t left;     /* bytes of it */
    uint8_t line_feed; /* does the line feed of the announcing line come first? */
};

/** Nothing is to come. */
SBFOTA_API void sbfota_payload_init(struct sbfota_payload *payload);

/**
 * The next `length` bytes behind a line are payload, not lines: what stands there is not taken for a URC.
 *
 * @param line    the event of the line that announces it, which the parser has just given. If a carriage return ended it,
 *                a line feed that comes next still belongs to it (source: 4.1), and is not counted
 * @param length  any; 0 changes nothing
 */
SBFOTA_API void sbfota_payload_begin(struct sbfota_payload *payload,
                                     const struct sbfota_event *line, uint32_t length);

/**
 * sbfota_parse, but that bytes of a payload are taken as they come: what there is of it in these bytes is one event of
 * kind SBFOTA_OTHER, ended by nothing (SBFOTA_ENDING_NONE), of up to `length` bytes. So its pieces depend on how the bytes
 * come, and their sum does not; events tile the stream as ever. sbfota_parse_batch knows of no payload.
 */
SBFOTA_API size_t sbfota_payload_parse(struct sbfota_payload *payload, struct sbfota_parser *parser,
                                       const void *bytes, size_t length,
                                       struct sbfota_event *event);

/** The begin of a line whose end has not come yet, in memory of the caller's. Its fields are private. */
struct sbfota_line_buffer {
    char *memory;
    size_t capacity;
    size_t length; /* of the line so far, kept or not */
};

/**
 * Nothing has come yet.
 *
 * @param memory    kept in use until the buffer no longer is
 * @param capacity  of it, in bytes; lines that are torn and longer are not given. SBFOTA_LINE_MAX is enough for each
 *                  that is not overlong
 */
SBFOTA_API void sbfota_line_buffer_init(struct sbfota_line_buffer *buffer, void *memory,
                                        size_t capacity);

/**
 * The text of an event, whole however it came. To be called after each call of the parser, with what it was given and
 * gave, also when there was no event; and after sbfota_finish with no bytes.
 *
 * @param bytes  what the parser was given
 * @param used   how many of them it took
 * @param event  what it gave
 * @return event->length bytes: where they stand in `bytes` if the line is whole there, else in the buffer, until the next
 *         call; NULL if there is no event, or a line that came in pieces was longer than the buffer
 */
SBFOTA_API const char *sbfota_line_buffer_take(struct sbfota_line_buffer *buffer, const void *bytes,
                                               size_t used, const struct sbfota_event *event);

#ifdef __cplusplus
}
#endif

#endif
