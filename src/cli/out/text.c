/* SPDX-License-Identifier: MIT
 *
 * Text for people: a line an event, in columns, the meaning beside the code. */
#include <stdio.h>
#include <string.h>

#include <sbfota/texts.h>

#include "cli/out/decode_output.h"
#include "cli/writing/look.h"
#include "cli/writing/put.h"

enum {
    NAME_WIDTH = 14,
    BAR_WIDTH = 20
};

static void colour(struct decode_output *output, const char *code)
{
    if (output->colour)
        writer_string(output->writer, code);
}

static const char *event_colour(const struct record *record)
{
    const struct sbfota_event *const event = &record->event;
    switch (event->kind) {
    case SBFOTA_HTTP_END:
    case SBFOTA_END:
    case SBFOTA_REPORT_END: return event->value == 0 ? COLOUR_GREEN : COLOUR_RED;
    case SBFOTA_OK: return COLOUR_GREEN;
    case SBFOTA_POLLING_ERROR:
    case SBFOTA_ERROR:
    case SBFOTA_CME_ERROR:
    case SBFOTA_MALFORMED: return COLOUR_RED;
    case SBFOTA_UNKNOWN:
    case SBFOTA_OVERLONG:
    case SBFOTA_RESUME: return COLOUR_YELLOW;
    case SBFOTA_OTHER: return COLOUR_DIM;
    }
    return record_is_hosts(event->kind) ? COLOUR_CYAN : "";
}

static void put_amount(struct writer *writer, const char *before, long amount, const char *unit)
{
    writer_string(writer, before);
    writer_number(writer, amount);
    writer_string(writer, unit);
}

/* Seconds, and the same in days, hours and minutes where that is easier to grasp. */
static void put_seconds(struct writer *writer, long seconds)
{
    const long minutes = seconds % 3600 / 60;
    put_amount(writer, "", seconds, " s");
    if (seconds >= 7200) {
        put_amount(writer, " (", seconds / 86400, " d ");
        put_amount(writer, "", seconds % 86400 / 3600, " h ");
        put_amount(writer, "", minutes, " min)");
    } else if (seconds >= 120) {
        put_amount(writer, " (", minutes + seconds / 3600 * 60, " min ");
        put_amount(writer, "", seconds % 60, " s)");
    }
}

static void put_percent(struct decode_output *output, long percent)
{
    char text[16];
    snprintf(text, sizeof text, "%3ld %%", percent);
    writer_string(output->writer, text);
    if (percent < 0 || percent > 100)
        return;
    writer_string(output->writer, "  ");
    colour(output, COLOUR_GREEN);
    for (long i = 0; i < BAR_WIDTH; i++) {
        if (i == percent * BAR_WIDTH / 100)
            colour(output, COLOUR_DIM);
        writer_byte(output->writer, i < percent * BAR_WIDTH / 100 ? '#' : '.');
    }
    colour(output, COLOUR_PLAIN);
}

static void put_code(struct writer *writer, const struct sbfota_event *event)
{
    const struct sbfota_code_row *const code =
        sbfota_code(sbfota_table_of_kind(event->kind), event->value);
    writer_number(writer, event->value);
    if (code == NULL)
        return;
    writer_string(writer, "  ");
    writer_string(writer, code->text);
    if (code->aftermath != SBFOTA_AFTERMATH_NONE)
        writer_string(writer, code->aftermath == SBFOTA_AFTERMATH_STOPPED
                                  ? "; polling stops"
                                  : "; next poll in 14 to 15 days");
}

static void put_reason(struct writer *writer, const struct record *record)
{
    const struct sbfota_event *const event = &record->event;
    if (event->kind == SBFOTA_UNKNOWN) {
        writer_byte(writer, '"');
        text_put_safe(writer, record_part(record));
        writer_string(writer, "\"  ");
    }
    if (event->detail != SBFOTA_REASON_NONE)
        writer_string(writer, sbfota_reason_summary(event->detail));
    if (event->kind == SBFOTA_MALFORMED) {
        writer_string(writer, ", at byte ");
        writer_number(writer, event->value);
    }
    if (event->kind == SBFOTA_OVERLONG) {
        writer_number(writer, (long long)event->length);
        writer_string(writer, " bytes, discarded");
    }
}

