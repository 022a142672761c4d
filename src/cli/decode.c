/* SPDX-License-Identifier: MIT
 *
 * sbfota decode: every event, one record each. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/capture.h"
#include "commands.h"
#include "files.h"
#include "report.h"
#include "sink.h"

/* What one run of the command keeps. */
struct run {
    struct writer writer;
    struct sink sink;
    bool all;
    bool found; /* an SBFOTA message */
    bool malformed;
    bool trouble;
    bool overwriting; /* an input is the output: it stays as it is */
    void (*put)(struct sink *sink, const struct record *record);
};

static bool is_result_code(unsigned kind)
{
    return kind == SBFOTA_OK || kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
}

static bool take_record(void *context, const struct record *record)
{
    struct run *const run = context;
    const unsigned kind = record->event.kind;
    run->found = run->found || record_is_sbfota(record);
    run->malformed = run->malformed || kind == SBFOTA_MALFORMED;
    if (run->all ||
        (kind != SBFOTA_OTHER && (!is_result_code(kind) || record->answers != SBFOTA_NONE)))
        run->put(&run->sink, record);
    return !run->writer.failed;
}

static void show(void *context)
{
    struct run *const run = context;
    writer_flush(&run->writer);
}

/* False if there is no use in going on to the next file. */
static bool read_file(struct run *run, const struct options *options, const char *name)
{
    const struct capture_options capture = {
        .modem = options->modem,
        .modem_from_file = options->modem_from_file,
        .frames = options->all && run->put != text_put,
    };
    const struct capture_sink sink = {.take = take_record, .pause = show, .context = run};
    uint64_t offset = 0;
    const int fd = file_open(&name, options->output);
    if (fd < 0) {
        run->trouble = true;
        run->overwriting = run->overwriting || fd == FILE_IS_OUTPUT;
        return !run->overwriting;
    }
    const enum capture_result result = capture_read_raw(fd, name, &capture, &sink, &offset);
    if (result == CAPTURE_NOT_READ)
        report(file_shown(name), 0, "read error at byte %llu: %s", (unsigned long long)offset,
               strerror(errno));
    if (result == CAPTURE_NO_MEMORY)
        report(file_shown(name), 0, "not enough memory");
    if (fd != STDIN_FILENO)
        close(fd);
    run->trouble = run->trouble || result == CAPTURE_NOT_READ || result == CAPTURE_NO_MEMORY;
    return result != CAPTURE_STOPPED;
}

static void choose_output(struct run *run, const struct options *options)
{
    const bool terminal = run->writer.terminal;
    const char *const no_colour = getenv("NO_COLOR");
    run->sink.writer = &run->writer;
    run->sink.raw = options->raw;
    run->sink.named = options->argument_count > 1;
    run->sink.colour =
        options->colour == COLOUR_ALWAYS || (options->colour == COLOUR_AUTOMATIC && terminal &&
                                             (no_colour == NULL || no_colour[0] == '\0'));
    switch (options->format) {
    case OUTPUT_AUTOMATIC: run->put = terminal ? text_put : jsonl_put; break;
    case OUTPUT_TEXT: run->put = text_put; break;
    case OUTPUT_JSONL: run->put = jsonl_put; break;
    case OUTPUT_CSV: run->put = csv_put; break;
    }
}

int decode_run(const struct options *options)
{
    struct run *const run = calloc(1, sizeof *run);

    if (run == NULL) {
        report(NULL, 0, "not enough memory");
        return EXIT_TROUBLE;
    }
    run->all = options->all;
    if (!writer_open(&run->writer, options->output)) {
        free(run);
        return EXIT_TROUBLE;
    }
    choose_output(run, options);
    if (run->put == csv_put)
        csv_begin(&run->sink);
    if (options->argument_count == 0)
        read_file(run, options, "-");
    for (int i = 0; i < options->argument_count; i++)
        if (!read_file(run, options, options->arguments[i]))
            break;
    if (!writer_close(&run->writer, !run->overwriting))
        run->trouble = true;
    const int status = run->trouble                        ? EXIT_TROUBLE
                       : options->strict && run->malformed ? EXIT_MALFORMED
                       : !run->found                       ? EXIT_NO_MESSAGE
                                                           : EXIT_DONE;
    free(run);
    return status;
}
