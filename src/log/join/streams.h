/* SPDX-License-Identifier: MIT
 *
 * Lines of the wire that are on their way: what each direction of each modem has sent, and whose end has not come. */
#ifndef SBFOTA_LOG_STREAMS_H
#define SBFOTA_LOG_STREAMS_H

#include "log/join/json_stream.h"
#include "log/prefix/dump.h"
#include "log/scan/find.h"
#include "log/text/names.h"

/* A line on its way. */
struct stream;

/* What one modem sends, or is sent. */
struct lane {
    struct stream *open; /* or NULL */
    bool has_ends;       /* its records have shown line ends */
    struct dump_place place;
};

/* Start with all zero; end with streams_free. */
struct streams {
    struct names modems;
    struct lane *lanes;   /* one a direction of each modem */
    uint32_t capacity;    /* in modems */
    struct stream *first; /* open one */
    struct stream *last;
    struct stream *spare; /* that was closed, for the next; or NULL */
    size_t open_count;
    bool asked; /* a command of ours has been seen */
};

/* What the steps of one block share. */
struct stream_work {
    struct streams *streams;
    struct finder *finder;
    const struct block *block;
    uint64_t line; /* number of the line at hand */
    const struct json_record
        *held;        /* a text that may stand in blocks before; NULL: it stands in this one */
    struct lane *cut; /* whose line the block does not have to its end */
};

/* How bytes are joined to what is open. */
enum joint {
    JOINT_SURE = 0, /* they go on with it */
    JOINT_DOUBTFUL, /* they may: a record may be whole without a line end */
    JOINT_DUMP,     /* likewise, where dumps of some bytes each are common */
    JOINT_ROW       /* a row goes on with the one before: never a line by itself */
};

/* What a modem sends, or is sent; NULL without memory. */
struct lane *streams_lane(struct streams *streams, struct bytes modem, enum direction direction);

/* The bytes of the finder's wire are of that lane. What they end becomes events. */
void streams_feed(struct stream_work *work, struct lane *lane, const struct line *line,
                  enum joint joint);

/* What is open of a lane has ended. */
void streams_flush(struct stream_work *work, struct lane *lane);

/* What is doubtful does not wait for the other side: a command stays behind the answers before it. */
void streams_settle_others(struct stream_work *work, struct lane *lane, unsigned direction);

/* All that is open has ended, in the order in which it was opened. */
void streams_flush_all(struct stream_work *work);

void streams_free(struct streams *streams);

#endif
