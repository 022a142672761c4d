/* SPDX-License-Identifier: MIT
 *
 * A serial port or a pty: opened for us alone, and left as it was. */
#ifndef SBFOTA_CLI_WATCH_SERIAL_H
#define SBFOTA_CLI_WATCH_SERIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* What to do with the modem-control line DTR. */
enum serial_dtr {
    SERIAL_DTR_LEAVE, /* nothing: what the kernel does by itself when a port is opened is done */
    SERIAL_DTR_UP,
    SERIAL_DTR_DOWN
};

struct serial_settings {
    speed_t speed;
    enum serial_dtr dtr;
};

/* One that is open, or not: then fd is -1. */
struct serial {
    int fd;
    struct termios before; /* what it is left with */
};

/* What came of opening. */
enum serial_opened {
    SERIAL_OPEN,
    SERIAL_ABSENT, /* there is no such file, or no device behind it: it may come */
    SERIAL_REFUSED /* in use, not permitted, no serial port */
};

/* Open it: raw, not blocking, closed in other programs that are run, and refused to others from now on. `why` is what was wrong. */
enum serial_opened serial_open(struct serial *serial, const char *path,
                               const struct serial_settings *settings, const char **why);

/* Give it back as it was, and close it. What has not been sent yet is thrown away: a port that nobody reads must not hold us. */
void serial_close(struct serial *serial);

/* The speed of so many baud; false if there is none. */
bool serial_speed(unsigned baud, speed_t *speed);

#endif
