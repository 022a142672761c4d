/* SPDX-License-Identifier: MIT */
#include "tool.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/writing/error_line.h"

/* Error lines are written for nobody; output.c has the real ones. */
void error_line(const char *where, unsigned long long line, const char *format, ...)
{
    char message[1024];
    va_list arguments;
    (void)where;
    (void)line;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
}

static int memory_file(const char *name)
{
    const int fd = memfd_create(name, 0);
    CHECK(fd > STDERR_FILENO);
    return fd;
}

static int input_fd(void)
{
    static int fd;
    if (fd == 0)
        fd = memory_file("input");
    return fd;
}

const char *tool_file(void)
{
    static char name[32];
    snprintf(name, sizeof name, "/dev/fd/%d", input_fd());
    return name;
}

static void fill_file(const void *bytes, size_t length)
{
    CHECK(ftruncate(input_fd(), 0) == 0);
    CHECK(pwrite(input_fd(), bytes, length, 0) == (ssize_t)length);
}

/* All of it fits into the pipe. */
static void fill_pipe(const void *bytes, size_t length)
{
    int ends[2];
    CHECK(length <= TOOL_INPUT_MAX && pipe(ends) == 0);
    if (length > 65536)
        CHECK(fcntl(ends[1], F_SETPIPE_SZ, TOOL_INPUT_MAX) >= TOOL_INPUT_MAX);
    CHECK(write(ends[1], bytes, length) == (ssize_t)length);
    close(ends[1]);
    CHECK(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    close(ends[0]);
}

static void read_output(int fd, struct tool_result *result)
{
    const off_t length = lseek(fd, 0, SEEK_END);
    CHECK(length >= 0);
    result->length = (size_t)length;
    result->output = malloc(result->length + 1);
    CHECK(result->output != NULL);
    CHECK(pread(fd, result->output, result->length, 0) == (ssize_t)length);
    result->output[length] = '\0';
}

struct tool_result tool_run(int (*command)(const struct options *options),
                            const struct options *options, const void *bytes, size_t length,
                            enum tool_input input)
{
    static int output;
    char *names[] = {(char *)tool_file()};
    struct options own = *options;
    struct tool_result result;
    if (output == 0)
        output = memory_file("output");
    CHECK(ftruncate(output, 0) == 0 && lseek(output, 0, SEEK_SET) == 0);
    CHECK(dup2(output, STDOUT_FILENO) == STDOUT_FILENO);
    if (input == TOOL_FILE) {
        fill_file(bytes, length);
        own.arguments = names;
        own.argument_count = 1;
    } else {
        fill_pipe(bytes, length);
        own.argument_count = 0;
    }
    own.quiet = true;
    own.output = NULL;
    result.status = command(&own);
    read_output(output, &result);
    return result;
}

static const struct capture_form *choose_form(unsigned number)
{
    const struct capture_form *form = capture_forms;
    while (form->name != NULL && number > 0) {
        form++;
        number--;
    }
    return form->name == NULL ? NULL : form;
}

struct options tool_options(struct plan *plan)
{
    static const enum output_format formats[] = {OUTPUT_JSONL, OUTPUT_TEXT, OUTPUT_CSV};
    struct options options = {.format = formats[plan_choose(plan, 3)], .top = 10};
    const unsigned bits = plan_next(plan);
    options.colour = COLOUR_NEVER;
    options.capture.form = choose_form(plan_next(plan) % 64);
    options.capture.threads = 1;
    options.capture.all = (bits & 1) != 0;
    options.raw = (bits & 2) != 0;
    options.capture.modem = bits & 4 ? "=m\"1" : NULL;
    options.capture.modem_from_file = (bits & 8) != 0;
    options.strict = (bits & 16) != 0;
    options.sessions.since = INT64_MIN;
    options.sessions.until = INT64_MAX;
    options.sessions.worst_first = (bits & 32) != 0;
    return options;
}
