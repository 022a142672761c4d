/* SPDX-License-Identifier: MIT
 *
 * HTML of our own and text of the logs. */
#ifndef SBFOTA_CLI_REPORT_HTML_H
#define SBFOTA_CLI_REPORT_HTML_H

#include <stdint.h>

#include "cli/writing/put.h"

/* A text of a log between two tags: as much of it as REPORT_TEXT_MOST bytes are, what is not printable as
 * text_escape has it. */
void html_put_text(struct writer *writer, struct bytes text);

/* The same within a JSON string that stands in a page. */
void html_put_json_text(struct writer *writer, struct bytes text);

/* 1,234,567 */
void html_put_count(struct writer *writer, uint64_t count);

/* A table, which can be scrolled where it is too wide: its begin; the titles of its columns, of which those of numbers are said to be so; its rows;
 * its end. */
void html_begin_table(struct writer *writer, const char *caption);
void html_put_title(struct writer *writer, const char *title, bool number);
void html_begin_rows(struct writer *writer);
void html_end_table(struct writer *writer);

/* One up to its rows. The titles end with NULL; a colon stands before those of numbers. */
void html_put_head(struct writer *writer, const char *caption, const char *const titles[]);

/* A cell with a count. */
void html_put_count_cell(struct writer *writer, uint64_t count);

/* A cell with a share as a bar and in percent; `colour` is a class. */
void html_put_share_cell(struct writer *writer, const char *colour, uint64_t part, uint64_t whole);

/* 1 h 5 min, 2 min, 12 s, 0.25 s */
void html_put_duration(struct writer *writer, uint64_t milliseconds);

/* 2026-01-31 or, with hours, 2026-01-31 05:00 */
void html_put_date(struct writer *writer, int64_t seconds, bool hours);

#endif
