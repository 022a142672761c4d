/* SPDX-License-Identifier: MIT
 *
 * module SBFOTAD: a simulated module on a pseudo-terminal, and the daemon of examples/linux-daemon at its other end, restarted
 * in the middle. Tells where the dialogue went wrong. */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum {
    PATIENCE = 20000 /* milliseconds until something must have come, on a busy machine */
};

#define URC(text) "\r\n+QIND: \"SBFOTA\"," text "\r\n"
#define QUERY "AT+QCFGEXT=\"sbfota_delay\"\r"

static int port, told; /* ours of the pseudo-terminal; what the daemon tells */
static pid_t daemon_id;
static const char *daemon_path, *folder, *port_name;
static unsigned step;

/* The module. */
static unsigned delay, accepted;
static bool waits; /* to update */

static void fail(const char *what, const char *got)
{
    fprintf(stderr, "step %u: %s, got \"%s\"\n", step, what, got);
    kill(daemon_id, SIGKILL);
    exit(EXIT_FAILURE);
}

static void start_daemon(void)
{
    char state[512], script[512];
    int ends[2];
    snprintf(state, sizeof state, "%s/state", folder);
    snprintf(script, sizeof script, "test -e %s/stopped", folder);
    if (pipe(ends) != 0)
        exit(EXIT_FAILURE);
    daemon_id = fork();
    if (daemon_id == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(port);
        execl(daemon_path, daemon_path, port_name, state, script, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    told = ends[0];
}

static void stop_daemon(void)
{
    kill(daemon_id, SIGKILL); /* the worst that may happen to it */
    waitpid(daemon_id, NULL, 0);
    close(told);
}

static void send(const char *text)
{
    if (write(port, text, strlen(text)) != (ssize_t)strlen(text))
        fail("cannot send", text);
}

/* What the module does with a command. */
static void take_command(const char *command)
{
    char response[64];
    if (strcmp(command, QUERY) == 0) {
        snprintf(response, sizeof response, "\r\n+QCFGEXT: \"sbfota_delay\",%u\r\n\r\nOK\r\n",
                 delay);
        send(response);
    } else if (strcmp(command, "AT+QCFGEXT=\"sbfota_delay\",30\r") == 0) {
        delay = 30;
        send("\r\nOK\r\n");
    } else if (strcmp(command, "AT+QCFGEXT=\"sbfota_accept\",1\r") == 0) {
        accepted++;
        send(waits ? "\r\nOK\r\n" : "\r\nERROR\r\n");
    } else {
        fail("no command of ours", command);
    }
}

static void read_command(void)
{
    static char command[256];
    static size_t length;
    if (length == sizeof command - 1 || read(port, command + length, 1) != 1)
        fail("no command", command);
    command[++length] = '\0';
    if (command[length - 1] != '\r')
        return;
    length = 0;
    take_command(command);
}

/* Be the module until the daemon has told this, or for so many milliseconds. */
static void run_until(const char *text, int patience)
{
    char got[4096] = "";
    size_t length = 0;
    step++;
    for (;;) {
        struct pollfd ready[] = {{.fd = port, .events = POLLIN}, {.fd = told, .events = POLLIN}};
        if (text != NULL && strstr(got, text) != NULL)
            return;
        if (poll(ready, 2, patience) <= 0 || length == sizeof got - 1) {
            if (text != NULL)
                fail(text, got);
            return;
        }
        if (ready[0].revents & POLLIN)
            read_command();
        if (ready[1].revents & POLLIN) {
            if (read(told, got + length, 1) != 1) /* what is behind it is for the next */
                fail("the daemon has ended", got);
            got[++length] = '\0';
        }
    }
}

static void expect(const char *text)
{
    run_until(text, PATIENCE);
}

static void expect_equal(unsigned got, unsigned expected, const char *what)
{
    char number[16];
    snprintf(number, sizeof number, "%u", got);
    if (got != expected)
        fail(what, number);
}

int main(int argc, char **argv)
{
    char stopped[512];
    if (argc != 3)
        return fprintf(stderr, "usage: module SBFOTAD FOLDER\n"), 2;
    daemon_path = argv[1];
    folder = argv[2];
    port = posix_openpt(O_RDWR | O_NOCTTY);
    if (port < 0 || grantpt(port) != 0 || unlockpt(port) != 0)
        return perror("pty"), EXIT_FAILURE;
    port_name = ptsname(port);
    /* Held open, so that a daemon that is down does not hang up the line, and without an echo of the terminal's own. */
    const int held = open(port_name, O_RDWR | O_NOCTTY);
    struct termios line;
    if (held < 0 || tcgetattr(held, &line) != 0)
        return perror(port_name), EXIT_FAILURE;
    line.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
    line.c_iflag &= ~(tcflag_t)(ICRNL | IXON);
    line.c_oflag &= ~(tcflag_t)OPOST;
    tcsetattr(held, TCSANOW, &line);
    snprintf(stopped, sizeof stopped, "%s/stopped", folder);

    start_daemon();
    send("\r\nRDY\r\n\r\nAPP RDY\r\n" URC("\"polling_time\",407"));
    expect("power may be cut");
    run_until(NULL, 3000);
    expect_equal(delay, 30, "the delay was not set");
    send(URC("\"HTTPSTART\"") URC("\"DOWNLOADING\",10%"));
    expect("download, power must stay on");
    stop_daemon();

    /* A daemon that comes back knows where the module was. */
    start_daemon();
    expect("download, power must stay on");
    waits = true;
    send(URC("\"HTTPEND\",0") URC("\"UPDATE_TIMEOUT\",30"));
    expect("delay, power must stay on");
    run_until(NULL, 2500);
    expect_equal(accepted, 0, "accepted, though the script says no");
    FILE *const file = fopen(stopped, "w");
    if (file == NULL || fclose(file) != 0)
        fail("cannot write", stopped);
    run_until(NULL, 2500);
    expect_equal(accepted, 1, "accepted once");
    waits = false;
    send(URC("\"START\"") URC("\"UPDATING\",50%"));
    expect("update, power must stay on");
    send(URC("\"RESTORE\",100%") URC("\"END\",0") "\r\nRDY\r\n\r\nAPP RDY\r\n");
    send(URC("\"report_result\",\"start\"") URC("\"report_result\",\"end\",0"));
    send(URC("\"polling_time\",1220654"));
    expect("report, power may be cut");
    expect_equal(accepted, 1, "accepted once");
    stop_daemon();
    close(held);
    printf("the daemon did all of it, restarted in the middle\n");
    return 0;
}
