/* SPDX-License-Identifier: MIT
 *
 * Text from a wire or a user, in the forms that outputs need. */
#ifndef SBFOTA_CLI_PUT_H
#define SBFOTA_CLI_PUT_H

#include "cli/writing/writer.h"
#include "log/text/record.h"

/* On a terminal: nothing that is not printable. Returns how many columns it fills there. */
size_t text_put_safe(struct writer *writer, struct bytes text);

/* The same in at most `width` columns: the end of what is longer is left out, with two points for it. Returns how many columns it
 * fills. */
size_t text_put_safe_within(struct writer *writer, struct bytes text, size_t width);

/* The same, but the middle of what is longer is left out: names of one fleet differ at their ends. */
size_t text_put_safe_ends(struct writer *writer, struct bytes text, size_t width);

/* A cell of a table: the text within `width` columns, and blanks up to two more. */
void text_put_cell(struct writer *writer, struct bytes text, size_t width);

static inline void text_put_word(struct writer *writer, const char *word, size_t width)
{
    text_put_cell(writer, (struct bytes){word, strlen(word)}, width);
}

/* The blanks at the end of what stands behind `begin` say nothing. */
void text_trim(struct writer *writer, size_t begin);

/* Cut the lines behind `begin` to `width` columns, of which there are
 * more than two; WIDTH_UNLIMITED leaves them. They are of text_put_safe, and the writer grows. */
void text_cut_lines(struct writer *writer, size_t begin, size_t width);

/* How many columns it fills. */
size_t text_measure(struct bytes text);

/* Blanks behind what fills so many columns, up to a width. */
void text_put_padding(struct writer *writer, size_t filled, size_t width);

/* The inside of a JSON string; what is not UTF-8 goes byte for byte as U+0000 to U+00FF. */
void json_put_text(struct writer *writer, struct bytes text);

#endif
