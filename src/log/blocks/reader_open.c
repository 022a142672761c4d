/* SPDX-License-Identifier: MIT */
#include "log/blocks/reader_inside.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FIRST_READ = WINDOW_SIZE + INPUT_LEAST,
    NEXT_READ =
        256 * 1024 /* at most, while the form cannot be told yet: what is behind it is read again */
};

/* A log whose form is known begins, or a part of it. */
static bool begin_planned(struct reader *reader)
{
    const struct capture_options *const options = reader->options;
    const struct sbfota_log_plan *const plan = options->plan;
    struct source *const source = reader->source;
    if (!reader_choose_form(reader, &source->reading, &source->learned[1], plan->sample,
                            plan->length))
        return false;
    if (!reading_splits(&source->reading)) {
        source->ending =
            note_make(TOLD_TROUBLE, 0, "cannot be read by this plan: it is of another log");
        reader->input->seekable = false;
        reader->at_end = true;
        return true;
    }
    if (options->begin == 0)
        reader_note_form(reader, &source->reading);
    if (!reader->input->seekable)
        return reader_skip_to_line(reader, options->begin);
    reader->offset = reader_find_line(reader, options->begin);
    if (options->end > 0)
        reader->end = reader_find_line(reader, options->end);
    return true;
}

/* Read up to where the form can be told, and choose it. False without memory. */
static bool read_begin(struct reader *reader)
{
    struct input *const input = reader->input;
    for (size_t size = input->seekable ? FIRST_READ : BUFFER_SIZE;;) {
        reader_fill(reader, size);
        if (reader->no_memory || !reader_look(reader))
            return false;
        if (reader_has_window(reader)) {
            return reader_settle(reader);
        }
        /* Lines without a prefix are given at once; what comes behind them is learned when it comes. */
        if (input->interactive && !reader->options->frames && reader->window.bare_first > 0 &&
            !reader->window.found)
            return reader_settle(reader);
        if (size - reader->left < INPUT_LEAST)
            size += size < NEXT_READ ? size : NEXT_READ;
    }
}

/* A log begins. */
static bool begin_source(struct reader *reader)
{
    struct input *const input = reader->input;
    struct source *const source = reader->source = source_new(reader->options, input, reader->file);
    if (source == NULL)
        return false;
    memset(&reader->window, 0, sizeof reader->window);
    reader->sources++;
    source->is_wide = input->wide != WIDE_NOT;
    const size_t taken = reader->taken;
    source->order.goes_on = reader->goes_on;
    reader->has_before = reader->has_before && source->order.goes_on;
    source->order.lacks_line = taken > 0;
    reader->goes_on = false;
    reader->taken = 0;
    reader_view(reader, NULL, NULL, 0);
    reader->offset = 0;
    reader->at_end = false;
    if (reader->options->frames)
        input->seekable = false;
    if (input->seekable) {
        source->fd = dup(input->fd);
        input->seekable = source->fd >= 0;
    }
    reader->end = reader->options->end == 0 ? UINT64_MAX : reader->options->end;
    if (reader->options->plan != NULL)
        return begin_planned(reader);
    if (!read_begin(reader))
        return false;
    /* Of a file whose begin could not be read the rest would be read in a form that it may not have. */
    if (input->seekable && source->ending.text[0] != '\0')
        input->seekable = false;
    else if (input->seekable)
        reader_forget(reader);
    reader_go_past(reader, taken);
    /* What a file before has left is not for raw_read. */
    source->streamed = reader->options->frames && !source->order.goes_on &&
                       source->reading.form->form == FORM_RAW && source->turn == 0 &&
                       input->wide == WIDE_NOT;
    return true;
}

void reader_end_input(struct reader *reader)
{
    input_close(reader->input);
    free(reader->input);
    reader->input = NULL;
}

/* Something to tell of the file that is open, or of a log in it. False without memory. */
static bool tell_of_input(struct reader *reader, struct reader_piece *piece, enum told told,
                          const char *text)
{
    const char *const name = input_name(reader->input);
    piece->note = note_make(told, reader->input->consumed, "%s", text);
    piece->note_file = name == NULL ? NULL : strdup(name);
    reader->no_memory = name != NULL && piece->note_file == NULL;
    return !reader->no_memory;
}

