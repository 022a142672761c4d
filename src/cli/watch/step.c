/* SPDX-License-Identifier: MIT */
#include "cli/watch/watch.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/writing/error_line.h"
#include "cli/writing/time.h"

enum {
    READ_SIZE = 4096, /* of one port at once: the others have their turn */
    RETRY = 1000      /* ms between two tries to open a port */
};

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static const char *file_name(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

/* Who a port's modem is: the file's name, or its path where another has that name too. */
static const char *name_modem(const struct watch *watch, size_t which)
{
    const char *const path = watch->options->arguments[which];
    if (strcmp(path, "-") == 0)
        return "";
    for (size_t i = 0; i < watch->count; i++)
        if (i != which && strcmp(file_name(watch->options->arguments[i]), file_name(path)) == 0)
            return path;
    return file_name(path);
}

/* The port has gone; it is looked for from now on. */
static void lose(struct watch *watch, struct watch_port *port, int64_t now)
{
    port->gone = now;
    port->retry = now + RETRY;
    port->counts.losses++;
    port->unsent_length = 0;
    serial_close(&port->serial);
    follow_close(watch, port);
    watch_raise(watch, port, ALARM_LOST, NULL, NULL);
    follow_power(watch, port, NULL, NULL);
}

void step_finish(struct watch *watch, struct watch_port *port)
{
    follow_close(watch, port);
    if (!port->ended)
        port->status = (uint8_t)watch_status(port);
    port->ended = true;
    if (port->is_input)
        port->serial.fd = -1;
    serial_close(&port->serial);
    watch->changed = true;
}

/* Why a port that is there cannot be opened: on the board, or told once. */
static void keep_why(struct watch *watch, struct watch_port *port, const char *why)
{
    if (strncmp(port->why, why, sizeof port->why - 1) == 0)
        return;
    snprintf(port->why, sizeof port->why, "%s", why);
    watch->changed = true;
    if (why[0] != '\0' && !watch->screen.shown)
        error_line(port->path, 0, "%s; tried again", why);
}

/* Open a port that is not. False if there is no use in trying again, which has been told. */
static bool try_open(struct watch *watch, struct watch_port *port, int64_t now)
{
    const char *why = "";
    port->retry = now + RETRY;
    const enum serial_opened opened =
        serial_open(&port->serial, port->path, &watch->own->port, &why);
    if (opened == SERIAL_OPEN) {
        port->why[0] = '\0';
        follow_open(watch, port, now);
        return true;
    }
    if (port->gone == INT64_MIN)
        port->gone = now;
    /* Behind a begin that went well somebody else may have it for a while, or it is not ours yet. */
    if (port->was_open || (opened == SERIAL_ABSENT && watch->own->wait)) {
        keep_why(watch, port, opened == SERIAL_REFUSED ? why : "");
        return true;
    }
    error_line(port->path, 0, "%s", why);
    return false;
}

bool step_open_all(struct watch *watch, int64_t now)
{
    for (size_t i = 0; i < watch->count; i++) {
        struct watch_port *const port = &watch->ports[i];
        port->path = watch->options->arguments[i];
        port->is_input = strcmp(port->path, "-") == 0;
        port->name = name_modem(watch, i);
        follow_init(watch, port, now);
        if (port->is_input)
            port->serial.fd = STDIN_FILENO;
        else if (!try_open(watch, port, now))
            return false;
    }
    return true;
}

void step_read(struct watch *watch, struct watch_port *port, int64_t now)
{
    char bytes[READ_SIZE];
    const ssize_t length = read(port->serial.fd, bytes, sizeof bytes);
    if (length > 0)
        follow_bytes(watch, port, bytes, (size_t)length);
    else if (length < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    else if (!port->is_input)
        lose(watch, port, now);
    else {
        port->unread = length < 0;
        if (port->unread)
            error_line("standard input", 0, "cannot be read: %s", strerror(errno));
        step_finish(watch, port);
    }
}

void step_write(struct watch_port *port)
{
    const ssize_t written = write(port->serial.fd, port->unsent, port->unsent_length);
    if (written <= 0)
        return; /* a port that has gone is noticed when it is read */
    port->unsent_length -= (size_t)written;
    memmove(port->unsent, port->unsent + written, port->unsent_length);
}

/* The host's side of the dialogue. */
static void drive(struct watch *watch, struct watch_port *port, int64_t now)
{
    struct sbfota_event command;
    struct sbfota_change change;
    uint32_t again;
    if (port->serial.fd < 0 || port->ended || port->unsent_length > 0)
        return;
    const bool sends = sbfota_host_next(&port->host, time_now(), &command, &change, &again);
    follow_host(watch, port);
    port->host_due = again == SBFOTA_NO_DURATION ? INT64_MAX : now + again;
    if (!sends)
        return;
    port->unsent_length = (size_t)sbfota_format(&command, NULL, SBFOTA_FORMAT_FRAMED, port->unsent,
                                                sizeof port->unsent);
    follow_sent(watch, port, &command, port->unsent, port->unsent_length);
    step_write(port);
    port->host_due = now;
}

void step_port(struct watch *watch, struct watch_port *port, int64_t now)
{
    if (!port->ended && port->serial.fd < 0 && now >= port->retry)
        try_open(watch, port, now);
    if (!port->ended)
        follow_silence(watch, port, now);
    commands_step(watch, port, now);
    if (watch_drives(watch) && now >= port->host_due)
        drive(watch, port, now);
    if (port->chunk.length > 0 && now - port->chunk.since >= LOG_WAIT)
        watch_log_flush(&watch->log, &port->chunk, watch_modem(port));
    if (port->ended && port->serial.fd >= 0)
        step_finish(watch, port);
}

int64_t step_due(const struct watch *watch, const struct watch_port *port)
{
    int64_t next = commands_due(watch, port);
    if (port->ended)
        return INT64_MAX;
    if (port->serial.fd < 0)
        return earlier(next, port->retry);
    const int64_t limit = watch_limit(watch, port);
    if (!port->silent && limit > 0)
        next = earlier(next, port->heard + limit);
    if (watch_drives(watch) && port->unsent_length == 0)
        next = earlier(next, port->host_due);
    if (port->chunk.length > 0)
        next = earlier(next, port->chunk.since + LOG_WAIT);
    return next;
}
