/* SPDX-License-Identifier: MIT
 *
 * The fleet's summary as text for people, and as a member of a JSON object. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out/records.h"
#include "cli/stats/counts.h"
#include "cli/stats/fleet_summary.h"

const char *const fleet_step_titles[STEPS] = {
    [STEP_POLLED] = "polled",         [STEP_DOWNLOAD_STARTED] = "download started",
    [STEP_DOWNLOADED] = "downloaded", [STEP_UPDATE_STARTED] = "update started",
    [STEP_RESTORED] = "restored",     [STEP_ENDED] = "ended",
    [STEP_REPORTED] = "reported",
};

enum {
    PROBLEMS = 11
};
_Static_assert(SBFOTA_PROBLEM_ALL == (1U << PROBLEMS) - 1, "each problem has its bit");

const char *const fleet_phase_titles[TIMED_PHASES] = {"download", "update", "restore"};

/* As the fields of sessions. */
static const char *const phase_names[TIMED_PHASES] = {"downloading_s", "updating_s", "restore_s"};

/* What a failure means that has no code. */
static const char *lost_text(const struct failure *failure)
{
    switch (failure->phase) {
    case SBFOTA_PHASE_DOWNLOAD: return "a boot or the next attempt came before the download's end";
    case SBFOTA_PHASE_DELAY: return "a boot came before the update";
    case SBFOTA_PHASE_UPDATE: return "a boot came during the update";
    default: return "a boot came during the restore, and it has not gone on";
    }
}

const char *failure_text(const struct failure *failure)
{
    if (failure->table == SBFOTA_CODE_TABLE_NONE)
        return lost_text(failure);
    const struct sbfota_code_row *const code =
        sbfota_code((enum sbfota_code_table)failure->table, failure->code);
    return code == NULL ? NULL : code->text;
}

struct failure failure_read(const struct counters_entry *entry)
{
    struct failure failure;
    memcpy(&failure, entry->name.data, sizeof failure);
    return failure;
}

/* The greatest count first, then by phase and code. */
static int compare_failures(const void *a, const void *b)
{
    const struct counters_entry *const first = a;
    const struct counters_entry *const second = b;
    const struct failure one = failure_read(first);
    const struct failure other = failure_read(second);
    if (first->count != second->count)
        return first->count > second->count ? -1 : 1;
    if (one.phase != other.phase)
        return one.phase < other.phase ? -1 : 1;
    if (one.table != other.table)
        return one.table < other.table ? -1 : 1;
    return (one.code > other.code) - (one.code < other.code);
}

struct counters_entry *fleet_summary_failures(const struct fleet_summary *summary, bool *no_memory)
{
    return counters_list(&summary->failures, compare_failures, no_memory);
}

static double share(const struct fleet_summary *summary, uint64_t count)
{
    return summary->attempts == 0 ? 0 : (double)count / (double)summary->attempts;
}

/* What has the part `count` of all attempts, in a colour; "" for none. */
static void put_share(const struct fleet_summary *summary, const char *name, uint64_t count,
                      const char *colour, const char *remark, const struct look *look,
                      struct writer *writer)
{
    char text[256];
    snprintf(text, sizeof text, "%6.2f %%%s%s", 100 * share(summary, count),
             remark[0] == '\0' ? "" : "  ", remark);
    counts_put_row(writer, look, colour, name, count, text);
}

static void put_failures(const struct fleet_summary *summary, const struct look *look,
                         struct writer *writer)
{
    struct counters_entry *const entries = fleet_summary_failures(summary, &writer->failed);
    for (uint32_t i = 0; entries != NULL && i < summary->failures.names.count; i++) {
        const struct failure failure = failure_read(&entries[i]);
        const char *const text = failure_text(&failure);
        char name[32];
        snprintf(name, sizeof name, "%s", sbfota_phase_name(failure.phase));
        if (failure.table != SBFOTA_CODE_TABLE_NONE)
            snprintf(name, sizeof name, "%s %d", sbfota_phase_name(failure.phase),
                     (int)failure.code);
        writer_string(writer, i == 0 ? "\nfailures\n" : "");
        put_share(summary, name, entries[i].count, COLOUR_RED,
                  text == NULL ? "not in the manual" : text, look, writer);
    }
    free(entries);
}

/* Counts by a number, those that are not 0, behind a title. */
static void put_shares(const struct fleet_summary *summary, const char *title,
                       const uint64_t *counts, unsigned end, const char *(*name)(unsigned number),
                       const char *(*colour)(unsigned number), const struct look *look,
                       struct writer *writer)
{
    for (unsigned number = 0; number < end; number++) {
        if (counts[number] == 0)
            continue;
        writer_string(writer, title);
        title = "";
        put_share(summary, name(number), counts[number], colour(number), "", look, writer);
    }
}

static const char *problem_name(unsigned bit)
{
    return sbfota_problem_name(1U << bit);
}

static const char *problem_colour(unsigned bit)
{
    (void)bit;
    return COLOUR_YELLOW;
}

