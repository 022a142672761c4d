/* SPDX-License-Identifier: MIT
 *
 * logs_generate: write a log, and what a decoder must find in it.
 *
 *     logs_generate --hostile                    the names of the hostile logs
 *     logs_generate NAME BYTES LOG TRUTH         the same bytes in each run
 *
 * TRUTH has a row for each kind of event: name, how many. Printed are the number of URCs and the sum of their numbers. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/texts.h>

#include "codec/dense.h"
#include "codec/hostile.h"
#include "tool/log.h"
#include "tool/traffic.h"

enum {
    EVENTS = 1 << 16, /* told by each modem again and again, each from another place on */
    STORY_SIZE = 8 << 20,
    SHARE_WHOLE = 10000
};

struct kind_of_log {
    const char *name;
    enum log_form form;
    unsigned share; /* of lines that are ours, in 10,000 */
    unsigned modems;
};

static const struct kind_of_log kinds_of_log[] = {
    {"raw", LOG_RAW, SHARE_WHOLE, 1},
    {"raw-2%", LOG_RAW, 200, 1},
    {"dense", LOG_GATEWAY, SHARE_WHOLE, 1},
    {"2%", LOG_GATEWAY, 200, 1},
    {"0.01%", LOG_GATEWAY, 1, 1},
    {"fleet", LOG_GATEWAY, SHARE_WHOLE, 500},
    {"crowd", LOG_GATEWAY, SHARE_WHOLE, 100000},
    {"json", LOG_JSON, 200, 1},
};

/* Hostile lines that are also logged by a gateway. */
#define PREFIXED "with prefix: "
static const char *const prefixed_too[] = {
    "random printable lines",   "keyword a letter short", "a field too many",
    "two URCs glued on a line", "numbers too large",
};

struct modem {
    char name[16];
    struct talk talk;
    size_t next_event;
    bool waits; /* its host, for the answer to one of our commands */
};

struct writer {
    struct log log;
    const struct kind_of_log *kind;
    struct dense story;
    struct dice dice;
    struct modem *modems;
    uint64_t truth[SBFOTA_KIND_COUNT];
    int64_t urc_sum;
    uint64_t lines;
    uint64_t ours;
};

static bool is_result(unsigned kind)
{
    return kind == SBFOTA_OK || kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
}

static bool is_urc(unsigned kind)
{
    return sbfota_message(kind)->family == SBFOTA_FAMILY_URC;
}

/* A result code is an event of the log only if it answers a command of ours. */
static void note_truth(struct writer *writer, struct modem *modem, const struct sbfota_event *event)
{
    const bool is_command = sbfota_message(event->kind)->sender == SBFOTA_SENDER_HOST;
    if (!is_result(event->kind) || modem->waits)
        writer->truth[event->kind]++;
    if (is_urc(event->kind))
        writer->urc_sum += event->value;
    if (is_command || is_result(event->kind))
        modem->waits = is_command;
}

static void write_ours(struct writer *writer, struct modem *modem)
{
    char text[128];
    const struct input *const story = &writer->story.input;
    const struct sbfota_event *const event = &story->events[modem->next_event];
    modem->next_event = (modem->next_event + 1) % story->event_count;
    const ptrdiff_t length = sbfota_format(event, NULL, SBFOTA_FORMAT_OWN, text, sizeof text);
    log_line(&writer->log,
             &(struct said){.modem = modem->name,
                            .from_host = sbfota_message(event->kind)->sender == SBFOTA_SENDER_HOST,
                            .text = text,
                            .length = (size_t)length});
    note_truth(writer, modem, event);
    writer->ours++;
}

static void write_other(struct writer *writer, struct modem *modem)
{
    char text[TRAFFIC_LINE_MAX];
    struct said said = {.modem = modem->name, .text = text};
    said.length = talk_on(&modem->talk, &writer->dice, text, &said.from_host);
    log_line(&writer->log, &said);
}

/* Ours come when they are due, a little sooner or later. */
static bool ours_is_due(struct writer *writer)
{
    if (writer->kind->share == SHARE_WHOLE)
        return true;
    return writer->ours * SHARE_WHOLE < writer->lines * writer->kind->share &&
           dice_roll(&writer->dice, 4) == 0;
}

