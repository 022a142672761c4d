/* SPDX-License-Identifier: MIT
 *
 * Hooks the modem's port to modem_chat and logs how far an update is. */
#include <zephyr/device.h>
#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/modem/backend/uart.h>
#include <zephyr/modem/chat.h>

#include "sbfota_chat.h"

LOG_MODULE_REGISTER(monitor);

static struct modem_backend_uart backend;
static struct modem_chat chat;
static uint8_t backend_received[256];
static uint8_t backend_sent[64];
/* The longest line, and the match, which modem_chat keeps at its end. */
static uint8_t line[SBFOTA_LINE_MAX + 32];
static uint8_t *argv[2];

void sbfota_chat_changed(const struct sbfota_change *change)
{
    ARG_UNUSED(change);
    LOG_INF("%s, power %s", sbfota_phase_name(sbfota_session_phase(&sbfota_chat_session)),
            sbfota_session_power(&sbfota_chat_session) == SBFOTA_POWER_SAFE ? "may be cut"
                                                                            : "must stay");
}

int main(void)
{
    const struct modem_backend_uart_config backend_config = {
        .uart = DEVICE_DT_GET(DT_ALIAS(modem_uart)),
        .receive_buf = backend_received,
        .receive_buf_size = sizeof(backend_received),
        .transmit_buf = backend_sent,
        .transmit_buf_size = sizeof(backend_sent),
    };
    const struct modem_chat_config chat_config = {
        .receive_buf = line,
        .receive_buf_size = sizeof(line),
        .delimiter = (uint8_t *)"\r",
        .delimiter_size = 1,
        .filter = (uint8_t *)"\n",
        .filter_size = 1,
        .argv = argv,
        .argv_size = ARRAY_SIZE(argv),
        .unsol_matches = sbfota_chat_matches,
        .unsol_matches_size = SBFOTA_CHAT_MATCHES,
    };
    struct modem_pipe *const pipe = modem_backend_uart_init(&backend, &backend_config);
    int error;

    sbfota_session_init(&sbfota_chat_session);
    error = modem_chat_init(&chat, &chat_config);
    if (error == 0)
        error = modem_pipe_open(pipe, K_SECONDS(1));
    if (error == 0)
        error = modem_chat_attach(&chat, pipe);
    if (error < 0)
        LOG_ERR("modem_chat: %d", error);
    return error;
}
