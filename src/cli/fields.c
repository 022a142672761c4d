/* SPDX-License-Identifier: MIT
 *
 * What the output formats have in common. */
#include "decode_output.h"
#include "text_safety.h"

/* A message that is known and whole holds ASCII only. */
static bool may_hold_any_bytes(const struct record *record)
{
    const struct sbfota_event *const event = &record->event;
    return record_needs_raw(record) || (event->kind == SBFOTA_CME_ERROR && event->extent > 0);
}

unsigned record_flags(const struct record *record)
{
    unsigned flags = record->event.flags;
    if (may_hold_any_bytes(record) && !text_is_utf8(record->text.data, record->text.length))
        flags |= SBFOTA_FLAG_BYTES;
    return flags;
}

struct bytes record_part(const struct record *record)
{
    return (struct bytes){record->text.data + record->event.value, record->event.extent};
}

bool record_needs_raw(const struct record *record)
{
    return record->event.kind == SBFOTA_OTHER || record->event.kind == SBFOTA_MALFORMED ||
           record->event.kind == SBFOTA_UNKNOWN;
}
