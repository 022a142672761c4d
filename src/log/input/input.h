/* SPDX-License-Identifier: MIT
 *
 * The bytes of a file, of standard input, or of the logs in an archive or a compressed file; text in UTF-16 as UTF-8. */
#ifndef SBFOTA_LOG_INPUT_H
#define SBFOTA_LOG_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "log/input/layer.h"
#include "log/input/turns.h"

enum {
    INPUT_LEAST = 64 /* room that input_read needs, whatever the text */
};

enum wide {
    WIDE_NOT = 0,
    WIDE_LITTLE, /* UTF-16, low byte first */
    WIDE_BIG
};

/* Bytes that come from elsewhere than a file. */
struct input_bytes {
    void *context;
    ptrdiff_t (*read)(void *context, void *bytes, size_t length); /* waits; 0 at the end */
    bool (*waits)(void *context);                                 /* would it? */
    const char *name; /* of what they are the bytes of, or NULL */
    bool live;        /* each event is wanted at once */
};

/* One file that is being read. */
struct input {
    int fd;
    const struct input_bytes *bytes; /* what is read instead, or NULL */
    int stop_fd;
    bool seekable;     /* a plain regular file: its logs can be read from any place */
    bool interactive;  /* may keep its reader waiting */
    bool slow;         /* and did */
    int64_t opened;    /* milliseconds of some clock */
    uint64_t size;     /* of a regular file */
    int64_t begin;     /* where that was when it was opened; -1 of what can be read once only */
    bool as_named;     /* the parts of a log in an archive keep their order */
    bool looked;       /* it is known whether it is an archive */
    bool lists;        /* its files are noted, and not read yet */
    uint64_t consumed; /* bytes taken from the file descriptor */
    const char *name;  /* NULL for standard input */
    struct layers layers;
    struct turns *turns; /* of an archive's logs, where they need an order */
    struct turns *names; /* of those of an archive that can be read once only */
    enum wide wide;
    unsigned char half[8]; /* of a character in UTF-16 */
    size_t half_length;
    char copy[65536]; /* of text in UTF-16 */
};

/* What input_open and input_next give. */
enum input_result {
    INPUT_READY,
    INPUT_END,      /* there is no further log in it */
    INPUT_FAILED,   /* input_trouble says why; after input_next there may be more logs */
    INPUT_SKIPPED,  /* by input_next: something that is no file; input_trouble says why */
    INPUT_IS_OUTPUT /* it is what is written to */
};

/* What is written to, which must not be read: output that grows its own input would never end. */
struct input_output {
    const char *name; /* of a file, or NULL */
    int fd;           /* 0 for none */
};

/* Open a file, or standard input if the name is "-". Who waits for input is woken when `stop_fd` can be read, and the input ends
 * there; -1 for never. */
enum input_result input_open(struct input *input, const char *name,
                             const struct input_output *output, int stop_fd);

/* The same of bytes that come from elsewhere. */
enum input_result input_open_bytes(struct input *input, const struct input_bytes *bytes);

/* Before input_next: of what has been unpacked already. That is the input's now. */
void input_take_unpacked(struct input *input, struct unpacked *unpacked);

/* Is what is being read compressed, or in an archive? */
bool input_is_packed(const struct input *input);

/* Is what begins so neither packed nor UTF-16? */
bool input_is_plain(const char *head, size_t length);

/* Go on to the first, or the next, log in it: a file that is no archive has one. */
enum input_result input_next(struct input *input);

/* Read at most `length` bytes, which must be INPUT_LEAST or more: their number, 0 at the end of the
 * log, -1 if it cannot be read on: input_trouble says why. */
ptrdiff_t input_read(struct input *input, char *bytes, size_t length);

/* Would input_read have to wait for more than `milliseconds`? */
bool input_waits(const struct input *input, int milliseconds);

/* The first bytes of the log, up to PACKED_HEAD of them; they are read all the same. */
const char *input_head(const struct input *input, size_t *length);

/* The log, if it is in an archive and one of several of a log; NULL if not. It lives as long as input->turns. */
struct log_file *input_place(const struct input *input);

/* Does the next log in the archive go on with it? */
bool input_goes_on(const struct input *input);

/* How the log is called: NULL for standard input. */
const char *input_name(const struct input *input);

/* The same without the archive that the log is in. */
const char *input_own_name(const struct input *input);

/* The last trouble, and the same for people. */
const char *input_trouble(const struct input *input, enum told *told);

void input_close(struct input *input);

#endif
