/* SPDX-License-Identifier: MIT
 *
 * The sessions of all modems of the captures. Memory grows with the number of modems and of
 * files, not with the logs. */
#ifndef SBFOTA_LOG_FLEET_H
#define SBFOTA_LOG_FLEET_H

#include <sbfota/session.h>

#include "log/text/clock.h"
#include "log/text/names.h"

enum {
    FLEET_CHUNK = 512,
    FLEET_TIME_SIZE = 40 /* a captured time that is longer is left out */
};

/* Where an attempt begins or ends. */
struct edge {
    uint64_t line;
    uint64_t offset; /* in the file, of the message */
    uint32_t file;   /* its number, or NAME_UNKNOWN for standard input */
    uint8_t clock;   /* enum clock */
    uint8_t time_length;
    char time[FLEET_TIME_SIZE]; /* as captured, a NUL behind it */
};

/* An attempt as it is written out. */
struct log_attempt {
    struct bytes modem; /* no data if not known */
    struct sbfota_attempt facts;
    const struct edge *from;
    const struct edge *to;
    void *extra; /* what is kept behind its modem */
    bool dated;  /* it has both its times, and they count from 1970 */
};

/* Start with all zero; end with fleet_free. */
struct fleet {
    struct fleet_group {
        struct names names;          /* of modems; of files for logs that name no modem */
        struct fleet_modem **chunks; /* of FLEET_CHUNK modems: no copies while they grow */
        uint32_t chunk_count;
        uint32_t count; /* of modems that have a place */
    } groups[2];
    struct names files;
    /* Bytes that are kept behind each modem for whoever follows the fleet, all zero at first: set before the first modem comes. */
    size_t extra;
    uint64_t events;        /* with a time */
    uint64_t clocks_back;   /* of them, those whose time is before that of their modem's last one */
    uint64_t repeats;       /* events that repeat the one before of their modem */
    struct clock_hint hint; /* of the last file whose times are without a year, or that has dates */
    bool hinted;
    bool ended; /* the attempts under way have been given */
    bool no_memory;
};

/* Who takes the attempts. */
struct fleet_event;
struct fleet_sink {
    void *context;
    void (*take)(void *context, const struct log_attempt *attempt);
    /* Each event of a modem, also one that its session does not follow, behind whose `session` it is told; or NULL. `time` can be
     * compared with that of the modem's other events. `changes`: of enum sbfota_change_bit. */
    void (*see)(void *context, void *extra, const struct fleet_event *event, int64_t time,
                const struct sbfota_session *session, unsigned changes);
};

/* A modem by its name; its state stays where it is. NULL without memory. The state is fetched
 * meanwhile: look up the modems of many events, then feed them. */
struct fleet_modem *fleet_find(struct fleet *fleet, struct bytes name);

/* The modem of a log that names none. */
struct fleet_modem *fleet_find_unnamed(struct fleet *fleet, const char *file);

/* The number of a file. */
uint32_t fleet_file_number(struct fleet *fleet, const char *file);

/* What a session takes. */
struct fleet_event {
    const struct sbfota_event *event;
    struct bytes modem;
    struct bytes time; /* as captured */
    int64_t milliseconds;
    enum clock clock;
    uint32_t file;
    uint64_t line;
    bool followed; /* the session is to know of it: fleet_wants */
    bool sent;     /* by the host */
};

/* The input has ended: the attempts that are still there, in the order in which their modems
 * came; once. */
void fleet_end(struct fleet *fleet, const struct fleet_sink *sink);

/* All modems, in the order in which they came, those with names first. `name` is that of the log where there is none, `named`
 * says which. */
struct fleet_member {
    struct bytes name;
    bool named;
    const struct sbfota_session *session;
    const void *extra;
};
bool fleet_next(const struct fleet *fleet, size_t *next, struct fleet_member *member);

/* The name of a file; no data for standard input. */
struct bytes fleet_file(const struct fleet *fleet, uint32_t number);

void fleet_free(struct fleet *fleet);

#endif
