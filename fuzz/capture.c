/* SPDX-License-Identifier: MIT
 *
 * The commands that read captures, on any file in any form: the same from a file and a pipe, with
 * one thread and with several, and output that is what its format promises. */
#include "tool.h"
#include "valid.h"

/* The same bytes over and over, so that they fill several blocks. */
static size_t repeat(struct plan *plan, const uint8_t *data, size_t length, uint8_t **bytes)
{
    static const size_t counts[] = {1, 1, 1, 1, 1, 2, 7, 40};
    size_t count = counts[plan_choose(plan, 8)];
    while (count > 1 && count * length > 60000)
        count /= 2;
    *bytes = malloc(count * length + 1);
    CHECK(*bytes != NULL);
    for (size_t i = 0; i < count && length > 0; i++)
        memcpy(*bytes + i * length, data, length);
    return count * length;
}

static void check_output(const struct options *options, const struct tool_result *result,
                         bool events)
{
    CHECK(result->status >= EXIT_DONE && result->status <= EXIT_MALFORMED);
    switch (options->format) {
    case OUTPUT_AUTOMATIC:
    case OUTPUT_JSONL: valid_jsonl(result->output, result->length, events); break;
    case OUTPUT_TEXT: valid_text(result->output, result->length); break;
    case OUTPUT_CSV: valid_csv(result->output, result->length); break;
    case OUTPUT_ARROW: /* read back by tests/cli/columns.py */
    case OUTPUT_PARQUET: break;
    }
}

/* Take the file's name out, which standard input has not. */
static void drop_file(struct tool_result *result)
{
    char field[64];
    snprintf(field, sizeof field, "{\"file\":\"%s\",", tool_file());
    const size_t length = strlen(field);
    char *out = result->output;
    const char *const end = result->output + result->length;
    for (const char *next = result->output; next < end;) {
        const char *const line = memchr(next, '\n', (size_t)(end - next));
        const char *const behind = line == NULL ? end : line + 1;
        if ((size_t)(behind - next) > length && memcmp(next, field, length) == 0) {
            *out++ = '{';
            next += length;
        }
        memmove(out, next, (size_t)(behind - next));
        out += behind - next;
        next = behind;
    }
    result->length = (size_t)(out - result->output);
}

static void check_same(const struct tool_result *got, const struct tool_result *expected)
{
    if (got->status == expected->status && got->length == expected->length &&
        memcmp(got->output, expected->output, got->length) == 0)
        return;
    fprintf(stderr, "%d got:\n%.*s\n%d expected:\n%.*s\n", got->status, (int)got->length,
            got->output, expected->status, (int)expected->length, expected->output);
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int (*const commands[])(const struct options *options) = {decode_run, decode_run,
                                                                     sessions_run, stats_run};
    struct plan plan;
    uint8_t *bytes;
    const size_t left = plan_take(&plan, data, size);
    struct options options = tool_options(&plan);
    const unsigned chosen = plan_choose(&plan, 4);
    const size_t length = repeat(&plan, data, left, &bytes);
    const bool threads = plan_next(&plan) % 4 == 0;
    if (commands[chosen] == stats_run && options.format == OUTPUT_CSV)
        options.format = OUTPUT_JSONL;

    struct tool_result first = tool_run(commands[chosen], &options, bytes, length, TOOL_FILE);
    check_output(&options, &first, commands[chosen] == decode_run);
    if (threads) {
        options.capture.threads = 3;
        struct tool_result other = tool_run(commands[chosen], &options, bytes, length, TOOL_FILE);
        check_same(&other, &first);
        free(other.output);
        options.capture.threads = 1;
    }
    if (options.format == OUTPUT_JSONL && commands[chosen] == decode_run &&
        !options.capture.modem_from_file) {
        struct tool_result piped = tool_run(commands[chosen], &options, bytes, length, TOOL_PIPE);
        drop_file(&first);
        check_same(&piped, &first);
        free(piped.output);
    }
    free(first.output);
    free(bytes);
    return 0;
}
