/* SPDX-License-Identifier: MIT */
#include "log/prefix/json.h"

#include <string.h>

#include "log/prefix/json_place.h"
#include "log/prefix/token.h"
#include "log/text/span.h"
#include "log/text/time.h"

#include "jsonl.inc"

/* A line of JSON that is being read. */
struct json_walk {
    enum json_level level;
    struct json_place place;
    unsigned arrays;    /* that are open */
    unsigned elements;  /* of the outermost array */
    bool in_array;      /* of which the line consists */
    bool named;         /* the value at hand has a name */
    bool in_lines;      /* in an array with a name that has held strings alone */
    struct bytes lines; /* from its first string to its last */
    bool ended;
    const struct field_names *names; /* or NULL */
    /* An object or an array that names the modem: by a member that usually does, else all of it is the name. */
    const char *name;
    struct field_value inner;
    unsigned name_depth;
    unsigned name_arrays;
};

/* Do the names of the objects from `first` on spell the wanted path? */
static bool is_path(const struct json_place *place, unsigned first, const char *wanted)
{
    for (unsigned depth = first; depth <= place->depth; depth++) {
        const struct bytes name = place->path[depth];
        if (name.length == 0 || strncmp(wanted, name.data, name.length) != 0)
            return false;
        wanted += name.length;
        if (depth == place->depth)
            return *wanted == '\0';
        if (*wanted++ != '.')
            return false;
    }
    return false;
}

static bool is_wanted(const struct json_place *place, const char *wanted)
{
    for (unsigned first = place->depth; first > 0; first--)
        if (is_path(place, first, wanted))
            return true;
    return false;
}

/* The role of a name that is usual. */
static struct field_name find_usual(const struct json_place *place, const struct field_names *names)
{
    const struct bytes name = place->path[place->depth];
    struct field_name field = {FIELD_NONE, 0};
    const bool is_nested = place->depth > place->record;
    if (name.length > 0)
        field = field_find(name);
    /* What is said about the text may be an object. */
    if (place->depth > 1 && place->path[place->depth - 1].length > 0 &&
        field_find(place->path[place->depth - 1]).role == FIELD_ABOUT)
        field.role = FIELD_ABOUT;
    if (field.role == FIELD_INNER && place->depth > 1 && place->path[place->depth - 1].length > 0) {
        field = field_find(place->path[place->depth - 1]);
        if (field.role != FIELD_TEXT)
            field.role = FIELD_NONE;
    }
    if (field.role == FIELD_SOURCE)
        field.role = names->sources ? FIELD_MODEM : FIELD_NONE;
    /* Beside the text, what is usual for one may say whose it is. */
    if (field.role == FIELD_TEXT && names->text != NULL)
        return (struct field_name){FIELD_DIRECTION, UINT8_MAX};
    if ((field.role == FIELD_ABOUT && names->text != NULL && !names->shown) ||
        (field.role == FIELD_TIME && names->time != NULL) ||
        (field.role == FIELD_MODEM && (names->modem != NULL || is_nested)))
        field.role = FIELD_NONE;
    return field;
}

struct field_name json_find_role(const struct json_place *place, const struct field_names *names)
{
    if (names->text != NULL && is_wanted(place, names->text))
        return (struct field_name){FIELD_TEXT, 0};
    if (names->time != NULL && is_wanted(place, names->time))
        return (struct field_name){FIELD_TIME, 0};
    if (names->modem != NULL && is_wanted(place, names->modem))
        return (struct field_name){FIELD_MODEM, 0};
    return find_usual(place, names);
}

static void take_text(struct field_choice *choice, uint32_t rank, enum json_token token,
                      enum json_level level, struct bytes value)
{
    const enum escapes usual = level == JSON_OUTER ? ESCAPES_JSON : ESCAPES_ANY;
    if (token == JSON_SCALAR || (choice->text.value.data != NULL && rank >= choice->text.rank))
        return;
    choice->text = (struct field_value){rank, value};
    choice->escapes = token == JSON_BYTES   ? ESCAPES_NUMBERS
                      : token == JSON_LINES ? ESCAPES_JSON_LINES
                                            : usual;
}

struct field_name json_find_inner_name(struct bytes name)
{
    struct field_name field = {FIELD_NONE, 0};
    if (name.length > 0)
        field = field_find(name);
    return field.role == FIELD_MODEM || field.role == FIELD_SOURCE
               ? field
               : (struct field_name){FIELD_NONE, 0};
}

