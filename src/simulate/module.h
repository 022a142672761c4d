/* SPDX-License-Identifier: MIT
 *
 * A BG96 on SoftBank's network to try hosts against: the whole update procedure of the note, without a network and
 * without fifteen days. No I/O and no clock: bytes of the host go in, bytes to it come out, time is given. The same
 * options and the same calls give the same bytes everywhere.
 *
 *     struct module module;
 *     module_init(&module, &options, 0);
 *     module_power(&module, true, 0);
 *     for (int64_t now = 0; ...; now = module_due(&module))
 *         length = module_send(&module, now, bytes, sizeof bytes); // to the host
 *         module_receive(&module, bytes, length, now);             // from it
 *
 * Times are milliseconds and do not go back. What the note does not say, above all how long things take, is made up
 * within what is known of the sibling family. */
#ifndef SBFOTA_SIMULATE_MODULE_H
#define SBFOTA_SIMULATE_MODULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sbfota/session.h>

#include "simulate/dice.h"

#define MODULE_NEVER INT64_MAX

/* A code of its table, another for each attempt. */
#define MODULE_ANY_CODE INT32_MAX

/* The faults, in the order of faults.def. */
enum module_fault {
#define MODULE_FAULT(id, name, summary) MODULE_##id,
#include "simulate/faults.def"
#undef MODULE_FAULT
    MODULE_FAULTS
};

/* The (U)SIM card. */
enum module_sim {
    MODULE_SIM_SOFTBANK,
    MODULE_SIM_ANOTHER, /* of another operator */
    MODULE_SIM_NONE
};

/* What the module is to meet. All zero: each poll finds a firmware, and all goes well. */
struct module_options {
    uint64_t seed;
    uint32_t first_poll;           /* seconds until it; 0: 14 to 15 days (source: 2) */
    uint8_t faults[MODULE_FAULTS]; /* how often each happens where it can, of 256 */
    uint8_t sim;                   /* enum module_sim */
    bool unregistered;             /* no network */
    bool roaming;
    bool up_to_date;     /* the server has nothing */
    int32_t poll_code;   /* each poll fails so; 0: only where the card or the network make it */
    int32_t http_code;   /* the download's end; any but 0: it fails */
    int32_t update_code; /* the update's end; 510 is of the restore */
    int32_t report_code; /* the report's end */
    uint8_t failures;    /* of 100 attempts, those that fail in one of these ways, or at the poll */
    uint8_t power_losses; /* of 100 attempts, those in which the power fails once */
    uint32_t psm;         /* it sleeps, and wakes after so many seconds (T3412); 0: it does not */
    bool no_echo;         /* ATE0 from the begin */
    uint8_t delay;        /* that it has saved, in seconds */
    uint8_t spelling;     /* of what it says: enum sbfota_spelling */
};

/* Where the module is: what it does, not what it has told. */
enum module_phase {
    MODULE_OFF,
    MODULE_BOOTING,   /* until RDY */
    MODULE_STARTING,  /* until APP RDY: it does not listen yet */
    MODULE_SEARCHING, /* until it has registered to the network */
    MODULE_IDLE,
    MODULE_DOWNLOADING,
    MODULE_WAITING, /* for the delay to pass: accept is allowed */
    MODULE_UPDATING,
    MODULE_RESTORING,
    MODULE_ENDED, /* until it boots */
    MODULE_REPORTING,
    MODULE_PHASES
};

/* What outlives the loss of power. */
enum module_job {
    MODULE_JOB_NONE,
    MODULE_JOB_WAITING, /* a package is there */
    MODULE_JOB_RESTORE, /* the restore was begun: it is gone on with */
    MODULE_JOB_REPORT   /* the server is to be told */
};

enum {
    MODULE_LINES = 48,
    MODULE_LINE_MAX = 160,
    MODULE_COMMAND_MAX = 256
};

/* A line on its way to the host. */
struct module_line {
    int64_t due;
    uint16_t length;
    uint16_t sent;
    uint8_t phase;  /* the module's, when it said that */
    bool tells;     /* it is a message of the procedure */
    uint8_t pauses; /* within it, still to come */
    char text[MODULE_LINE_MAX];
};

