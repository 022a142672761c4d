/* SPDX-License-Identifier: MIT */
#include "log/form/choose.h"

#include <stdlib.h>
#include <string.h>

#include "log/form/dump_find.h"
#include "log/form/learn.h"
#include "log/form/learn_columns.h"
#include "log/form/look.h"
#include "log/form/window.h"
#include "log/join/order.h"
#include "log/prefix/anchor.h"

enum {
    ANCHORS_LOOKED_AT = 16
};

void read_part(struct finder *trial, const struct reading *reading, struct bytes part)
{
    struct order order = {.lines = 0};
    struct block block = {.reading = reading,
                          .log = trial->shapes_of + 1,
                          .data = part.data,
                          .size = part.length,
                          .last = true};
    trial->reading = reading;
    trial->tries = true;
    finder_block(trial, &block);
    order_block(&order, trial, &block);
    order_free(&order);
}

struct yield choose_yield(struct finder *trial, const struct reading *reading, struct bytes sample)
{
    struct yield yield = {.messages = 0};
    read_part(trial, reading, sample);
    for (size_t i = 0; i < trial->events.count; i++) {
        const struct log_event *const event = &trial->events.list[i];
        const bool whole = record_is_whole(event->message.kind);
        if (event->message.kind == SBFOTA_MALFORMED &&
            event->message.detail == SBFOTA_REASON_GLUED && yield.glued++ == 0)
            yield.example = sample.data + event->message.offset;
        const bool odd = !whole && event->message.kind != SBFOTA_OVERLONG;
        yield.messages += whole - odd;
        yield.words += reading_is_word(event->message.kind);
        yield.odd += odd;
        /* Where a form says whose text it is, it is that. */
        yield.wrong += whole && reading->form->may_be_learned && event->direction == DIRECTION_TX &&
                       !record_is_hosts(event->message.kind);
        yield.times += whole && event->time_length > 0;
        yield.directions += whole && event->direction != DIRECTION_NONE;
    }
    yield.all = !reading->torn && !trial->missed;
    return yield;
}

/* Is it read so that nothing of a log is told, not even what is odd? */
static bool is_silent(const struct yield *yield)
{
    return yield->messages == 0 && yield->odd == 0;
}

/* Is all of it understood, with a time for each message? Then nothing can make more of it. */
static bool is_doubtless(const struct yield *yield)
{
    return yield->messages > 0 && yield->odd == 0 && yield->wrong == 0 &&
           yield->times == (unsigned long)yield->messages;
}

/* And is there nothing else that may be a message? */
static bool tells_all(const struct yield *yield)
{
    return is_doubtless(yield) && yield->all;
}

bool yield_is_better(const struct yield *yield, const struct yield *than)
{
    /* Lest what one way tells as odd be lost in silence by another. */
    if (yield->messages <= 0 && than->messages <= 0 && is_silent(yield) != is_silent(than))
        return is_silent(than);
    if (yield->messages != than->messages)
        return yield->messages > than->messages;
    if (yield->wrong != than->wrong)
        return yield->wrong < than->wrong;
    if (yield->times != than->times)
        return yield->times > than->times;
    return yield->directions > than->directions;
}

/* Is each word of ours told with all that is to be told of it, or in a result code that nobody awaits? */
static bool leaves_nothing(const struct yield *yield)
{
    return yield->all &&
           (is_silent(yield) ||
            (is_doubtless(yield) && yield->directions == (unsigned long)yield->messages));
}

/* The best way to read a log so far. */
struct choice {
    struct reading reading;
    struct learned *learned; /* of the reading, or NULL */
    struct yield yield;
};

/* Take a way to read the log if it makes more of it, and is not foreign to all of it; what is learned is freed if it is not needed
 * any more. */
static void consider(struct finder *trial, struct choice *choice, const struct reading *reading,
                     struct learned *learned, struct bytes sample)
{
    const struct yield yield = choose_yield(trial, reading, sample);
    const bool better = !trial->events.no_memory && (reading->matched > 0 || yield.messages > 0) &&
                        yield_is_better(&yield, &choice->yield);
    free(better ? choice->learned : learned);
    if (better)
        *choice = (struct choice){*reading, learned, yield};
}

