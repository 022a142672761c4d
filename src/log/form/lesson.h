/* SPDX-License-Identifier: MIT
 *
 * The anchors of a log, and what is learned from them step by step. */
#ifndef SBFOTA_LOG_LESSON_H
#define SBFOTA_LOG_LESSON_H

#include <string.h>

#include "log/form/prose.h"
#include "log/prefix/anchor.h"
#include "log/prefix/learned.h"

enum {
    SHAPE_NONE = -1,
    SHAPE_JUDGED = -2 /* its elements are known */
};

/* One anchor of the log. */
struct sighting {
    struct anchor anchor;
    struct token prefix[TOKENS_MAX];
    struct token suffix[SUFFIX_MAX + 1];
    struct element elements[TOKENS_MAX];
    size_t length; /* of the prefix */
    size_t suffix_length;
    uint64_t said; /* the keyword of its message, and what describes it */
    uint64_t told; /* the same with its numbers, but for how far something is */
    struct prose prose;
    uint16_t first; /* the number of the first that has its shape */
    uint8_t trust;  /* by how much of it its prefix is believed */
    bool of_module; /* a text of the module stands behind such a prefix */
    bool says_more; /* messages of more than one kind do */
    int shape;      /* its number, SHAPE_JUDGED or SHAPE_NONE */
};

struct lesson {
    struct learned *learned;
    struct sighting *sightings;
    size_t count;
    struct bytes sample;
    unsigned neighbours; /* looked at for so many shapes */
    bool named;          /* a word before a modem's name says that it is one */
    bool others;         /* prefixes of the log are known, beside what is learned from */
};

static inline bool is_sign(const struct token *token, char sign)
{
    return token->kind == TOKEN_SIGN && token->end - token->begin == 1 && *token->begin == sign;
}

static inline bool same_bytes(struct bytes one, struct bytes other)
{
    return one.length == other.length && memcmp(one.data, other.data, one.length) == 0;
}

/* Are prefixes alike but for their words? */
bool lesson_is_alike(const struct sighting *one, const struct sighting *other);

/* The elements of all prefixes that are alike to that of one sighting, of which none was judged before. */
void lesson_judge_alike(struct lesson *lesson, size_t first);

/* The letters of a message, and its digits if these count. */
uint64_t lesson_hash(const char *begin, const char *end, bool digits);

/* Have two judged prefixes the same shape? */
bool lesson_is_same_shape(const struct sighting *one, const struct sighting *other);

/* The shapes of all prefixes that are believed. */
void lesson_believe(struct lesson *lesson);

/* The shape of a judged prefix, and of those behind it that have the same. */
void lesson_make_shape(struct lesson *lesson, size_t first);

/* What marks of a log say: how often the texts behind them are of the side that they announce, and which sides these are. */
struct mark_evidence {
    size_t agreeing;
    size_t others;
    bool host;
    bool module;
};

/* Those next to their texts, and those that words stand behind. */
struct weighed_marks {
    struct mark_evidence marks;
    struct mark_evidence apart;
};

/* Those before all anchors. */
struct weighed_marks lesson_weigh_marks(const struct lesson *lesson);

/* Marks are believed if the texts behind them are of their sides: people quote mail with the mark of a host, and write arrows either
 * way. Where both sides are marked, a message behind the host's mark is what the host has sent. Those apart are believed only where both are. */
void lesson_learn_direction(const struct learned *learned, struct line_shape *shape,
                            const struct weighed_marks *weighed);

/* A program that prints each line of its module a second time, behind words of its own, says nothing new; nor does the echo of a
 * command that is logged already. */
void lesson_learn_repeats(struct lesson *lesson, unsigned number);

/* A name before a mark is the modem's, alone, in brackets or with a colon, if a time or nothing stands before it. */
void lesson_learn_modem(const struct learned *learned, struct line_shape *shape);

/* What counts from line to line in some shapes counts in the others that begin alike too. */
void lesson_share_counters(struct learned *learned);

/* What the marks of some shapes show to be the modem's name is it in others that begin so; where each side has names of its own, as Sent and
 * Received are, none is. */
void lesson_share_modem(struct learned *learned);

/* No name is a modem's. */
void lesson_forget_modem(struct learned *learned);

/* The modem is what the user says. */
void lesson_take_modem(struct line_shape *shape, int modem_token);

#endif
