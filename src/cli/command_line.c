/* SPDX-License-Identifier: MIT */
#include "cli/command_line.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/sbfota.h>

#include "cli/writing/error_line.h"
#include "log/text/clock.h"

enum {
    CHOICES_MOST = 8
};

struct option_choices {
    int option; /* 0: the last */
    const char *words[CHOICES_MOST];
};

struct command_row {
    const char *name;
    const struct option *options;
    const struct option_choices *choices;
    const char *letters;
    const char *help;
};

#include "options.inc"

const char *command_name(enum command command)
{
    return rows[command].name;
}

enum command command_find(const char *name)
{
    struct suggestion suggestion = suggestion_of(name, strlen(name));
    for (int command = COMMAND_NONE + 1; command < COMMANDS; command++) {
        if (strcmp(name, rows[command].name) == 0)
            return (enum command)command;
        suggestion_try(&suggestion, rows[command].name);
    }
    if (suggestion.best != NULL)
        error_line(NULL, 0, "%s: there is no such command; did you mean %s?", name,
                   suggestion.best);
    else
        error_line(NULL, 0, "%s: there is no such command; see sbfota --help", name);
    return COMMAND_NONE;
}

void help_print(enum command command)
{
    fputs(rows[command].help, stdout);
}

/* The name of an option, or "" if no command has it. */
static const char *name_of(int value)
{
    for (int command = COMMAND_NONE; command < COMMANDS; command++)
        for (const struct option *option = rows[command].options; option->name != NULL; option++)
            if (option->val == value)
                return option->name;
    return "";
}

/* The option's name, with two dashes before it. */
static const char *option_shown(int option)
{
    static char shown[32];
    if (option == OPTION_THREADS)
        return "-j"; /* as it is called everywhere */
    snprintf(shown, sizeof shown, "--%s", name_of(option));
    return shown;
}

/* Does the command know an option by its whole name, or by its letter? */
static bool knows(enum command command, const char *name, size_t length, int letter)
{
    for (const struct option *option = rows[command].options; option->name != NULL; option++)
        if (letter != 0 ? option->val == letter
                        : strlen(option->name) == length && memcmp(option->name, name, length) == 0)
            return true;
    return false;
}

/* Is it an option of other commands? Then say of which. */
static bool is_of_others(enum command command, const char *word, size_t length, int letter)
{
    char list[160] = "";
    size_t used = 0;
    const char *const name = letter != 0 ? word : word + 2;
    for (int other = COMMAND_NONE + 1; other < COMMANDS; other++)
        if (knows((enum command)other, name, length - (letter != 0 ? 0 : 2), letter) &&
            used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used == 0 ? "" : ", ",
                                     rows[other].name);
    if (used == 0)
        return false;
    if (command == COMMAND_NONE)
        error_line(NULL, 0, "%.*s: an option of %s; the command comes first", (int)length, word,
                   list);
    else
        error_line(NULL, 0, "%.*s: an option of %s, not of %s", (int)length, word, list,
                   rows[command].name);
    return true;
}

/* How many options a word may be the beginning of. */
static unsigned count_options(enum command command, const char *name, size_t length)
{
    unsigned count = 0;
    for (const struct option *option = rows[command].options; option->name != NULL; option++)
        count += strncmp(option->name, name, length) == 0;
    return count;
}

/* An option that this command does not know. */
static void refuse_unknown(enum command command, const char *word, bool is_long)
{
    const size_t length = is_long ? strcspn(word, "=") : 2;
    struct suggestion suggestion = suggestion_of(word + 2, length - 2);
    if (is_of_others(command, word, length, is_long ? 0 : word[1]))
        return;
    for (const struct option *option = rows[command].options; is_long && option->name != NULL;
         option++)
        suggestion_try(&suggestion, option->name);
    if (is_long && count_options(command, word + 2, length - 2) > 1)
        error_line(NULL, 0, "%s: there are several such options; see sbfota%s%s --help", word,
                   command == COMMAND_NONE ? "" : " ", rows[command].name);
    else if (suggestion.best != NULL)
        error_line(NULL, 0, "%s: there is no such option; did you mean --%s?", word,
                   suggestion.best);
    else
        error_line(NULL, 0, "%s: there is no such option; see sbfota%s%s --help", word,
                   command == COMMAND_NONE ? "" : " ", rows[command].name);
}