/* The same with what may stand before the texts in its fields. False without memory. */
static bool consider_nested(struct finder *trial, struct choice *choice,
                            const struct reading *reading, struct bytes sample)
{
    struct reading nested = *reading;
    struct learned *learned;
    if (!nest_learn(reading, sample, &learned))
        return false;
    if (learned == NULL)
        return true;
    nested.learned = learned;
    reading_look(trial, &nested, sample);
    consider(trial, choice, &nested, learned, sample);
    return true;
}

/* Where the first messages of a sample stand. */
struct places {
    bool may_be_fields; /* behind a brace, an equals sign, or a separator of columns */
    bool are_seen;      /* in lines, rather than spelled over them, or in some other way */
    bool dumped;        /* in digits; told if none is seen */
};

static struct places find_places(struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    struct places places = {.are_seen = false};
    unsigned looked = 0;
    for (const char *next = sample.data, *end; next < limit && looked < ANCHORS_LOOKED_AT;
         next = end + 1) {
        struct anchor anchor;
        end = memchr(next, '\n', (size_t)(limit - next));
        if (!anchor_find(next, end, &anchor))
            continue;
        looked++;
        places.are_seen = true;
        const char *before = anchor.begin;
        while (before > next && strchr("\" '", before[-1]) != NULL && before[-1] != '\0')
            before--;
        const size_t length = (size_t)(anchor.begin - next);
        places.may_be_fields =
            places.may_be_fields || memchr(next, '{', length) != NULL ||
            memchr(next, '=', length) != NULL ||
            (before > next && strchr(",;|\t", before[-1]) != NULL && before[-1] != '\0');
    }
    places.dumped = !places.are_seen && dump_find(sample.data, limit) != NULL;
    return places;
}

/* May it be JSON, or does a line at least begin as one of it may? */
static bool may_be_json(struct bytes sample, bool holds)
{
    const char *const limit = sample.data + sample.length;
    const bool has_braces = memchr(sample.data, '{', sample.length) != NULL ||
                            memchr(sample.data, '[', sample.length) != NULL;
    if (!has_braces || holds)
        return has_braces;
    for (const char *next = sample.data; next < limit;) {
        while (*next == ' ' || *next == '\t')
            next++;
        if (*next == '"' || *next == '{' || *next == '}' || *next == '[' || *next == ']')
            return true;
        next = (const char *)memchr(next, '\n', (size_t)(limit - next)) + 1;
    }
    return false;
}

/* Is it the begin of JSON that is all on one line? What it holds may come later. Of brackets a record or a text must stand within:
 * others have a time there. */
static bool is_long_json(struct bytes sample)
{
    const char *const end = sample.data + sample.length - 1;
    const char *const feed = memchr(sample.data, '\n', sample.length);
    const char *at = sample.data;
    if (feed != end || sample.length <= WINDOW_SIZE || (*at != '{' && *at != '['))
        return false;
    while (*at == '[' || (at > sample.data && (*at == ' ' || *at == '\t')))
        at++;
    return *at == '{' || *at == '"';
}

/* Forms with names for their fields: what they are is known when they are read. */
static bool consider_fields(struct finder *trial, struct choice *choice, struct bytes sample,
                            bool holds)
{
    static const char *const names[] = {"jsonl", "json", "logfmt", "csv"};
    const bool may_be = may_be_json(sample, holds);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct reading reading = choice->reading;
        reading.form = capture_form_find(names[i]);
        reading.learned = NULL;
        if (reading.form->form == FORM_JSON && !may_be)
            continue;
        if (reading.form != choice->reading.form || choice->learned != NULL) {
            reading_prepare(&reading, sample, holds);
            reading_look(trial, &reading, sample);
        }
        if (reading.matched == 0 && reading.form->form != FORM_JSON)
            continue;
        if (reading.form != choice->reading.form)
            consider(trial, choice, &reading, NULL, sample);
        /* A byte a row: what it holds may come later. */
        if (reading.form->form == FORM_CSV && reading.columns.parted && choice->yield.messages <= 0)
            choice->reading = reading;
        if (!consider_nested(trial, choice, &reading, sample))
            return false;
        if (choice->reading.form->has_fields && tells_all(&choice->yield))
            break;
    }
    if (choice->yield.messages <= 0 && is_long_json(sample)) {
        choice->reading.form = capture_form_find("json");
        reading_prepare(&choice->reading, sample, true);
        reading_look(trial, &choice->reading, sample);
    }
    return true;
}

