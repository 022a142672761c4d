/* SPDX-License-Identifier: MIT
 *
 * What the parts of the reader tell one another. */
#ifndef SBFOTA_LOG_READER_INSIDE_H
#define SBFOTA_LOG_READER_INSIDE_H

#include "log/blocks/reader.h"

/* reader_bytes.c: the bytes of a log as they come. */

/* Take `store` for what is left; `next` is in it. */
void reader_view(struct reader *reader, struct store *store, const char *next, size_t left);

/* The file may have grown or shrunk since it was looked at. */
void reader_look_at_size(struct reader *reader);

/* What a file has from `offset` on: less than `length` only at its end, and where it cannot be read, with errno. */
size_t file_read_at(int fd, char *bytes, size_t length, uint64_t offset);

/* What is told of a place that cannot be read, by errno; of a file that has become shorter; of an input that has failed. */
struct note note_read_error(uint64_t place);
struct note note_cut(uint64_t size);
struct note note_input(const struct input *input);

/* Line ends of a log that has carriage returns alone. */
void turn_ends(char *bytes, size_t length);

/* Read what there is, at least something; go on until the buffer is full or the input keeps one waiting. */
void reader_fill(struct reader *reader, size_t size);

/* What has been read of a file and not been given can be read again. */
void reader_forget(struct reader *reader);

/* Leave out what belongs to the file before. */
void reader_go_past(struct reader *reader, size_t length);

/* Go to the first line that begins at `place` or behind it; the log's end if there is none. */
uint64_t reader_find_line(const struct reader *reader, uint64_t place);

/* The same of bytes that are fed from the one before `place` on. False without memory. */
bool reader_skip_to_line(struct reader *reader, uint64_t place);

/* reader_form.c: how a log is read. */

/* Can each line be understood by itself, whatever stands before it? */
bool reading_splits(const struct reading *reading);

/* A log recognised beyond doubt needs no notice. */
void reader_note_form(struct reader *reader, const struct reading *reading);

/* Choose the form of a part of the log, or take the one that the user has named. False without memory. */
bool reader_choose_form(struct reader *reader, struct reading *reading, struct learned **learned,
                        const char *bytes, size_t length);

/* Has all come that is to be looked at? */
bool reader_has_window(const struct reader *reader);

/* Look at what has come. False without memory. */
bool reader_look(struct reader *reader);

/* The log's form is told by what has come: before its lines without a prefix end, and behind. */
bool reader_settle(struct reader *reader);

/* reader_open.c: files and the logs in them. */

/* Close the file that is open. */
void reader_end_input(struct reader *reader);

/* Will the next file go on with the log that is being read? */
bool reader_has_sequel(struct reader *reader);

/* Open what comes next: a log, or something to tell. False at the end. */
bool reader_open_next(struct reader *reader, struct reader_piece *piece);

/* The log that is being read has ended. A file without further logs is closed when that is found out. */
void reader_end_source(struct reader *reader);

/* reader_cut.c: blocks. */

/* Cut the next block. False without memory. */
bool reader_cut(struct reader *reader, struct reader_piece *piece);

/* reader_given.c: what stands behind a block of a log that cannot be read again. */

/* Keep what cannot be read again. False without memory. */
bool reader_keep_given(struct reader *reader, struct reader_piece *piece);

/* Nobody needs what was given up to a piece that is done. */
void reader_drop_given(struct reader *reader, uint64_t number);

#endif
