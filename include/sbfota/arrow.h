/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The Arrow C data and C stream interfaces: three structs and their flags, whose layout is fixed for good by
 * https://arrow.apache.org/docs/format/CDataInterface.html and CStreamInterface.html. Nothing of Arrow is needed to use them, and whoever
 * else has declared them may be included before or behind.
 *
 * Who gets such a struct owns it and calls its `release` once, which sets `release` to NULL; who moves it copies it and sets `release` of what
 * it was moved from to NULL.
 */
#ifndef SBFOTA_ARROW_H
#define SBFOTA_ARROW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/** What a column is: its type, its name and those below it. */
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

/** The values of a column, or a batch of rows. */
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/** Batches of rows, one after another; the functions give 0 or an errno code. */
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    /** At the end out->release is NULL. */
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    /** Why the last call gave an error, or NULL; up to the next call. */
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

#ifdef __cplusplus
}
#endif

#endif
