/* SPDX-License-Identifier: MIT */
#include "log/prefix/prefix.h"

#include "log/prefix/piece.h"
#include "log/prefix/token.h"
#include "log/text/moment.h"

enum {
    LOGGER_LEAST = 3 /* bytes of a name of several parts, at least */
};

enum program {
    PROGRAM_NONE = 0,
    PROGRAM_NONE_BUT_MARK, /* RX: alone */
    PROGRAM_OR_MARK,       /* the same behind a name */
    PROGRAM_CHAT,
    PROGRAM
};

#include "prefix.inc"

static const char *skip_blank(const char *at)
{
    return at + (*at == ' ' || *at == '\t');
}

const char *prefix_skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t')
        at++;
    return at;
}

void prefix_take(struct line *line, const char *text, const char *end, enum direction direction,
                 enum sureness sureness)
{
    line->role = LINE_RECORD;
    line->direction = direction;
    line->sureness = sureness;
    line->text = (struct bytes){text, (size_t)(end - text)};
}

/* Is there more than signs? */
static bool has_letters(struct bytes name)
{
    while (name.length > 0) {
        const unsigned char last = (unsigned char)name.data[--name.length];
        if (last > '@' ? last != '_' : last >= '0' && last <= '9')
            return true;
    }
    return false;
}

size_t prefix_read_named_mark(const char *at, bool brackets, struct bytes *name,
                              enum direction *direction)
{
    const char *const begin = at + (brackets && *at == '[');
    const size_t length = read_name(begin);
    const char *const behind = begin + length + (brackets && begin[length] == ']');
    const char *const next = prefix_skip_blanks(behind);
    const size_t mark = length == 0 || next == behind ? 0 : prefix_read_mark(next, direction);
    if (mark == 0)
        return 0;
    *name = (struct bytes){begin, length};
    if (!has_letters(*name) || (length > LOGGER_LEAST && token_is_of_logger(*name)))
        *name = (struct bytes){NULL, 0};
    return (size_t)(next + mark - at);
}

const char *prefix_find_marked(const char *at, const char *end)
{
    if (*at == ' ' || *at == '\t')
        return prefix_skip_paint(prefix_skip_blanks(at));
    while (*at == '\r')
        at++;
    return at == end ? end : NULL;
}

/* The words of a logger: its name and a level, or a level. */
static size_t read_logger(const char *begin)
{
    const bool opens = *begin == '[';
    const size_t name = *begin == '-' ? read_logger_name(begin) : 0;
    const char *const at = begin + name + opens;
    bool alone = false;
    const size_t rank = read_rank(at, &alone);
    const char *next = at + rank;
    if (rank == 0)
        return 0;
    if (name > 0)
        return next[0] == ' ' && next[1] == '-' && next[2] == ' ' ? (size_t)(next + 3 - begin) : 0;
    if (opens ? *next != ']' : !alone)
        return 0;
    next += opens || *next == ':';
    const char *const behind = prefix_skip_blanks(next);
    return behind == next ? 0 : (size_t)(behind - begin);
}

/* A program's name, or the words of a logger, whichever is longer, before a text of any kind. */
static size_t read_source(const char *begin, enum program *program)
{
    size_t length = read_program(begin, program);
    if (*program == PROGRAM_NONE_BUT_MARK)
        length = 0;
    if (length > 0)
        length = (size_t)(skip_blank(begin + length) - begin);
    else
        *program = PROGRAM_NONE;
    const size_t logger = read_logger(begin);
    if (logger <= length)
        return length;
    *program = PROGRAM_NONE;
    return logger;
}

/* A program's own words between the time and the mark; as much as they are long. */
static size_t read_speaker(const char *begin)
{
    enum program program;
    const size_t length = read_source(begin, &program);
    const bool ends = program == PROGRAM_NONE || begin[length - 1] != ':';
    return ends ? (size_t)(prefix_skip_blanks(begin + length) - begin) : read_logger(begin);
}

