/* SPDX-License-Identifier: MIT */
#include "cli/watch/watch.h"

#include <stdarg.h>
#include <stdio.h>

#include <sbfota/texts.h>

#include "cli/writing/look.h"
#include "cli/writing/text_safety.h"
#include "cli/writing/time.h"

enum {
    PANEL = 5,   /* rows of a port before its last lines, with the empty one behind */
    NARROW = 60, /* columns under which less is said */
    BAR_LEAST = 10,
    BAR_MOST = 60
};

/* A row of the board: what does not fit is left out, and nothing but what is printable gets there. */
struct board_row {
    struct writer *writer;
    size_t columns; /* that are left */
    bool colour;
};

/* From here on in this colour. */
static void row_colour(struct board_row *row, const char *colour)
{
    if (row->colour)
        writer_string(row->writer, colour);
}

/* A text of somebody else's: as much as fits. */
static void row_text(struct board_row *row, struct bytes text)
{
    const bool utf8 = text_is_utf8(text.data, text.length);
    struct text_unit unit;
    for (size_t at = 0; at < text.length; at += unit.length) {
        char shown[13];
        unit = text_next(text.data + at, text.length - at, utf8);
        const size_t length = text_escape(&unit, text.data + at, shown);
        const size_t columns = unit.plain && unit.length > 1 ? text_columns(unit.code) : length;
        if (columns > row->columns)
            return;
        writer_put(row->writer, shown, length);
        row->columns -= columns;
    }
}

static struct bytes print(char *room, size_t size, const char *format, va_list arguments)
{
    const int length = vsnprintf(room, size, format, arguments);
    return (struct bytes){room, length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1};
}

/* The same of ours, of 256 bytes at most. */
__attribute__((format(printf, 2, 3))) static void row_put(struct board_row *row, const char *format,
                                                          ...)
{
    char room[256];
    va_list arguments;
    va_start(arguments, format);
    row_text(row, print(room, sizeof room, format, arguments));
    va_end(arguments);
}

/* Only if all of it fits. */
__attribute__((format(printf, 2, 3))) static void row_put_whole(struct board_row *row,
                                                                const char *format, ...)
{
    char room[256];
    va_list arguments;
    va_start(arguments, format);
    const struct bytes text = print(room, sizeof room, format, arguments);
    va_end(arguments);
    if (text.length <= row->columns)
        row_text(row, text);
}

/* The row ends; in plain colour. */
static void row_end(struct board_row *row)
{
    row_colour(row, COLOUR_PLAIN);
    writer_string(row->writer, "\033[K\r\n");
}

/* What losing the power would do, for who has the hand on the plug. */
static const struct {
    const char *colour;
    const char *brief;
    const char *full;
} advice[SBFOTA_POWER_COUNT] = {
    [SBFOTA_POWER_SAFE] = {COLOUR_GREEN, "may be cut", "may be cut: no update is under way"},
    [SBFOTA_POWER_UNKNOWN] = {COLOUR_YELLOW, "leave on: not known",
                              "leave it on: what the module is doing is not known"},
    [SBFOTA_POWER_ENDS_PROCESS] = {COLOUR_YELLOW, "leave on: ends download",
                                   "leave it on: the download would be lost until the next poll"},
    [SBFOTA_POWER_FORBIDDEN] = {COLOUR_RED, "leave on: update begins",
                                "leave it on: the update is about to begin"},
    [SBFOTA_POWER_ROLLS_BACK] = {COLOUR_RED, "leave on: rolls back",
                                 "leave it on: the module would go back to its old firmware"},
    [SBFOTA_POWER_FORCES_UPDATE] = {COLOUR_RED, "leave on: restoring",
                                    "leave it on: the module would have to go on when it boots"},
};

static bool is_idle(const struct watch_port *port)
{
    const unsigned phase = sbfota_session_phase(sbfota_host_session(&port->host));
    return limit_of(phase, port->last_kind) == LIMIT_IDLE;
}