/* Rows of digits that hold a message. */
static void consider_dump(struct finder *trial, struct choice *choice, struct bytes sample)
{
    struct reading other = choice->reading;
    other.form = capture_form_find("dump");
    other.learned = NULL;
    reading_prepare(&other, sample, true);
    reading_look(trial, &other, sample);
    const struct yield yield = choose_yield(trial, &other, sample);
    if (trial->events.no_memory || yield.messages <= 0 || !yield_is_better(&yield, &choice->yield))
        return;
    free(choice->learned);
    *choice = (struct choice){other, NULL, yield};
}

/* The same reading, with headers that say more of the texts below. */
static void consider_header(struct finder *trial, struct choice *choice,
                            const struct header *header, struct bytes sample)
{
    struct reading other = choice->reading;
    if (other.form->form == FORM_RAW) {
        other.form = capture_form_find("learned");
        reading_prepare(&other, sample, true);
        reading_look(trial, &other, sample);
    }
    other.header = *header;
    other.torn = true;
    const struct yield yield = choose_yield(trial, &other, sample);
    if (trial->events.no_memory || yield.messages <= 0 || !yield_is_better(&yield, &choice->yield))
        return;
    choice->reading = other;
    choice->yield = yield;
}

/* Does a reading lose nothing to another but the words of other programs? The modem's program is the one whose lines hold messages; it
 * is known by them if it says such words too. */
static bool loses_words_alone(const struct reading *reading, const struct yield *yield,
                              const struct yield *than)
{
    return reading->form->form == FORM_SYSLOG && yield->words > 0 && yield->odd <= than->odd &&
           yield->messages - yield->words >= than->messages - than->words;
}

/* Does a reading tell as glued what another believes, as few as these are, and lose nothing else? */
static bool doubts(const struct yield *yield, const struct yield *than)
{
    const long glued = (long)yield->glued - (long)than->glued;
    return glued > 0 && glued < yield->messages && yield->messages + 2 * glued >= than->messages;
}

/* What is learned of a sample, and of that what the form makes that it was made of last. */
struct lesson_learned {
    struct reading reading;  /* in the form */
    struct learned *learned; /* NULL if it has not been learned, or belongs to the choice */
    struct yield yield;
};

/* The same form with what can be learned, if it may be learned; else the one that is nothing else. False without memory. */
static bool learn_form(struct finder *trial, const struct reading *named, struct bytes sample,
                       struct lesson_learned *lesson)
{
    const struct capture_form *const form =
        named->form->may_be_learned ? named->form : capture_form_find("learned");
    if (lesson->learned != NULL && lesson->reading.form == form)
        return true;
    if (lesson->learned == NULL) {
        lesson->reading = *named;
        if (!reading_learn(&lesson->reading, sample, &lesson->learned))
            return false;
    }
    lesson->reading.form = form;
    reading_prepare(&lesson->reading, sample, true);
    if (lesson->learned->useful) {
        reading_look(trial, &lesson->reading, sample);
        lesson->yield = choose_yield(trial, &lesson->reading, sample);
    }
    return true;
}

/* What is learned counts before the form alone where both make as much of the log. False without memory. */
static bool consider_learned(struct finder *trial, struct choice *choice, struct bytes sample,
                             struct lesson_learned *lesson)
{
    if (choice->reading.form->has_fields && tells_all(&choice->yield))
        return true;
    if (!learn_form(trial, &choice->reading, sample, lesson))
        return false;
    const struct yield *const yield = &lesson->yield;
    bool better = false;
    if (lesson->learned->useful)
        better = lesson->reading.form == choice->reading.form
                     ? !yield_is_better(&choice->yield, yield) ||
                           loses_words_alone(&lesson->reading, yield, &choice->yield) ||
                           doubts(yield, &choice->yield)
                     : yield->messages > 0 && yield_is_better(yield, &choice->yield);
    if (better) {
        free(choice->learned);
        *choice = (struct choice){lesson->reading, lesson->learned, lesson->yield};
        lesson->learned = NULL;
    }
    return true;
}

