/* SPDX-License-Identifier: MIT */
#include "log/scan/find.h"

#include <string.h>

#include "log/scan/take.h"

/* The byte-order mark of a raw capture is no part of its first line. */
static const char *skip_mark(const struct block *block)
{
    const bool marked =
        block->offset == 0 && block->size >= 3 && memcmp(block->data, "\xef\xbb\xbf", 3) == 0;
    return block->data + (marked ? 3 : 0);
}

/* The time of the line that begins at `line`; no data if it has none. */
static struct bytes line_time(const struct finder *finder, const char *begin, const char *limit)
{
    struct line line;
    const char *const end = memchr(begin, '\n', (size_t)(limit - begin));
    reading_line(finder->reading, begin, end, &line);
    return line.time;
}

/* The first and the last time of a block, if they stand near its begin and its end. */
static void find_times(const struct finder *finder, struct block *block)
{
    const char *const limit = block->data + block->size;
    const char *first = block->data;
    for (int i = 0; i < 8 && first < limit && block->times[0].data == NULL; i++) {
        block->times[0] = line_time(finder, first, limit);
        first = (const char *)memchr(first, '\n', (size_t)(limit - first)) + 1;
    }
    const char *last = limit;
    for (int i = 0; i < 8 && last > block->data && block->times[1].data == NULL; i++) {
        last--;
        while (last > block->data && last[-1] != '\n')
            last--;
        block->times[1] = line_time(finder, last, limit);
    }
}

/* Where the next line stands that is worth a look. */
static struct candidate find_candidate(const struct finder *finder, search_function *search,
                                       const char *next, const char *limit)
{
    const struct candidate here = {.line = next};
    return finder->all ? here : search(next, limit, finder->watch.count > 0);
}

/* The lines of a raw capture: those of them that end in a lone carriage return are not counted by the search. */
static uint64_t find_raw(struct finder *finder, const struct block *block)
{
    const char *const limit = block->data + block->size;
    const char *next = skip_mark(block);
    uint64_t index = 0;
    while (next < limit) {
        const struct candidate candidate = find_candidate(finder, finder->search.raw, next, limit);
        index += candidate.line_feeds;
        if (candidate.has_returns)
            index += search_count_returns(next, candidate.line == NULL ? limit : candidate.line);
        if (candidate.line == NULL)
            break;
        next = candidate.line;
        const size_t known = finder->events.count + finder->answers;
        next = take_raw(finder, block, next, limit, &index);
        finder->missed = finder->missed || finder->events.count + finder->answers == known;
    }
    return index;
}

/* Is there a word of ours in a line behind its last message? */
static bool has_more(const struct finder *finder, const char *begin, const char *end)
{
    const struct log_events *const events = &finder->events;
    const struct block *const block = finder->block;
    if (events->count == 0 || block->wide)
        return block->wide;
    const struct sbfota_event *const last = &events->list[events->count - 1].message;
    const char *const behind = block->data + (last->offset + last->length - block->offset);
    return behind > begin && behind <= end && finder->search.has_word(behind, end);
}

/* The lines of a log that has something before each text. */
static uint64_t find_lines(struct finder *finder, const struct block *block)
{
    const char *const limit = block->data + block->size;
    const char *next = block->data;
    uint64_t index = 0;
    while (next < limit) {
        const struct candidate candidate =
            find_candidate(finder, finder->search.lines, next, limit);
        index += candidate.line_feeds;
        if (candidate.line == NULL)
            break;
        const char *const begin = next = candidate.line;
        /* Where a few of ours stand in a row, the next line will be one too. */
        for (unsigned taken = 0; !block->wide && next != finder->refused.line; taken++) {
            const char *const behind =
                take_alike(finder, block, next, limit, taken == 1 || taken == 2, (uint32_t)index);
            if (behind == NULL)
                break;
            next = behind;
            index++;
        }
        if (next != begin)
            continue;
        const char *const end = memchr(next, '\n', (size_t)(limit - next));
        const size_t known = finder->events.count + finder->answers;
        take_line(finder, block, next, end, (uint32_t)index);
        if (finder->tries && !finder->missed)
            finder->missed =
                finder->events.count + finder->answers == known || has_more(finder, next, end);
        next = end + 1;
        index++;
    }
    return index;
}

void finder_block(struct finder *finder, struct block *block)
{
    const bool raw = finder->reading->form->form == FORM_RAW;

    log_events_clear(&finder->events);
    watch_clear(&finder->watch);
    finder->has_dialogue = finder->missed = false;
    finder->answers = 0;
    finder->wide_place = finder->wide_bytes = 0;
    finder->block = block;
    finder->misfit_count = 0;
    finder->misfit_from = finder->learn_from;
    finder->refused = (struct parsed){.line = ""}; /* no line of the log */
    finder->seen.begin = NULL;
    if (finder->shapes_of != block->log || finder->shapes_by != finder->reading)
        memset(&finder->shapes, 0, sizeof finder->shapes);
    finder->shapes_of = block->log;
    finder->shapes_by = finder->reading;
    /* The block may have been read in another way before, or was longer. */
    block->times[0] = block->times[1] = (struct bytes){NULL, 0};
    if (!raw)
        find_times(finder, block);
    if (!finder->reading->torn)
        block->lines = raw ? find_raw(finder, block) : find_lines(finder, block);
}

/* Of the events from `first` on, found only to answer: result codes and the commands of others stay, a new command ends the
 * watch for its modem, the rest has been found already. */
static void keep_answers(struct finder *finder, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < finder->events.count; i++) {
        const struct log_event event = finder->events.list[i];
        if (finder->roles[event.message.kind] == ROLE_COMMAND)
            watch_remove(&finder->watch, (struct bytes){event.modem, event.modem_length});
        else if (finder->roles[event.message.kind] == ROLE_ANSWER ||
                 event.message.kind == SBFOTA_OTHER)
            finder->events.list[kept++] = event;
    }
    finder->events.count = kept;
}

void finder_answers(struct finder *finder, const struct block *block)
{
    const bool raw = finder->reading->form->form == FORM_RAW;
    const char *const limit = block->data + block->size;
    const char *next = raw ? skip_mark(block) : block->data;
    const char *counted = next;
    uint64_t index = 0;
    finder->refused = (struct parsed){.line = ""}; /* no line of the log */
    finder->seen.begin = NULL;
    while (next < limit && finder->watch.count > 0) {
        const struct candidate candidate =
            find_candidate(finder, finder->search.lines, next, limit);
        if (candidate.line == NULL)
            break;
        index += candidate.line_feeds;
        next = candidate.line;
        const char *const feed = memchr(next, '\n', (size_t)(limit - next));
        const char *const end = feed == NULL ? limit - 1 : feed;
        const size_t first = finder->events.count;
        if (raw) {
            uint64_t line = index += search_count_returns(counted, next);
            counted = next;
            const char *at = next;
            while (at <= end)
                at = take_raw(finder, block, at, end + 1, &line);
        } else if (block->wide ||
                   take_alike(finder, block, next, limit, false, (uint32_t)index) == NULL) {
            take_line(finder, block, next, end, (uint32_t)index);
        }
        keep_answers(finder, first);
        next = end + 1;
        index += feed != NULL;
    }
}
