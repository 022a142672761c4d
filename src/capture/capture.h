/* SPDX-License-Identifier: MIT
 *
 * Captures: files of bytes in, records out. */
#ifndef SBFOTA_CAPTURE_CAPTURE_H
#define SBFOTA_CAPTURE_CAPTURE_H

#include "record.h"

/* A form that a log file has. */
struct capture_format {
    const char *name;
    const char *example; /* one line of it */
    const char *summary;
};

/* The formats, ended by one without a name. */
extern const struct capture_format capture_formats[];

/* How to read. */
struct capture_options {
    const char *modem;    /* who a capture without names belongs to, or NULL */
    bool modem_from_file; /* else the file's name without folders and ending */
    bool frames;          /* say which line ends are whose; records then come one line later */
};

/* Who takes the records. */
struct capture_sink {
    /* One record. False to stop reading. */
    bool (*take)(void *context, const struct record *record);
    /* No more input for the moment: show what there is. */
    void (*pause)(void *context);
    void *context;
};

/* How reading a file ended. */
enum capture_result {
    CAPTURE_DONE = 0,
    CAPTURE_STOPPED,  /* the sink said so */
    CAPTURE_NOT_READ, /* errno says why; *offset how far it came */
    CAPTURE_NO_MEMORY
};

/* Read a whole raw capture, the bytes of the wire, from a file descriptor. Uses some 700 KiB whatever the input. */
enum capture_result capture_read_raw(int fd, const char *file,
                                     const struct capture_options *options,
                                     const struct capture_sink *sink, uint64_t *offset);

#endif
