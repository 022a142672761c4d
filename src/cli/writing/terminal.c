/* SPDX-License-Identifier: MIT */
#include "cli/writing/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>

enum {
    WIDTH_LEAST = 20,
    WIDTH_USUAL = 80
};

unsigned terminal_width(const struct output *output)
{
    struct winsize size;
    if (!output->terminal)
        return WIDTH_UNLIMITED;
    if (ioctl(output->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col < WIDTH_LEAST ? WIDTH_LEAST : size.ws_col;
    const char *const columns = getenv("COLUMNS");
    const long told = columns == NULL ? 0 : strtol(columns, NULL, 10);
    return told >= WIDTH_LEAST && told < WIDTH_UNLIMITED ? (unsigned)told : WIDTH_USUAL;
}
