/* SPDX-License-Identifier: MIT
 *
 * Attempts as a table for people. What may be longer than its column stands last. */
#include <stdio.h>

#include <sbfota/texts.h>

#include "log/time.h"
#include "out_attempts.h"
#include "put.h"

enum {
    MODEM_WIDTH = 16,
    TIME_WIDTH = 24,
    OUTCOME_WIDTH = 15,
    /* Columns under which a table does without the durations, without the times, and without the
     * remarks where they would have too few. */
    WITH_DURATIONS = 122,
    WITH_TIMES = 78,
    REMARKS_FEWEST = 16
};

static void put_cell(struct writer *writer, struct bytes text, size_t width)
{
    text_put_padding(writer, text_put_safe(writer, text), width);
    writer_string(writer, "  ");
}

static void put_word(struct writer *writer, const char *word, size_t width)
{
    put_cell(writer, (struct bytes){word, strlen(word)}, width);
}

static void put_phase(struct writer *writer, const struct sbfota_attempt *facts)
{
    char text[32];
    char percent[8] = "";
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

static void put_problems(struct writer *writer, unsigned problems)
{
    const char *before = "[";
    for (unsigned bit = 1; bit <= problems; bit <<= 1) {
        if ((problems & bit) == 0)
            continue;
        writer_string(writer, before);
        writer_string(writer, sbfota_problem_name(bit));
        before = ", ";
    }
    if (problems != 0)
        writer_byte(writer, ']');
}

/* Columns before the remarks. */
static unsigned columns_used(unsigned width)
{
    unsigned used = OUTCOME_WIDTH + 15 + MODEM_WIDTH + 3 * 2;
    if (width >= WITH_DURATIONS)
        used += 3 * 10;
    if (width >= WITH_TIMES)
        used += TIME_WIDTH + 2;
    return used;
}

static bool has_remarks(unsigned width)
{
    return width >= columns_used(width) + REMARKS_FEWEST;
}

static void put(struct writer *writer, const struct fleet *fleet, const struct log_attempt *attempt,
                unsigned width)
{
    const size_t line = writer->used;
    char time[TIME_SIZE];
    const struct sbfota_attempt *const facts = &attempt->facts;
    const struct record_value started = attempt_value(fleet, attempt, ATTEMPT_started, time);
    struct bytes modem = attempt->modem;
    if (modem.data == NULL)
        modem = fleet_file(fleet, attempt->from->file);
    if (modem.data == NULL)
        modem = (struct bytes){"-", 1};
    put_word(writer, sbfota_outcome_name(facts->outcome), OUTCOME_WIDTH);
    put_phase(writer, facts);
    if (width >= WITH_DURATIONS)
        put_durations(writer, facts);
    if (width >= WITH_TIMES)
        put_cell(writer, started.type == VALUE_NONE ? (struct bytes){"no time", 7} : started.text,
                 TIME_WIDTH);
    put_cell(writer, modem, MODEM_WIDTH);
    const size_t remarks = writer->used;
    if (has_remarks(width)) {
        put_remarks(writer, facts);
        if (writer->used > remarks && facts->problems != 0)
            writer_string(writer, "  ");
        put_problems(writer, facts->problems);
    }
    /* No blanks at the end. */
    while (writer->used > 0 && writer->buffer[writer->used - 1] == ' ')
        writer->used--;
    text_cut_lines(writer, line, width);
    writer_byte(writer, '\n');
}

static void begin(struct writer *writer, unsigned width)
{
    const size_t line = writer->used;
    put_word(writer, "OUTCOME", OUTCOME_WIDTH);
    put_word(writer, "REACHED", 15);
    if (width >= WITH_DURATIONS)
        writer_string(writer, "DOWNLOAD    UPDATE   RESTORE  ");
    if (width >= WITH_TIMES)
        put_word(writer, "STARTED", TIME_WIDTH);
    put_word(writer, "MODEM", MODEM_WIDTH);
    if (has_remarks(width))
        writer_string(writer, "REMARKS");
    while (writer->used > line && writer->buffer[writer->used - 1] == ' ')
        writer->used--;
    text_cut_lines(writer, line, width);
    writer_byte(writer, '\n');
}

const struct attempt_format attempt_text = {begin, put};
