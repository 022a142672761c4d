/* SPDX-License-Identifier: MIT
 *
 * One line of a log, taken by itself. */
#ifndef SBFOTA_LOG_ONE_LINE_H
#define SBFOTA_LOG_ONE_LINE_H

#include <stdbool.h>

#include <sbfota/sbfota.h>

/* What stands in a line beside its text. */
struct one_line {
    const char *form;               /* its name */
    char text[SBFOTA_LINE_MAX + 1]; /* of the wire, ended by a zero */
    bool has_time;
    bool has_modem;
    bool has_direction;
};

/* The first message of a line, which has no line end, in the form that it alone shows. False if there is none, and without
 * memory. */
bool one_line_read(const char *line, size_t length, struct one_line *result);

/* The message of SBFOTA that stands in a line behind what would not be believed: its text, ended by a zero. False if there is none, and
 * without memory. */
bool one_line_find(const char *line, size_t length, char text[SBFOTA_LINE_MAX + 1]);

#endif
