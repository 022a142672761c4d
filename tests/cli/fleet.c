/* SPDX-License-Identifier: MIT
 *
 * fleet SEED MODEMS LOG TRUTH: invent true stories of a fleet's updates, write them as one
 * interleaved log, and write what is to be told of them: one JSON object for each attempt, ordered by
 * modem and time, with the fields that the story fixes. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define URC "+QIND: \"SBFOTA\","

enum {
    TEXT_SIZE = 64
};

static unsigned long state;

static unsigned dice(unsigned sides)
{
    state = state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(state >> 33) % sides;
}

/* A line of the log. */
struct line {
    long long time;
    unsigned modem;
    size_t number;
    char text[TEXT_SIZE];
};

static struct line *lines;
static size_t line_count;
static size_t line_capacity;

/* The modem whose story is told, and its clock. */
static unsigned modem;
static long long now;

static void say(const char *text)
{
    if (line_count == line_capacity) {
        line_capacity = line_capacity * 2 + 1024;
        lines = realloc(lines, line_capacity * sizeof *lines);
        if (lines == NULL)
            abort();
    }
    now += 1 + dice(9000);
    lines[line_count] = (struct line){.time = now, .modem = modem, .number = line_count};
    snprintf(lines[line_count++].text, TEXT_SIZE, "%s", text);
}

static void say_number(const char *word, long number)
{
    char text[TEXT_SIZE];
    snprintf(text, sizeof text, "%s%ld", word, number);
    say(text);
}

/* Some percentages in their order; the last one told. */
static unsigned say_percents(const char *word)
{
    unsigned percent = dice(30);
    const unsigned count = 1 + dice(4);
    for (unsigned i = 0; i < count; i++) {
        percent += i == 0 ? 0 : dice(20);
        say_number(word, percent);
    }
    return percent;
}

/* A time as milliseconds since 2026-07-01; July and August. */
static const char *date(long long time, char text[TEXT_SIZE])
{
    const long long day = time / 86400000;
    const long long left = time % 86400000;
    snprintf(text, TEXT_SIZE, "2026-%s-%02lldT%02lld:%02lld:%02lld.%03lldZ", day < 31 ? "07" : "08",
             day % 31 + 1, left / 3600000, left / 60000 % 60, left / 1000 % 60, left % 1000);
    return text;
}

/* What is to be told. */
struct truth {
    long long started, ended;
    const char *outcome;
    const char *phase;
    int percent;                             /* -1: not fixed */
    int http_code, update_code, report_code; /* -1: absent */
    int delay;
    unsigned resumes;
    bool accepted;
    bool late;
};

static void write_code(FILE *file, const char *name, int code)
{
    if (code >= 0)
        fprintf(file, ",\"%s\":%d", name, code);
}

static void write_truth(FILE *file, const struct truth *truth)
{
    char from[TEXT_SIZE], to[TEXT_SIZE];
    fprintf(file,
            "{\"modem\":\"modem-%05u\",\"started\":\"%s\",\"ended\":\"%s\",\"outcome\":\"%s\","
            "\"phase\":\"%s\"",
            modem, date(truth->started, from), date(truth->ended, to), truth->outcome,
            truth->phase);
    write_code(file, "percent", truth->percent);
    write_code(file, "http_code", truth->http_code);
    write_code(file, "update_code", truth->update_code);
    write_code(file, "report_code", truth->report_code);
    fprintf(file, ",\"resumes\":%u,\"accepted\":%s", truth->resumes,
            truth->accepted ? "true" : "false");
    write_code(file, "delay", truth->delay);
    fprintf(file, ",\"late\":%s}\n", truth->late ? "true" : "false");
}

static void reach(struct truth *truth, const char *phase, const char *outcome)
{
    truth->phase = phase;
    truth->outcome = outcome;
    truth->ended = now;
}

static void report(struct truth *truth)
{
    truth->report_code = dice(4) == 0 ? 850 : 0;
    say(URC "\"report_result\",\"start\"");
    say_number(URC "\"report_result\",\"end\",", truth->report_code);
    reach(truth, "report", truth->outcome);
}

