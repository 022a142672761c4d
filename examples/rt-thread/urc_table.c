/* SPDX-License-Identifier: MIT
 *
 * RT-Thread: beside its AT client. Hooks in at the client's URC table: call sbfota_attach(client) behind at_client_init, and
 * start a thread with sbfota_thread. The client cuts out each line that begins and ends as a row of the table says. It adds
 * the line end to a command and takes the result code itself; the host is given the line that it stands for. RT-Thread is
 * not here: stubs/ declares what is used of it. */
#include <string.h>

#include <at.h>
#include <rtthread.h>

#include <sbfota/host.h>

#include "board.h"

static struct sbfota_host host;
static at_client_t client;
static rt_mutex_t lock; /* URCs come in the client's thread */

/* RT-Thread's milliseconds wrap; the host's clock must not. */
static int64_t milliseconds(void)
{
    static rt_tick_t last;
    static int64_t passed;
    const rt_tick_t now = rt_tick_get_millisecond();
    passed += (rt_tick_t)(now - last);
    last = now;
    return passed;
}

static void take_line(const char *line, rt_size_t length)
{
    rt_mutex_take(lock, RT_WAITING_FOREVER);
    sbfota_host_line(&host, line, length, milliseconds());
    rt_mutex_release(lock);
}

static void on_urc(struct at_client *from, const char *data, rt_size_t size)
{
    (void)from;
    take_line(data, size);
}

static const struct at_urc table[] = {
    {"+QIND: \"SBFOTA\"", "\r\n", on_urc},
    {"RDY", "\r\n", on_urc},
    {"APP RDY", "\r\n", on_urc},
};

static void send(const struct sbfota_event *command)
{
    char text[SBFOTA_HOST_ROOM + 1];
    at_response_t response = at_create_resp(64, 0, (rt_int32_t)rt_tick_from_millisecond(300));
    text[sbfota_format(command, NULL, SBFOTA_FORMAT_CANONICAL, text, SBFOTA_HOST_ROOM)] = '\0';
    const int result = at_obj_exec_cmd(client, response, "%s", text);
    for (rt_size_t i = 1; i <= response->line_counts; i++) {
        const char *const line = at_resp_get_line(response, i);
        if (line != RT_NULL && sbfota_is_ours(line, strlen(line)))
            take_line(line, strlen(line)); /* +QCFGEXT: "sbfota_delay",<time> */
    }
    if (result == RT_EOK)
        take_line("OK", 2);
    else if (result == -RT_ERROR)
        take_line("ERROR", 5); /* and nothing for -RT_ETIMEOUT */
    at_delete_resp(response);
}

void sbfota_thread(void *parameter)
{
    (void)parameter;
    for (;;) {
        struct sbfota_event command;
        struct sbfota_change change;
        uint32_t again;
        rt_mutex_take(lock, RT_WAITING_FOREVER);
        sbfota_host_ready(&host, board_tasks_stopped());
        const bool is_one = sbfota_host_next(&host, milliseconds(), &command, &change, &again);
        board_allow_power_cut(sbfota_host_may_cut(&host));
        rt_mutex_release(lock);
        if (is_one)
            send(&command);
        else
            rt_thread_mdelay(again < 500 ? (rt_int32_t)again : 500);
    }
}

void sbfota_attach(at_client_t modem)
{
    client = modem;
    lock = rt_mutex_create("sbfota", RT_IPC_FLAG_PRIO);
    sbfota_host_init(&host, 30);
    at_obj_set_urc_table(client, table, sizeof table / sizeof table[0]);
}
