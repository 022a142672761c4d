/* SPDX-License-Identifier: MIT
 *
 * What the example for bare metal asks of its board. Ours: any firmware has something like it. */
#ifndef STUBS_BOARD_H
#define STUBS_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int64_t board_milliseconds(void); /* since the start; 64 bits, so that it does not wrap */
void uart_send(const char *bytes, size_t length);
void board_stop_tasks(void);
bool board_tasks_stopped(void);
void board_allow_power_cut(bool allowed);
void board_log_outcome(unsigned outcome);

/* Called by the board. */
void modem_init(void);
void modem_run(void);
void uart_received(uint8_t byte);

#endif
