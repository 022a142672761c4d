/* SPDX-License-Identifier: MIT
 *
 * Commands and their answers (source: 4): those of the update, and a few that any host sends. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <sbfota/sbfota.h>

#include "simulate/internal.h"

/* Commands of others: their answer is a line, or none, and OK. What the card and the network tell is in network_answer. */
static const struct {
    const char *command;
    const char *answer;
} plain_commands[] = {
    {"AT", NULL},
    {"ATZ", NULL},
    {"AT&F", NULL},
    {"AT+CGMI", "Quectel"},
    {"AT+CGMM", "BG96"},
    {"AT+CGMR", "BG96MAR02A07M1G"},
    {"AT+CGSN", "860000000000007"},
    {"AT+CFUN?", "+CFUN: 1"},
    {"AT+IPR?", "+IPR: 115200"},
    {"AT+QCCID", "+QCCID: 89812000000000000007"},
    {"AT+CPSMS?", "+CPSMS: 0,,,\"00100001\",\"00000000\""},
    {"AT+CBC", "+CBC: 0,80,3800"},
    {"ATI", "Quectel\r\nBG96\r\nRevision: BG96MAR02A07M1G"},
    {"AT+GMM", "BG96"},
    {"AT+GMR", "BG96MAR02A07M1G"},
    {"AT+GSN", "860000000000007"},
    {"AT+CCLK?", "+CCLK: \"26/11/28,12:00:00+36\""},
    {"AT&W", NULL},
};

/* Settings that are taken and not heeded. */
static const char *const settings[] = {
    "AT+CFUN=",  "AT+CREG=",    "AT+CEREG=",   "AT+CGREG=", "AT+COPS=", "AT+CGDCONT=",
    "AT+CPSMS=", "AT+CEDRXS=",  "AT+CMGF=",    "AT+CSCS=",  "AT+CTZU=", "AT+CTZR=",
    "AT+IPR=",   "AT+QURCCFG=", "AT+QINDCFG=", "AT+QCFG=",
};

/* URCs that have nothing to do with an update. */
static const char *const other_urcs[] = {"+QIND: \"csq\",22,99", "+CREG: 1", "+QIND: SMS DONE",
                                         "RING"};

/* An answer as it is made: when its next line is due, and when its last. */
struct answer {
    int64_t due;
    bool refused;
    bool no_card; /* that is why */
    bool unsaid;  /* all is done, and nothing said */
};

/* Is the text this command, in whatever case? */
static bool is_command(const char *text, size_t length, const char *command)
{
    if (strlen(command) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (toupper((unsigned char)text[i]) != command[i])
            return false;
    return true;
}

/* Same, but for one digit at the end, which is returned; -1 if it is not. */
static int command_digit(const char *text, size_t length, const char *command)
{
    if (length == 0 || !is_command(text, length - 1, command) ||
        !isdigit((unsigned char)text[length - 1]))
        return -1;
    return text[length - 1] - '0';
}

static bool is_setting(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const size_t begin = strlen(settings[i]);
        if (length > begin && is_command(text, begin, settings[i]))
            return true;
    }
    return false;
}

static void respond(struct module *module, struct answer *answer, const char *text)
{
    if (answer->unsaid)
        return;
    module_print(module, text, answer->due);
    if (module_fails(module, MODULE_INSIDE)) {
        const size_t count = sizeof other_urcs / sizeof other_urcs[0];
        module_print(module, other_urcs[dice_roll(&module->dice, (uint32_t)count)], answer->due);
    }
}

static void end_answer(struct module *module, const struct answer *answer)
{
    static const char *const refusals[2][3] = {
        {"ERROR", "+CME ERROR: 3", "+CME ERROR: operation not allowed"},
        {"ERROR", "+CME ERROR: 10", "+CME ERROR: SIM not inserted"}};
    if (answer->unsaid)
        return;
    module_print(module, answer->refused ? refusals[answer->no_card][module->cmee] : "OK",
                 answer->due);
}

/* Of the update. False if it is none of its commands. */
static bool answer_update(struct module *module, const char *text, size_t length,
                          struct answer *answer)
{
    struct sbfota_event event;
    char line[48];
    sbfota_decode_line(text, length, &event);
    switch (event.kind) {
    case SBFOTA_QUERY_DELAY:
        snprintf(line, sizeof line, "+QCFGEXT: \"sbfota_delay\",%u", (unsigned)module->delay);
        respond(module, answer, line);
        return true;
    case SBFOTA_SET_DELAY:
        answer->refused = event.value < 0 || event.value > 60;
        if (!answer->refused && !module_fails(module, MODULE_FORGETTING))
            module->delay = (uint8_t)event.value;
        return true;
    case SBFOTA_ACCEPT: answer->refused = event.value != 1 || !module_accept(module); return true;
    case SBFOTA_TEST_QCFGEXT:
        respond(module, answer, "+QCFGEXT: \"sbfota_delay\",(0-60)");
        respond(module, answer, "+QCFGEXT: \"sbfota_accept\",(1)");
        return true;
    default: return false;
    }
}

/* Of the module as such. */
static bool answer_settings(struct module *module, const char *text, size_t length,
                            struct answer *answer)
{
    const int echo = command_digit(text, length, "ATE");
    const int cmee = command_digit(text, length, "AT+CMEE=");
    if (echo == 0 || echo == 1) {
        module->echo = echo == 1;
    } else if (cmee >= 0 && cmee <= 2) {
        module->cmee = (uint8_t)cmee;
    } else if (is_command(text, length, "AT+CMEE?")) {
        char line[] = "+CMEE: 0";
        line[7] = (char)('0' + module->cmee);
        respond(module, answer, line);
    } else {
        return false;
    }
    return true;
}

