/* SPDX-License-Identifier: MIT
 *
 * What watch holds: of each port a fixed amount, and what is common to all. */
#ifndef SBFOTA_CLI_WATCH_H
#define SBFOTA_CLI_WATCH_H

#include <sbfota/host.h>
#include <sbfota/passthrough.h>

#include "cli/options.h"
#include "cli/out/decode_output.h"
#include "cli/watch/alarms.h"
#include "cli/watch/log.h"
#include "cli/watch/options.h"
#include "cli/watch/pace.h"
#include "cli/watch/screen.h"
#include "cli/watch/serial.h"
#include "log/prefix/lines.h"

enum {
    WATCH_LAST_LINES = 16, /* of a port, for the board */
    WATCH_QUEUE = 8        /* commands of --on that wait for the one before, of a port */
};

/* A line for the board. */
struct watch_line {
    int64_t time;
    uint16_t length;
    uint8_t kind;
    bool sent; /* by us */
    char text[SBFOTA_LINE_MAX];
};

/* What a command of --on is told: what happened, as it was then. */
struct watch_happening {
    int64_t time;
    const struct watch_on *on;
    uint8_t alarm;
    uint8_t phase;
    uint8_t outcome;
    uint8_t power;
    uint8_t percent; /* or SBFOTA_NO_PERCENT */
    bool has_value;
    int32_t value; /* of the message */
    uint16_t length;
    char text[SBFOTA_LINE_MAX]; /* of the message */
};

/* Programs that run for a port. */
struct watch_commands {
    struct watch_happening queue[WATCH_QUEUE];
    unsigned queued;
    int running;       /* the process of the first one, or 0 */
    int asking;        /* that of --accept-when, or 0 */
    int64_t ask_again; /* timer */
    bool overflow_told;
    bool asking_told; /* that of --accept-when cannot be run */
    bool troubled;    /* one was not run, which has been told */
};

struct watch_counts {
    uint64_t bytes;
    uint64_t lines;
    uint64_t messages; /* of SBFOTA */
    uint64_t malformed;
    uint64_t attempts;
    uint64_t outcomes[SBFOTA_OUTCOME_COUNT];
    uint64_t silences;
    uint64_t losses;
    uint64_t commands; /* sent */
};

/* One port, or standard input. */
struct watch_port {
    const char *path;
    /* Of the modem: the file's name, or the path if another has that too; empty for standard input. */
    const char *name;
    struct serial serial;
    bool is_input;  /* standard input */
    bool ended;     /* it is watched no more */
    bool unread;    /* it could not be read, which has been told */
    uint8_t status; /* the exit status that it ended with */
    bool was_open;
    int64_t gone;  /* timer: since when it is not there; INT64_MIN if it is */
    int64_t retry; /* timer */
    char why[96];  /* it cannot be opened, although it is there */
    /* the stream */
    struct sbfota_parser parser;
    struct sbfota_line_buffer line;
    char room[SBFOTA_LINE_MAX];
    struct line_counter lines;
    unsigned long long line_number; /* of the text that has begun */
    bool in_text;
    uint8_t pending; /* the command that waits for its result code */
    struct log_chunk chunk;
    /* the modem */
    struct sbfota_host host;
    struct pace pace;
    uint8_t last_kind; /* of the procedure */
    uint8_t outcome;   /* of the attempt under way or last */
    uint8_t power;     /* as it was last told */
    bool failed;       /* that attempt, and it is settled */
    bool stopped;      /* polling */
    uint8_t delay_state;
    int64_t heard;      /* timer: the last message of the procedure, or when the port was opened */
    int64_t heard_time; /* the same since 1970; INT64_MIN: none yet */
    bool silent;
    int64_t host_due; /* timer: when the host wants to be asked */
    char unsent[SBFOTA_HOST_ROOM];
    size_t unsent_length;
    struct watch_counts counts;
    struct watch_line last[WATCH_LAST_LINES];
    unsigned last_next; /* the oldest */
    struct watch_commands commands;
};

/* Something that shows how things stand. */
struct watch_refresh {
    int64_t last; /* timer: when it was written */
    bool stale;   /* something has changed since */
};

/* The whole. */
struct watch {
    const struct options *options;
    const struct watch_options *own;
    struct watch_port *ports;
    size_t count;
    struct pace_fleet fleet;
    struct watch_log log;
    struct output output;
    struct writer writer;
    struct decode_output records;
    void (*put)(struct decode_output *output, const struct record *record); /* NULL: the board */
    bool colour;
    struct screen screen;
    int last_signal; /* that ends the program when all is given back; 0 for none */
    bool changed;    /* something that the board and the metrics show */
    struct watch_refresh board;
    struct watch_refresh metrics;
    bool metrics_troubled; /* they could not be written */
    bool metrics_told;     /* the last time was one of them */
};

/* Exit statuses beside those of all commands. Of several ports the first of 2, 3, 4, 6, 5, 1 holds. */
enum watch_status {
    EXIT_FAILED = 4, /* the last attempt has failed */
    EXIT_SILENT = 5, /* the module is silent for too long */
    EXIT_LOST = 6    /* the port has gone */
};

