/* SPDX-License-Identifier: MIT
 *
 * ModemManager, and whatever else runs in GLib's main loop: within a plugin. Hooks in at the unsolicited message handlers of
 * the primary AT port: call sbfota_watch(modem, port) in the plugin's setup_ports. A handler gets what its regex matches; the
 * port adds the line end to a command and takes the result code itself, and the host is given the line that it stands for.
 * ModemManager's port classes are not installed anywhere: stubs/ declares what is used of them; GLib is the real one. */
#include <string.h>

#include <gio/gio.h>

#include <sbfota/host.h>

#include "mm-port-serial-at.h"

#include "board.h"

static struct sbfota_host host;
static guint timer;

static gboolean run(gpointer modem);

static gint64 milliseconds(void)
{
    return g_get_monotonic_time() / 1000;
}

/* At once, whenever something has happened; and then when the host asks for it. */
static void run_in(gpointer modem, guint wait)
{
    if (timer != 0)
        g_source_remove(timer);
    timer = g_timeout_add(wait, run, modem);
}

static void on_urc(MMPortSerialAt *port, GMatchInfo *match, gpointer modem)
{
    g_autofree gchar *line = g_match_info_fetch(match, 1);
    (void)port;
    sbfota_host_line(&host, line, strlen(line), milliseconds());
    run_in(modem, 0);
}

static void on_answer(GObject *modem, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    const gchar *const answer =
        mm_base_modem_at_command_finish(MM_BASE_MODEM(modem), result, &error);
    const gchar *const code = error == NULL ? "OK" : "ERROR";
    (void)data;
    if (answer != NULL) /* +QCFGEXT: "sbfota_delay",<time> */
        sbfota_host_line(&host, answer, strlen(answer), milliseconds());
    if (!g_error_matches(error, MM_SERIAL_ERROR, MM_SERIAL_ERROR_RESPONSE_TIMEOUT))
        sbfota_host_line(&host, code, strlen(code), milliseconds());
    run_in(modem, 0);
}

static gboolean run(gpointer modem)
{
    struct sbfota_event command;
    struct sbfota_change change;
    guint32 again;
    timer = 0;
    sbfota_host_ready(&host, board_tasks_stopped());
    board_allow_power_cut(sbfota_host_may_cut(&host));
    if (sbfota_host_next(&host, milliseconds(), &command, &change, &again)) {
        gchar text[SBFOTA_HOST_ROOM + 1];
        text[sbfota_format(&command, NULL, SBFOTA_FORMAT_CANONICAL, text, SBFOTA_HOST_ROOM)] = '\0';
        mm_base_modem_at_command(MM_BASE_MODEM(modem), text, 1, FALSE, on_answer, NULL);
        again = 2000; /* on_answer comes before that */
    }
    run_in(modem, MIN(again, 1000));
    return G_SOURCE_REMOVE;
}

void sbfota_watch(MMBaseModem *modem, MMPortSerialAt *port)
{
    g_autoptr(GRegex) regex = g_regex_new("\\r\\n(\\+QIND: \"SBFOTA\"[^\\r\\n]*|APP RDY|RDY)\\r\\n",
                                          G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
    sbfota_host_init(&host, 30);
    mm_port_serial_at_add_unsolicited_msg_handler(port, regex, on_urc, modem, NULL);
    run_in(modem, 0);
}
