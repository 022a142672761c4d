/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The catalogue at run time: names, ranges, codes and their texts, both ways. Leave this half out (it is an object of
 * its own) where flash is dear: the parser and the formatter do not need it.
 *
 * All pointers returned are to constants that live as long as the program. Names to look up are spans: no NUL needed.
 */
#ifndef SBFOTA_TEXTS_H
#define SBFOTA_TEXTS_H

#include <sbfota/sbfota.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One row of the message catalogue. */
struct sbfota_message {
    const char *name;    /**< the event's name, as in JSON */
    const char *keyword; /**< the keyword in quotes or the bare word; "" for none */
    const char *stage;   /**< the second keyword, or "" */
    const char *section; /**< of the note */
    const char *summary; /**< one line */
    int32_t
        min; /**< the least value that the note gives; no range where max is less than or equal to min
                              and both are 0 */
    int32_t max;      /**< the greatest */
    uint8_t family;   /**< enum sbfota_family */
    uint8_t argument; /**< enum sbfota_argument */
    uint8_t sender;   /**< enum sbfota_sender */
};

/** One row of the code tables. */
struct sbfota_code {
    int32_t value;       /**< the number */
    uint8_t table;       /**< enum sbfota_code_table */
    uint8_t aftermath;   /**< enum sbfota_aftermath; of polling only */
    const char *name;    /**< short, unique within its table */
    const char *text;    /**< what it means */
    const char *section; /**< of the note */
};

/** The row of a kind, or NULL for SBFOTA_NONE and for numbers that are no kind. */
SBFOTA_API const struct sbfota_message *sbfota_message(unsigned kind);

/** The kind with this event name, or SBFOTA_NONE. */
SBFOTA_API enum sbfota_kind sbfota_kind_from_name(const char *name, size_t length);

/** The table that a kind's codes stand in, or SBFOTA_CODE_TABLE_NONE. */
SBFOTA_API enum sbfota_code_table sbfota_code_table(unsigned kind);

/** A code's row, or NULL when the table does not have it. */
SBFOTA_API const struct sbfota_code *sbfota_code(enum sbfota_code_table table, int32_t value);

/** The code with this name or this text, or NULL. */
SBFOTA_API const struct sbfota_code *sbfota_code_from_name(enum sbfota_code_table table,
                                                           const char *name, size_t length);

/** The codes of all tables, SBFOTA_CODE_COUNT of them, table by table, ascending; NULL past the last. */
SBFOTA_API const struct sbfota_code *sbfota_code_at(size_t index);

/** A reason's name or summary; NULL for a number that is no reason. */
SBFOTA_API const char *sbfota_reason_name(unsigned reason);
SBFOTA_API const char *sbfota_reason_summary(unsigned reason);

/** The reason with this name, or SBFOTA_REASON_NONE. */
SBFOTA_API enum sbfota_reason sbfota_reason_from_name(const char *name, size_t length);

/** The name or summary of one flag, given as its bit; NULL for anything else. */
SBFOTA_API const char *sbfota_flag_name(unsigned flag);
SBFOTA_API const char *sbfota_flag_summary(unsigned flag);

#ifdef __cplusplus
}
#endif

#endif