/* Open the next file, ahead of the time when it is read. */
static bool open_ahead(struct reader *reader)
{
    struct ahead *const ahead = &reader->ahead;
    const struct capture_options *const options = reader->options;
    *ahead = (struct ahead){.input = malloc(sizeof *ahead->input),
                            .file = &reader->files[reader->next_file]};
    if (ahead->input == NULL) {
        reader->no_memory = true;
        return false;
    }
    reader->next_file++;
    if (options->bytes != NULL)
        ahead->result = input_open_bytes(ahead->input, options->bytes);
    else
        ahead->result = input_open(ahead->input, ahead->file->name, &options->output,
                                   options->stop == NULL ? -1 : options->stop->fd);
    ahead->opened = ahead->result == INPUT_READY;
    ahead->input->layers.plain = options->plan != NULL;
    ahead->input->as_named = options->as_named;
    struct unpacked *const unpacked = unpack_ahead_take(&reader->unpack_ahead, ahead->file);
    if (ahead->opened) {
        input_take_unpacked(ahead->input, unpacked);
        ahead->result = input_next(ahead->input);
        unpack_ahead_want(&reader->unpack_ahead, input_is_packed(ahead->input));
    } else {
        unpacked_close(unpacked);
    }
    return true;
}

/* Go on to the next log of an archive, when the one before has been read. */
static void go_ahead(struct reader *reader)
{
    reader->ahead = (struct ahead){
        .input = reader->input, .file = reader->file, .opened = true, .result = INPUT_READY};
    reader->ahead.result = input_next(reader->input);
}

/* Will the next log of the archive go on with the one that is being read? */
static bool has_sequel_in_archive(struct reader *reader)
{
    if (reader->ahead.input == NULL) {
        if (!input_goes_on(reader->input) || capture_is_stopped(reader->options))
            return false;
        go_ahead(reader);
    }
    const struct log_file *const place = input_place(reader->input);
    return reader->ahead.result == INPUT_READY && place != NULL && place->goes_on;
}

bool reader_has_sequel(struct reader *reader)
{
    const struct source *const source = reader->source;
    if (source->place == NULL || source->streamed || source->ending.text[0] != '\0')
        return false;
    if (source->turns != NULL)
        return has_sequel_in_archive(reader);
    if (reader->ahead.input == NULL &&
        (reader->next_file == reader->count || !reader->files[reader->next_file].goes_on ||
         capture_is_stopped(reader->options) || !open_ahead(reader)))
        return false;
    const struct ahead *const ahead = &reader->ahead;
    return ahead->result == INPUT_READY && input_name(ahead->input) == ahead->input->name;
}

/* The file that was opened ahead, or the next one, is at hand. */
static bool take_ahead(struct reader *reader, struct ahead *ahead)
{
    if (reader->ahead.input == NULL && !open_ahead(reader))
        return false;
    *ahead = reader->ahead;
    memset(&reader->ahead, 0, sizeof reader->ahead);
    reader->input = ahead->input;
    reader->file = ahead->file;
    return true;
}

/* Something that is no log is told. */
static bool skip_file(struct reader *reader, struct reader_piece *piece)
{
    const struct log_file *const file = &reader->files[reader->next_file++];
    piece->note = note_make(TOLD_SKIPPED, TOLD_NO_BYTE, "%s", file->skipped);
    piece->note_file = strdup(file->name);
    reader->no_memory = piece->note_file == NULL;
    return !reader->no_memory;
}

static bool tell_not_open(struct reader *reader, struct reader_piece *piece,
                          enum input_result result)
{
    enum told kind;
    const char *const trouble = input_trouble(reader->input, &kind);
    reader->overwriting = result == INPUT_IS_OUTPUT;
    const bool told = reader->overwriting
                          ? tell_of_input(reader, piece, TOLD_IS_OUTPUT,
                                          "is the output too; write to another file")
                          : tell_of_input(reader, piece, kind, trouble);
    free(reader->input);
    reader->input = NULL;
    return told;
}

bool reader_open_next(struct reader *reader, struct reader_piece *piece)
{
    enum input_result result;
    if (reader->input == NULL) {
        struct ahead ahead;
        if (reader->overwriting ||
            (reader->ahead.input == NULL && reader->next_file == reader->count))
            return false;
        if (reader->ahead.input == NULL && reader->files[reader->next_file].skipped != NULL)
            return skip_file(reader, piece);
        if (!take_ahead(reader, &ahead))
            return false;
        if (!ahead.opened)
            return tell_not_open(reader, piece, ahead.result);
        result = ahead.result;
    } else if (reader->ahead.input == reader->input) {
        result = reader->ahead.result;
        memset(&reader->ahead, 0, sizeof reader->ahead);
    } else {
        result = input_next(reader->input);
    }
    if (result == INPUT_READY) {
        if (!begin_source(reader))
            reader->no_memory = true;
        return !reader->no_memory;
    }
    if (result != INPUT_END) {
        enum told told;
        const char *const trouble = input_trouble(reader->input, &told);
        return tell_of_input(reader, piece, told, trouble);
    }
    reader_end_input(reader);
    return true;
}

void reader_end_source(struct reader *reader)
{
    reader_view(reader, NULL, NULL, 0);
    if (reader->source != NULL)
        source_release(reader->source);
    reader->source = NULL;
}
