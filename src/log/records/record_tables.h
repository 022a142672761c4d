/* SPDX-License-Identifier: MIT
 *
 * The tables of a struct record_kind, made of the catalogue that RECORD_FIELDS names, where that is included: for the one file that has the
 * kind. It says what the numbers of its fields are called (FIELD_id). */
#include <sbfota/texts.h>

#include "log/tables/column_fields.h"

#define outcome_word sbfota_outcome_name
#define phase_word sbfota_phase_name

enum {
    outcome_words = SBFOTA_OUTCOME_COUNT,
    phase_words = SBFOTA_PHASE_COUNT,
    /* Does JSON Lines have it, and CSV? */
    IN_BOTH = true,
    IN_ROWS = true,
    IN_COLUMNS = false
};

enum field {
#define RECORD_FIELD(id, type, need, where, meaning, section) FIELD_##id,
#include RECORD_FIELDS
#undef RECORD_FIELD
    FIELDS
};

static const struct record_field fields[] = {
#define RECORD_FIELD(id, type, need, where, meaning, section) {#id, IN_##where},
#include RECORD_FIELDS
#undef RECORD_FIELD
};

static const struct column_field columns[] = {
#define RECORD_FIELD(id, type, need, where, meaning, section) \
    COLUMN_OF_##where(COLUMN_FIELD_##type(id))
#include RECORD_FIELDS
#undef RECORD_FIELD
};
_Static_assert(sizeof columns / sizeof columns[0] <= COLUMNS_MOST, "there is room for that many");

static const uint8_t told[] = {
#define RECORD_FIELD(id, type, need, where, meaning, section) COLUMN_OF_##where(FIELD_##id, )
#include RECORD_FIELDS
#undef RECORD_FIELD
};

#define RECORD_KIND(function)                                                                     \
    {                                                                                             \
        .fields = fields, .count = FIELDS,                                                        \
        .columns = {columns, sizeof columns / sizeof columns[0]}, .told = told, .value = function \
    }
