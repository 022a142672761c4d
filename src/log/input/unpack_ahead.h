/* SPDX-License-Identifier: MIT
 *
 * Compressed files that are unpacked before their turn, by threads that would else wait. */
#ifndef SBFOTA_LOG_UNPACK_AHEAD_H
#define SBFOTA_LOG_UNPACK_AHEAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "log/input/log_file.h"

enum {
    AHEAD_FILES_MAX = 4,       /* at a time */
    AHEAD_BYTES_MAX = 64 << 20 /* that are held of each, unpacked */
};

/* One of them. */
struct unpacked;

struct unpack_ahead {
    pthread_mutex_t lock;
    pthread_cond_t done; /* a step is */
    const struct log_file *files;
    size_t count;
    size_t next;   /* the first whose turn has not come */
    unsigned most; /* files at a time; 0 for none */
    bool wanted;   /* what is being read is compressed: so may be what follows */
    struct unpacked *list[AHEAD_FILES_MAX]; /* from `next` on, some NULL */
    struct unpacked_chunk
        *spare; /* room that has been read out: the system takes long to give new one */
};

/* Begin: of that many threads one reads, the others may unpack. The files stay where they are. */
void unpack_ahead_make(struct unpack_ahead *ahead, const struct log_file *files, size_t count,
                       unsigned threads);
void unpack_ahead_free(struct unpack_ahead *ahead);

/* Unpack some more of a file to come: on any thread. False if there is nothing to do. */
bool unpack_ahead_step(struct unpack_ahead *ahead);

/* Unpack what comes behind the file that is read now, or do not. */
void unpack_ahead_want(struct unpack_ahead *ahead, bool wanted);

/* The turn of that file has come, and of all before it: what has been unpacked of it, or NULL. It is the caller's. */
struct unpacked *unpack_ahead_take(struct unpack_ahead *ahead, const struct log_file *file);

/* Is it of the file that this one is, and still the same? */
bool unpacked_is_of(const struct unpacked *unpacked, const struct stat *status);

/* Read on, what has not been unpacked yet too: as unpack_read, but *why is NULL if the file could not be read. *consumed: how many of
 * the file's bytes that took. */
ptrdiff_t unpacked_read(struct unpacked *unpacked, void *bytes, size_t length, uint64_t *consumed,
                        const char **why);
void unpacked_close(struct unpacked *unpacked);

#endif
