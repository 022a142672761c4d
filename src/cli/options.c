/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sbfota/session.h>

#include "cli/command_line.h"
#include "cli/writing/error_line.h"
#include "log/text/clock.h"

static void list_fields(const char *what, enum field_role role)
{
    const char *name;
    int column = printf("%s:", what);
    for (size_t next = 0; (name = field_next_name(role, &next)) != NULL;) {
        if (column + 1 + (int)strlen(name) > 100)
            column = printf("\n    ") - 1;
        column += printf(" %s", name);
    }
    putchar('\n');
}

static void list_captures(void)
{
    for (const struct capture_form *form = capture_forms; form->name != NULL; form++)
        printf("%-13s %s\n              %s\n", form->name, form->summary, form->example);
    puts("\nNames of fields in JSON, logfmt and CSV, the best first; upper and lower case are "
         "alike:");
    list_fields("text", FIELD_TEXT);
    list_fields("time", FIELD_TIME);
    list_fields("modem", FIELD_MODEM);
    list_fields("the modem too, if they differ", FIELD_SOURCE);
    list_fields("direction", FIELD_DIRECTION);
}

static bool choose_capture(struct options *options, const char *name)
{
    options->capture.form = capture_form_find(name);
    if (options->capture.form != NULL)
        return true;
    struct suggestion suggestion = suggestion_of(name, strlen(name));
    for (const struct capture_form *form = capture_forms; form->name != NULL; form++)
        suggestion_try(&suggestion, form->name);
    return option_refuse_name(OPTION_CAPTURE, &suggestion, "form");
}

/* A number of something from 1 to `most`. */
static bool read_number(int option, const char *value, const char *of, long most, unsigned *number)
{
    long read;
    if (!option_number(option, value, of, 1, most, &read))
        return false;
    *number = (unsigned)read;
    return true;
}

/* One word of a list that ends at `length`: its number among the names, or -1. */
static int find_name(const char *(*name_of)(unsigned number), const char *word, size_t length)
{
    const char *name;
    for (unsigned number = 0; (name = name_of(number)) != NULL; number++)
        if (strlen(name) == length && memcmp(name, word, length) == 0)
            return (int)number;
    return -1;
}

/* Add names of a kind to a list that ends at `used`, and to what may have been meant: where the list ends then. */
static size_t list_names(char *list, size_t size, size_t used, const char *(*name_of)(unsigned),
                         struct suggestion *suggestion)
{
    const char *name;
    for (unsigned number = 0; (name = name_of(number)) != NULL; number++) {
        used += (size_t)snprintf(list + used, size - used, "%s%s", used == 0 ? "" : ", ", name);
        suggestion_try(suggestion, name);
    }
    return used;
}

/* Say that a word is none of the names; those of both kinds, if there are two. */
static bool refuse_name(const char *option, const char *value, struct suggestion word,
                        const char *(*first)(unsigned), const char *(*second)(unsigned))
{
    char list[400] = "";
    const size_t used = list_names(list, sizeof list, 0, first, &word);
    if (second != NULL)
        list_names(list, sizeof list, used, second, &word);
    if (word.best != NULL)
        error_line(NULL, 0, "%s \"%s\": did you mean %s? Choose from %s", option, value, word.best,
                   list);
    else
        error_line(NULL, 0, "%s \"%s\": choose from %s", option, value, list);
    return false;
}

/* Names of one or two kinds with commas between, as a set of bits for each kind. */
static bool read_names(const char *option, const char *value, const char *(*first)(unsigned),
                       unsigned *firsts, const char *(*second)(unsigned), unsigned *seconds)
{
    for (const char *next = value;;) {
        const size_t length = strcspn(next, ",");
        const int number = find_name(first, next, length);
        const int other = second == NULL ? -1 : find_name(second, next, length);
        if (number < 0 && other < 0)
            return refuse_name(option, value, suggestion_of(next, length), first, second);
        if (number >= 0)
            *firsts |= 1U << number;
        if (other >= 0)
            *seconds |= 1U << other;
        if (next[length] == '\0')
            return true;
        next += length + 1;
    }
}

