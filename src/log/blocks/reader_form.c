/* SPDX-License-Identifier: MIT */
#include "log/blocks/reader_inside.h"

#include <stdlib.h>
#include <string.h>

#include "log/form/choose.h"
#include "log/form/look.h"
#include "log/prefix/learned.h"

enum {
    BEFORE_WINDOW =
        4096 /* bytes before the first message that are looked at where there are many */
};

bool reading_splits(const struct reading *reading)
{
    return reading->form->form != FORM_RAW && !reading->torn && !reading->deltas &&
           !reading->header.known && !reading->returns;
}

void reader_note_form(struct reader *reader, const struct reading *reading)
{
    struct note *const note = &reader->source->opening;
    const char *const name = reading->form->name;
    const char *const learned =
        reading->learned == NULL ? "" : ", what stands before its texts learned from them";
    if (reading->glued > 0)
        *note = note_make(
            TOLD_NOTE, TOLD_NO_BYTE,
            "read as %s; behind text that stands before no other message, %u of its first messages "
            "are "
            "not believed: \"%s\"; if they are the modem's, cut that text off, or try --capture",
            name, reading->glued, reading->example);
    else if (reading->order == ORDER_EITHER)
        *note =
            note_make(TOLD_NOTE, TOLD_NO_BYTE,
                      "read as %s%s; its dates do not tell day from month, and stay as they are "
                      "written",
                      name, learned);
    else if (reader->options->verbose && reading->form->form == FORM_RAW)
        *note = note_make(TOLD_NOTE, TOLD_NO_BYTE, "read as %s", name);
    else if (reader->options->verbose)
        *note = note_make(TOLD_NOTE, TOLD_NO_BYTE,
                          "read as %s%s: %u of its first %u lines are of that form", name, learned,
                          reading->matched, reading->looked);
}

/* Read a sample as it stands, in the form that the user has named or the best one. */
static bool choose_one(struct reader *reader, struct reading *reading, struct learned **learned,
                       struct bytes lines)
{
    reading->form = reader->options->form;
    return reading->form != NULL ? reading_take(&reader->trial, reading, lines, learned)
                                 : choose_reading(&reader->trial, reading, lines, learned);
}

/* Has a sample a line end, and no line feed but its last byte? */
static bool has_returns_alone(struct bytes sample)
{
    const char *const end = sample.data + sample.length - 1;
    const char *turn = memchr(sample.data, '\r', sample.length);
    while (turn != NULL && turn < end && *turn == '\r')
        turn++;
    return turn != NULL && turn < end && memchr(sample.data, '\n', sample.length) == end;
}

/* What stands before the texts may stand behind carriage returns alone: more is believed then. False without memory. */
static bool consider_returns(struct reader *reader, struct reading *reading,
                             struct learned **learned, char *sample, size_t length)
{
    struct learned *other_learned = NULL;
    struct reading other = {.names = reading->names, .modem_token = reading->modem_token};
    if (reading->glued == 0 || !has_returns_alone((struct bytes){sample, length}))
        return true;
    turn_ends(sample, length);
    const bool made = choose_one(reader, &other, &other_learned, (struct bytes){sample, length});
    const bool better = made && other.form->form != FORM_RAW && other.glued < reading->glued;
    free(better ? *learned : other_learned);
    if (better) {
        *reading = other;
        *learned = other_learned;
        reading->returns = true;
    }
    return made;
}

bool reader_choose_form(struct reader *reader, struct reading *reading, struct learned **learned,
                        const char *bytes, size_t length)
{
    char *const sample = malloc(length + 1);
    if (!reader->has_trial)
        reader->has_trial = finder_make(&reader->trial);
    bool made = sample != NULL && reader->has_trial;
    if (made) {
        if (length > 0)
            memcpy(sample, bytes, length);
        sample[length] = '\n';
        const struct bytes lines = {sample, length + 1};
        made = choose_one(reader, reading, learned, lines);
        if (made && reader->source->turn == 0 && reading == &reader->source->reading)
            made = consider_returns(reader, reading, learned, sample, length + 1);
        if (made)
            reading_order(reading, lines);
    }
    free(sample);
    return made;
}

/* The end of what is looked at to choose the form. */
static uint64_t end_of_window(const struct reader *reader)
{
    const struct window *const window = &reader->window;
    const uint64_t have = reader->offset + reader->left;
    uint64_t end = WINDOW_SIZE;
    if (window->found) {
        end = window->first + WINDOW_SIZE;
        if (window->bare_end > 0 && window->bare_again > 0 && window->bare_again < end)
            end = window->bare_again;
        if (reader->options->live)
            end = window->first_end;
    }
    return end < have ? end : have;
}

/* What tells the log's form: bytes that are left. */
static struct bytes find_sample(const struct reader *reader)
{
    const struct window *const window = &reader->window;
    uint64_t begin = window->bare_end;
    if (window->found && window->first - begin > WINDOW_SIZE)
        begin = window->first - BEFORE_WINDOW;
    const size_t length = (size_t)(end_of_window(reader) - begin);
    return (struct bytes){length == 0 ? NULL : reader->next + (begin - reader->offset), length};
}