struct bytes json_whole_array(struct bytes inside)
{
    const char *begin = inside.data;
    const char *end = inside.data + inside.length;
    while (*begin != '[')
        begin--;
    while (*end != ']')
        end++;
    return (struct bytes){begin, (size_t)(end - begin) + 1};
}

/* A member of the object that names the modem. */
static void take_inner_name(struct json_walk *walk, struct bytes value)
{
    const struct json_place *const place = &walk->place;
    if (place->depth != walk->name_depth + 1 || walk->arrays != walk->name_arrays ||
        value.length == 0)
        return;
    const struct field_name field = json_find_inner_name(place->path[place->depth]);
    if (field.role != FIELD_NONE)
        field_choose(&walk->inner, field.rank, value);
}

static void take_value(struct field_choice *choice, const struct json_walk *walk,
                       const struct field_names *names, enum json_token token, struct bytes value)
{
    const struct field_name field = json_find_role(&walk->place, names);
    const uint32_t rank = walk->place.depth << 8 | field.rank;
    choice->about = choice->about || field.role == FIELD_ABOUT;
    if (field.role == FIELD_TEXT)
        take_text(choice, rank, token, walk->level, value);
    if (value.length == 0 || token == JSON_LINES ||
        (token == JSON_BYTES && field.role != FIELD_MODEM))
        return;
    if (field.role == FIELD_MODEM)
        field_choose(&choice->modem, rank, token == JSON_BYTES ? json_whole_array(value) : value);
    else if (field.role == FIELD_TIME)
        field_choose(&choice->time, rank, value);
    else if (field.role == FIELD_DIRECTION && token == JSON_STRING &&
             field_direction(value) != DIRECTION_NONE)
        field_choose(&choice->direction, rank, value);
}

/* A value of an array that is a record: a time first, the text last. asciinema has "o" for what a terminal shows, "i" for what is
 * typed, other letters for what is no text. */
static void take_element(struct field_choice *choice, struct json_walk *walk, enum json_token token,
                         struct bytes value)
{
    const bool is_time = value.length > 0 && value.data[0] >= '0' && value.data[0] <= '9';
    const unsigned number = walk->elements++;
    if (number == 0 && is_time) {
        field_choose(&choice->time, 0, value);
    } else if (token == JSON_STRING && number == 1 && value.length == 1 &&
               choice->time.value.data != NULL) {
        if (*value.data == 'i')
            choice->direction.value = (struct bytes){"tx", 2};
        else if (*value.data != 'o')
            walk->in_array = false;
    } else if (token == JSON_STRING && field_direction(value) != DIRECTION_NONE) {
        field_choose(&choice->direction, 0, value);
    } else {
        take_text(choice, JSON_DEPTH_MAX << 8 | (255U - (number & 127)), token, walk->level, value);
    }
}

/* An object or an array begins behind a name. */
static void open_name(struct json_walk *walk, const char *begin)
{
    if (walk->names == NULL || walk->name != NULL ||
        json_find_role(&walk->place, walk->names).role != FIELD_MODEM)
        return;
    walk->name = begin;
    walk->inner.value.data = NULL;
    walk->name_depth = walk->place.depth;
    walk->name_arrays = walk->arrays;
}

/* One ends: is it the modem's name? */
static bool close_name(struct json_walk *walk, const char *end, struct bytes *value)
{
    if (walk->name == NULL || walk->place.depth != walk->name_depth ||
        walk->arrays != walk->name_arrays)
        return false;
    *value = walk->inner.value.data != NULL
                 ? walk->inner.value
                 : (struct bytes){walk->name, (size_t)(end - walk->name)};
    walk->name = NULL;
    walk->named = true;
    return true;
}

/* Go into an object or an array, which begins at `at`. False where it is too deep. */
static bool open_level(struct json_walk *walk, enum json_token token, bool named, const char *at)
{
    struct json_place *const place = &walk->place;
    if (token == JSON_OPEN && place->depth == JSON_DEPTH_MAX)
        return false;
    if (named)
        open_name(walk, at);
    if (token == JSON_OPEN) {
        place->path[++place->depth] = (struct bytes){"", 0};
    } else {
        walk->in_array = walk->in_array || (walk->arrays == 0 && place->depth == 0);
        walk->arrays++;
    }
    walk->in_lines = token == JSON_OPEN_ARRAY && named && walk->name == NULL;
    walk->lines = (struct bytes){NULL, 0};
    return true;
}