/* Where the module is at: without a network, in its own, or in another's. */
enum place {
    NOWHERE,
    AT_HOME,
    ABROAD,
    PLACES
};

static enum place place_of(const struct module *module)
{
    const struct module_options *const options = &module->options;
    if (options->unregistered || options->sim == MODULE_SIM_NONE)
        return NOWHERE;
    return options->roaming || options->sim == MODULE_SIM_ANOTHER ? ABROAD : AT_HOME;
}

/* What the network tells. False if the command is not about it. */
static bool answer_network(struct module *module, const char *text, size_t length,
                           struct answer *answer)
{
    static const struct {
        const char *command;
        const char *answers[PLACES];
    } commands[] = {
        {"AT+CSQ", {"+CSQ: 99,99", "+CSQ: 22,99", "+CSQ: 14,99"}},
        {"AT+CREG?", {"+CREG: 0,2", "+CREG: 0,1", "+CREG: 0,5"}},
        {"AT+CGREG?", {"+CGREG: 0,2", "+CGREG: 0,1", "+CGREG: 0,5"}},
        {"AT+CEREG?", {"+CEREG: 0,2", "+CEREG: 0,1", "+CEREG: 0,5"}},
        {"AT+CGATT?", {"+CGATT: 0", "+CGATT: 1", "+CGATT: 1"}},
        {"AT+COPS?", {"+COPS: 0", "+COPS: 0,0,\"SoftBank\",8", "+COPS: 0,0,\"ABROAD\",8"}},
        {"AT+QNWINFO",
         {"+QNWINFO: No Service", "+QNWINFO: \"CAT-M1\",\"44020\",\"LTE BAND 8\",3650",
          "+QNWINFO: \"CAT-M1\",\"00101\",\"LTE BAND 8\",3650"}},
    };
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (!is_command(text, length, commands[i].command))
            continue;
        respond(module, answer, commands[i].answers[place_of(module)]);
        return true;
    }
    return false;
}

/* What the card tells: without one, CME ERROR 10. False if the command is not about it. */
static bool answer_card(struct module *module, const char *text, size_t length,
                        struct answer *answer)
{
    const bool pin = is_command(text, length, "AT+CPIN?");
    const bool softbank = module->options.sim == MODULE_SIM_SOFTBANK;
    if (!pin && !is_command(text, length, "AT+CIMI"))
        return false;
    if (module->options.sim == MODULE_SIM_NONE)
        answer->refused = answer->no_card = true;
    else
        respond(module, answer,
                pin        ? "+CPIN: READY"
                : softbank ? "440200000000007"
                           : "001010000000007");
    return true;
}

static void answer_command(struct module *module, const char *text, size_t length,
                           struct answer *answer)
{
    if (answer_update(module, text, length, answer) ||
        answer_settings(module, text, length, answer) ||
        answer_network(module, text, length, answer) || answer_card(module, text, length, answer) ||
        is_setting(text, length))
        return;
    for (size_t i = 0; i < sizeof plain_commands / sizeof plain_commands[0]; i++) {
        if (!is_command(text, length, plain_commands[i].command))
            continue;
        if (plain_commands[i].answer != NULL)
            respond(module, answer, plain_commands[i].answer);
        return;
    }
    answer->refused = true;
}

static void echo_command(struct module *module, const char *text, size_t length, int64_t due)
{
    char line[MODULE_LINE_MAX];
    if (!module->echo)
        return;
    if (length > sizeof line - 1)
        length = sizeof line - 1;
    if (module_fails(module, MODULE_HALF_ECHO))
        length = dice_roll(&module->dice, (uint32_t)length + 1);
    memcpy(line, text, length);
    line[length] = '\r';
    module_put(module, line, length + 1, due);
}

/* Another's answer, complete or only its result. */
static void say_foreign(struct module *module, int64_t due)
{
    const uint32_t side = dice_roll(&module->dice, 4);
    if (side < 2)
        module_print(module, side == 0 ? "+CSQ: 20,99" : "+QCFGEXT: \"sbfota_delay\",7", due);
    module_print(module, side == 3 ? "ERROR" : "OK", due);
}

/* Power off, or a boot that was asked for: the answer comes before it. */
static bool is_off(struct module *module, const char *text, size_t length, int64_t due)
{
    const bool boots = is_command(text, length, "AT+CFUN=1,1");
    if (!boots && !is_command(text, length, "AT+QPOWD"))
        return false;
    module_print(module, "OK", due);
    if (!boots)
        module_print(module, "POWERED DOWN", due);
    module_fall(module, true, boots ? module_in(module, 500, 2000) : MODULE_NEVER);
    return true;
}

void module_command(struct module *module, const char *text, size_t length)
{
    struct answer answer = {.due = module->busy > module->now ? module->busy : module->now};
    module->commands++;
    module->overlaps += module->now < module->answered;
    if (module_fails(module, MODULE_REBOOTING)) {
        module_boot(module, module->now);
        return;
    }
    echo_command(module, text, length, answer.due + dice_roll(&module->dice, 20));
    answer.due += 20 + dice_roll(&module->dice, 180);
    if (is_off(module, text, length, answer.due))
        return;
    if (module_fails(module, MODULE_FOREIGN))
        say_foreign(module, answer.due);
    if (module_fails(module, MODULE_SLOW))
        answer.due += 300 + dice_roll(&module->dice, 3000);
    module->busy = answer.due;
    answer.unsaid = module_fails(module, MODULE_MUTE);
    module->answered =
        !answer.unsaid && answer.due < module->now + 300 ? answer.due : module->now + 300;
    if (module_fails(module, MODULE_REFUSING))
        answer.refused = true;
    else
        answer_command(module, text, length, &answer);
    end_answer(module, &answer);
}