/* The module goes on with the update after power losses; false if the story ends in one. */
static bool tell_restore(struct truth *truth)
{
    truth->percent = (int)say_percents(URC "\"RESTORE\",");
    while (dice(4) == 0) {
        say("RDY");
        reach(truth, "restore", "interrupted");
        say("APP RDY");
        if (dice(3) == 0)
            return false;
        say(URC "\"Last update was not finished, continue update\"");
        truth->resumes++;
        truth->percent = (int)say_percents(URC "\"RESTORE\",");
    }
    return true;
}

static void tell_update(struct truth *truth)
{
    truth->percent = (int)say_percents(URC "\"UPDATING\",");
    if (dice(8) == 0) {
        say("RDY");
        reach(truth, "update", "rolled_back");
        say("APP RDY");
        return;
    }
    if (!tell_restore(truth))
        return;
    truth->update_code = dice(5) == 0 ? 510 : 0;
    say_number(URC "\"END\",", truth->update_code);
    reach(truth, "end", truth->update_code == 0 ? "updated" : "update_failed");
    if (dice(6) == 0)
        return;
    say("RDY");
    reach(truth, "reboot", truth->outcome);
    say("APP RDY");
    if (dice(6) != 0)
        report(truth);
}

static void tell_delay(struct truth *truth, int delay)
{
    if (delay > 0) {
        say_number(URC "\"UPDATE_TIMEOUT\",", delay);
        if (dice(3) == 0) {
            say("AT+QCFGEXT=\"sbfota_accept\",1");
            say("OK");
            truth->accepted = true;
        }
    }
    truth->delay = delay;
    say(URC "\"START\"");
    tell_update(truth);
}

/* One attempt. A log that starts late lacks its download. */
static void tell_attempt(struct truth *truth, bool late)
{
    *truth = (struct truth){.percent = -1,
                            .http_code = -1,
                            .update_code = -1,
                            .report_code = -1,
                            .delay = -1,
                            .late = late};
    if (late) {
        say_number(URC "\"UPDATING\",", 0);
        truth->started = now;
        tell_update(truth);
        return;
    }
    const int delay = (int)dice(3) * 30;
    say_number("AT+QCFGEXT=\"sbfota_delay\",", delay);
    say("OK");
    if (dice(10) == 0) {
        say_number(URC "\"POLLING\",", -1 - (long)dice(4));
        truth->started = now;
        reach(truth, "polling", "poll_failed");
        return;
    }
    say(URC "\"HTTPSTART\"");
    truth->started = now;
    truth->percent = (int)say_percents(URC "\"DOWNLOADING\",");
    reach(truth, "download", "download_lost");
    switch (dice(8)) {
    case 0: say_number(URC "\"polling_time\",", 1210000); return; /* silence */
    case 1:
        say("RDY");
        reach(truth, "download", "download_lost");
        return;
    case 2:
        truth->http_code = 701 + (int)dice(3);
        say_number(URC "\"HTTPEND\",", truth->http_code);
        reach(truth, "download", "download_failed");
        return;
    }
    truth->http_code = 0;
    say(URC "\"HTTPEND\",0");
    tell_delay(truth, delay);
}

static int compare_lines(const void *a, const void *b)
{
    const struct line *const first = a;
    const struct line *const second = b;
    if (first->time != second->time)
        return first->time < second->time ? -1 : 1;
    return (first->number > second->number) - (first->number < second->number);
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    state = strtoul(argv[1], NULL, 10);
    const unsigned modems = (unsigned)strtoul(argv[2], NULL, 10);
    FILE *const log = fopen(argv[3], "w");
    FILE *const truths = fopen(argv[4], "w");
    if (log == NULL || truths == NULL)
        return 2;
    for (modem = 0; modem < modems; modem++) {
        const unsigned attempts = dice(4);
        now = dice(86400000);
        for (unsigned i = 0; i < attempts; i++) {
            struct truth truth;
            tell_attempt(&truth, i == 0 && dice(10) == 0);
            write_truth(truths, &truth);
            say_number(URC "\"polling_time\",", 1220654);
            now += (long long)86400000 * 14 + dice(86400000);
        }
    }
    qsort(lines, line_count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < line_count; i++) {
        char time[TEXT_SIZE];
        const char *const text = lines[i].text;
        fprintf(log, "%s modem-%05u %c %s\n", date(lines[i].time, time), lines[i].modem,
                strncmp(text, "AT+", 3) == 0 ? '>' : '<', text);
    }
    free(lines);
    return fclose(log) != 0 || fclose(truths) != 0;
}