/* A value of an array that may be one of lines. */
static void take_line(struct json_walk *walk, enum json_token token, struct bytes value)
{
    walk->in_lines = walk->in_lines && token == JSON_STRING;
    if (!walk->in_lines)
        return;
    if (walk->lines.data == NULL)
        walk->lines = value;
    else
        walk->lines.length = (size_t)(value.data + value.length - walk->lines.data);
}

/* Its end: all lines are one text, with the quote behind the last. */
static bool close_lines(struct json_walk *walk, enum json_token token, struct bytes *value)
{
    const bool has_lines = token == JSON_CLOSE_ARRAY && walk->in_lines &&
                           walk->lines.data != NULL && walk->level == JSON_OUTER;
    walk->in_lines = false;
    if (has_lines) {
        *value = (struct bytes){walk->lines.data, walk->lines.length + 1};
        walk->named = true;
    }
    return has_lines;
}

/* Go out of one. False where there is none. */
static bool close_level(struct json_walk *walk, enum json_token token)
{
    unsigned *const depth = token == JSON_CLOSE ? &walk->place.depth : &walk->arrays;
    if (*depth == 0)
        return false;
    --*depth;
    return true;
}

/* The next value of an object or an array; JSON_END at its end, or at what is no JSON. walk->named says whether it has a name. */
static enum json_token read_value(struct json_walk *walk, const char **next, const char *end,
                                  struct bytes *value)
{
    struct json_place *const place = &walk->place;
    bool named = false;
    while (*next < end && !walk->ended) {
        /* Two readers, each for its level. */
        const enum json_token token = walk->level == JSON_OUTER
                                          ? read_json(JSON_OUTER, next, value)
                                          : read_json(JSON_INNER, next, value);
        switch (token) {
        case JSON_END: return JSON_END;
        case JSON_NAME:
            place->path[place->depth] = *value;
            named = place->depth > 0;
            continue;
        case JSON_STRING:
        case JSON_SCALAR:
        case JSON_BYTES:
            take_line(walk, token, *value);
            walk->named = named;
            return token;
        case JSON_OPEN:
        case JSON_OPEN_ARRAY:
            if (!open_level(walk, token, named, *next - 1))
                return JSON_END;
            break;
        case JSON_CLOSE:
        case JSON_CLOSE_ARRAY:
            if (!close_level(walk, token))
                return JSON_END;
            if (close_name(walk, *next, value))
                return JSON_SCALAR;
            if (close_lines(walk, token, value))
                return JSON_LINES;
            break;
        case JSON_NOTHING:
        case JSON_LINES: /* none of the lexer's */
        case JSON_COMMA: break;
        }
        named = false;
        walk->ended = place->depth == 0 && walk->arrays == 0;
    }
    return JSON_END;
}

static void begin_walk(struct json_walk *walk, enum json_level level,
                       const struct field_names *names)
{
    walk->level = level;
    walk->names = names;
    walk->name = NULL;
    walk->place.depth = walk->arrays = walk->elements = 0;
    walk->place.record = 1;
    walk->place.path[0] = (struct bytes){"", 0};
    walk->in_array = walk->in_lines = walk->ended = false;
    walk->lines = (struct bytes){NULL, 0};
}

/* Read an object or an array up to its end, or to what is no JSON. */
static void read_record(struct field_choice *choice, const struct field_names *names,
                        enum json_level level, const char *begin, const char *end)
{
    struct json_walk walk;
    struct bytes value;
    const char *next = begin;
    enum json_token token;
    begin_walk(&walk, level, names);
    while ((token = read_value(&walk, &next, end, &value)) != JSON_END) {
        if (walk.named && walk.name != NULL && token != JSON_BYTES)
            take_inner_name(&walk, value);
        if (walk.named)
            take_value(choice, &walk, names, token, value);
        else if (walk.in_array && walk.place.depth == 0 && walk.arrays == 1)
            take_element(choice, &walk, token, value);
    }
    /* What holds the text too is no name. */
    const struct bytes name = choice->modem.value;
    const char *const text = choice->text.value.data;
    if (name.data != NULL && text >= name.data && text < name.data + name.length)
        choice->modem.value.data = NULL;
}

