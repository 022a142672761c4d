/* SPDX-License-Identifier: MIT */
#include "cli/simulate/port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "cli/writing/error_line.h"

/* As a port is when nobody has touched it: raw, 115,200 baud, without what was not read. Closed again, so that who opens it can
 * be told from nobody. False if it cannot be opened: the last user has it exclusively for ever. */
static bool reset(const struct port *port)
{
    struct termios line;
    const int fd = open(port->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool good = tcgetattr(fd, &line) == 0;
    cfmakeraw(&line);
    cfsetispeed(&line, B115200);
    cfsetospeed(&line, B115200);
    line.c_cflag |= CLOCAL | CREAD;
    good = good && tcsetattr(fd, TCSANOW, &line) == 0;
    tcflush(fd, TCIOFLUSH);
    close(fd);
    return good;
}

/* A link of a run that has been killed is replaced; nothing else is. */
static bool is_stale(const char *link)
{
    char target[PORT_PATH_MAX];
    const ssize_t length = readlink(link, target, sizeof target - 1);
    return length > 9 && memcmp(target, "/dev/pts/", 9) == 0;
}

static bool make_link(const struct port *port)
{
    if (port->link == NULL)
        return true;
    if (is_stale(port->link))
        unlink(port->link);
    if (symlink(port->path, port->link) == 0)
        return true;
    error_line(port->link, 0, "cannot be made a link to %s: %s", port->path, strerror(errno));
    return false;
}

static void remove_link(const struct port *port)
{
    char target[PORT_PATH_MAX];
    if (port->link == NULL)
        return;
    const ssize_t length = readlink(port->link, target, sizeof target);
    if (length == (ssize_t)strlen(port->path) && memcmp(target, port->path, (size_t)length) == 0)
        unlink(port->link);
}

bool port_open(struct port *port, const char *link)
{
    *port = (struct port){.fd = posix_openpt(O_RDWR | O_NOCTTY), .link = link};
    const char *const path = port->fd < 0 || grantpt(port->fd) != 0 || unlockpt(port->fd) != 0
                                 ? NULL
                                 : ptsname(port->fd);
    if (path != NULL && strlen(path) < sizeof port->path)
        snprintf(port->path, sizeof port->path, "%s", path);
    if (path == NULL || !reset(port)) {
        error_line(NULL, 0, "no pseudo-terminal can be made: %s", strerror(errno));
    } else {
        fcntl(port->fd, F_SETFL, O_NONBLOCK);
        fcntl(port->fd, F_SETFD, FD_CLOEXEC);
        if (make_link(port))
            return true;
    }
    if (port->fd >= 0)
        close(port->fd);
    port->fd = -1;
    return false;
}

void port_close(struct port *port)
{
    if (port->fd < 0)
        return;
    remove_link(port);
    close(port->fd);
    port->fd = -1;
    port->in_use = false;
}

bool port_is_unread(const struct port *port)
{
    int unread = 0;
    const int fd = port->in_use ? open(port->path, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
    if (fd < 0)
        return false;
    if (ioctl(fd, FIONREAD, &unread) != 0)
        unread = 0;
    close(fd);
    return unread > 0;
}

/* Its user has gone: what he has set goes with him. */
static void leave(struct port *port)
{
    port->in_use = false;
    if (reset(port))
        return;
    const char *const link = port->link;
    port_close(port);
    port_open(port, link);
}

bool port_look(struct port *port)
{
    struct pollfd ready = {.fd = port->fd, .events = POLLIN};
    if (port->fd < 0)
        return false;
    const bool hung_up = poll(&ready, 1, 0) > 0 && (ready.revents & POLLHUP) != 0;
    if (!hung_up)
        port->in_use = true;
    else if (port->in_use && (ready.revents & POLLIN) == 0)
        leave(port);
    return port->in_use;
}

void port_write(struct port *port, const char *bytes, size_t length)
{
    /* A buffer that is full is a host that does not read: the rest is lost, as on a line. */
    if (port_look(port) && write(port->fd, bytes, length) < 0)
        return;
}

size_t port_read(struct port *port, char *bytes, size_t capacity)
{
    if (port->fd < 0)
        return 0;
    const ssize_t length = read(port->fd, bytes, capacity);
    if (length > 0) {
        port->in_use = true;
        return (size_t)length;
    }
    if (length < 0 && errno == EIO)
        port_look(port);
    return 0;
}
