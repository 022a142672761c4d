/* SPDX-License-Identifier: MIT */
#include "commands.h"

int main(int argc, char **argv)
{
    struct options options;
    int status;
    if (!options_read(&options, argc, argv, &status))
        return status;
    switch (options.command) {
    case COMMAND_DECODE: return decode_run(&options);
    case COMMAND_SESSIONS: return sessions_run(&options);
    case COMMAND_STATS: return stats_run(&options);
    case COMMAND_ENCODE: return encode_run(&options);
    case COMMAND_EXPLAIN: return explain_run(&options);
    case COMMAND_NONE: break;
    }
    return EXIT_TROUBLE;
}
