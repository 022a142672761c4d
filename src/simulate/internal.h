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

/* The module goes down, and comes up at `due`, or not by itself. In order, it says before what it has
 * to say. */
void module_fall(struct module *module, bool orderly, int64_t due);

/* What the next attempt is to be. */
void module_plan(struct module *module);

/* The truth: an attempt begins; it comes to a phase; one of its timed phases (0 to 2) goes on until now; a percentage is told;
 * the module goes down in the middle of it, for a loss of power or not; and has booted. */
void truth_begin(struct module *module, enum sbfota_phase phase);
void truth_enter(struct module *module, enum sbfota_phase phase);
void truth_tell(struct module *module);
void truth_percent(struct module *module, unsigned percent);
void truth_code(struct module *module, unsigned has, int32_t code);
void truth_end(struct module *module, enum sbfota_outcome outcome);
void truth_fall(struct module *module);
void truth_resume(struct module *module);
void truth_boot(struct module *module);

/* Accept has come. False where it is not allowed (source: 4.2). */
bool module_accept(struct module *module);

/* Does the module listen to commands? */
bool module_listens(const struct module *module);

/* A command line has come, without its <CR>. */
void module_command(struct module *module, const char *text, size_t length);

#endif
