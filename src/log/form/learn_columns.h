/* SPDX-License-Identifier: MIT
 *
 * Which column names the modem in a log of CSV without a heading: as the words of prefixes are judged, by what its values say. */
#ifndef SBFOTA_LOG_LEARN_COLUMNS_H
#define SBFOTA_LOG_LEARN_COLUMNS_H

#include "log/prefix/form.h"

/* Of a reading whose columns are known. The last byte of `sample` must be a line feed. */
void columns_learn_modem(struct reading *reading, struct bytes sample);

#endif
