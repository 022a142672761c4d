/* SPDX-License-Identifier: MIT */
#include "log/scan/take.h"

#include <string.h>

#include "heads.h"
#include "log/prefix/learned.h"
#include "log/scan/command.h"

/* A line of the wire: its text, and where that stands in the block. */
struct found {
    struct bytes text;
    size_t begin;
    size_t end;
    uint64_t dropped; /* bytes behind the end that belong to it and were not kept */
    uint32_t index;
};

/* Is it another command, behind which no earlier one is answered? What is overlong in a binary file is no line. */
static bool ends_wait(const struct finder *finder, unsigned kind, struct bytes text)
{
    return !(kind == SBFOTA_OVERLONG && finder->reading->binary) && command_is_others(kind, text);
}

static void add(struct finder *finder, const struct block *block, const struct line *line,
                const struct sbfota_event *message, const struct found *found)
{
    struct log_event *const event = log_events_add(&finder->events);
    if (event == NULL)
        return;
    event->message = *message;
    const uint64_t begin = finder_bytes(finder, block, found->begin);
    event->message.offset = block->offset + begin;
    event->message.length = finder_bytes(finder, block, found->end) - begin + found->dropped;
    if (message->kind != SBFOTA_OVERLONG) {
        event->text = found->text.data;
        event->text_length = (uint16_t)found->text.length;
    }
    if (line->time.length <= UINT8_MAX) {
        event->time = line->time.data;
        event->time_length = (uint8_t)line->time.length;
    }
    if (line->modem.length > 0) {
        event->modem = line->modem.data;
        event->modem_length = (uint32_t)line->modem.length;
    }
    if (line->lossy)
        event->message.flags |= SBFOTA_FLAG_LOSSY;
    if (ends_wait(finder, message->kind, found->text))
        event->answers = ENDS_WAIT;
    finder->has_dialogue = finder->has_dialogue || event->answers == ENDS_WAIT ||
                           finder_is_dialogue(finder, message->kind);
    event->direction = (uint8_t)line->direction;
    event->line = found->index;
}

/* A line that is none of ours, or not whole. */
static bool is_wanted_line(struct finder *finder, struct bytes modem, unsigned kind,
                           struct bytes text)
{
    finder_note_misfit(finder, kind, text);
    const bool watched = finder->watch.count > 0 && ends_wait(finder, kind, text) &&
                         watch_remove(&finder->watch, modem);
    return watched || kind == SBFOTA_MALFORMED ||
           (kind == SBFOTA_OVERLONG && !finder->reading->binary);
}

/* Is the event one to keep? A command's answer must be looked for, up to the modem's next command. What the host says answers
 * nothing. */
static inline bool is_wanted(struct finder *finder, struct bytes modem, enum direction direction,
                             unsigned kind, struct bytes text)
{
    if (kind == SBFOTA_BLANK)
        return false;
    if (finder->all) {
        if (finder->roles[kind] == ROLE_LINE)
            finder_note_misfit(finder, kind, text);
        return true;
    }
    switch ((enum role)finder->roles[kind]) {
    case ROLE_NONE:
    case ROLE_BOOT: return true;
    case ROLE_ANSWER:
        finder->answers++;
        return direction != DIRECTION_TX && watch_remove(&finder->watch, modem);
    case ROLE_LINE: return is_wanted_line(finder, modem, kind, text);
    case ROLE_COMMAND: break;
    }
    if (!watch_add(&finder->watch, modem))
        finder->events.no_memory = true;
    return true;
}

/* A message that is whole and known holds no escapes, so that it can be taken as it stands; of others one cannot be
 * sure. */
static bool is_plain(const struct sbfota_event *message)
{
    return message->kind != SBFOTA_OTHER && message->kind != SBFOTA_MALFORMED &&
           message->kind != SBFOTA_UNKNOWN && message->kind != SBFOTA_OVERLONG &&
           !(message->kind == SBFOTA_CME_ERROR && message->extent > 0);
}

static bool is_only_returns(const char *begin, const char *end)
{
    while (begin < end && *begin == '\r')
        begin++;
    return begin == end;
}

