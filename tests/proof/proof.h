/* SPDX-License-Identifier: MIT
 *
 * What the parts of the object proof share: the library under proof, and the model that it is held against. */
#ifndef SBFOTA_TESTS_PROOF_H
#define SBFOTA_TESTS_PROOF_H

#include <sbfota/host.h>
#include <sbfota/parts.h>

/* The functions of one built object. */
struct library {
    const char *name;
    void (*parser_init)(struct sbfota_parser *);
    size_t (*parse)(struct sbfota_parser *, const void *, size_t, struct sbfota_event *);
    size_t (*parse_batch)(struct sbfota_parser *, const void *, size_t, struct sbfota_event *,
                          size_t, size_t *);
    ptrdiff_t (*format)(const struct sbfota_event *, const void *, unsigned, char *, size_t);
    bool (*finish)(struct sbfota_parser *, struct sbfota_event *);
    size_t (*decode_line)(const void *, size_t, struct sbfota_event *);
    void (*session_init)(struct sbfota_session *);
    void (*session_feed)(struct sbfota_session *, const struct sbfota_event *, int64_t,
                         struct sbfota_change *);
    bool (*session_attempt)(const struct sbfota_session *, struct sbfota_attempt *);
    enum sbfota_phase (*session_phase)(const struct sbfota_session *);
    unsigned (*session_percent)(const struct sbfota_session *);
    enum sbfota_power (*session_power)(const struct sbfota_session *);
    enum sbfota_accept (*session_accept)(const struct sbfota_session *);
    bool (*session_accept_allowed)(const struct sbfota_session *);
    void (*session_save)(const struct sbfota_session *, uint8_t[SBFOTA_SESSION_SAVED]);
    bool (*session_load)(struct sbfota_session *, const uint8_t[SBFOTA_SESSION_SAVED]);
    bool (*host_init)(struct sbfota_host *, unsigned);
    bool (*host_set_delay)(struct sbfota_host *, unsigned);
    bool (*host_event)(struct sbfota_host *, const struct sbfota_event *, int64_t,
                       struct sbfota_change *);
    void (*host_ready)(struct sbfota_host *, bool);
    bool (*host_claim)(struct sbfota_host *);
    void (*host_release)(struct sbfota_host *);
    bool (*host_next)(struct sbfota_host *, int64_t, struct sbfota_event *, struct sbfota_change *,
                      uint32_t *);
    bool (*host_may_cut)(const struct sbfota_host *);
    enum sbfota_host_delay (*host_delay_state)(const struct sbfota_host *);
    void (*host_save)(struct sbfota_host *, uint8_t[SBFOTA_HOST_SAVED]);
    bool (*host_load)(struct sbfota_host *, const uint8_t[SBFOTA_HOST_SAVED]);
    void (*part_init)(struct sbfota_part *);
    void (*part_feed)(struct sbfota_part *, const struct sbfota_event *, int64_t,
                      struct sbfota_change *);
    void (*part_join)(struct sbfota_part *, const struct sbfota_part *, struct sbfota_joined *);
    bool (*part_head)(const struct sbfota_part *, struct sbfota_attempt *);
    bool (*part_tail)(const struct sbfota_part *, struct sbfota_attempt *);
    void (*part_save)(const struct sbfota_part *, uint8_t[SBFOTA_PART_SAVED]);
    bool (*part_load)(struct sbfota_part *, const uint8_t[SBFOTA_PART_SAVED]);
};

/* The machine that ragel prints, carried out as its actions say. `registers.state` is not used; `state` is. */
struct model {
    struct sbfota_parser registers;
    unsigned state;
    bool has_value, has_extent; /* has this line set it? Before that nothing reads it */
};

enum {
    STATES_MOST = 1024,
    START_LEAD_MAX = 65535
};

unsigned model_start(void);
unsigned model_states(void);
void model_init(struct model *model);
/* Take a byte. Returns whether there is an event. */
bool model_step(struct model *model, unsigned byte, struct sbfota_event *event);
unsigned model_target(unsigned state, unsigned byte);
/* Does this byte leave the state and all registers as they are? */
bool model_stays(unsigned state, unsigned byte);
/* Does it add a digit, to the value or to the extent; or copy the mark? */
bool model_adds_digit(unsigned state, unsigned byte, bool to_extent);
bool model_copies_mark(unsigned state, unsigned byte);
/* May the mark be copied from here on, before it is set again? */
bool model_mark_counts(unsigned state);

/* Bytes that no state of the machine tells apart: class_members[c] lists class_sizes[c] of them. */
extern unsigned class_count;
extern unsigned char class_members[256][256];
extern unsigned class_sizes[256];
void find_classes(void);

/* End the proof, telling of the first difference. */
_Noreturn void differ(const char *format, ...);
extern const char *under_proof; /* the name of the object, for differ */

/* What has been done, for the summary. */
struct counts {
    unsigned long long states, places, steps, values, pairs, words, lines;
};

/* Each gives up with `differ`, or adds to the counts. */
void prove_bytes(const struct library *library, struct counts *counts);
void prove_words(const struct library *library, struct counts *counts);
void prove_numbers(const struct library *library);
void prove_sessions(const struct library *library);
void prove_hosts(const struct library *library);
void prove_parts(const struct library *library);

/* Do an attempt's outcome, phase, codes and problems agree? */
bool attempt_is_sound(const struct sbfota_attempt *attempt);

/* The places that prove_bytes has found: each state with what its kind and spelling may hold, and the way there. */
struct place {
    unsigned state;
    uint16_t spelling;
    uint8_t kind;
    uint8_t byte; /* that led here ... */
    size_t from;  /* ... from this one */
};
extern struct place *places;
extern size_t place_count;
/* The number of a state in the library under proof. */
extern uint16_t state_numbers[STATES_MOST];

#endif
