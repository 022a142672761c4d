/* SPDX-License-Identifier: MIT */
#include "log/form/relearn.h"

#include <stdlib.h>
#include <string.h>

#include "log/form/look.h"
#include "log/prefix/anchor.h"
#include "log/prefix/capture.h"
#include "log/prefix/learned.h"

enum {
    KEPT_MOST = 32 * 1024,    /* bytes of examples */
    KEPT_AT_ONCE = 16 * 1024, /* of one way */
    KEPT_LINE = 2048,
    ATTEMPTS_FREE = 8,
    ATTEMPTS_SHIFT = 24 /* one more for each 16 MiB: learning takes as long as reading a megabyte */
};

struct later {
    struct later *next;
    struct reading reading;
    struct learned *learned; /* of it, or NULL; owned */
};

bool relearn_may(const struct capture_options *options, const struct reading *reading)
{
    /* A raw capture whose line ends are told goes through one stream of bytes; a form that the user has named stays. */
    const bool streamed = options->frames && reading->form->form == FORM_RAW;
    return options->plan == NULL && options->form == NULL && !streamed;
}

/* Does the form tell what a line is by those before it? */
static bool needs_context(const struct reading *reading)
{
    return reading->header.known || reading->form->form == FORM_DUMP;
}

/* Keep the lines that hold messages; of a form that needs them, those between too. False without memory. */
static bool keep(struct relearn *relearn, const struct reading *reading, struct bytes sample)
{
    const size_t room = KEPT_MOST - relearn->kept_length;
    const size_t most = relearn->kept_length + (room < KEPT_AT_ONCE ? room : KEPT_AT_ONCE);
    if (sample.length == 0)
        return true;
    const char *const limit = sample.data + sample.length;
    if (relearn->kept == NULL && (relearn->kept = malloc(KEPT_MOST)) == NULL)
        return false;
    for (const char *next = sample.data, *end; next < limit; next = end) {
        const char *const feed = memchr(next, '\n', (size_t)(limit - next));
        struct anchor anchor;
        end = feed == NULL ? limit : feed + 1;
        const size_t length = (size_t)(end - next);
        if (feed == NULL || relearn->kept_length + length > most)
            break;
        if (length > KEPT_LINE || (!needs_context(reading) && !anchor_find(next, feed, &anchor)))
            continue;
        memcpy(relearn->kept + relearn->kept_length, next, length);
        relearn->kept_length += length;
    }
    return true;
}

bool relearn_begin(struct relearn *relearn, const struct reading *reading, struct bytes sample,
                   uint64_t end, bool is_wide)
{
    relearn->width = is_wide ? 2 : 1;
    relearn->reading = reading;
    relearn->from = end;
    return keep(relearn, reading, sample);
}

bool relearn_allows(struct relearn *relearn, uint64_t place)
{
    if (place < relearn->from)
        return false;
    if (relearn->attempts < ATTEMPTS_FREE + (place / relearn->width >> ATTEMPTS_SHIFT))
        return true;
    relearn->from =
        ((uint64_t)(relearn->attempts - ATTEMPTS_FREE + 1) << ATTEMPTS_SHIFT) * relearn->width;
    return false;
}

/* A way to read what was learned from. */
struct candidate_way {
    struct reading reading;
    struct learned *learned;
    struct yield yield; /* of the lines that are new */
};

/* False without memory. */
static bool make_way(struct candidate_way *way, const struct relearn *relearn, struct finder *trial,
                     struct bytes sample, struct bytes lines, bool others)
{
    *way = (struct candidate_way){.reading = {.others = others,
                                              .names = relearn->reading->names,
                                              .modem_token = relearn->reading->modem_token}};
    if (!choose_reading(trial, &way->reading, sample, &way->learned))
        return false;
    reading_order(&way->reading, sample);
    way->reading.returns = relearn->reading->returns;
    way->yield = choose_yield(trial, &way->reading, lines);
    return true;
}

/* From now on that is the way to read. False without memory. */
static bool take_way(struct relearn *relearn, struct candidate_way *way)
{
    struct later *const later = malloc(sizeof *later);
    if (later == NULL)
        return false;
    *later = (struct later){relearn->list, way->reading, way->learned};
    way->learned = NULL;
    relearn->list = later;
    relearn->reading = &later->reading;
    return true;
}

