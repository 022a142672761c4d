/* SPDX-License-Identifier: MIT
 *
 * The modems of a report as JSON for its script: arrays and dictionaries, since ten thousand modems go into less than a
 * megabyte. docs/report.md has the layout. */
#include <string.h>

#include "cli/report/html.h"
#include "cli/report/report.h"
#include "log/sessions/advice.h"
#include "log/text/names.h"

enum {
    TEXTS_MOST = 160,  /* different texts of the catalogues that endings refer to */
    FRAME_ROOM = 12000 /* bytes of all but modems and endings */
};

struct data {
    struct names endings; /* by a struct failure */
    size_t ending_room;   /* bytes that they will take, at most */
    const char *texts[TEXTS_MOST];
    unsigned text_count;
};

/* The number of a text of ours, which is told from others by its place in memory. */
static unsigned text_number(struct data *data, const char *text)
{
    for (unsigned i = 0; i < data->text_count; i++)
        if (data->texts[i] == text)
            return i;
    if (data->text_count < TEXTS_MOST)
        data->texts[data->text_count++] = text;
    return data->text_count - 1;
}

/* To the base of 36; nothing for 0. */
static void put_short(struct writer *writer, uint64_t number)
{
    char digits[16];
    size_t first = sizeof digits;
    for (; number > 0; number /= 36)
        digits[--first] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
    writer_put(writer, digits + first, sizeof digits - first);
}

static void put_time(struct writer *writer, int64_t seconds)
{
    if (seconds > 0)
        put_short(writer, (uint64_t)seconds);
}

/* Separators at the end say nothing. */
static void trim(struct writer *writer, char separator)
{
    while (writer->used > 0 && writer->buffer[writer->used - 1] == separator)
        writer->used--;
}

static void put_attempt(struct data *data, const struct report_attempt *attempt,
                        struct writer *writer)
{
    const uint32_t before = data->endings.count;
    const uint32_t ending = names_add(
        &data->endings, (struct bytes){(const char *)&attempt->ending, sizeof attempt->ending});
    data->ending_room += data->endings.count > before ? sizeof "[0,0,-2147483648,100,100]," : 0;
    writer->failed = writer->failed || ending == NAME_UNKNOWN;
    put_time(writer, attempt->started);
    writer_byte(writer, ',');
    put_short(writer, ending);
    writer_byte(writer, ',');
    if (attempt->trace != NULL)
        writer_put(writer, attempt->trace, attempt->trace_length);
    writer_byte(writer, ',');
    put_short(writer, attempt->percent == SBFOTA_NO_PERCENT ? 0 : attempt->percent + 1U);
    writer_byte(writer, ',');
    put_short(writer, attempt->problems);
    writer_byte(writer, ',');
    if (attempt->report_code != 0)
        writer_number(writer, attempt->report_code);
    trim(writer, ',');
}

/* ["name",flags,"sums","attempts"] */
static void put_modem(const struct report *report, struct data *data, size_t at, unsigned kept,
                      struct writer *writer)
{
    struct fleet_member member;
    const struct report_modem *const modem = report_modem_at(report, at, &member);
    const struct modem_state *const state = &modem->state;
    const unsigned stopped = sbfota_session_polling_stopped(member.session);
    writer_string(writer, "[\"");
    html_put_json_text(writer, member.name);
    writer_print(writer, "\",%u,\"", (unsigned)!member.named | stopped << 1);
    const uint32_t sums[] = {state->attempts, state->updated, state->power_losses, modem->resumes};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        put_short(writer, sums[i]);
        writer_byte(writer, ',');
    }
    if (state->dated)
        put_time(writer, state->seen_ms / 1000);
    trim(writer, ',');
    writer_string(writer, "\",\"");
    for (unsigned back = 0; back < kept && back < state->attempts; back++) {
        if (back > 0)
            writer_byte(writer, ';');
        put_attempt(data, report_modem_attempt(modem, back), writer);
    }
    writer_string(writer, "\"],\n");
}

/* Modems in their order with so many attempts each, until there is no room: how many they are. */
static size_t put_modems(const struct report *report, struct data *data, unsigned kept, size_t room,
                         struct writer *writer)
{
    const size_t begin = writer->used;
    size_t count = 0;
    for (; count < report->modem_count && !writer->failed; count++) {
        const size_t before = writer->used;
        put_modem(report, data, count, kept, writer);
        if (writer->used - begin + data->ending_room > room) {
            writer->used = before;
            break;
        }
    }
    return count;
}

