/* SPDX-License-Identifier: MIT
 *
 * Commands of the tool, run inside the harness on bytes in memory. */
#ifndef SBFOTA_FUZZ_TOOL_H
#define SBFOTA_FUZZ_TOOL_H

#include "cli/commands.h"
#include "fuzz.h"

enum {
    TOOL_INPUT_MAX = 1 << 19
};

/* How the bytes come. */
enum tool_input {
    TOOL_FILE, /* a regular file, read at any place */
    TOOL_PIPE  /* standard input */
};

/* What a command has written, and its exit status. */
struct tool_result {
    int status;
    char *output; /* to be freed */
    size_t length;
};

/* The name of the file, as records have it. */
const char *tool_file(void);

/* Run a command. Its input and output are not those of `options`. */
struct tool_result tool_run(int (*command)(const struct options *options),
                            const struct options *options, const void *bytes, size_t length,
                            enum tool_input input);

/* The options that a plan stands for, with a form of its choice or none. */
struct options tool_options(struct plan *plan);

#endif
