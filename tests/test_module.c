/* SPDX-License-Identifier: MIT
 *
 * The simulated module: what it says of itself is the procedure of the note (source: 2, 4, 5). */
#include <criterion/criterion.h>

#include <stdio.h>

#include <sbfota/session.h>
#include <sbfota/texts.h>

#include "simulate/module.h"

enum {
    TEXT_MAX = 4096
};

/* A module, and what it has said: the names of its messages, one for several percentages. */
struct listener {
    struct module module;
    struct sbfota_parser parser;
    struct sbfota_session session;
    int64_t now;
    unsigned last; /* kind */
    char text[TEXT_MAX];
    uint64_t sum; /* of all bytes and times */
};

static bool has_code(unsigned kind)
{
    return sbfota_table_of_kind(kind) != SBFOTA_CODE_TABLE_NONE;
}

static void note(struct listener *listener, const struct sbfota_event *event)
{
    struct sbfota_change change;
    const size_t used = strlen(listener->text);
    sbfota_session_feed(&listener->session, event, listener->now, &change);
    cr_expect_eq(event->flags, 0, "%s", sbfota_message(event->kind)->name);
    if (event->kind == SBFOTA_OTHER || event->kind == SBFOTA_BLANK ||
        (event->kind == listener->last &&
         sbfota_message(event->kind)->argument == SBFOTA_ARGUMENT_PERCENT))
        return;
    listener->last = event->kind;
    snprintf(listener->text + used, TEXT_MAX - used, "%s%s", used > 0 ? " " : "",
             sbfota_message(event->kind)->name);
    if (has_code(event->kind) || event->kind == SBFOTA_UPDATE_TIMEOUT ||
        event->kind == SBFOTA_DELAY)
        snprintf(listener->text + strlen(listener->text), 16, "=%d", (int)event->value);
}

static void listen_until(struct listener *listener, int64_t end)
{
    char bytes[80];
    for (;;) {
        const size_t length = module_send(&listener->module, listener->now, bytes, sizeof bytes);
        for (size_t i = 0; i < length; i++)
            listener->sum = (listener->sum ^ (unsigned char)bytes[i]) * 0x100000001b3U;
        for (size_t used = 0; used < length;) {
            struct sbfota_event event;
            used += sbfota_parse(&listener->parser, bytes + used, length - used, &event);
            if (event.kind != SBFOTA_NONE)
                note(listener, &event);
        }
        if (length > 0)
            continue;
        const int64_t due = module_due(&listener->module);
        if (due > end)
            break;
        listener->now = due;
        listener->sum = (listener->sum ^ (uint64_t)due) * 0x100000001b3U;
    }
    listener->now = end;
}

/* Listen until it is in a phase, for a day at most. */
static void listen_to_phase(struct listener *listener, unsigned phase)
{
    const int64_t end = listener->now + 86400000;
    while (listener->module.phase != phase && listener->now < end)
        listen_until(listener, listener->now + 100);
    cr_assert_eq(listener->module.phase, phase);
}

static void send_line(struct listener *listener, const char *command)
{
    module_receive(&listener->module, command, strlen(command), listener->now);
    module_receive(&listener->module, "\r", 1, listener->now);
}

/* All that it says in the next 300 ms. */
static void answer_of(struct listener *listener, char *got, size_t capacity)
{
    size_t length = 0, more;
    for (const int64_t end = listener->now + 300; listener->now < end; listener->now++)
        while ((more = module_send(&listener->module, listener->now, got + length,
                                   capacity - 1 - length)) > 0)
            length += more;
    got[length] = '\0';
}

static void begin(struct listener *listener, const struct module_options *options)
{
    memset(listener, 0, sizeof *listener);
    module_init(&listener->module, options, 0);
    sbfota_parser_init(&listener->parser);
    sbfota_session_init(&listener->session);
    module_power(&listener->module, true, 0);
}

#define BOOT "rdy app_rdy "
#define UPDATED "http_start downloading http_end=0 start updating restore end=0 "
#define REPORT BOOT "report_start report_end=0 polling_time"

