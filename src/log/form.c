/* SPDX-License-Identifier: MIT */
#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "json.h"
#include "json_stream.h"
#include "learned.h"
#include "logfmt.h"
#include "nest.h"
#include "time.h"

const struct capture_form capture_forms[] = {
    {"raw", "+QIND: \"SBFOTA\",\"START\"",
     "the bytes of the wire, as picocom, minicom, screen or a logic analyser save them", FORM_RAW,
     ESCAPES_NONE, FRAMING_LINES, false},
    {"bracket", "[2026-11-23 20:37:48.479] +QIND: \"SBFOTA\",\"START\"",
     "a time in brackets: minicom, tio, CuteCom, Tera Term, QCOM", FORM_BRACKET, ESCAPES_ANY,
     FRAMING_EITHER, true},
    {"syslog", "Nov  2 10:00:00 gw1 modemd[123]: +QIND: \"SBFOTA\",\"START\"",
     "syslog, journald, ts: a time, perhaps a host and a program", FORM_SYSLOG, ESCAPES_ANY,
     FRAMING_EITHER, true},
    {"modemmanager",
     "<dbg> [1604282400.123456] [ttyUSB2/at] <-- '<CR><LF>+QIND: \"SBFOTA\",\"START\"<CR><LF>'",
     "ModemManager --debug, alone or in the system's log", FORM_MODEMMANAGER, ESCAPES_MANAGER,
     FRAMING_ESCAPES, false},
    {"qnavigator", "[2019-01-31 02:58:52:462_R:] +QIND: \"SBFOTA\",\"START\"", "QNavigator",
     FORM_QNAVIGATOR, ESCAPES_ANY, FRAMING_EITHER, true},
    {"sscom", "[15:37:11.116]\xe6\x94\xb6\xe2\x86\x90\xe2\x97\x86+QIND: \"SBFOTA\",\"START\"",
     "SSCOM and XCOM, in UTF-8 or GBK", FORM_SSCOM, ESCAPES_ANY, FRAMING_CHUNKS, false},
    {"arduino", "23:18:42.916 -> +QIND: \"SBFOTA\",\"START\"", "the Arduino serial monitor",
     FORM_ARDUINO, ESCAPES_ANY, FRAMING_EITHER, true},
    {"zephyr",
     "[00:00:33.811,584] <dbg> modem_chat: modem_chat_log_received_command: +QIND: \"SBFOTA\" "
     "\"START\"",
     "Zephyr and NCS; modem_chat has lost the commas", FORM_ZEPHYR, ESCAPES_ANY, FRAMING_EITHER,
     true},
    {"esp-idf", "I (12345) modem: +QIND: \"SBFOTA\",\"START\"", "ESP-IDF", FORM_ESP_IDF,
     ESCAPES_ANY, FRAMING_EITHER, true},
    {"particle", "0000025599 [ncp.at] TRACE: < +QIND: \"SBFOTA\",\"START\"", "Particle Device OS",
     FORM_PARTICLE, ESCAPES_ANY, FRAMING_EITHER, true},
    {"ril", "11-02 10:00:00.123  1234  1250 D RILC    : AT< +QIND: \"SBFOTA\",\"START\"",
     "Android's radio interface layer in logcat", FORM_RIL, ESCAPES_ANY, FRAMING_EITHER, true},
    {"ofono", "ofonod[123]: Aux: < \\r\\n+QIND: \"SBFOTA\",\"START\"\\r\\n",
     "oFono with OFONO_AT_DEBUG", FORM_OFONO, ESCAPES_ANY, FRAMING_ESCAPES, false},
    {"chat", "chat[123]: +QIND: \"SBFOTA\",\"START\"^M", "pppd's chat -v", FORM_CHAT, ESCAPES_CARET,
     FRAMING_LINES, false},
    {"socat", "< 2026/11/23 20:38:34.000410375  length=15 from=225 to=239", "socat -v", FORM_SOCAT,
     ESCAPES_SOCAT, FRAMING_ESCAPES, false},
    {"socat-hex", " 2b 51 49 4e 44 3a 20 22 53 42 46 4f 54 41 22 2c  +QIND: \"SBFOTA\",",
     "socat -v -x", FORM_SOCAT_HEX, ESCAPES_HEX, FRAMING_ESCAPES, false},
    {"dump", "00000010  2b 51 49 4e 44 3a 20 22  53 42 46 4f 54 41 22 2c  |+QIND: \"SBFOTA\",|",
     "digits: hexdump, xxd, od, and what firmware and terminals print in hexadecimal", FORM_DUMP,
     ESCAPES_HEX, FRAMING_ESCAPES, false},
    {"quoted", "< b'\\r\\n+QIND: \"SBFOTA\",\"START\"\\r\\n'",
     "texts in quotes as Python, gammu or mbed print them", FORM_QUOTED, ESCAPES_ANY,
     FRAMING_EITHER, true},
    {"gateway", "2020-11-02T10:00:00.123Z modem-7 < +QIND: \"SBFOTA\",\"START\"",
     "a time, perhaps a modem's name, < or RX from the module, > or TX to it", FORM_GATEWAY,
     ESCAPES_ANY, FRAMING_EITHER, true},
    {"jsonl", "{\"time\":\"2020-11-02T10:00:00Z\",\"modem\":\"m1\",\"text\":\"+QIND: ...\"}",
     "JSON Lines: --field, --time-field and --modem-field name the fields", FORM_JSONL,
     ESCAPES_JSON, FRAMING_EITHER, false},
    {"json", "{ \"events\": [ { \"timestamp\": 1604282400123, \"message\": \"+QIND: ...\" },",
     "JSON over several lines, or many records on one; the same options", FORM_JSON, ESCAPES_JSON,
     FRAMING_EITHER, false},
    {"logfmt", "time=2020-11-02T10:00:00Z level=debug msg=\"+QIND: \\\"SBFOTA\\\",\\\"START\\\"\"",
     "logfmt: --field, --time-field and --modem-field name the fields", FORM_LOGFMT, ESCAPES_ANY,
     FRAMING_EITHER, false},
    {"csv", "2020-11-02 10:00:00,rx,\"+QIND: \"\"SBFOTA\"\",\"\"START\"\"\"",
     "CSV with , ; or TAB, with names in its first line or none; the same options", FORM_CSV,
     ESCAPES_CSV, FRAMING_EITHER, false},
    {"learned", "gw1 | modem: +QIND: \"SBFOTA\",\"START\"",
     "any other: what stands before and behind the texts is learned from the log", FORM_LEARNED,
     ESCAPES_ANY, FRAMING_EITHER, true},
    {NULL, NULL, NULL, FORM_RAW, ESCAPES_NONE, FRAMING_LINES, false},
};

