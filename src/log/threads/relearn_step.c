/* SPDX-License-Identifier: MIT */
#include "log/threads/relearn_step.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a log may be read in another way, and the lines that tell. */
struct place_to_learn {
    const char *turn; /* in the block: the message's line, or that of the boot before it */
    uint64_t message; /* in the log */
    char *lines;      /* from `turn` on; owned */
    size_t length;    /* of these */
    size_t before;    /* bytes of them before the message's line */
};

static bool learns(const struct reader_piece *piece, const struct block *block)
{
    return piece->learn_from != FINDER_NOWHERE && block->size > 0 && !block->source->cut &&
           block->data[block->size - 1] == '\n';
}

void relearner_find(struct finder *finder, struct reader_piece *piece)
{
    struct block *const block = &piece->block;
    const struct relearn *const relearn = &block->source->relearn;
    if (!learns(piece, block))
        return;
    if (finder->reading == relearn->reading && finder_learn_from(finder, relearn->from))
        return;
    finder->learn_from = relearn->from;
    block->reading = finder->reading = relearn->reading;
    block->form = block->reading->form->name;
    block->deltas = block->reading->deltas;
    finder_block(finder, block);
}

/* Up to `length` bytes behind a piece. */
static size_t read_ahead(const struct relearner *relearner, const struct reader_piece *piece,
                         char *bytes, size_t length)
{
    if (piece->block.last || relearner->options->live)
        return 0;
    pthread_mutex_lock(relearner->lock);
    const size_t have = reader_ahead(relearner->reader, piece, bytes, length);
    pthread_mutex_unlock(relearner->lock);
    return have;
}

/* The first line that begins at a place or behind it. */
static const char *find_line(const struct block *block, const char *limit, size_t before)
{
    const char *at = (size_t)(limit - block->data) > before ? limit - before : block->data;
    while (at > block->data && at < limit && at[-1] != '\n')
        at++;
    return at;
}

/* Whole lines up to a limit; what stands behind the last line end is one where the log ends. */
static size_t cut_lines(char *lines, size_t length, bool at_end)
{
    if (at_end && length > 0 && lines[length - 1] != '\n') {
        lines[length] = '\n';
        return length + 1;
    }
    while (length > 0 && lines[length - 1] != '\n')
        length--;
    return length;
}

/* The lines from `place->turn` on, up to a window behind the message. False without memory. */
static bool read_lines(const struct relearner *relearner, const struct reader_piece *piece,
                       const struct block *block, struct place_to_learn *place, size_t before)
{
    const size_t wanted = before + WINDOW_SIZE;
    const size_t here = (size_t)(block->data + block->size - place->turn);
    place->lines = malloc(wanted + 1);
    if (place->lines == NULL)
        return false;
    size_t have = here < wanted ? here : wanted;
    memcpy(place->lines, place->turn, have);
    if (have < wanted)
        have += read_ahead(relearner, piece, place->lines + have, wanted - have);
    place->length = cut_lines(place->lines, have, have < wanted);
    place->before = before;
    return true;
}

/* A message that stands behind the block, if a boot before it stands in it. False without memory. */
static bool look_behind(struct relearner *relearner, const struct reader_piece *piece,
                        const struct block *block, struct place_to_learn *place)
{
    const struct relearn *const relearn = &block->source->relearn;
    const char *const end = block->data + block->size;
    const char *at = find_line(block, end, RELEARN_BEFORE);
    char *const ahead = malloc(RELEARN_BEFORE + 1);
    if (ahead == NULL)
        return false;
    size_t length = 0;
    const char *message = NULL;
    const char *boot;
    for (bool looked = false;
         (boot = relearn_find_boot(&relearner->trial, relearn->reading,
                                   (struct bytes){at, (size_t)(end - at)})) != NULL;
         looked = true) {
        if (!looked) {
            length = read_ahead(relearner, piece, ahead, RELEARN_BEFORE);
            length = cut_lines(ahead, length, length < RELEARN_BEFORE);
            message = relearn_find_message(&relearner->trial, relearn->reading,
                                           (struct bytes){ahead, length});
        }
        if (message == NULL || (size_t)(end - boot + (message - ahead)) <= RELEARN_BEFORE)
            break;
        at = (const char *)memchr(boot, '\n', (size_t)(end - boot)) + 1;
    }
    bool made = true;
    if (boot != NULL && message != NULL) {
        const size_t before = (size_t)(end - boot) + (size_t)(message - ahead);
        place->turn = boot;
        place->message = block_place(block, end) + (uint64_t)(message - ahead) * relearn->width;
        made = read_lines(relearner, piece, block, place, before);
    }
    free(ahead);
    return made;
}

