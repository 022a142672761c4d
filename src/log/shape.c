/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum {
    NAME_MAX_LENGTH = 40
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The bytes of ASCII that a name may hold: name_byte of the grammar. */
static const bool name_bytes[128] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
    ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1,
    ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
    ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1,
    ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
    ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1,
    ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
    ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['_'] = 1, ['.'] = 1,
    [':'] = 1, ['@'] = 1, ['/'] = 1, ['#'] = 1, ['+'] = 1, ['-'] = 1,
};

static bool is_name_byte(char byte)
{
    return (unsigned char)byte >= sizeof name_bytes || name_bytes[(unsigned char)byte];
}

/* Would the grammar take a name, with a colon behind it or not, for the end of the time before it or for a logger's word? */
static bool is_zone_or_rank(const char *name, size_t length)
{
    static const char words[][8] = {"Z",     "z",     "UTC",  "GMT",  "JST",
                                    "TRACE", "DEBUG", "INFO", "WARN", "WARNING"};
    length -= name[length - 1] == ':';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == length && memcmp(words[i], name, length) == 0)
            return true;
    return false;
}

/* May it? The shorter numbers may be years. */
static bool is_doubtful(const char *name, size_t length)
{
    if (name[0] == '+' || name[0] == '-' || (length <= 4 && is_digit(name[0])))
        return true;
    return length <= sizeof "WARNING" && is_zone_or_rank(name, length);
}

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

enum {
    PART = 16 /* bytes that a processor compares at once */
};

static inline bool has_bytes(const struct shape_bytes *shape, const char *begin)
{
#if defined(__SSE2__)
    __m128i over = _mm_setzero_si128();
    for (size_t at = 0; at < shape->length; at += PART) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(begin + at));
        const __m128i least = _mm_loadu_si128((const __m128i *)(const void *)(shape->least + at));
        const __m128i span = _mm_loadu_si128((const __m128i *)(const void *)(shape->span + at));
        over = _mm_or_si128(over, _mm_subs_epu8(_mm_sub_epi8(bytes, least), span));
    }
    return _mm_movemask_epi8(_mm_cmpeq_epi8(over, _mm_setzero_si128())) == 0xffff;
#else
    for (size_t i = 0; i < shape->length; i++)
        if ((unsigned char)((unsigned char)begin[i] - shape->least[i]) > shape->span[i])
            return false;
    return true;
#endif
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
    learn_bytes(&shape->all, begin, text);
    /* One that was kept elsewhere is not spelled so in the line. */
    if (shape->has_modem && (name < begin || name >= text))
        return;
    if (shape->has_modem) {
        const char *const tail = name + line->modem.length;
        if (name <= line->time.data || tail >= text || (*tail != ' ' && *tail != '\t') ||
            line->modem.length > NAME_MAX_LENGTH || is_doubtful(name, line->modem.length))
            return;
        shape->modem_length = (uint8_t)line->modem.length;
        learn_bytes(&shape->before, begin, name);
        learn_bytes(&shape->behind, tail, text);
    }
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
    size_t length = 0;
    while (length < NAME_MAX_LENGTH && is_name_byte(name[length]))
        length++;
    if (length == 0 || is_doubtful(name, length) || !has_bytes(&shape->behind, name + length))
        return false;
    *modem = (struct bytes){name, length};
    *text = name + length + shape->behind.length;
    return true;
}

void shapes_learn(struct shapes *shapes, const char *begin, const struct line *line)
{
    if (!shapes->has_none)
        return;
    struct shape *const shape = &shapes->list[shapes->next];
    learn(shape, begin, line);
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