/* How long: a number and a unit. */
static bool read_duration(const char *option, const char *value, int64_t *milliseconds)
{
    static const struct {
        const char *unit;
        int64_t seconds;
    } units[] = {{"s", 1}, {"min", 60}, {"h", 3600}, {"d", 86400}, {"w", 604800}};
    const size_t digits = strspn(value, "0123456789");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (digits == 0 || digits > 6 || strcmp(value + digits, units[i].unit) != 0)
            continue;
        *milliseconds = strtol(value, NULL, 10) * units[i].seconds * 1000;
        return true;
    }
    error_line(NULL, 0, "%s \"%s\": a number with s, min, h, d or w is needed, such as 14d", option,
               value);
    return false;
}

/* One option. Sets *ended if it has been answered on the spot. */
static bool take_option(void *context, int option, const char *value, bool *ended)
{
    struct options *const options = context;
    int choice;
    if (options->command == COMMAND_WATCH && option == OPTION_UNTIL)
        return watch_take_option(options, option, value, ended);
    switch (option) {
    case OPTION_FORMAT:
        choice = option_choose(options->command, option, value);
        options->format = (enum output_format)(choice + 1);
        return choice >= 0;
    case OPTION_OUTPUT: options->output = strcmp(value, "-") == 0 ? NULL : value; return true;
    case OPTION_THREADS:
        return read_number(option, value, "of threads ", 1024, &options->capture.threads);
    case OPTION_RECURSIVE: options->capture.recursive = true; return true;
    case OPTION_QUIET: options->quiet = true; return true;
    case OPTION_CAPTURE:
        if (strcmp(value, "help") != 0)
            return choose_capture(options, value);
        list_captures();
        *ended = true;
        return true;
    case OPTION_FIELD: options->capture.names.text = value; return true;
    case OPTION_TIME_FIELD: options->capture.names.time = value; return true;
    case OPTION_MODEM_FIELD: options->capture.names.modem = value; return true;
    case OPTION_TOP: return read_number(option, value, "of modems ", 1000000, &options->top);
    case OPTION_FLEET: options->fleet = true; return true;
    case OPTION_OUTCOME:
        return read_names("--outcome", value, sbfota_outcome_name, &options->sessions.outcomes,
                          NULL, NULL);
    case OPTION_SINCE: return option_date(option, value, &options->sessions.since);
    case OPTION_UNTIL: return option_date(option, value, &options->sessions.until);
    case OPTION_STATE:
        return read_names("--state", value, sbfota_phase_name, &options->modems.phases,
                          sbfota_outcome_name, &options->modems.outcomes);
    case OPTION_POWER:
        return read_names("--power", value, sbfota_power_name, &options->modems.powers, NULL, NULL);
    case OPTION_SILENT: return read_duration("--silent", value, &options->modems.silent);
    case OPTION_NOT_UPDATED: options->modems.not_updated = true; return true;
    case OPTION_NOW: return option_date(option, value, &options->now);
    case OPTION_AGO: options->ago = true; return true;
    case OPTION_WORST_FIRST: options->sessions.worst_first = true; return true;
    case OPTION_MODEM: options->capture.modem = value; return true;
    case OPTION_AS_NAMED: options->capture.as_named = true; return true;
    case OPTION_MODEM_FROM_FILE: options->capture.modem_from_file = true; return true;
    case OPTION_MODEM_TOKEN:
        if (strlen(value) > 2 || strspn(value, "0123456789") != strlen(value) || *value == '\0') {
            error_line(NULL, 0,
                       "--modem-token \"%s\": which word or number of a line names its modem, "
                       "from 1; 0 for none",
                       value);
            return false;
        }
        options->capture.modem_token = (int)strtol(value, NULL, 10);
        return true;
    case OPTION_LIVE: options->capture.live = true; return true;
    case OPTION_VERBOSE: options->capture.verbose = true; return true;
    case OPTION_RAW: options->raw = true; return true;
    case OPTION_ALL: options->capture.all = true; return true;
    case OPTION_STRICT: options->strict = true; return true;
    case OPTION_NO_PROGRESS: options->no_progress = true; return true;
    case OPTION_COLOR:
        choice = option_choose(options->command, option, value);
        options->colour = (enum colour_choice)choice;
        return choice >= 0;
    }
    return options->command == COMMAND_WATCH && watch_take_option(options, option, value, ended);
}

/* As many threads as there are processors, up to what reading still gains from. */
static unsigned default_threads(void)
{
    const long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > 8 ? 8 : (unsigned)count;
}

