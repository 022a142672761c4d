/* SPDX-License-Identifier: MIT
 *
 * The rows of outcomes.def, problems.def, phases.def, powers.def and accepts.def, for the generators. */
#ifndef SESSION_WORDS_H
#define SESSION_WORDS_H

struct session_word {
    const char *id;
    int number; /* a problem's is its bit */
    const char *name, *summary, *detail, *section;
};

/* Each ends with a row without a name. */
#define WORD(id, number, name, summary, detail, section) \
    {#id, number, name, summary, detail, section},
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) WORD(id, number, name, summary, detail, section)
#define SBFOTA_PROBLEM WORD
#define SBFOTA_PHASE WORD
#define SBFOTA_POWER WORD
#define SBFOTA_ACCEPT_STATE WORD
static const struct session_word outcomes[] = {
#include "outcomes.def"
    {0}};
static const struct session_word problems[] = {
#include "problems.def"
    {0}};
static const struct session_word phases[] = {
#include "phases.def"
    {0}};
static const struct session_word powers[] = {
#include "powers.def"
    {0}};
static const struct session_word accepts[] = {
#include "accepts.def"
    {0}};
#undef WORD
#undef SBFOTA_OUTCOME
#undef SBFOTA_PROBLEM
#undef SBFOTA_PHASE
#undef SBFOTA_POWER
#undef SBFOTA_ACCEPT_STATE

enum {
    SESSION_ENUMS = 5
};

/* What they are called. */
static const struct session_enum {
    const char *tag;   /* of the enumeration: sbfota_TAG */
    const char *stem;  /* of the enumerators: SBFOTA_STEM_ID */
    const char *file;  /* in grammar/ */
    const char *title; /* in the documentation */
    const char *meaning;
    const struct session_word *words;
    int is_set; /* of bits */
} session_enums[SESSION_ENUMS] = {
    {"phase", "PHASE", "phases.def", "Phases", "What a module is at (source: 3).", phases, 0},
    {"outcome", "OUTCOME", "outcomes.def", "Outcomes",
     "How an attempt ended. A boot is told by RDY or APP RDY.", outcomes, 0},
    {"problem", "PROBLEM", "problems.def", "Problems", "What was odd: a set of bits.", problems, 1},
    {"power", "POWER", "powers.def", "Loss of power",
     "What losing the power now would do (source: 5.3, note 2).", powers, 0},
    {"accept", "ACCEPT", "accepts.def", "Accept",
     "What became of the host's accept since the last UPDATE_TIMEOUT of the attempt.", accepts, 0},
};

#endif
