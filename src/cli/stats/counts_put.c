/* SPDX-License-Identifier: MIT
 *
 * Counts as text for people, and as one JSON object. */
#include <stdio.h>
#include <stdlib.h>

#include <sbfota/texts.h>

#include "cli/stats/counts.h"
#include "cli/writing/put.h"

void counts_put_row(struct writer *writer, const struct look *look, const char *colour,
                    const char *name, uint64_t count, const char *remark)
{
    look_colour(look, writer, colour);
    writer_print(writer, "  %-16s %12llu%s%s", name, (unsigned long long)count,
                 remark[0] == '\0' ? "" : "  ", remark);
    look_plain(look, writer, colour);
    writer_byte(writer, '\n');
}

static void put_time(struct writer *writer, const struct look *look, const char *name,
                     const struct counted_time *time)
{
    char ago[AGO_SIZE];
    writer_string(writer, "  ");
    text_put_padding(writer, text_put_safe(writer, (struct bytes){name, strlen(name)}), 17);
    text_put_safe(writer, look_time(look, (struct bytes){time->text, time->length}, ago));
    writer_byte(writer, '\n');
}

static const char *share(char *text, size_t size, uint64_t part, uint64_t whole, const char *of)
{
    if (whole == 0)
        return "";
    snprintf(text, size, "%.2f %% of the %s", 100.0 * (double)part / (double)whole, of);
    return text;
}

/* Counts by a number, of which those are told that are not 0. */
struct counts_list {
    const char *key;
    const uint64_t *counts;
    unsigned end;
    const char *colour;
    const char *(*name)(unsigned number);
    const char *(*summary)(unsigned number);
};

enum {
    LIST_EVENTS,
    LIST_MALFORMED,
    LIST_UNKNOWN,
    LIST_FLAGS
};

static const char *kind_name(unsigned kind)
{
    return sbfota_message(kind)->name;
}

static const char *kind_summary(unsigned kind)
{
    return sbfota_message(kind)->summary;
}

static const char *flag_name(unsigned bit)
{
    return sbfota_flag_name(1U << bit);
}

static const char *flag_summary(unsigned bit)
{
    return sbfota_flag_summary(1U << bit);
}

static struct counts_list list_of(const struct counts *counts, unsigned which)
{
    const struct counts_list lists[] = {
        [LIST_EVENTS] = {"events", counts->kinds, SBFOTA_KIND_COUNT, "", kind_name, kind_summary},
        [LIST_MALFORMED] = {"malformed", counts->reasons[0], REASONS, COLOUR_YELLOW,
                            sbfota_reason_name, sbfota_reason_summary},
        [LIST_UNKNOWN] = {"unknown", counts->reasons[1], REASONS, COLOUR_YELLOW, sbfota_reason_name,
                          sbfota_reason_summary},
        [LIST_FLAGS] = {"flags", counts->flags, FLAG_BITS, COLOUR_YELLOW, flag_name, flag_summary},
    };
    return lists[which];
}

static void put_list(const struct counts *counts, unsigned which, const struct look *look,
                     struct writer *writer)
{
    const struct counts_list list = list_of(counts, which);
    bool begun = false;
    for (unsigned number = 0; number < list.end; number++) {
        if (list.counts[number] == 0)
            continue;
        if (!begun)
            writer_print(writer, "\n%s\n", list.key);
        begun = true;
        counts_put_row(writer, look, list.colour, list.name(number), list.counts[number],
                       list.summary(number));
    }
}

static void put_overview(const struct counts *counts, const struct look *look,
                         struct writer *writer)
{
    char remark[80];
    writer_string(writer, "input\n");
    counts_put_row(writer, look, "", "logs", counts->files, "");
    counts_put_row(writer, look, "", "bytes", counts->bytes, "");
    counts_put_row(writer, look, "", "lines", counts->lines, "");
    if (counts->modems.names.count > 0)
        counts_put_row(writer, look, "", "modems", counts->modems.names.count, "");
    if (counts->times[0].length > 0) {
        put_time(writer, look, "from", &counts->times[0]);
        put_time(writer, look, "to", &counts->times[1]);
    }
    counts_put_row(writer, look, "", "messages", counts->messages,
                   share(remark, sizeof remark, counts->messages, counts->lines, "lines"));
    counts_put_row(writer, look, "", "understood", counts->understood,
                   share(remark, sizeof remark, counts->understood, counts->messages, "messages"));
}

