/* SPDX-License-Identifier: MIT
 *
 * When the module polls next (source: 2, 5.1, 5.2). What has stopped it is undone only by what tells
 * that it polls again. */
#include "internal.h"

enum {
    DAY = 86400000 /* ms */
};

static void set_poll(struct sbfota_session *session, int64_t time, int64_t wait, uint32_t flags)
{
    session->poll_due =
        time == SBFOTA_NO_TIME || time > INT64_MAX - 2 * wait - DAY ? SBFOTA_NO_TIME : time + wait;
    session->flags = (session->flags & ~FLAGS_POLL) | FLAG_POLL_TOLD | flags;
}

/* Of the rows of codes.def, those of POLLING become a case. */
#define CASE_OF_POLLING(value, aftermath) \
    case value:                           \
        return SBFOTA_AFTERMATH_##aftermath;
#define CASE_OF_HTTP(value, aftermath)
#define CASE_OF_UPDATE(value, aftermath)
#define SBFOTA_CODE(table, value, name, text, aftermath, section) CASE_OF_##table(value, aftermath)

static unsigned polling_aftermath(int32_t code)
{
    switch (code) {
#include "../../grammar/codes.def"
    }
    return SBFOTA_AFTERMATH_NONE;
}

static void follow_error(struct sbfota_session *session, int32_t code, int64_t time)
{
    switch (polling_aftermath(code)) {
    case SBFOTA_AFTERMATH_REARMED:
        set_poll(session, time, (int64_t)14 * DAY, FLAG_POLL_SETTLED | FLAG_POLL_SPAN);
        break;
    case SBFOTA_AFTERMATH_STOPPED:
        set_poll(session, SBFOTA_NO_TIME, 0, FLAG_POLL_SETTLED | FLAG_POLL_STOPPED);
        break;
    default:
        if ((session->flags & FLAG_POLL_STOPPED) == 0)
            set_poll(session, SBFOTA_NO_TIME, 0, session->flags & FLAG_POLL_SETTLED);
    }
}

/* In milliseconds. Not one product of 64 bits: on small processors that is a call, with a stack of its own. */
static int64_t milliseconds(uint32_t seconds)
{
    return ((int64_t)((seconds >> 16) * 1000) << 16) + (int64_t)((seconds & UINT16_MAX) * 1000);
}

void sbfota_session_follow_polling(struct sbfota_session *session, const struct sbfota_event *event,
                                   int64_t time)
{
    switch (event->kind) {
    case SBFOTA_POLLING_TIME:
        set_poll(session, time, event->value < 0 ? 0 : milliseconds((uint32_t)event->value),
                 FLAG_POLL_SETTLED);
        break;
    case SBFOTA_HTTP_START:
        if ((session->flags & FLAG_POLL_STOPPED) == 0)
            set_poll(session, time, (int64_t)14 * DAY,
                     (session->flags & FLAG_POLL_SETTLED) | FLAG_POLL_SPAN);
        break;
    case SBFOTA_POLLING_ERROR: follow_error(session, event->value, time); break;
    default: break;
    }
}