static const char *phase_text(const struct watch_port *port)
{
    if (port->heard_time == INT64_MIN)
        return "nothing heard yet";
    if (is_idle(port))
        return port->stopped ? "idle, and polls no more" : "idle";
    switch (sbfota_session_phase(sbfota_host_session(&port->host))) {
    case SBFOTA_PHASE_DOWNLOAD: return "downloading";
    case SBFOTA_PHASE_DELAY: return "waiting to update";
    case SBFOTA_PHASE_UPDATE: return "updating";
    case SBFOTA_PHASE_RESTORE: return "restoring";
    case SBFOTA_PHASE_END: return "ended";
    case SBFOTA_PHASE_REBOOT: return "booted";
    case SBFOTA_PHASE_REPORT: return "reporting";
    case SBFOTA_PHASE_NONE:
    case SBFOTA_PHASE_POLLING:
    case SBFOTA_PHASE_COUNT: break;
    }
    return "idle";
}

/* The code that the attempt ended with. */
static const struct sbfota_code_row *find_code(const struct watch_port *port, int32_t *value)
{
    struct sbfota_attempt attempt;
    enum sbfota_code_table table = SBFOTA_CODE_TABLE_NONE;
    if (!sbfota_session_attempt(sbfota_host_session(&port->host), &attempt))
        return NULL;
    if (attempt.outcome == SBFOTA_OUTCOME_POLL_FAILED) {
        table = SBFOTA_CODE_TABLE_POLLING;
        *value = attempt.poll_code;
    } else if (attempt.outcome == SBFOTA_OUTCOME_DOWNLOAD_FAILED) {
        table = SBFOTA_CODE_TABLE_HTTP;
        *value = attempt.http_code;
    } else if (attempt.outcome == SBFOTA_OUTCOME_UPDATE_FAILED) {
        table = SBFOTA_CODE_TABLE_UPDATE;
        *value = attempt.update_code;
    }
    return sbfota_code(table, *value);
}

static void put_outcome(struct board_row *row, const struct watch_port *port)
{
    int32_t value = 0;
    if (port->outcome == SBFOTA_OUTCOME_IN_PROGRESS)
        return;
    const struct sbfota_code_row *const code = find_code(port, &value);
    row_colour(row, port->outcome == SBFOTA_OUTCOME_UPDATED ? COLOUR_GREEN : COLOUR_RED);
    row_put(row, "  %s", sbfota_outcome_name(port->outcome));
    if (value != 0)
        row_put_whole(row, " %d", (int)value);
    if (code != NULL)
        row_put_whole(row, ": %s", code->text);
    row_colour(row, COLOUR_PLAIN);
}

static void put_state(struct board_row *row, const struct watch_port *port, int64_t now)
{
    char span[SPAN_TEXT_SIZE];
    row_colour(row, COLOUR_BOLD);
    row_text(row, port->name[0] == '\0' ? (struct bytes){"standard input", 14}
                                        : (struct bytes){port->name, strlen(port->name)});
    row_colour(row, COLOUR_PLAIN);
    if (port->gone != INT64_MIN && !port->ended) {
        row_colour(row, COLOUR_RED);
        row_put(row, "  no port for %s: %s", span_show(now - port->gone, span),
                port->why[0] == '\0' ? "waiting for it" : port->why);
        row_colour(row, COLOUR_PLAIN);
    } else {
        row_put(row, "  %s%s", phase_text(port), port->ended ? ", watched no more" : "");
    }
    put_outcome(row, port);
}

static void put_bar(struct board_row *row, unsigned percent, size_t width)
{
    row_colour(row, COLOUR_GREEN);
    for (size_t i = 0; i < width && row->columns > 0; i++) {
        if (i == percent * width / 100)
            row_colour(row, COLOUR_DIM);
        row_put(row, "%c", i < percent * width / 100 ? '#' : '.');
    }
    row_colour(row, COLOUR_PLAIN);
    row_put(row, " %3u %%", percent);
}

/* What of the delay is left, or what is to come of it. */
static uint32_t delay_left(const struct watch *watch, const struct watch_port *port)
{
    const struct sbfota_session *const session = sbfota_host_session(&port->host);
    uint32_t seconds = 0;
    if (!sbfota_session_starts_in(session, time_now(), &seconds) &&
        sbfota_session_phase(session) == SBFOTA_PHASE_DOWNLOAD &&
        watch->own->delay != SBFOTA_NO_DELAY)
        seconds = watch->own->delay;
    return seconds * 1000;
}

