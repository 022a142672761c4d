/* SPDX-License-Identifier: MIT
 *
 * Which prefixes are believed. What stands before a message is structure, which speaks for itself, or words, which must be repeated by
 * other anchors, or be a few behind structure while nothing else is known. What needs the least trust is believed first. Where a text
 * may stand already, behind a mark or behind what is believed, words quote a message, unless others repeat them and a sign sets them
 * apart. [docs/architecture.md, "How a form is chosen"] */
#include "log/form/lesson.h"
#include "log/form/neighbours.h"

enum {
    WORDS_ON_TRUST = 2, /* at most */
    UNWEIGHED = 0,
    REPEATED, /* by other anchors */
    ALONE,    /* without words; with them, one more for each */
    TRUST_MOST = ALONE + WORDS_ON_TRUST,
    NEVER,
    SAID_MAX = 32 /* messages of a list */
};

/* What the anchors of one shape say of it. */
struct voices {
    bool repeats; /* there are several */
    bool again;   /* one says again what another has said, as progress is told */
    bool described;
    bool of_module; /* not all are commands */
    bool says_more; /* than one kind of message */
};

/* Those of the shape of an anchor, the first that has it. */
static struct voices hear(struct lesson *lesson, size_t first)
{
    const struct sighting *const one = &lesson->sightings[first];
    struct voices voices = {.repeats = false};
    uint64_t told[SAID_MAX];
    size_t count = 0;
    for (size_t i = first; i < lesson->count; i++) {
        struct sighting *const other = &lesson->sightings[i];
        if (other->trust != UNWEIGHED || !lesson_is_same_shape(one, other))
            continue;
        other->first = (uint16_t)first;
        voices.repeats = count > 0;
        for (size_t k = 0; k < count && !voices.again; k++)
            voices.again = told[k] == other->told;
        voices.described = voices.described || other->prose.described;
        voices.says_more = voices.says_more || other->said != one->said;
        voices.of_module = voices.of_module || other->anchor.kind != ANCHOR_COMMAND;
        if (count < SAID_MAX)
            told[count] = other->told;
        voices.again = voices.again || ++count > SAID_MAX;
    }
    return voices;
}

/* What may be a list of messages, as source, rules, tables and manuals have them, is repeated only if something is said again; what may be
 * sentences that each quote one, also if other lines begin so that are of the wire. No text quotes what the host has sent. */
static bool may_be_text(struct lesson *lesson, size_t first, const struct voices *voices)
{
    const struct prose *const prose = &lesson->sightings[first].prose;
    if (!prose->is_bare || voices->again)
        return false;
    if (prose->lists || voices->described)
        return true;
    if (!voices->of_module)
        return prose->counts;
    /* No more shapes than these are kept. */
    if (lesson->neighbours++ >= LEARNED_SHAPES_MAX)
        return true;
    const struct neighbours neighbours = neighbours_read(lesson, first);
    return !neighbours.of_wire && (prose->counts || prose->runs_on || !neighbours.alike);
}

static uint8_t weigh(const struct prose *prose, const struct voices *voices, bool text, bool others)
{
    if (!text && voices->repeats)
        return REPEATED;
    if (text || (prose->goes_on && (prose->words > 0 || prose->described)))
        return NEVER;
    if (prose->words == 0)
        return ALONE;
    return (prose->begins || !voices->of_module) && prose->words <= WORDS_ON_TRUST && !others
               ? (uint8_t)(ALONE + prose->words)
               : NEVER;
}

/* All anchors of a shape are believed or none is. */
static void weigh_shape(struct lesson *lesson, size_t first)
{
    const struct sighting *const one = &lesson->sightings[first];
    const struct voices voices = hear(lesson, first);
    const bool text = may_be_text(lesson, first, &voices);
    const uint8_t trust = weigh(&one->prose, &voices, text, lesson->others);
    for (size_t i = first; i < lesson->count; i++) {
        struct sighting *const other = &lesson->sightings[i];
        if (other->first != first)
            continue;
        other->trust = trust;
        other->of_module = voices.of_module;
        other->says_more = voices.says_more;
    }
}

