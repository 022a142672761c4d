/* SPDX-License-Identifier: MIT
 *
 * The formatter as a table of snprintf formats, made once from the catalogue. */
#include <stdio.h>

#include <sbfota/texts.h>

#include "codec/jobs.h"

static char formats[SBFOTA_KIND_COUNT][96];

static const char *head_of(enum sbfota_family family)
{
    switch (family) {
    case SBFOTA_FAMILY_URC: return "+QIND: \"SBFOTA\",";
    case SBFOTA_FAMILY_CME: return "+CME ERROR: ";
    case SBFOTA_FAMILY_RESPONSE: return "+QCFGEXT: ";
    case SBFOTA_FAMILY_COMMAND: return "AT+QCFGEXT=";
    case SBFOTA_FAMILY_TEST: return "AT+QCFGEXT=?";
    case SBFOTA_FAMILY_WORD:
    case SBFOTA_FAMILY_LINE: break;
    }
    return "";
}

static const char *value_of(enum sbfota_argument argument)
{
    switch (argument) {
    case SBFOTA_ARGUMENT_NONE:
    case SBFOTA_ARGUMENT_TEXT: return "";
    case SBFOTA_ARGUMENT_CME_CODE: return "%d";
    case SBFOTA_ARGUMENT_PERCENT: return ",%d%%";
    case SBFOTA_ARGUMENT_RANGE: return ",(%d-%u)";
    case SBFOTA_ARGUMENT_SECONDS:
    case SBFOTA_ARGUMENT_PARA:
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: break;
    }
    return ",%d";
}

static void make_format(unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    const char *const quote =
        message->family == SBFOTA_FAMILY_WORD || message->keyword[0] == '\0' ? "" : "\"";
    const bool staged = message->stage[0] != '\0';
    const bool host = message->sender == SBFOTA_SENDER_HOST;
    snprintf(formats[kind], sizeof formats[kind], "%s%s%s%s%s%s%s%s%s%s", host ? "" : "\r\n",
             head_of(message->family), quote, message->keyword, quote, staged ? ",\"" : "",
             message->stage, staged ? "\"" : "", value_of(message->argument), host ? "\r" : "\r\n");
}

size_t format_snprintf(const struct input *input, struct tally *tally)
{
    if (formats[SBFOTA_OK][0] == '\0')
        for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++)
            make_format(kind);

    size_t length = 0;
    for (size_t i = 0; i < input->event_count; i++) {
        const struct sbfota_event *const event = &input->events[i];
        int written;
        if (event->kind == SBFOTA_RANGE && event->detail == SBFOTA_PARAMETER_ACCEPT)
            written = snprintf(input->out + length, input->out_size - length,
                               "\r\n+QCFGEXT: \"sbfota_accept\",(%d-%u)\r\n", event->value,
                               event->extent);
        else
            written = snprintf(input->out + length, input->out_size - length, formats[event->kind],
                               event->value, event->extent);
        length += (size_t)written;
        tally_add(tally, event->kind, (int64_t)event->value + event->extent);
    }
    return length;
}