void fleet_summary_put_text(const struct fleet_summary *summary, const struct look *look,
                            struct writer *writer)
{
    writer_string(writer, "\nattempts, and how far they came\n");
    for (unsigned step = 0; step < STEPS; step++)
        put_share(summary, fleet_step_titles[step], summary->steps[step], "", "", look, writer);
    put_shares(summary, "\noutcomes\n", summary->outcomes, SBFOTA_OUTCOME_COUNT,
               sbfota_outcome_name, look_outcome, look, writer);
    put_failures(summary, look, writer);
    const char *title = "\ndurations of whole phases\n";
    for (size_t i = 0; i < TIMED_PHASES; i++) {
        const struct histogram *const histogram = &summary->histogram[i];
        if (histogram->count == 0)
            continue;
        writer_print(writer,
                     "%s  %-16s %12llu  median %.1f s, 95 %% within %.1f s, at most %.1f s\n",
                     title, fleet_phase_titles[i], (unsigned long long)histogram->count,
                     histogram_quantile(histogram, 50) * 1e-3,
                     histogram_quantile(histogram, 95) * 1e-3, histogram->most * 1e-3);
        title = "";
    }
    put_shares(summary, "\nproblems\n", summary->problems, PROBLEMS, problem_name, problem_colour,
               look, writer);
}

/* All of them, as an object. */
static void put_counts(struct writer *writer, const char *key, const uint64_t *counts, unsigned end,
                       const char *(*name)(unsigned number))
{
    writer_print(writer, ",\"%s\":{", key);
    for (unsigned number = 0; number < end; number++)
        writer_print(writer, "%s\"%s\":%llu", number == 0 ? "" : ",", name(number),
                     (unsigned long long)counts[number]);
    writer_byte(writer, '}');
}

static void put_json_steps(const struct fleet_summary *summary, struct writer *writer)
{
    writer_string(writer, ",\"funnel\":{");
    for (unsigned step = 0; step < STEPS; step++) {
        writer_string(writer, step == 0 ? "\"" : ",\"");
        for (const char *title = fleet_step_titles[step]; *title != '\0'; title++)
            writer_byte(writer, (char)(*title == ' ' ? '_' : *title));
        writer_print(writer, "\":{\"count\":%llu,\"share\":%.4f}",
                     (unsigned long long)summary->steps[step],
                     share(summary, summary->steps[step]));
    }
    writer_byte(writer, '}');
}

static void put_json_failures(const struct fleet_summary *summary, struct writer *writer)
{
    struct counters_entry *const entries = fleet_summary_failures(summary, &writer->failed);
    writer_string(writer, ",\"failures\":[");
    for (uint32_t i = 0; entries != NULL && i < summary->failures.names.count; i++) {
        const struct failure failure = failure_read(&entries[i]);
        const char *const text = failure_text(&failure);
        writer_print(writer, "%s{\"phase\":\"%s\"", i == 0 ? "" : ",",
                     sbfota_phase_name(failure.phase));
        if (failure.outcome != SBFOTA_OUTCOME_COUNT)
            writer_print(writer, ",\"outcome\":\"%s\"", sbfota_outcome_name(failure.outcome));
        if (failure.table != SBFOTA_CODE_TABLE_NONE)
            writer_print(writer, ",\"code\":%ld", (long)failure.code);
        if (text != NULL)
            writer_print(writer, ",\"text\":\"%s\"", text);
        writer_print(writer, ",\"count\":%llu}", (unsigned long long)entries[i].count);
    }
    writer_byte(writer, ']');
    free(entries);
}

static void put_json_durations(const struct fleet_summary *summary, struct writer *writer)
{
    writer_string(writer, ",\"durations\":{");
    for (size_t i = 0; i < TIMED_PHASES; i++) {
        const struct histogram *const histogram = &summary->histogram[i];
        writer_print(writer, "%s\"%s\":{\"count\":%llu", i == 0 ? "" : ",", phase_names[i],
                     (unsigned long long)histogram->count);
        if (histogram->count > 0) {
            writer_string(writer, ",\"median\":");
            value_put_seconds(writer, histogram_quantile(histogram, 50));
            writer_string(writer, ",\"p95\":");
            value_put_seconds(writer, histogram_quantile(histogram, 95));
            writer_string(writer, ",\"most\":");
            value_put_seconds(writer, histogram->most);
        }
        writer_byte(writer, '}');
    }
    writer_byte(writer, '}');
}

void fleet_summary_put_json(const struct fleet_summary *summary, struct writer *writer)
{
    writer_print(writer, ",\"fleet\":{\"attempts\":%llu", (unsigned long long)summary->attempts);
    put_json_steps(summary, writer);
    put_counts(writer, "outcomes", summary->outcomes, SBFOTA_OUTCOME_COUNT, sbfota_outcome_name);
    put_json_failures(summary, writer);
    put_json_durations(summary, writer);
    put_counts(writer, "problems", summary->problems, PROBLEMS, problem_name);
    writer_byte(writer, '}');
}
