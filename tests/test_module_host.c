/* SPDX-License-Identifier: MIT
 *
 * The host against the simulated module, with every fault: the rules of host_rules.h hold, what the host says of the
 * power is true, and there is always an end. */
#include <criterion/criterion.h>

#include <sbfota/host.h>
#include <sbfota/texts.h>

#include "host_rules.h"
#include "simulate/module.h"

enum {
    DAY = 86400 * 1000
};

/* Host and module, on one clock; and a stack beside, which has commands of its own. */
struct world {
    struct module module;
    struct sbfota_host host;
    struct sbfota_parser parser;
    struct host_rules rules;
    struct dice dice;
    int64_t now;
    int64_t poll;    /* of the host, next */
    int64_t stack;   /* the stack does something, next */
    int64_t restart; /* of the host, next */
    int64_t window;  /* when the tasks have stopped */
    bool waits;      /* the stack has sent a command */
    unsigned long sent, accepts, cuts, restarts;
    uint8_t saved[SBFOTA_HOST_SAVED];
    const char *broken;
};

static void check(struct world *world, const char *broken)
{
    if (world->broken == NULL)
        world->broken = broken;
}

/* A message of the module tells what the host may say of the power; while one is on its way, it may be wrong. */
static void check_power(struct world *world)
{
    const bool may_cut = sbfota_host_may_cut(&world->host);
    check(world, rules_cut(&world->rules, may_cut));
    if (may_cut && module_is_at_risk(world->module.told))
        check(world, "the power may be cut, and the module has told that it may not");
    world->cuts += may_cut;
}

/* Save what is to be saved. What is not differs in percentages, times and the last message only. */
static void save_host(struct world *world)
{
    static const uint8_t left_out[][2] = {
        {2, 3}, {7, 1}, {16, 8}, {32, 16}, {62, 2}}; /* in the saved session: place and length */
    uint8_t now[SBFOTA_HOST_SAVED];
    struct sbfota_host copy = world->host;
    sbfota_host_save(&copy, now);
    if (sbfota_host_unsaved(&world->host)) {
        sbfota_host_save(&world->host, world->saved);
        check(world, sbfota_host_unsaved(&world->host) ? "unsaved for ever" : NULL);
    } else {
        for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
            memcpy(now + SBFOTA_HOST_SAVED - SBFOTA_SESSION_SAVED + left_out[i][0],
                   world->saved + SBFOTA_HOST_SAVED - SBFOTA_SESSION_SAVED + left_out[i][0],
                   left_out[i][1]);
    }
    if (memcmp(now, world->saved, sizeof now) != 0)
        check(world, "something has changed, and need not be saved");
}

static void poll_host(struct world *world)
{
    struct sbfota_event event;
    char out[SBFOTA_HOST_ROOM];
    uint32_t again = 0;
    rules_poll(&world->rules, world->now);
    const size_t length = sbfota_host_poll(&world->host, world->now, out, sizeof out, &again);
    world->poll = again == SBFOTA_NO_DURATION ? MODULE_NEVER : world->now + again;
    check_power(world);
    save_host(world);
    if (length == 0)
        return;
    sbfota_decode_line(out, length, &event);
    world->sent++;
    world->accepts += event.kind == SBFOTA_ACCEPT;
    check(world, rules_send(&world->rules, &event, world->now));
    module_receive(&world->module, out, length, world->now);
}

static void stop_tasks(struct world *world, bool stopped)
{
    sbfota_host_ready(&world->host, stopped);
    world->rules.ready = stopped;
    world->window = MODULE_NEVER;
    poll_host(world);
}

/* The stack's command has ended. */
static void release_port(struct world *world)
{
    const bool busy = dice_roll(&world->dice, 3) == 0;
    world->stack = world->now +
                   (busy ? dice_roll(&world->dice, 20000) : 3600000 + dice_roll(&world->dice, DAY));
    world->waits = world->rules.claimed = false;
    sbfota_host_release(&world->host);
}

