/* SPDX-License-Identifier: MIT
 *
 * FreeRTOS: a task that holds the AT port. Hooks in at the stream buffer that the UART's interrupt fills
 * (xStreamBufferSendFromISR); create the task with xTaskCreate(modem_task, ...). 512 bytes of stack are enough for it.
 * FreeRTOS is not here: stubs/ declares what is used of it, after its reference manual. */
#include <sbfota/host.h>

#include "FreeRTOS.h"
#include "stream_buffer.h"
#include "task.h"

#include "board.h"

extern StreamBufferHandle_t modem_received;

static struct sbfota_parser parser;
static struct sbfota_host host;

/* The tick count wraps; the host's clock must not. */
static int64_t milliseconds(void)
{
    static TickType_t last;
    static int64_t ticks;
    const TickType_t now = xTaskGetTickCount();
    ticks += (TickType_t)(now - last);
    last = now;
    return ticks * 1000 / configTICK_RATE_HZ;
}

static void take(const char *bytes, size_t length, int64_t now)
{
    while (length > 0) {
        struct sbfota_event event;
        struct sbfota_change change;
        const size_t used = sbfota_parse(&parser, bytes, length, &event);
        bytes += used, length -= used;
        sbfota_host_event(&host, &event, now, &change);
        if (event.kind == SBFOTA_UPDATE_TIMEOUT)
            board_stop_tasks(); /* they have event.value seconds */
    }
}

void modem_task(void *parameters)
{
    TickType_t wait = 0;
    (void)parameters;
    sbfota_parser_init(&parser);
    sbfota_host_init(&host, 30);
    for (;;) {
        char bytes[64], command[SBFOTA_HOST_ROOM];
        uint32_t again;
        const size_t length = xStreamBufferReceive(modem_received, bytes, sizeof bytes, wait);
        const int64_t now = milliseconds();
        take(bytes, length, now);
        sbfota_host_ready(&host, board_tasks_stopped());
        uart_send(command, sbfota_host_poll(&host, now, command, sizeof command, &again));
        board_allow_power_cut(sbfota_host_may_cut(&host));
        /* Not longer than a second: the tasks may have stopped meanwhile. */
        wait = pdMS_TO_TICKS(again < 1000 ? again : 1000);
    }
}
