/* SPDX-License-Identifier: MIT */
#include "log/scan/finder.h"

#include <string.h>

#include "log/prefix/anchor.h"
#include "log/text/time.h"

enum {
    WIRE_CAPACITY = BLOCK_SIZE /* no line is longer: the reader drops the rest */
};

bool finder_make(struct finder *finder)
{
    memset(finder, 0, sizeof *finder);
    finder->search = search_by_rank(0);
    finder->learn_from = FINDER_NOWHERE;
    sbfota_parser_init(&finder->fresh);
    for (unsigned kind = 0; kind < SBFOTA_KIND_COUNT; kind++)
        finder->roles[kind] = record_is_hosts(kind) ? ROLE_COMMAND : ROLE_NONE;
    finder->roles[SBFOTA_OK] = ROLE_ANSWER;
    finder->roles[SBFOTA_ERROR] = ROLE_ANSWER;
    finder->roles[SBFOTA_CME_ERROR] = ROLE_ANSWER;
    finder->roles[SBFOTA_RDY] = finder->roles[SBFOTA_APP_RDY] = ROLE_BOOT;
    finder->roles[SBFOTA_OTHER] = finder->roles[SBFOTA_MALFORMED] = finder->roles[SBFOTA_OVERLONG] =
        ROLE_LINE;
    return wire_make(&finder->wire, WIRE_CAPACITY);
}

void finder_free(struct finder *finder)
{
    log_events_free(&finder->events);
    wire_free(&finder->wire);
    watch_free(&finder->watch);
}

uint64_t finder_bytes(struct finder *finder, const struct block *block, size_t place)
{
    if (!block->wide)
        return place;
    if (place < finder->wide_place)
        finder->wide_place = finder->wide_bytes = 0;
    finder->wide_bytes += wide_length(block->data + finder->wide_place, place - finder->wide_place);
    finder->wide_place = place;
    return finder->wide_bytes;
}

/* A text of JSON as it is meant. */
static void unescape(struct finder *finder, struct bytes *text, const char *origin)
{
    struct wire *const wire = &finder->wire;
    if (text->data == NULL || memchr(text->data, '\\', text->length) == NULL)
        return;
    wire_read(wire, ESCAPES_JSON, *text, origin);
    *text = log_events_keep(&finder->events, (struct bytes){wire->bytes, wire->length});
}

void finder_unescape(struct finder *finder, struct line *line, const char *origin)
{
    unescape(finder, &line->modem, origin);
    unescape(finder, &line->time, origin);
}

/* A date that does not tell day from month is written as other dates of the log say. */
static void order_date(struct finder *finder, struct line *line)
{
    char buffer[TIME_SIZE];
    if (time_order(line->time) != ORDER_EITHER)
        return;
    const struct bytes shown = time_show_ordered(line->time, finder->reading->order, buffer);
    if (shown.data == buffer)
        line->time = log_events_keep(&finder->events, shown);
}

void finder_line(struct finder *finder, const char *begin, const char *end, struct line *line)
{
    const enum form form = finder->reading->form->form;
    reading_line(finder->reading, begin, end, line);
    if (form == FORM_JSONL || form == FORM_LOGFMT)
        finder_unescape(finder, line, begin);
    if (finder->reading->order >= ORDER_DAY_FIRST)
        order_date(finder, line);
}

/* Does it begin as a response or a command does? Then what is wrong with it stands in it, not before it. */
static bool begins_as_message(struct bytes text)
{
    return text.length >= 3 &&
           (text.data[0] == '+' ||
            ((text.data[0] | 0x20) == 'a' && (text.data[1] | 0x20) == 't' && text.data[2] == '+'));
}

/* Where the message is looked for that is noted next. */
static uint64_t find_apart(const struct block *block, const char *line)
{
    return block_place(block, line) + (uint64_t)FINDER_APART * (block->wide ? 2 : 1);
}

/* Look for a message in the line at hand. Behind carriage returns it may have many texts, each of which is looked at from its begin on: what was
 * seen of the line before need not be looked at again. */
static void look_for_anchor(struct finder *finder)
{
    struct line_seen *const seen = &finder->seen;
    const char *const limit = finder->block->data + finder->block->size;
    const char *const line = finder->line;
    const bool is_same = seen->begin != NULL && line >= seen->begin && line < seen->end;
    struct anchor anchor;
    if (is_same && (seen->anchor == NULL || line <= seen->anchor))
        return;
    const char *const end = is_same ? seen->end : memchr(line, '\n', (size_t)(limit - line));
    *seen = (struct line_seen){.begin = line, .end = end == NULL ? limit : end};
    if (end != NULL && finder->search.has_word(line, end) && anchor_find(line, end, &anchor)) {
        seen->anchor = anchor.begin;
        seen->spelled = anchor.spelled;
    }
}

/* Note the line at hand if there is a message in it, and none is noted near before it. */
static void note(struct finder *finder, bool spelled)
{
    const struct block *const block = finder->block;
    if (finder->learn_from == FINDER_NOWHERE ||
        block_place(block, finder->line) < finder->misfit_from)
        return;
    look_for_anchor(finder);
    if (finder->seen.anchor != NULL && (finder->seen.spelled || !spelled)) {
        finder->misfits[finder->misfit_count++] = finder->line;
        finder->misfit_from = finder->misfit_count == FINDER_MISFITS
                                  ? FINDER_NOWHERE
                                  : find_apart(block, finder->line);
    }
}

void finder_note_misfit(struct finder *finder, unsigned kind, struct bytes text)
{
    /* A message that the parser knows as one is not spelled in another way. */
    const bool is_message = begins_as_message(text);
    if (!is_message || kind == SBFOTA_OTHER)
        note(finder, is_message);
}

void finder_note_strange(struct finder *finder)
{
    note(finder, false);
}

bool finder_learn_from(struct finder *finder, uint64_t from)
{
    const struct block *const block = finder->block;
    uint64_t looked = finder->learn_from; /* from here on the next is the first */
    unsigned next = 0;
    for (; next < finder->misfit_count && block_place(block, finder->misfits[next]) < from; next++)
        looked = find_apart(block, finder->misfits[next]);
    if (looked > from || (next == finder->misfit_count && finder->misfit_from == FINDER_NOWHERE))
        return false;
    finder->misfit_count -= next;
    memmove(finder->misfits, finder->misfits + next,
            finder->misfit_count * sizeof *finder->misfits);
    finder->learn_from = from;
    if (finder->misfit_count == 0)
        finder->misfit_from = from;
    return true;
}
