/* SPDX-License-Identifier: MIT
 *
 * What a fleet keeps of one modem: for those who feed it, event by event or a block's part at once. */
#ifndef SBFOTA_LOG_FLEET_MODEM_H
#define SBFOTA_LOG_FLEET_MODEM_H

#include "log/sessions/fleet.h"

/* A message, for one that repeats it in the next line of a log without times. */
struct told_message {
    uint64_t line;
    uint64_t end; /* in the file, of its text */
    uint64_t length;
    int32_t value;
    uint32_t file;
    uint8_t kind; /* SBFOTA_NONE: none, or one with a time */
    uint8_t spelling;
    uint8_t flags;
};

/* One modem; what is kept for others stands behind it. */
struct fleet_modem {
    struct sbfota_session session;
    struct edge from; /* of the attempt under way */
    struct edge to;
    struct clock_line clock;
    struct told_message last;
    bool cut; /* a repeat of the attempt under way, of which its session is not told, is unended */
};

/* Up to FLEET_TIME_SIZE bytes. Most times have 16 to 32: two copies that overlap, of a size that is known. */
static inline void fleet_copy_time(char *to, const char *time, size_t length)
{
    if (length >= 16 && length <= 32) {
        memcpy(to, time, 16);
        memcpy(to + length - 16, time + length - 16, 16);
    } else {
        memcpy(to, time, length);
    }
}

/* An attempt begins or ends at an event. */
static inline void fleet_note_edge(struct edge *edge, const struct fleet_event *event)
{
    const bool fits = event->time.data != NULL && event->time.length < FLEET_TIME_SIZE;
    edge->line = event->line;
    edge->offset = event->event->offset;
    edge->file = event->file;
    edge->clock = (uint8_t)event->clock;
    edge->time_length = fits ? (uint8_t)event->time.length : 0;
    if (fits)
        fleet_copy_time(edge->time, event->time.data, event->time.length);
    edge->time[edge->time_length] = '\0'; /* what stood there is not to be read with it */
}

/* What tells the year of a file's times: the log's own dated lines, else when the file was written last. */
void fleet_find_hint(struct fleet *fleet, uint32_t file);

/* An attempt is finished, the one under way before any other. */
void fleet_tell(struct fleet_modem *modem, struct bytes name, const struct sbfota_attempt *facts,
                const struct edge *from, const struct edge *to, const struct fleet_sink *sink);

#endif
