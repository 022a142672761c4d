/* SPDX-License-Identifier: MIT
 *
 * Stories that many tests of the session begin with, and what comes of them. */
#ifndef SBFOTA_TESTS_SESSION_STORIES_H
#define SBFOTA_TESTS_SESSION_STORIES_H

#include "session_support.h"

/* The attempts of a story, in their order, "a; b". */
static inline void tell_story(const char *story, char text[TEXT_MAX])
{
    static struct moment moments[STORY_MAX];
    const size_t count = read_story(story, moments);
    struct sbfota_session session;
    struct sbfota_attempt last;
    text[0] = '\0';
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
        if (change.what & SBFOTA_CHANGE_FINISHED)
            add_attempt(text, &change.finished);
    }
    if (sbfota_session_attempt(&session, &last))
        add_attempt(text, &last);
}

/* The session behind a story. */
static inline struct sbfota_session session_after(const char *story)
{
    static struct moment moments[STORY_MAX];
    const size_t count = read_story(story, moments);
    struct sbfota_session session;
    sbfota_session_init(&session);
    for (size_t i = 0; i < count; i++) {
        struct sbfota_change change;
        sbfota_session_feed(&session, &moments[i].event, moments[i].time, &change);
    }
    return session;
}

/* The beginning of most stories, up to what it names. */
#define DOWNLOAD "http_start downloading=10 downloading=60 "
#define DELAY DOWNLOAD "downloading=100 http_end=0 update_timeout=30 "
#define UPDATE DELAY "start updating=6 updating=50 "
#define RESTORE UPDATE "updating=100 restore=4 restore=40 "
#define END RESTORE "restore=100 end=0 "

#endif