Test(procedure, is_that_of_the_note)
{
    static const struct {
        const char *name;
        struct module_options options;
        const char *expected;
    } cases[] = {
        {"all goes well", {.seed = 1}, BOOT "polling_time " UPDATED REPORT},
        {"the download fails",
         {.seed = 2, .http_code = 702},
         BOOT "polling_time http_start downloading http_end=702 polling_time"},
        {"the update fails",
         {.seed = 3, .update_code = 504},
         BOOT "polling_time http_start downloading http_end=0 start updating end=504 " REPORT},
        {"the restore fails",
         {.seed = 4, .update_code = 510},
         BOOT
         "polling_time http_start downloading http_end=0 start updating restore end=510 " REPORT},
        {"the report fails",
         {.seed = 5, .report_code = 808},
         BOOT "polling_time " UPDATED BOOT "report_start report_end=808 polling_time"},
        {"nothing new", {.seed = 6, .up_to_date = true}, BOOT "polling_time polling_time"},
        {"no network", {.seed = 7, .unregistered = true}, BOOT "polling_error=-1 polling_time"},
        {"another operator's card",
         {.seed = 8, .sim = MODULE_SIM_ANOTHER},
         BOOT "polling_time polling_error=-2"},
        {"no card", {.seed = 9, .sim = MODULE_SIM_NONE}, BOOT "polling_error=-3 polling_time"},
        {"roaming", {.seed = 10, .roaming = true}, BOOT "polling_time polling_error=-4"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct listener listener;
        begin(&listener, &cases[i].options);
        listener.module.poll_due = 600000;
        listen_until(&listener, (int64_t)86400 * 1000);
        cr_expect_str_eq(listener.text, cases[i].expected, "%s\n  expected %s\n  got      %s",
                         cases[i].name, cases[i].expected, listener.text);
        cr_expect_eq(listener.module.lines_dropped, 0);
    }
}

/* The first timer is random, between 14 and 15 days; the next as well, from the poll on (source: 2). */
Test(procedure, polls_every_fortnight)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        static struct listener listener;
        const struct module_options options = {.seed = seed, .up_to_date = true};
        int64_t earliest, latest;
        begin(&listener, &options);
        listen_until(&listener, (int64_t)15 * 86400 * 1000 - 1);
        cr_expect_str_eq(listener.text, BOOT "polling_time polling_time", "%s", listener.text);
        cr_assert(sbfota_session_next_poll(&listener.session, &earliest, &latest));
        cr_expect(earliest >= (int64_t)28 * 86400 * 1000 - 1000 &&
                  earliest <= (int64_t)30 * 86400 * 1000);
    }
}

