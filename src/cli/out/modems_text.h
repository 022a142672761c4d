/* SPDX-License-Identifier: MIT
 *
 * Modems as a table for people: a line each, in the columns that there are. */
#ifndef SBFOTA_CLI_OUT_MODEMS_TEXT_H
#define SBFOTA_CLI_OUT_MODEMS_TEXT_H

#include <sbfota/log.h>

#include "cli/writing/look.h"

struct modems_table {
    struct look look;
    unsigned modem_width; /* of them for names */
    unsigned outcome_width;
    unsigned used; /* columns in front of the remarks */
    bool reached;  /* there is room for this column, and so on */
    bool power;
    bool silent;
    bool dates; /* the times */
};

/* Which columns there is room for, beside names of at most `longest` columns. */
void modems_table_lay_out(struct modems_table *table, size_t longest);

void modems_table_put_heading(struct writer *writer, const struct modems_table *table);
void modems_table_put(struct writer *writer, const struct modems_table *table,
                      const struct sbfota_log_modem *modem);
#endif
