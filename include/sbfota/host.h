/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The host's side of the dialogue: for whoever holds the AT port, what to send to the module and
 * when. It sets the delay and sees that it is set, again after each boot of the module; starts the
 * update with `accept` when the host's tasks have stopped; follows the session; and says when the
 * power may be cut. Events go in, commands come out:
 *
 *     struct sbfota_host host;
 *     sbfota_host_init(&host, 30); // the module is to wait 30 s before it updates
 *     ...
 *     sbfota_host_event(&host, &event, now_ms, &change); // each event of the parser
 *     ...
 *     uint32_t again; // behind events and calls, and at the latest when `again` ms have passed
 *     char command[SBFOTA_HOST_ROOM];
 *     sbfota_host_ready(&host, tasks_have_stopped());
 *     write_port(command, sbfota_host_poll(&host, now_ms, command, sizeof command, &again));
 *     if (sbfota_host_may_cut(&host))
 *         the_power_may_be_cut();
 *
 * One command is under way at a time. Its answer is the first result code behind it, but for those
 * that are another's: an OK to a query that nothing has told a delay before, one behind a delay that
 * was not asked for, one before the echo where the module echoes. A module has 300 ms to answer
 * (source: 4.2), counted until sbfota_host_poll is called; what comes later is no answer. A command
 * that is not answered, or is refused, is sent up to three times, 1 s and 4 s apart; so is the setting
 * of a delay that is then told to be another. After that there is an end until the next boot. A boot
 * ends a command that is under way; the next waits until 1 s behind APP RDY, or 5 s behind an RDY that
 * no APP RDY follows. A module that boots in place of an answer, three times, is left alone. During an
 * update nothing is sent but `accept`.
 *
 * Echo may be on or off, and may change. Commands of the host itself go through the same port:
 * sbfota_host_claim.
 *
 * **Times** are milliseconds of any clock of the caller's, the same for all calls. One that is set back
 * lengthens a wait, no more; one that leaps ends it. The session's times are on it too
 * (sbfota_session_next_poll), so that a clock which outlives the host is the better one.
 *
 * **After a restart of the host**: sbfota_host_init, sbfota_host_load with what was last saved, and
 * sbfota_parser_init. What the module has done meanwhile is not known: the power may not be cut before
 * a message tells, and the delay is seen to anew.
 *
 * Nothing is allocated, nothing is global, and there is no I/O and no clock. All functions take
 * constant time.
 */
#ifndef SBFOTA_HOST_H
#define SBFOTA_HOST_H

#include <sbfota/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Room for any command of sbfota_host_poll. */
#define SBFOTA_HOST_ROOM 32

/** What has become of the delay: sbfota_host_delay_state. */
enum sbfota_host_delay {
    SBFOTA_HOST_DELAY_ANY = 0,      /**< none is asked for: the module keeps what it has */
    SBFOTA_HOST_DELAY_PENDING = 1,  /**< it is seen to, or will be behind the update */
    SBFOTA_HOST_DELAY_VERIFIED = 2, /**< the module has told it, since its boot */
    SBFOTA_HOST_DELAY_MUTE = 3,     /**< given up: the module did not answer three times */
    SBFOTA_HOST_DELAY_REFUSED = 4,  /**< given up: it refused three times */
    SBFOTA_HOST_DELAY_DIFFERS = 5,  /**< given up: set three times, and told to be another */
    SBFOTA_HOST_DELAY_REBOOTS = 6   /**< given up: it booted three times in place of an answer */
};

/** The state of the dialogue with one module, 96 bytes or less. Place it where you like, copy it
 * freely; its fields are private. */
struct sbfota_host {
    struct sbfota_session session;
    int64_t heard;   /* the last event of the module */
    int64_t begun;   /* the wait that is under way */
    uint16_t flags;  /* see src/host/internal.h */
    uint8_t wanted;  /* the delay; 255: any */
    uint8_t told;    /* by the module in answer to the query; 255: one out of range */
    uint8_t step;    /* of seeing to the delay */
    uint8_t command; /* under way, or the last: enum sbfota_kind */
    uint8_t wait;    /* what for */
    uint8_t tries;   /* of the command of this step that have failed */
    uint8_t rounds;  /* settings that it has told otherwise, or boots in place of an answer */
    uint8_t accepts; /* sent in this window; 3: one is answered, or too many are not */
};

/**
 * Nothing is known of the module yet.
 *
 * @param delay  the delay that it is to have, in seconds, 0 to 60 (source: 4.2), or SBFOTA_NO_DELAY to
 *               leave it alone
 * @return false if the module cannot have that delay; it is then left alone
 */
SBFOTA_API bool sbfota_host_init(struct sbfota_host *host, unsigned delay);

/**
 * Another delay from now on, and a new try if the last has been given up.
 *
 * @return false if the module cannot have that delay; all is then as before
 */
SBFOTA_API bool sbfota_host_set_delay(struct sbfota_host *host, unsigned delay);

/**
 * Take one event of the port: each that the parser gives, in their order.
 *
 * @param now     when it came; SBFOTA_NO_TIME leaves the session's times out
 * @param change  what it changed, as sbfota_session_feed tells it
 * @return true if the event is of this dialogue, the echo of its command or the answer to it, and so
 *         nothing for another reader of the port; false for all others, URCs among them
 */
SBFOTA_API bool sbfota_host_event(struct sbfota_host *host, const struct sbfota_event *event,
                                  int64_t now, struct sbfota_change *change);