bool reader_has_window(const struct reader *reader)
{
    const struct window *const window = &reader->window;
    const uint64_t have = reader->offset + reader->left;
    if (reader->at_end || reader->no_memory)
        return true;
    if (!window->found)
        return window_is_bare(window);
    return reader->options->live || (window->bare_end > 0 && window->bare_again > 0) ||
           have >= window->first + WINDOW_SIZE;
}

/* Read as `reading` says, with its own copy of what was learned. False without memory. */
static bool copy_reading(const struct reading *reading, struct reading *copy,
                         struct learned **learned)
{
    free(*learned);
    *learned = NULL;
    *copy = *reading;
    if (reading->learned == NULL)
        return true;
    *learned = malloc(sizeof **learned);
    if (*learned == NULL)
        return false;
    **learned = *reading->learned;
    copy->learned = *learned;
    return true;
}

/* A file that holds no message is read as the one before it in its log. Else it is kept how it is read, for the next. False
 * without memory. */
static bool take_before(struct reader *reader)
{
    struct source *const source = reader->source;
    if (!reader->window.found && reader->window.bare_first == 0) {
        if (!reader->has_before)
            return true;
        const bool copied = copy_reading(&reader->before, &source->reading, &source->learned[1]);
        source->reading.glued = 0; /* that has been told */
        return copied;
    }
    if (source->place == NULL)
        return true;
    reader->has_before = copy_reading(&source->reading, &reader->before, &reader->before_learned);
    return reader->has_before;
}

/* Where in the log what tells its form ends, if that is told by messages. */
static uint64_t end_of_sample(const struct reader *reader, struct bytes sample)
{
    if (!reader->window.found || sample.length == 0)
        return 0;
    const size_t length = (size_t)(sample.data - reader->next) + sample.length;
    return reader->offset + (!reader->source->is_wide ? length : wide_length(reader->next, length));
}

/* Go on to learn from messages that come later. False without memory. */
static bool go_on_to_learn(struct reader *reader, struct bytes sample, uint64_t end)
{
    struct source *const source = reader->source;
    source->learns = relearn_may(reader->options, &source->reading);
    source->guess = &source->reading;
    source->guess_from = end;
    return !source->learns ||
           relearn_begin(&source->relearn, &source->reading, sample, end, source->is_wide);
}

bool reader_settle(struct reader *reader)
{
    struct source *const source = reader->source;
    const struct window *const window = &reader->window;
    /* Behind lines without a prefix all is learned when it comes, unless the user says what it is, or wants to see each line: those before
     * the first message behind a prefix are read as that is. */
    const bool at_once = reader->options->form != NULL || reader->options->all;
    if (window->bare_first > 0 && !(window->found && at_once)) {
        source->reading = source->bare_reading;
        source->turn = 0;
        return take_before(reader) && go_on_to_learn(reader, (struct bytes){NULL, 0}, 0);
    }
    /* What is said to be of one form has no turn. */
    source->turn = reader->options->form == NULL ? window->bare_end : 0;
    const struct bytes sample = find_sample(reader);
    if (!reader_choose_form(reader, &source->reading, &source->learned[1], sample.data,
                            sample.length))
        return false;
    if (!take_before(reader) || !go_on_to_learn(reader, sample, end_of_sample(reader, sample)))
        return false;
    /* What has been given of it stands before what is left. */
    if (source->reading.returns && reader->store != NULL && reader->left > 0)
        turn_ends(store_bytes(reader->store) + (reader->next - store_bytes(reader->store)),
                  reader->left);
    reader_note_form(reader, &source->reading);
    return true;
}

bool reader_look(struct reader *reader)
{
    struct source *const source = reader->source;
    struct window *const window = &reader->window;
    const bool was_bare = window->bare_first > 0;
    if (!reader->has_trial && !(reader->has_trial = finder_make(&reader->trial)))
        return false;
    window_look(window, reader->trial.search.lines, reader->next, reader->offset, reader->left,
                reader->at_end);
    if (was_bare || window->bare_first == 0)
        return true;
    /* It is at the begin of what is left, which is the log's. */
    if (!reader_choose_form(reader, &source->bare_reading, &source->learned[0], reader->next,
                            (size_t)window->bare_first))
        return false;
    reader_note_form(reader, &source->bare_reading);
    return true;
}

struct sbfota_log_plan *reader_plan(const struct capture_options *options, struct bytes head,
                                    bool at_end, bool *lacks)
{
    struct reader reader = {
        .options = options, .next = head.data, .left = head.length, .at_end = at_end};
    struct source source = {.fd = -1};
    struct sbfota_log_plan *plan = NULL;
    source.reading.names = source.bare_reading.names = &options->names;
    source.reading.modem_token = source.bare_reading.modem_token = options->modem_token;
    reader.source = &source;
    const bool looked = reader_look(&reader);
    *lacks = looked && !reader_has_window(&reader);
    if (looked && !*lacks && reader_settle(&reader)) {
        const struct bytes sample = find_sample(&reader);
        const bool splits =
            source.turn == 0 && reading_splits(&source.reading) && sample.length <= PLAN_SAMPLE;
        plan = plan_make(&source.reading, splits, sample);
    }
    relearn_free(&source.relearn);
    free(source.learned[0]);
    free(source.learned[1]);
    if (reader.has_trial)
        finder_free(&reader.trial);
    free(reader.before_learned);
    return plan;
}
