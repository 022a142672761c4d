/* SPDX-License-Identifier: MIT
 *
 * The command simulate: modules to try hosts against, on pseudo-terminals or in a log, in simulated time. */
#include "cli/commands.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/simulate/modem.h"
#include "cli/writing/error_line.h"
#include "cli/writing/interrupt.h"

enum {
    LOOK_EACH = 20,     /* ms: a port that nobody has open is looked at */
    WAIT_MOST = 100000, /* ms */
    STEPS_MOST = 64     /* between two looks at the ports */
};

static const int64_t default_start = 1767225600000; /* 2026-01-01T00:00:00Z */
static const int64_t day = 86400000;

/* Which of many is due next: a binary heap. Of those that are due at the same time, the one with the lowest number. */
struct queue {
    int64_t *dues;    /* by number */
    uint32_t *heap;   /* of numbers */
    uint32_t *places; /* in the heap, by number */
    uint32_t count;
};

/* All are due at `due`. False without memory. End with queue_free in both cases. */
static bool queue_make(struct queue *queue, uint32_t count, int64_t due)
{
    *queue = (struct queue){.dues = malloc(count * sizeof *queue->dues),
                            .heap = malloc(count * sizeof *queue->heap),
                            .places = malloc(count * sizeof *queue->places),
                            .count = count};
    if (queue->dues == NULL || queue->heap == NULL || queue->places == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        queue->dues[i] = due;
        queue->heap[i] = queue->places[i] = i;
    }
    return true;
}

static void queue_free(struct queue *queue)
{
    free(queue->dues);
    free(queue->heap);
    free(queue->places);
}

static bool is_before(const struct queue *queue, uint32_t a, uint32_t b)
{
    return queue->dues[a] != queue->dues[b] ? queue->dues[a] < queue->dues[b] : a < b;
}

static void queue_put(struct queue *queue, uint32_t place, uint32_t number)
{
    queue->heap[place] = number;
    queue->places[number] = place;
}

