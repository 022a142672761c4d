/* SPDX-License-Identifier: MIT
 *
 * The AT port of a simulated module: a pseudo-terminal that behaves as a modem's port does. It is raw; who has it open may close it
 * and come back; what the module says while nobody has it open is lost; it can be unplugged, and come back under the same link. */
#ifndef SBFOTA_CLI_SIMULATE_PORT_H
#define SBFOTA_CLI_SIMULATE_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
    PORT_PATH_MAX = 64
};

struct port {
    int fd;           /* ours; -1: unplugged */
    const char *link; /* a symbolic link to it, or NULL */
    bool in_use;      /* somebody has it open */
    char path[PORT_PATH_MAX];
};

/* Open a port, with a link to it unless that is NULL, which stays the caller's. False, with an error line, if that cannot be. */
bool port_open(struct port *port, const char *link);

/* The port goes away, and so does its link. */
void port_close(struct port *port);

/* Has who has it open not read yet what has been said? False too if that cannot be told. */
bool port_is_unread(const struct port *port);

/* Has somebody the port open? To be asked again when time has passed. */
bool port_look(struct port *port);

/* What the module says. */
void port_write(struct port *port, const char *bytes, size_t length);

/* What the host has sent: 0 if nothing. */
size_t port_read(struct port *port, char *bytes, size_t capacity);

#endif
