/* SPDX-License-Identifier: MIT
 *
 * What the output formats have in common. */
#include "sink.h"
#include "text_safety.h"

unsigned record_flags(const struct record *record)
{
    unsigned flags = record->event.flags;
    if (record->text.length > 0 && !text_is_utf8(record->text.data, record->text.length))
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