/* What a loss of power does, by phase (source: 5.3, note 2). */
Test(power, is_lost)
{
    static const struct {
        unsigned phase;
        const char *expected;
    } cases[] = {
        {MODULE_IDLE, BOOT "polling_time " BOOT "polling_time " UPDATED REPORT},
        {MODULE_DOWNLOADING, BOOT "polling_time http_start downloading " BOOT "polling_time"},
        {MODULE_UPDATING,
         BOOT "polling_time http_start downloading http_end=0 start updating " BOOT "polling_time"},
        {MODULE_RESTORING,
         BOOT "polling_time http_start downloading http_end=0 start updating restore " BOOT
              "resume restore end=0 " REPORT},
        {MODULE_ENDED, BOOT "polling_time " UPDATED REPORT},
        {MODULE_REPORTING, BOOT "polling_time " UPDATED BOOT "report_start " BOOT "polling_time"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct listener listener;
        const struct module_options options = {.seed = 11 + i};
        begin(&listener, &options);
        listen_to_phase(&listener, MODULE_IDLE);
        listener.module.poll_due = listener.module.due = listener.now + 60000;
        listen_to_phase(&listener, cases[i].phase);
        if (cases[i].phase == MODULE_DOWNLOADING || cases[i].phase == MODULE_UPDATING)
            while (listener.module.percent == 0)
                listen_until(&listener, listener.now + 100);
        listen_until(&listener, listener.now + 10);
        module_power(&listener.module, false, listener.now);
        listen_until(&listener, listener.now + 10000);
        module_power(&listener.module, true, listener.now);
        listen_until(&listener, listener.now + 86400000);
        cr_expect_str_eq(listener.text, cases[i].expected, "phase %u\n  expected %s\n  got      %s",
                         cases[i].phase, cases[i].expected, listener.text);
    }
}

Test(accept, between_update_timeout_and_start)
{
    for (unsigned phase = MODULE_IDLE; phase <= MODULE_REPORTING; phase++) {
        static struct listener listener;
        const struct module_options options = {.seed = phase};
        begin(&listener, &options);
        listen_to_phase(&listener, MODULE_IDLE);
        send_line(&listener, "AT+QCFGEXT=\"sbfota_delay\",30");
        listener.module.poll_due = listener.module.due = listener.now + 60000;
        listen_to_phase(&listener, phase);
        send_line(&listener, "AT+QCFGEXT=\"sbfota_accept\",1");
        const int64_t sent = listener.now;
        cr_expect_eq(listener.module.accepts, phase == MODULE_WAITING);
        if (phase != MODULE_WAITING)
            continue;
        listen_to_phase(&listener, MODULE_UPDATING);
        cr_expect_leq(listener.now, sent + 1000);
    }
}

/* What is sent, and the whole answer; \r and \n as they are. */
Test(commands, are_answered)
{
    static const struct {
        const char *command;
        const char *answer;
    } cases[] = {
        {"AT", "AT\r\r\nOK\r\n"},
        {"at+csq", "at+csq\r\r\n+CSQ: 22,99\r\n\r\nOK\r\n"},
        {"AT+NONE", "AT+NONE\r\r\nERROR\r\n"},
        {"AT+QCFGEXT=\"sbfota_delay\"",
         "AT+QCFGEXT=\"sbfota_delay\"\r\r\n+QCFGEXT: \"sbfota_delay\",0\r\n\r\nOK\r\n"},
        {"AT+QCFGEXT=\"sbfota_delay\",60", "AT+QCFGEXT=\"sbfota_delay\",60\r\r\nOK\r\n"},
        {"AT+QCFGEXT=\"sbfota_delay\",61", "AT+QCFGEXT=\"sbfota_delay\",61\r\r\nERROR\r\n"},
        {"AT+QCFGEXT=\"sbfota_delay\"",
         "AT+QCFGEXT=\"sbfota_delay\"\r\r\n+QCFGEXT: \"sbfota_delay\",60\r\n\r\nOK\r\n"},
        {"AT+QCFGEXT=\"sbfota_accept\",1", "AT+QCFGEXT=\"sbfota_accept\",1\r\r\nERROR\r\n"},
        {"AT+QCFGEXT=?", "AT+QCFGEXT=?\r\r\n+QCFGEXT: \"sbfota_delay\",(0-60)\r\n\r\n"
                         "+QCFGEXT: \"sbfota_accept\",(1)\r\n\r\nOK\r\n"},
        {"ATE0", "ATE0\r\r\nOK\r\n"},
        {"AT", "\r\nOK\r\n"},
        {"AT+CMEE=1", "\r\nOK\r\n"},
        {"AT+CMEE?", "\r\n+CMEE: 1\r\n\r\nOK\r\n"},
        {"AT+NONE", "\r\n+CME ERROR: 3\r\n"},
        {"AT+CMEE=2", "\r\nOK\r\n"},
        {"AT+CMEE=3", "\r\n+CME ERROR: operation not allowed\r\n"},
        {"ate1", "\r\nOK\r\n"},
        {"AT+CPIN?", "AT+CPIN?\r\r\n+CPIN: READY\r\n\r\nOK\r\n"},
        {"AT+COPS=0", "AT+COPS=0\r\r\nOK\r\n"},
        {"at+cgdcont=1,\"IP\"", "at+cgdcont=1,\"IP\"\r\r\nOK\r\n"},
        {"AT+COPS=", "AT+COPS=\r\r\n+CME ERROR: operation not allowed\r\n"},
        {"AT+QPOWD", "AT+QPOWD\r\r\nOK\r\n\r\nPOWERED DOWN\r\n"},
        {"AT", ""},
    };
    static struct listener listener;
    const struct module_options options = {.seed = 1};
    begin(&listener, &options);
    listen_to_phase(&listener, MODULE_IDLE);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char got[512];
        send_line(&listener, cases[i].command);
        answer_of(&listener, got, sizeof got);
        cr_expect_str_eq(got, cases[i].answer, "%s: %s", cases[i].command, got);
    }
    cr_expect_eq(listener.module.overlaps, 0);
}