/* One message of finder->wire. Its text stays in the block if it stands there byte for byte. */
static void take_wire_one(struct finder *finder, const struct block *block, const struct line *line,
                          const struct sbfota_event *message, uint32_t index)
{
    const struct wire *const wire = &finder->wire;
    const size_t first = (size_t)message->offset;
    const size_t length = (size_t)message->length;
    const struct bytes text = {wire->bytes + first, length};
    if (!is_wanted(finder, line->modem, line->direction, message->kind, text))
        return;
    struct found found = {text, wire->places[first].begin, wire->places[first + length - 1].end,
                          first + length == wire->length ? block->dropped : 0, index};
    const char *const there = block->data + found.begin;
    if (message->kind == SBFOTA_OVERLONG) {
        add(finder, block, line, message, &found);
        return;
    }
    const bool stands =
        found.end - found.begin == length && memcmp(there, found.text.data, length) == 0;
    found.text =
        stands ? (struct bytes){there, length} : log_events_keep(&finder->events, found.text);
    if (found.text.data != NULL)
        add(finder, block, line, message, &found);
}

/* A line of finder->wire: a message, or commands that are joined. */
static void take_wire_event(struct finder *finder, const struct block *block,
                            const struct line *line, const struct sbfota_event *message,
                            uint32_t index)
{
    const struct bytes text = {finder->wire.bytes + message->offset, (size_t)message->length};
    struct sbfota_event part;
    if (!command_is_joined(message->kind, text)) {
        take_wire_one(finder, block, line, message, index);
        return;
    }
    for (size_t place = 0; command_next(message, text, &place, &part);)
        take_wire_one(finder, block, line, &part, index);
}

static void take_wire(struct finder *finder, const struct block *block, const struct line *line,
                      enum escapes escapes, uint32_t index)
{
    struct sbfota_parser parser;
    struct sbfota_event message;
    size_t next = 0;

    wire_read(&finder->wire, escapes, line->text, block->data);
    sbfota_parser_init(&parser);
    while (next < finder->wire.length) {
        next +=
            sbfota_parse(&parser, finder->wire.bytes + next, finder->wire.length - next, &message);
        if (message.kind == SBFOTA_NONE)
            break;
        take_wire_event(finder, block, line, &message, index);
    }
    if (sbfota_finish(&parser, &message))
        take_wire_event(finder, block, line, &message, index);
}

/* One message of a text that stands for itself. */
static void take_text_one(struct finder *finder, const struct block *block, const struct line *line,
                          const struct sbfota_event *message, uint32_t index)
{
    const struct bytes text = {line->text.data + message->offset, (size_t)message->length};
    if (!is_wanted(finder, line->modem, line->direction, message->kind, text))
        return;
    const size_t begin = (size_t)(text.data - block->data);
    const bool cut = message->offset + message->length == line->text.length;
    add(finder, block, line, message,
        &(struct found){text, begin, begin + text.length, cut ? block->dropped : 0, index});
}

/* A line of a text that stands for itself: a message, or commands that are joined. */
static void take_text_event(struct finder *finder, const struct block *block,
                            const struct line *line, const struct sbfota_event *message,
                            uint32_t index)
{
    const struct bytes text = {line->text.data + message->offset, (size_t)message->length};
    struct sbfota_event part;
    if (!command_is_joined(message->kind, text)) {
        take_text_one(finder, block, line, message, index);
        return;
    }
    for (size_t place = 0; command_next(message, text, &place, &part);)
        take_text_one(finder, block, line, &part, index);
}

/* The first message of a text. What take_alike has parsed, which went up to the block's end, is the text's if it ends in it, or at the
 * line feed behind it. */
