/* SPDX-License-Identifier: MIT
 *
 * Counts as text for people, and as one JSON object. */
#include <stdio.h>
#include <stdlib.h>

#include <sbfota/texts.h>

#include "counts.h"
#include "put.h"

static void put_row(struct writer *writer, const char *name, uint64_t count, const char *remark)
{
    char row[200];
    snprintf(row, sizeof row, "  %-16s %12llu%s%s\n", name, (unsigned long long)count,
             remark[0] == '\0' ? "" : "  ", remark);
    writer_string(writer, row);
}

/* The same in a colour. */
static void put_coloured(struct writer *writer, const struct look *look, const char *colour,
                         const char *name, uint64_t count, const char *remark)
{
    look_colour(look, writer, colour);
    put_row(writer, name, count, remark);
    if (!look->colour || colour[0] == '\0')
        return;
    writer->used--; /* the colour ends in its line */
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

static void put_overview(const struct counts *counts, const struct look *look,
                         struct writer *writer)
{
    char remark[80];
    writer_string(writer, "input\n");
    put_row(writer, "logs", counts->files, "");
    put_row(writer, "bytes", counts->bytes, "");
    put_row(writer, "lines", counts->lines, "");
    if (counts->modems.names.count > 0)
        put_row(writer, "modems", counts->modems.names.count, "");
    if (counts->times[0].length > 0) {
        put_time(writer, look, "from", &counts->times[0]);
        put_time(writer, look, "to", &counts->times[1]);
    }
    put_row(writer, "messages", counts->messages,
            share(remark, sizeof remark, counts->messages, counts->lines, "lines"));
    put_row(writer, "understood", counts->understood,
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
        put_coloured(writer, look, key.value == 0 ? COLOUR_GREEN : COLOUR_RED, name,
                     entries[i].count, code == NULL ? "not in the manual" : code->text);
    }
    free(entries);
}

static void put_modems(const struct counts *counts, unsigned top, struct writer *writer)
{
    struct counters_entry *const entries =
        counters_list(&counts->modems, counters_greatest_first, &writer->failed);
    const uint32_t count = counts->modems.names.count;
    if (entries == NULL)
        return;
    writer_string(writer, "\nmodems with the most events\n");
    for (uint32_t i = 0; i < count && i < top; i++) {
        char number[32];
        writer_string(writer, "  ");
        text_put_padding(writer, text_put_safe(writer, entries[i].name), 16);
        snprintf(number, sizeof number, " %12llu\n", (unsigned long long)entries[i].count);
        writer_string(writer, number);
    }
    if (count > top)
        put_row(writer, "...", count - top, "more modems; --top N shows more");
    free(entries);
}

static void put_oddities(const struct counts *counts, const struct look *look,
                         struct writer *writer)
{
    static const char *const titles[] = {"\nmalformed\n", "\nunknown\n"};
    for (size_t which = 0; which < 2; which++) {
        const char *title = titles[which];
        for (unsigned reason = 0; reason < REASONS; reason++) {
            if (counts->reasons[which][reason] == 0)
                continue;
            writer_string(writer, title);
            title = "";
            put_coloured(writer, look, COLOUR_YELLOW, sbfota_reason_name(reason),
                         counts->reasons[which][reason], sbfota_reason_summary(reason));
        }
    }
    const char *title = "\nflags\n";
    for (unsigned bit = 0; bit < FLAG_BITS; bit++) {
        if (counts->flags[bit] == 0)
            continue;
        writer_string(writer, title);
        title = "";
        put_coloured(writer, look, COLOUR_YELLOW, sbfota_flag_name(1U << bit), counts->flags[bit],
                     sbfota_flag_summary(1U << bit));
    }
}

void counts_put_text(const struct counts *counts, unsigned top, const struct look *look,
                     struct writer *writer)
{
    put_overview(counts, look, writer);
    const char *title = "\nevents\n";
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        if (counts->kinds[kind] == 0)
            continue;
        writer_string(writer, title);
        title = "";
        put_row(writer, sbfota_message(kind)->name, counts->kinds[kind],
                sbfota_message(kind)->summary);
    }
    put_codes(counts, look, writer);
    put_modems(counts, top, writer);
    put_oddities(counts, look, writer);
}

