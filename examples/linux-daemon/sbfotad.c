/* SPDX-License-Identifier: MIT
 *
 * Linux: a daemon that holds the AT port of one modem.
 *
 *     sbfotad PORT STATE SCRIPT
 *
 * Hooks in at the port itself, such as /dev/ttyUSB2, which nothing else may have open. STATE is a file that keeps the host over
 * restarts. While the module waits to update, SCRIPT is run once a second until it exits with 0: its tasks have stopped, and
 * the update is accepted. What changes is told on standard output. To try it without a modem, with all the waits ten times shorter:
 *
 *     sbfota simulate --link /tmp/modem --speed 10 --first-poll 60s &
 *     sbfotad /tmp/modem /tmp/state true */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <sbfota/host.h>

static struct sbfota_parser parser;
static struct sbfota_host host;

static int open_port(const char *path)
{
    struct termios port;
    const int file = open(path, O_RDWR | O_NOCTTY);
    if (file < 0 || tcgetattr(file, &port) != 0)
        err(1, "%s", path);
    cfmakeraw(&port);
    cfsetspeed(&port, B115200);
    if (tcsetattr(file, TCSANOW, &port) != 0)
        err(1, "%s", path);
    return file;
}

/* A clock that goes on over restarts. */
static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void load(const char *path)
{
    uint8_t saved[SBFOTA_HOST_SAVED];
    FILE *const file = fopen(path, "rb");
    sbfota_host_init(&host, 30);
    if (file == NULL && errno == ENOENT)
        return;
    if (file == NULL)
        err(1, "%s", path);
    if (fread(saved, 1, sizeof saved, file) != sizeof saved || !sbfota_host_load(&host, saved))
        warnx("%s: no saved host; begun anew", path);
    fclose(file);
}

/* Whole or not at all, whenever the power goes. */
static void save(const char *path)
{
    uint8_t saved[SBFOTA_HOST_SAVED];
    char written[4096];
    snprintf(written, sizeof written, "%s.new", path);
    sbfota_host_save(&host, saved);
    const int file = open(written, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, saved, sizeof saved) != sizeof saved || fsync(file) != 0 ||
        close(file) != 0 || rename(written, path) != 0)
        err(1, "%s", written);
}

static void tell(void)
{
    static enum sbfota_phase last_phase = SBFOTA_PHASE_COUNT;
    static bool last_cut;
    const enum sbfota_phase phase = sbfota_session_phase(sbfota_host_session(&host));
    const bool cut = sbfota_host_may_cut(&host);
    if (phase == last_phase && cut == last_cut)
        return;
    printf("%s, power %s\n", sbfota_phase_name(phase), cut ? "may be cut" : "must stay on");
    fflush(stdout);
    last_phase = phase, last_cut = cut;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        errx(2, "usage: sbfotad PORT STATE SCRIPT");
    const int port = open_port(argv[1]);
    sbfota_parser_init(&parser);
    load(argv[2]);
    for (;;) {
        char bytes[256], command[SBFOTA_HOST_ROOM];
        uint32_t again;
        sbfota_host_ready(&host, sbfota_session_accept_allowed(sbfota_host_session(&host)) &&
                                     system(argv[3]) == 0);
        const size_t length =
            sbfota_host_poll(&host, milliseconds(), command, sizeof command, &again);
        if (write(port, command, length) != (ssize_t)length)
            err(1, "%s", argv[1]);
        if (sbfota_host_unsaved(&host))
            save(argv[2]);
        tell();
        struct pollfd ready = {.fd = port, .events = POLLIN};
        if (poll(&ready, 1, again < 1000 ? (int)again : 1000) <= 0)
            continue;
        const ssize_t received = read(port, bytes, sizeof bytes);
        if (received <= 0)
            errx(1, "%s: the modem has gone", argv[1]);
        sbfota_host_bytes(&host, &parser, bytes, (size_t)received, milliseconds());
    }
}