/* Does a prefix begin as one that is believed, with words behind that? */
static bool goes_on_from_another(const struct learned *learned, const struct sighting *sighting)
{
    for (unsigned i = 0; i < learned->count; i++) {
        const struct line_shape *const shape = &learned->shapes[i];
        size_t same = 0;
        if (shape->length >= sighting->length)
            continue;
        while (same < shape->length &&
               learned_is(learned, &shape->prefix[same], &sighting->prefix[same]))
            same++;
        if (same == shape->length
                ? sighting->prefix[same].kind == TOKEN_WORD
                : same + 1U == shape->length &&
                      learned_runs_on(learned, &shape->prefix[same], &sighting->prefix[same]))
            return true;
    }
    return false;
}

/* Are prefixes alike but for their words, numbers and sides? */
static bool is_like(const struct sighting *one, const struct sighting *other)
{
    if (one->length != other->length)
        return false;
    for (size_t i = 0; i < one->length; i++)
        if (one->prefix[i].kind != other->prefix[i].kind &&
            !(token_is_side(one->prefix[i].kind) && token_is_side(other->prefix[i].kind)))
            return false;
    return true;
}

/* Is a prefix unlike all that are believed, if some are? */
static bool is_unlike(const struct lesson *lesson, const struct sighting *sighting)
{
    bool others = false;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const other = &lesson->sightings[i];
        if (other->shape < 0 || other->length == 0)
            continue;
        if (is_like(sighting, other))
            return false;
        others = true;
    }
    return others;
}

/* The words behind a mark, or behind a prefix that is believed, stand where a text does: one may quote a message there, unless others
 * have the same words and a sign behind them. No text quotes what the host has sent. */
static bool is_believed(const struct lesson *lesson, const struct sighting *sighting)
{
    const bool loose = sighting->trust > REPEATED || sighting->prose.runs_on;
    if (!sighting->of_module)
        return true;
    const bool quotes =
        sighting->prose.marked && !(sighting->trust == REPEATED && sighting->says_more);
    if (loose && (quotes || goes_on_from_another(lesson->learned, sighting)))
        return false;
    return sighting->trust <= ALONE || !is_unlike(lesson, sighting);
}

/* Tokens that are the same from the begin on, but for what varies from line to line. */
static size_t count_same(const struct sighting *one, const struct sighting *other)
{
    size_t same = 0;
    while (same < one->length && same < other->length &&
           one->prefix[same].kind == other->prefix[same].kind &&
           (!learned_has_words(one->prefix[same].kind) ||
            same_bytes(token_bytes(&one->prefix[same]), token_bytes(&other->prefix[same]))))
        same++;
    return same;
}

/* Has the prefix of a command or its answer so much in common with one that is believed that it is another of the same program? Of a URC
 * that is not enough: a text could forge it. */
static bool resembles(const struct lesson *lesson, const struct sighting *sighting)
{
    if (sighting->anchor.kind == ANCHOR_URC)
        return false;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const other = &lesson->sightings[i];
        if (other->shape < 0)
            continue;
        const size_t same = count_same(sighting, other);
        if (same > 2 && same * 3 >= sighting->length)
            return true;
    }
    return false;
}

/* The shapes of the prefixes of that length that are believed by so much trust. */
static void believe(struct lesson *lesson, uint8_t trust, size_t length)
{
    for (size_t i = 0; i < lesson->count; i++) {
        struct sighting *const one = &lesson->sightings[i];
        if (one->shape == SHAPE_JUDGED && one->length == length && one->trust == trust &&
            is_believed(lesson, one))
            lesson_make_shape(lesson, i);
    }
}

void lesson_believe(struct lesson *lesson)
{
    size_t longest = 0;
    for (size_t i = 0; i < lesson->count; i++) {
        if (lesson->sightings[i].shape == SHAPE_NONE)
            lesson_judge_alike(lesson, i);
        if (lesson->sightings[i].trust == UNWEIGHED)
            weigh_shape(lesson, i);
        if (lesson->sightings[i].length > longest)
            longest = lesson->sightings[i].length;
    }
    for (unsigned trust = REPEATED; trust <= TRUST_MOST; trust++)
        for (size_t length = 0; length <= longest; length++)
            believe(lesson, (uint8_t)trust, length);
    for (size_t i = 0; i < lesson->count; i++)
        if (lesson->sightings[i].shape == SHAPE_JUDGED && resembles(lesson, &lesson->sightings[i]))
            lesson_make_shape(lesson, i);
}
