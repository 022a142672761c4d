/* SPDX-License-Identifier: MIT
 *
 * Compressed files, archives and UTF-16, whole or damaged: the same bytes whatever pieces they are
 * read in. */
#include <fcntl.h>
#include <unistd.h>

#include "log/input/input.h"
#include "tool.h"

enum {
    LOGS_MAX = 64,
    BYTES_MAX = 1 << 22
};

/* What was read of a file: how much, and a sum of it. */
struct sum {
    uint64_t bytes;
    uint64_t hash;
    unsigned logs;
    unsigned troubles;
};

/* Read all that there is, `length` bytes at a time. */
static void read_all(struct sum *sum, size_t length)
{
    static struct input input;
    memset(sum, 0, sizeof *sum);
    if (input_open(&input, tool_file(), &(struct input_output){.fd = 0}, -1) != INPUT_READY) {
        CHECK(memchr(input.layers.trouble, '\0', sizeof input.layers.trouble) != NULL);
        sum->troubles++;
        return;
    }
    enum input_result result = INPUT_READY;
    while (sum->logs < LOGS_MAX && sum->bytes < BYTES_MAX &&
           (result = input_next(&input)) != INPUT_END) {
        sum->logs++;
        sum->troubles += result == INPUT_FAILED;
        if (result != INPUT_READY)
            continue;
        ptrdiff_t got = 1;
        input_name(&input);
        while (got > 0 && sum->bytes < BYTES_MAX) {
            const size_t most =
                BYTES_MAX - sum->bytes < length ? (size_t)(BYTES_MAX - sum->bytes) : length;
            char *const bytes = malloc(length);
            CHECK(bytes != NULL);
            got = input_read(&input, bytes, most < INPUT_LEAST ? INPUT_LEAST : most);
            CHECK(got <= (ptrdiff_t)length);
            for (ptrdiff_t i = 0; i < got; i++)
                sum->hash = (sum->hash ^ (unsigned char)bytes[i]) * 0x100000001b3U;
            sum->bytes += got > 0 ? (uint64_t)got : 0;
            sum->troubles += got < 0;
            free(bytes);
        }
    }
    input_close(&input);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sum large, small;
    struct options options = {.format = OUTPUT_JSONL};
    options.capture.threads = 1;
    if (size > TOOL_INPUT_MAX)
        return -1;
    /* As the tool does it, also through a pipe. */
    struct tool_result result = tool_run(decode_run, &options, data, size, TOOL_PIPE);
    free(result.output);
    result = tool_run(decode_run, &options, data, size, TOOL_FILE);
    free(result.output);
    read_all(&large, 65536);
    if (large.bytes < 100000) {
        read_all(&small, INPUT_LEAST + size % 50);
        CHECK(memcmp(&large, &small, sizeof large) == 0);
    }
    return 0;
}
