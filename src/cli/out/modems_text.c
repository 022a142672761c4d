/* SPDX-License-Identifier: MIT */
#include "cli/out/modems_text.h"

#include <stdio.h>

#include <sbfota/texts.h>

#include "cli/writing/put.h"

enum {
    GAP = 2, /* columns between two */
    MODEM_LEAST = 5,
    MODEM_FEW = 20, /* columns of a longer name before another column has room */
    MODEM_MOST = 40,
    OUTCOME_WIDTH = 15,
    REACHED_WIDTH = 14,
    POWER_WIDTH = 13,
    SILENT_WIDTH = 6,
    REMARKS_FEWEST = 16, /* columns under which they would say nothing */
    REMARKS_LEAST = 30 /* columns for what the code means and what to do, before times have room */
};

/* Take the columns of a field, if there are so many. */
static bool take_columns(struct modems_table *table, unsigned wanted, unsigned spare)
{
    if (table->look.width < table->used + GAP + wanted + spare)
        return false;
    table->used += GAP + wanted;
    return true;
}

void modems_table_lay_out(struct modems_table *table, size_t longest)
{
    const unsigned most = longest < MODEM_LEAST  ? MODEM_LEAST
                          : longest < MODEM_MOST ? (unsigned)longest
                                                 : MODEM_MOST;
    const unsigned half = table->look.width / 2 > MODEM_LEAST ? table->look.width / 2 : MODEM_LEAST;
    /* With the time as how long ago all fits in 80 columns. */
    const unsigned fewest = MODEM_FEW - table->look.ago;
    const unsigned few = most < fewest ? most : fewest;
    table->modem_width = few < half ? few : half;
    table->used = table->modem_width;
    const unsigned left =
        table->look.width > table->used + GAP ? table->look.width - table->used - GAP : 0;
    table->outcome_width = left < OUTCOME_WIDTH ? left : OUTCOME_WIDTH;
    table->used += GAP + table->outcome_width;
    table->reached = take_columns(table, REACHED_WIDTH, 0);
    table->power = take_columns(table, POWER_WIDTH, 0);
    table->silent = !table->look.ago && take_columns(table, SILENT_WIDTH, 0);
    table->dates = table->look.ago && take_columns(table, AGO_WIDTH, 0);
    if (table->used < table->look.width && table->modem_width < most) {
        const unsigned spare = table->look.width - table->used;
        const unsigned wanted = most - table->modem_width;
        const unsigned more = spare < wanted ? spare : wanted;
        table->modem_width += more;
        table->used += more;
    }
    if (table->silent)
        table->dates = take_columns(table, DATE_WIDTH, GAP + REMARKS_LEAST);
    table->used += GAP;
}

static void put_reached(struct writer *writer, const struct sbfota_log_modem *modem)
{
    char text[32];
    const unsigned percent = modem->percent;
    const char *const phase = sbfota_phase_name(modem->phase);
    if (percent == SBFOTA_NO_PERCENT)
        snprintf(text, sizeof text, "%s", phase);
    else
        snprintf(text, sizeof text, "%-8s %3u %%", phase, percent);
    text_put_word(writer, text, REACHED_WIDTH);
}

static void put_silence(struct writer *writer, const struct sbfota_log_modem *modem)
{
    char text[AGO_SIZE] = "-";
    if (modem->silent_ms != SBFOTA_NO_TIME)
        look_duration(modem->silent_ms, text);
    text_put_word(writer, text, SILENT_WIDTH);
}

static void put_last_seen(struct writer *writer, const struct modems_table *table,
                          const struct sbfota_log_modem *modem)
{
    const struct bytes last = {modem->last_seen, strlen(modem->last_seen)};
    char ago[AGO_SIZE];
    const struct bytes shown =
        last.length == 0 ? (struct bytes){"-", 1} : look_time(&table->look, last, ago);
    text_put_cell(writer, shown, look_time_width(&table->look));
}

/* What the code means, and what to do, in the columns that are left. */
static void put_remarks(struct writer *writer, const struct modems_table *table,
                        const struct sbfota_log_modem *modem)
{
    char text[512];
    const bool both = modem->text != NULL && modem->advice != NULL;
    const int length = snprintf(text, sizeof text, "%s%s%s", modem->text == NULL ? "" : modem->text,
                                both ? ". " : "", modem->advice == NULL ? "" : modem->advice);
    if (table->look.width >= table->used + REMARKS_FEWEST)
        text_put_safe_within(writer, (struct bytes){text, (size_t)length},
                             table->look.width - table->used);
}

void modems_table_put(struct writer *writer, const struct modems_table *table,
                      const struct sbfota_log_modem *modem)
{
    const char *const file = modem->file == NULL ? "-" : modem->file;
    const struct bytes name = modem->modem == NULL || modem->modem_length == 0
                                  ? (struct bytes){file, strlen(file)}
                                  : (struct bytes){modem->modem, modem->modem_length};
    const unsigned modem_width = table->modem_width;
    const bool tried = modem->attempts > 0;
    text_put_padding(writer, text_put_safe_ends(writer, name, modem_width), modem_width + GAP);
    look_put_cell(&table->look, writer, tried ? look_outcome(modem->outcome) : "",
                  tried ? sbfota_outcome_name(modem->outcome) : "-", table->outcome_width);
    if (table->reached)
        put_reached(writer, modem);
    if (table->power)
        look_put_cell(&table->look, writer, modem->power == SBFOTA_POWER_SAFE ? "" : COLOUR_YELLOW,
                      sbfota_power_name(modem->power), POWER_WIDTH);
    if (table->silent)
        put_silence(writer, modem);
    if (table->dates)
        put_last_seen(writer, table, modem);
    put_remarks(writer, table, modem);
    text_trim(writer, 0);
    writer_byte(writer, '\n');
}

void modems_table_put_heading(struct writer *writer, const struct modems_table *table)
{
    text_put_word(writer, "MODEM", table->modem_width);
    text_put_word(writer, "OUTCOME", table->outcome_width);
    if (table->reached)
        text_put_word(writer, "REACHED", REACHED_WIDTH);
    if (table->power)
        text_put_word(writer, "POWER", POWER_WIDTH);
    if (table->silent)
        text_put_word(writer, "SILENT", SILENT_WIDTH);
    if (table->dates)
        text_put_word(writer, "LAST SEEN", look_time_width(&table->look));
    if (table->look.width >= table->used + REMARKS_FEWEST)
        writer_string(writer, "REMARKS");
    text_trim(writer, 0);
    writer_byte(writer, '\n');
}
