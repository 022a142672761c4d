/* SPDX-License-Identifier: MIT
 *
 * What is timed. A job takes an input, tallies what it found there and returns how many bytes it went through. The
 * peers (peers/) are jobs like our own. */
#ifndef BENCH_CODEC_JOBS_H
#define BENCH_CODEC_JOBS_H

#include <stddef.h>
#include <stdint.h>

#include <sbfota/sbfota.h>

/* What a read from a port or a file gives at once. */
enum {
    CHUNK = 4096
};

/* Some bytes to decode, and events to format. */
struct input {
    const char *name;
    char *bytes;
    size_t length;
    struct sbfota_event *events;
    size_t event_count;
    char *out; /* room for the text of all events */
    size_t out_size;
};

/* What a job found: how many of each kind, and the sum of all their numbers. */
struct tally {
    uint64_t count[SBFOTA_KIND_COUNT];
    int64_t sum;
};

static inline void tally_add(struct tally *tally, unsigned kind, int64_t numbers)
{
    tally->count[kind]++;
    tally->sum += numbers;
}

typedef size_t job_function(const struct input *input, struct tally *tally);

/* Ours: the stream in chunks, an event a call; the whole in memory, an array a call; events to framed canonical text. */
job_function decode_stream;
job_function decode_batch;
job_function format_ours;

/* Splits into lines, and counts these as SBFOTA_OTHER. */
job_function split_memchr;
/* The same events as ours, if all lines are whole messages. */
job_function decode_pcre2_lines;
job_function decode_pcre2_whole;
job_function decode_strtol;
job_function decode_sscanf;
/* The URCs alone, among lines of any other kind and behind any prefix: for logs, bench/tool. */
job_function find_pcre2_urcs;
/* The same text as ours. */
job_function format_snprintf;

#endif
