/* SPDX-License-Identifier: MIT */
#include "cli/watch/watch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/writing/error_line.h"
#include "cli/writing/text_safety.h"
#include "cli/writing/time.h"
#include "cli/writing/write_all.h"

/* A label's value: backslash, quote and line feed have escapes in the format; what is not to be printed is written as on a
 * terminal. */
static void put_label(struct writer *writer, const char *text)
{
    const size_t length = strlen(text);
    const bool utf8 = text_is_utf8(text, length);
    struct text_unit unit;
    for (size_t at = 0; at < length; at += unit.length) {
        char shown[13];
        unit = text_next(text + at, length - at, utf8);
        const size_t size = text_escape(&unit, text + at, shown);
        for (size_t i = 0; i < size; i++) {
            if (shown[i] == '\\' || shown[i] == '"')
                writer_byte(writer, '\\');
            writer_byte(writer, shown[i]);
        }
    }
}

static void put_heading(struct writer *writer, const char *name, const char *type, const char *help)
{
    writer_print(writer, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_begin(struct writer *writer, const char *name, const struct watch_port *port)
{
    writer_print(writer, "%s{modem=\"", name);
    put_label(writer, port->name[0] == '\0' ? "-" : port->name);
    writer_byte(writer, '"');
}

/* A number of a port; those from M_LEFT on are milliseconds, told in seconds. */
enum metric {
    M_UP,
    M_SILENT,
    M_FAILED,
    M_SAFE,
    M_STOPPED,
    M_BYTES,
    M_LINES,
    M_MESSAGES,
    M_MALFORMED,
    M_ATTEMPTS,
    M_SILENCES,
    M_LOSSES,
    M_COMMANDS,
    M_PERCENT,
    M_LEFT,
    M_HEARD,
    M_NEXT_POLL,
    METRICS
};

static const struct {
    const char *name;
    const char *type;
    const char *help;
} metrics[METRICS] = {
    [M_UP] = {"sbfota_port_up", "gauge", "Whether the port is open."},
    [M_SILENT] = {"sbfota_silent", "gauge",
                  "Whether the module is silent for longer than the limit of its phase."},
    [M_FAILED] = {"sbfota_last_attempt_failed", "gauge",
                  "Whether the last update attempt has failed."},
    [M_SAFE] = {"sbfota_power_safe", "gauge", "Whether the power of the module may be cut."},
    [M_STOPPED] = {"sbfota_polling_stopped", "gauge",
                   "Whether the module will not ask for firmware any more."},
    [M_BYTES] = {"sbfota_received_bytes_total", "counter", "Bytes received."},
    [M_LINES] = {"sbfota_lines_total", "counter", "Lines received."},
    [M_MESSAGES] = {"sbfota_messages_total", "counter", "SBFOTA messages received."},
    [M_MALFORMED] = {"sbfota_malformed_total", "counter", "Malformed messages received."},
    [M_ATTEMPTS] = {"sbfota_attempts_total", "counter", "Update attempts seen."},
    [M_SILENCES] = {"sbfota_silences_total", "counter",
                    "Times that the module was silent for too long."},
    [M_LOSSES] = {"sbfota_port_losses_total", "counter", "Times that the port has gone."},
    [M_COMMANDS] = {"sbfota_commands_total", "counter", "Commands sent."},
    [M_PERCENT] = {"sbfota_phase_percent", "gauge", "How far the module is in its phase."},
    [M_LEFT] = {"sbfota_phase_left_seconds", "gauge", "Estimate of what is left of the phase."},
    [M_HEARD] = {"sbfota_last_message_timestamp_seconds", "gauge",
                 "When the last message of the procedure came."},
    [M_NEXT_POLL] = {"sbfota_next_poll_timestamp_seconds", "gauge",
                     "When the module asks for firmware next, at the latest."},
};

/* False if the port has no such number now. */
static bool find_value(const struct watch *watch, const struct watch_port *port, unsigned metric,
                       int64_t now, int64_t *value)
{
    const struct sbfota_session *const session = sbfota_host_session(&port->host);
    const struct watch_counts *const counts = &port->counts;
    struct pace_left left = {.likely = 0};
    int64_t earliest;
    bool has = true;
    switch ((enum metric)metric) {
    case M_UP: *value = port->gone == INT64_MIN && !port->ended; break;
    case M_SILENT: *value = port->silent; break;
    case M_FAILED: *value = alarm_is_failure(port->outcome); break;
    case M_SAFE: *value = watch_power(port) == SBFOTA_POWER_SAFE; break;
    case M_STOPPED: *value = port->stopped; break;
    case M_BYTES: *value = (int64_t)counts->bytes; break;
    case M_LINES: *value = (int64_t)counts->lines; break;
    case M_MESSAGES: *value = (int64_t)counts->messages; break;
    case M_MALFORMED: *value = (int64_t)counts->malformed; break;
    case M_ATTEMPTS: *value = (int64_t)counts->attempts; break;
    case M_SILENCES: *value = (int64_t)counts->silences; break;
    case M_LOSSES: *value = (int64_t)counts->losses; break;
    case M_COMMANDS: *value = (int64_t)counts->commands; break;
    case M_PERCENT:
        *value = sbfota_session_percent(session);
        has = *value != SBFOTA_NO_PERCENT;
        break;
    case M_LEFT:
        has = pace_of_phase(&port->pace, &watch->fleet, now, &left);
        *value = left.likely;
        break;
    case M_HEARD:
        *value = port->heard_time;
        has = *value != INT64_MIN;
        break;
    case M_NEXT_POLL: has = sbfota_session_next_poll(session, &earliest, value); break;
    case METRICS: has = false;
    }
    return has;
}

static void put_metrics(const struct watch *watch, struct writer *writer, unsigned first,
                        unsigned end, int64_t now)
{
    for (unsigned metric = first; metric < end; metric++) {
        put_heading(writer, metrics[metric].name, metrics[metric].type, metrics[metric].help);
        for (size_t i = 0; i < watch->count; i++) {
            int64_t value;
            if (!find_value(watch, &watch->ports[i], metric, now, &value))
                continue;
            put_begin(writer, metrics[metric].name, &watch->ports[i]);
            if (metric >= M_LEFT)
                writer_print(writer, "} %.3f\n", (double)value / 1000);
            else
                writer_print(writer, "} %lld\n", (long long)value);
        }
    }
}

static uint64_t is_in_phase(const struct watch_port *port, unsigned phase)
{
    return sbfota_session_phase(sbfota_host_session(&port->host)) == phase;
}

static uint64_t has_power(const struct watch_port *port, unsigned power)
{
    return watch_power(port) == power;
}

static uint64_t count_outcome(const struct watch_port *port, unsigned outcome)
{
    return port->counts.outcomes[outcome];
}

/* Numbers of a port with a label: what it is of several, 1 for that and 0 for the others, and how it ended how often. */
static void put_labelled(const struct watch *watch, struct writer *writer)
{
    static const struct {
        const char *name;
        const char *type;
        const char *help;
        const char *label;
        unsigned first;
        unsigned end;
        const char *(*shown)(unsigned number);
        uint64_t (*value)(const struct watch_port *port, unsigned number);
    } rows[] = {
        {"sbfota_phase", "gauge", "The phase that the module is in.", "phase", 0,
         SBFOTA_PHASE_COUNT, sbfota_phase_name, is_in_phase},
        {"sbfota_power", "gauge", "What losing the power now would do.", "power", 0,
         SBFOTA_POWER_COUNT, sbfota_power_name, has_power},
        {"sbfota_outcomes_total", "counter", "Outcomes of update attempts, as they were told.",
         "outcome", SBFOTA_OUTCOME_UPDATED, SBFOTA_OUTCOME_COUNT, sbfota_outcome_name,
         count_outcome},
    };
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        put_heading(writer, rows[row].name, rows[row].type, rows[row].help);
        for (size_t i = 0; i < watch->count; i++) {
            for (unsigned number = rows[row].first; number < rows[row].end; number++) {
                put_begin(writer, rows[row].name, &watch->ports[i]);
                writer_print(writer, ",%s=\"%s\"} %llu\n", rows[row].label, rows[row].shown(number),
                             (unsigned long long)rows[row].value(&watch->ports[i], number));
            }
        }
    }
}

/* The metrics themselves. */
static void metrics_put(const struct watch *watch, struct writer *writer, int64_t now)
{
    put_metrics(watch, writer, 0, M_PERCENT, now);
    put_labelled(watch, writer);
    put_metrics(watch, writer, M_PERCENT, METRICS, now);
    put_heading(writer, "sbfota_watch_log_trouble", "gauge",
                "Whether lines are missing in the log.");
    writer_print(writer, "sbfota_watch_log_trouble %d\n", watch->log.troubled);
}

/* Beside the file, under a name that the collector does not read. */
static bool replace(const char *path, const struct writer *writer)
{
    const size_t size = strlen(path) + sizeof ".XXXXXX";
    char *const temporary = malloc(size);
    if (temporary == NULL)
        return false;
    snprintf(temporary, size, "%s.XXXXXX", path);
    const int fd = mkstemp(temporary);
    bool good = fd >= 0 && write_all(fd, writer->buffer, writer->used) == writer->used &&
                fchmod(fd, 0644) == 0;
    const int error = errno;
    if (fd >= 0 && close(fd) != 0)
        good = false;
    else if (!good)
        errno = error;
    good = good && rename(temporary, path) == 0;
    if (!good && fd >= 0) {
        const int reason = errno;
        unlink(temporary);
        errno = reason;
    }
    free(temporary);
    return good;
}

bool metrics_check(const char *path)
{
    struct stat status;
    if (path == NULL || stat(path, &status) != 0 || S_ISREG(status.st_mode))
        return true;
    error_line(path, 0, "is no file; metrics are written to a file of their own");
    return false;
}

void metrics_write(struct watch *watch, const char *path, int64_t now)
{
    struct writer writer;
    errno = ENOMEM;
    bool good = writer_make(&writer, NULL);
    if (good) {
        metrics_put(watch, &writer, now);
        good = !writer.failed && replace(path, &writer);
    }
    if (!good && !watch->metrics_told)
        error_line(path, 0, "cannot be written: %s", strerror(errno));
    watch->metrics_told = !good;
    watch->metrics_troubled = watch->metrics_troubled || !good;
    writer_free(&writer);
}
