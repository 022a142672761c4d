/* SPDX-License-Identifier: MIT
 *
 * From one line of a block to events, and from many that look alike. */
#ifndef SBFOTA_LOG_TAKE_H
#define SBFOTA_LOG_TAKE_H

#include "log/scan/finder.h"

/* Take the line apart that begins at `begin`, with its line feed at `end`. `index` lines of the block stand before it. */
void take_line(struct finder *finder, const struct block *block, const char *begin, const char *end,
               uint32_t index);

/* The same if the line looks like one that was taken apart lately, and its text is a known message. Where the next line
 * begins, or NULL if it must be taken apart. With `sure` only a URC is looked at: most lines of other kinds are none of ours. */
const char *take_alike(struct finder *finder, const struct block *block, const char *begin,
                       const char *limit, bool sure, uint32_t index);

/* What finder_line tells, by the shape of a line that was taken apart lately, if it looks like that. It stands in a block that ends at
 * `limit`. */
void finder_line_alike(struct finder *finder, const char *begin, const char *end, const char *limit,
                       struct line *line);

/* Lines of a raw capture, the bytes of the wire as they are: up to `limit`, or behind the first that is not looked for. Where
 * it stopped, with the lines up to there added to *index. */
const char *take_raw(struct finder *finder, const struct block *block, const char *begin,
                     const char *limit, uint64_t *index);

#endif
