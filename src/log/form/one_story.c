/* SPDX-License-Identifier: MIT */
#include "log/form/one_story.h"

#include "log/form/values.h"

#include <sbfota/session.h>

enum {
    NAMES_MAX = 16, /* where there are more, they are modems' */
    MESSAGE_MAX = 256,
    ODD_FEW = 1 /* messages that one modem's story may lack what comes before */
};

/* The messages of one name. */
struct story {
    struct bytes name;
    struct sbfota_session session;
    bool sides[2]; /* of the module, of the host */
    bool begun;    /* before which the log may have begun late */
};

/* What names the modem of an anchor; no data if nothing does. */
struct name {
    struct bytes text;
    bool marked; /* a mark stands next behind it */
};

static struct name find_name(const struct lesson *lesson, const struct sighting *sighting)
{
    if (sighting->shape < 0)
        return (struct name){{NULL, 0}, false};
    const struct line_shape *const shape = &lesson->learned->shapes[sighting->shape];
    size_t place = 0;
    while (place < shape->length && shape->prefix[place].kind != ELEMENT_MODEM)
        place++;
    if (place == shape->length)
        return (struct name){{NULL, 0}, false};
    size_t next = place + 1;
    while (next < shape->length &&
           (shape->prefix[next].token == TOKEN_BLANK || shape->prefix[next].token == TOKEN_SIGN))
        next++;
    return (struct name){token_bytes(&sighting->prefix[place]),
                         next < shape->length && token_is_side(shape->prefix[next].token)};
}

/* The message of an anchor as the module has sent it. False if it is not whole. */
static bool read_message(const struct anchor *anchor, struct sbfota_event *event)
{
    char bytes[MESSAGE_MAX];
    struct place places[MESSAGE_MAX];
    struct wire wire = {.bytes = bytes, .places = places, .capacity = MESSAGE_MAX};
    const size_t length = (size_t)(anchor->end - anchor->begin);
    const enum escapes escapes = anchor->percent   ? ESCAPES_PERCENT
                                 : anchor->doubled ? ESCAPES_CSV
                                 : anchor->spelled ? ESCAPES_ANY
                                                   : ESCAPES_NONE;
    if (escapes == ESCAPES_NONE) {
        sbfota_decode_line(anchor->begin, length, event);
    } else {
        wire_read(&wire, escapes, (struct bytes){anchor->begin, length}, anchor->begin);
        sbfota_decode_line(bytes, wire.length, event);
    }
    return record_is_whole(event->kind);
}

/* Names that all have digits are numbered, as modems are, and threads. */
static bool are_numbered(const struct story *stories, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool numbered = false;
        for (size_t k = 0; k < stories[i].name.length; k++)
            numbered =
                numbered || (stories[i].name.data[k] >= '0' && stories[i].name.data[k] <= '9');
        if (!numbered || value_is_thread(stories[i].name))
            return false;
    }
    return true;
}

static struct story *find_story(struct story *stories, size_t *count, struct bytes name)
{
    for (size_t i = 0; i < *count; i++)
        if (same_bytes(stories[i].name, name))
            return &stories[i];
    if (*count == NAMES_MAX)
        return NULL;
    struct story *const story = &stories[(*count)++];
    *story = (struct story){.name = name};
    sbfota_session_init(&story->session);
    return story;
}

/* Does each name keep to its side, and each side have one? */
static bool are_sides(const struct story *stories, size_t count)
{
    bool sides[2] = {false, false};
    for (size_t i = 0; i < count; i++) {
        if (stories[i].sides[0] == stories[i].sides[1])
            return false;
        sides[stories[i].sides[1]] = true;
    }
    return sides[0] && sides[1];
}

/* Does something come that cannot come there? */
static bool is_odd(struct sbfota_session *session, const struct sbfota_event *event)
{
    struct sbfota_change change;
    sbfota_session_feed(session, event, SBFOTA_NO_TIME, &change);
    return change.problems != 0;
}

bool is_one_story(const struct lesson *lesson)
{
    struct story stories[NAMES_MAX];
    struct sbfota_session all;
    size_t count = 0;
    size_t odd = 0;    /* messages in the stories of the names */
    bool first = true; /* likewise */
    bool marked = false;
    sbfota_session_init(&all);
    for (size_t i = 0; i < lesson->count; i++) {
        const struct name name = find_name(lesson, &lesson->sightings[i]);
        struct sbfota_event event;
        if (name.text.data == NULL || !read_message(&lesson->sightings[i].anchor, &event))
            continue;
        struct story *const story = find_story(stories, &count, name.text);
        if (story == NULL || (is_odd(&all, &event) && !first))
            return false;
        odd += is_odd(&story->session, &event) && story->begun;
        story->begun = true;
        story->sides[record_is_hosts(event.kind)] = true;
        marked = marked || name.marked;
        first = false;
    }
    if (are_numbered(stories, count))
        return !marked && odd > ODD_FEW;
    return odd > 0 || are_sides(stories, count);
}