const struct capture_form *capture_form_find(const char *name)
{
    for (const struct capture_form *form = capture_forms; form->name != NULL; form++)
        if (strcmp(form->name, name) == 0)
            return form;
    return NULL;
}

enum escapes reading_escapes(const struct reading *reading, const struct line *line)
{
    if (line->lossy)
        return ESCAPES_ZEPHYR;
    if (line->learned)
        return reading->learned->doubled ? ESCAPES_CSV : ESCAPES_ANY;
    return line->escapes != ESCAPES_NONE ? line->escapes : reading->form->escapes;
}

/* What the form knows of a line whose shape was learned: what its time counts from, and whose name stands in it. */
static void complete(struct line *line, const struct line *named, const char *begin,
                     const char *end)
{
    if (named->time.data != NULL)
        line->time = named->time;
    if (!line->judged)
        line->direction = named->direction;
    line->lossy = line->lossy || named->lossy;
    const bool counts = line->counter.data != NULL && named->modem.data != NULL &&
                        line->counter.data >= named->modem.data &&
                        line->counter.data < named->modem.data + named->modem.length;
    if (line->modem.data == NULL && !counts && learned_is_name(named->modem, begin, end))
        line->modem = named->modem;
}

static bool has_fields(enum form form)
{
    return form == FORM_JSONL || form == FORM_JSON || form == FORM_LOGFMT || form == FORM_CSV;
}

