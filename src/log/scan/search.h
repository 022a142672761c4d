/* SPDX-License-Identifier: MIT
 *
 * Search for the lines of a log that may hold an event of ours. It looks for words that each of them has one of
 * (grammar/search.def); whether one is, the grammar says. Lines that are too long to be a message are candidates too: they may be SBFOTA_OVERLONG. */
#ifndef SBFOTA_LOG_SEARCH_H
#define SBFOTA_LOG_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

/* Where a candidate is. */
struct candidate {
    const char *line; /* its line's first byte; NULL if there is none */
    uint64_t
        line_feeds; /* line feeds between the begin of the search and there, or its end if there is none */
    bool
        has_returns; /* of a raw search: there, or a little further on, carriage returns may be line ends */
};

/* The first candidate line in [begin, end). `begin` is the begin of a line, and end[-1] a line feed or a carriage
 * return. With `answers`, a line that may hold a result code or any command is one too. */
typedef struct candidate search_function(const char *begin, const char *end, bool answers);

/* Does one of the words stand in [begin, end) that each message of ours has one of? */
typedef bool has_word_function(const char *begin, const char *end);

/* `raw` is for captures in which a carriage return may be a line end. */
struct searches {
    search_function *lines;
    search_function *raw;
    has_word_function *has_word;
};

/* Those that this machine can run, from the fastest on; NULL behind the last. All give the same, but for has_returns. */
struct searches search_by_rank(unsigned rank);

/* Line ends of a raw capture that are no line feeds: carriage returns that neither <LF> nor <CR><LF> follows. */
uint64_t search_count_returns(const char *begin, const char *end);

#endif
