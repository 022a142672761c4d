/* SPDX-License-Identifier: MIT
 *
 * Files to blocks: the first stage, one thread at a time. */
#ifndef SBFOTA_LOG_READER_H
#define SBFOTA_LOG_READER_H

#include "log/blocks/plan.h"
#include "log/blocks/source.h"
#include "log/blocks/store.h"
#include "log/form/window.h"
#include "log/input/input.h"
#include "log/input/unpack_ahead.h"
#include "log/prefix/capture.h"
#include "log/scan/find.h"

enum {
    BUFFER_SIZE = BLOCK_SIZE + 128 * 1024, /* of what comes through a pipe or out of an archive */
    LINE_KEPT = BLOCK_SIZE / 16            /* of a line that is longer than a block */
};

struct reader {
    const struct capture_options *options;
    struct log_file *files;
    size_t count;
    size_t next_file;
    uint64_t sources;    /* that have been opened */
    struct input *input; /* the file that is open, or NULL */
    struct ahead {
        struct input *
            input; /* the one behind it, if that is open already; the same, if it is an archive with a further log */
        struct log_file *file;
        bool opened;
        enum input_result result; /* of opening it, or of going to its log */
    } ahead;
    struct unpack_ahead unpack_ahead;
    struct log_file *file; /* of `input` */
    size_t taken;          /* bytes of it that belong to the last line of the file before */
    struct source *source;
    /* What has been read of the log and not yet given. */
    struct store *store;
    const char *next;
    size_t left;
    uint64_t offset; /* of `next` in the log */
    /* Pieces that have been given and are under way, of logs that cannot be read again. */
    struct given *given;
    struct given *given_last;
    uint64_t pieces;
    uint64_t end; /* of the part that is read: what begins there or behind it is another's */
    struct window window;
    /* How the last file was read whose form was told by its messages: the next of the same log may hold none. */
    struct reading before;
    struct learned *before_learned; /* of that; owned */
    struct finder trial;            /* to choose forms by; made when it is needed */
    bool has_before;
    bool has_trial;
    bool goes_on;     /* the file to come, with the log of the one before */
    bool overwriting; /* an input is the output: nothing more is read */
    bool trouble;
    bool no_memory;
    bool at_end;
    bool idle; /* no more input for the moment */
};

/* One block, or what stands in its place. */
struct reader_piece {
    struct block block;
    bool to_load;        /* the block is still in the file: piece_load gets it */
    struct note failure; /* why it could not be got whole */
    struct note note;    /* without a source: why a file could not be opened */
    char *note_file;     /* what that is about; owned */
    bool idle;           /* nothing follows for the moment: show what there is */
    uint64_t bytes;      /* of the file, for progress */
    uint64_t number;     /* in the order of coming */
    uint64_t end;        /* of the block in the log */
    uint64_t
        learn_from; /* relearn.h: from where on messages are looked for to learn from, as far as was known */
};

/* Up to `length` bytes of the log that stand behind a block: less only at its end. */
size_t reader_ahead(struct reader *reader, const struct reader_piece *piece, char *bytes,
                    size_t length);

/* The next piece. False at the end of all input. A piece is given back by reader_done. */
bool reader_next(struct reader *reader, struct reader_piece *piece);
void reader_done(struct reader *reader, struct reader_piece *piece);

/* Read the bytes of a block that are still in the file: on any thread, many at once. `store` is the thread's own, NULL at
 * first, and used again where it can be. False without memory. */
bool piece_load(struct reader_piece *piece, struct store **store);

/* How a log is read that begins with `head`, which is all of it if `at_end`. NULL without memory, and with *lacks if more of it must
 * be known. */
struct sbfota_log_plan *reader_plan(const struct capture_options *options, struct bytes head,
                                    bool at_end, bool *lacks);

/* For a streamed source: the bytes that follow. 0 at the end, -1 if they could not be read. */
ptrdiff_t reader_stream(struct reader *reader, char *bytes, size_t length);

/* The streamed source has been read. */
void reader_end_stream(struct reader *reader);

void reader_close(struct reader *reader);

#endif