static void put_codes(const struct counts *counts, const struct look *look, struct writer *writer)
{
    struct counters_entry *const entries = counts_codes(counts, &writer->failed);
    for (uint32_t i = 0; entries != NULL && i < counts->codes.names.count; i++) {
        struct code_key key;
        char name[64];
        memcpy(&key, entries[i].name.data, sizeof key);
        const struct sbfota_code_row *const code =
            sbfota_code(sbfota_table_of_kind(key.kind), key.value);
        if (i == 0)
            writer_string(writer, "\ncodes\n");
        snprintf(name, sizeof name, "%s %d", sbfota_message(key.kind)->name, (int)key.value);
        counts_put_row(writer, look, key.value == 0 ? COLOUR_GREEN : COLOUR_RED, name,
                       entries[i].count, code == NULL ? "not in the manual" : code->text);
    }
    free(entries);
}

static void put_modems(const struct counts *counts, unsigned top, const struct look *look,
                       struct writer *writer)
{
    struct counters_entry *const entries =
        counters_list(&counts->modems, counters_greatest_first, &writer->failed);
    const uint32_t count = counts->modems.names.count;
    if (entries == NULL)
        return;
    writer_string(writer, "\nmodems with the most events\n");
    for (uint32_t i = 0; i < count && i < top; i++) {
        writer_string(writer, "  ");
        text_put_padding(writer, text_put_safe(writer, entries[i].name), 16);
        writer_print(writer, " %12llu\n", (unsigned long long)entries[i].count);
    }
    if (count > top)
        counts_put_row(writer, look, "", "...", count - top, "more modems; --top N shows more");
    free(entries);
}

void counts_put_text(const struct counts *counts, unsigned top, const struct look *look,
                     struct writer *writer)
{
    put_overview(counts, look, writer);
    put_list(counts, LIST_EVENTS, look, writer);
    put_codes(counts, look, writer);
    put_modems(counts, top, look, writer);
    for (unsigned which = LIST_MALFORMED; which <= LIST_FLAGS; which++)
        put_list(counts, which, look, writer);
}

/* "name":count pairs in an object. */
static void put_pair(struct writer *writer, bool *first, const char *name, uint64_t count)
{
    writer_print(writer, "%s\"%s\":%llu", *first ? "" : ",", name, (unsigned long long)count);
    *first = false;
}

static void put_json_list(const struct counts *counts, unsigned which, struct writer *writer)
{
    const struct counts_list list = list_of(counts, which);
    bool first = true;
    writer_print(writer, ",\"%s\":{", list.key);
    for (unsigned number = 0; number < list.end; number++)
        if (list.counts[number] > 0)
            put_pair(writer, &first, list.name(number), list.counts[number]);
    writer_byte(writer, '}');
}

static void put_json_codes(const struct counts *counts, struct writer *writer)
{
    struct counters_entry *const entries = counts_codes(counts, &writer->failed);
    writer_string(writer, ",\"codes\":[");
    for (uint32_t i = 0; entries != NULL && i < counts->codes.names.count; i++) {
        struct code_key key;
        memcpy(&key, entries[i].name.data, sizeof key);
        const struct sbfota_code_row *const code =
            sbfota_code(sbfota_table_of_kind(key.kind), key.value);
        writer_print(writer, "%s{\"event\":\"%s\",\"code\":%ld", i == 0 ? "" : ",",
                     sbfota_message(key.kind)->name, (long)key.value);
        if (code != NULL)
            writer_print(writer, ",\"text\":\"%s\"", code->text);
        writer_print(writer, ",\"count\":%llu}", (unsigned long long)entries[i].count);
    }
    writer_byte(writer, ']');
    free(entries);
}

static void put_json_modems(const struct counts *counts, unsigned top, struct writer *writer)
{
    struct counters_entry *const entries =
        counters_list(&counts->modems, counters_greatest_first, &writer->failed);
    writer_string(writer, ",\"top_modems\":[");
    for (uint32_t i = 0; entries != NULL && i < counts->modems.names.count && i < top; i++) {
        writer_string(writer, i == 0 ? "{\"modem\":\"" : ",{\"modem\":\"");
        json_put_text(writer, entries[i].name);
        writer_print(writer, "\",\"events\":%llu}", (unsigned long long)entries[i].count);
    }
    writer_byte(writer, ']');
    free(entries);
}

