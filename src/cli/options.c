/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/sbfota.h>

#include "capture/capture.h"
#include "report.h"

static const char *const command_names[] = {
    [COMMAND_DECODE] = "decode",
    [COMMAND_ENCODE] = "encode",
    [COMMAND_EXPLAIN] = "explain",
};
enum {
    COMMANDS = sizeof command_names / sizeof command_names[0]
};

enum {
    OPTION_CAPTURE = 256,
    OPTION_MODEM,
    OPTION_MODEM_FROM_FILE,
    OPTION_RAW,
    OPTION_ALL,
    OPTION_STRICT,
    OPTION_NO_PROGRESS,
    OPTION_COLOUR,
    OPTION_VERSION,
    OPTION_HELP
};

static const struct option long_options[] = {
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"threads", required_argument, NULL, 'j'},
    {"capture", required_argument, NULL, OPTION_CAPTURE},
    {"modem", required_argument, NULL, OPTION_MODEM},
    {"modem-from-file", no_argument, NULL, OPTION_MODEM_FROM_FILE},
    {"raw", no_argument, NULL, OPTION_RAW},
    {"all", no_argument, NULL, OPTION_ALL},
    {"strict", no_argument, NULL, OPTION_STRICT},
    {"no-progress", no_argument, NULL, OPTION_NO_PROGRESS},
    {"color", required_argument, NULL, OPTION_COLOUR},
    {"version", no_argument, NULL, OPTION_VERSION},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

/* One of a list of words, or -1 with an error line. */
static int choose(const char *option, const char *value, const char *const words[], int count)
{
    char list[160] = "";
    for (int i = 0; i < count; i++) {
        if (strcmp(value, words[i]) == 0)
            return i;
        strcat(strcat(list, i == 0 ? "" : ", "), words[i]);
    }
    report(NULL, 0, "%s \"%s\": there is no such one; choose from %s", option, value, list);
    return -1;
}

static void list_captures(void)
{
    for (const struct capture_format *format = capture_formats; format->name != NULL; format++)
        printf("%-8s %s\n         %s\n", format->name, format->summary, format->example);
}

static bool is_capture(const char *name)
{
    for (const struct capture_format *format = capture_formats; format->name != NULL; format++)
        if (strcmp(format->name, name) == 0)
            return true;
    report(NULL, 0, "--capture \"%s\": there is no such format; \"--capture help\" lists them",
           name);
    return false;
}

static bool is_thread_count(const char *value)
{
    char *end;
    const long count = strtol(value, &end, 10);
    if (*value >= '0' && *value <= '9' && *end == '\0' && count >= 1 && count <= 1024)
        return true;
    report(NULL, 0, "-j \"%s\": a number of threads from 1 to 1024 is needed", value);
    return false;
}

/* One option. Sets *ended if it has been answered on the spot. */
static bool take_option(struct options *options, int option, const char *value, bool *ended)
{
    static const char *const formats[] = {"text", "jsonl", "csv"};
    static const char *const colours[] = {"auto", "always", "never"};
    int choice;
    switch (option) {
    case 'f':
        choice = choose("--format", value, formats, 3);
        options->format = (enum output_format)(choice + 1);
        return choice >= 0;
    case 'o': options->output = value; return true;
    case 'j': return is_thread_count(value);
    case OPTION_CAPTURE:
        if (strcmp(value, "help") != 0)
            return is_capture(value);
        list_captures();
        *ended = true;
        return true;
    case OPTION_MODEM: options->modem = value; return true;
    case OPTION_MODEM_FROM_FILE: options->modem_from_file = true; return true;
    case OPTION_RAW: options->raw = true; return true;
    case OPTION_ALL: options->all = true; return true;
    case OPTION_STRICT: options->strict = true; return true;
    case OPTION_NO_PROGRESS: return true;
    case OPTION_COLOUR:
        choice = choose("--color", value, colours, 3);
        options->colour = (enum colour_choice)choice;
        return choice >= 0;
    case OPTION_VERSION:
        puts("sbfota " SBFOTA_VERSION);
        *ended = true;
        return true;
    case OPTION_HELP:
        help_print(options->command);
        *ended = true;
        return true;
    }
    return false;
}

static enum command find_command(const char *name)
{
    for (int command = COMMAND_NONE + 1; command < COMMANDS; command++)
        if (strcmp(name, command_names[command]) == 0)
            return (enum command)command;
    return COMMAND_NONE;
}

/* What getopt_long has refused. */
static void report_option(int argc, char **argv)
{
    const char *const word = argv[optind - 1 < argc ? optind - 1 : argc - 1];
    if (optopt != 0 && optopt < 256)
        report(NULL, 0, "-%c: there is no such option, or its value is missing; see sbfota --help",
               optopt);
    else
        report(NULL, 0, "%s: there is no such option, or its value is wrong; see sbfota --help",
               word);
}

bool options_read(struct options *options, int argc, char **argv, int *status)
{
    int first = 1;
    int option;
    bool ended = false;

    memset(options, 0, sizeof *options);
    *status = EXIT_TROUBLE;
    if (argc > 1 && argv[1][0] != '-') {
        options->command = find_command(argv[1]);
        if (options->command == COMMAND_NONE) {
            report(NULL, 0, "%s: there is no such command; see sbfota --help", argv[1]);
            return false;
        }
        first = 2;
    }
    /* getopt_long takes the word before the options for the program's name. */
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc - first + 1, argv + first - 1, "hf:o:j:", long_options,
                                 NULL)) != -1) {
        if (option == '?') {
            report_option(argc - first + 1, argv + first - 1);
            return false;
        }
        if (!take_option(options, option == 'h' ? OPTION_HELP : option, optarg, &ended))
            return false;
        if (ended) {
            *status = EXIT_DONE;
            return false;
        }
    }
    if (options->command == COMMAND_NONE) {
        report(NULL, 0, "a command is needed: decode, encode or explain; see sbfota --help");
        return false;
    }
    options->arguments = argv + first - 1 + optind;
    options->argument_count = argc - (first - 1) - optind;
    return true;
}
