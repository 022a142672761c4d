/* SPDX-License-Identifier: MIT
 *
 * A user's program, which calls each half of the library. Gives 0, or tells where it went wrong. */
#include <string.h>

#ifdef TWO_FILES
#include "sbfota.h"
#else
#include <sbfota/host.h>
#include <sbfota/texts.h>
#endif

static const char line[] = "\r\n+QIND: \"SBFOTA\",\"UPDATING\",40%\r\n";

static int parses(struct sbfota_event *event)
{
    return sbfota_decode_line(line, sizeof line - 1, event) == sizeof line - 1 &&
           event->kind == SBFOTA_UPDATING && event->value == 40;
}

#ifndef SBFOTA_NO_FORMAT
static int formats(const struct sbfota_event *event)
{
    char text[64];
    const ptrdiff_t length = sbfota_format(event, NULL, SBFOTA_FORMAT_FRAMED, text, sizeof text);
    return length == (ptrdiff_t)sizeof line - 1 && memcmp(text, line, (size_t)length) == 0;
}
#endif

#ifndef SBFOTA_NO_TEXTS
static int tells(const struct sbfota_event *event)
{
    return strcmp(sbfota_message(event->kind)->name, "updating") == 0;
}
#endif

#ifndef SBFOTA_NO_SESSION
static int follows(const struct sbfota_event *event)
{
    struct sbfota_session session;
    struct sbfota_change change;
    sbfota_session_init(&session);
    sbfota_session_feed(&session, event, 0, &change);
    return sbfota_session_power(&session) == SBFOTA_POWER_ROLLS_BACK;
}
#endif

#ifndef SBFOTA_NO_HOST
static int answers(void)
{
    struct sbfota_host host;
    struct sbfota_event command;
    struct sbfota_change change;
    uint32_t again;
    return sbfota_host_init(&host, 30) && sbfota_host_next(&host, 0, &command, &change, &again) &&
           command.kind == SBFOTA_QUERY_DELAY;
}
#endif

int main(void)
{
    struct sbfota_event event;
    if (!parses(&event))
        return 1;
#ifndef SBFOTA_NO_FORMAT
    if (!formats(&event))
        return 2;
#endif
#ifndef SBFOTA_NO_TEXTS
    if (!tells(&event))
        return 3;
#endif
#ifndef SBFOTA_NO_SESSION
    if (!follows(&event))
        return 4;
#endif
#ifndef SBFOTA_NO_HOST
    if (!answers())
        return 5;
#endif
    return 0;
}
