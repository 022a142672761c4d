/* SPDX-License-Identifier: MIT */
#include "cli/follow.h"

#include "cli/writing/error_line.h"

enum {
    FLUSH_AT = 1 << 16 /* bytes of records that are written at once */
};

void follow_put_columns(struct following *following, struct columns *rows)
{
    struct survey *const survey = &following->survey;
    columns_output_take(&following->columns, rows);
    columns_clear(rows);
    survey->no_memory = survey->no_memory || following->columns.no_memory;
}

void follow_flush(struct following *following)
{
    if (following->writer.used >= FLUSH_AT)
        writer_flush(&following->writer, &following->output);
}

/* Behind a block. */
static bool put(void *context)
{
    struct following *const following = context;
    struct survey *const survey = &following->survey;
    survey->no_memory = survey->no_memory || survey->fleet->no_memory;
    if (following->put != NULL)
        following->put(following);
    writer_flush(&following->writer, &following->output);
    return !following->output.failed && !survey->no_memory;
}

/* False if it cannot be written there; that is said. */
static bool open_output(struct following *following)
{
    const struct options *const options = following->survey.options;
    struct output *const output = &following->output;
    if (!output_open(output, options->output))
        return false;
    if (!columns_output_may(output, options->format)) {
        output_close(output, false);
        return false;
    }
    following->format = options->format != OUTPUT_AUTOMATIC ? options->format
                        : output->terminal                  ? OUTPUT_TEXT
                                                            : OUTPUT_JSONL;
    following->survey.no_memory =
        following->survey.fleet == NULL || !writer_make(&following->writer, NULL) ||
        (format_is_columns(following->format) &&
         !columns_output_begin(&following->columns, output, following->format,
                               following->kind->columns, following->most));
    return true;
}

/* Write what is left: the exit status. `told`: that memory lacks has been said. */
static int end(struct following *following, bool good, bool told)
{
    struct survey *const survey = &following->survey;
    if (survey->fleet != NULL)
        following->end(following);
    if (format_is_columns(following->format) &&
        !columns_output_end(&following->columns, !survey->no_memory))
        survey->no_memory = true;
    if (following->writer.buffer != NULL)
        writer_flush(&following->writer, &following->output);
    const bool lacks = survey->no_memory || following->writer.failed;
    if (lacks && !told)
        error_line(NULL, 0, "not enough memory");
    const bool kept = !lacks && reading_is_kept(&survey->report, survey->options);
    good = output_close(&following->output, kept) && good && !lacks;
    return reading_status(&survey->report, survey->options, good, survey->found, survey->malformed);
}

int follow_run(struct following *following)
{
    struct survey *const survey = &following->survey;
    int status = EXIT_TROUBLE;
    survey->context = following;
    survey->output = &following->output;
    survey->put = put;
    if (open_output(following)) {
        if (following->begin != NULL && !survey->no_memory)
            following->begin(following);
        bool good = false;
        bool told = false;
        if (!survey->no_memory) {
            good = survey_run(survey);
            told = survey->no_memory;
        }
        status = end(following, good, told);
    }
    writer_free(&following->writer);
    return status;
}
