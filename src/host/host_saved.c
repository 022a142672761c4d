/* SPDX-License-Identifier: MIT
 *
 * A host as bytes and back; the layout stands in sbfota/host.h. */
#include <string.h>

#include "internal.h"

enum {
    HOST_VERSION = 1,
    SESSION_AT = SBFOTA_HOST_SAVED - SBFOTA_SESSION_SAVED
};

void sbfota_host_save(struct sbfota_host *host, uint8_t saved[SBFOTA_HOST_SAVED])
{
    memset(saved, 0, SESSION_AT);
    saved[0] = HOST_VERSION;
    saved[1] = host->accepts;
    sbfota_session_save(&host->session, saved + SESSION_AT);
    sbfota_host_unflag(host, HOST_UNSAVED);
}

bool sbfota_host_load(struct sbfota_host *host, const uint8_t saved[SBFOTA_HOST_SAVED])
{
    static const uint8_t rest[SESSION_AT - 2] = {0};
    if (saved[0] != HOST_VERSION || saved[1] > HOST_TRIES ||
        memcmp(saved + 2, rest, sizeof rest) != 0 ||
        !sbfota_session_load(&host->session, saved + SESSION_AT))
        return false;
    host->accepts = saved[1];
    sbfota_host_flag(host, HOST_STALE);
    return true;
}
