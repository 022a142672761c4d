/* SPDX-License-Identifier: MIT
 *
 * What an operator can do about a failure. */
#ifndef SBFOTA_LOG_ADVICE_H
#define SBFOTA_LOG_ADVICE_H

#include "log/sessions/failure.h"

/* One or two sentences, never NULL. Plain ASCII without quotes, `<` and `&`. */
const char *advice_on(const struct failure *failure);

#endif