/* It is due at another time from now on. */
static void queue_change(struct queue *queue, uint32_t number, int64_t due)
{
    uint32_t place = queue->places[number];
    queue->dues[number] = due;
    while (place > 0 && is_before(queue, number, queue->heap[(place - 1) / 2])) {
        queue_put(queue, place, queue->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    for (uint32_t child; (child = 2 * place + 1) < queue->count; place = child) {
        if (child + 1 < queue->count &&
            is_before(queue, queue->heap[child + 1], queue->heap[child]))
            child++;
        if (!is_before(queue, queue->heap[child], number))
            break;
        queue_put(queue, place, queue->heap[child]);
    }
    queue_put(queue, place, number);
}

struct fleet_run {
    struct simulate_run run;
    struct simulated_modem *modems;
    struct queue queue;
    struct pollfd *ready; /* the ports, and what tells of a signal */
    int64_t end;          /* of the simulated time */
    int64_t now;
    int64_t begun;  /* of the clock, ns */
    uint32_t done;  /* modems */
    unsigned steps; /* since the ports were looked at */
    bool *is_done;
};

static int64_t clock_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Where the simulated time has come to. */
static int64_t simulated_now(const struct fleet_run *fleet)
{
    const double passed = (double)(clock_nanoseconds() - fleet->begun) / 1e6;
    return fleet->run.start + (int64_t)(passed * fleet->run.options.speed);
}

/* Something has happened to a modem. */
static void settle(struct fleet_run *fleet, uint32_t number)
{
    const struct simulated_modem *const modem = &fleet->modems[number];
    int64_t due = simulated_due(modem, &fleet->run);
    if (!fleet->is_done[number] && simulated_is_done(modem, &fleet->run)) {
        fleet->is_done[number] = true;
        fleet->done++;
    }
    /* One that has a port is still there for its host. */
    if (fleet->is_done[number] && !fleet->run.options.ports)
        due = MODULE_NEVER;
    queue_change(&fleet->queue, number, due);
}

/* Bring one modem to a time of its own that has come. */
static void step(struct fleet_run *fleet, uint32_t number)
{
    simulated_step(&fleet->modems[number], &fleet->run, fleet->queue.dues[number]);
    settle(fleet, number);
}

/* Hear what has come by a port. */
static void listen_to(struct fleet_run *fleet, uint32_t number)
{
    while (fleet->queue.dues[number] <= fleet->now)
        step(fleet, number);
    simulated_listen(&fleet->modems[number], &fleet->run, fleet->now);
    simulated_step(&fleet->modems[number], &fleet->run, fleet->now);
    settle(fleet, number);
}

/* Wait until the next is due, something comes by a port, or a signal; a time of 0 only looks. */
static void wait_for(struct fleet_run *fleet, int64_t milliseconds)
{
    const unsigned ports = fleet->run.options.ports ? fleet->run.options.modems : 0;
    struct pollfd *const ready = fleet->ready;
    for (unsigned i = 0; i < ports; i++) {
        struct port *const port = &fleet->modems[i].port;
        const bool in_use = port_look(port);
        ready[i] = (struct pollfd){.fd = in_use ? port->fd : -1, .events = POLLIN};
        if (!in_use && milliseconds > LOOK_EACH)
            milliseconds = LOOK_EACH;
    }
    ready[ports] = (struct pollfd){.fd = interrupt_stop()->fd, .events = POLLIN};
    if (poll(ready, ports + 1, (int)milliseconds) <= 0)
        return;
    fleet->now = simulated_now(fleet);
    for (unsigned i = 0; i < ports; i++)
        if (ready[i].revents & (POLLIN | POLLHUP))
            listen_to(fleet, i);
}

/* How long the clock takes to a simulated time, rounded up. */
static int64_t milliseconds_to(const struct fleet_run *fleet, int64_t due)
{
    if (due == MODULE_NEVER)
        return WAIT_MOST;
    const double left = (double)(due - fleet->now) / fleet->run.options.speed;
    return left >= WAIT_MOST ? WAIT_MOST : left <= 0 ? 0 : (int64_t)left + 1;
}

/* Has the clock come to a simulated time? If not, wait; the ports are looked at now and then all the same. */
static bool has_come(struct fleet_run *fleet, int64_t due)
{
    if (fleet->now >= due && ++fleet->steps < STEPS_MOST)
        return true;
    fleet->steps = 0;
    fleet->now = simulated_now(fleet);
    wait_for(fleet, milliseconds_to(fleet, due));
    fleet->now = simulated_now(fleet);
    return false;
}

static bool is_over(const struct fleet_run *fleet)
{
    return interrupt_came() || fleet->done == fleet->run.options.modems || fleet->run.failed ||
           fleet->run.log.failed;
}

static void run_fleet(struct fleet_run *fleet)
{
    const bool paced = fleet->run.options.speed > 0;
    fleet->begun = clock_nanoseconds();
    while (!is_over(fleet)) {
        const uint32_t number = fleet->queue.heap[0];
        const int64_t due = fleet->queue.dues[number];
        const int64_t next = due < fleet->end ? due : fleet->end;
        if (paced && !has_come(fleet, next))
            continue;
        if (next == MODULE_NEVER)
            return;
        if (!paced)
            fleet->now = next;
        if (due >= fleet->end)
            return;
        step(fleet, number);
    }
}

/* The modem of this name. */
static int64_t find_modem(const void *context, const char *name, size_t length)
{
    const struct simulate_options *const options = context;
    char own[48];
    for (unsigned i = 0; i < options->modems; i++) {
        simulated_name(options, i, own);
        if (strlen(own) == length && memcmp(own, name, length) == 0)
            return i;
    }
    return SCRIPT_ALL_MODEMS;
}

static bool make_memory(struct fleet_run *fleet)
{
    const unsigned modems = fleet->run.options.modems;
    fleet->modems = calloc(modems, sizeof *fleet->modems);
    fleet->is_done = calloc(modems, sizeof *fleet->is_done);
    fleet->ready = calloc((size_t)modems + 1, sizeof *fleet->ready);
    if (fleet->modems != NULL && fleet->is_done != NULL && fleet->ready != NULL &&
        queue_make(&fleet->queue, modems, fleet->run.start))
        return true;
    error_line(NULL, 0, "not enough memory for %u modems", modems);
    return false;
}

static bool refuse_same(const char *one, const char *other, const char *names)
{
    const bool same = file_is_same(one, other);
    if (same)
        error_line(NULL, 0, "%s are both \"%s\"; name another file for one", names, other);
    return same;
}

static bool is_dash(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

static bool complain_of_truth(const char *path)
{
    error_line(is_dash(path) ? "standard output" : path, 0, "cannot be written: %s",
               strerror(errno));
    return false;
}

static bool open_truth(struct simulate_run *run, const char *path)
{
    run->truth = is_dash(path) ? stdout : fopen(path, "w");
    return run->truth != NULL || complain_of_truth(path);
}

/* Opening a file to write empties it, so what it is besides is asked before. Only behind it have "x" and "./x" a file that tells
 * that they are one. */
static bool open_files(struct simulate_run *run)
{
    const struct simulate_options *const options = &run->options;
    const char *const script = is_dash(options->script) ? NULL : options->script;
    if (refuse_same(script, options->log, "--script and --log") ||
        refuse_same(script, options->truth, "--script and --truth") ||
        refuse_same(options->log, options->truth, "--log and --truth"))
        return false;
    if (options->script != NULL && !script_read(&run->script, options->script, find_modem, options))
        return false;
    return run_log_open(&run->log, options->log, options->raw, options->speed > 0) &&
           !refuse_same(options->log, options->truth, "--log and --truth") &&
           (options->truth == NULL || open_truth(run, options->truth));
}

/* Where the simulated time begins, and ends at the latest. */
static void set_times(struct fleet_run *fleet)
{
    struct simulate_run *const run = &fleet->run;
    struct timespec clock;
    clock_gettime(CLOCK_REALTIME, &clock);
    run->start = run->options.start != INT64_MIN ? run->options.start
                 : run->options.ports ? (int64_t)clock.tv_sec * 1000 + clock.tv_nsec / 1000000
                                      : default_start;
    fleet->now = run->start;
    fleet->end = MODULE_NEVER;
    if (run->options.lasts > 0)
        fleet->end = run->start + run->options.lasts;
    else if (!run->options.ports)
        fleet->end = run->start + (int64_t)run->options.attempts * 40 * day;
}

/* How many there are: those that could be made. */
static uint32_t begin_modems(struct fleet_run *fleet)
{
    const unsigned modems = fleet->run.options.modems;
    for (uint32_t i = 0; i < modems; i++) {
        struct simulated_modem *const modem = &fleet->modems[i];
        if (!simulated_begin(modem, &fleet->run, i))
            return i + 1;
        if (modem->port.fd >= 0)
            simulated_tell_port(modem, &fleet->run);
        settle(fleet, i);
    }
    return modems + 1;
}

static bool close_files(struct simulate_run *run)
{
    bool good = run_log_close(&run->log) && !run->failed;
    if (run->truth != NULL && run->truth != stdout &&
        (ferror(run->truth) | fclose(run->truth)) != 0)
        good = complain_of_truth(run->options.truth);
    script_free(&run->script);
    return good;
}

/* Hosts may read what has been said before their ports go: until they have, for two seconds at most. */
static void drain_ports(const struct fleet_run *fleet, uint32_t made)
{
    enum {
        APART = 10, /* ms */
        LOOKS = 200,
        QUIET = 30 /* looks that find nothing: bytes take their time to come to the other end */
    };
    int quiet = 0;
    for (int look = 0; look < LOOKS && quiet < QUIET; look++) {
        bool unread = false;
        poll(NULL, 0, APART);
        for (uint32_t i = 0; i < made && i < fleet->run.options.modems; i++)
            unread = unread || port_is_unread(&fleet->modems[i].port);
        quiet = unread ? 0 : quiet + 1;
    }
}

static int run_simulation(struct fleet_run *fleet)
{
    bool good = false;
    set_times(fleet);
    fleet->run.log.fd = -1;
    if (open_files(&fleet->run) && make_memory(fleet)) {
        const uint32_t made = begin_modems(fleet);
        good = made > fleet->run.options.modems;
        if (good)
            run_fleet(fleet);
        if (fleet->run.options.ports && !interrupt_came())
            drain_ports(fleet, made);
        for (uint32_t i = 0; i < made && i < fleet->run.options.modems; i++)
            simulated_end(&fleet->modems[i], &fleet->run, fleet->now);
    }
    good = close_files(&fleet->run) && good;
    queue_free(&fleet->queue);
    free(fleet->modems);
    free(fleet->is_done);
    free(fleet->ready);
    return good ? EXIT_DONE : EXIT_TROUBLE;
}

int simulate_run(int argc, char **argv)
{
    struct fleet_run fleet = {.modems = NULL};
    int status;
    if (!simulate_options_read(&fleet.run.options, argc, argv, &status))
        return status;
    interrupt_catch();
    return run_simulation(&fleet);
}
