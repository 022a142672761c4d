/* SPDX-License-Identifier: MIT
 *
 * What the files of the simulated module share. */
#ifndef SBFOTA_SIMULATE_INTERNAL_H
#define SBFOTA_SIMULATE_INTERNAL_H

#include "simulate/module.h"

/* Does the fault happen now? */
bool module_fails(struct module *module, enum module_fault fault);

/* A time from `least` to `most` ms from now. */
int64_t module_in(struct module *module, uint32_t least, uint32_t most);

/* Say a message of the catalogue at a time: enum sbfota_kind. */
void module_say(struct module *module, unsigned kind, int32_t value, int64_t due);

/* Say a line of text, with its line ends. */
void module_print(struct module *module, const char *text, int64_t due);

/* Say bytes as they are. */
void module_put(struct module *module, const char *bytes, size_t length, int64_t due);

/* Do what is due by now. */
void module_advance(struct module *module, int64_t now);

/* The procedure's next step: module->due has come. */
void module_step(struct module *module);

/* The next poll is in 14 to 15 days (source: 2); `told` says so at once. */
void module_rearm(struct module *module, bool told);

/* The module goes down, and comes up at `due`, or not by itself. In order, it says before what it has
 * to say. */
void module_fall(struct module *module, bool orderly, int64_t due);

/* Accept has come. False where it is not allowed (source: 4.2). */
bool module_accept(struct module *module);

/* Does the module listen to commands? */
bool module_listens(const struct module *module);

/* A command line has come, without its <CR>. */
void module_command(struct module *module, const char *text, size_t length);

#endif