/* "name":count pairs in an object. */
static void put_pair(struct writer *writer, bool *first, const char *name, uint64_t count)
{
    writer_string(writer, *first ? "\"" : ",\"");
    *first = false;
    writer_string(writer, name);
    writer_string(writer, "\":");
    writer_number(writer, (long long)count);
}

static void put_reasons(struct writer *writer, const char *key, const uint64_t reasons[REASONS])
{
    bool first = true;
    writer_string(writer, key);
    for (unsigned reason = 0; reason < REASONS; reason++)
        if (reasons[reason] > 0)
            put_pair(writer, &first, sbfota_reason_name(reason), reasons[reason]);
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
        writer_string(writer, i == 0 ? "{\"event\":\"" : ",{\"event\":\"");
        writer_string(writer, sbfota_message(key.kind)->name);
        writer_string(writer, "\",\"code\":");
        writer_number(writer, key.value);
        if (code != NULL) {
            writer_string(writer, ",\"text\":\"");
            writer_string(writer, code->text);
            writer_byte(writer, '"');
        }
        writer_string(writer, ",\"count\":");
        writer_number(writer, (long long)entries[i].count);
        writer_byte(writer, '}');
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
        writer_string(writer, "\",\"events\":");
        writer_number(writer, (long long)entries[i].count);
        writer_byte(writer, '}');
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
    writer_string(writer, ",\"events\":{");
    first = true;
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++)
        if (counts->kinds[kind] > 0)
            put_pair(writer, &first, sbfota_message(kind)->name, counts->kinds[kind]);
    writer_byte(writer, '}');
    put_json_codes(counts, writer);
    put_json_modems(counts, top, writer);
    put_reasons(writer, ",\"malformed\":{", counts->reasons[0]);
    put_reasons(writer, ",\"unknown\":{", counts->reasons[1]);
    writer_string(writer, ",\"flags\":{");
    first = true;
    for (unsigned bit = 0; bit < FLAG_BITS; bit++)
        if (counts->flags[bit] > 0)
            put_pair(writer, &first, sbfota_flag_name(1U << bit), counts->flags[bit]);
    writer_byte(writer, '}');
}

size_t counts_quality(const struct counts *counts, const struct fleet *fleet,
                      struct quality_row rows[QUALITY_ROWS])
{
    const uint64_t messages = counts->messages;
    size_t count = 0;
    rows[count++] = (struct quality_row){"understood", counts->understood, messages, "messages"};
    rows[count++] = (struct quality_row){"unknown keyword", counts->kinds[SBFOTA_UNKNOWN], messages,
                                         "messages"};
    rows[count++] =
        (struct quality_row){"malformed", counts->kinds[SBFOTA_MALFORMED], messages, "messages"};
    rows[count++] = (struct quality_row){"over-long lines", counts->kinds[SBFOTA_OVERLONG],
                                         counts->lines, "lines"};
    rows[count++] =
        (struct quality_row){"sent by the host", counts->sent, counts->events, "events"};
    if (fleet == NULL)
        return count;
    rows[count++] = (struct quality_row){"repeated", fleet->repeats, counts->events, "events"};
    rows[count++] = (struct quality_row){"clock gone back", fleet->clocks_back, fleet->events,
                                         "events with a time"};
    return count;
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
        put_coloured(writer, look, i > 0 && rows[i].count > 0 ? COLOUR_YELLOW : "", rows[i].name,
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
    if (counts->messages > 0) {
        char text[40];
        snprintf(text, sizeof text, ",\"understood_share\":%.4f",
                 (double)counts->understood / (double)counts->messages);
        writer_string(writer, text);
    }
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
