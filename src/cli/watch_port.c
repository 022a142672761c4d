/* SPDX-License-Identifier: MIT */
#include "watch_port.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    unsigned baud;
    speed_t speed;
} speeds[] = {
    {1200, B1200},       {2400, B2400},   {4800, B4800},     {9600, B9600},     {19200, B19200},
    {38400, B38400},     {57600, B57600}, {115200, B115200}, {230400, B230400},
#ifdef B460800
    {460800, B460800},
#endif
#ifdef B921600
    {921600, B921600},
#endif
#ifdef B3000000
    {3000000, B3000000},
#endif
};

bool port_speed(unsigned baud, speed_t *speed)
{
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        if (speeds[i].baud == baud) {
            *speed = speeds[i].speed;
            return true;
        }
    }
    return false;
}

/* Is it the terminal that we are run on? What is written there would come back. */
static bool is_our_terminal(const struct stat *status)
{
    struct stat own;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (isatty(fd) && fstat(fd, &own) == 0 && own.st_rdev == status->st_rdev)
            return true;
    return false;
}

/* Nobody else: flock holds off programs that ask for it, TIOCEXCL those that open the port from now on. */
static bool take_alone(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) == 0 && ioctl(fd, TIOCEXCL) == 0;
}

/* Bytes as they come, and DTR where it is when we or the program that ends without us are gone. */
static bool make_raw(int fd, const struct termios *before, speed_t speed)
{
    struct termios raw = *before;
    cfmakeraw(&raw);
    raw.c_cflag |= CLOCAL | CREAD;
    raw.c_cflag &= ~(tcflag_t)(HUPCL | CSTOPB | CRTSCTS);
    raw.c_iflag &= ~(tcflag_t)(IXOFF | IXANY);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    return cfsetispeed(&raw, speed) == 0 && cfsetospeed(&raw, speed) == 0 &&
           tcsetattr(fd, TCSANOW, &raw) == 0;
}

static void set_dtr(int fd, enum port_dtr dtr)
{
    const int line = TIOCM_DTR;
    if (dtr != PORT_DTR_LEAVE)
        (void)ioctl(fd, dtr == PORT_DTR_UP ? TIOCMBIS : TIOCMBIC, &line); /* a pty has none */
}

static enum port_opened refuse(struct port *port, const char *reason, const char **why)
{
    if (port->fd >= 0)
        close(port->fd);
    port->fd = -1;
    *why = reason;
    return PORT_REFUSED;
}

static enum port_opened cannot_open(const char **why)
{
    *why =
        errno == EBUSY ? "is in use by another program, which has it for itself" : strerror(errno);
    return errno == ENOENT || errno == ENXIO || errno == ENODEV || errno == EIO ? PORT_ABSENT
                                                                                : PORT_REFUSED;
}

enum port_opened port_open(struct port *port, const char *path,
                           const struct port_settings *settings, const char **why)
{
    struct stat status;
    port->fd = -1;
    /* A FIFO or a file is not opened at all: that alone may do something. */
    if (stat(path, &status) != 0)
        return cannot_open(why);
    if (!S_ISCHR(status.st_mode))
        return refuse(port, "is no serial port; a file is read with: sbfota watch - <FILE", why);
    if (is_our_terminal(&status))
        return refuse(port, "is the terminal that this is shown on", why);
    port->fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (port->fd < 0)
        return cannot_open(why);
    if (!isatty(port->fd))
        return refuse(port, "is no serial port", why);
    if (!take_alone(port->fd))
        return refuse(port,
                      errno == EWOULDBLOCK ? "is in use by another program, which has locked it"
                                           : strerror(errno),
                      why);
    if (tcgetattr(port->fd, &port->before) != 0 ||
        !make_raw(port->fd, &port->before, settings->speed)) {
        const int error = errno;
        ioctl(port->fd, TIOCNXCL);
        return refuse(port, strerror(error), why);
    }
    set_dtr(port->fd, settings->dtr);
    if (settings->dtr != PORT_DTR_LEAVE)
        port->before.c_cflag &= ~(tcflag_t)HUPCL; /* as told, also behind the end */
    return PORT_OPEN;
}

void port_close(struct port *port)
{
    if (port->fd < 0)
        return;
    tcflush(port->fd, TCOFLUSH);
    tcsetattr(port->fd, TCSANOW, &port->before);
    ioctl(port->fd, TIOCNXCL); /* a pty outlives us */
    close(port->fd);
    port->fd = -1;
}
