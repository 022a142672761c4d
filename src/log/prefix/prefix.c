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
    while (name->length > 1 && begin[name->length - 1] == ':')
        name->length--;
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
static struct speaker read_speaker(const char *begin)
{
    enum program program;
    struct speaker speaker = {.begin = begin};
    speaker.name = read_program(begin, &program);
    speaker.named = (uint8_t)program;
    if (program == PROGRAM_NONE_BUT_MARK || speaker.name == 0)
        speaker.program = PROGRAM_NONE;
    else {
        speaker.program = (uint8_t)program;
        speaker.length = (size_t)(skip_blank(begin + speaker.name) - begin);
    }
    speaker.logger = read_logger(begin);
    if (speaker.logger > speaker.length) {
        speaker.program = PROGRAM_NONE;
        speaker.length = speaker.logger;
    }
    return speaker;
}

/* That at one place of a line: mostly the same for all forms. */
static const struct speaker *find_speaker(struct line_head *head, const char *at)
{
    if (head->speaker.begin != at)
        head->speaker = read_speaker(at);
    return &head->speaker;
}

/* A program's own words between the time and the mark; as much as they are long. */
static size_t measure_speaker(struct line_head *head, const char *begin)
{
    const struct speaker *const speaker = find_speaker(head, begin);
    const bool ends = speaker->program == PROGRAM_NONE || begin[speaker->length - 1] != ':';
    return ends ? (size_t)(prefix_skip_blanks(begin + speaker->length) - begin) : speaker->logger;
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

const struct stamp *line_stamp(struct line_head *head)
{
    struct stamp *const stamp = &head->stamp;
    struct moment moment;
    if (stamp->begin != NULL)
        return stamp;
    const char *const from = line_from(head);
    const bool opens = *from == '[' || *from == '(';
    stamp->begin = opens ? tokens_skip(from + 1, head->end, true) : from;
    const size_t length = moment_read(stamp->begin, head->end, &moment);
    stamp->end = stamp->begin + length;
    stamp->behind = length == 0 ? from : stamp->end;
    if (length > 0) {
        stamp->kind = moment.kind;
        stamp->time = moment.text;
        stamp->behind += *stamp->end == ']' || *stamp->end == ')';
    }
    return stamp;
}

void prefix_read_gateway(struct line_head *head, struct line *line)
{
    const char *const end = head->end;
    const struct stamp *const stamp = line_stamp(head);
    const char *const behind = stamp->behind;
    if (behind == head->from) {
        read_marks(behind, end, LIKELY, POSSIBLE, line);
        return;
    }
    line->time = stamp->time;
    const char *const next = tokens_skip(behind, end, true);
    const size_t speaker = next == behind ? 0 : measure_speaker(head, next);
    if (speaker > 0)
        read_marks(next + speaker, end, UNMISTAKABLE, UNMISTAKABLE, line);
    if (next > behind && line->role == LINE_BARE)
        read_marks(next, end, SURE, SURE, line);
    const char *const words = prefix_skip_blanks(behind);
    if (line->role == LINE_BARE && words > behind)
        prefix_take(line, prefix_skip_paint(words + find_speaker(head, words)->length), end,
                    DIRECTION_NONE, POSSIBLE);
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}

/* What stands behind a time. */
static void read_stamped_syslog(struct line_head *head, const char *behind, struct line *line)
{
    const char *const end = head->end;
    const char *const next = prefix_skip_blanks(behind);
    const char *const unpainted = prefix_skip_paint(next);
    if (next == behind) {
        if (unpainted == end)
            prefix_take(line, end, end, DIRECTION_NONE, LIKELY);
        return;
    }
    const struct speaker *const speaker = find_speaker(head, next);
    /* A name and RX: are no host and no program. */
    if (speaker->named == PROGRAM_NONE_BUT_MARK || speaker->named == PROGRAM_OR_MARK) {
        prefix_take(line, prefix_skip_paint(skip_blank(next + speaker->name)), end, DIRECTION_NONE,
                    POSSIBLE);
        return;
    }
    const bool none = speaker->length == 0;
    prefix_take(line, none ? unpainted : prefix_skip_paint(next + speaker->length), end,
                DIRECTION_NONE, none ? LIKELY : SURE);
}

void prefix_read_syslog(struct line_head *head, struct line *line)
{
    const struct stamp *const stamp = line_stamp(head);
    const char *const from = head->from;
    if (stamp->behind > from) {
        line->time = stamp->time;
        read_stamped_syslog(head, stamp->behind, line);
    } else {
        const struct speaker *const speaker = find_speaker(head, from);
        if (speaker->name > 0 && speaker->named != PROGRAM_NONE_BUT_MARK)
            prefix_take(line, prefix_skip_paint(skip_blank(from + speaker->name)), head->end,
                        DIRECTION_NONE, POSSIBLE);
    }
    if (line->role == LINE_BARE)
        line->time = (struct bytes){NULL, 0};
}

void prefix_read_logged(struct line_head *head, struct line *line)
{
    const char *const end = head->end;
    const struct stamp *const stamp = line_stamp(head);
    const char *const behind = stamp->behind;
    const char *const next = behind == head->from ? behind : tokens_skip(behind, end, true);
    const struct speaker *const speaker = find_speaker(head, next);
    const char *const text = prefix_skip_paint(next + speaker->length);
    line->time = stamp->time;
    if (text > next)
        prefix_take(line, text, end, DIRECTION_NONE,
                    speaker->program == PROGRAM_CHAT ? UNMISTAKABLE : POSSIBLE);
}
