/* SPDX-License-Identifier: MIT
 *
 * sbfota watch: live ports. One loop that waits for all of them. */
#include "cli/watch/watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/watch/pace.h"
#include "cli/writing/error_line.h"
#include "cli/writing/interrupt.h"
#include "cli/writing/time.h"

enum {
    BOARD_EVERY = 1000,    /* ms: clocks go on */
    BOARD_LEAST = 50,      /* ms between two drawings */
    METRICS_EVERY = 10000, /* ms, also without a change */
    METRICS_LEAST = 1000
};

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* When it is to be written: soon if something has changed, and else now and then. */
static int64_t refresh_due(const struct watch_refresh *refresh, int64_t every, int64_t least)
{
    return refresh->last + (refresh->stale ? least : every);
}

static int64_t board_due(const struct watch *watch)
{
    return watch->screen.shown ? refresh_due(&watch->board, BOARD_EVERY, BOARD_LEAST) : INT64_MAX;
}

static int64_t metrics_due(const struct watch *watch)
{
    return watch->own->metrics != NULL ? refresh_due(&watch->metrics, METRICS_EVERY, METRICS_LEAST)
                                       : INT64_MAX;
}

/* The board, the metrics and records that wait. False if nobody takes the output any more. */
static bool show(struct watch *watch, int64_t now)
{
    watch->board.stale = watch->board.stale || watch->changed;
    watch->metrics.stale = watch->metrics.stale || watch->changed;
    watch->changed = false;
    if (now >= metrics_due(watch)) {
        metrics_write(watch, watch->own->metrics, now);
        watch->metrics = (struct watch_refresh){.last = now};
    }
    if (now >= board_due(watch)) {
        size_t columns;
        size_t rows;
        screen_take_errors(&watch->screen);
        screen_size(&columns, &rows);
        board_draw(watch, &watch->writer, columns, rows, now);
        watch->board = (struct watch_refresh){.last = now};
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
        waits[count++] =
            (struct pollfd){.fd = port->ended ? -1 : port->serial.fd, .events = events};
    }
    waits[count++] = (struct pollfd){.fd = interrupt_stop()->fd, .events = POLLIN};
    waits[count++] = (struct pollfd){.fd = watch->screen.signals, .events = POLLIN};
    waits[count++] = (struct pollfd){
        .fd = watch->screen.shown && watch->screen.has_keys ? STDIN_FILENO : -1, .events = POLLIN};
    return count;
}

/* How long poll may wait, in milliseconds; -1 for ever. */
static int wait_length(const struct watch *watch, int64_t now)
{
    int64_t next = earlier(board_due(watch), metrics_due(watch));
    for (size_t i = 0; i < watch->count; i++)
        next = earlier(next, step_due(watch, &watch->ports[i]));
    if (next == INT64_MAX)
        return -1;
    return next <= now ? 0 : next - now > 60000 ? 60000 : (int)(next - now);
}

/* What poll has told of the ports. */
static void take_ports(struct watch *watch, const struct pollfd *waits, int64_t now)
{
    for (size_t i = 0; i < watch->count; i++) {
        struct watch_port *const port = &watch->ports[i];
        if ((waits[i].revents & POLLOUT) != 0)
            step_write(port);
        if ((waits[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && port->serial.fd >= 0)
            step_read(watch, port, now);
    }
}

/* Signals other than those of interrupt.h: a command has ended, the terminal has another size, the user wants the shell, or
 * the end: then false. */
static bool take_signals(struct watch *watch)
{
    const struct screen_signals signals = screen_signals(&watch->screen);
    if (signals.came) {
        commands_collect(watch);
        watch->board.last = 0;
    }
    if (signals.stop && watch->screen.shown)
        screen_stop(&watch->screen);
    return !signals.quit;
}

/* Until all has ended, a signal comes, a key is pressed, or nobody takes the output. */
static void run(struct watch *watch, struct pollfd *waits)
{
    for (;;) {
        const int64_t now = timer_now();
        for (size_t i = 0; i < watch->count; i++)
            step_port(watch, &watch->ports[i], now);
        if (!show(watch, now) || is_done(watch) || interrupt_came())
            return;
        const size_t count = list_waits(watch, waits);
        const int ready = poll(waits, (nfds_t)count, wait_length(watch, now));
        if (ready < 0 && errno != EINTR)
            return;
        if (!take_signals(watch)) {
            watch->last_signal = SIGQUIT;
            return;
        }
        if (ready <= 0)
            continue;
        if ((waits[watch->count + 2].revents & POLLIN) != 0 && screen_key_ends(&watch->screen))
            return;
        take_ports(watch, waits, timer_now());
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
    for (size_t i = 0; i < watch->count; i++) {
        good = good && !watch->ports[i].commands.troubled && !watch->ports[i].unread;
        messages += watch->ports[i].counts.messages;
        malformed += watch->ports[i].counts.malformed;
    }
    if (!good || watch->log.troubled || watch->metrics_troubled)
        return EXIT_TROUBLE;
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
    const int64_t now = timer_now();
    const bool board = watch->screen.shown;
    for (size_t i = 0; i < watch->count; i++)
        if (!watch->ports[i].ended || watch->ports[i].serial.fd >= 0)
            step_finish(watch, &watch->ports[i]);
    if (watch->own->metrics != NULL)
        metrics_write(watch, watch->own->metrics, now);
    screen_leave(&watch->screen);
    if (board)
        board_put_end(watch, &watch->writer, now);
    writer_flush(&watch->writer, &watch->output);
}

/* With all that is needed open. */
static int run_open(struct watch *watch, struct pollfd *waits)
{
    if (watch->put == NULL)
        screen_enter(&watch->screen, isatty(STDIN_FILENO) && !watches_input(watch));
    run(watch, waits);
    if (watch->output.failed && errno == EPIPE)
        watch->last_signal = SIGPIPE;
    end(watch);
    if (watch->last_signal != 0) {
        signal(watch->last_signal, SIG_DFL);
        raise(watch->last_signal);
    }
    return find_status(watch, !watch->output.failed && !watch->writer.failed);
}

/* Open what is needed, in the order in which a user's mistakes are told. */
static int run_all(struct watch *watch, struct pollfd *waits)
{
    const struct watch_options *const own = watch->own;
    int status = EXIT_TROUBLE;
    if (!choose_output(watch) || !screen_catch(&watch->screen) ||
        (own->durations != NULL && !durations_read(own->durations, &watch->fleet)))
        return EXIT_TROUBLE;
    if (metrics_check(own->metrics) &&
        watch_log_open(&watch->log, own->log, own->log_size, own->log_keep) &&
        step_open_all(watch, timer_now()))
        status = run_open(watch, waits);
    for (size_t i = 0; i < watch->count; i++)
        if (!watch->ports[i].is_input)
            serial_close(&watch->ports[i].serial);
    watch_log_close(&watch->log);
    return output_close(&watch->output, true) && !watch->log.troubled ? status : EXIT_TROUBLE;
}

int watch_run(const struct options *options)
{
    const size_t count = (size_t)options->argument_count;
    struct watch watch = {
        .options = options, .own = &options->watch, .count = count, .log = {.fd = -1}};
    struct pollfd *const waits = calloc(count + 3, sizeof *waits);
    int status = EXIT_TROUBLE;
    watch.ports = calloc(count, sizeof *watch.ports);
    for (size_t i = 0; watch.ports != NULL && i < count; i++)
        watch.ports[i].serial.fd = -1;
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
