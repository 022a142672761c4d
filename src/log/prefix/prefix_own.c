/* SPDX-License-Identifier: MIT
 *
 * The forms of programs that have one of their own: prefix.h. */
#include <string.h>

#include "log/prefix/piece.h"
#include "log/prefix/prefix.h"
#include "log/prefix/token.h"
#include "log/text/moment.h"
#include "log/text/span.h"

enum {
    CELLS_MAX = 16 /* bytes of a row of socat -x */
};

#include "prefix_own.inc"

/* The log's own words, no text. */
static void take_noise(struct line *line, const char *end, enum sureness sureness)
{
    prefix_take(line, end, end, DIRECTION_NONE, sureness);
    line->role = LINE_NOISE;
}

/* A text up to the last quote. */
static void take_quoted(struct line *line, const char *text, const char *end,
                        enum direction direction, enum sureness sureness)
{
    prefix_take(line, text, end, direction, sureness);
    line->quoted = true;
}

static void read_bracket(const char *at, const char *end, struct line *line)
{
    if (*at == ']')
        prefix_take(line, prefix_skip_paint(at + 1 + is_blank(at[1])), end, DIRECTION_NONE, LIKELY);
}

/* Forms with one of two marks where the time ends. */
static void read_directed(size_t (*read_mark)(const char *at, enum direction *direction),
                          const char *at, const char *end, struct line *line)
{
    enum direction direction;
    const size_t length = read_mark(at, &direction);
    if (length > 0)
        prefix_take(line, at + length, end, direction, SURE);
}

static void read_arduino(struct line_head *head, struct line *line)
{
    const char *const end = head->end;
    const struct stamp *const stamp = line_stamp(head);
    if (stamp->begin != head->from || stamp->kind != MOMENT_CLOCK)
        return;
    const char *const arrow = prefix_skip_blanks(stamp->end);
    if (arrow == stamp->end || arrow[0] != '-' || arrow[1] != '>')
        return;
    const char *text = arrow + 2;
    if (is_blank(*text))
        text++;
    else if ((text = prefix_find_marked(text, end)) == NULL)
        return;
    line->time = stamp->time;
    prefix_take(line, text, end, DIRECTION_NONE, SURE);
}

static void read_zephyr(const char *at, const char *end, struct line *line)
{
    static const char received[] = "received_command:";
    const size_t size = sizeof received - 1;
    const size_t time = read_zephyr_time(at);
    const char *const level = prefix_skip_paint(at + time);
    const size_t module = time == 0 ? 0 : read_zephyr_module(level);
    if (module == 0)
        return;
    const char *const text = level + module;
    const size_t function = read_zephyr_function(text);
    const char *const behind = text + function;
    line->lossy =
        function > size && is_blank(*behind) && memcmp(behind - size, received, size) == 0;
    prefix_take(line, prefix_skip_paint(line->lossy ? prefix_skip_blanks(behind) : text), end,
                DIRECTION_NONE, SURE);
}

static void read_esp_idf(const char *at, const char *end, struct line *line)
{
    struct bytes count;
    struct moment moment;
    const size_t level = read_esp_level(at, &count);
    const char *next = at + level;
    if (level == 0)
        return;
    if (count.data == NULL) {
        next += moment_read(next, end, &moment);
        if (next == at + level || moment.kind != MOMENT_CLOCK || next[0] != ')' || next[1] != ' ')
            return;
        next += 2;
        count = moment.text;
    }
    const size_t tag = read_esp_tag(next);
    const char *text = next + tag;
    if (tag == 0)
        return;
    if (is_blank(*text))
        text = prefix_skip_paint(text + 1);
    else if ((text = prefix_skip_paint(text)) != end)
        return;
    line->time = count;
    prefix_take(line, text, end, DIRECTION_NONE, SURE);
}

static void read_particles(const char *at, const char *end, struct line *line)
{
    struct bytes count;
    const size_t length = read_particle(at, &count);
    const char *const mark = prefix_skip_blanks(at + length);
    if (length == 0)
        return;
    const char *const text = mark > at + length && (*mark == '<' || *mark == '>')
                                 ? prefix_find_marked(mark + 1, end)
                                 : NULL;
    if (text == NULL) {
        take_noise(line, end, SURE);
        return;
    }
    line->time = count;
    prefix_take(line, text, end, *mark == '<' ? DIRECTION_RX : DIRECTION_TX, SURE);
}

static void read_ril(const char *at, const char *end, struct line *line)
{
    struct bytes time = {NULL, 0};
    const char *const body = at + read_logcat_time(at, &time);
    const size_t length = read_logcat(body);
    if (length == 0)
        return;
    const char *const words = body + length;
    const char *mark = words;
    while (mark < end && *mark != '<' && *mark != '>')
        mark++;
    const bool marks = is_blank(*words) && mark < end && mark - words > 2 && mark[-2] == 'A' &&
                       mark[-1] == 'T' && (is_blank(mark[-3]) || mark[-3] == ':');
    const char *const text = marks ? prefix_find_marked(mark + 1, end) : NULL;
    line->time = time;
    if (text == NULL)
        take_noise(line, end, POSSIBLE);
    else
        prefix_take(line, text, end, *mark == '<' ? DIRECTION_RX : DIRECTION_TX, SURE);
}