static void take(struct world *world, const struct sbfota_event *event)
{
    struct sbfota_change change;
    const bool ours = sbfota_host_event(&world->host, event, world->now, &change);
    check(world, rules_event(&world->rules, event, ours));
    if (event->kind == SBFOTA_UPDATE_TIMEOUT)
        world->window = world->now + dice_roll(&world->dice, 40000);
    else if (event->kind == SBFOTA_END || event->kind == SBFOTA_RDY)
        stop_tasks(world, false);
    if (world->waits && !ours &&
        (event->kind == SBFOTA_OK || event->kind == SBFOTA_ERROR ||
         event->kind == SBFOTA_CME_ERROR))
        release_port(world);
    poll_host(world);
}

static void deliver(struct world *world)
{
    char bytes[64];
    size_t length;
    while ((length = module_send(&world->module, world->now, bytes,
                                 1 + dice_roll(&world->dice, sizeof bytes))) > 0) {
        const char *next = bytes;
        while (length > 0) {
            struct sbfota_event event;
            const size_t used = sbfota_parse(&world->parser, next, length, &event);
            next += used;
            length -= used;
            if (event.kind != SBFOTA_NONE)
                take(world, &event);
        }
    }
}

/* The stack sends something, or gives up waiting for the answer. */
static void run_stack(struct world *world)
{
    static const char *const commands[] = {"AT+CSQ\r",    "ATE0\r",     "ATE1\r", "AT+CMEE=0\r",
                                           "AT+CMEE=2\r", "AT+COPS?\r", "at\r",   "AT+NONE\r"};
    const uint32_t count = sizeof commands / sizeof commands[0];
    world->stack = world->now + 500;
    if (world->waits) {
        release_port(world);
    } else if (sbfota_host_claim(&world->host)) {
        const char *const command = commands[dice_roll(&world->dice, count)];
        world->waits = world->rules.claimed = true;
        module_receive(&world->module, command, strlen(command), world->now);
    }
    poll_host(world);
}