/**
 * Have the host's tasks stopped, so that the update may begin? While it is true, `accept` is sent once
 * in each window from UPDATE_TIMEOUT to START, but not in its last second; not again behind OK or
 * ERROR. Say false when they run again. False behind init and load.
 */
SBFOTA_API void sbfota_host_ready(struct sbfota_host *host, bool tasks_stopped);

/**
 * May the caller send a command of its own now? If so, nothing is sent and no result code is taken
 * until sbfota_host_release. Events are to be given as always.
 *
 * @return false while a command is under way: ask again behind the next event or poll
 */
SBFOTA_API bool sbfota_host_claim(struct sbfota_host *host);

/** The caller's command has ended. Without sbfota_host_claim before it this does nothing. */
SBFOTA_API void sbfota_host_release(struct sbfota_host *host);

/**
 * The command to send now. Call it behind each event and each of the other calls, and when `again` has
 * passed; more often does no harm. What it gives must be sent, as sbfota_format writes it with
 * SBFOTA_FORMAT_FRAMED: it is under way then.
 *
 * @param now      with SBFOTA_NO_TIME no wait ends
 * @param command  the command, if there is one
 * @param change   what it changed, as sbfota_session_feed tells it
 * @param again    milliseconds until the next call, at the latest; SBFOTA_NO_DURATION if only an event or
 *                 a call can change anything
 * @return whether there is a command
 */
SBFOTA_API bool sbfota_host_next(struct sbfota_host *host, int64_t now,
                                 struct sbfota_event *command, struct sbfota_change *change,
                                 uint32_t *again);

/**
 * May the power of the module be cut now? Only when its last messages say that no update is under way
 * (SBFOTA_POWER_SAFE), no command is, and one of these messages has come since sbfota_host_load.
 * What the module has begun and not told yet, nobody can know: cut the power soon or ask again.
 */
SBFOTA_API bool sbfota_host_may_cut(const struct sbfota_host *host);

/** The session: phase, percentage, outcome, when the module polls next: sbfota/session.h. It lives as
 * long as the host's struct. */
SBFOTA_API const struct sbfota_session *sbfota_host_session(const struct sbfota_host *host);

/** Milliseconds since the last event of the module, 0 if the clock was set back, SBFOTA_NO_DURATION if
 * none has come since init or load. More than that can hold is one less. */
SBFOTA_API uint32_t sbfota_host_silence(const struct sbfota_host *host, int64_t now);

/** What has become of the delay. */
SBFOTA_API enum sbfota_host_delay sbfota_host_delay_state(const struct sbfota_host *host);

/** The size of a saved host. */
#define SBFOTA_HOST_SAVED 72

/** Has anything but a percentage changed since it was last saved or loaded? Then save it before the
 * host is down. */
SBFOTA_API bool sbfota_host_unsaved(const struct sbfota_host *host);

/**
 * Save what must outlive the host. Nothing of a command under way does, nor what sbfota_host_ready and
 * sbfota_host_claim have said.
 *
 * | offset | bytes | what |
 * |---|---|---|
 * | 0 | 1 | version of this layout: 1 |
 * | 1 | 1 | how often `accept` was sent in this window; 3: it is not to be sent again |
 * | 2 | 6 | 0 |
 * | 8 | 64 | the session, as sbfota_session_save |
 */
SBFOTA_API void sbfota_host_save(struct sbfota_host *host, uint8_t saved[SBFOTA_HOST_SAVED]);

/**
 * Load a saved host, behind sbfota_host_init: the delay is the one given there.
 *
 * @return false if the bytes are none that this version saves; the host is then as sbfota_host_init
 * left it
 */
SBFOTA_API bool sbfota_host_load(struct sbfota_host *host, const uint8_t saved[SBFOTA_HOST_SAVED]);

/**
 * The same, as bytes to send. Takes some 250 bytes of stack on a small machine; sbfota_host_next half of
 * that.
 *
 * @param capacity  SBFOTA_HOST_ROOM at least
 * @return their number, 0 for none; over the capacity if there is not that room: then nothing has been done
 */
static inline size_t sbfota_host_poll(struct sbfota_host *host, int64_t now, char *out,
                                      size_t capacity, uint32_t *again)
{
    struct sbfota_event command;
    struct sbfota_change change;
    if (capacity < SBFOTA_HOST_ROOM)
        return SBFOTA_HOST_ROOM;
    if (!sbfota_host_next(host, now, &command, &change, again))
        return 0;
    return (size_t)sbfota_format(&command, NULL, SBFOTA_FORMAT_FRAMED, out, capacity);
}

/** A piece of the stream, for who wants nothing else from it: parsed, and all its events taken. */
static inline void sbfota_host_bytes(struct sbfota_host *host, struct sbfota_parser *parser,
                                     const void *bytes, size_t length, int64_t now)
{
    const unsigned char *next = (const unsigned char *)bytes;
    while (length > 0) {
        struct sbfota_event event;
        struct sbfota_change change;
        const size_t used = sbfota_parse(parser, next, length, &event);
        next += used;
        length -= used;
        sbfota_host_event(host, &event, now, &change);
    }
}

/** A line that another stack has cut out, with or without its line ends. True if it is of this
 * dialogue: sbfota_host_event. */
static inline bool sbfota_host_line(struct sbfota_host *host, const void *line, size_t length,
                                    int64_t now)
{
    struct sbfota_event event;
    struct sbfota_change change;
    sbfota_decode_line(line, length, &event);
    return sbfota_host_event(host, &event, now, &change);
}

#ifdef __cplusplus
}
#endif

#endif