static void write_line(struct writer *writer)
{
    struct modem *const modem = &writer->modems[dice_roll(&writer->dice, writer->kind->modems)];
    if (modem->waits || (talk_is_over(&modem->talk) && ours_is_due(writer)))
        write_ours(writer, modem);
    else
        write_other(writer, modem);
    writer->lines++;
}

static bool begin(struct writer *writer, const struct kind_of_log *kind, FILE *out)
{
    *writer = (struct writer){.kind = kind, .dice = {5}};
    log_begin(&writer->log, out, kind->form);
    writer->modems = calloc(kind->modems, sizeof *writer->modems);
    if (writer->modems == NULL || !dense_tell(&writer->story, STORY_SIZE, EVENTS))
        return false;
    for (size_t i = 0; i < kind->modems; i++) {
        struct modem *const modem = &writer->modems[i];
        snprintf(modem->name, sizeof modem->name, "modem-%04zu", i);
        modem->next_event = i * writer->story.input.event_count / kind->modems;
    }
    return true;
}

static int fail(const char *why)
{
    fprintf(stderr, "logs_generate: %s\n", why);
    return EXIT_FAILURE;
}

static void write_truth(const struct writer *writer, FILE *truth)
{
    uint64_t urcs = 0;
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const uint64_t count = writer->truth[kind];
        if (count > 0)
            fprintf(truth, "%s\t%" PRIu64 "\n", sbfota_message(kind)->name, count);
        urcs += is_urc(kind) ? count : 0;
    }
    printf("%" PRIu64 " %" PRId64 "\n", urcs, writer->urc_sum);
}

static bool write_log(const struct kind_of_log *kind, size_t size, FILE *out, FILE *truth)
{
    static struct writer writer;
    if (!begin(&writer, kind, out))
        return false;
    while (writer.log.bytes < size)
        write_line(&writer);
    write_truth(&writer, truth);
    free(writer.modems);
    return true;
}

/* Hostile lines as a gateway logs them. */
static void write_prefixed(const struct input *input, FILE *out)
{
    struct log log;
    log_begin(&log, out, LOG_GATEWAY);
    const char *line = input->bytes;
    const char *const end = input->bytes + input->length;
    const char *line_end;
    while ((line_end = memchr(line, '\r', (size_t)(end - line))) != NULL && end - line_end > 1) {
        log_line(&log, &(struct said){.modem = "modem-0000",
                                      .text = line,
                                      .length = (size_t)(line_end - line)});
        line = line_end + 2;
    }
}

static bool write_hostile(const char *name, size_t size, FILE *out)
{
    struct input input = {.name = NULL};
    const bool prefixed = strncmp(name, PREFIXED, sizeof PREFIXED - 1) == 0;
    if (prefixed)
        name += sizeof PREFIXED - 1;
    size_t number = 0;
    while (number < hostile_count() && strcmp(hostile_name(number), name) != 0)
        number++;
    if (number == hostile_count() || !hostile_make(&input, number, size))
        return false;
    if (prefixed)
        write_prefixed(&input, out);
    else
        fwrite(input.bytes, 1, input.length, out);
    free(input.bytes);
    return true;
}

static int list_hostile(void)
{
    for (size_t i = 0; i < hostile_count(); i++)
        puts(hostile_name(i));
    for (size_t i = 0; i < sizeof prefixed_too / sizeof prefixed_too[0]; i++)
        printf(PREFIXED "%s\n", prefixed_too[i]);
    return EXIT_SUCCESS;
}

static bool write_named(const char *name, size_t size, FILE *out, FILE *truth)
{
    for (size_t i = 0; i < sizeof kinds_of_log / sizeof kinds_of_log[0]; i++)
        if (strcmp(name, kinds_of_log[i].name) == 0)
            return write_log(&kinds_of_log[i], size, out, truth);
    return write_hostile(name, size, out);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--hostile") == 0)
        return list_hostile();
    if (argc != 5)
        return fail("usage: logs_generate NAME BYTES LOG TRUTH");
    FILE *const out = fopen(argv[3], "w");
    FILE *const truth = fopen(argv[4], "w");
    if (out == NULL || truth == NULL)
        return fail("cannot write");
    if (!write_named(argv[1], strtoull(argv[2], NULL, 10), out, truth))
        return fail("no such log, or out of memory");
    const bool written = !ferror(out) && !ferror(truth);
    if (fclose(out) != 0 || fclose(truth) != 0 || !written)
        return fail("cannot write");
    return EXIT_SUCCESS;
}
