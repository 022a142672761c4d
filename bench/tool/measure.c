/* SPDX-License-Identifier: MIT
 *
 * logs_measure: run commands round by round, and print what the best run of each took.
 *
 *     logs_measure ROUNDS <PLAN
 *
 * A row of PLAN is a log's name, a contender's name and the command's words, all split by tabs. Output goes nowhere.
 * Printed are the two names, the seconds of the best run, the processor's seconds in it, and the most memory that any run
 * had, in KiB. What takes long runs in the first rounds only. Each finds the log, its last word, in the same caches: it is read before, lest the first
 * contender of a log read it for the others. */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    COMMANDS_MAX = 256,
    WORDS_MAX = 24,
    EXIT_NOT_RUN = 127
};

/* A command that has had this long has had enough rounds. */
static const double SECONDS_MAX = 0.75;

struct command {
    char *log;
    char *contender;
    char *words[WORDS_MAX + 1];
    size_t count;   /* of the words */
    double seconds; /* of the best run */
    double processor;
    double total;
    long memory;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double in_seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

/* Output goes to /dev/zero, which swallows it as /dev/null does: with the latter, grep does not even search the file. */
static void become(char **words, FILE *said)
{
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(open("/dev/zero", O_WRONLY), STDOUT_FILENO);
    dup2(fileno(said), STDERR_FILENO);
    execvp(words[0], words);
    _exit(EXIT_NOT_RUN);
}

/* What a command has said goes on to who called. */
static void tell(FILE *said)
{
    int byte;
    rewind(said);
    while ((byte = getc(said)) != EOF)
        putc(byte, stderr);
}

/* That it cannot be read the command will say. */
static void read_through(const char *log)
{
    static char bytes[256 * 1024];
    const int fd = open(log, O_RDONLY);
    while (fd >= 0 && read(fd, bytes, sizeof bytes) > 0)
        ;
    close(fd);
}

/* 1 is no failure: nothing found, and what `said` has of that is for nobody. */
static bool run(struct command *command, FILE *said)
{
    struct rusage usage;
    int status;
    if (ftruncate(fileno(said), 0) != 0 || lseek(fileno(said), 0, SEEK_SET) != 0)
        return false;
    read_through(command->words[command->count - 1]);
    const double start = now();
    const pid_t child = fork();
    if (child == 0)
        become(command->words, said);
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        tell(said);
        return false;
    }
    const double seconds = now() - start;
    command->total += seconds;
    if (usage.ru_maxrss > command->memory)
        command->memory = usage.ru_maxrss;
    if (command->seconds > 0 && command->seconds <= seconds)
        return true;
    command->seconds = seconds;
    command->processor = in_seconds(usage.ru_utime) + in_seconds(usage.ru_stime);
    return true;
}

/* Take a row apart; it stays in memory. */
static bool read_command(struct command *command, char *row)
{
    size_t count = 0;
    row[strcspn(row, "\n")] = '\0';
    command->log = strtok(row, "\t");
    command->contender = strtok(NULL, "\t");
    while (count < WORDS_MAX && (command->words[count] = strtok(NULL, "\t")) != NULL)
        count++;
    command->count = count;
    return count > 0 && count < WORDS_MAX;
}

static size_t read_plan(struct command *commands)
{
    size_t count = 0;
    char *row = NULL;
    size_t room = 0;
    while (count < COMMANDS_MAX && getline(&row, &room, stdin) > 0) {
        if (!read_command(&commands[count++], row))
            return 0;
        row = NULL;
    }
    free(row);
    return count;
}

int main(int argc, char **argv)
{
    static struct command commands[COMMANDS_MAX];
    const size_t count = read_plan(commands);
    FILE *const said = tmpfile();
    if (argc != 2 || count == 0 || said == NULL) {
        fprintf(stderr, "usage: logs_measure ROUNDS <PLAN\n");
        return EXIT_FAILURE;
    }
    for (long round = strtol(argv[1], NULL, 10); round > 0; round--) {
        for (size_t i = 0; i < count; i++) {
            if (commands[i].total < SECONDS_MAX && !run(&commands[i], said)) {
                fprintf(stderr, "%s failed on %s\n", commands[i].contender, commands[i].log);
                return EXIT_FAILURE;
            }
        }
    }
    for (size_t i = 0; i < count; i++)
        printf("%s\t%s\t%.6f\t%.6f\t%ld\n", commands[i].log, commands[i].contender,
               commands[i].seconds, commands[i].processor, commands[i].memory);
    return EXIT_SUCCESS;
}
