/* SPDX-License-Identifier: MIT
 *
 * Attempts as a table for people. What may be longer than its column stands last. */
#include <stdio.h>

#include <sbfota/texts.h>

#include "cli/out/attempts_text.h"
#include "cli/writing/put.h"
#include "cli/writing/terminal.h"

enum {
    GAP = 2, /* columns between two */
    OUTCOME_WIDTH = 15,
    PHASE_WIDTH = 8,
    REACHED_WIDTH = 15, /* with the percentage */
    DURATIONS_WIDTH = 28,
    MODEM_FEW = 8, /* columns of a name before the percentage has room */
    MODEM_USUAL = 16,
    MODEM_MOST = 40,
    REMARKS_FEWEST = 16, /* columns under which they would say nothing */
    REMARKS_LEAST = 64   /* before longer names have room */
};

/* Which columns there is room for. */
struct layout {
    unsigned modem; /* columns of it; 0: as many as a name has */
    bool percent;
    bool durations;
    bool times;
    bool remarks;
};

static struct layout lay_out(const struct look *look)
{
    const unsigned time = look_time_width(look) + GAP;
    unsigned used = OUTCOME_WIDTH + GAP + PHASE_WIDTH + GAP;
    struct layout layout = {.percent = false};
    const unsigned percent = REACHED_WIDTH - PHASE_WIDTH;
    layout.percent = look->width >= used + percent + MODEM_FEW;
    used += layout.percent ? percent : 0;
    layout.times = look->width >= used + MODEM_USUAL + time;
    used += layout.times ? time : 0;
    layout.durations = layout.times && look->width >= used + MODEM_USUAL + GAP + DURATIONS_WIDTH +
                                                          GAP + REMARKS_FEWEST;
    used += layout.durations ? DURATIONS_WIDTH + GAP : 0;
    const unsigned left = look->width - used;
    layout.remarks = look->width >= used + MODEM_USUAL + GAP + REMARKS_FEWEST;
    layout.modem = !layout.remarks                            ? left
                   : left > MODEM_USUAL + GAP + REMARKS_LEAST ? left - GAP - REMARKS_LEAST
                                                              : MODEM_USUAL;
    layout.modem = layout.modem < MODEM_MOST ? layout.modem : MODEM_MOST;
    if (look->width >= WIDTH_UNLIMITED)
        layout.modem = 0;
    return layout;
}

static void put_phase(struct writer *writer, const struct sbfota_attempt *facts,
                      const struct layout *layout)
{
    char text[32];
    char percent[8] = "";
    if (!layout->percent) {
        text_put_word(writer, sbfota_phase_name(facts->phase), PHASE_WIDTH);
        return;
    }
    if (facts->percent != SBFOTA_NO_PERCENT)
        snprintf(percent, sizeof percent, "%u %%", facts->percent);
    snprintf(text, sizeof text, "%-8s  %5s  ", sbfota_phase_name(facts->phase), percent);
    writer_string(writer, text);
}

/* May the attempt have come to this phase? */
static bool may_have_come_to(const struct sbfota_attempt *facts, enum sbfota_phase phase)
{
    switch ((enum sbfota_outcome)facts->outcome) {
    case SBFOTA_OUTCOME_POLL_FAILED: return false;
    case SBFOTA_OUTCOME_DOWNLOAD_FAILED:
    case SBFOTA_OUTCOME_DOWNLOAD_LOST: return phase == SBFOTA_PHASE_DOWNLOAD;
    case SBFOTA_OUTCOME_ROLLED_BACK: return phase != SBFOTA_PHASE_RESTORE;
    case SBFOTA_OUTCOME_UPDATE_FAILED:
        return phase != SBFOTA_PHASE_RESTORE || facts->started == SBFOTA_NO_TIME;
    case SBFOTA_OUTCOME_IN_PROGRESS:
    case SBFOTA_OUTCOME_UNKNOWN: return facts->phase >= phase;
    case SBFOTA_OUTCOME_UPDATED:
    case SBFOTA_OUTCOME_INTERRUPTED:
    case SBFOTA_OUTCOME_COUNT: break;
    }
    return true;
}

/* How long the three phases took; a dash for one that did not come, a question mark for one that
 * may have come but was not timed. */
static void put_durations(struct writer *writer, const struct sbfota_attempt *facts)
{
    const struct {
        uint32_t milliseconds;
        enum sbfota_phase phase;
    } rows[] = {{facts->downloading_ms, SBFOTA_PHASE_DOWNLOAD},
                {facts->updating_ms, SBFOTA_PHASE_UPDATE},
                {facts->restore_ms, SBFOTA_PHASE_RESTORE}};
    for (size_t i = 0; i < 3; i++) {
        char text[24];
        if (rows[i].milliseconds != SBFOTA_NO_DURATION)
            snprintf(text, sizeof text, "%6lu s  ",
                     (unsigned long)rows[i].milliseconds / 1000 +
                         (rows[i].milliseconds % 1000 >= 500));
        else
            snprintf(text, sizeof text, "%8s  ",
                     may_have_come_to(facts, rows[i].phase) ? "?" : "-");
        writer_string(writer, text);
    }
}