/* A message that stands in the block. `from` is where events end that stay. False without memory. */
static bool look_at_misfit(struct relearner *relearner, const struct reader_piece *piece,
                           const struct block *block, const char *misfit, const char *from,
                           struct place_to_learn *place)
{
    const struct relearn *const relearn = &block->source->relearn;
    const char *at = find_line(block, misfit, RELEARN_BEFORE);
    at = at < from ? from : at;
    const char *const boot = at < misfit
                                 ? relearn_find_boot(&relearner->trial, relearn->reading,
                                                     (struct bytes){at, (size_t)(misfit - at)})
                                 : NULL;
    place->turn = boot == NULL ? misfit : boot;
    place->message = block_place(block, misfit);
    return read_lines(relearner, piece, block, place, (size_t)(misfit - place->turn));
}

/* Others are to know it as well. */
static void publish(const struct relearner *relearner, struct source *source)
{
    pthread_mutex_lock(relearner->lock);
    source->guess = source->relearn.reading;
    source->guess_from = source->relearn.from;
    pthread_mutex_unlock(relearner->lock);
}

static void note_way(struct relearner *relearner, struct reader_piece *piece, uint64_t place)
{
    const struct source *const source = piece->block.source;
    if (!relearner->options->verbose || piece->note.text[0] != '\0')
        return;
    piece->note.told = TOLD_LEARNED;
    piece->note.byte = place;
    snprintf(piece->note.text, sizeof piece->note.text, "from byte %llu on read as %s%s",
             (unsigned long long)place, source->relearn.reading->form->name,
             source->relearn.reading->learned == NULL
                 ? ""
                 : ", what stands before its texts learned from them");
    piece->note_file = source->file == NULL ? NULL : strdup(source->file);
    relearner->no_memory = source->file != NULL && piece->note_file == NULL;
}

/* Learn there, if that is allowed. */
static bool learn(struct relearner *relearner, struct reader_piece *piece,
                  const struct block *block, const struct place_to_learn *place)
{
    struct relearn *const relearn = &block->source->relearn;
    bool learned = false;
    const struct relearn_lines lines = {
        {place->lines, place->length}, place->before, place->message};
    const uint64_t window = (uint64_t)WINDOW_SIZE * relearn->width;
    if (place->length <= place->before) /* its line is too long */
        relearn->from = place->message + window;
    else if (!relearn_allows(relearn, place->message))
        relearn->from = relearn->from > place->message ? relearn->from : place->message + 1;
    else if (!relearn_try(relearn, &relearner->trial, &lines, &learned))
        relearner->no_memory = true;
    publish(relearner, block->source);
    if (learned)
        note_way(relearner, piece, block_place(block, place->turn));
    return learned;
}

/* Behind the last of the events, which have been ordered. */
static const char *find_events_end(const struct finder *finder, const struct block *block)
{
    const char *at = block->data;
    for (size_t i = 0; i < finder->events.count; i++) {
        const struct sbfota_event *const message = &finder->events.list[i].message;
        const uint64_t end = message->offset + message->length;
        if (end > block->offset && !block->wide && end - block->offset <= block->size &&
            block->data + (end - block->offset) > at)
            at = block->data + (end - block->offset);
    }
    const char *const limit = block->data + block->size;
    const char *const feed = at == block->data ? NULL : memchr(at, '\n', (size_t)(limit - at));
    return feed == NULL ? at : feed + 1;
}

size_t relearner_split(struct relearner *relearner, struct finder *finder,
                       struct reader_piece *piece, const struct block *whole, size_t done)
{
    const bool torn = whole->reading->torn;
    const char *const limit = whole->data + whole->size;
    if (!learns(piece, whole) || relearner->no_memory)
        return whole->size;
    if (!relearner->has_trial && !(relearner->has_trial = finder_make(&relearner->trial))) {
        relearner->no_memory = true;
        return whole->size;
    }
    for (;;) {
        struct place_to_learn place = {.lines = NULL};
        const char *const from = torn ? find_events_end(finder, whole) : whole->data;
        const char *const misfit = finder_misfit(finder);
        const bool made = misfit == NULL
                              ? look_behind(relearner, piece, whole, &place)
                              : look_at_misfit(relearner, piece, whole, misfit, from, &place);
        relearner->no_memory = relearner->no_memory || !made;
        const bool found = made && place.turn != NULL && place.turn >= from;
        const bool learned = found && learn(relearner, piece, whole, &place);
        free(place.lines);
        if (learned)
            return (size_t)(place.turn - whole->data);
        if (misfit == NULL || !made || torn)
            return torn && misfit != NULL ? done : (size_t)(limit - whole->data);
        if (finder_learn_from(finder, whole->source->relearn.from))
            continue;
        finder->learn_from = whole->source->relearn.from;
        finder_block(finder, &piece->block);
    }
}

void relearner_free(struct relearner *relearner)
{
    if (relearner->has_trial)
        finder_free(&relearner->trial);
}