/* What getopt_long has refused. */
static void refuse(enum command command, int refusal, char **argv)
{
    const char *const word = argv[optind - 1];
    const char letter[] = {'-', (char)optopt, '\0'};
    const bool is_long = strncmp(word, "--", 2) == 0 && (optopt == 0 || name_of(optopt)[0] != '\0');
    if (refusal == ':')
        error_line(NULL, 0, "%s: a value is needed", is_long ? word : letter);
    else if (is_long && optopt != 0)
        error_line(NULL, 0, "--%s takes no value", name_of(optopt));
    else
        refuse_unknown(command, is_long ? word : letter, is_long);
}

bool command_line_read(enum command command, int argc, char **argv, take_option_fn *take,
                       void *context, int *status)
{
    const struct command_row *const row = &rows[command];
    int option;
    bool ended = false;
    *status = EXIT_TROUBLE;
    /* getopt_long takes the word before the options for the program's name. */
    opterr = 0;
    optind = 1;
    while (!ended && (option = getopt_long(argc, argv, row->letters, row->options, NULL)) != -1) {
        switch (option) {
        case '?':
        case ':': refuse(command, option, argv); return false;
        case OPTION_HELP:
            help_print(command);
            ended = true;
            break;
        case OPTION_VERSION:
            puts("sbfota " SBFOTA_VERSION);
            ended = true;
            break;
        default:
            if (optarg != NULL && *optarg == '\0')
                return option_refuse(option, optarg, "a value");
            if (!take(context, option, optarg, &ended))
                return false;
        }
    }
    if (ended)
        *status = EXIT_DONE;
    return !ended;
}

bool option_refuse(int option, const char *value, const char *needed)
{
    error_line(NULL, 0, "%s \"%s\": %s is needed", option_shown(option), value, needed);
    return false;
}

bool option_refuse_name(int option, const struct suggestion *word, const char *of)
{
    const char *const shown = option_shown(option);
    const int length = word->length < 64 ? (int)word->length : 64;
    if (word->best != NULL)
        error_line(NULL, 0, "%s \"%.*s\": there is no such %s; did you mean %s?", shown, length,
                   word->word, of, word->best);
    else
        error_line(NULL, 0, "%s \"%.*s\": there is no such %s; \"%s help\" lists them", shown,
                   length, word->word, of, shown);
    return false;
}

bool option_number(int option, const char *value, const char *of, long least, long most,
                   long *number)
{
    char needed[80];
    char *end;
    errno = 0;
    *number = strtol(value, &end, 10);
    if (((*value >= '0' && *value <= '9') || (*value == '-' && least < 0)) && *end == '\0' &&
        end[-1] != '-' && errno == 0 && *number >= least && *number <= most)
        return true;
    snprintf(needed, sizeof needed, "a number %sfrom %ld to %ld", of, least, most);
    return option_refuse(option, value, needed);
}

bool option_date(int option, const char *value, int64_t *milliseconds)
{
    struct clock_minute minute = {.milliseconds = 0};
    return clock_read((struct bytes){value, strlen(value)}, &minute, milliseconds) == CLOCK_EPOCH ||
           option_refuse(option, value, "a time such as 2026-01-31 or 2026-01-31T23:59:00Z");
}

int option_choose(enum command command, int option, const char *value)
{
    char list[160] = "";
    size_t used = 0;
    struct suggestion suggestion = suggestion_of(value, strlen(value));
    const struct option_choices *row = rows[command].choices;
    while (row->option != option && row->option != 0)
        row++;
    for (int i = 0; i < CHOICES_MOST && row->words[i] != NULL; i++) {
        if (strcmp(value, row->words[i]) == 0)
            return i;
        suggestion_try(&suggestion, row->words[i]);
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ",
                                     row->words[i]);
    }
    if (suggestion.best != NULL)
        error_line(NULL, 0, "%s \"%s\": there is no such one; did you mean %s? Choose from %s",
                   option_shown(option), value, suggestion.best, list);
    else
        error_line(NULL, 0, "%s \"%s\": there is no such one; choose from %s", option_shown(option),
                   value, list);
    return -1;
}