static void read_fields(const struct reading *reading, const char *begin, const char *end,
                        struct line *line)
{
    const struct field_names names = found_names(&reading->found, reading->names);
    switch (reading->form->form) {
    case FORM_JSONL: json_line_read(&names, begin, end, line); break;
    case FORM_LOGFMT: logfmt_line_read(&names, begin, end, line); break;
    case FORM_CSV: csv_line_read(&reading->columns, begin, end, line); break;
    default:
        /* What a line of JSON over several lines is, those before it tell. */
        memset(line, 0, sizeof *line);
        line->role = LINE_NOISE;
        line->time = json_member_time(&names, begin, end);
        break;
    }
    if (reading->learned != NULL && line->role == LINE_RECORD)
        nest_read(reading->learned, reading->torn, line);
}

/* Does a form know of a line what its learned shape does not tell: a modem's name, or what the time counts from? */
static bool knows_more(enum form form)
{
    return form != FORM_LEARNED && form != FORM_SYSLOG && form != FORM_BRACKET &&
           form != FORM_ARDUINO;
}

/* Is it another program's line of a system's log, whose OK is no answer to the modem's commands? The modem's program is known by its
 * messages. */
static bool is_of_another(const struct reading *reading, const struct line *named,
                          const char *begin, const char *end)
{
    struct sbfota_event event;
    if (reading->learned == NULL || reading->form->form != FORM_SYSLOG ||
        named->role != LINE_RECORD)
        return false;
    sbfota_decode_line(named->text.data, named->text.length, &event);
    const bool is_word = event.kind == SBFOTA_RDY || event.kind == SBFOTA_APP_RDY ||
                         event.kind == SBFOTA_OK || event.kind == SBFOTA_ERROR ||
                         event.kind == SBFOTA_CME_ERROR;
    return is_word && !learned_is_near(reading->learned, begin, end);
}

void reading_line(const struct reading *reading, const char *begin, const char *end,
                  struct line *line)
{
    const enum form form = reading->form->form;
    if (reading->header.known) {
        if (header_read(&reading->header, begin, end, line))
            return;
        begin = header_skip_length(begin, end);
    }
    struct line named;
    if (has_fields(form)) {
        read_fields(reading, begin, end, line);
        return;
    }
    const bool is_learned = reading->learned != NULL &&
                            learned_line_read(reading->learned, reading->torn, begin, end, line);
    if (is_learned && !knows_more(form))
        return;
    line_read(form, begin, end, &named);
    if (!is_learned && is_of_another(reading, &named, begin, end)) {
        memset(line, 0, sizeof *line);
        line->text = (struct bytes){begin, (size_t)(end - begin)};
    } else if (!is_learned)
        *line = named;
    else if (named.role != LINE_BARE && named.text.data == line->text.data)
        complete(line, &named, begin, end);
}

enum {
    LINES_LOOKED_AT = 200
};

/* Does a text hold line ends that its form has escaped? */
static bool has_ends(enum escapes escapes, struct bytes text)
{
    char bytes[1024];
    struct place places[1024];
    struct wire wire = {.bytes = bytes, .places = places, .capacity = sizeof bytes};
    wire_read(&wire, escapes, text, text.data);
    return wire.has_ends;
}

/* What the first lines of a file say of one form. */
struct look {
    unsigned lines;   /* not empty */
    unsigned matched; /* the form's own */
    unsigned points;  /* of sureness; the possible ones count only between equals */
};

/* The next line of a sample that is not empty, from *next on, which goes behind it. False at the sample's end. Its last line
 * ends too. */
static bool next_line(const char **next, const char *limit, const char **begin, const char **end)
{
    while (*next < limit) {
        *begin = *next;
        *end = memchr(*begin, '\n', (size_t)(limit - *begin));
        *next = *end + 1;
        if (*end - *begin > (**begin == '\r'))
            return true;
    }
    return false;
}

/* What must be known of a log before its lines can be read. */
static void prepare(struct reading *reading, struct bytes sample)
{
    const enum form form = reading->form->form;
    memset(&reading->found, 0, sizeof reading->found);
    if (form == FORM_CSV)
        csv_look(reading->names, sample, &reading->columns);
    else if (form == FORM_JSONL)
        found_names_look(&reading->found, reading->names, json_line_read, json_find_text, sample);
    else if (form == FORM_LOGFMT)
        found_names_look(&reading->found, reading->names, logfmt_line_read, logfmt_find_text,
                         sample);
}

