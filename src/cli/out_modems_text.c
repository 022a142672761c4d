/* SPDX-License-Identifier: MIT */
#include "out_modems_text.h"

#include <stdio.h>

#include "log/time.h"
#include "put.h"

enum {
    MODEM_LEAST = 5,
    MODEM_MOST = 40,
    OUTCOME_WIDTH = 15,
    REACHED_WIDTH = 14,
    POWER_WIDTH = 13,
    SILENT_WIDTH = 6,
    TIME_WIDTH = 24,
    FIXED_WIDTH = OUTCOME_WIDTH + REACHED_WIDTH + POWER_WIDTH + SILENT_WIDTH + 4 * 2,
    REMARKS_FEWEST = 16, /* columns under which they would say nothing */
    REMARKS_LEAST = 30 /* columns for what the code means and what to do, before times have room */
};

void modems_table_lay_out(struct modems_table *table, size_t longest)
{
    const unsigned left = table->width > FIXED_WIDTH + 2 ? table->width - FIXED_WIDTH - 2 : 0;
    const unsigned most = left < MODEM_LEAST ? MODEM_LEAST : left < MODEM_MOST ? left : MODEM_MOST;
    table->modem_width = longest < MODEM_LEAST ? MODEM_LEAST
                         : longest < most      ? (unsigned)longest
                                               : most;
    table->dates =
        table->width >= FIXED_WIDTH + table->modem_width + TIME_WIDTH + REMARKS_LEAST + 4;
}

void text_put_duration(struct writer *writer, int64_t milliseconds)
{
    static const struct {
        int64_t seconds;
        const char *unit;
    } units[] = {{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}};
    const int64_t seconds = milliseconds / 1000;
    size_t unit = 0;
    /* Two of a unit at least, so that little is lost. */
    while (unit < 3 && seconds < units[unit].seconds * 2)
        unit++;
    writer_number(writer, seconds / units[unit].seconds);
    writer_string(writer, units[unit].unit);
}

static void put_cell(struct writer *writer, const char *word, unsigned width)
{
    const struct bytes text = {word, strlen(word)};
    text_put_padding(writer, text_put_safe_within(writer, text, width), width);
    writer_string(writer, "  ");
}

static const char *outcome_colour(const struct modem_state *state)
{
    if (state->attempts == 0 || state->outcome == SBFOTA_OUTCOME_UNKNOWN)
        return "";
    if (state->outcome == SBFOTA_OUTCOME_UPDATED)
        return "\033[32m";
    return state->outcome == SBFOTA_OUTCOME_IN_PROGRESS ? "\033[33m" : "\033[31m";
}

static void put_coloured(struct writer *writer, const struct modems_table *table,
                         const char *colour, const char *word, unsigned width)
{
    const bool coloured = table->colour && colour[0] != '\0';
    if (coloured)
        writer_string(writer, colour);
    put_cell(writer, word, width);
    if (coloured)
        writer_string(writer, "\033[0m");
}

static void put_reached(struct writer *writer, const struct sbfota_session *session)
{
    char text[32];
    const unsigned percent = sbfota_session_percent(session);
    const char *const phase = sbfota_phase_name(sbfota_session_phase(session));
    if (percent == SBFOTA_NO_PERCENT)
        snprintf(text, sizeof text, "%s", phase);
    else
        snprintf(text, sizeof text, "%-8s %3u %%", phase, percent);
    put_cell(writer, text, REACHED_WIDTH);
}

static void put_silence(struct writer *writer, const struct modem_record *record)
{
    int64_t milliseconds;
    const size_t begin = writer->used;
    if (modem_record_silence(record, &milliseconds))
        text_put_duration(writer, milliseconds);
    else
        writer_byte(writer, '-');
    text_put_padding(writer, writer->used - begin, SILENT_WIDTH);
    writer_string(writer, "  ");
}

/* What the code means, and what to do, in the columns that are left. */
static void put_remarks(struct writer *writer, const struct modems_table *table,
                        const struct modem_record *record, unsigned used)
{
    char buffer[TIME_SIZE];
    char text[256];
    const struct record_value why = modem_record_value(record, MODEM_TEXT, buffer);
    const struct record_value advice = modem_record_value(record, MODEM_ADVICE, buffer);
    const bool both = why.type != VALUE_NONE && advice.type != VALUE_NONE;
    const int length =
        snprintf(text, sizeof text, "%s%s%s", why.type == VALUE_NONE ? "" : why.text.data,
                 both ? "; " : "", advice.type == VALUE_NONE ? "" : advice.text.data);
    if (table->width >= used + REMARKS_FEWEST)
        text_put_safe_within(writer, (struct bytes){text, (size_t)length}, table->width - used);
}

void modems_table_put(struct writer *writer, const struct modems_table *table,
                      const struct modem_record *record)
{
    char buffer[TIME_SIZE];
    const struct fleet_member *const member = &record->member;
    const struct modem_state *const state = member->extra;
    const unsigned power = sbfota_session_power(member->session);
    const struct bytes name = member->name.length == 0 ? (struct bytes){"-", 1} : member->name;
    const unsigned modem_width = table->modem_width;
    text_put_padding(writer, text_put_safe_within(writer, name, modem_width), modem_width);
    writer_string(writer, "  ");
    put_coloured(writer, table, outcome_colour(state),
                 state->attempts == 0 ? "-" : sbfota_outcome_name(state->outcome), OUTCOME_WIDTH);
    put_reached(writer, member->session);
    put_coloured(writer, table, power == SBFOTA_POWER_SAFE ? "" : "\033[33m",
                 sbfota_power_name(power), POWER_WIDTH);
    put_silence(writer, record);
    unsigned used = FIXED_WIDTH + modem_width + 2;
    if (table->dates) {
        const struct record_value last = modem_record_value(record, MODEM_LAST_SEEN, buffer);
        const struct bytes none = {"-", 1};
        const struct bytes shown = last.type == VALUE_NONE ? none : last.text;
        text_put_padding(writer, text_put_safe_within(writer, shown, TIME_WIDTH), TIME_WIDTH);
        writer_string(writer, "  ");
        used += TIME_WIDTH + 2;
    }
    put_remarks(writer, table, record, used);
    /* No blanks at the end. */
    while (writer->used > 0 && writer->buffer[writer->used - 1] == ' ')
        writer->used--;
    writer_byte(writer, '\n');
}

void modems_table_put_heading(struct writer *writer, const struct modems_table *table)
{
    put_cell(writer, "MODEM", table->modem_width);
    put_cell(writer, "OUTCOME", OUTCOME_WIDTH);
    put_cell(writer, "REACHED", REACHED_WIDTH);
    put_cell(writer, "POWER", POWER_WIDTH);
    put_cell(writer, "SILENT", SILENT_WIDTH);
    if (table->dates)
        put_cell(writer, "LAST SEEN", TIME_WIDTH);
    if (table->width >= FIXED_WIDTH + table->modem_width + 2 + REMARKS_FEWEST)
        writer_string(writer, "REMARKS");
    while (writer->used > 0 && writer->buffer[writer->used - 1] == ' ')
        writer->used--;
    writer_byte(writer, '\n');
}
