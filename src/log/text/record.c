/* SPDX-License-Identifier: MIT */
#include "log/text/record.h"

#include <sbfota/texts.h>

#include "log/text/utf8.h"

bool record_is_hosts(unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    return message != NULL && message->sender == SBFOTA_SENDER_HOST;
}

bool record_is_whole(unsigned kind)
{
    return kind != SBFOTA_NONE && kind != SBFOTA_BLANK && kind != SBFOTA_OTHER &&
           kind != SBFOTA_MALFORMED && kind != SBFOTA_UNKNOWN && kind != SBFOTA_OVERLONG;
}

bool record_is_sbfota(const struct record *record)
{
    const unsigned kind = record->event.kind;
    const struct sbfota_message_row *const message = sbfota_message(kind);
    if (message == NULL)
        return false;
    /* Of malformed lines only a +CME ERROR without its code is none, and it is not is_ours either. */
    if (kind == SBFOTA_MALFORMED)
        return record->event.detail == SBFOTA_REASON_GLUED ||
               sbfota_is_ours(record->text.data, record->text.length);
    if (kind == SBFOTA_UNKNOWN)
        return true;
    return message->family == SBFOTA_FAMILY_URC || message->family == SBFOTA_FAMILY_RESPONSE ||
           message->family == SBFOTA_FAMILY_COMMAND || message->family == SBFOTA_FAMILY_TEST;
}

struct bytes record_canonical_lead(unsigned kind)
{
    return record_is_hosts(kind) ? (struct bytes){"", 0} : (struct bytes){"\r\n", 2};
}

struct bytes record_canonical_tail(unsigned kind)
{
    return (struct bytes){"\r\n", record_is_hosts(kind) ? 1 : 2};
}

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
