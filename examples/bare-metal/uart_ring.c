/* SPDX-License-Identifier: MIT
 *
 * Bare metal: a UART with a ring buffer. Hooks in at two places: uart_received() is called by the receive interrupt for
 * each byte, modem_run() by the main loop in every turn. What is asked of the board is declared in stubs/board.h. */
#include <sbfota/host.h>

#include "board.h"

enum {
    RING = 256 /* a power of two: more than comes at 115,200 baud in a turn of the main loop */
};

static volatile uint8_t ring[RING];
static volatile uint16_t written, taken; /* each is changed on one side only */
static volatile bool overrun;

static struct sbfota_parser parser;
static struct sbfota_host host;

void modem_init(void)
{
    sbfota_parser_init(&parser);
    sbfota_host_init(&host, 30); /* seconds from the download to the update */
}

void uart_received(uint8_t byte)
{
    if ((uint16_t)(written - taken) == RING) {
        overrun =
            true; /* the line is then malformed, the next one clean: a wider ring, or a shorter turn */
        return;
    }
    ring[written % RING] = byte;
    written++;
}

static void take_bytes(int64_t now)
{
    while (taken != written) {
        const char byte = (char)ring[taken % RING];
        struct sbfota_event event;
        struct sbfota_change change;
        taken++;
        sbfota_parse(&parser, &byte, 1, &event);
        sbfota_host_event(&host, &event, now, &change);
        if (event.kind == SBFOTA_UPDATE_TIMEOUT)
            board_stop_tasks(); /* they have event.value seconds */
        if (change.what & SBFOTA_CHANGE_FINISHED)
            board_log_outcome(change.finished.outcome);
    }
}

void modem_run(void)
{
    const int64_t now = board_milliseconds();
    char command[SBFOTA_HOST_ROOM];
    uint32_t again; /* the main loop turns often enough without */
    take_bytes(now);
    sbfota_host_ready(&host, board_tasks_stopped());
    uart_send(command, sbfota_host_poll(&host, now, command, sizeof command, &again));
    board_allow_power_cut(sbfota_host_may_cut(&host));
}