static void parse_first(const struct finder *finder, struct bytes text, struct parsed *first)
{
    const struct parsed *const refused = &finder->refused;
    if (refused->text == text.data && refused->next <= text.length) {
        *first = *refused;
        return;
    }
    first->parser = finder->fresh;
    first->found = true;
    if (refused->text == text.data && refused->next == text.length + 1 &&
        text.data[text.length] == '\n') {
        first->message = refused->message;
        first->message.ending = SBFOTA_ENDING_NONE;
        first->next = text.length;
        return;
    }
    first->next = sbfota_parse(&first->parser, text.data, text.length, &first->message);
    if (first->message.kind == SBFOTA_NONE)
        first->found = sbfota_finish(&first->parser, &first->message);
}

/* The messages of a line: of its text as it stands, if that is one plain message or holds no escapes, or else of what its escapes stand
 * for. The byte behind the text is a line feed or a quote. */
static void take_messages(struct finder *finder, const struct block *block, const struct line *line,
                          uint32_t index)
{
    const enum escapes escapes = reading_escapes(finder->reading, line);
    const char *const text = line->text.data;
    const size_t length = line->text.length;
    struct parsed at;
    parse_first(finder, line->text, &at);

    if (block->dropped == 0 && !line->lossy && wire_shows(escapes)) {
        if (!at.found)
            return;
        if (at.message.lead == 0 && is_plain(&at.message) &&
            is_only_returns(text + at.next, text + length)) {
            take_text_event(finder, block, line, &at.message, index);
            return;
        }
    }
    if (!wire_is_text(escapes, line->text)) {
        take_wire(finder, block, line, escapes, index);
        return;
    }
    while (at.found) {
        take_text_event(finder, block, line, &at.message, index);
        at.next += sbfota_parse(&at.parser, text + at.next, length - at.next, &at.message);
        at.found = at.message.kind != SBFOTA_NONE || sbfota_finish(&at.parser, &at.message);
    }
}

static void take_record(struct finder *finder, const struct block *block, const struct line *line,
                        uint32_t index)
{
    const size_t known = finder->events.count;
    take_messages(finder, block, line, index);
    if (line->strange && finder->events.count > known)
        finder_note_strange(finder);
}

void take_line(struct finder *finder, const struct block *block, const char *begin, const char *end,
               uint32_t index)
{
    struct line line;
    finder->line = begin;
    finder_line(finder, begin, end, &line);
    /* Of a line that is longer than a block only the begin is there, in which no text may be found. */
    if (line.role == LINE_NOISE && block->dropped > 0)
        line = (struct line){.role = LINE_BARE, .text = {begin, (size_t)(end - begin)}};
    if (line.role == LINE_NOISE)
        return;
    line.strange = reading_is_strange(finder->reading, &line, begin, end);
    if (finder->reading->order < ORDER_DAY_FIRST)
        shapes_learn(&finder->shapes, begin, &line, reading_runs_on(finder->reading, &line));
    take_record(finder, block, &line, index);
}

/* What a message of ours that is plain needs to become an event: the message is there already. */
static void complete(struct finder *finder, const struct block *block, struct log_event *event,
                     const char *text, uint32_t index)
{
    event->message.offset = block->offset + (uint64_t)(text - block->data);
    event->text = text;
    event->text_length = (uint16_t)event->message.length;
    event->answers = SBFOTA_NONE;
    event->line = index;
    event->earlier = false;
    finder->has_dialogue = finder->has_dialogue || finder_is_dialogue(finder, event->message.kind);
}

static bool is_urc(const char *text)
{
    static const char urc[sizeof SBFOTA_HEAD_URC] = SBFOTA_HEAD_URC ",";
    return memcmp(text, urc, sizeof urc) == 0;
}

/* May the text of a line that looks like others be taken for what the grammar would find? It would not, if there were more
 * of a prefix in it. Behind a mark there is none. */
static bool is_text(const struct shape *shape, const char *text, bool sure)
{
    return is_urc(text) || (!sure && shape->direction != DIRECTION_NONE &&
                            (*text == '+' || *text == 'a' || (*text >= 'A' && *text <= 'Z')));
}

/* May any text be, message or not? What begins as a response or a command is never a prefix. Others may be more of one, but behind a mark
 * that ends in such a sign and a blank: there nothing more is skipped but blanks and control bytes. A mark of letters may be the name
 * before another one, and RX: is a program. */