static void look(const struct reading *reading, struct bytes sample, struct look *found)
{
    const char *next = sample.data;
    const char *begin;
    const char *end;
    memset(found, 0, sizeof *found);
    while (found->lines < LINES_LOOKED_AT &&
           next_line(&next, sample.data + sample.length, &begin, &end)) {
        struct line line;
        reading_line(reading, begin, end, &line);
        found->lines++;
        found->matched += line.sureness > NOT_MINE;
        found->points +=
            16U * (line.sureness & ~(unsigned)POSSIBLE) + (line.sureness & (unsigned)POSSIBLE);
    }
}

/* Do texts hold line ends that the form has escaped, or messages that the search does not see? */
static bool look_for_ends(const struct reading *reading, struct bytes sample)
{
    const char *next = sample.data;
    const char *begin;
    const char *end;
    for (unsigned lines = 0;
         lines < LINES_LOOKED_AT && next_line(&next, sample.data + sample.length, &begin, &end);
         lines++) {
        struct line line;
        reading_line(reading, begin, end, &line);
        if (line.role != LINE_NOISE &&
            (!wire_shows(line.escapes) || has_ends(reading_escapes(reading, &line), line.text)))
            return true;
    }
    return false;
}

/* Do times that are no dates go back again and again? Then they count from the line before. Midnight and the restart of a
 * clock are rare. */
static bool look_for_deltas(const struct reading *reading, struct bytes sample)
{
    static const int64_t half_a_day = 43200000;
    const char *next = sample.data;
    const char *begin;
    const char *end;
    struct clock_minute minute = {.milliseconds = 0};
    int64_t latest = 0;
    unsigned times = 0;
    unsigned back = 0;
    for (unsigned lines = 0;
         lines < LINES_LOOKED_AT && next_line(&next, sample.data + sample.length, &begin, &end);
         lines++) {
        struct line line;
        char buffer[TIME_SIZE];
        int64_t time;
        reading_line(reading, begin, end, &line);
        const enum clock clock = clock_read(time_show(line.time, buffer), &minute, &time);
        if (clock != CLOCK_DAY && clock != CLOCK_START)
            continue;
        back += times > 0 && time < latest && latest - time < half_a_day;
        latest = time;
        times++;
    }
    return back >= 2 && back * 8 >= times;
}

static void take_look(struct reading *reading, struct bytes sample, const struct look *found)
{
    const enum framing framing = reading->form->framing;
    reading->matched = found->matched;
    reading->looked = found->lines;
    reading->deltas = look_for_deltas(reading, sample);
    reading->torn = framing == FRAMING_ESCAPES || framing == FRAMING_CHUNKS ||
                    reading->form->form == FORM_JSON ||
                    (reading->form->form == FORM_CSV && reading->columns.goes_on) ||
                    (framing == FRAMING_EITHER && look_for_ends(reading, sample));
}

void reading_look(struct reading *reading, struct bytes sample)
{
    struct look found;
    prepare(reading, sample);
    look(reading, sample, &found);
    take_look(reading, sample, &found);
}

bool reading_take(struct reading *reading, struct bytes sample, struct learned **learned)
{
    if (reading->form->may_be_learned) {
        *learned = malloc(sizeof **learned);
        if (*learned == NULL || !learned_make(*learned, sample, reading->modem_token))
            return false;
        reading->learned = *learned;
    }
    reading_look(reading, sample);
    return true;
}

/* A form needs a tenth of the lines to be surely its own, or a third likely so; the first among equals is taken. */
void reading_choose(struct reading *reading, struct bytes sample)
{
    const struct capture_form *best = capture_forms;
    struct look best_look = {0, 0, 0};
    for (const struct capture_form *form = capture_forms + 1; form->name != NULL; form++) {
        struct look found;
        if (form->form == FORM_LEARNED || form->form == FORM_LOGFMT || form->form == FORM_CSV ||
            form->form == FORM_DUMP)
            continue; /* choose.c tries them */
        reading->form = form;
        prepare(reading, sample);
        look(reading, sample, &found);
        const bool enough = found.points * 10 >= found.lines * 16 * (unsigned)SURE;
        if (enough && found.points >= 16 && found.points > best_look.points) {
            best = form;
            best_look = found;
        }
    }
    reading->form = best;
    prepare(reading, sample);
    if (best == capture_forms)
        look(reading, sample, &best_look);
    take_look(reading, sample, &best_look);
}
