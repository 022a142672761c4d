/* SPDX-License-Identifier: MIT
 *
 * What finds events, and what it knows of the line at hand. */
#ifndef SBFOTA_LOG_FINDER_H
#define SBFOTA_LOG_FINDER_H

#include "log/prefix/form.h"
#include "log/prefix/shape.h"
#include "log/prefix/wire.h"
#include "log/scan/events.h"
#include "log/scan/search.h"
#include "log/scan/watch.h"

/* What a kind is in a dialogue of host and module. */
enum role {
    ROLE_NONE = 0,
    ROLE_COMMAND, /* one of ours, which the host sends */
    ROLE_ANSWER,  /* a result code */
    ROLE_BOOT,    /* the module answers nothing any more */
    ROLE_LINE     /* a line that may be another command */
};

/* The first message of a text. */
struct parsed {
    const char *line; /* that the text stands in */
    const char *text;
    struct sbfota_parser parser; /* behind it */
    struct sbfota_event message;
    size_t next; /* bytes that it took */
    bool found;  /* there is one */
};

/* What was seen of a line from a place on, up to its end. */
struct line_seen {
    const char *begin; /* NULL: nothing */
    const char *end;
    const char *anchor; /* the first message in it; NULL if there is none */
    bool spelled;       /* that is, in another way */
};

enum {
    FINDER_APART =
        64 * 1024, /* bytes: as much is learned from where one message is not understood */
    FINDER_MISFITS = BLOCK_SIZE / FINDER_APART + 1
};

/* What a thread needs to find events. */
struct finder {
    const struct reading *reading;
    bool all;          /* also what is not ours */
    bool has_dialogue; /* among the events are commands or result codes */
    bool tries;        /* blocks are samples of a log: it is told whether something was */
    bool
        missed; /* in one that is not torn: a line that may be ours held nothing that is known, or more */
    size_t answers; /* result codes, awaited or not */
    struct searches search;
    uint8_t roles[SBFOTA_KIND_COUNT]; /* enum role */
    struct sbfota_parser fresh;       /* as sbfota_parser_init makes one */
    struct shapes shapes;             /* of the lines of a log */
    uint64_t shapes_of;               /* the log that they were learned from */
    const struct reading *shapes_by;  /* and how it was read */
    /* A message that `reading` does not understand: */
    uint64_t learn_from; /* is looked for from this place of the log on, or nowhere */
    /* Of the block: the line of the first one, and of each first one FINDER_APART behind that before. */
    const char *misfits[FINDER_MISFITS];
    unsigned misfit_count;
    uint64_t misfit_from;      /* where the next one is looked for; nowhere if there is no room */
    const char *line;          /* the one at hand */
    struct line_seen seen;     /* the one that was looked at for a message */
    const struct block *block; /* that is in */
    struct parsed refused;     /* the last line of it that take_alike has parsed and not taken */
    struct log_events events;
    struct wire wire;
    struct answer_watch watch;
    /* Of a block that was UTF-16: a place in it, and the bytes of the file before that. */
    size_t wide_place;
    uint64_t wide_bytes;
};

/* Is a kind of event one of ours that asks, or a result code? */
static inline bool finder_is_dialogue(const struct finder *finder, unsigned kind)
{
    return finder->roles[kind] == ROLE_COMMAND || finder->roles[kind] == ROLE_ANSWER;
}

/* False without memory. */
bool finder_make(struct finder *finder);
void finder_free(struct finder *finder);

#define FINDER_NOWHERE UINT64_MAX

/* The line of the first message of the block that `reading` does not understand; NULL if there is none. */
static inline const char *finder_misfit(const struct finder *finder)
{
    return finder->misfit_count == 0 ? NULL : finder->misfits[0];
}

/* Look for such messages of the block from a later place on. False if what was noted does not tell: then the block is searched again. */
bool finder_learn_from(struct finder *finder, uint64_t from);

/* The text of the line at hand is no message as `reading` has it. Is there one behind something else in it? */
void finder_note_misfit(struct finder *finder, unsigned kind, struct bytes text);

/* The line at hand holds a message as `reading` has it, but what stands before that was not learned. */
void finder_note_strange(struct finder *finder);

/* Take a line apart. A modem's name is kept as the modem is called, whatever escapes stand for it. */
void finder_line(struct finder *finder, const char *begin, const char *end, struct line *line);

/* The modem's name and the time as they are meant, where they stand in a text of JSON. */
void finder_unescape(struct finder *finder, struct line *line, const char *origin);

/* Bytes of the file before a place in a block; places mostly come in order. */
uint64_t finder_bytes(struct finder *finder, const struct block *block, size_t place);

#endif