/* How an attempt is to go: told by the options, and by the dice. */
struct module_plan {
    int32_t poll_code; /* 0: the server is asked */
    int32_t http_code;
    int32_t update_code;
    int32_t report_code;
};

/* What the attempts were in truth. It knows what the module does, and reads nothing that it says; the
 * struct is the one that a session tells, its problems are left out. */
struct module_truth {
    struct sbfota_attempt attempt; /* the last one, as far as it is */
    struct sbfota_attempt before;  /* the one before, until module_take_attempt */
    int64_t begun[3];              /* download, update, restore */
    uint32_t attempts;
    uint32_t updated;
    uint32_t power_losses; /* boots where the power was not to be cut */
    bool has_before;
    bool window; /* UPDATE_TIMEOUT is the last that was told of the attempt: the host may accept */
    bool fell;   /* it went down in the attempt, and has not booted since */
};

struct module {
    struct module_options options;
    struct module_plan plan;
    struct module_truth truth;
    struct dice dice;
    int64_t now;
    int64_t cut;                          /* the power fails; MODULE_NEVER: not by itself */
    int64_t fault_until[MODULE_FAULTS];   /* the fault happens until then */
    uint16_t fault_counts[MODULE_FAULTS]; /* it happens so often */
    /* the procedure */
    uint8_t phase;
    uint8_t job;
    uint8_t percent;
    int64_t due;      /* the next step of it */
    int64_t poll_due; /* MODULE_NEVER: polling has stopped */
    /* the AT port */
    bool echo;
    uint8_t cmee;
    uint8_t delay;
    char command[MODULE_COMMAND_MAX];
    size_t command_length; /* over the room: too long */
    int64_t busy;          /* commands before are answered by then */
    /* to the host */
    struct module_line lines[MODULE_LINES];
    size_t line_count;
    /* what came of it, for tests */
    uint8_t told;      /* the phase of the last message whose text has been sent */
    uint32_t commands; /* received */
    uint32_t overlaps; /* of them, before the one before was answered, or its 300 ms had passed */
    uint32_t accepts;  /* carried out */
    uint32_t accepts_outside; /* received where they are not allowed */
    uint32_t updates;         /* ended with 0 */
    uint32_t lines_dropped;   /* the host did not read */
    int64_t answered;         /* when the last command is, or was to be, answered */
};

/* As it comes from the box, without power. */
void module_init(struct module *module, const struct module_options *options, int64_t now);

/* Switch the power. What was not told yet when it goes is lost. */
void module_power(struct module *module, bool on, int64_t now);

/* Bytes of the host. */
void module_receive(struct module *module, const char *bytes, size_t length, int64_t now);

/* Bytes to the host that are due by now; call until there are none. */
size_t module_send(struct module *module, int64_t now, char *bytes, size_t capacity);

/* When it next has something to do or to say; MODULE_NEVER without power. */
int64_t module_due(const struct module *module);

/* The fault happens where it can, `count` times, and until a time. */
void module_force(struct module *module, enum module_fault fault, unsigned count, int64_t until);

/* The power fails now, and comes back at `until`; MODULE_NEVER: not by itself. */
void module_lose_power(struct module *module, int64_t until, int64_t now);

/* The module boots by itself, now. */
void module_boot(struct module *module, int64_t now);

/* Noise on the line, now. */
void module_make_noise(struct module *module, int64_t now);

/* The host has sent accept, whether the module hears it or not. */
void module_tell_accept(struct module *module);

/* An attempt that another has followed, once: false if there is none. Ask behind each call that gives a time. */
bool module_take_attempt(struct module *module, struct sbfota_attempt *attempt);

/* Does nothing of an attempt go on, in the module, behind it or on the line? */
bool module_rests(const struct module *module);

/* Would a loss of power, now that the module is in this phase, harm an update? */
bool module_is_at_risk(unsigned phase);

const char *module_fault_name(unsigned fault);
const char *module_fault_summary(unsigned fault);

#endif