void counts_put_json(const struct counts *counts, unsigned top, struct writer *writer)
{
    bool first = true;
    writer_byte(writer, '{');
    put_pair(writer, &first, "logs", counts->files);
    put_pair(writer, &first, "bytes", counts->bytes);
    put_pair(writer, &first, "lines", counts->lines);
    if (counts->times[0].length > 0) {
        writer_string(writer, ",\"from\":\"");
        json_put_text(writer, (struct bytes){counts->times[0].text, counts->times[0].length});
        writer_string(writer, "\",\"to\":\"");
        json_put_text(writer, (struct bytes){counts->times[1].text, counts->times[1].length});
        writer_byte(writer, '"');
    }
    put_pair(writer, &first, "messages", counts->messages);
    put_pair(writer, &first, "understood", counts->understood);
    put_pair(writer, &first, "modems", counts->modems.names.count);
    put_json_list(counts, LIST_EVENTS, writer);
    put_json_codes(counts, writer);
    put_json_modems(counts, top, writer);
    for (unsigned which = LIST_MALFORMED; which <= LIST_FLAGS; which++)
        put_json_list(counts, which, writer);
}

size_t counts_quality(const struct counts *counts, const struct fleet *fleet,
                      struct quality_row rows[QUALITY_ROWS])
{
    const uint64_t messages = counts->messages;
    const struct quality_row all[QUALITY_ROWS] = {
        {"understood", counts->understood, messages, "messages"},
        {"unknown keyword", counts->kinds[SBFOTA_UNKNOWN], messages, "messages"},
        {"malformed", counts->kinds[SBFOTA_MALFORMED], messages, "messages"},
        {"over-long lines", counts->kinds[SBFOTA_OVERLONG], counts->lines, "lines"},
        {"sent by the host", counts->sent, counts->events, "events"},
        {"repeated", fleet == NULL ? 0 : fleet->repeats, counts->events, "events"},
        {"clock gone back", fleet == NULL ? 0 : fleet->clocks_back,
         fleet == NULL ? 0 : fleet->events, "events with a time"},
    };
    memcpy(rows, all, sizeof all);
    return fleet == NULL ? QUALITY_ROWS - 2 : QUALITY_ROWS;
}

void counts_put_text_quality(const struct counts *counts, const struct fleet *fleet,
                             const struct look *look, struct writer *writer)
{
    struct quality_row rows[QUALITY_ROWS];
    const size_t count = counts_quality(counts, fleet, rows);
    writer_string(writer, "\nquality of the data\n");
    for (size_t i = 0; i < count; i++) {
        char remark[80];
        /* The first is what is well. */
        counts_put_row(writer, look, i > 0 && rows[i].count > 0 ? COLOUR_YELLOW : "", rows[i].name,
                       rows[i].count,
                       share(remark, sizeof remark, rows[i].count, rows[i].whole, rows[i].of));
    }
}

void counts_put_json_quality(const struct counts *counts, const struct fleet *fleet,
                             struct writer *writer)
{
    bool first = true;
    writer_string(writer, ",\"quality\":{");
    put_pair(writer, &first, "lines", counts->lines);
    put_pair(writer, &first, "messages", counts->messages);
    put_pair(writer, &first, "understood", counts->understood);
    if (counts->messages > 0)
        writer_print(writer, ",\"understood_share\":%.4f",
                     (double)counts->understood / (double)counts->messages);
    put_pair(writer, &first, "unknown_keyword", counts->kinds[SBFOTA_UNKNOWN]);
    put_pair(writer, &first, "malformed", counts->kinds[SBFOTA_MALFORMED]);
    put_pair(writer, &first, "overlong", counts->kinds[SBFOTA_OVERLONG]);
    put_pair(writer, &first, "sent_by_host", counts->sent);
    if (fleet != NULL) {
        put_pair(writer, &first, "repeats", fleet->repeats);
        put_pair(writer, &first, "timed", fleet->events);
        put_pair(writer, &first, "clock_back", fleet->clocks_back);
    }
    writer_byte(writer, '}');
}
