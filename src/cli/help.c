/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "options.h"

static const char overview[] =
    "usage: sbfota COMMAND [OPTIONS] [FILE...]\n"
    "\n"
    "What a Quectel BG96 says of its firmware update over SoftBank's network, from captured\n"
    "modem logs.\n"
    "\n"
    "  decode         every event, one record each\n"
    "  sessions       what became of each modem's update: one record for each attempt\n"
    "  stats          counts of events, codes, modems, and of what is odd\n"
    "  modems         where each modem stands: one record for each\n"
    "  report         one HTML page of a fleet's updates, for people\n"
    "  encode         JSON Lines of decode back to the bytes of the wire\n"
    "  explain TEXT   what a code, a keyword or a whole line means\n"
    "  watch PORT     a live serial port: where its modem stands, and how long yet\n"
    "  simulate       a module to try hosts against: on a port, or its log\n"
    "\n"
    "Logs may be gzip, xz, zstd, bzip2 or lz4 files, tar or zip archives. No FILE, or -, reads\n"
    "standard input. \"sbfota COMMAND --help\" tells a command's options.\n"
    "\n"
    "Exit status: 0 done; 1 the input held no SBFOTA message; 2 wrong usage, or a file could not\n"
    "be read or written; 3 with --strict, something was malformed.\n"
    "\n"
    "  sbfota decode modem.log               on a terminal: a table\n"
    "  sbfota decode modem.log | jq .event   else: JSON Lines\n"
    "  sbfota explain 702\n";

/* What the commands that read captures have in common. */
#define READING                                                                                   \
    "  -r, --recursive              the files in directories, in the order of their names\n"      \
    "      --as-named               do not read NAME.log.1 before NAME.log, as one log\n"         \
    "      --capture NAME           form of the logs, else recognised; \"help\" lists them\n"     \
    "      --field NAME, --time-field NAME, --modem-field NAME  of JSON (a.b), logfmt, CSV\n"     \
    "      --modem NAME             who a log without names belongs to\n"                         \
    "      --modem-from-file        the same: the file's name without folders and ending\n"       \
    "      --modem-token N          the same: the N-th word or number before the text; 0: none\n" \
    "      --live                   tell the form by the first message, and do not wait for "     \
    "more\n"                                                                                      \
    "  -j, --threads N              default: one a processor; output is the same for any N\n"     \
    "      --verbose                tell which form each log has\n"                               \
    "  -q, --quiet                  do not tell what is doubtful in a log, nor the progress\n"    \
    "      --no-progress            no progress line\n"                                           \
    "      --version, --help\n"

static const char decode[] =
    "usage: sbfota decode [OPTIONS] [FILE...]\n"
    "\n"
    "Every SBFOTA event of the captures, one record each, in the order of the input.\n"
    "\n"
    "  -f, --format text|jsonl|csv|arrow|parquet\n"
    "                               default: what FILE ends in, as .parquet; else text on a\n"
    "                               terminal, jsonl elsewhere\n"
    "  -o, --output FILE            write there; the file appears when it is whole\n"
    "      --all                    also all other lines, and every result code\n"
    "      --raw                    the text of each line too\n"
    "      --strict                 exit with 3 if something was malformed\n" READING
    "      --color auto|always|never  of text; auto obeys NO_COLOR\n"
    "\n"
    "  sbfota decode --all -f jsonl modem.log | sbfota encode   gives modem.log back\n";

