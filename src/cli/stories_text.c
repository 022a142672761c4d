/* SPDX-License-Identifier: MIT
 *
 * Attempts as a table for people. */
#include <stdio.h>

#include "capture/time.h"
#include "put.h"
#include "stories.h"

enum {
    MODEM_WIDTH = 16,
    TIME_WIDTH = 24,
    OUTCOME_WIDTH = 15
};

static void put_cell(struct writer *writer, struct bytes text, size_t width)
{
    if (text.data == NULL)
        text = (struct bytes){"-", 1};
    text_put_safe(writer, text);
    for (size_t i = text.length; i < width; i++)
        writer_byte(writer, ' ');
    writer_string(writer, "  ");
}

static void put_phase(struct writer *writer, const struct sbfota_attempt *attempt)
{
    char text[32];
    char percent[8] = "";
    if (attempt->percent != SBFOTA_NO_PERCENT)
        snprintf(percent, sizeof percent, "%u %%", attempt->percent);
    snprintf(text, sizeof text, "%-8s  %5s  ", sbfota_phase_name(attempt->phase), percent);
    writer_string(writer, text);
}

/* The durations of the three phases; a dash for one that is not known. */
static void put_durations(struct writer *writer, const struct sbfota_attempt *attempt)
{
    const uint32_t durations[] = {attempt->downloading_ms, attempt->updating_ms,
                                  attempt->restore_ms};
    for (size_t i = 0; i < 3; i++) {
        char text[24] = "-";
        if (durations[i] != SBFOTA_NO_DURATION)
            snprintf(text, sizeof text, "%lu s", (unsigned long)(durations[i] + 500) / 1000);
        put_cell(writer, (struct bytes){text, strlen(text)}, 7);
    }
}

/* What is worth telling only sometimes. */
static void put_remarks(struct writer *writer, const struct fleet *fleet, const struct story *story)
{
    static const struct {
        enum story_field field;
        const char *name;
    } codes[] = {{STORY_POLL_CODE, "POLLING"},
                 {STORY_HTTP_CODE, "HTTPEND"},
                 {STORY_UPDATE_CODE, "END"},
                 {STORY_REPORT_CODE, "report"}};
    const struct sbfota_attempt *const attempt = &story->attempt;
    const char *before = "";
    char text[64];
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const struct story_value value = story_value(fleet, story, codes[i].field, NULL);
        if (value.type == VALUE_NONE || value.number == 0)
            continue;
        snprintf(text, sizeof text, "%s%s %lld", before, codes[i].name, value.number);
        writer_string(writer, text);
        before = ", ";
    }
    const struct story_value meaning = story_value(fleet, story, STORY_TEXT, NULL);
    if (meaning.type != VALUE_NONE) {
        writer_string(writer, ": ");
        writer_put(writer, meaning.text.data, meaning.text.length);
    }
    if (attempt->resumes > 0) {
        snprintf(text, sizeof text, "%sresumed %u times", before, attempt->resumes);
        writer_string(writer, attempt->resumes == 1 && before[0] == '\0' ? "resumed once"
                              : attempt->resumes == 1                    ? ", resumed once"
                                                                         : text);
        before = ", ";
    }
    if (attempt->accepted) {
        writer_string(writer, before);
        writer_string(writer, "accepted");
    }
}

static void put_problems(struct writer *writer, unsigned problems)
{
    const char *before = "  [";
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

static void put(struct writer *writer, const struct fleet *fleet, const struct story *story)
{
    char time[TIME_SIZE];
    const struct sbfota_attempt *const attempt = &story->attempt;
    const char *const outcome = sbfota_outcome_name(attempt->outcome);
    put_cell(writer,
             story->modem.data != NULL ? story->modem : fleet_file(fleet, story->from->file),
             MODEM_WIDTH);
    put_cell(writer, story_value(fleet, story, STORY_STARTED, time).text, TIME_WIDTH);
    put_cell(writer, (struct bytes){outcome, strlen(outcome)}, OUTCOME_WIDTH);
    put_phase(writer, attempt);
    put_durations(writer, attempt);
    put_remarks(writer, fleet, story);
    put_problems(writer, attempt->problems);
    /* No blanks at the end. */
    while (writer->used > 0 && writer->buffer[writer->used - 1] == ' ')
        writer->used--;
    writer_byte(writer, '\n');
}

static void begin(struct writer *writer)
{
    char heading[160];
    snprintf(heading, sizeof heading, "%-*s  %-*s  %-*s  %-8s  %5s  %-7s  %-7s  %-7s  %s\n",
             MODEM_WIDTH, "MODEM", TIME_WIDTH, "STARTED", OUTCOME_WIDTH, "OUTCOME", "PHASE", "",
             "DOWNLD.", "UPDATE", "RESTORE", "REMARKS");
    writer_string(writer, heading);
}

const struct story_format story_text = {begin, put};
