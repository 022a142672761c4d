/* SPDX-License-Identifier: MIT
 *
 * The value of each field of an event: grammar/event_fields.def. */
#ifndef SBFOTA_PYTHON_EVENT_VALUES_H
#define SBFOTA_PYTHON_EVENT_VALUES_H

#include "core.h"
#include "log/records/event_fields.h"

/* Does JSON Lines have it? */
bool event_field_is_of_rows(enum event_field field);

/* A new reference; NULL without an exception if the event does not have it. `needed`: the text only where JSON Lines has it without --raw,
 * and no empty list of flags. */
PyObject *event_value(const struct event_object *event, enum event_field field, bool needed);

#endif