/* Both what was kept and what is new, to be freed; no data without memory. */
static struct bytes join(const struct relearn *relearn, struct bytes lines)
{
    char *const bytes = malloc(relearn->kept_length + lines.length);
    if (bytes == NULL)
        return (struct bytes){NULL, 0};
    if (relearn->kept_length > 0)
        memcpy(bytes, relearn->kept, relearn->kept_length);
    memcpy(bytes + relearn->kept_length, lines.data, lines.length);
    return (struct bytes){bytes, relearn->kept_length + lines.length};
}

bool relearn_try(struct relearn *relearn, struct finder *trial, const struct relearn_lines *lines,
                 bool *learned)
{
    struct candidate_way ways[2] = {{.learned = NULL}, {.learned = NULL}};
    /* What stands before the message may have been kept already. */
    const struct bytes fresh = {lines->all.data + lines->message,
                                lines->all.length - lines->message};
    const struct bytes both = join(relearn, fresh);
    *learned = false;
    if (both.data == NULL)
        return false;
    relearn->attempts++;
    relearn->from = lines->place + (uint64_t)WINDOW_SIZE * relearn->width;
    const struct yield before = choose_yield(trial, relearn->reading, lines->all);
    const bool others = relearn->kept_length > 0;
    bool made = make_way(&ways[0], relearn, trial, both, lines->all, false) &&
                (!others || make_way(&ways[1], relearn, trial, fresh, lines->all, true));
    /* What no other message shares is no prefix, if there are some. */
    if (made && others && ways[1].yield.messages == 1)
        ways[1].yield.messages = 0;
    if (made) {
        /* What understands the lines before too is better, if it makes as much of the new ones. */
        struct candidate_way *const way =
            others && yield_is_better(&ways[1].yield, &ways[0].yield) ? &ways[1] : &ways[0];
        *learned = way->yield.messages > 0 && yield_is_better(&way->yield, &before);
        made = keep(relearn, &way->reading, fresh) && (!*learned || take_way(relearn, way));
    }
    free(ways[0].learned);
    free(ways[1].learned);
    free((char *)both.data);
    return made && !trial->events.no_memory;
}

/* Is nothing of a line understood, or was what stands before its message not learned? */
static bool is_strange(struct finder *trial, const struct reading *reading, struct bytes line)
{
    struct line read;
    const struct yield yield = choose_yield(trial, reading, line);
    const char *const end = line.data + line.length - 1;
    reading_line(reading, line.data, end, &read);
    return yield.messages <= 0 || reading_is_strange(reading, &read, line.data, end);
}

/* Where a boot is announced; NULL if nowhere. */
static const char *find_word(const char *begin, const char *end)
{
    static const char word[] = "RDY";
    const size_t length = sizeof word - 1;
    while ((size_t)(end - begin) >= length &&
           (begin = memchr(begin, *word, (size_t)(end - begin) - length + 1)) != NULL) {
        if (memcmp(begin, word, length) == 0)
            return begin;
        begin++;
    }
    return NULL;
}

const char *relearn_find_boot(struct finder *trial, const struct reading *reading,
                              struct bytes lines)
{
    const char *const limit = lines.data + lines.length;
    for (const char *next = lines.data, *word; (word = find_word(next, limit)) != NULL;) {
        const char *begin = word;
        while (begin > next && begin[-1] != '\n')
            begin--;
        next = (const char *)memchr(word, '\n', (size_t)(limit - word)) + 1;
        if (is_strange(trial, reading, (struct bytes){begin, (size_t)(next - begin)}))
            return begin;
    }
    return NULL;
}

const char *relearn_find_message(struct finder *trial, const struct reading *reading,
                                 struct bytes lines)
{
    const char *const limit = lines.data + lines.length;
    for (const char *next = lines.data; next < limit;) {
        const struct candidate candidate = trial->search.lines(next, limit, false);
        struct anchor anchor;
        if (candidate.line == NULL)
            return NULL;
        const char *const end = memchr(candidate.line, '\n', (size_t)(limit - candidate.line));
        next = end + 1;
        if (trial->search.has_word(candidate.line, end) &&
            anchor_find(candidate.line, end, &anchor) &&
            is_strange(trial, reading,
                       (struct bytes){candidate.line, (size_t)(next - candidate.line)}))
            return candidate.line;
    }
    return NULL;
}

void relearn_free(struct relearn *relearn)
{
    while (relearn->list != NULL) {
        struct later *const later = relearn->list;
        relearn->list = later->next;
        free(later->learned);
        free(later);
    }
    free(relearn->kept);
}
