/* SPDX-License-Identifier: MIT
 *
 * What stats counts. */
#ifndef SBFOTA_CLI_COUNTS_H
#define SBFOTA_CLI_COUNTS_H

#include "cli/stats/counters.h"
#include "cli/writing/look.h"
#include "cli/writing/writer.h"
#include "log/prefix/block.h"
#include "log/sessions/fleet.h"
#include "log/text/time.h"

enum {
    FLAG_BITS = 8,
    REASONS = 16
};

/* A time as it is shown; no length if there is none. */
struct counted_time {
    char text[TIME_SIZE];
    size_t length;
    int64_t milliseconds; /* since 1970, if `dated` */
    bool dated;
};

/* Start with all zero. */
struct counts {
    uint64_t files;
    uint64_t bytes; /* of the logs, uncompressed */
    uint64_t lines;
    uint64_t events; /* events, with boot messages and result codes */
    /* Of SBFOTA, and of them neither malformed nor unknown; in a part, only those that their kind does not tell. */
    uint64_t messages;
    uint64_t understood;
    uint64_t sent; /* what only a module says, on lines that the host sent */
    uint64_t kinds[SBFOTA_KIND_COUNT];
    uint64_t flags[FLAG_BITS];
    uint64_t reasons[2][REASONS]; /* of malformed and of unknown messages */
    struct counters codes;        /* by a struct code_key */
    struct counters modems;
    struct counted_time
        times[2]; /* the earliest and the latest; those without a date as they come */
    bool no_memory;
    /* By kind, known when `prepared`: has it a code to count? May more have to be asked? */
    bool prepared;
    bool has_code[SBFOTA_KIND_COUNT];
    bool is_odd[SBFOTA_KIND_COUNT];
    bool is_modules[SBFOTA_KIND_COUNT]; /* only a module says it */
};

void counts_block(struct counts *counts, const struct block *block, const struct log_event *events,
                  size_t count);

/* Add up; all but the times. False without memory. */
bool counts_add(struct counts *sum, const struct counts *counts);
void counts_free(struct counts *counts);

/* Print: at most `top` modems. The JSON object is left open, for what stands behind. */
void counts_put_text(const struct counts *counts, unsigned top, const struct look *look,
                     struct writer *writer);
void counts_put_json(const struct counts *counts, unsigned top, struct writer *writer);

/* A row of the text: a count, in a colour, with a remark; "" for none. */
void counts_put_row(struct writer *writer, const struct look *look, const char *colour,
                    const char *name, uint64_t count, const char *remark);

/* How good the data are; `fleet` knows of the clocks, and may be NULL. */
void counts_put_text_quality(const struct counts *counts, const struct fleet *fleet,
                             const struct look *look, struct writer *writer);
void counts_put_json_quality(const struct counts *counts, const struct fleet *fleet,
                             struct writer *writer);

/* How often something befell the data, of how many of what. */
struct quality_row {
    const char *name;
    uint64_t count;
    uint64_t whole;
    const char *of;
};

enum {
    QUALITY_ROWS = 7
};

/* The rows of that for people: how many. Without a fleet there are two less. */
size_t counts_quality(const struct counts *counts, const struct fleet *fleet,
                      struct quality_row rows[QUALITY_ROWS]);

/* A code as it is counted. */
struct code_key {
    int32_t value;
    uint8_t kind;
};

/* The codes by event and value; see counters_list. */
struct counters_entry *counts_codes(const struct counts *counts, bool *no_memory);

#endif