/* What is worth telling only sometimes. */
static void put_remarks(struct writer *writer, const struct sbfota_attempt *facts)
{
    const struct {
        const char *name;
        enum sbfota_code_table table;
        bool has;
        int32_t code;
    } codes[] = {
        {"POLLING", SBFOTA_CODE_TABLE_POLLING, (facts->has & SBFOTA_HAS_POLL_CODE) != 0,
         facts->poll_code},
        {"HTTPEND", SBFOTA_CODE_TABLE_HTTP, (facts->has & SBFOTA_HAS_HTTP_CODE) != 0,
         facts->http_code},
        {"END", SBFOTA_CODE_TABLE_UPDATE, (facts->has & SBFOTA_HAS_UPDATE_CODE) != 0,
         facts->update_code},
        {"report", SBFOTA_CODE_TABLE_HTTP, (facts->has & SBFOTA_HAS_REPORT_CODE) != 0,
         facts->report_code},
    };
    const char *before = "";
    char text[160];
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const struct sbfota_code_row *const code = sbfota_code(codes[i].table, codes[i].code);
        if (!codes[i].has || codes[i].code == 0)
            continue;
        snprintf(text, sizeof text, "%s%s %d%s%s", before, codes[i].name, (int)codes[i].code,
                 code == NULL ? "" : ": ", code == NULL ? "" : code->text);
        writer_string(writer, text);
        before = ", ";
    }
    if (facts->resumes > 0) {
        snprintf(text, sizeof text, "%sresumed %u times", before, facts->resumes);
        writer_string(writer, facts->resumes == 1 && before[0] == '\0' ? "resumed once"
                              : facts->resumes == 1                    ? ", resumed once"
                                                                       : text);
        before = ", ";
    }
    if (facts->accepted) {
        writer_string(writer, before);
        writer_string(writer, "accepted");
    }
}

static void put_problems(struct writer *writer, unsigned problems, const struct look *look)
{
    const char *before = "[";
    if (problems == 0)
        return;
    look_colour(look, writer, COLOUR_YELLOW);
    for (unsigned bit = 1; bit <= problems; bit <<= 1) {
        if ((problems & bit) == 0)
            continue;
        writer_string(writer, before);
        writer_string(writer, sbfota_problem_name(bit));
        before = ", ";
    }
    writer_byte(writer, ']');
    look_plain(look, writer, COLOUR_YELLOW);
}

static void put_modem(struct writer *writer, const struct sbfota_log_attempt *attempt,
                      const struct layout *layout)
{
    const char *const file = attempt->from.file == NULL ? "-" : attempt->from.file;
    const struct bytes modem = attempt->modem == NULL
                                   ? (struct bytes){file, strlen(file)}
                                   : (struct bytes){attempt->modem, attempt->modem_length};
    const unsigned width = layout->modem == 0 ? MODEM_USUAL : layout->modem;
    const size_t columns = layout->modem == 0 ? text_put_safe(writer, modem)
                                              : text_put_safe_ends(writer, modem, width);
    text_put_padding(writer, columns, width);
    writer_string(writer, "  ");
}

static void put_time(struct writer *writer, const struct sbfota_log_attempt *attempt,
                     const struct look *look)
{
    char ago[AGO_SIZE];
    const struct bytes started = {attempt->from.time, attempt->from.time_length};
    const unsigned width = look_time_width(look);
    const struct bytes shown =
        started.data == NULL ? (struct bytes){"no time", 7} : look_time(look, started, ago);
    /* A time as captured may be longer than a date. */
    if (look->width < WIDTH_UNLIMITED) {
        text_put_cell(writer, shown, width);
        return;
    }
    text_put_padding(writer, text_put_safe(writer, shown), width);
    writer_string(writer, "  ");
}

/* No blanks at its end, and no wider than there is room for. */
static void end_line(struct writer *writer, size_t line, const struct look *look)
{
    text_trim(writer, line);
    text_cut_lines(writer, line, look->width);
    writer_byte(writer, '\n');
}

void attempts_table_put(struct writer *writer, const struct look *look,
                        const struct sbfota_log_attempt *attempt)
{
    const size_t line = writer->used;
    const struct layout layout = lay_out(look);
    const struct sbfota_attempt *const facts = &attempt->facts;
    look_put_cell(look, writer, look_outcome(facts->outcome), sbfota_outcome_name(facts->outcome),
                  OUTCOME_WIDTH);
    put_phase(writer, facts, &layout);
    if (layout.durations)
        put_durations(writer, facts);
    if (layout.times)
        put_time(writer, attempt, look);
    put_modem(writer, attempt, &layout);
    const size_t remarks = writer->used;
    if (layout.remarks) {
        put_remarks(writer, facts);
        if (writer->used > remarks && facts->problems != 0)
            writer_string(writer, "  ");
        put_problems(writer, facts->problems, look);
    }
    end_line(writer, line, look);
}

void attempts_table_put_heading(struct writer *writer, const struct look *look)
{
    const size_t line = writer->used;
    const struct layout layout = lay_out(look);
    text_put_word(writer, "OUTCOME", OUTCOME_WIDTH);
    text_put_word(writer, "REACHED", layout.percent ? REACHED_WIDTH : PHASE_WIDTH);
    if (layout.durations)
        writer_string(writer, "DOWNLOAD    UPDATE   RESTORE  ");
    if (layout.times)
        text_put_word(writer, "STARTED", look_time_width(look));
    text_put_word(writer, "MODEM", layout.modem == 0 ? MODEM_USUAL : layout.modem);
    if (layout.remarks)
        writer_string(writer, "REMARKS");
    end_line(writer, line, look);
}
