/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error_line.h"
#include "text_safety.h"
#include "watch_time.h"

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
    writer_string(writer, "# HELP ");
    writer_string(writer, name);
    writer_byte(writer, ' ');
    writer_string(writer, help);
    writer_string(writer, "\n# TYPE ");
    writer_string(writer, name);
    writer_byte(writer, ' ');
    writer_string(writer, type);
    writer_byte(writer, '\n');
}

static void put_begin(struct writer *writer, const char *name, const struct watch_port *port,
                      const char *label, const char *value)
{
    writer_string(writer, name);
    writer_string(writer, "{modem=\"");
    put_label(writer, port->name[0] == '\0' ? "-" : port->name);
    writer_byte(writer, '"');
    if (label != NULL) {
        writer_byte(writer, ',');
        writer_string(writer, label);
        writer_string(writer, "=\"");
        writer_string(writer, value);
        writer_byte(writer, '"');
    }
    writer_string(writer, "} ");
}

/* Of thousandths. */
static void put_seconds(struct writer *writer, int64_t milliseconds)
{
    char digits[40];
    snprintf(digits, sizeof digits, "%.3f\n", (double)milliseconds / 1000);
    writer_string(writer, digits);
}

/* A number that every port has. */
struct metric {
    const char *name;
    const char *type;
    const char *help;
    uint64_t (*value)(const struct watch_port *port);
};

static uint64_t is_up(const struct watch_port *port)
{
    return port->gone == INT64_MIN && !port->ended;
}
static uint64_t is_silent(const struct watch_port *port)
{
    return port->silent;
}
static uint64_t is_failed(const struct watch_port *port)
{
    return alarm_is_failure(port->outcome);
}
static uint64_t is_safe(const struct watch_port *port)
{
    return watch_power(port) == SBFOTA_POWER_SAFE;
}
static uint64_t is_stopped(const struct watch_port *port)
{
    return port->stopped;
}
static uint64_t bytes(const struct watch_port *port)
{
    return port->counts.bytes;
}
static uint64_t lines(const struct watch_port *port)
{
    return port->counts.lines;
}
static uint64_t messages(const struct watch_port *port)
{
    return port->counts.messages;
}
static uint64_t malformed(const struct watch_port *port)
{
    return port->counts.malformed;
}
static uint64_t attempts(const struct watch_port *port)
{
    return port->counts.attempts;
}
static uint64_t silences(const struct watch_port *port)
{
    return port->counts.silences;
}
static uint64_t losses(const struct watch_port *port)
{
    return port->counts.losses;
}
static uint64_t commands(const struct watch_port *port)
{
    return port->counts.commands;
}

static const struct metric metrics[] = {
    {"sbfota_port_up", "gauge", "Whether the port is open.", is_up},
    {"sbfota_silent", "gauge",
     "Whether the module is silent for longer than the limit of its phase.", is_silent},
    {"sbfota_last_attempt_failed", "gauge", "Whether the last update attempt has failed.",
     is_failed},
    {"sbfota_power_safe", "gauge", "Whether the power of the module may be cut.", is_safe},
    {"sbfota_polling_stopped", "gauge", "Whether the module will not ask for firmware any more.",
     is_stopped},
    {"sbfota_received_bytes_total", "counter", "Bytes received.", bytes},
    {"sbfota_lines_total", "counter", "Lines received.", lines},
    {"sbfota_messages_total", "counter", "SBFOTA messages received.", messages},
    {"sbfota_malformed_total", "counter", "Malformed messages received.", malformed},
    {"sbfota_attempts_total", "counter", "Update attempts seen.", attempts},
    {"sbfota_silences_total", "counter", "Times that the module was silent for too long.",
     silences},
    {"sbfota_port_losses_total", "counter", "Times that the port has gone.", losses},
    {"sbfota_commands_total", "counter", "Commands sent.", commands},
};

