/* SPDX-License-Identifier: MIT */
#include "modem_columns.h"

#include "column_fields.h"
#include "modem_fields.h"
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

static const char *power_word(unsigned power)
{
    return sbfota_power_name(power);
}

enum {
    outcome_words = SBFOTA_OUTCOME_COUNT,
    phase_words = SBFOTA_PHASE_COUNT,
    power_words = SBFOTA_POWER_COUNT
};

enum modem_column {
#define MODEM_FIELD(id, type, need, where, meaning, section) COLUMN_OF_##where(MODEM_COLUMN_##id, )
#include "modem_fields.def"
#undef MODEM_FIELD
    MODEM_COLUMNS
};

static const struct column_field fields[] = {
#define MODEM_FIELD(id, type, need, where, meaning, section) \
    COLUMN_OF_##where(COLUMN_FIELD_##type(id))
#include "modem_fields.def"
#undef MODEM_FIELD
};
_Static_assert(sizeof fields / sizeof fields[0] <= COLUMNS_MOST, "there is room for that many");

/* The field that is told in each column. */
static const uint8_t told[] = {
#define MODEM_FIELD(id, type, need, where, meaning, section) COLUMN_OF_##where(MODEM_##id, )
#include "modem_fields.def"
#undef MODEM_FIELD
};

const struct column_fields modem_columns = {fields, MODEM_COLUMNS};

void modem_columns_add(struct columns *columns, const struct modem_record *record)
{
    for (unsigned column = 0; column < MODEM_COLUMNS; column++) {
        char time[TIME_SIZE];
        const struct record_value value = modem_value(record, (enum modem_field)told[column], time);
        if (value.type != VALUE_NONE)
            columns_put_value(columns, column, &value);
    }
    columns_end_row(columns);
}
