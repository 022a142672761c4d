/* SPDX-License-Identifier: MIT */
#include "attempt_columns.h"

#include "attempt_fields.h"
#include "column_fields.h"
#include "time.h"
#include "value_columns.h"

static const char *outcome_word(unsigned outcome)
{
    return sbfota_outcome_name(outcome);
}

static const char *phase_word(unsigned phase)
{
    return sbfota_phase_name(phase);
}

static const char *problems_word(unsigned bit)
{
    return sbfota_problem_name(1U << bit);
}

enum {
    outcome_words = SBFOTA_OUTCOME_COUNT,
    phase_words = SBFOTA_PHASE_COUNT,
    problems_words = 16
};

enum attempt_column {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) \
    COLUMN_OF_##where(ATTEMPT_COLUMN_##id, )
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
    ATTEMPT_COLUMNS
};

static const struct column_field fields[] = {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) \
    COLUMN_OF_##where(COLUMN_FIELD_##type(id))
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
};
_Static_assert(sizeof fields / sizeof fields[0] <= COLUMNS_MOST, "there is room for that many");

/* The field that is told in each column. */
static const uint8_t told[] = {
#define ATTEMPT_FIELD(id, type, need, where, meaning, section) COLUMN_OF_##where(ATTEMPT_##id, )
#include "attempt_fields.def"
#undef ATTEMPT_FIELD
};

const struct column_fields attempt_columns = {fields, ATTEMPT_COLUMNS};

void attempt_columns_add(struct columns *columns, const struct fleet *fleet,
                         const struct log_attempt *attempt)
{
    for (unsigned column = 0; column < ATTEMPT_COLUMNS; column++) {
        char time[TIME_SIZE];
        const struct record_value value =
            attempt_value(fleet, attempt, (enum attempt_field)told[column], time);
        if (value.type != VALUE_NONE)
            columns_put_value(columns, column, &value);
    }
    columns_end_row(columns);
}
