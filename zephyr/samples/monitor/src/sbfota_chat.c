/* SPDX-License-Identifier: MIT
 *
 * The hook: modem_chat cuts a match off a line and hands over the rest, here the whole tail, since the separators are
 * empty. Lines of the host's own commands and their answers are modem_chat's; a host that sends accept tells the session
 * by itself. */
#include "sbfota_chat.h"

#include <string.h>

#include <zephyr/kernel.h>

struct sbfota_session sbfota_chat_session;

static void on_line(struct modem_chat *chat, char **argv, uint16_t argc, void *user_data)
{
    struct sbfota_event event;
    struct sbfota_change change;
    const char *const tail = argc > 1 ? argv[1] : "";

    ARG_UNUSED(chat);
    ARG_UNUSED(user_data);
    sbfota_decode_tail(argv[0], strlen(argv[0]), tail, strlen(tail), &event);
    sbfota_session_feed(&sbfota_chat_session, &event, k_uptime_get(), &change);
    sbfota_chat_changed(&change);
}

const struct modem_chat_match sbfota_chat_matches[SBFOTA_CHAT_MATCHES] = {
    MODEM_CHAT_MATCH("+QIND: \"SBFOTA\"", "", on_line),
    MODEM_CHAT_MATCH("RDY", "", on_line),
    MODEM_CHAT_MATCH("APP RDY", "", on_line),
};
