/* SPDX-License-Identifier: MIT
 *
 * sbfota watch: live ports. One loop that waits for all of them. */
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "commands.h"
#include "error_line.h"
#include "interrupt.h"
#include "watch_board.h"
#include "watch_commands.h"
#include "watch_durations.h"
#include "watch_follow.h"
#include "watch_metrics.h"
#include "watch_tell.h"
#include "watch_time.h"

enum {
    READ_SIZE = 4096,      /* of one port at once: the others have their turn */
    RETRY = 1000,          /* ms between two tries to open a port */
    BOARD_EVERY = 1000,    /* ms: clocks go on */
    BOARD_LEAST = 50,      /* ms between two drawings */
    METRICS_EVERY = 10000, /* ms, also without a change */
    METRICS_LEAST = 1000
};

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Who a port's modem is: the file's name. */
static void name_modem(struct watch_port *port)
{
    const char *const slash = strrchr(port->path, '/');
    const char *const name = slash == NULL ? port->path : slash + 1;
    const size_t length = strlen(name);
    const size_t kept = length < WATCH_NAME ? length : WATCH_NAME - 1;
    memcpy(port->name, name, kept);
}

/* The port has gone; it is looked for from now on. */
static void lose(struct watch *watch, struct watch_port *port, int64_t now)
{
    port->gone = now;
    port->retry = now + RETRY;
    port->counts.losses++;
    port->unsent_length = 0;
    port_close(&port->port);
    follow_close(watch, port);
    watch_raise(watch, port, ALARM_LOST, NULL, NULL);
}

/* It is watched no more: what is there is told. */
static void finish(struct watch *watch, struct watch_port *port)
{
    follow_close(watch, port);
    if (!port->ended)
        port->status = (uint8_t)watch_status(port);
    port->ended = true;
    if (port->is_input)
        port->port.fd = -1;
    port_close(&port->port);
    watch->changed = true;
}

/* Open a port that is not. False if there is no use in trying again, which has been told. */
static bool try_open(struct watch *watch, struct watch_port *port, int64_t now)
{
    const char *why = "";
    port->retry = now + RETRY;
    const enum port_opened opened = port_open(&port->port, port->path, &watch->own->port, &why);
    if (opened == PORT_OPEN) {
        follow_open(watch, port, now);
        return true;
    }
    if (port->gone == INT64_MIN)
        port->gone = now;
    /* Behind a begin that went well it may be udev that has not given it to us yet. */
    if (port->was_open || (opened == PORT_ABSENT && watch->own->wait))
        return true;
    error_line(port->path, 0, "%s", why);
    return false;
}

static bool open_all(struct watch *watch, int64_t now)
{
    for (size_t i = 0; i < watch->count; i++) {
        struct watch_port *const port = &watch->ports[i];
        port->path = watch->options->arguments[i];
        port->port.fd = -1;
        port->is_input = strcmp(port->path, "-") == 0;
        if (!port->is_input)
            name_modem(port);
        follow_init(watch, port, now);
        if (port->is_input)
            port->port.fd = STDIN_FILENO;
        else if (!try_open(watch, port, now))
            return false;
    }
    return true;
}