/* How long yet: of the phase, of the update, and what 95 of 100 of the fleet do not pass. */
static void put_left(struct board_row *row, const struct watch *watch,
                     const struct watch_port *port, int64_t now)
{
    char span[SPAN_TEXT_SIZE];
    struct pace_left left;
    const uint32_t delay = delay_left(watch, port);
    const bool waits = port->pace.phase == SBFOTA_PHASE_DELAY;
    const bool has_phase = pace_of_phase(&port->pace, &watch->fleet, now, &left);
    if (waits)
        row_put(row, "  starts in %s", span_show(delay, span));
    else if (has_phase && left.overdue)
        row_put(row, "  overdue");
    else if (has_phase)
        row_put(row, "  %s left", span_show(left.likely, span));
    if (!pace_of_update(&port->pace, &watch->fleet, delay, now, &left))
        return;
    if (port->pace.phase != SBFOTA_PHASE_RESTORE)
        row_put_whole(row, ", all %s", span_show(left.likely, span));
    if (left.most > left.likely)
        row_put_whole(row, " (95 %%: %s)", span_show(left.most, span));
}

static void put_progress(struct board_row *row, const struct watch *watch,
                         const struct watch_port *port, size_t columns, int64_t now)
{
    const struct sbfota_session *const session = sbfota_host_session(&port->host);
    const unsigned percent = sbfota_session_percent(session);
    size_t width = columns / 5;
    width = width < BAR_LEAST ? BAR_LEAST : width > BAR_MOST ? BAR_MOST : width;
    row_put(row, "  ");
    if (percent != SBFOTA_NO_PERCENT && !is_idle(port))
        put_bar(row, percent, width);
    if (!is_idle(port) && !port->ended)
        put_left(row, watch, port, now);
    int64_t earliest;
    int64_t latest;
    char span[SPAN_TEXT_SIZE];
    if (is_idle(port) && sbfota_session_next_poll(session, &earliest, &latest))
        row_put(row, "polls again in %s", span_show(latest - time_now(), span));
}

static void put_power(struct board_row *row, const struct watch_port *port, bool narrow)
{
    const unsigned power = watch_power(port);
    row_put(row, narrow ? "  power " : "  power    ");
    row_colour(row, advice[power].colour);
    row_put(row, "%s", narrow ? advice[power].brief : advice[power].full);
}

static void put_silence(struct board_row *row, const struct watch *watch,
                        const struct watch_port *port, int64_t now, bool narrow)
{
    char span[SPAN_TEXT_SIZE];
    const int64_t limit = watch_limit(watch, port);
    if (port->silent)
        row_colour(row, COLOUR_RED);
    row_put(row, narrow ? "  heard " : "  heard    ");
    if (port->heard_time == INT64_MIN)
        row_put(row, "nothing for %s", span_show(now - port->heard, span));
    else
        row_put(row, "%s ago", span_show(now - port->heard, span));
    if (limit > 0)
        row_put_whole(row, ", limit %s", span_show(limit, span));
    if (port->silent)
        row_put_whole(row, ": SILENT");
}

static void put_last_line(struct board_row *row, const struct watch_line *line)
{
    char clock[TIME_TEXT_SIZE];
    row_colour(row, COLOUR_DIM);
    row_put(row, "  %s %c ", clock_show(line->time, clock), line->sent ? '>' : '<');
    if (line->kind != SBFOTA_OTHER)
        row_colour(row, COLOUR_PLAIN);
    if (line->kind == SBFOTA_OVERLONG)
        row_put(row, "(a line that is too long)");
    row_text(row, (struct bytes){line->text, line->length});
}

static struct board_row begin(const struct watch *watch, struct writer *writer, size_t columns)
{
    return (struct board_row){.writer = writer, .columns = columns, .colour = watch->colour};
}