static const char sessions[] =
    "usage: sbfota sessions [OPTIONS] [FILE...]\n"
    "\n"
    "One record for each update attempt of each modem: how far it came, how it ended, and what\n"
    "was odd. An attempt is written when the modem's next one begins, or at the end.\n"
    "\n"
    "  -f, --format text|jsonl|csv|arrow|parquet\n"
    "                               default: what FILE ends in, as .parquet; else text on a\n"
    "                               terminal, jsonl elsewhere\n"
    "  -o, --output FILE            write there; the file appears when it is whole\n"
    "      --outcome NAME[,NAME...] only attempts that ended so: updated, update_failed,\n"
    "                               download_failed, download_lost, rolled_back, interrupted,\n"
    "                               poll_failed, in_progress, unknown\n"
    "      --since TIME             only those that end at this time or later\n"
    "      --until TIME             only those that begin before: 2026-01-31[T23:59:00[Z]]\n"
    "      --worst-first            failed ones first; kept in memory until the end\n"
    "      --strict                 exit with 3 if something was malformed\n" READING
    "  With --modem, only the attempts of that modem.\n"
    "\n"
    "  sbfota sessions -f text --worst-first gateway.log\n"
    "  sbfota sessions --outcome rolled_back,interrupted --since 2026-01-01 gateway.log\n"
    "  sbfota sessions --modem-from-file -f csv -o attempts.csv -r /var/log/modems\n";

static const char stats[] =
    "usage: sbfota stats [OPTIONS] [FILE...]\n"
    "\n"
    "How many events, codes and modems there are in the captures, and how much of them was\n"
    "understood. With --fleet, how far the update attempts came and where they failed.\n"
    "\n"
    "  -f, --format text|jsonl      default: text on a terminal, jsonl elsewhere\n"
    "  -o, --output FILE            write there; the file appears when it is whole\n"
    "      --fleet                  also what sessions tells, in sums: steps, outcomes, failures,\n"
    "                               durations (within 1.6 %), clocks that go back; of logs that\n"
    "                               hold nothing else than our messages, a third slower\n"
    "      --top N                  modems to list, default 10\n"
    "      --strict                 exit with 3 if something was malformed\n" READING "\n"
    "  sbfota stats modem.log\n"
    "  sbfota stats --fleet -r /var/log/modems\n"
    "  sbfota stats -f jsonl --fleet gateway.log | jq .fleet.outcomes\n";

static const char modems[] =
    "usage: sbfota modems [OPTIONS] [FILE...]\n"
    "\n"
    "Where each modem stands, as of its last message: one record for each. Text has the worst\n"
    "first, the other formats the order in which the modems come.\n"
    "\n"
    "  -f, --format text|jsonl|csv  default: text on a terminal, jsonl elsewhere\n"
    "  -o, --output FILE            write there; the file appears when it is whole\n"
    "      --state NAME[,NAME...]   only those in one of these phases, or whose last attempt has\n"
    "                               one of these outcomes\n"
    "      --power NAME[,NAME...]   only those where losing the power would do this\n"
    "      --not-updated            only those whose last attempt is not updated, or that had "
    "none\n"
    "      --silent TIME            only those that have said nothing for so long: 14d, 36h\n"
    "      --now TIME               up to when silence counts; default: the latest time of all\n"
    "      --color auto|always|never  of text; auto obeys NO_COLOR\n"
    "      --strict                 exit with 3 if something was malformed\n" READING
    "  With --modem, only that modem.\n"
    "\n"
    "  sbfota modems -r /var/log/modems              on a terminal: what to look at first\n"
    "  sbfota modems --not-updated --silent 14d -r /var/log/modems\n"
    "  sbfota modems --power forces_update,rolls_back gateway.log | jq -r .modem\n";
static const char report[] =
    "usage: sbfota report -o FILE.html [OPTIONS] [FILE...]\n"
    "\n"
    "One HTML page, for a browser without a network and for paper: how far the update attempts of "
    "a\n"
    "fleet came, what failed and what to do about it, how long the phases took, each modem's last\n"
    "attempts, and how good the data are. Under a megabyte, whatever it was made of.\n"
    "\n"
    "  -o, --output FILE            write there; the file appears when it is whole\n"
    "      --strict                 exit with 3 if something was malformed\n" READING "\n"
    "  sbfota report -o fleet.html -r /var/log/modems\n";