/* The same where all have room with `least` attempts, and take `size` bytes so: the first ones have as many as can be
 * drawn, while the rest has its room. */
static void put_more(const struct report *report, struct data *data, unsigned least, size_t size,
                     size_t room, struct writer *writer)
{
    const size_t begin = writer->used;
    size_t rest = size;
    bool roomy = least < REPORT_KEPT;
    for (size_t i = 0; i < report->modem_count && !writer->failed; i++) {
        const size_t before = writer->used;
        put_modem(report, data, i, least, writer);
        rest -= writer->used - before;
        if (!roomy)
            continue;
        writer->used = before;
        put_modem(report, data, i, REPORT_KEPT, writer);
        roomy = writer->used - begin + rest + data->ending_room <= room;
        if (!roomy) {
            writer->used = before;
            put_modem(report, data, i, least, writer);
        }
    }
}

static void put_names(struct writer *writer, const char *key, unsigned end, bool bits,
                      const char *(*name)(unsigned))
{
    writer_print(writer, ",\n\"%s\":[", key);
    for (unsigned i = 0; i < end; i++)
        writer_print(writer, "%s\"%s\"", i == 0 ? "" : ",", name(bits ? 1U << i : i));
    writer_byte(writer, ']');
}

static void put_endings(struct data *data, struct writer *writer)
{
    writer_string(writer, ",\n\"endings\":[");
    for (uint32_t i = 0; i < data->endings.count; i++) {
        struct failure failure;
        memcpy(&failure, names_text(&data->endings, i).data, sizeof failure);
        writer_print(writer, "%s[%u,%u", i == 0 ? "" : ",", (unsigned)failure.outcome,
                     (unsigned)failure.phase);
        if (!outcome_fails(failure.outcome)) {
            writer_byte(writer, ']');
            continue;
        }
        const char *const text = failure_text(&failure);
        if (failure.table == SBFOTA_CODE_TABLE_NONE)
            writer_string(writer, ",null");
        else
            writer_print(writer, ",%d", (int)failure.code);
        writer_print(writer, ",%u,%u]",
                     text_number(data, text == NULL ? "not in the manual" : text),
                     text_number(data, advice_on(&failure)));
    }
    writer_string(writer, "],\n\"texts\":[");
    for (unsigned i = 0; i < data->text_count; i++) {
        writer_string(writer, i == 0 ? "\"" : ",\"");
        html_put_json_text(writer, (struct bytes){data->texts[i], strlen(data->texts[i])});
        writer_byte(writer, '"');
    }
    writer_byte(writer, ']');
}

/* All modems with as many attempts as there is room for, or those that have room with one each: how many attempts of each
 * are there at least. */
static unsigned fill(const struct report *report, struct data *data, size_t room,
                     struct writer *writer)
{
    static const uint8_t choices[] = {REPORT_KEPT, 6, 4, 3, 2, 1};
    const size_t begin = writer->used;
    for (size_t i = 0; i < sizeof choices; i++) {
        const size_t count = put_modems(report, data, choices[i], room, writer);
        if (count == report->modem_count) {
            const size_t size = writer->used - begin;
            writer->used = begin;
            put_more(report, data, choices[i], size, room, writer);
            return choices[i];
        }
        if (i + 1 < sizeof choices)
            writer->used = begin;
    }
    return 1;
}

void report_put_data(const struct report *report, size_t room, struct writer *writer)
{
    struct data data = {.text_count = 0};
    unsigned problems = 0;
    writer_string(writer, "{\"modems\":[\n");
    const unsigned kept = fill(report, &data, room > FRAME_ROOM ? room - FRAME_ROOM : 0, writer);
    if (!writer->failed && writer->buffer[writer->used - 2] == ',')
        writer->used -= sizeof ",\n" - 1;
    writer_print(writer, "],\n\"kept\":%u,\"all\":%u,\"phases\":\"" REPORT_PHASES "\"", kept,
                 (unsigned)report->modem_count);
    put_names(writer, "phase_names", SBFOTA_PHASE_COUNT, false, sbfota_phase_name);
    put_names(writer, "outcomes", SBFOTA_OUTCOME_COUNT, false, sbfota_outcome_name);
    while (SBFOTA_PROBLEM_ALL >> problems != 0)
        problems++;
    put_names(writer, "problems", problems, true, sbfota_problem_name);
    put_endings(&data, writer);
    writer_string(writer, "}\n");
    names_free(&data.endings);
}