/* What the card and the network tell, without an echo. */
Test(commands, are_answered_as_card_and_network_are)
{
    static const struct {
        struct module_options options;
        const char *command;
        const char *answer;
    } cases[] = {
        {{.roaming = false}, "AT+CEREG?", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n"},
        {{.roaming = true}, "AT+CEREG?", "\r\n+CEREG: 0,5\r\n\r\nOK\r\n"},
        {{.sim = MODULE_SIM_ANOTHER}, "AT+CREG?", "\r\n+CREG: 0,5\r\n\r\nOK\r\n"},
        {{.unregistered = true}, "AT+CREG?", "\r\n+CREG: 0,2\r\n\r\nOK\r\n"},
        {{.unregistered = true}, "AT+CSQ", "\r\n+CSQ: 99,99\r\n\r\nOK\r\n"},
        {{.sim = MODULE_SIM_NONE}, "AT+COPS?", "\r\n+COPS: 0\r\n\r\nOK\r\n"},
        {{.sim = MODULE_SIM_NONE}, "AT+CPIN?", "\r\n+CME ERROR: SIM not inserted\r\n"},
        {{.sim = MODULE_SIM_NONE}, "AT+CIMI", "\r\n+CME ERROR: SIM not inserted\r\n"},
        {{.sim = MODULE_SIM_ANOTHER}, "AT+CPIN?", "\r\n+CPIN: READY\r\n\r\nOK\r\n"},
        {{.sim = MODULE_SIM_ANOTHER}, "AT+CIMI", "\r\n001010000000007\r\n\r\nOK\r\n"},
        {{.sim = MODULE_SIM_SOFTBANK}, "AT+CIMI", "\r\n440200000000007\r\n\r\nOK\r\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct listener listener;
        struct module_options options = cases[i].options;
        char got[256];
        options.no_echo = true;
        begin(&listener, &options);
        listen_to_phase(&listener, MODULE_IDLE);
        send_line(&listener, "AT+CMEE=2");
        listen_until(&listener, listener.now + 300);
        send_line(&listener, cases[i].command);
        answer_of(&listener, got, sizeof got);
        cr_expect_str_eq(got, cases[i].answer, "%s: %s", cases[i].command, got);
    }
}

/* It sleeps a minute after it was last busy, and wakes with a boot; the poll that was due meanwhile is made then. */
Test(psm, sleeps_and_wakes)
{
    static struct listener listener;
    const struct module_options options = {.seed = 1, .psm = 3600, .up_to_date = true};
    begin(&listener, &options);
    listener.module.poll_due = 5400000; /* half past one */
    listen_until(&listener, 1800000);
    cr_expect_str_eq(listener.text, BOOT "polling_time");
    cr_expect_eq(listener.module.phase, MODULE_OFF);
    listen_until(&listener, 4500000);
    cr_expect_str_eq(listener.text, BOOT "polling_time " BOOT "polling_time");
    listen_until(&listener, 9000000);
    cr_expect_str_eq(listener.text,
                     BOOT "polling_time " BOOT "polling_time " BOOT "polling_time polling_time");
    cr_expect_gt(listener.module.poll_due, (int64_t)14 * 86400000, "it has polled");
}

Test(psm, is_put_off_by_commands)
{
    static struct listener listener;
    const struct module_options options = {.seed = 1, .psm = 3600};
    begin(&listener, &options);
    listen_to_phase(&listener, MODULE_IDLE);
    for (unsigned i = 0; i < 10; i++) {
        listen_until(&listener, listener.now + 50000);
        cr_expect_eq(listener.module.phase, MODULE_IDLE);
        send_line(&listener, "AT");
    }
    listen_until(&listener, listener.now + 70000);
    cr_expect_eq(listener.module.phase, MODULE_OFF);
}

/* A fault that was asked for happens so often, or for so long, and then no more. */
Test(faults, happen_as_asked_for)
{
    static struct listener listener;
    const struct module_options options = {.seed = 1, .no_echo = true};
    char got[64];
    begin(&listener, &options);
    listen_to_phase(&listener, MODULE_IDLE);
    module_force(&listener.module, MODULE_REFUSING, 2, 0);
    for (unsigned i = 0; i < 4; i++) {
        send_line(&listener, "AT");
        answer_of(&listener, got, sizeof got);
        cr_expect_str_eq(got, i < 2 ? "\r\nERROR\r\n" : "\r\nOK\r\n", "%u: %s", i, got);
    }
    module_force(&listener.module, MODULE_MUTE, 0, listener.now + 500);
    for (unsigned i = 0; i < 4; i++) {
        send_line(&listener, "AT");
        answer_of(&listener, got, sizeof got);
        cr_expect_str_eq(got, i < 2 ? "" : "\r\nOK\r\n", "%u: %s", i, got);
    }
}

Test(module, is_the_same_each_time)
{
    uint64_t sums[2] = {0};
    for (unsigned round = 0; round < 2; round++) {
        static struct listener listener;
        struct module_options options = {.seed = 99, .spelling = 3};
        for (unsigned fault = MODULE_INSIDE; fault < MODULE_FAULTS; fault++)
            options.faults[fault] = fault == MODULE_GARBAGE ? 0 : 30;
        begin(&listener, &options);
        listen_until(&listener, (int64_t)40 * 86400 * 1000);
        sums[round] = listener.sum;
    }
    cr_expect_eq(sums[0], sums[1]);
}

Test(faults, have_names)
{
    for (unsigned fault = 0; fault < MODULE_FAULTS; fault++) {
        cr_expect_gt(strlen(module_fault_name(fault)), 0);
        cr_expect_gt(strlen(module_fault_summary(fault)), 10);
    }
    cr_expect_null(module_fault_name(MODULE_FAULTS));
    cr_expect_null(module_fault_summary(MODULE_FAULTS));
}