/* A port with as many of its last lines as there is room for. */
static void put_panel(const struct watch *watch, struct writer *writer,
                      const struct watch_port *port, size_t columns, size_t rows, int64_t now)
{
    const bool narrow = columns < NARROW;
    struct board_row row = begin(watch, writer, columns);
    put_state(&row, port, now);
    row_end(&row);
    row = begin(watch, writer, columns);
    put_progress(&row, watch, port, columns, now);
    row_end(&row);
    row = begin(watch, writer, columns);
    put_power(&row, port, narrow);
    row_end(&row);
    row = begin(watch, writer, columns);
    put_silence(&row, watch, port, now, narrow);
    row_end(&row);
    const size_t room = rows < PANEL ? 0 : rows - PANEL;
    for (unsigned i = 0; i < WATCH_LAST_LINES; i++) {
        const struct watch_line *const line = &port->last[(port->last_next + i) % WATCH_LAST_LINES];
        if (line->kind == SBFOTA_NONE || WATCH_LAST_LINES - i > room)
            continue;
        row = begin(watch, writer, columns);
        put_last_line(&row, line);
        row_end(&row);
    }
    row = begin(watch, writer, columns);
    row_end(&row);
}

/* A port on one row, where there are many. */
static void put_brief(const struct watch *watch, struct writer *writer,
                      const struct watch_port *port, size_t columns, int64_t now)
{
    const unsigned percent = sbfota_session_percent(sbfota_host_session(&port->host));
    struct board_row row = begin(watch, writer, columns);
    put_state(&row, port, now);
    if (percent != SBFOTA_NO_PERCENT && !is_idle(port))
        row_put(&row, " %u %%", percent);
    if (!is_idle(port) && !port->ended && port->gone == INT64_MIN)
        put_left(&row, watch, port, now);
    row_put_whole(&row, "  power ");
    row_colour(&row, advice[watch_power(port)].colour);
    row_put_whole(&row, "%s", advice[watch_power(port)].brief);
    row_colour(&row, port->silent ? COLOUR_RED : COLOUR_PLAIN);
    if (port->silent)
        row_put_whole(&row, "  SILENT");
    row_end(&row);
}

void board_draw(const struct watch *watch, struct writer *writer, size_t columns, size_t rows,
                int64_t now)
{
    char clock[TIME_TEXT_SIZE];
    const size_t room = rows > 0 ? rows - 1 : 0; /* the last one is the foot */
    const size_t each = room / watch->count;
    writer_string(writer, "\033[H");
    size_t shown = watch->count;
    if (shown > room)
        shown = room > 0 ? room - 1 : 0;
    for (size_t i = 0; i < shown; i++) {
        if (each >= PANEL)
            put_panel(watch, writer, &watch->ports[i], columns, each, now);
        else
            put_brief(watch, writer, &watch->ports[i], columns, now);
    }
    if (shown < watch->count && room > 0) {
        struct board_row row = begin(watch, writer, columns);
        row_put(&row, "and %zu more", watch->count - shown);
        row_end(&row);
    }
    struct board_row foot = begin(watch, writer, columns);
    row_colour(&foot, COLOUR_DIM);
    row_put(&foot, "%s", clock_show(time_now(), clock));
    row_put_whole(&foot, watch->screen.has_keys ? "  q ends" : "  Ctrl-C ends");
    if (watch->screen.error[0] != '\0') {
        row_colour(&foot, COLOUR_PLAIN);
        row_colour(&foot, COLOUR_RED);
        row_put(&foot, "  %s", watch->screen.error);
    } else if (watch->log.path != NULL) {
        row_put(&foot, "  log ");
        row_text(&foot, (struct bytes){watch->log.path, strlen(watch->log.path)});
    }
    row_colour(&foot, COLOUR_PLAIN);
    writer_string(writer, "\033[K\033[J");
}

void board_put_end(const struct watch *watch, struct writer *writer, int64_t now)
{
    for (size_t i = 0; i < watch->count; i++) {
        const struct watch_port *const port = &watch->ports[i];
        struct board_row row = {.writer = writer, .columns = 400, .colour = watch->colour};
        put_state(&row, port, now);
        row_put(&row, "  power %s", advice[watch_power(port)].full);
        row_colour(&row, COLOUR_PLAIN);
        writer_byte(writer, '\n');
    }
}