static void put_value(struct decode_output *output, const struct record *record,
                      enum sbfota_argument argument)
{
    struct writer *const writer = output->writer;
    const struct sbfota_event *const event = &record->event;
    switch (argument) {
    case SBFOTA_ARGUMENT_NONE: writer_string(writer, sbfota_message(event->kind)->summary); break;
    case SBFOTA_ARGUMENT_SECONDS: put_seconds(writer, event->value); break;
    case SBFOTA_ARGUMENT_PERCENT: put_percent(output, event->value); break;
    case SBFOTA_ARGUMENT_PARA: writer_number(writer, event->value); break;
    case SBFOTA_ARGUMENT_RANGE:
        writer_string(writer, event->detail == SBFOTA_PARAMETER_ACCEPT ? "sbfota_accept "
                                                                       : "sbfota_delay ");
        writer_number(writer, event->value);
        writer_string(writer, " to ");
        writer_number(writer, event->extent);
        break;
    case SBFOTA_ARGUMENT_CME_CODE:
        if (event->extent > 0)
            text_put_safe(writer, record_part(record));
        else
            writer_number(writer, event->value);
        break;
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: put_code(writer, event); break;
    case SBFOTA_ARGUMENT_TEXT: put_reason(writer, record); break;
    }
}

static void put_flags(struct decode_output *output, unsigned flags)
{
    const char *separator = "  [";
    if (flags == 0)
        return;
    colour(output, COLOUR_YELLOW);
    for (unsigned bit = 1; bit <= flags; bit <<= 1) {
        if (flags & bit) {
            writer_string(output->writer, separator);
            writer_string(output->writer, sbfota_flag_name(bit));
            separator = ", ";
        }
    }
    writer_byte(output->writer, ']');
    colour(output, COLOUR_PLAIN);
}

void text_put_heading(struct writer *writer, const char *file, bool first)
{
    if (!first)
        writer_byte(writer, '\n');
    writer_string(writer, "==> ");
    text_put_safe(writer, (struct bytes){file, strlen(file)});
    writer_string(writer, " <==\n");
}

static void put_line_number(struct decode_output *output, const struct record *record)
{
    char line[24];
    snprintf(line, sizeof line, "%6llu", record->line);
    colour(output, COLOUR_DIM);
    writer_string(output->writer, line);
    colour(output, COLOUR_PLAIN);
}

/* `>` to the module, `<` from it, nothing where that is clear. */
static const char *direction_mark(const struct record *record)
{
    if (record->direction == DIRECTION_TX)
        return " > ";
    if (record->direction == DIRECTION_RX)
        return " < ";
    return record_is_hosts(record->event.kind) ? " > " : "   ";
}

/* Whose line it is where the log does not say that, the name, and what stands before the value. */
void text_prepare(struct decode_output *output)
{
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        struct json_event *const event = &output->events[kind];
        struct writer writer = {.buffer = event->bytes, .capacity = sizeof event->bytes};
        const char *const name = sbfota_message(kind)->name;
        writer_string(&writer, record_is_hosts(kind) ? " > " : "   ");
        writer_string(&writer, name);
        text_put_padding(&writer, strlen(name), NAME_WIDTH);
        writer_string(&writer, "  ");
        event->length = (uint8_t)writer.used;
    }
}

const struct json_code *text_code_keep(struct decode_output *output,
                                       const struct sbfota_event *event)
{
    struct json_code *const code = json_code_place(output, event);
    struct writer writer = {.buffer = code->bytes, .capacity = sizeof code->bytes};
    put_code(&writer, event);
    code->value = event->value;
    code->kind = event->kind;
    code->length = (uint8_t)writer.used;
    return code;
}

void text_put(struct decode_output *output, const struct record *record)
{
    struct writer *const writer = output->writer;
    const struct sbfota_message_row *const message = sbfota_message(record->event.kind);
    const char *const shade = event_colour(record);

    if (!output->bare)
        put_line_number(output, record);
    if (record->time.data != NULL) {
        writer_string(writer, "  ");
        text_put_safe(writer, record->time);
    }
    if (record->modem.data != NULL) {
        writer_string(writer, "  ");
        text_put_padding(writer, text_put_safe(writer, record->modem), 12);
    }
    writer_string(writer, direction_mark(record));
    colour(output, shade);
    writer_string(writer, message->name);
    text_put_padding(writer, strlen(message->name), NAME_WIDTH);
    colour(output, COLOUR_PLAIN);
    writer_string(writer, "  ");
    put_value(output, record, (enum sbfota_argument)message->argument);
    if (record->answers != SBFOTA_NONE) {
        writer_string(writer, ", answers ");
        writer_string(writer, sbfota_message(record->answers)->name);
    }
    put_flags(output, record_flags(record));
    if ((output->raw && record->event.kind != SBFOTA_OVERLONG) || record_needs_raw(record)) {
        writer_string(writer, record->event.kind == SBFOTA_OTHER ? "" : "  | ");
        text_put_safe(writer, record->text);
    }
    writer_byte(writer, '\n');
}