static bool is_any_text(const struct shape *shape, const char *text)
{
    const bool begins = *text == '+' || memcmp(text, "AT+", 3) == 0;
    const char first = text[*text == '+' ? 1 : 3];
    if (begins && first >= 'A' && first <= 'Z')
        return true;
    return !shape->learned && shape->direction != DIRECTION_NONE && shape->all.length >= 2 &&
           text[-1] == ' ' && strchr("<>-=])", text[-2]) != NULL && (unsigned char)*text > ' ';
}

/* What a line is that has a shape, up to its end. */
static struct line line_alike(const struct shape *shape, const char *begin, const char *text,
                              const char *end, struct bytes modem)
{
    const char *const stop = shape->learned ? learned_trim(text, end) : end;
    return (struct line){.role = LINE_RECORD,
                         .time = {begin + shape->time, shape->time_length},
                         .modem = modem,
                         .text = {text, (size_t)(stop - text)},
                         .direction = (enum direction)shape->direction,
                         .sureness = shape->sureness,
                         .escapes = shape->escapes,
                         .learned = shape->learned,
                         .strange = shape->strange,
                         .judged = shape->judged};
}

void finder_line_alike(struct finder *finder, const char *begin, const char *end, const char *limit,
                       struct line *line)
{
    struct bytes modem;
    const char *text;
    const struct shape *const shape = limit - begin < SHAPE_READS || finder->reading->header.known
                                          ? NULL
                                          : shapes_match(&finder->shapes, begin, &modem, &text);
    if (shape != NULL && shape->runs_on && is_any_text(shape, text)) {
        *line = line_alike(shape, begin, text, end, modem);
        return;
    }
    finder_line(finder, begin, end, line);
    if (finder->reading->order < ORDER_DAY_FIRST && reading_runs_on(finder->reading, line))
        shapes_learn(&finder->shapes, begin, line, true);
}

/* A line whose text begins as a URC of ours does and is none that is plain. Behind it; NULL if it must be taken apart. */
static const char *take_odd(struct finder *finder, const struct block *block,
                            const struct shape *shape, const char *begin, const char *text,
                            struct bytes modem, uint32_t index)
{
    const char *const limit = block->data + block->size;
    const char *const end = memchr(text, '\n', (size_t)(limit - text));
    if (!shape->runs_on || block->dropped > 0 || end == NULL)
        return NULL;
    const struct line line = line_alike(shape, begin, text, end, modem);
    finder->line = begin;
    take_record(finder, block, &line, index);
    return end + 1;
}

const char *take_alike(struct finder *finder, const struct block *block, const char *begin,
                       const char *limit, bool sure, uint32_t index)
{
    struct sbfota_parser parser = finder->fresh;
    struct bytes modem;
    const char *text;
    if (limit - begin < SHAPE_READS)
        return NULL;
    const struct shape *const shape = shapes_match(&finder->shapes, begin, &modem, &text);
    if (shape == NULL || !is_text(shape, text, sure))
        return NULL;
    struct log_event *const event = log_events_next(&finder->events);
    if (event == NULL)
        return NULL;
    /* Parsed where it will stand: to copy what was just written in parts makes a processor wait. */
    const size_t length = sbfota_parse(&parser, text, (size_t)(limit - text), &event->message);
    const char *end = text + length;
    const bool taken = event->message.kind != SBFOTA_NONE && is_plain(&event->message) &&
                       (end[-1] != '\r' || (end != limit && *end++ == '\n'));
    if (!taken) {
        finder->events.count--;
        if (event->message.kind != SBFOTA_NONE)
            finder->refused = (struct parsed){begin, text, parser, event->message, length, true};
        return is_urc(text) ? take_odd(finder, block, shape, begin, text, modem, index) : NULL;
    }
    if (!is_wanted(finder, modem, (enum direction)shape->direction, event->message.kind,
                   (struct bytes){text, 0})) {
        finder->events.count--;
        return end;
    }
    complete(finder, block, event, text, index);
    event->time = begin + shape->time;
    event->time_length = shape->time_length;
    event->modem = modem.data;
    event->modem_length = (uint32_t)modem.length;
    event->direction = shape->direction;
    if (shape->strange) {
        finder->line = begin;
        finder_note_strange(finder);
    }
    return end;
}

