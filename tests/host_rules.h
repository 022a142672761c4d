/* SPDX-License-Identifier: MIT
 *
 * What must hold of a host whatever comes, told by an observer of the port that shares nothing with it: what is sent,
 * and when, and when it says that the power may be cut. A rule that is broken is told by its text. */
#ifndef SBFOTA_TESTS_HOST_RULES_H
#define SBFOTA_TESTS_HOST_RULES_H

#include <sbfota/host.h>

struct host_rules {
    int64_t sent;     /* when the last command was */
    uint16_t wanted;  /* the delay */
    uint8_t kind;     /* of the last command, or none; it is under way */
    uint8_t last;     /* message of the procedure; none: nothing is known */
    uint8_t accepts;  /* in this window */
    uint8_t settings; /* commands for the delay, since it was last begun to see to it */
    bool window;      /* accept is allowed (source: 4.2) */
    bool ready;       /* the tasks have stopped */
    bool earlier;     /* the accept under way is of the window before */
    bool answered;    /* accept was answered, in this window */
    bool claimed;
    bool stale; /* the host was down since the last message */
};

enum {
    RULES_SETTINGS_MOST =
        3 + 3 * (3 + 3) /* a query; three times: a setting, a query; each three times */
};

static inline void rules_init(struct host_rules *rules, unsigned wanted)
{
    const struct host_rules none = {0};
    *rules = none;
    rules->sent = SBFOTA_NO_TIME;
    rules->wanted = (uint16_t)wanted;
}

/* Has the host been told so much that the last message is all there is to know? */
static inline bool rules_message(unsigned kind)
{
    return kind >= SBFOTA_POLLING_TIME && kind <= SBFOTA_REPORT_END;
}

/* After a restart of the host. */
static inline void rules_restart(struct host_rules *rules)
{
    rules->kind = SBFOTA_NONE;
    rules->ready = rules->claimed = false;
    rules->stale = true;
    rules->settings = 0;
}

static inline void rules_boot(struct host_rules *rules)
{
    rules->kind = SBFOTA_NONE;
    rules->window = false;
    rules->settings = 0;
}

/* An event has been given to the host, which has said whether it is of its dialogue. */
static inline const char *rules_event(struct host_rules *rules, const struct sbfota_event *event,
                                      bool ours)
{
    const unsigned kind = event->kind;
    const bool is_result = kind == SBFOTA_OK || kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
    if (ours && is_result) {
        if (rules->kind == SBFOTA_NONE)
            return "a result code is taken, and no command is under way";
        if (rules->claimed)
            return "a result code of the caller's command is taken";
        if (rules->kind == SBFOTA_ACCEPT && !rules->earlier)
            rules->answered = true;
        rules->kind = SBFOTA_NONE;
    } else if (ours && kind != SBFOTA_DELAY && kind != SBFOTA_QUERY_DELAY &&
               kind != SBFOTA_SET_DELAY && kind != SBFOTA_ACCEPT) {
        return "a message is taken for the dialogue's own";
    }
    if (kind == SBFOTA_RDY || kind == SBFOTA_APP_RDY)
        rules_boot(rules);
    if (kind == SBFOTA_SET_DELAY && !ours)
        rules->settings = 0;
    if (!rules_message(kind))
        return NULL;
    rules->last = (uint8_t)kind;
    if (kind == SBFOTA_HTTP_END && event->value == 0)
        rules->last = SBFOTA_DOWNLOADING;
    rules->stale = false;
    if (kind == SBFOTA_POLLING_TIME) {
        rules->settings = 0;
        return NULL;
    }
    rules->window = kind == SBFOTA_UPDATE_TIMEOUT;
    if (rules->window) {
        rules->accepts = 0;
        rules->answered = false;
        rules->earlier = rules->kind == SBFOTA_ACCEPT;
    }
    return NULL;
}

/* The host is about to be polled. An answer is waited for 300 ms (source: 4.2), and a clock that has been set back has
 * not taken anything off them. */
static inline void rules_poll(struct host_rules *rules, int64_t now)
{
    if (now < rules->sent)
        rules->sent = now;
    if (now >= rules->sent + 300)
        rules->kind = SBFOTA_NONE;
}

/* The host sends a command. */
static inline const char *rules_send(struct host_rules *rules, const struct sbfota_event *command,
                                     int64_t now)
{
    if (rules->kind != SBFOTA_NONE)
        return "two commands at once";
    if (rules->claimed)
        return "a command on a port that is another's";
    rules->kind = command->kind;
    rules->sent = now;
    if (command->kind == SBFOTA_ACCEPT) {
        if (command->value != 1)
            return "accept with a parameter that is none";
        if (!rules->window)
            return "accept outside its window";
        if (!rules->ready)
            return "accept while tasks run";
        if (rules->answered)
            return "accept behind its answer";
        rules->earlier = false;
        return ++rules->accepts > 3 ? "accept too often" : NULL;
    }
    if (command->kind != SBFOTA_QUERY_DELAY && command->kind != SBFOTA_SET_DELAY)
        return "a command that is none of the dialogue's";
    if (rules->wanted == SBFOTA_NO_DELAY)
        return "the delay is to be left alone";
    if (command->kind == SBFOTA_SET_DELAY && command->value != rules->wanted)
        return "another delay is set";
    if (rules->window)
        return "the delay is touched in the window";
    return ++rules->settings > RULES_SETTINGS_MOST ? "the delay without an end" : NULL;
}

/* Does the host say rightly that the power may be cut? */
static inline const char *rules_cut(const struct host_rules *rules, bool may_cut)
{
    if (!may_cut)
        return NULL;
    if (rules->stale)
        return "the power may be cut, and nothing has been heard since the restart";
    if (rules->kind != SBFOTA_NONE)
        return "the power may be cut while a command is under way";
    switch (rules->last) {
    case SBFOTA_POLLING_TIME:
    case SBFOTA_POLLING_ERROR:
    case SBFOTA_HTTP_END:
    case SBFOTA_END:
    case SBFOTA_REPORT_START:
    case SBFOTA_REPORT_END: return NULL;
    default: return "the power may be cut, and no message says so";
    }
}

#endif
