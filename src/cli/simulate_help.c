/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "simulate_options.h"

static const char text[] =
    "usage: sbfota simulate [OPTIONS]\n"
    "\n"
    "A BG96 on SoftBank's network to try hosts against, or thousands of them: the whole update\n"
    "procedure, without a network and without waiting for fifteen days. It writes a log, or sits\n"
    "on a pseudo-terminal as a modem's AT port does. The same options give the same bytes.\n"
    "\n"
    "Where to:\n"
    "      --pty                    a port for each modem; its path is printed\n"
    "      --link PATH              the same, with a symbolic link; of several, PATH-1, PATH-2\n"
    "      --log FILE               a log with times and names; a folder: a file a modem; -:\n"
    "                               standard output, the default without a port\n"
    "      --raw                    of one modem, or in a folder: its bytes as on the wire\n"
    "      --truth FILE             what each attempt and each modem was, JSON Lines\n"
    "How many, and how long:\n"
    "      --modems N, --name TEXT  default 1, and \"modem-\" for what their names begin with\n"
    "      --attempts N             end when each has had so many; default 1, with ports no end\n"
    "      --for TIME               end after this much simulated time: 30s, 90m, 12h, 14d\n"
    "      --speed N|max            simulated time for each of the clock's; default 1 with ports,\n"
    "                               else max\n"
    "      --seed N                 another run, default 1\n"
    "      --start TIME             default 2026-01-01, with ports now\n"
    "The modem:\n"
    "      --first-poll TIME        default 14 to 15 days, as the note says\n"
    "      --psm TIME               sleeps, and wakes so often\n"
    "      --delay SECONDS|any      the sbfota_delay that it has saved\n"
    "      --no-echo                ATE0 from the beginning\n"
    "      --spelling any           of URCs: each modem another of the note's\n"
    "      --host, --accept SECONDS|any  without a port: a host at its other end that sets the\n"
    "                               delay, and accepts so long behind UPDATE_TIMEOUT\n"
    "What goes wrong:\n"
    "      --poll, --http, --update, --report CODE|any  each poll, download, update, report ends\n"
    "                               so; \"any\": another code each time\n"
    "      --up-to-date             there is no newer firmware\n"
    "      --failures, --power-losses PERCENT  so many attempts fail; meet a loss of power\n"
    "      --fault NAME[=PERCENT]   happens so often where it can; \"help\" lists them\n"
    "      --script FILE            what happens when: \"on restore 40% power for 20s\"\n"
    "      --version, --help\n"
    "\n"
    "  sbfota simulate | sbfota decode\n"
    "  sbfota simulate --link /tmp/modem --first-poll 30s --speed 10 --delay 60\n"
    "  sbfota simulate --modems 2000 --failures 20 --power-losses 10 --log fleet.log --truth t\n"
    "\n"
    "Exit status: 0 done; 2 wrong usage, or something could not be written.\n";

void simulate_help_print(void)
{
    fputs(text, stdout);
}