/* What has come on a port. */
static void read_port(struct watch *watch, struct watch_port *port, int64_t now)
{
    char bytes[READ_SIZE];
    const ssize_t length = read(port->port.fd, bytes, sizeof bytes);
    if (length > 0)
        follow_bytes(watch, port, bytes, (size_t)length);
    else if (length < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    else if (!port->is_input)
        lose(watch, port, now);
    else {
        if (length < 0)
            error_line("standard input", 0, "cannot be read: %s", strerror(errno));
        finish(watch, port);
    }
}

/* What the port did not take at once. */
static void write_port(struct watch_port *port)
{
    const ssize_t written = write(port->port.fd, port->unsent, port->unsent_length);
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
    if (port->port.fd < 0 || port->ended || port->unsent_length > 0)
        return;
    const bool sends = sbfota_host_next(&port->host, watch_time_now(), &command, &change, &again);
    follow_host(watch, port);
    port->host_due = again == SBFOTA_NO_DURATION ? INT64_MAX : now + again;
    if (!sends)
        return;
    port->unsent_length = (size_t)sbfota_format(&command, NULL, SBFOTA_FORMAT_FRAMED, port->unsent,
                                                sizeof port->unsent);
    follow_sent(watch, port, &command, port->unsent, port->unsent_length);
    write_port(port);
    port->host_due = now;
}

/* What is due on a port. */
static void step_port(struct watch *watch, struct watch_port *port, int64_t now)
{
    if (!port->ended && port->port.fd < 0 && now >= port->retry)
        try_open(watch, port, now);
    if (!port->ended)
        follow_silence(watch, port, now);
    commands_step(watch, port, now);
    if (watch_drives(watch) && now >= port->host_due)
        drive(watch, port, now);
    if (port->chunk.length > 0 && now - port->chunk.since >= LOG_WAIT)
        log_flush(&watch->log, &port->chunk, watch_modem(port));
    if (port->ended && port->port.fd >= 0)
        finish(watch, port);
}

/* When something is due on a port; INT64_MAX for nothing. */
static int64_t due(const struct watch *watch, const struct watch_port *port)
{
    int64_t next = commands_due(watch, port);
    if (port->ended)
        return INT64_MAX;
    if (port->port.fd < 0)
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

/* The board, the metrics and records that wait. False if nobody takes the output any more. */
static bool show(struct watch *watch, int64_t now, int64_t *board_due)
{
    static int64_t drawn = INT64_MIN;
    if (watch->own->metrics != NULL &&
        (now >= watch->metrics_due ||
         (watch->changed && now >= watch->metrics_due - METRICS_EVERY + METRICS_LEAST))) {
        metrics_write(watch, watch->own->metrics, now);
        watch->metrics_due = now + METRICS_EVERY;
    }
    if (watch->screen.shown &&
        (now >= *board_due || (watch->changed && now >= drawn + BOARD_LEAST))) {
        size_t columns;
        size_t rows;
        screen_size(&columns, &rows);
        board_draw(watch, &watch->writer, columns, rows, now);
        drawn = now;
        *board_due = now + BOARD_EVERY;
        watch->changed = false;
    } else if (!watch->screen.shown) {
        watch->changed = false;
    } else if (watch->changed) {
        *board_due = earlier(*board_due, drawn + BOARD_LEAST);
    }
    errno = 0;
    writer_flush(&watch->writer, &watch->output);
    return !watch->output.failed && !watch->writer.failed;
}

/* Is there nothing left to wait for? */
static bool is_done(const struct watch *watch)
{
    for (size_t i = 0; i < watch->count; i++)
        if (!watch->ports[i].ended || commands_are_busy(&watch->ports[i]))
            return false;
    return true;
}

/* What poll waits for: the ports, a signal that ends us, other signals, keys. */
static size_t list_waits(const struct watch *watch, struct pollfd *waits)
{
    size_t count = 0;
    for (size_t i = 0; i < watch->count; i++) {
        const struct watch_port *const port = &watch->ports[i];
        const short events = (short)(POLLIN | (port->unsent_length > 0 ? POLLOUT : 0));
        waits[count++] = (struct pollfd){.fd = port->ended ? -1 : port->port.fd, .events = events};
    }
    waits[count++] = (struct pollfd){.fd = interrupt_stop()->fd, .events = POLLIN};
    waits[count++] = (struct pollfd){.fd = watch->screen.signals, .events = POLLIN};
    waits[count++] = (struct pollfd){
        .fd = watch->screen.shown && watch->screen.has_keys ? STDIN_FILENO : -1, .events = POLLIN};
    return count;
}

/* How long poll may wait, in milliseconds; -1 for ever. */
static int wait_length(const struct watch *watch, int64_t board_due, int64_t now)
{
    int64_t next = watch->screen.shown ? board_due : INT64_MAX;
    if (watch->own->metrics != NULL)
        next = earlier(next, watch->metrics_due);
    for (size_t i = 0; i < watch->count; i++)
        next = earlier(next, due(watch, &watch->ports[i]));
    if (next == INT64_MAX)
        return -1;
    return next <= now ? 0 : next - now > 60000 ? 60000 : (int)(next - now);
}

/* Until all has ended, a signal comes, or nobody takes the output. */
static void run(struct watch *watch, struct pollfd *waits)
{
    int64_t board_due = 0;
    for (;;) {
        int64_t now = watch_timer_now();
        for (size_t i = 0; i < watch->count; i++)
            step_port(watch, &watch->ports[i], now);
        if (!show(watch, now, &board_due) || is_done(watch) || interrupt_came())
            return;
        const size_t count = list_waits(watch, waits);
        const int ready = poll(waits, (nfds_t)count, wait_length(watch, board_due, now));
        if (ready < 0 && errno != EINTR)
            return;
        now = watch_timer_now();
        const struct screen_signals signals = screen_signals(&watch->screen);
        if (signals.came) {
            commands_collect(watch);
            board_due = 0; /* the terminal may have another size */
        }
        if (signals.stop && watch->screen.shown)
            screen_stop(&watch->screen);
        if (ready <= 0)
            continue;
        if ((waits[watch->count + 2].revents & POLLIN) != 0 && screen_key_ends(&watch->screen))
            return;
        for (size_t i = 0; i < watch->count; i++) {
            struct watch_port *const port = &watch->ports[i];
            if ((waits[i].revents & POLLOUT) != 0)
                write_port(port);
            if ((waits[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && port->port.fd >= 0)
                read_port(watch, port, now);
        }
    }
}

static bool choose_output(struct watch *watch)
{
    const struct options *const options = watch->options;
    const char *const no_colour = getenv("NO_COLOR");
    if (!output_open(&watch->output, NULL) || !writer_make(&watch->writer, &watch->output)) {
        error_line(NULL, 0, "not enough memory");
        return false;
    }
    const bool terminal = watch->output.terminal;
    watch->colour =
        options->colour == COLOUR_ALWAYS || (options->colour == COLOUR_AUTOMATIC && terminal &&
                                             (no_colour == NULL || no_colour[0] == '\0'));
    watch->records = (struct decode_output){
        .writer = &watch->writer, .raw = options->raw, .colour = watch->colour};
    jsonl_begin(&watch->records);
    if (options->format == OUTPUT_AUTOMATIC && screen_is_able())
        return true;
    watch->put = options->format == OUTPUT_TEXT || (options->format == OUTPUT_AUTOMATIC && terminal)
                     ? text_put
                     : jsonl_put;
    return true;
}

static bool watches_input(const struct watch *watch)
{
    for (size_t i = 0; i < watch->count; i++)
        if (watch->ports[i].is_input)
            return true;
    return false;
}

/* The first of 2, 3, 4, 6, 5, 1 that holds. */
static int find_status(const struct watch *watch, bool good)
{
    static const int order[] = {EXIT_FAILED, EXIT_LOST, EXIT_SILENT};
    uint64_t messages = 0;
    uint64_t malformed = 0;
    if (!good || watch->log.troubled || watch->metrics_troubled)
        return EXIT_TROUBLE;
    for (size_t i = 0; i < watch->count; i++) {
        messages += watch->ports[i].counts.messages;
        malformed += watch->ports[i].counts.malformed;
    }
    if (watch->options->strict && malformed > 0)
        return EXIT_MALFORMED;
    for (size_t at = 0; at < sizeof order / sizeof order[0]; at++)
        for (size_t i = 0; i < watch->count; i++)
            if (watch->ports[i].status == order[at])
                return order[at];
    if (messages > 0)
        return EXIT_DONE;
    error_line(NULL, 0, "no SBFOTA message has come");
    return EXIT_NO_MESSAGE;
}

/* All is given back. */
static void end(struct watch *watch)
{
    const int64_t now = watch_timer_now();
    const bool board = watch->screen.shown;
    for (size_t i = 0; i < watch->count; i++)
        if (!watch->ports[i].ended || watch->ports[i].port.fd >= 0)
            finish(watch, &watch->ports[i]);
    if (watch->own->metrics != NULL)
        metrics_write(watch, watch->own->metrics, now);
    screen_leave(&watch->screen);
    if (board)
        board_put_end(watch, &watch->writer, now);
    writer_flush(&watch->writer, &watch->output);
}

/* With all that is needed at hand. */
static int run_all(struct watch *watch, struct pollfd *waits)
{
    if (!choose_output(watch) || !screen_catch(&watch->screen) ||
        (watch->own->durations != NULL && !durations_read(watch->own->durations, &watch->fleet)) ||
        !log_open(&watch->log, watch->own->log, watch->own->log_size, watch->own->log_keep))
        return EXIT_TROUBLE;
    if (!open_all(watch, watch_timer_now())) {
        for (size_t i = 0; i < watch->count; i++)
            if (watch->ports[i].port.fd > STDIN_FILENO)
                port_close(&watch->ports[i].port);
        return EXIT_TROUBLE;
    }
    if (watch->put == NULL)
        screen_enter(&watch->screen, isatty(STDIN_FILENO) && !watches_input(watch));
    run(watch, waits);
    const bool closed = watch->output.failed && errno == EPIPE;
    end(watch);
    log_close(&watch->log);
    if (closed) {
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    const bool good = output_close(&watch->output, true) && !watch->writer.failed;
    return find_status(watch, good);
}

int watch_run(const struct options *options)
{
    const size_t count = (size_t)options->argument_count;
    struct watch watch = {
        .options = options, .own = &options->watch, .count = count, .log = {.fd = -1}};
    struct pollfd *const waits = calloc(count + 3, sizeof *waits);
    int status = EXIT_TROUBLE;
    watch.ports = calloc(count, sizeof *watch.ports);
    /* Who reads the output may go, and a modem, while we write: first the ports are given back. */
    signal(SIGPIPE, SIG_IGN);
    if (waits == NULL || watch.ports == NULL)
        error_line(NULL, 0, "not enough memory");
    else
        status = run_all(&watch, waits);
    writer_free(&watch.writer);
    free(watch.ports);
    free(waits);
    return status;
}
