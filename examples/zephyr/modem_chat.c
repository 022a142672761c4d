/* SPDX-License-Identifier: MIT
 *
 * Zephyr: beside modem_chat. Hooks in at its unsolicited matches: call sbfota_chat_configure(&config) before modem_chat_init, or
 * put the rows of `unsolicited` among yours, and sbfota_chat_start(&chat) behind modem_chat_attach. The separators of a match
 * must be empty, so that commas and empty fields come as the module sent them. Callbacks of modem_chat and the work below
 * run in the system's work queue, one at a time. Zephyr is not here: stubs/ declares what is used of it. */
#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/modem/chat.h>

#include <sbfota/host.h>

static struct sbfota_host host;
static struct modem_chat *chat;
static struct modem_chat_script script;
static struct modem_chat_script_chat line;
static char request[SBFOTA_HOST_ROOM + 1];

static void run(struct k_work *work);
K_WORK_DELAYABLE_DEFINE(run_work, run);

/* A line that modem_chat has cut in two: the match and what is behind it. */
static void on_line(struct modem_chat *from, char **argv, uint16_t argc, void *user_data)
{
    const char *const tail = argc > 1 ? argv[1] : "";
    struct sbfota_event event;
    struct sbfota_change change;

    sbfota_decode_tail(argv[0], strlen(argv[0]), tail, strlen(tail), &event);
    sbfota_host_event(&host, &event, k_uptime_get(), &change);
    k_work_reschedule(&run_work, K_NO_WAIT);
}

MODEM_CHAT_MATCHES_DEFINE(unsolicited, MODEM_CHAT_MATCH("+QIND: \"SBFOTA\",", "", on_line),
                          MODEM_CHAT_MATCH("RDY", "", on_line),
                          MODEM_CHAT_MATCH("APP RDY", "", on_line));

/* The command's script. modem_chat takes the result code; the host is given the line that it stands for. */
static void on_done(struct modem_chat *from, enum modem_chat_script_result result, void *user_data)
{
    if (result != MODEM_CHAT_SCRIPT_RESULT_TIMEOUT) {
        const char *const code = result == MODEM_CHAT_SCRIPT_RESULT_SUCCESS ? "OK" : "ERROR";

        sbfota_host_line(&host, code, strlen(code), k_uptime_get());
    }
    k_work_reschedule(&run_work, K_NO_WAIT);
}

MODEM_CHAT_MATCHES_DEFINE(answers,
                          MODEM_CHAT_MATCH_INITIALIZER("+QCFGEXT: \"sbfota_delay\",", "", on_line,
                                                       false, true),
                          MODEM_CHAT_MATCH("OK", "", NULL));
MODEM_CHAT_MATCHES_DEFINE(refusals, MODEM_CHAT_MATCH("ERROR", "", NULL),
                          MODEM_CHAT_MATCH("+CME ERROR: ", "", NULL));

static void run(struct k_work *work)
{
    struct sbfota_event command;
    struct sbfota_change change;
    uint32_t again = 100;

    sbfota_host_ready(&host, app_tasks_stopped());
    app_allow_power_cut(sbfota_host_may_cut(&host));
    if (!modem_chat_is_running(chat) &&
        sbfota_host_next(&host, k_uptime_get(), &command, &change, &again)) {
        request[sbfota_format(&command, NULL, SBFOTA_FORMAT_CANONICAL, request, SBFOTA_HOST_ROOM)] =
            '\0';
        modem_chat_script_chat_set_request(&line, request);
        modem_chat_run_script_async(chat, &script);
    }
    k_work_reschedule(&run_work, K_MSEC(again < 1000 ? again : 1000));
}

void sbfota_chat_configure(struct modem_chat_config *config)
{
    config->unsol_matches = unsolicited;
    config->unsol_matches_size = ARRAY_SIZE(unsolicited);
}

void sbfota_chat_start(struct modem_chat *modem)
{
    chat = modem;
    modem_chat_script_chat_init(&line);
    modem_chat_script_chat_set_response_matches(&line, answers, ARRAY_SIZE(answers));
    modem_chat_script_init(&script);
    modem_chat_script_set_script_chats(&script, &line, 1);
    modem_chat_script_set_abort_matches(&script, refusals, ARRAY_SIZE(refusals));
    modem_chat_script_set_callback(&script, on_done);
    modem_chat_script_set_timeout(&script, 1);
    sbfota_host_init(&host, 30);
    k_work_reschedule(&run_work, K_NO_WAIT);
}