/* A mark, perhaps with a modem's name before it. */
static void read_marks(const char *begin, const char *end, enum sureness named, enum sureness alone,
                       struct line *line)
{
    struct bytes name;
    enum direction direction;
    size_t length = prefix_read_named_mark(begin, true, &name, &direction);
    const char *text = length == 0 ? NULL : prefix_find_marked(begin + length, end);
    if (text != NULL) {
        line->modem = name;
        prefix_take(line, text, end, direction, named);
        return;
    }
    length = prefix_read_mark(begin, &direction);
    text = length == 0 ? NULL : prefix_find_marked(begin + length, end);
    if (text != NULL)
        prefix_take(line, text, end, direction, alone);
}

/* Behind the time that a line begins with, in brackets or not; `begin` if there is none. */
static const char *read_stamp(const char *begin, const char *end, struct line *line)
{
    struct moment moment;
    const bool opens = *begin == '[' || *begin == '(';
    const char *const at = opens ? tokens_skip(begin + 1, end, true) : begin;
    const size_t length = moment_read(at, end, &moment);
    if (length == 0)
        return begin;
    line->time = moment.text;
    const char *const behind = at + length;
    return *behind == ']' || *behind == ')' ? behind + 1 : behind;
}

void prefix_read_gateway(const char *begin, const char *end, struct line *line)
{
    enum program program;
    const char *const from = tokens_skip(begin, end, false);
    const char *const behind = read_stamp(from, end, line);
    if (behind == from) {
        read_marks(from, end, LIKELY, POSSIBLE, line);
        return;
    }
    const char *const next = tokens_skip(behind, end, true);
    const size_t speaker = next == behind ? 0 : read_speaker(next);
    if (speaker > 0)
        read_marks(next + speaker, end, UNMISTAKABLE, UNMISTAKABLE, line);
    if (next > behind && line->role == LINE_BARE)
        read_marks(next, end, SURE, SURE, line);
    const char *const words = prefix_skip_blanks(behind);
    if (line->role == LINE_BARE && words > behind)
        prefix_take(line, prefix_skip_paint(words + read_source(words, &program)), end,
                    DIRECTION_NONE, POSSIBLE);
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}

/* What stands behind a time. */
static void read_stamped_syslog(const char *behind, const char *end, struct line *line)
{
    enum program program;
    const char *const next = prefix_skip_blanks(behind);
    const char *const unpainted = prefix_skip_paint(next);
    if (next == behind) {
        if (unpainted == end)
            prefix_take(line, end, end, DIRECTION_NONE, LIKELY);
        return;
    }
    const size_t mark = read_program(next, &program);
    /* A name and RX: are no host and no program. */
    if (program == PROGRAM_NONE_BUT_MARK || program == PROGRAM_OR_MARK) {
        prefix_take(line, prefix_skip_paint(skip_blank(next + mark)), end, DIRECTION_NONE,
                    POSSIBLE);
        return;
    }
    const size_t source = read_source(next, &program);
    prefix_take(line, source == 0 ? unpainted : prefix_skip_paint(next + source), end,
                DIRECTION_NONE, source == 0 ? LIKELY : SURE);
}

void prefix_read_syslog(const char *begin, const char *end, struct line *line)
{
    enum program program;
    const char *const from = tokens_skip(begin, end, false);
    const char *const behind = read_stamp(from, end, line);
    if (behind > from) {
        read_stamped_syslog(behind, end, line);
    } else {
        const size_t length = read_program(from, &program);
        if (length > 0 && program != PROGRAM_NONE_BUT_MARK)
            prefix_take(line, prefix_skip_paint(skip_blank(from + length)), end, DIRECTION_NONE,
                        POSSIBLE);
    }
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}

void prefix_read_logged(const char *begin, const char *end, struct line *line)
{
    enum program program;
    const char *const from = tokens_skip(begin, end, false);
    const char *const behind = read_stamp(from, end, line);
    const char *const next = behind == from ? from : tokens_skip(behind, end, true);
    const char *const text = prefix_skip_paint(next + read_source(next, &program));
    if (text > next)
        prefix_take(line, text, end, DIRECTION_NONE,
                    program == PROGRAM_CHAT ? UNMISTAKABLE : POSSIBLE);
}
