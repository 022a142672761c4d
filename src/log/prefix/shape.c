/* SPDX-License-Identifier: MIT */
#include "log/prefix/shape.h"

#include <string.h>

#include "codec/vector.h"
#include "log/prefix/token.h"
#include "log/text/span.h"

#include "shape.inc"

/* The same, and how much a line matters. */
static bool is_doubtful(const char *begin, const char *end)
{
    const char *const behind = end > begin && end[-1] == ':' ? end - 1 : end;
    return may_be_zone(begin, end) || token_of_word(begin, behind) == TOKEN_LEVEL;
}

enum {
    NAME_MAX_LENGTH = 40
};

static void learn_bytes(struct shape_bytes *shape, const char *begin, const char *end)
{
    memset(shape, 0, sizeof *shape);
    shape->length = (uint8_t)(end - begin);
    for (size_t i = 0; i < SHAPE_SIZE; i++) {
        const bool digit = i < shape->length && is_digit(begin[i]);
        shape->least[i] = i >= shape->length ? 0 : digit ? '0' : (unsigned char)begin[i];
        shape->span[i] = i >= shape->length ? 255 : digit ? 9 : 0;
    }
}

static inline bool has_bytes(const struct shape_bytes *shape, const char *begin)
{
    sbfota_vector beyond = {0};
    for (size_t at = 0; at < shape->length; at += SBFOTA_AT_A_TIME)
        beyond |=
            sbfota_beyond(sbfota_load_vector(begin + at), sbfota_load_vector(shape->least + at),
                          sbfota_load_vector(shape->span + at));
    return !sbfota_any(beyond);
}

static void learn(struct shape *shape, const char *begin, const struct line *line)
{
    const char *const text = line->text.data;
    const char *const name = line->modem.data;
    shape->known = false;
    if (line->role != LINE_RECORD || line->quoted || line->lossy || line->time.data == NULL ||
        text < line->time.data || text - begin > SHAPE_SIZE)
        return;
    shape->has_modem = name != NULL;
    shape->time = (uint8_t)(line->time.data - begin);
    shape->time_length = (uint8_t)line->time.length;
    shape->direction = (uint8_t)line->direction;
    /* One that was kept elsewhere is not spelled so in the line. */
    if (shape->has_modem && (name < begin || name >= text))
        return;
    if (shape->has_modem) {
        const char *const tail = name + line->modem.length;
        if (name <= line->time.data || tail >= text || (*tail != ' ' && *tail != '\t') ||
            line->modem.length > NAME_MAX_LENGTH || is_doubtful(name, tail))
            return;
        shape->modem_length = (uint8_t)line->modem.length;
        learn_bytes(&shape->before, begin, name);
        learn_bytes(&shape->behind, tail, text);
    }
    learn_bytes(&shape->all, begin, text);
    shape->known = true;
}

/* The text of a line with a name like the one that was learned; false if it has another shape. */
static inline bool match_all(const struct shape *shape, const char *begin, struct bytes *modem,
                             const char **text)
{
    if (!shape->known || !has_bytes(&shape->all, begin))
        return false;
    *modem = shape->has_modem ? (struct bytes){begin + shape->before.length, shape->modem_length}
                              : (struct bytes){NULL, 0};
    *text = begin + shape->all.length;
    return true;
}

/* The same with any name. */
static bool match_name(const struct shape *shape, const char *begin, struct bytes *modem,
                       const char **text)
{
    if (!shape->known || !shape->has_modem || !has_bytes(&shape->before, begin))
        return false;
    const char *const name = begin + shape->before.length;
    const char *const tail = skip_name(name, name + NAME_MAX_LENGTH);
    if (tail == name || is_doubtful(name, tail) || !has_bytes(&shape->behind, tail))
        return false;
    *modem = (struct bytes){name, (size_t)(tail - name)};
    *text = tail + shape->behind.length;
    return true;
}

void shapes_learn(struct shapes *shapes, const char *begin, const struct line *line, bool runs_on)
{
    if (!shapes->has_none)
        return;
    struct shape *const shape = &shapes->list[shapes->next];
    learn(shape, begin, line);
    shape->runs_on = runs_on;
    shape->learned = line->learned;
    shape->judged = line->judged;
    shape->strange = line->strange;
    shape->escapes = line->escapes;
    shape->sureness = line->sureness;
    if (shape->known)
        shapes->next = (uint8_t)((shapes->next + 1U) % (sizeof shapes->list / sizeof *shape));
    shapes->has_none = false;
}

const struct shape *shapes_match(struct shapes *shapes, const char *begin, struct bytes *modem,
                                 const char **text)
{
    enum {
        COUNT = sizeof shapes->list / sizeof shapes->list[0]
    };
    const struct shape *shape = &shapes->list[shapes->last];
    shapes->has_none = false;
    if (match_all(shape, begin, modem, text))
        return shape;
    for (unsigned number = 0; number < 2 * COUNT; number++) {
        shape = &shapes->list[number % COUNT];
        if (number < COUNT ? match_all(shape, begin, modem, text)
                           : match_name(shape, begin, modem, text)) {
            shapes->last = (uint8_t)(number % COUNT);
            return shape;
        }
    }
    shapes->has_none = true;
    return NULL;
}
