/* SPDX-License-Identifier: MIT
 *
 * What the example uses of ModemManager's own classes, declared by us after its documentation; not ModemManager. */
#ifndef STUBS_MM_PORT_SERIAL_AT_H
#define STUBS_MM_PORT_SERIAL_AT_H

#include <gio/gio.h>

typedef struct MMBaseModem MMBaseModem;
typedef struct MMPortSerialAt MMPortSerialAt;

#define MM_BASE_MODEM(object) ((MMBaseModem *)(object))
#define MM_SERIAL_ERROR mm_serial_error_quark()

enum {
    MM_SERIAL_ERROR_RESPONSE_TIMEOUT = 3
};

typedef void (*MMPortSerialAtUnsolicitedMsgFn)(MMPortSerialAt *port, GMatchInfo *match,
                                               gpointer data);

GQuark mm_serial_error_quark(void);
void mm_port_serial_at_add_unsolicited_msg_handler(MMPortSerialAt *port, GRegex *regex,
                                                   MMPortSerialAtUnsolicitedMsgFn function,
                                                   gpointer data, GDestroyNotify notify);
void mm_base_modem_at_command(MMBaseModem *modem, const gchar *command, guint timeout,
                              gboolean allow_cached, GAsyncReadyCallback callback, gpointer data);
const gchar *mm_base_modem_at_command_finish(MMBaseModem *modem, GAsyncResult *result,
                                             GError **error);

/* The example's own. */
void sbfota_watch(MMBaseModem *modem, MMPortSerialAt *port);

#endif