static void read_ofonos(const char *at, const char *end, struct line *line)
{
    const char *const mark = at + read_ofono(at);
    if (mark > at && (*mark == '<' || *mark == '>') && mark[1] == ' ')
        prefix_take(line, mark + 2, end, *mark == '<' ? DIRECTION_RX : DIRECTION_TX, UNMISTAKABLE);
}

static bool begins_with(const char *at, const char *end, struct bytes words)
{
    return *at == *words.data && (size_t)(end - at) >= words.length &&
           memcmp(at, words.data, words.length) == 0;
}

/* What pppd's chat reads, and its own words. */
static void read_chat(const char *at, const char *end, struct line *line)
{
#define WORDS(text)              \
    {                            \
        (text), sizeof(text) - 1 \
    }
    static const struct bytes own[] = {
        WORDS("abort on ("), WORDS("timeout set to "), WORDS("expect ("), WORDS(" -- "),
        WORDS("alarm"),      WORDS("Failed"),          WORDS("report ("), WORDS("clear "),
        WORDS("saying "),    WORDS("can't "),          WORDS("warning: ")};
    static const struct bytes sends = WORDS("send (");
#undef WORDS
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (begins_with(at, end, own[i])) {
            take_noise(line, end, SURE);
            return;
        }
    const char *last = begins_with(at, end, sends) ? end : at;
    while (last > at && last[-1] != ')')
        last--;
    if (last > at)
        prefix_take(line, at + sends.length, last - 1, DIRECTION_TX, SURE);
    else
        prefix_take(line, at, end, DIRECTION_RX, POSSIBLE);
}

/* Behind the port, the mark and the quote; NULL if they do not stand there. */
static const char *find_managers_text(const char *at, struct line *line)
{
    enum direction direction = DIRECTION_NONE;
    struct bytes modem;
    const size_t file = read_manager_file(at);
    size_t port = file == 0 ? 0 : read_manager_port(at + file, &modem);
    size_t mark = port == 0 ? 0 : read_manager_mark(at + file + port, &direction);
    const char *begin = at + file;
    if (mark == 0) {
        begin = at;
        port = read_manager_port(at, &modem);
        if (port == 0)
            port = read_manager_device(at, &modem);
        mark = port == 0 ? 0 : read_manager_mark(at + port, &direction);
    }
    if (mark == 0)
        return NULL;
    line->modem = modem;
    line->direction = direction;
    return begin + port + mark;
}

/* The last quote is missing where an older version has cut the record. */
static void read_modemmanager(const char *begin, const char *end, struct line *line)
{
    struct bytes time = {NULL, 0};
    /* Most places of a line are passed over by their first bytes. */
    if (*begin != '<' && *begin != '[' && *begin != '(' && *begin != '_' &&
        !(*begin >= 'a' && *begin <= 'z'))
        return;
    const size_t level = read_manager_level(begin);
    const char *const at = begin + level;
    const size_t length = read_manager_time(at, &time);
    const char *text = find_managers_text(at + length, line);
    if (text != NULL && length > 0)
        line->time = time;
    else if (text == NULL && length > 0)
        text = find_managers_text(at, line); /* what looks like a time is the port */
    if (text != NULL)
        take_quoted(line, text, end, line->direction, UNMISTAKABLE);
    else if (level > 0)
        take_noise(line, end, LIKELY);
}

/* Does a line end in a quote of either kind? */
static bool is_closed(const char *text, const char *end)
{
    while (end > text && (is_blank(end[-1]) || end[-1] == '\r'))
        end--;
    return end > text && (end[-1] == '\'' || end[-1] == '"');
}

/* The time at `at`, mostly the one that the line begins with; no data if there is none. */
static struct bytes read_time(struct line_head *head, const char *at)
{
    struct moment moment;
    const struct stamp *const stamp = line_stamp(head);
    if (stamp->begin == at)
        return stamp->time;
    return moment_read(at, head->end, &moment) > 0 ? moment.text : (struct bytes){NULL, 0};
}

