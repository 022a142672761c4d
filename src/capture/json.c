/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <string.h>

#include "span.h"

#include "jsonl.inc"

/* What a field may be called; the first of these that an object has is taken. */
static const char *const text_names[] = {"text", "message", "MESSAGE", "msg", "data", "line",
                                         "raw",  "payload", "at",      "log", NULL};
static const char *const time_names[] = {"time", "timestamp", "@timestamp", "ts",
                                         "date", "t",         "datetime",   NULL};
static const char *const modem_names[] = {"modem", "device", "imei", "modem_id", "device_id",
                                          "port",  "id",     "name", "host",     NULL};
static const char *const direction_names[] = {"dir", "direction", NULL};

/* The best value for a field so far. */
struct choice {
    size_t rank; /* of its name */
    struct bytes value;
    bool is_string;
};

static bool is(struct bytes name, const char *word)
{
    return name.length == strlen(word) && memcmp(name.data, word, name.length) == 0;
}

static void choose(struct choice *choice, const char *wanted, const char *const usual[],
                   struct bytes name, struct bytes value, bool is_string)
{
    const char *const only[] = {wanted, NULL};
    const char *const *const names = wanted != NULL ? only : usual;
    for (size_t rank = 0; names[rank] != NULL; rank++)
        if (is(name, names[rank]) && (choice->value.data == NULL || rank < choice->rank))
            *choice = (struct choice){rank, value, is_string};
}

static enum direction read_direction(struct bytes word)
{
    static const char *const rx[] = {"rx", "RX", "<", "in", "from", "recv", "received"};
    static const char *const tx[] = {"tx", "TX", ">", "out", "to", "send", "sent"};
    for (size_t i = 0; i < sizeof rx / sizeof rx[0]; i++) {
        if (is(word, rx[i]))
            return DIRECTION_RX;
        if (is(word, tx[i]))
            return DIRECTION_TX;
    }
    return DIRECTION_NONE;
}

void json_line_read(const struct json_names *names, const char *begin, const char *end,
                    struct line *line)
{
    struct choice text = {0, {NULL, 0}, false};
    struct choice time = text;
    struct choice modem = text;
    struct choice direction = text;
    struct bytes name = {NULL, 0};
    struct bytes value;
    const char *next = begin;
    int depth = 0;
    enum json_token token;

    while (next < end && (token = read_json(&next, &value)) != JSON_END) {
        if (token == JSON_NAME && depth == 1)
            name = value;
        if ((token == JSON_STRING || token == JSON_SCALAR) && depth == 1 && name.data != NULL) {
            const bool is_string = token == JSON_STRING;
            if (is_string)
                choose(&text, names->text, text_names, name, value, is_string);
            const bool is_none = value.length == 0 || (!is_string && is(value, "null"));
            if (!is_none) {
                choose(&time, names->time, time_names, name, value, is_string);
                choose(&modem, names->modem, modem_names, name, value, is_string);
                choose(&direction, NULL, direction_names, name, value, is_string);
            }
        }
        if (token == JSON_OPEN)
            depth++;
        if (token == JSON_CLOSE)
            depth--;
        if (token != JSON_NAME)
            name.data = NULL;
    }
    memset(line, 0, sizeof *line);
    line->text = (struct bytes){begin, (size_t)(end - begin)};
    if (text.value.data == NULL) {
        line->role = *begin == '{' ? LINE_NOISE : LINE_BARE;
        return;
    }
    line->role = LINE_RECORD;
    line->sureness = SURE;
    line->text = text.value;
    line->time = time.value;
    line->modem = modem.value;
    line->direction = read_direction(direction.value);
}
