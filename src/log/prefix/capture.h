/* SPDX-License-Identifier: MIT
 *
 * Captures: log files in, records out. */
#ifndef SBFOTA_LOG_CAPTURE_H
#define SBFOTA_LOG_CAPTURE_H

#include <stdatomic.h>

#include "log/input/input.h"
#include "log/input/told.h"
#include "log/prefix/block.h"
#include "log/prefix/form.h"

struct sbfota_log_plan;

/* How reading is ended early, as by a signal's handler: `wanted` is set, and `fd` can be read from then on, so that nobody goes on
 * waiting for input. Without such a descriptor it is -1. */
struct capture_stop {
    atomic_int wanted; /* not 0 */
    int fd;
};

/* Which token of a prefix names the modem is learned. */
#define CAPTURE_TOKEN_LEARNED (-1)

/* How to read. */
struct capture_options {
    const struct capture_form *form; /* or NULL to recognise it */
    struct field_names names;        /* of the fields of a jsonl capture */
    const char *modem;               /* who a capture without names belongs to, or NULL */
    bool modem_from_file;            /* else the file's name without folders and ending */
    bool all;                        /* every line, not only ours */
    bool frames;      /* of a raw capture with `all`: say which line ends are whose */
    int modem_token;  /* which word or number before a text names the modem, from 1; 0: none */
    bool verbose;     /* tell the form of each log */
    bool live;        /* choose the form as soon as one can be told */
    bool recursive;   /* read the files in directories */
    bool as_named;    /* leave the files of a log that was put away in the order of their names */
    unsigned threads; /* at least 1 */
    struct input_output output;         /* what is written, and the file that it will replace */
    const struct capture_stop *stop;    /* or NULL */
    const struct input_bytes *bytes;    /* what is read instead of files, or NULL */
    const struct sbfota_log_plan *plan; /* how a log is read of which any part can be, or NULL */
    /* Of one with a plan, by one thread: which part of it, in bytes; up to its end if `end` is 0. Bytes come
     * from the one before `begin` on, if there is one. */
    uint64_t begin;
    uint64_t end;
};

/* What could be read. */
enum capture_result {
    CAPTURE_ALL,  /* all of it, or up to where it was stopped */
    CAPTURE_SOME, /* not all of it */
    CAPTURE_NONE  /* nothing of what there is */
};

static inline bool capture_is_stopped(const struct capture_options *options)
{
    return options->stop != NULL && atomic_load(&options->stop->wanted) != 0;
}

/* Who takes what is found. A worker belongs to one thread. */
struct capture_sink {
    void *context;
    /* What a thread needs. NULL without memory. */
    void *(*worker_new)(void *context);
    void (*worker_free)(void *worker);
    /* What was found in a block of a file, in the order of the file; blocks of several files come in any order and on
     * several threads at once. */
    void (*take)(void *worker, const struct block *block, const struct log_event *events,
                 size_t count);
    /* One record of a raw capture that is read with `frames`; NULL if nothing is. */
    void (*take_record)(void *worker, const struct record *record);
    /* What the worker made of the block is in its turn, in the order of the input. False to stop. */
    bool (*commit)(void *context, void *worker);
    /* No more input for the moment: show what there is. May be NULL. */
    void (*pause)(void *context);
    /* Something to tell about a file, on one line. */
    void (*tell)(void *context, enum told told, const char *file, const char *message);
    /* How far it is: bytes read of all that there are, 0 if not known. May be NULL. */
    void (*progress)(void *context, uint64_t bytes, uint64_t total);
};

/* Reading under way. */
struct capture;

/* Begin to read files, or standard input where a name is "-". NULL without memory. */
struct capture *capture_begin(char *const *names, size_t count,
                              const struct capture_options *options,
                              const struct capture_sink *sink);

/* Read one piece more, on this thread. False at the end. */
bool capture_step(struct capture *capture);

/* Read all that there is, on as many threads as the options say. */
void capture_all(struct capture *run);

/* Of what is being told: bytes of the file that had been read, or TOLD_NO_BYTE. */
uint64_t capture_told_byte(const struct capture *run);

/* At any time. What could not be read has been told. */
enum capture_result capture_end(struct capture *run);

/* Read files, or standard input where a name is "-". What could not be read has been told. */
enum capture_result capture_run(char *const *names, size_t count,
                                const struct capture_options *options,
                                const struct capture_sink *sink);

#endif