/* The ends of lines in [begin, end), which holds line-end bytes only: line feeds, and carriage returns that neither <LF> nor
 * <CR><LF> follows before `limit`. */
static uint64_t count_lines(const char *begin, const char *end, const char *limit)
{
    uint64_t count = 0;
    for (const char *at = begin; at < end; at++) {
        if (*at == '\n')
            count++;
        else
            count += !(limit - at > 1 && at[1] == '\n') &&
                     !(limit - at > 2 && at[1] == '\r' && at[2] == '\n');
    }
    return count;
}

/* Where the line of a text begins, behind a line feed of the line ends from `from` on; `line`, if none is there. */
static const char *raw_line_begin(const char *text, const char *from, const char *line)
{
    for (const char *at = text; at > from; at--)
        if (at[-1] == '\n')
            return at;
    return line;
}

/* Commands that are joined in a line of a raw capture. False if they are not: with --all, too, what stands behind a head is none there. */
static bool take_raw_joined(struct finder *finder, const struct block *block,
                            const struct line *line, const struct sbfota_event *message,
                            const struct bytes text, uint32_t index)
{
    const struct sbfota_event joined = *message;
    struct sbfota_event part;
    if (!command_is(text) || !command_is_joined(joined.kind, text))
        return false;
    for (size_t place = 0; command_next(&joined, text, &place, &part);) {
        const struct bytes one = {text.data + (part.offset - joined.offset), (size_t)part.length};
        const size_t at = (size_t)(one.data - block->data);
        if (is_wanted(finder, line->modem, line->direction, part.kind, one))
            add(finder, block, line, &part, &(struct found){one, at, at + one.length, 0, index});
    }
    return true;
}

const char *take_raw(struct finder *finder, const struct block *block, const char *begin,
                     const char *limit, uint64_t *index)
{
    static const struct line bare = {.role = LINE_BARE};
    struct sbfota_parser parser;
    struct sbfota_event message;
    const char *next = begin;
    const char *counted = begin;
    const char *looked = begin; /* for line feeds before finder->line */

    finder->line = begin;
    sbfota_parser_init(&parser);
    while (next < limit) {
        struct log_event *const event = log_events_next(&finder->events);
        if (event == NULL)
            return limit;
        next += sbfota_parse(&parser, next, (size_t)(limit - next), &event->message);
        finder->events.count--;
        if (event->message.kind == SBFOTA_NONE && !sbfota_finish(&parser, &event->message))
            break;
        const char *const text = begin + event->message.offset;
        *index += count_lines(counted, text, limit);
        counted = text + event->message.length;
        const struct bytes whole = {text, (size_t)event->message.length};
        if (finder->roles[event->message.kind] == ROLE_LINE) {
            finder->line = raw_line_begin(text, looked, finder->line);
            looked = text;
            if (take_raw_joined(finder, block, &bare, &event->message, whole, (uint32_t)*index))
                continue;
        }
        if (is_wanted(finder, bare.modem, bare.direction, event->message.kind, whole)) {
            if (!block->wide && is_plain(&event->message)) {
                finder->events.count++;
                complete(finder, block, event, text, (uint32_t)*index);
                event->time = event->modem = NULL;
                event->time_length = 0;
                event->modem_length = 0;
                event->direction = DIRECTION_NONE;
                continue;
            }
            message = event->message;
            const size_t at = (size_t)(text - block->data);
            const size_t end = at + (size_t)message.length;
            /* What is kept of a line that is longer than a block has no line end in it: it is the block's only message. */
            add(finder, block, &bare, &message,
                &(struct found){whole, at, end, block->dropped, (uint32_t)*index});
        } else if (event->message.kind == SBFOTA_OTHER && finder->watch.count == 0) {
            break;
        }
    }
    *index += count_lines(counted, next, limit);
    return next;
}
