/* SPDX-License-Identifier: MIT
 *
 * A serial port or a pty: opened for us alone, and left as it was. */
#ifndef SBFOTA_CLI_WATCH_PORT_H
#define SBFOTA_CLI_WATCH_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* What to do with the modem-control line DTR. */
enum port_dtr {
    PORT_DTR_LEAVE, /* nothing: what the kernel does by itself when a port is opened is done */
    PORT_DTR_UP,
    PORT_DTR_DOWN
};

struct port_settings {
    speed_t speed;
    enum port_dtr dtr;
};

/* One that is open, or not: then fd is -1. */
struct port {
    int fd;
    struct termios before; /* what it is left with */
};

/* What came of opening. */
enum port_opened {
    PORT_OPEN,
    PORT_ABSENT, /* there is no such file, or no device behind it: it may come */
    PORT_REFUSED /* in use, not permitted, no serial port */
};

/* Open it: raw, not blocking, closed in other programs that are run, and refused to others from now on. `why` is what was wrong. */
enum port_opened port_open(struct port *port, const char *path,
                           const struct port_settings *settings, const char **why);

/* Give it back as it was, and close it. What has not been sent yet is thrown away: a port that nobody reads must not hold us. */
void port_close(struct port *port);

/* The speed of so many baud; false if there is none. */
bool port_speed(unsigned baud, speed_t *speed);

#endif
