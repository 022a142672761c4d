/* SPDX-License-Identifier: MIT
 *
 * What a file is packed in: compressed files and archives, one in another. Each layer gives bytes, which it makes of those that the
 * one below gives. */
#ifndef SBFOTA_LOG_LAYER_H
#define SBFOTA_LOG_LAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "log/input/codec.h"
#include "log/input/told.h"

enum {
    LAYERS_MAX = 8 /* compressed files and archives in one another */
};

/* What all layers of a file have in common. */
struct layers {
    void *context;
    ptrdiff_t (*read)(void *context, void *bytes,
                      size_t length); /* the file: as read(2), -1 with `trouble` set */
    bool (*hurries)(
        void
            *context); /* take the bytes that have come for the head: no more will for the moment */
    bool (*rewind)(void *context,
                   uint64_t place); /* go back to there in the file; NULL if that cannot be */
    uint64_t *consumed;             /* bytes that the file has given */
    const char *name;               /* of the file */
    struct unpacked
        *unpacked; /* of the file, what has been unpacked before; NULL if nothing has; owned */
    struct layer *top;
    unsigned count;    /* of those above the file */
    uint64_t spread;   /* bytes that were compressed several times */
    bool begun;        /* the first log has been asked for */
    bool plain;        /* it is not packed, whatever its bytes look like */
    bool over;         /* it is not to be read on, whatever follows */
    bool untold;       /* `trouble` is news */
    enum told told;    /* what the last error was */
    char trouble[200]; /* the same for people */
};

enum layer_result {
    LAYER_READY,   /* a log begins */
    LAYER_END,     /* there is no further log in the file */
    LAYER_SKIPPED, /* something in an archive is no file: `trouble` says what */
    LAYER_FAILED   /* something is damaged: `trouble` says what; there may be more logs */
};

/* Say why something cannot be read: up to the end of the line. */
void layers_fail(struct layers *layers, enum told told, const char *what, const char *why);

/* Begin with the file itself, of which `context`, `read`, `hurries`, `consumed` and `name` are set and all else is zero. */
enum layer_result layers_open(struct layers *layers);

/* Go on to the first, or the next, log. */
enum layer_result layers_next(struct layers *layers);

/* The bytes of the log: as unpack_source. */
ptrdiff_t layers_read(struct layers *layers, void *bytes, size_t length);

/* The first bytes of the log, up to PACKED_HEAD of them; they are read all the same. */
const char *layers_head(const struct layers *layers, size_t *length);

/* The name of the file in an archive, with the archive's before it, and where the file's own begins; NULL if it is in none. */
const char *layers_member(const struct layers *layers, size_t *own);

/* Is an archive open? */
bool layers_in_archive(const struct layers *layers);

void layers_close(struct layers *layers);

#endif
