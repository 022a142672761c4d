/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "tool/log.h"

#include <string.h>

enum {
    BEGIN = 1772366400,     /* 2026-03-01T12:00:00Z */
    LINE_STEP = 400,        /* milliseconds between two lines, less than */
    SAID_MAX = 256,         /* bytes of a text */
    LINE_MAX = SAID_MAX * 3 /* with its prefix, and all of it escaped */
};

static void stamp_second(struct log *log)
{
    struct tm time;
    gmtime_r(&log->second, &time);
    strftime(log->stamp, sizeof log->stamp, "%Y-%m-%dT%H:%M:%S", &time);
}

void log_begin(struct log *log, FILE *out, enum log_form form)
{
    *log = (struct log){.out = out, .form = form, .dice = {4}, .second = BEGIN};
    stamp_second(log);
}

static void let_time_pass(struct log *log)
{
    log->millisecond += dice_roll(&log->dice, LINE_STEP);
    if (log->millisecond < 1000)
        return;
    log->millisecond -= 1000;
    log->second++;
    stamp_second(log);
}

void log_bytes(struct log *log, const char *bytes, size_t length)
{
    log->bytes += fwrite(bytes, 1, length, log->out);
}

static char *put_text(char *at, const char *text)
{
    const size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

static char *put_time(char *at, const struct log *log)
{
    at = put_text(at, log->stamp);
    *at++ = '.';
    *at++ = (char)('0' + log->millisecond / 100);
    *at++ = (char)('0' + log->millisecond / 10 % 10);
    *at++ = (char)('0' + log->millisecond % 10);
    *at++ = 'Z';
    return at;
}

static char *put_raw(char *at, const struct said *said)
{
    if (!said->from_host)
        at = put_text(at, "\r\n");
    memcpy(at, said->text, said->length);
    at += said->length;
    return put_text(at, said->from_host ? "\r" : "\r\n");
}

static char *put_gateway(char *at, const struct log *log, const struct said *said)
{
    at = put_time(at, log);
    *at++ = ' ';
    at = put_text(at, said->modem);
    at = put_text(at, said->from_host ? " -> " : " <- ");
    memcpy(at, said->text, said->length);
    at += said->length;
    *at++ = '\n';
    return at;
}

static char *put_json(char *at, const struct log *log, const struct said *said)
{
    at = put_text(at, "{\"time\":\"");
    at = put_time(at, log);
    at = put_text(at, "\",\"modem\":\"");
    at = put_text(at, said->modem);
    at = put_text(at, said->from_host ? "\",\"dir\":\"tx\",\"text\":\""
                                      : "\",\"dir\":\"rx\",\"text\":\"");
    for (size_t i = 0; i < said->length; i++) {
        if (said->text[i] == '"' || said->text[i] == '\\')
            *at++ = '\\';
        *at++ = said->text[i];
    }
    return put_text(at, "\"}\n");
}

void log_line(struct log *log, const struct said *said)
{
    char line[LINE_MAX];
    char *end = line;
    let_time_pass(log);
    switch (log->form) {
    case LOG_RAW: end = put_raw(line, said); break;
    case LOG_GATEWAY: end = put_gateway(line, log, said); break;
    case LOG_JSON: end = put_json(line, log, said); break;
    }
    log_bytes(log, line, (size_t)(end - line));
}
