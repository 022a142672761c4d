/* SPDX-License-Identifier: MIT
 *
 * One array for each struct that a user places, as long as the struct. Read with nm, never linked. */
#include <sbfota/host.h>
#include <sbfota/sbfota.h>

char sbfota_parser[sizeof(struct sbfota_parser)];
char sbfota_event[sizeof(struct sbfota_event)];
char sbfota_session[sizeof(struct sbfota_session)];
char sbfota_host[sizeof(struct sbfota_host)];