/* Do we send anything? */
static inline bool watch_drives(const struct watch *watch)
{
    return watch->own->delay != SBFOTA_NO_DELAY || watch->own->accept != NULL;
}

/* The name of the modem for records; no data for standard input. */
static inline struct bytes watch_modem(const struct watch_port *port)
{
    return (struct bytes){port->name[0] == '\0' ? NULL : port->name, strlen(port->name)};
}

/* What losing the power would do. What is not known since the port has gone or come back is not known. */
static inline enum sbfota_power watch_power(const struct watch_port *port)
{
    const enum sbfota_power power = sbfota_session_power(sbfota_host_session(&port->host));
    const bool known = sbfota_host_may_cut(&port->host) && port->gone == INT64_MIN;
    return power == SBFOTA_POWER_SAFE && !known ? SBFOTA_POWER_UNKNOWN : power;
}

/* The exit status as a port stands now: enum watch_status, or 0. */
int watch_status(const struct watch_port *port);

/* The silence that a port is allowed now, in milliseconds; 0 for any. */
int64_t watch_limit(const struct watch *watch, const struct watch_port *port);

/* What the bytes of a port tell of its modem. */

/* Nothing is known yet. */
void follow_init(const struct watch *watch, struct watch_port *port, int64_t now);

/* The port is there, again: what the module has done meanwhile is not known. */
void follow_open(struct watch *watch, struct watch_port *port, int64_t now);

/* Bytes have come. */
void follow_bytes(struct watch *watch, struct watch_port *port, const char *bytes, size_t length);

/* There will be no more for now: a line that has begun is told as it is. */
void follow_close(struct watch *watch, struct watch_port *port);

/* A command was sent. */
void follow_sent(struct watch *watch, struct watch_port *port, const struct sbfota_event *command,
                 const char *text, size_t length);

/* What losing the power would do may have changed. `event` and `text`: the message that tells it, or NULL. */
void follow_power(struct watch *watch, struct watch_port *port, const struct sbfota_event *event,
                  const char *text);

/* The host's side of the dialogue may have given up. */
void follow_host(struct watch *watch, struct watch_port *port);

/* Is the module silent for too long? */
void follow_silence(struct watch *watch, struct watch_port *port, int64_t now);

/* The board: where each modem stands, on one page. */

/* Draw it into a writer, for a terminal of this size. `now` is the timer's. */
void board_draw(const struct watch *watch, struct writer *writer, size_t columns, size_t rows,
                int64_t now);

/* One line a port, for behind the board. */
void board_put_end(const struct watch *watch, struct writer *writer, int64_t now);

/* What is told: records of messages and of what has happened, bells, commands of --on, the end of --until. */

/* A message, as decode tells it. */
void watch_tell_record(struct watch *watch, const struct watch_port *port, struct record *record,
                       int64_t time);

/* Something has happened. `event` and `text`: the message that tells it, or NULL. */
void watch_raise(struct watch *watch, struct watch_port *port, unsigned alarm,
                 const struct sbfota_event *event, const char *text);

/* A file of metrics in Prometheus' text format, for the textfile collector of node_exporter. */

/* May the file be replaced? A device or a pipe must not; else that is told. NULL may. */
bool metrics_check(const char *path);

/* Write them, whole or not at all. What goes wrong is told once. */
void metrics_write(struct watch *watch, const char *path, int64_t now);

/* One port, step by step: opened, read, written to, lost, opened again, given back. */

/* Open all that the command line names. False if one cannot be, which has been told. */
bool step_open_all(struct watch *watch, int64_t now);

/* What is due on a port; and when something will be, INT64_MAX for nothing. */
void step_port(struct watch *watch, struct watch_port *port, int64_t now);
int64_t step_due(const struct watch *watch, const struct watch_port *port);

/* It can be read; it takes what it did not take at once. */
void step_read(struct watch *watch, struct watch_port *port, int64_t now);
void step_write(struct watch_port *port);

/* It is watched no more: what is there is told, and it is given back. */
void step_finish(struct watch *watch, struct watch_port *port);

/* Programs that are run for a port: those of --on, one behind the other in the order of what happened, and that of
 * --accept-when. What a module says is given to them in the environment, never in their command line. */

/* Something has happened that a command is to be run for. Of a module that says too much, what there is no room for is left out,
 * which is told. */
void commands_queue(struct watch_port *port, const struct watch_on *on, unsigned alarm,
                    const struct sbfota_event *event, const char *text);

/* Start what can be started. */
void commands_step(const struct watch *watch, struct watch_port *port, int64_t now);

/* Take note of those that have ended. */
void commands_collect(struct watch *watch);

/* Is there one of --on that has not ended? */
bool commands_are_busy(const struct watch_port *port);

/* The timer that commands_step waits for; INT64_MAX for none. */
int64_t commands_due(const struct watch *watch, const struct watch_port *port);

#endif
