/* SPDX-License-Identifier: MIT
 *
 * One log that is read. */
#ifndef SBFOTA_LOG_SOURCE_H
#define SBFOTA_LOG_SOURCE_H

#include "log/blocks/note.h"
#include "log/form/relearn.h"
#include "log/input/input.h"
#include "log/input/log_file.h"
#include "log/join/order.h"
#include "log/prefix/form.h"

struct capture_options;

/* What the blocks of one log have in common. Lives until its last block is done. */
struct source {
    unsigned users; /* under the reader's lock */
    char *file;     /* NULL for standard input */
    struct bytes modem;
    /* How it is read before and behind the place from which on its lines have something before their texts; mostly that is its
     * begin. */
    struct reading bare_reading;
    struct reading reading;
    uint64_t turn;
    /* Behind that, how it is read from now on; under the turn of ordering. What of that is known to who has the reader's lock may be
     * late. */
    bool learns;
    struct relearn relearn;
    const struct reading *guess;
    uint64_t guess_from;
    struct learned *learned[2]; /* of the two; owned */
    struct note opening;        /* how it is read */
    struct note ending;         /* why it could not be read to its end */
    int fd;                     /* of a file whose blocks the threads read themselves; owned */
    bool is_wide;               /* its text was UTF-16 */
    bool streamed;              /* read by stream_read: the wire's bytes with all their line ends */
    /* Of the blocks in their turn: */
    struct log_file *place; /* of the file, if it is one of several of a log */
    struct turns *turns;    /* of the archive that it is of; NULL if it is in none */
    struct order order;
    bool cut;            /* a block could not be read: what comes after it is not there */
    struct note failure; /* why not */
};

/* A log of `file`, which `input` gives. NULL without memory. */
struct source *source_new(const struct capture_options *options, const struct input *input,
                          struct log_file *file);
/* One user less; the last one frees it. */
void source_release(struct source *source);

#endif
