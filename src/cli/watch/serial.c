/* SPDX-License-Identifier: MIT */
#include "cli/watch/serial.h"

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

bool serial_speed(unsigned baud, speed_t *speed)
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

static void set_dtr(int fd, enum serial_dtr dtr)
{
    const int line = TIOCM_DTR;
    if (dtr != SERIAL_DTR_LEAVE)
        (void)ioctl(fd, dtr == SERIAL_DTR_UP ? TIOCMBIS : TIOCMBIC, &line); /* a pty has none */
}

static enum serial_opened refuse(struct serial *serial, const char *reason, const char **why)
{
    if (serial->fd >= 0)
        close(serial->fd);
    serial->fd = -1;
    *why = reason;
    return SERIAL_REFUSED;
}

static enum serial_opened cannot_open(const char **why)
{
    *why =
        errno == EBUSY ? "is in use by another program, which has it for itself" : strerror(errno);
    return errno == ENOENT || errno == ENXIO || errno == ENODEV || errno == EIO ? SERIAL_ABSENT
                                                                                : SERIAL_REFUSED;
}

enum serial_opened serial_open(struct serial *serial, const char *path,
                               const struct serial_settings *settings, const char **why)
{
    struct stat status;
    serial->fd = -1;
    /* A FIFO or a file is not opened at all: that alone may do something. */
    if (stat(path, &status) != 0)
        return cannot_open(why);
    if (!S_ISCHR(status.st_mode))
        return refuse(serial, "is no serial port; a file is read with: sbfota watch - <FILE", why);
    if (is_our_terminal(&status))
        return refuse(serial, "is the terminal that this is shown on", why);
    serial->fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (serial->fd < 0)
        return cannot_open(why);
    if (!isatty(serial->fd))
        return refuse(serial, "is no serial port", why);
    if (!take_alone(serial->fd))
        return refuse(serial,
                      errno == EWOULDBLOCK ? "is in use by another program, which has locked it"
                                           : strerror(errno),
                      why);
    if (tcgetattr(serial->fd, &serial->before) != 0 ||
        !make_raw(serial->fd, &serial->before, settings->speed)) {
        const int error = errno;
        ioctl(serial->fd, TIOCNXCL);
        return refuse(serial, strerror(error), why);
    }
    set_dtr(serial->fd, settings->dtr);
    if (settings->dtr != SERIAL_DTR_LEAVE)
        serial->before.c_cflag &= ~(tcflag_t)HUPCL; /* as told, also behind the end */
    return SERIAL_OPEN;
}

void serial_close(struct serial *serial)
{
    if (serial->fd < 0)
        return;
    tcflush(serial->fd, TCOFLUSH);
    tcsetattr(serial->fd, TCSANOW, &serial->before);
    ioctl(serial->fd, TIOCNXCL); /* a pty outlives us */
    close(serial->fd);
    serial->fd = -1;
}
