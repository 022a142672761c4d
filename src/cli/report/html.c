/* SPDX-License-Identifier: MIT */
#include "cli/report/html.h"

#include <stdio.h>
#include <time.h>

#include "cli/report/report.h"
#include "cli/writing/text_safety.h"

/* One byte of what text_escape has given. */
static void put_html_byte(struct writer *writer, char byte)
{
    switch (byte) {
    case '<': writer_string(writer, "&lt;"); break;
    case '>': writer_string(writer, "&gt;"); break;
    case '&': writer_string(writer, "&amp;"); break;
    case '"': writer_string(writer, "&quot;"); break;
    case '\'': writer_string(writer, "&#39;"); break;
    default: writer_byte(writer, byte);
    }
}

/* `<` as well, so that no text ends the element that the JSON stands in, or begins a comment there. */
static void put_json_byte(struct writer *writer, char byte)
{
    switch (byte) {
    case '<': writer_string(writer, "\\u003c"); break;
    case '>': writer_string(writer, "\\u003e"); break;
    case '&': writer_string(writer, "\\u0026"); break;
    case '"': writer_string(writer, "\\\""); break;
    case '\\': writer_string(writer, "\\\\"); break;
    default: writer_byte(writer, byte);
    }
}

static void put_text(struct writer *writer, struct bytes text,
                     void (*put_byte)(struct writer *writer, char byte))
{
    const bool utf8 = text_is_utf8(text.data, text.length);
    struct text_unit unit;
    size_t at = 0;
    for (; at < text.length && at < REPORT_TEXT_MOST; at += unit.length) {
        char escaped[13];
        unit = text_next(text.data + at, text.length - at, utf8);
        const size_t length = text_escape(&unit, text.data + at, escaped);
        for (size_t i = 0; i < length; i++)
            put_byte(writer, escaped[i]);
    }
    if (at < text.length)
        writer_string(writer, "\u2026");
}

void html_put_text(struct writer *writer, struct bytes text)
{
    put_text(writer, text, put_html_byte);
}

void html_put_json_text(struct writer *writer, struct bytes text)
{
    put_text(writer, text, put_json_byte);
}

void html_put_count(struct writer *writer, uint64_t count)
{
    char text[32];
    const int length = snprintf(text, sizeof text, "%llu", (unsigned long long)count);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            writer_byte(writer, ',');
        writer_byte(writer, text[i]);
    }
}

void html_begin_table(struct writer *writer, const char *caption)
{
    writer_print(writer,
                 "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">\n"
                 "<table><caption>%s</caption>\n<thead><tr>",
                 caption, caption);
}

void html_put_title(struct writer *writer, const char *title, bool number)
{
    writer_print(writer, "<th scope=\"col\"%s>%s</th>", number ? " class=\"number\"" : "", title);
}

void html_begin_rows(struct writer *writer)
{
    writer_string(writer, "</tr></thead>\n<tbody>\n");
}

void html_end_table(struct writer *writer)
{
    writer_string(writer, "</tbody></table></div>\n");
}

void html_put_head(struct writer *writer, const char *caption, const char *const titles[])
{
    html_begin_table(writer, caption);
    for (size_t i = 0; titles[i] != NULL; i++)
        html_put_title(writer, titles[i] + (titles[i][0] == ':'), titles[i][0] == ':');
    html_begin_rows(writer);
}

void html_put_count_cell(struct writer *writer, uint64_t count)
{
    writer_string(writer, "<td class=\"number\">");
    html_put_count(writer, count);
    writer_string(writer, "</td>");
}

void html_put_share_cell(struct writer *writer, const char *colour, uint64_t part, uint64_t whole)
{
    const double percent = whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
    writer_print(writer,
                 "<td class=\"share\" role=\"cell\"><svg class=\"%s\" aria-hidden=\"true\"><rect "
                 "width=\"%.2f%%\" "
                 "height=\"100%%\"/></svg> <span>%.1f %%</span></td>",
                 colour, percent, percent);
}

/* So many of a unit, and of the next smaller one if there are any. */
static void put_units(struct writer *writer, uint64_t seconds, uint32_t unit, const char *name,
                      uint32_t smaller, const char *smaller_name)
{
    const unsigned rest = (unsigned)(seconds % unit / smaller);
    writer_print(writer, "%u %s", (unsigned)(seconds / unit), name);
    if (rest > 0)
        writer_print(writer, " %u %s", rest, smaller_name);
}

void html_put_duration(struct writer *writer, uint64_t milliseconds)
{
    const uint64_t seconds = milliseconds / 1000;
    if (milliseconds < 10000)
        writer_print(writer, "%.3g s", (double)milliseconds * 1e-3);
    else if (seconds < 120)
        writer_print(writer, "%u s", (unsigned)seconds);
    else if (seconds < 3600)
        put_units(writer, seconds, 60, "min", 1, "s");
    else if (seconds < 86400)
        put_units(writer, seconds, 3600, "h", 60, "min");
    else
        put_units(writer, seconds, 86400, "d", 3600, "h");
}

void html_put_date(struct writer *writer, int64_t seconds, bool hours)
{
    const time_t time = (time_t)seconds;
    struct tm parts;
    char text[40];
    if (gmtime_r(&time, &parts) == NULL ||
        strftime(text, sizeof text, hours ? "%Y-%m-%d %H:%M" : "%Y-%m-%d", &parts) == 0)
        return;
    writer_string(writer, text);
}