static const char encode[] =
    "usage: sbfota encode [-o FILE] [FILE...]\n"
    "\n"
    "JSON Lines as \"sbfota decode -f jsonl\" writes them, back to the bytes of the wire. Of\n"
    "\"decode --all\" it gives the capture, byte for byte, unless a line was overlong. Records may "
    "be edited, or made by "
    "hand.\n"
    "\n"
    "  -o, --output FILE            write there; the file appears when it is whole\n"
    "      --version, --help\n"
    "\n"
    "  echo '{\"event\":\"downloading\",\"percent\":10}' | sbfota encode\n";

static const char explain[] =
    "usage: sbfota explain [-f text|jsonl] TEXT...\n"
    "\n"
    "What a code, a keyword, an event, a flag, a reason, an outcome, a "
    "problem or a whole line\n"
    "means, with the section of Quectel's BG96 SoftBank DFOTA Application Note 1.0.\n"
    "\n"
    "Exit status: 0 found; 1 not found; 2 wrong usage.\n"
    "\n"
    "  sbfota explain 702\n"
    "  sbfota explain -4\n"
    "  sbfota explain UPDATE_TIMEOUT\n"
    "  sbfota explain '+QIND: \"SBFOTA\",\"END\",505'\n";

static const char watch[] =
    "usage: sbfota watch [OPTIONS] PORT...\n"
    "\n"
    "Where the modems on serial ports stand: on a terminal a live board, elsewhere a record for\n"
    "each message and for what happens. PORT: /dev/ttyUSB2, a pty, or - for standard input.\n"
    "Nothing is sent unless --delay or --accept-when asks for it.\n"
    "\n"
    "  -f, --format text|jsonl      default: the board on a terminal, jsonl elsewhere\n"
    "      --all, --raw             also all other lines; the text of each line too\n"
    "      --until EVENT[,EVENT...] end when one of them has come on each port; \"help\" lists "
    "them\n"
    "      --on EVENT COMMAND       run it then; it is told what and where in SBFOTA_... "
    "variables\n"
    "      --bell                   ring when an update has ended or something is wrong\n"
    "      --limit PHASE=SECONDS    how long a module may be silent; 0: for ever; \"help\" lists "
    "them\n"
    "      --durations FILE         how long others took: of \"sbfota stats --fleet -f jsonl\"\n"
    "      --log FILE               keep all bytes with their times; decode reads it\n"
    "      --log-size BYTES, --log-keep N  put it away at 10M, and keep 5\n"
    "      --metrics FILE           for the textfile collector of Prometheus' node_exporter\n"
    "      --delay SECONDS          set the delay before an update, 0 to 60\n"
    "      --accept-when COMMAND    while the module waits, run it until it succeeds: then accept\n"
    "      --wait                   wait for ports that are not there yet\n"
    "      --speed BAUD             default: 115200\n"
    "      --dtr up|down            default: leave that line alone\n"
    "      --strict                 exit with 3 if something was malformed\n"
    "      --color auto|always|never  auto obeys NO_COLOR\n"
    "      --version, --help\n"
    "\n"
    "Exit status: as of all commands; 4 the last update has failed, 5 a module is silent, 6 a "
    "port\n"
    "has gone. A port that goes away is waited for, and opened again.\n"
    "\n"
    "  sbfota watch /dev/ttyUSB2\n"
    "  sbfota watch --log m7.log --until updated,failed,silent /dev/ttyUSB2 && echo done\n"
    "  sbfota watch --delay 30 --accept-when 'test ! -e /run/busy' /dev/ttyUSB2\n";

void help_print(enum command command)
{
    switch (command) {
    case COMMAND_NONE: fputs(overview, stdout); break;
    case COMMAND_DECODE: fputs(decode, stdout); break;
    case COMMAND_SESSIONS: fputs(sessions, stdout); break;
    case COMMAND_STATS: fputs(stats, stdout); break;
    case COMMAND_MODEMS: fputs(modems, stdout); break;
    case COMMAND_REPORT: fputs(report, stdout); break;
    case COMMAND_ENCODE: fputs(encode, stdout); break;
    case COMMAND_EXPLAIN: fputs(explain, stdout); break;
    case COMMAND_WATCH: fputs(watch, stdout); break;
    }
}