void json_read_inner(const struct field_names *names, struct line *line)
{
    const struct bytes text = line->text;
    struct field_choice choice;
    struct line inner;
    if (text.length < 2 || *text.data != '{' || line->escapes != ESCAPES_JSON)
        return;
    memset(&choice, 0, sizeof choice);
    memset(&inner, 0, sizeof inner);
    read_record(&choice, names, JSON_INNER, text.data, text.data + text.length);
    if (!field_line(&choice, &inner))
        return;
    line->text = inner.text;
    line->escapes = inner.escapes;
    line_add(line, &inner);
}

const char *json_find_brace(const char *begin, const char *end)
{
    for (const char *at = begin; (at = memchr(at, '{', (size_t)(end - at))) != NULL; at++) {
        const char *next = at + 1;
        while (*next == ' ')
            next++;
        if (*next == '"')
            return at;
    }
    return NULL;
}

/* The word that a record stands behind, if it says whose text that is; no data if not. */
static struct bytes find_side(const char *begin, const char *end)
{
    while (end > begin && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == ':'))
        end--;
    const char *word = end;
    while (word > begin && (word[-1] | 0x20) >= 'a' && (word[-1] | 0x20) <= 'z')
        word--;
    const bool is_side = word < end && (word == begin || word[-1] == ' ' || word[-1] == '\t') &&
                         token_is_side(token_of_word(word, end));
    return is_side ? (struct bytes){word, (size_t)(end - word)} : (struct bytes){NULL, 0};
}

static void read_behind(struct field_choice *choice, const struct field_names *names,
                        const char *begin, const char *end)
{
    const char *const brace = json_find_brace(begin, end);
    if (brace == NULL)
        return;
    read_record(choice, names, JSON_OUTER, brace, end);
    if (choice->text.value.data != NULL && choice->time.value.data == NULL)
        choice->time.value = field_time(begin, brace);
    if (choice->text.value.data != NULL && choice->direction.value.data == NULL)
        choice->direction.value = find_side(begin, brace);
}

void json_line_read(const struct field_names *names, const char *begin, const char *end,
                    struct line *line)
{
    struct field_choice choice;
    const char *first = begin;
    memset(line, 0, sizeof *line);
    memset(&choice, 0, sizeof choice);
    line->text = (struct bytes){begin, (size_t)(end - begin)};
    while (*first == ' ' || *first == '\t')
        first++;
    if (*first == '{' || *first == '[')
        read_record(&choice, names, JSON_OUTER, first, end);
    if (*first != '{' && choice.text.value.data == NULL) {
        memset(&choice, 0, sizeof choice);
        read_behind(&choice, names, first, end);
    }
    if (!field_line(&choice, line)) {
        line->role = *first == '{' ? LINE_NOISE : LINE_BARE;
        return;
    }
    json_read_inner(names, line);
    if (line->escapes == ESCAPES_JSON)
        line->escapes = field_escapes(line->text, ESCAPES_JSON);
}

static size_t spell_path(const struct json_place *place, char *path, size_t room)
{
    size_t length = 0;
    for (unsigned depth = 1; depth <= place->depth; depth++) {
        const struct bytes name = place->path[depth];
        if (name.length >= room - length)
            return 0;
        memcpy(path + length, name.data, name.length);
        length += name.length;
        path[length++] = '.';
    }
    path[--length] = '\0';
    return length;
}

size_t json_find_text(const char *begin, const char *end, char *path, size_t room)
{
    struct json_walk walk;
    struct bytes value;
    const char *next = memchr(begin, '{', (size_t)(end - begin));
    enum json_token token;
    if (next == NULL)
        return 0;
    begin_walk(&walk, JSON_OUTER, NULL);
    while ((token = read_value(&walk, &next, end, &value)) != JSON_END)
        if ((token == JSON_STRING || token == JSON_LINES) && walk.named &&
            field_holds_message(value) &&
            field_find(walk.place.path[walk.place.depth]).role != FIELD_ABOUT)
            return spell_path(&walk.place, path, room);
    return 0;
}

struct bytes json_member_time(const struct field_names *names, const char *begin, const char *end)
{
    struct json_place place = {.depth = 1, .record = 1};
    struct bytes value;
    const char *next = begin;
    if (begin < end && read_json(JSON_OUTER, &next, &place.path[1]) == JSON_NAME && next < end) {
        const enum json_token token = read_json(JSON_OUTER, &next, &value);
        if ((token == JSON_STRING || token == JSON_SCALAR) && value.length <= TIME_SIZE &&
            json_find_role(&place, names).role == FIELD_TIME)
            return value;
    }
    return (struct bytes){NULL, 0};
}
