/* SPDX-License-Identifier: MIT */
#include "cli/watch/options.h"

#include <string.h>

#include <sbfota/session.h>

/* What the note tells of times (docs/protocol.md, 1), and what is known of the sibling family (docs/dialects.md). */
static const struct limit_row rows[LIMITS] = {
    [LIMIT_IDLE] = {"idle", 16 * 86400,
                    "a polling time is at most 15 days (manual: 5.1); and a day"},
    [LIMIT_DOWNLOAD] = {"download", 420,
                        "a connection that fails is told after some 6 minutes; and one"},
    [LIMIT_DELAY] = {"delay", 90, "a delay is at most 60 s (manual: 4.2); and half of that"},
    [LIMIT_UPDATE] = {"update", 300, "5 minutes is what testers of the sibling family allow"},
    [LIMIT_RESTORE] = {"restore", 300, "nothing is published; as the update"},
    [LIMIT_END] = {"end", 300, "nothing is published; the module boots and registers"},
    [LIMIT_REPORT] = {"report", 420, "over HTTP(S), as the download"},
};

const struct limit_row *limit_row(enum limit limit)
{
    return &rows[limit];
}

enum limit limit_of(unsigned phase, unsigned last_kind)
{
    if (last_kind == SBFOTA_POLLING_TIME || last_kind == SBFOTA_POLLING_ERROR)
        return LIMIT_IDLE;
    switch (phase) {
    case SBFOTA_PHASE_DOWNLOAD: return LIMIT_DOWNLOAD;
    case SBFOTA_PHASE_DELAY: return LIMIT_DELAY;
    case SBFOTA_PHASE_UPDATE: return LIMIT_UPDATE;
    case SBFOTA_PHASE_RESTORE: return LIMIT_RESTORE;
    case SBFOTA_PHASE_END:
    case SBFOTA_PHASE_REBOOT: return LIMIT_END;
    case SBFOTA_PHASE_REPORT: return LIMIT_REPORT;
    }
    return LIMIT_IDLE;
}

enum limit limit_find(const char *name, unsigned length)
{
    enum limit limit = LIMIT_IDLE;
    while (limit < LIMITS &&
           (strlen(rows[limit].name) != length || memcmp(rows[limit].name, name, length) != 0))
        limit++;
    return limit;
}
