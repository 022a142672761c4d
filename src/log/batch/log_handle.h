/* SPDX-License-Identifier: MIT
 *
 * What stands behind a struct sbfota_log: reading, and the queue of what has been read. */
#ifndef SBFOTA_LOG_LOG_HANDLE_H
#define SBFOTA_LOG_LOG_HANDLE_H

#include <sbfota/log.h>

#include <pthread.h>

#include "log/batch/batch.h"
#include "log/prefix/capture.h"
#include "log/sessions/fleet_block.h"

/* What was found: one of both, or none. */
struct log_found {
    struct batch *batch;
    struct sbfota_log_attempts *attempts;
};

/* What waits to be taken: if nothing was found, a message. */
struct log_item {
    struct log_item *next;
    struct log_found found;
    struct sbfota_log_message message;
    char texts[]; /* the message's file and text */
};

enum {
    FEED_SIZE = 256 * 1024, /* of what has been fed and not read */
    FEED_LEAST = 64 * 1024  /* before it is read, lest two threads take turns for each piece */
};

/* Bytes that have been fed and not read. */
struct log_feed {
    bool used;     /* the log is fed */
    bool finished; /* no more will come */
    bool waiting;  /* for more */
    size_t begin;
    size_t length;
    char *bytes; /* FEED_SIZE, from `begin` on and round */
    struct input_bytes input;
};

struct sbfota_log {
    struct capture_options options;
    char *strings; /* of the options */
    char **paths;
    size_t count;
    struct capture_sink sink;
    struct capture *capture; /* NULL before and behind it */
    struct capture_stop stop;
    int wake; /* what is written to wakes who waits for input; -1 */
    struct log_names *names;
    struct sbfota_log_sessions
        *sessions;    /* that are followed instead of giving batches, or NULL; under the lock */
    pthread_t thread; /* that reads, if `threaded` */
    bool threaded;
    bool bounded; /* who reads waits while what is ready is not taken */
    /* Under the lock; `changed` is signalled whenever something of it has. */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct log_item *first;
    struct log_item *last;
    unsigned queued;
    struct batch *open; /* that events are added to still */
    struct log_feed feed;
    bool closed; /* nobody takes anything any more */
    bool ended;  /* nothing more comes */
    bool no_memory;
    uint64_t lines;
    struct log_item *told; /* whose message was taken last */
};

/* A handle with its options, names and lock. */
enum sbfota_log_result log_make(struct sbfota_log **made, const struct sbfota_log_options *options);

/* Options as reading has them. The strings are copied. */
enum sbfota_log_result log_options_take(struct sbfota_log *log,
                                        const struct sbfota_log_options *options);

/* What is told, as others know it: it points to the same texts. */
struct sbfota_log_message log_message(const struct capture *capture, enum told told,
                                      const char *file, const char *text);

/* Start the thread that reads. */
bool log_start(struct sbfota_log *log);

/* Under the lock: is there too little to be read as yet? */
bool log_feed_is_short(const struct log_feed *feed);

/* Puts into the queue what is found, and what is told. */
extern const struct capture_sink log_queue_sink;

/* Under the lock: the first item; NULL if there is none. */
struct log_item *log_queue_take(struct sbfota_log *log);

/* Under the lock: nothing more will be found. */
void log_queue_end(struct sbfota_log *log);

void log_queue_free(struct sbfota_log *log);

/* The sessions take what was found in a block, in its turn. False without memory. */
bool log_sessions_take_block(struct sbfota_log_sessions *sessions, struct fleet_block *timed);

/* Under the lock: what has been found so far waits to be taken, without waiting for room. */
void log_flush(struct sbfota_log *log);

#endif
