/* SPDX-License-Identifier: MIT */
#ifndef STUB_UART_H
#define STUB_UART_H

#include <zephyr/device.h>
#include <zephyr/kernel.h>

struct modem_pipe;
struct modem_backend_uart {
    int unused;
};
struct modem_backend_uart_config {
    const struct device *uart;
    uint8_t *receive_buf;
    uint16_t receive_buf_size;
    uint8_t *transmit_buf;
    uint16_t transmit_buf_size;
};

struct modem_pipe *modem_backend_uart_init(struct modem_backend_uart *backend,
                                           const struct modem_backend_uart_config *config);

#endif
