/* SPDX-License-Identifier: MIT
 *
 * Scripts of faults: what is read of one is sound, and the same again. And the simulated module, which is sent the same bytes: it
 * never says more than it has room for, and its time goes on. */
#include <sys/mman.h>
#include <unistd.h>

#include "cli/simulate/script.h"
#include "fuzz.h"

static int64_t find_modem(const void *context, const char *name, size_t length)
{
    (void)context;
    return length == 1 && *name >= '1' && *name <= '9' ? *name - '1' : SCRIPT_ALL_MODEMS;
}

static void check_rule(const struct script_rule *rule)
{
    CHECK(rule->fault <= SCRIPT_UNPLUG && rule->when <= SCRIPT_EACH);
    CHECK(rule->at >= 0 && rule->lasts >= 0);
    CHECK(rule->modem >= SCRIPT_ALL_MODEMS && rule->modem < 9);
    CHECK((rule->event == SBFOTA_NONE) == (rule->when == SCRIPT_AT));
}

static void check_script(const uint8_t *data, size_t size)
{
    static int fd;
    char path[32];
    struct script script, again;
    size_t lines = 1;
    if (fd == 0)
        fd = memfd_create("script", 0);
    snprintf(path, sizeof path, "/dev/fd/%d", fd);
    CHECK(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    const bool good = script_read(&script, path, find_modem, NULL);
    CHECK(script_read(&again, path, find_modem, NULL) == good && again.count == script.count);
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    CHECK(script.count <= lines);
    for (size_t i = 0; i < script.count; i++)
        check_rule(&script.rules[i]);
    script_free(&script);
    script_free(&again);
}

/* Until it has nothing to say and to do before `now`. */
static void drain(struct module *module, int64_t now)
{
    char bytes[64];
    for (int64_t due; (due = module_due(module)) <= now;) {
        CHECK(due >= module->now);
        while (module_send(module, due, bytes, sizeof bytes) > 0)
            ;
        CHECK(module->now == due && module->line_count <= MODULE_LINES);
    }
}

static void check_module(const uint8_t *data, size_t size, struct plan *plan)
{
    struct module_options options = {.seed = plan_next(plan), .first_poll = 60, .power_losses = 50};
    struct module module;
    int64_t now = 0;
    options.faults[plan_choose(plan, MODULE_FAULTS)] = (uint8_t)plan_next(plan);
    module_init(&module, &options, 0);
    module_power(&module, true, 0);
    for (size_t used = 0; used < size;) {
        const size_t left = size - used;
        const size_t piece = 1 + plan_next(plan) % 32;
        now += (int64_t)plan_next(plan) * 64;
        drain(&module, now);
        module_receive(&module, (const char *)data + used, piece < left ? piece : left, now);
        used += piece;
    }
    drain(&module, now + 1000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct plan plan;
    size = plan_take(&plan, data, size);
    check_script(data, size);
    check_module(data, size, &plan);
    return 0;
}
