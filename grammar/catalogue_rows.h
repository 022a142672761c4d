/* SPDX-License-Identifier: MIT
 *
 * The rows of messages.def, codes.def, reasons.def and flags.def, for catalogue.c and catalogue_fields.c. */
#ifndef CATALOGUE_ROWS_H
#define CATALOGUE_ROWS_H

#include <stdbool.h>

struct messages_row {
    const char *id;
    int number;
    const char *name, *family, *keyword, *stage, *argument;
    long min, max;
    const char *sender, *section, *summary;
};
static const struct messages_row messages[] = {
#define SBFOTA_MESSAGE(id, number, name, family, keyword, stage, argument, min, max, sender, section, summary) \
    {#id, number, name, #family, keyword, stage, #argument, min, max, #sender, section, summary},
#include "messages.def"
#undef SBFOTA_MESSAGE
};

struct codes_row {
    const char *table;
    long value;
    const char *name, *text, *aftermath, *section;
};
static const struct codes_row codes[] = {
#define SBFOTA_CODE(table, value, name, text, aftermath, section) {#table, value, name, text, #aftermath, section},
#include "codes.def"
#undef SBFOTA_CODE
};

struct reasons_row {
    const char *id;
    int number;
    const char *name, *summary;
};
static const struct reasons_row reasons[] = {
#define SBFOTA_REASON(id, number, name, summary) {#id, number, name, summary},
#include "reasons.def"
#undef SBFOTA_REASON
};

struct flags_row {
    const char *id, *name;
    int bit;
    const char *summary;
};
static const struct flags_row flags[] = {
#define SBFOTA_FLAG(id, name, bit, summary) {#id, name, bit, summary},
#include "flags.def"
#undef SBFOTA_FLAG
};

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
#define EACH(row, rows) (const struct rows##_row *row = rows; row < rows + COUNT(rows); row++)

/* What follows from the fields of records, if `what` is of that: catalogue_fields.c. */
bool print_fields(const char *what);

#endif