/* Does a form, with what is learned of it, make so much of the sample that nothing else need be tried? False too without memory. */
static bool suffices(struct finder *trial, struct choice *choice, const struct places *places,
                     struct bytes sample, struct lesson_learned *lesson)
{
    const bool may =
        choice->reading.form->may_be_learned && places->are_seen && !places->may_be_fields &&
        learn_form(trial, &choice->reading, sample, lesson) && lesson->learned->useful &&
        lesson->yield.messages > 0 && leaves_nothing(&lesson->yield);
    if (may) {
        *choice = (struct choice){lesson->reading, lesson->learned, lesson->yield};
        lesson->learned = NULL;
    }
    return may;
}

/* Messages of which nothing is told, since what stands around them is not believed. */
static void count_strange(struct yield *yield, struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    for (const char *next = sample.data, *end; next < limit; next = end + 1) {
        struct anchor anchor;
        end = memchr(next, '\n', (size_t)(limit - next));
        if (anchor_find(next, end, &anchor) && yield->glued++ == 0)
            yield->example = next;
    }
}

/* A message that is not believed, for the user. */
static void keep_example(struct reading *reading, struct yield *yield, const struct places *places,
                         struct bytes sample)
{
    if (places->are_seen && is_silent(yield))
        count_strange(yield, sample);
    reading->glued = yield->glued;
    if (yield->glued == 0)
        return;
    const size_t left = (size_t)(sample.data + sample.length - yield->example);
    size_t length = 0;
    while (length < left && length + 1 < sizeof reading->example &&
           yield->example[length] != '\n' && yield->example[length] != '\r')
        length++;
    memcpy(reading->example, yield->example, length);
    reading->example[length] = '\0';
}

/* Is one of twenty bytes of a kind that no text has? Zeros are what a loss of power leaves in a log. */
static bool is_binary(struct bytes sample)
{
    static const bool of_text[32] = {
        ['\b'] = true, ['\t'] = true, ['\n'] = true, ['\f'] = true, ['\r'] = true, [0x1b] = true};
    size_t others = 0;
    size_t zeros = 0;
    for (size_t i = 0; i < sample.length; i++) {
        const unsigned char byte = (unsigned char)sample.data[i];
        zeros += byte == 0;
        others += byte > 0 && byte < sizeof of_text && !of_text[byte];
    }
    return others * 20 > sample.length - zeros;
}

/* All ways to read a sample, one after another. False without memory. */
static bool try_all(struct finder *trial, struct choice *choice, const struct places *places,
                    struct bytes sample, struct lesson_learned *lesson)
{
    struct header header;
    if (choice->reading.looked == 0)
        reading_look(trial, &choice->reading, sample);
    choice->yield = choose_yield(trial, &choice->reading, sample);
    const bool holds = places->are_seen || places->dumped || !leaves_nothing(&choice->yield);
    const bool has_words = holds || !is_silent(&choice->yield) || trial->answers > 0;
    bool made = is_doubtless(&choice->yield) && places->are_seen && !places->may_be_fields;
    made = (made || consider_fields(trial, choice, sample, holds)) &&
           (!has_words || consider_learned(trial, choice, sample, lesson)) &&
           !trial->events.no_memory;
    if (!made || !holds || (is_doubtless(&choice->yield) && places->are_seen))
        return made;
    if (places->are_seen ? dump_find(sample.data, sample.data + sample.length) != NULL
                         : places->dumped)
        consider_dump(trial, choice, sample);
    if (choice->reading.form->form != FORM_DUMP && header_learn(&header, sample))
        consider_header(trial, choice, &header, sample);
    return true;
}

bool choose_reading(struct finder *trial, struct reading *reading, struct bytes sample,
                    struct learned **learned)
{
    struct choice choice = {.reading = *reading};
    struct lesson_learned lesson = {.learned = NULL};
    const struct places places = find_places(sample);
    reading_choose(trial, &choice.reading, sample);
    const bool made = suffices(trial, &choice, &places, sample, &lesson) ||
                      try_all(trial, &choice, &places, sample, &lesson);
    free(lesson.learned);
    keep_example(&choice.reading, &choice.yield, &places, sample);
    columns_learn_modem(&choice.reading, sample);
    choice.reading.binary = choice.yield.messages <= 0 && is_binary(sample);
    *reading = choice.reading;
    *learned = choice.learned;
    return made && !trial->events.no_memory;
}
