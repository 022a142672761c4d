/* SPDX-License-Identifier: MIT
 *
 * What the tests of the session share: stories as short texts, and attempts as text. */
#ifndef SBFOTA_TESTS_SESSION_SUPPORT_H
#define SBFOTA_TESTS_SESSION_SUPPORT_H

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/parts.h>
#include <sbfota/texts.h>

enum {
    TEXT_MAX = 2048,
    STORY_MAX = 512
};

struct moment {
    struct sbfota_event event;
    int64_t time;
};

/* An event of a story: "name", "name=value" or "name=value@seconds", which may have a fraction; a time holds for those behind
 * it, "@" ends it. */
static inline const char *read_moment(const char *story, struct moment *moment)
{
    char name[64] = "";
    int used = 0;
    memset(&moment->event, 0, sizeof moment->event);
    sscanf(story, " %63[a-z_]%n", name, &used);
    story += used;
    moment->event.kind = (uint8_t)sbfota_kind_from_name(name, strlen(name));
    if (moment->event.kind == SBFOTA_NONE) {
        fprintf(stderr, "no such event: %s in %s\n", name, story);
        abort();
    }
    if (moment->event.kind == SBFOTA_ACCEPT)
        moment->event.value = 1;
    char *end = (char *)(uintptr_t)story;
    if (*end == '=')
        moment->event.value = (int32_t)strtol(end + 1, &end, 10);
    if (*end == '@') {
        const char *const digits = end + 1;
        moment->time = (int64_t)(strtod(digits, &end) * 1000 + 0.5);
        if (end == digits)
            moment->time = SBFOTA_NO_TIME;
    }
    return end + strspn(end, " ");
}

static inline size_t read_story(const char *story, struct moment moments[STORY_MAX])
{
    size_t count = 0;
    int64_t time = SBFOTA_NO_TIME;
    while (*story != '\0' && count < STORY_MAX) {
        moments[count].time = time;
        story = read_moment(story, &moments[count]);
        time = moments[count++].time;
    }
    return count;
}

static inline void add_text(char text[TEXT_MAX], const char *name, long value)
{
    const size_t used = strlen(text);
    snprintf(text + used, TEXT_MAX - used, " %s=%ld", name, value);
}

static inline void add_problems(char text[TEXT_MAX], unsigned problems)
{
    for (unsigned bit = 1; bit <= problems; bit <<= 1)
        if (problems & bit)
            strcat(strcat(text, " !"), sbfota_problem_name(bit));
}

/* "outcome phase percent%", then what else there is. */
static inline void add_attempt(char text[TEXT_MAX], const struct sbfota_attempt *attempt)
{
    if (text[0] != '\0')
        strcat(text, "; ");
    strcat(strcat(text, sbfota_outcome_name(attempt->outcome)), " ");
    strcat(text, sbfota_phase_name(attempt->phase));
    if (attempt->percent != SBFOTA_NO_PERCENT)
        snprintf(text + strlen(text), 8, " %u%%", attempt->percent);
    if (attempt->has & SBFOTA_HAS_POLL_CODE)
        add_text(text, "poll", attempt->poll_code);
    if (attempt->has & SBFOTA_HAS_HTTP_CODE)
        add_text(text, "http", attempt->http_code);
    if (attempt->has & SBFOTA_HAS_UPDATE_CODE)
        add_text(text, "update", attempt->update_code);
    if (attempt->has & SBFOTA_HAS_REPORT_CODE)
        add_text(text, "report", attempt->report_code);
    if (attempt->resumes > 0)
        add_text(text, "resumes", attempt->resumes);
    if (attempt->accepted)
        strcat(text, " accepted");
    if (attempt->delay != SBFOTA_NO_DELAY)
        add_text(text, "delay", attempt->delay);
    if (attempt->started != SBFOTA_NO_TIME)
        add_text(text, "started", (long)(attempt->started / 1000));
    if (attempt->ended != SBFOTA_NO_TIME)
        add_text(text, "ended", (long)(attempt->ended / 1000));
    if (attempt->downloading_ms != SBFOTA_NO_DURATION)
        add_text(text, "downloading", attempt->downloading_ms / 1000);
    if (attempt->updating_ms != SBFOTA_NO_DURATION)
        add_text(text, "updating", attempt->updating_ms / 1000);
    if (attempt->restore_ms != SBFOTA_NO_DURATION)
        add_text(text, "restore", attempt->restore_ms / 1000);
    add_problems(text, attempt->problems);
}

/* A saved session or part that breaks one rule: some of its bytes are others. */
struct damage {
    const char *rule;
    const char *story;
    struct {
        uint8_t at, byte;
    } changes[4]; /* none at 0 with 0 */
};

static inline void apply_damage(const struct damage *damage, uint8_t *saved)
{
    for (size_t i = 0; i < sizeof damage->changes / sizeof damage->changes[0]; i++)
        if (damage->changes[i].at != 0 || damage->changes[i].byte != 0)
            saved[damage->changes[i].at] = damage->changes[i].byte;
}

/* A generator with the same numbers everywhere. */
static inline unsigned random_number(unsigned *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

#endif