/* A negative number, and a line that begins as an item of a list. */
static bool is_no_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' &&
           (word[1] == ' ' || word[1 + strspn(word + 1, "0123456789")] == '\0');
}

/* Move words that begin as options do and are none behind all others. How many they are. */
static int move_no_options(int argc, char **argv)
{
    int moved = 0;
    for (int i = 0; i < argc - moved;) {
        char *const word = argv[i];
        if (!is_no_option(word)) {
            i++;
            continue;
        }
        memmove(argv + i, argv + i + 1, (size_t)(argc - i - 1) * sizeof *argv);
        argv[argc - 1] = word;
        moved++;
    }
    return moved;
}

bool options_colour(const struct options *options, const struct output *output)
{
    const char *const no_colour = getenv("NO_COLOR");
    if (options->colour != COLOUR_AUTOMATIC)
        return options->colour == COLOUR_ALWAYS;
    return output->terminal && (no_colour == NULL || no_colour[0] == '\0');
}

/* The format that a file's name ends in, if the command has it. */
static enum output_format format_by_ending(enum command command, const char *name)
{
    static const struct {
        const char *ending;
        enum output_format format;
    } endings[] = {
        {".txt", OUTPUT_TEXT},    {".jsonl", OUTPUT_JSONL},  {".csv", OUTPUT_CSV},
        {".arrow", OUTPUT_ARROW}, {".arrows", OUTPUT_ARROW}, {".parquet", OUTPUT_PARQUET},
    };
    const bool records =
        command == COMMAND_DECODE || command == COMMAND_SESSIONS || command == COMMAND_MODEMS;
    const char *const ending = name == NULL ? NULL : strrchr(name, '.');
    for (size_t i = 0; ending != NULL && i < sizeof endings / sizeof endings[0]; i++)
        if (strcmp(ending, endings[i].ending) == 0 &&
            (records || endings[i].format <= OUTPUT_JSONL))
            return endings[i].format;
    return OUTPUT_AUTOMATIC;
}

/* sbfota help [COMMAND]. Returns false: there is nothing more to do. */
static bool answer_help(const struct options *options, int *status)
{
    enum command command = COMMAND_NONE;
    if (options->argument_count > 1) {
        error_line(NULL, 0, "help: one command at a time");
        return false;
    }
    if (options->argument_count == 1) {
        command = command_find(options->arguments[0]);
        if (command == COMMAND_NONE)
            return false;
    }
    help_print(command);
    *status = EXIT_DONE;
    return false;
}

bool options_read(struct options *options, int argc, char **argv, int *status)
{
    int first = 1;

    memset(options, 0, sizeof *options);
    options->capture.threads = default_threads();
    options->capture.modem_token = CAPTURE_TOKEN_LEARNED;
    options->top = 10;
    options->sessions.since = INT64_MIN;
    options->sessions.until = INT64_MAX;
    options->now = INT64_MIN;
    *status = EXIT_TROUBLE;
    if (argc > 1 && argv[1][0] != '-') {
        options->command = command_find(argv[1]);
        if (options->command == COMMAND_NONE)
            return false;
        first = 2;
    }
    if (options->command == COMMAND_WATCH)
        watch_options_begin(options, argc - 1, argv + 1);
    const int numbers = options->command == COMMAND_EXPLAIN ? move_no_options(argc, argv) : 0;
    if (!command_line_read(options->command, argc - numbers - first + 1, argv + first - 1,
                           take_option, options, status))
        return false;
    *status = EXIT_TROUBLE;
    if (options->command == COMMAND_NONE) {
        error_line(NULL, 0,
                   "a command is needed: decode, sessions, stats, modems, report, encode, "
                   "explain, watch or simulate; see sbfota --help");
        return false;
    }
    if (options->sessions.since > options->sessions.until) {
        error_line(NULL, 0, "--since is later than --until: there is nothing between them");
        return false;
    }
    if (options->format == OUTPUT_AUTOMATIC)
        options->format = format_by_ending(options->command, options->output);
    options->capture.output = (struct input_output){options->output, STDOUT_FILENO};
    options->arguments = argv + first - 1 + optind;
    options->argument_count = argc - (first - 1) - optind;
    if (options->command == COMMAND_WATCH)
        return watch_options_check(options);
    return options->command != COMMAND_HELP || answer_help(options, status);
}
