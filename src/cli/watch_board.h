/* SPDX-License-Identifier: MIT
 *
 * The board: where each modem stands, on one page. */
#ifndef SBFOTA_CLI_WATCH_BOARD_H
#define SBFOTA_CLI_WATCH_BOARD_H

#include "watch.h"

/* Draw it into a writer, for a terminal of this size. `now` is the timer's. */
void board_draw(const struct watch *watch, struct writer *writer, size_t columns, size_t rows,
                int64_t now);

/* One line a port, for behind the board. */
void board_put_end(const struct watch *watch, struct writer *writer, int64_t now);

#endif