/* What a port is of several: 1 for that, 0 for the others. */
static void put_states(const struct watch *watch, struct writer *writer)
{
    put_heading(writer, "sbfota_phase", "gauge", "The phase that the module is in.");
    for (size_t i = 0; i < watch->count; i++) {
        const struct sbfota_session *const session = sbfota_host_session(&watch->ports[i].host);
        for (unsigned phase = 0; phase < SBFOTA_PHASE_COUNT; phase++) {
            put_begin(writer, "sbfota_phase", &watch->ports[i], "phase", sbfota_phase_name(phase));
            writer_string(writer, sbfota_session_phase(session) == phase ? "1\n" : "0\n");
        }
    }
    put_heading(writer, "sbfota_power", "gauge", "What losing the power now would do.");
    for (size_t i = 0; i < watch->count; i++) {
        for (unsigned power = 0; power < SBFOTA_POWER_COUNT; power++) {
            put_begin(writer, "sbfota_power", &watch->ports[i], "power", sbfota_power_name(power));
            writer_string(writer, watch_power(&watch->ports[i]) == power ? "1\n" : "0\n");
        }
    }
    put_heading(writer, "sbfota_outcomes_total", "counter",
                "Outcomes of update attempts, as they were told.");
    for (size_t i = 0; i < watch->count; i++) {
        for (unsigned outcome = SBFOTA_OUTCOME_UPDATED; outcome < SBFOTA_OUTCOME_COUNT; outcome++) {
            put_begin(writer, "sbfota_outcomes_total", &watch->ports[i], "outcome",
                      sbfota_outcome_name(outcome));
            writer_number(writer, (long long)watch->ports[i].counts.outcomes[outcome]);
            writer_byte(writer, '\n');
        }
    }
}

/* What a port may have and may not. */
static void put_values(const struct watch *watch, struct writer *writer, int64_t now)
{
    put_heading(writer, "sbfota_phase_percent", "gauge", "How far the module is in its phase.");
    for (size_t i = 0; i < watch->count; i++) {
        const unsigned percent = sbfota_session_percent(sbfota_host_session(&watch->ports[i].host));
        if (percent == SBFOTA_NO_PERCENT)
            continue;
        put_begin(writer, "sbfota_phase_percent", &watch->ports[i], NULL, NULL);
        writer_number(writer, percent);
        writer_byte(writer, '\n');
    }
    put_heading(writer, "sbfota_phase_left_seconds", "gauge",
                "Estimate of what is left of the phase.");
    for (size_t i = 0; i < watch->count; i++) {
        struct pace_left left;
        if (!pace_of_phase(&watch->ports[i].pace, &watch->fleet, now, &left))
            continue;
        put_begin(writer, "sbfota_phase_left_seconds", &watch->ports[i], NULL, NULL);
        put_seconds(writer, left.likely);
    }
    put_heading(writer, "sbfota_last_message_timestamp_seconds", "gauge",
                "When the last message of the procedure came.");
    for (size_t i = 0; i < watch->count; i++) {
        if (watch->ports[i].heard_time == INT64_MIN)
            continue;
        put_begin(writer, "sbfota_last_message_timestamp_seconds", &watch->ports[i], NULL, NULL);
        put_seconds(writer, watch->ports[i].heard_time);
    }
    put_heading(writer, "sbfota_next_poll_timestamp_seconds", "gauge",
                "When the module asks for firmware next, at the latest.");
    for (size_t i = 0; i < watch->count; i++) {
        int64_t earliest;
        int64_t latest;
        if (!sbfota_session_next_poll(sbfota_host_session(&watch->ports[i].host), &earliest,
                                      &latest))
            continue;
        put_begin(writer, "sbfota_next_poll_timestamp_seconds", &watch->ports[i], NULL, NULL);
        put_seconds(writer, latest);
    }
}

void metrics_put(const struct watch *watch, struct writer *writer, int64_t now)
{
    for (size_t at = 0; at < sizeof metrics / sizeof metrics[0]; at++) {
        put_heading(writer, metrics[at].name, metrics[at].type, metrics[at].help);
        for (size_t i = 0; i < watch->count; i++) {
            put_begin(writer, metrics[at].name, &watch->ports[i], NULL, NULL);
            writer_number(writer, (long long)metrics[at].value(&watch->ports[i]));
            writer_byte(writer, '\n');
        }
    }
    put_states(watch, writer);
    put_values(watch, writer, now);
    put_heading(writer, "sbfota_watch_log_trouble", "gauge",
                "Whether lines are missing in the log.");
    writer_string(writer, "sbfota_watch_log_trouble ");
    writer_string(writer, watch->log.troubled ? "1\n" : "0\n");
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
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
    bool good = fd >= 0 && write_all(fd, writer->buffer, writer->used) && fchmod(fd, 0644) == 0;
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