/* The host is down, and comes back with what it has saved: what must be saved has been. */
static void restart_host(struct world *world)
{
    world->restart = world->now + DAY + dice_roll(&world->dice, 10 * DAY);
    sbfota_host_init(&world->host, world->rules.wanted);
    if (!sbfota_host_load(&world->host, world->saved))
        check(world, "what is saved cannot be loaded");
    rules_restart(&world->rules);
    world->waits = false;
    world->restarts++;
    if (world->rules.window)
        world->window = world->now + 2000;
    poll_host(world);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void run(struct world *world, const struct module_options *options, unsigned delay,
                int64_t days)
{
    module_init(&world->module, options, 0);
    sbfota_host_init(&world->host, delay);
    sbfota_host_save(&world->host, world->saved);
    sbfota_parser_init(&world->parser);
    rules_init(&world->rules, delay);
    world->dice.state = options->seed * 7 + 1;
    world->now = 0;
    world->stack = dice_roll(&world->dice, 60000);
    world->restart = DAY + dice_roll(&world->dice, 20 * DAY);
    world->window = MODULE_NEVER;
    world->waits = false;
    world->broken = NULL;
    poll_host(world);
    module_power(&world->module, true, 0);
    for (unsigned long steps = 0; world->broken == NULL; steps++) {
        int64_t next = earlier(module_due(&world->module), world->poll);
        next = earlier(next, earlier(world->stack, earlier(world->window, world->restart)));
        if (next > days * DAY)
            break;
        if (steps > 1000000)
            check(world, "stuck");
        if (next > world->now)
            world->now = next;
        deliver(world);
        if (world->poll <= world->now)
            poll_host(world);
        if (world->stack <= world->now)
            run_stack(world);
        if (world->window <= world->now)
            stop_tasks(world, true);
        if (world->restart <= world->now)
            restart_host(world);
    }
    if (world->broken != NULL)
        return;
    /* The module says no more: there is an end to what is sent. */
    const unsigned long sent = world->sent;
    const int64_t begun = world->now;
    sbfota_host_release(&world->host);
    world->rules.claimed = false;
    module_power(&world->module, false, world->now);
    for (poll_host(world); world->poll != MODULE_NEVER && world->broken == NULL;) {
        world->now = world->poll;
        poll_host(world);
        if (world->sent - sent > RULES_SETTINGS_MOST || world->now - begun > 120000)
            check(world, "no end");
    }
}

/* One sum of many runs. */
struct sums {
    unsigned long runs, sent, accepts, cuts, restarts, updates, windows, overlaps, outside;
};

static void run_and_check(const struct module_options *options, unsigned delay, const char *name,
                          struct sums *sums)
{
    static struct world world;
    world.sent = world.accepts = world.cuts = world.restarts = 0;
    run(&world, options, delay, 45);
    cr_expect_null(world.broken, "%s, seed %llu, delay %u, after %.3f s: %s", name,
                   (unsigned long long)options->seed, delay, (double)world.now / 1000,
                   world.broken);
    sums->runs++;
    sums->sent += world.sent;
    sums->accepts += world.accepts;
    sums->cuts += world.cuts;
    sums->restarts += world.restarts;
    sums->updates += world.module.updates;
    sums->windows += world.module.accepts;
    sums->overlaps += world.module.overlaps;
    sums->outside += world.module.accepts_outside;
}

/* Options of one seed: what goes well and what does not. */
static struct module_options options_of(uint64_t seed)
{
    static const int32_t http[] = {0, 0, 0, 0, 701, 802}, end[] = {0, 0, 0, 504, 510, 512};
    struct dice dice = {seed};
    struct module_options options = {.seed = seed};
    options.first_poll = 1 + dice_roll(&dice, 1000);
    options.http_code = http[dice_roll(&dice, 6)];
    options.update_code = end[dice_roll(&dice, 6)];
    options.report_code = dice_roll(&dice, 4) == 0 ? 702 : 0;
    options.no_echo = dice_roll(&dice, 2) == 0;
    options.spelling = (uint8_t)dice_roll(&dice, 8);
    return options;
}

static unsigned delay_of(uint64_t seed)
{
    static const unsigned delays[] = {30, 60, 0, 5, SBFOTA_NO_DELAY, 20};
    return delays[seed % 6];
}

Test(module, without_a_fault)
{
    struct sums sums = {0};
    for (uint64_t seed = 1; seed <= 200; seed++) {
        const struct module_options options = options_of(seed);
        run_and_check(&options, delay_of(seed), "no fault", &sums);
    }
    cr_expect_eq(sums.overlaps, 0, "%lu commands overlap", sums.overlaps);
    cr_expect_eq(sums.outside, 0, "%lu accepts outside", sums.outside);
    cr_expect_gt(sums.updates, 150);
    cr_expect_gt(sums.windows, 50);
    cr_expect_eq(sums.windows, sums.accepts, "each accept is taken: %lu of %lu", sums.windows,
                 sums.accepts);
    cr_expect_gt(sums.cuts, 1000);
    cr_expect_gt(sums.restarts, 200);
}

Test(module, with_each_fault)
{
    for (unsigned fault = 0; fault < MODULE_FAULTS; fault++) {
        struct sums sums = {0};
        for (uint64_t seed = 1; seed <= 60; seed++) {
            struct module_options options = options_of(seed);
            options.faults[fault] = (uint8_t)(seed % 3 == 0 ? 255 : 5 + 20 * (seed % 3));
            if (fault >= MODULE_GARBAGE && options.faults[fault] == 255)
                options.faults[fault] = 128;
            run_and_check(&options, delay_of(seed), module_fault_name(fault), &sums);
        }
        if (fault != MODULE_FOREIGN && fault != MODULE_SLOW)
            cr_expect_eq(sums.overlaps, 0, "%s: %lu commands overlap", module_fault_name(fault),
                         sums.overlaps);
        if (fault != MODULE_LOST)
            cr_expect_eq(sums.outside, 0, "%s: %lu accepts outside", module_fault_name(fault),
                         sums.outside);
        cr_expect_gt(sums.sent, 100);
    }
}

Test(module, with_all_faults)
{
    struct sums sums = {0};
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct module_options options = options_of(seed);
        for (unsigned fault = 0; fault < MODULE_FAULTS; fault++)
            options.faults[fault] = (uint8_t)((seed * 31 + fault * 17) % 40);
        options.faults[MODULE_BOOT] /= 8; /* as power: hardly an update would come to its end */
        run_and_check(&options, delay_of(seed), "all faults", &sums);
    }
    cr_expect_gt(sums.accepts, 20);
    cr_expect_gt(sums.updates, 50);
}
