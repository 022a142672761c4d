/* SPDX-License-Identifier: MIT
 *
 * What sbfota needs to hear of a modem_chat, and what it knows from it. */
#ifndef SBFOTA_CHAT_H
#define SBFOTA_CHAT_H

#include <zephyr/modem/chat.h>

#include <sbfota/session.h>

/* For unsol_matches of struct modem_chat_config, SBFOTA_CHAT_MATCHES of them. */
enum {
    SBFOTA_CHAT_MATCHES = 3
};
extern const struct modem_chat_match sbfota_chat_matches[SBFOTA_CHAT_MATCHES];

/* The update of the one modem, as its URCs have told. Read it from the work queue of modem_chat. */
extern struct sbfota_session sbfota_chat_session;

/* Yours: called behind each change. */
void sbfota_chat_changed(const struct sbfota_change *change);

#endif