/* Scripts that print what they read as their language quotes it; mbed's AT handler. */
static void read_quoted(struct line_head *head, const char *at, struct line *line)
{
    struct bytes name = {NULL, 0};
    enum direction direction;
    const char *const end = head->end;
    const size_t mbed = read_mbed(at);
    const struct bytes time = read_time(head, at);
    const char *const behind = time.data == NULL ? at : prefix_skip_blanks(time.data + time.length);
    size_t mark = prefix_read_named_mark(behind, false, &name, &direction);
    if (mark == 0)
        mark = prefix_read_mark(behind, &direction);
    const char *const next = prefix_skip_blanks(behind + mark);
    const size_t marked = mark == 0 || next == behind + mark ? 0 : read_quote(next);
    if (marked > 0) {
        line->modem = name;
        if (time.data != NULL)
            line->time = time;
        take_quoted(line, next + marked, end, direction, UNMISTAKABLE);
        return;
    }
    if (mbed > 0) {
        prefix_take(line, at + mbed, end, at[3] == 'R' ? DIRECTION_RX : DIRECTION_TX, SURE);
        return;
    }
    /* Quotes alone are somebody's only if the line ends in one too. */
    const char *const quote = at + read_number(at);
    const size_t length = read_quote(quote);
    if (length > 0 && is_closed(quote + length, end))
        take_quoted(line, quote + length, end, DIRECTION_NONE, LIKELY);
    else if (length > 0 && quote == at)
        take_quoted(line, quote + length, end, DIRECTION_NONE, POSSIBLE);
}

/* socat -v and -v -x: headers, the text of each chunk behind it. A header may end a line of text. */
static bool read_header(const char *mark, struct bytes before, struct line *line)
{
    struct bytes time;
    if ((*mark != '<' && *mark != '>') || read_chunk(mark + 1, &time) == 0)
        return false;
    line->time = time;
    line->role = LINE_HEADER;
    line->direction = *mark == '<' ? DIRECTION_RX : DIRECTION_TX;
    line->sureness = SURE;
    line->text = before;
    return true;
}

static bool is_rule(const char *at, const char *end)
{
    return end - at == 2 && at[0] == '-' && at[1] == '-';
}

static void read_socat(const char *at, const char *end, struct line *line)
{
    const char *mark = end;
    while (mark > at && *mark != '<' && *mark != '>')
        mark--;
    if (!read_header(mark, (struct bytes){at, (size_t)(mark - at)}, line) && is_rule(at, end))
        take_noise(line, end, POSSIBLE);
}

static void read_socat_hex(const char *at, const char *end, struct line *line)
{
    const char *behind = at;
    if (read_header(at, (struct bytes){end, 0}, line))
        return;
    if (is_rule(at, end)) {
        take_noise(line, end, SURE);
        return;
    }
    for (unsigned cells = 0; cells < CELLS_MAX; cells++)
        behind += read_cell(behind);
    if (behind > at && behind[0] == ' ' && behind[1] == ' ')
        prefix_take(line, at, behind, DIRECTION_NONE, SURE);
}

/* Does a form begin with a time in brackets? */
static bool has_bracket(enum form form)
{
    return form == FORM_BRACKET || form == FORM_QNAVIGATOR || form == FORM_SSCOM ||
           form == FORM_ZEPHYR;
}

/* Is there a level or a mark of ModemManager's in it? */
bool prefix_may_be_managers(const char *begin, const char *end)
{
    enum direction direction;
    for (const char *at = begin; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++)
        if (read_manager_level(at) > 0 || read_manager_mark(at, &direction) > 0)
            return true;
    for (const char *at = begin; (at = memchr(at, '>', (size_t)(end - at))) != NULL; at++)
        if (at - begin >= 2 && read_manager_mark(at - 2, &direction) > 0)
            return true;
    return false;
}

void prefix_read_own(enum form form, struct line_head *head, struct line *line)
{
    const char *const end = head->end;
    const char *at = form == FORM_SOCAT || form == FORM_SOCAT_HEX || form == FORM_CHAT
                         ? head->begin
                         : line_from(head);
    if (has_bracket(form) && *at == '[') {
        const struct stamp *const stamp = line_stamp(head);
        if (stamp->end > stamp->begin) {
            line->time = stamp->time;
            at = stamp->end;
        }
    }
    switch (form) {
    case FORM_BRACKET: read_bracket(at, end, line); break;
    case FORM_QNAVIGATOR: read_directed(read_qnavigator, at, end, line); break;
    case FORM_SSCOM: read_directed(read_sscom, at, end, line); break;
    case FORM_ARDUINO: read_arduino(head, line); break;
    case FORM_ZEPHYR: read_zephyr(at, end, line); break;
    case FORM_ESP_IDF: read_esp_idf(at, end, line); break;
    case FORM_PARTICLE: read_particles(at, end, line); break;
    case FORM_RIL: read_ril(at, end, line); break;
    case FORM_OFONO: read_ofonos(at, end, line); break;
    case FORM_CHAT: read_chat(at, end, line); break;
    case FORM_MODEMMANAGER: read_modemmanager(at, end, line); break;
    case FORM_QUOTED: read_quoted(head, at, line); break;
    case FORM_SOCAT: read_socat(at, end, line); break;
    case FORM_SOCAT_HEX: read_socat_hex(at, end, line); break;
    default: break;
    }
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}
