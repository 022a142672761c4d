/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/writing/error_line.h"
#include "cli/writing/interrupt.h"

/* A standard stream that the caller has closed: no file that is opened may take its place. What is
 * done with it fails as it would have. */
static void keep_places(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Help and lists go through stdio; whether they have arrived is known at the end only. */
static int flush(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno != EPIPE)
        error_line("standard output", 0, "write error: %s", strerror(errno));
    return EXIT_TROUBLE;
}

static int run(const struct options *options)
{
    switch (options->command) {
    case COMMAND_DECODE: return decode_run(options);
    case COMMAND_SESSIONS: return sessions_run(options);
    case COMMAND_STATS: return stats_run(options);
    case COMMAND_MODEMS: return modems_run(options);
    case COMMAND_REPORT: return report_run(options);
    case COMMAND_ENCODE: return encode_run(options);
    case COMMAND_EXPLAIN: return explain_run(options);
    case COMMAND_WATCH: return watch_run(options);
    case COMMAND_NONE:
    case COMMAND_SIMULATE: /* both have been answered */
    case COMMAND_HELP:
    case COMMANDS: break;
    }
    return EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
    struct options options;
    int status;
    keep_places();
    if (argc > 1 && strcmp(argv[1], command_name(COMMAND_SIMULATE)) == 0) {
        status = flush(simulate_run(argc - 1, argv + 1));
        interrupt_end();
        return status;
    }
    if (!options_read(&options, argc, argv, &status))
        return flush(status);
    interrupt_catch();
    options.capture.stop = interrupt_stop();
    status = run(&options);
    interrupt_end();
    return status;
}
