/* SPDX-License-Identifier: MIT */
#include "log/blocks/reader_inside.h"

#include <stdlib.h>
#include <string.h>

/* How the block is read, as far as that is known. What was cut behind a carriage return has no line for another way than the raw one. */
static void set_reading(struct reader_piece *piece)
{
    struct block *const block = &piece->block;
    const struct source *const source = block->source;
    const bool bare = block->offset < source->turn;
    const bool has_feed =
        piece->to_load || block->size == 0 || block->data[block->size - 1] == '\n';
    const bool learns = !bare && has_feed;
    block->reading = bare                              ? &source->bare_reading
                     : source->guess != NULL && learns ? source->guess
                                                       : &source->reading;
    block->form = block->reading->form->name;
    block->deltas = block->reading->deltas;
    piece->learn_from = learns && source->learns ? source->guess_from : FINDER_NOWHERE;
}

bool reader_next(struct reader *reader, struct reader_piece *piece)
{
    memset(piece, 0, sizeof *piece);
    piece->learn_from = FINDER_NOWHERE;
    if (reader->no_memory)
        return false;
    while (reader->input == NULL || reader->source == NULL) {
        if (!reader_open_next(reader, piece))
            return false;
        if (piece->note.text[0] != '\0')
            return true;
    }
    struct source *const source = reader->source;
    struct block *const block = &piece->block;
    const bool seekable = reader->input->seekable;
    const uint64_t before = seekable ? reader->offset : reader->input->consumed;
    block->source = source;
    block->log = reader->sources;
    block->file = source->file;
    block->place = source->place;
    block->modem = source->modem;
    source->users++;
    if (!source->streamed) {
        if (!reader_cut(reader, piece))
            reader->no_memory = true;
        if (reader->no_memory) {
            reader_done(reader, piece);
            return false;
        }
        set_reading(piece);
        piece->end = reader->offset;
        if (!reader_keep_given(reader, piece)) {
            reader->no_memory = true;
            reader_done(reader, piece);
            return false;
        }
        if (seekable)
            reader_forget(reader);
        piece->idle =
            reader->input->interactive && !reader->at_end && input_waits(reader->input, 0);
        piece->bytes = (seekable ? reader->offset : reader->input->consumed) - before;
        if (block->last)
            reader_end_source(reader);
    }
    return true;
}

void reader_end_stream(struct reader *reader)
{
    reader_end_source(reader);
}

ptrdiff_t reader_stream(struct reader *reader, char *bytes, size_t length)
{
    if (reader->left == 0) {
        const bool over = reader->at_end || capture_is_stopped(reader->options);
        const ptrdiff_t count = over ? 0 : input_read(reader->input, bytes, length);
        if (count < 0)
            reader->source->ending = note_input(reader->input);
        reader->at_end = reader->at_end || count <= 0;
        return count;
    }
    const size_t piece = reader->left < length ? reader->left : length;
    memcpy(bytes, reader->next, piece);
    reader->next += piece;
    reader->left -= piece;
    return (ptrdiff_t)piece;
}

void reader_done(struct reader *reader, struct reader_piece *piece)
{
    if (piece->block.source != NULL)
        reader_drop_given(reader, piece->number);
    free(piece->note_file);
    store_release(piece->block.store);
    if (piece->block.source != NULL)
        source_release(piece->block.source);
}

void reader_close(struct reader *reader)
{
    reader_end_source(reader);
    reader_drop_given(reader, UINT64_MAX);
    if (reader->has_trial)
        finder_free(&reader->trial);
    free(reader->before_learned);
    if (reader->ahead.input == reader->input)
        memset(&reader->ahead, 0, sizeof reader->ahead);
    if (reader->input != NULL)
        reader_end_input(reader);
    if (reader->ahead.opened)
        input_close(reader->ahead.input);
    free(reader->ahead.input);
}
