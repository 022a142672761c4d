/* SPDX-License-Identifier: MIT
 *
 * From the anchors of a log to the shapes of its lines: which words are always there, which vary, which name the modem, and whose
 * text a mark announces. */
#include <stdlib.h>
#include <string.h>

#include "anchor.h"
#include "learned.h"

enum {
    SIGHTINGS_MAX = 256,
    VALUES_MAX = 64,
    LONG_NUMBER = 8, /* digits of a number that may name a modem */
    WORDS_OF_ONE = 2 /* words of a prefix that no other anchor shares */
};

/* One anchor of the log. */
struct sighting {
    struct anchor anchor;
    struct token prefix[TOKENS_MAX];
    struct token suffix[SUFFIX_MAX + 1];
    struct element elements[TOKENS_MAX];
    size_t length; /* of the prefix */
    size_t suffix_length;
    uint64_t said; /* the keyword of its message */
    bool believed;
    int shape; /* its number, or -1 */
};

struct lesson {
    struct learned *learned;
    struct sighting *sightings;
    size_t count;
};

static bool is_sign(const struct token *token, char sign)
{
    return token->kind == TOKEN_SIGN && token->end - token->begin == 1 && *token->begin == sign;
}

static struct bytes token_bytes(const struct token *token)
{
    return (struct bytes){token->begin, (size_t)(token->end - token->begin)};
}

static bool same_bytes(struct bytes one, struct bytes other)
{
    return one.length == other.length && memcmp(one.data, other.data, one.length) == 0;
}

/* Does a prefix begin as a response or a command does? Then the text of a message could have forged it. */
static bool may_be_forged(const struct sighting *sighting)
{
    for (size_t i = 0; i + 1 < sighting->length; i++) {
        const struct token *const token = &sighting->prefix[i];
        const bool before = is_sign(token, '+') || is_sign(token, '^') || is_sign(token, '%') ||
                            is_sign(token, '&');
        if (before && token[1].kind == TOKEN_WORD && token->end == token[1].begin)
            return true;
    }
    return false;
}

/* Letters of a message, without its numbers. */
static uint64_t hash_letters(const char *begin, const char *end)
{
    uint64_t hash = 14695981039346656037U;
    for (; begin < end; begin++)
        if (((unsigned char)*begin | 0x20U) >= 'a' && ((unsigned char)*begin | 0x20U) <= 'z')
            hash = (hash ^ (unsigned char)*begin) * 1099511628211U;
    return hash;
}

/* Is there more than blanks and bare line ends? */
static bool has_marks(const char *begin, const char *end)
{
    for (; begin < end; begin++)
        if (*begin != ' ' && *begin != '\t' && *begin != '\r')
            return true;
    return false;
}

/* Does a terminal's sequence stand before a text? It is no part of it, whatever the other lines have. */
static bool is_painted(const char *begin, const char *end)
{
    struct sbfota_event event;
    const char *const text = *begin == '\x1b' ? tokens_skip(begin, end, true) : begin;
    if (text == begin)
        return false;
    sbfota_decode_line(text, (size_t)(end - text), &event);
    return event.kind != SBFOTA_OTHER && event.kind != SBFOTA_MALFORMED &&
           event.kind != SBFOTA_OVERLONG && event.kind != SBFOTA_NONE && event.kind != SBFOTA_BLANK;
}

static void look_at_line(struct lesson *lesson, const char *begin, const char *end)
{
    struct sighting *const sighting = &lesson->sightings[lesson->count];
    struct anchor *const anchor = &sighting->anchor;
    if (!anchor_find(begin, end, anchor)) {
        lesson->learned->useful = lesson->learned->useful || is_painted(begin, end);
        return;
    }
    sighting->length = tokens_read(begin, anchor->begin, end, sighting->prefix, TOKENS_MAX);
    /* The line ends of the wire before the message are part of the text. */
    for (size_t i = 0; i < sighting->length; i++)
        if (sighting->prefix[i].kind == TOKEN_END)
            sighting->length = i;
    const bool crosses =
        sighting->length > 0 && sighting->prefix[sighting->length - 1].end > anchor->begin;
    if (sighting->length == TOKENS_MAX || crosses || may_be_forged(sighting)) {
        lesson->learned->strange++;
        return;
    }
    const char *const behind = tokens_skip_ends(anchor->end, end);
    struct anchor another;
    if (anchor_find(behind, end, &another)) {
        lesson->learned->strange++;
        return;
    }
    sighting->suffix_length = tokens_read(behind, end, end, sighting->suffix, SUFFIX_MAX + 1);
    /* A comma is a field's, and the message goes on in another record. */
    if (sighting->suffix_length > 0 && is_sign(&sighting->suffix[0], ','))
        sighting->suffix_length = 0;
    while (sighting->suffix_length > 0 &&
           sighting->suffix[sighting->suffix_length - 1].kind == TOKEN_BLANK)
        sighting->suffix_length--;
    if ((anchor->begin != begin && sighting->length == 0) || has_marks(anchor->end, behind))
        lesson->learned->useful = true;
    sighting->said = hash_letters(anchor->begin, anchor->end);
    sighting->believed = false;
    sighting->shape = -1;
    lesson->count++;
}

/* Are prefixes alike but for their words? */
static bool is_alike(const struct sighting *one, const struct sighting *other)
{
    if (one->length != other->length)
        return false;
    for (size_t i = 0; i < one->length; i++) {
        const struct token *const a = &one->prefix[i];
        const struct token *const b = &other->prefix[i];
        if (a->kind != b->kind || (a->kind == TOKEN_TIME && a->moment != b->moment))
            return false;
        if (a->kind == TOKEN_SIGN && !same_bytes(token_bytes(a), token_bytes(b)))
            return false;
    }
    return true;
}

/* What stands at one place of alike prefixes. */
struct values {
    struct value {
        struct bytes text;
        unsigned count;
        unsigned from_host;
        uint64_t said;
        bool says_more; /* than one kind of message */
    } list[VALUES_MAX];
    size_t count;
    size_t sightings;
    bool too_many;
};

static void add_value(struct values *values, const struct sighting *sighting, size_t place)
{
    const struct bytes text = token_bytes(&sighting->prefix[place]);
    const bool from_host = sighting->anchor.kind == ANCHOR_COMMAND;
    values->sightings++;
    for (size_t i = 0; i < values->count; i++) {
        struct value *const value = &values->list[i];
        if (same_bytes(value->text, text)) {
            value->count++;
            value->from_host += from_host;
            value->says_more = value->says_more || value->said != sighting->said;
            return;
        }
    }
    if (values->count == VALUES_MAX) {
        values->too_many = true;
        return;
    }
    values->list[values->count++] = (struct value){text, 1, from_host, sighting->said, false};
}

static bool has_digit(struct bytes text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* Does a word name a thread? */
static bool is_thread(struct bytes text)
{
    static const char *const words[] = {"thread", "worker", "task", "pool", "executor", "main"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t length = strlen(words[i]);
        for (size_t at = 0; at + length <= text.length; at++) {
            size_t same = 0;
            while (same < length && (text.data[at + same] | 0x20) == words[i][same])
                same++;
            if (same == length)
                return true;
        }
    }
    return false;
}

/* Do the values tell host from module, rather than one modem from another? */
static bool tell_directions(const struct values *values)
{
    size_t of_host = 0;
    size_t of_module = 0;
    for (size_t i = 0; i < values->count; i++) {
        const struct value *const value = &values->list[i];
        of_host += value->from_host == value->count;
        of_module += value->from_host == 0;
    }
    return of_host > 0 && of_module > 0 && of_host + of_module == values->count;
}

static bool all_are_upper(const struct values *values)
{
    for (size_t i = 0; i < values->count; i++)
        for (size_t k = 0; k < values->list[i].text.length; k++) {
            const char byte = values->list[i].text.data[k];
            if ((byte >= 'a' && byte <= 'z') || (unsigned char)byte > 127)
                return false;
        }
    return true;
}

/* What values at one place are: each of them has a story of its own where they name modems. */
static enum element_kind judge(const struct values *values, bool is_path, bool behind_colon)
{
    size_t again = 0; /* values that come more than once */
    size_t stories = 0;
    size_t threads = 0;
    size_t digits = 0;
    if (values->count < 2)
        return ELEMENT_SAME;
    for (size_t i = 0; i < values->count; i++) {
        again += values->list[i].count > 1;
        stories += values->list[i].says_more;
        threads += is_thread(values->list[i].text);
        digits += has_digit(values->list[i].text);
    }
    if (threads > 0 || is_path || (digits == values->count && values->count > 3 && again == 0))
        return ELEMENT_ANY;
    if (tell_directions(values))
        return ELEMENT_SAME;
    /* Words without digits may be states or functions as well. */
    if (digits == 0 && (behind_colon || all_are_upper(values)))
        return ELEMENT_SAME;
    if (stories > 1 && stories * 2 >= again &&
        (values->sightings - values->count) * 4 >= values->count)
        return ELEMENT_MODEM;
    return ELEMENT_SAME;
}

/* Do numbers grow from line to line? Then they count something, and name nobody. */
static uint8_t is_counter(const struct values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        const struct bytes number = values->list[i].text;
        if (values->list[i].count > 1)
            return ELEMENT_SAME;
        if (i == 0)
            continue;
        const struct bytes before = values->list[i - 1].text;
        if (number.length < before.length ||
            (number.length == before.length && memcmp(number.data, before.data, number.length) < 0))
            return ELEMENT_SAME;
    }
    return values->count > 1 ? ELEMENT_ANY : ELEMENT_SAME;
}

/* A file's name and a number before the line, as grep writes them. */
static bool is_path(const struct sighting *sighting, size_t place)
{
    return place == 0 && sighting->length > 1 && is_sign(&sighting->prefix[1], ':');
}

/* The elements of all prefixes that are alike to that of one sighting, of which none was judged before. */
static void judge_alike(struct lesson *lesson, size_t first)
{
    struct sighting *const model = &lesson->sightings[first];
    size_t modem = TOKENS_MAX;
    uint8_t kinds[TOKENS_MAX] = {ELEMENT_SAME};
    for (size_t place = 0; place < model->length; place++) {
        const struct token *const token = &model->prefix[place];
        struct values values = {.count = 0};
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
            continue;
        for (size_t i = first; i < lesson->count; i++)
            if (is_alike(model, &lesson->sightings[i]))
                add_value(&values, &lesson->sightings[i], place);
        const bool may_name = token->kind == TOKEN_WORD || token->end - token->begin >= LONG_NUMBER;
        kinds[place] = may_name
                           ? (uint8_t)judge(&values, is_path(model, place),
                                            place > 0 && is_sign(&model->prefix[place - 1], ':'))
                           : is_counter(&values);
        if (kinds[place] != ELEMENT_MODEM)
            continue;
        /* The name that stands nearest to the text is the modem's. */
        if (modem < TOKENS_MAX)
            kinds[modem] = ELEMENT_ANY;
        modem = place;
    }
    for (size_t i = first; i < lesson->count; i++) {
        struct sighting *const other = &lesson->sightings[i];
        if (other->shape != -1 || !is_alike(model, other))
            continue;
        for (size_t place = 0; place < other->length; place++)
            other->elements[place] =
                (struct element){.kind = kinds[place],
                                 .token = (uint8_t)other->prefix[place].kind,
                                 .moment = (uint8_t)other->prefix[place].moment};
        other->shape = -2; /* judged */
    }
}

/* Have two judged prefixes the same shape? */
static bool is_same_shape(const struct sighting *one, const struct sighting *other)
{
    if (!is_alike(one, other))
        return false;
    for (size_t i = 0; i < one->length; i++)
        if (one->prefix[i].kind == TOKEN_WORD && one->elements[i].kind == ELEMENT_SAME &&
            !same_bytes(token_bytes(&one->prefix[i]), token_bytes(&other->prefix[i])))
            return false;
    return true;
}

/* The name that journald gives to a text, as its export form has it. */
static bool is_journal_field(const struct sighting *sighting)
{
    static const char name[] = "MESSAGE";
    return sighting->length == 2 && is_sign(&sighting->prefix[1], '=') &&
           same_bytes(token_bytes(&sighting->prefix[0]), (struct bytes){name, sizeof name - 1});
}

/* May a prefix be believed that no other anchor shares? It begins with a time, a mark or the like, and is no sentence. */
static bool is_plain(const struct sighting *sighting)
{
    size_t words = 0;
    size_t first = 0;
    while (first < sighting->length && (sighting->prefix[first].kind == TOKEN_SIGN ||
                                        sighting->prefix[first].kind == TOKEN_BLANK))
        first++;
    for (size_t i = 0; i < sighting->length; i++)
        words += sighting->prefix[i].kind == TOKEN_WORD;
    if (words == 0 || is_journal_field(sighting))
        return true;
    const enum token_kind kind = sighting->prefix[first].kind;
    const bool begins = kind == TOKEN_TIME || kind == TOKEN_LEVEL || kind == TOKEN_FROM_MODULE ||
                        kind == TOKEN_FROM_HOST;
    return words <= WORDS_OF_ONE && (begins || sighting->anchor.kind == ANCHOR_COMMAND);
}

static bool keep_bytes(struct learned *learned, const struct token *token, struct element *element)
{
    const size_t length = (size_t)(token->end - token->begin);
    if (length > UINT8_MAX || learned->texts_used + length > sizeof learned->texts)
        return false;
    memcpy(learned->texts + learned->texts_used, token->begin, length);
    element->text = (uint16_t)learned->texts_used;
    element->length = (uint8_t)length;
    learned->texts_used += length;
    return true;
}

static bool keep_elements(struct learned *learned, const struct token *tokens, size_t count,
                          struct element *elements)
{
    for (size_t i = 0; i < count; i++) {
        elements[i].token = (uint8_t)tokens[i].kind;
        elements[i].moment = (uint8_t)tokens[i].moment;
        const bool has_words = learned_has_words(tokens[i].kind) ||
                               tokens[i].kind == TOKEN_FROM_MODULE ||
                               tokens[i].kind == TOKEN_FROM_HOST;
        if (elements[i].kind == ELEMENT_SAME && has_words &&
            !keep_bytes(learned, &tokens[i], &elements[i]))
            return false;
    }
    return true;
}

/* What stands behind the text. A suffix like one that is known but for its words makes these vary. */
static void learn_suffix(struct learned *learned, struct line_shape *shape,
                         const struct sighting *sighting)
{
    const size_t length = sighting->suffix_length;
    if (length == 0 || length > SUFFIX_MAX)
        return;
    for (unsigned i = 0; i < shape->suffix_count; i++) {
        struct element *const suffix = shape->suffixes[i];
        bool same = shape->suffix_lengths[i] == length;
        for (size_t k = 0; k < length && same; k++)
            same = learned_is(learned, &suffix[k], &sighting->suffix[k]) ||
                   (suffix[k].token == TOKEN_WORD && sighting->suffix[k].kind == TOKEN_WORD);
        if (!same)
            continue;
        for (size_t k = 0; k < length; k++)
            if (!learned_is(learned, &suffix[k], &sighting->suffix[k]))
                suffix[k].kind = ELEMENT_ANY;
        shape->suffix_anchors[i]++;
        return;
    }
    struct element elements[SUFFIX_MAX] = {{.kind = ELEMENT_SAME}};
    if (shape->suffix_count == SUFFIXES_MAX ||
        !keep_elements(learned, sighting->suffix, length, elements))
        return;
    memcpy(shape->suffixes[shape->suffix_count], elements, sizeof elements);
    shape->suffix_anchors[shape->suffix_count] = 1;
    shape->suffix_lengths[shape->suffix_count++] = (uint8_t)length;
}

/* What stands behind few of the texts is part of these, and odd; so is what stands behind one alone that has nothing before it. */
static void drop_rare_suffixes(struct line_shape *shape)
{
    uint8_t kept = 0;
    for (uint8_t i = 0; i < shape->suffix_count; i++) {
        const unsigned count = shape->suffix_anchors[i];
        if (count * 4 < shape->anchors ||
            (count == 1 && (shape->anchors > 1 || shape->length == 0)))
            continue;
        memmove(shape->suffixes[kept], shape->suffixes[i], sizeof shape->suffixes[i]);
        shape->suffix_lengths[kept] = shape->suffix_lengths[i];
        shape->suffix_anchors[kept++] = shape->suffix_anchors[i];
    }
    shape->suffix_count = kept;
}

/* The time that tells most; the first among equals. */
static void choose_time(struct line_shape *shape)
{
    uint8_t best = MOMENT_NONE;
    for (uint8_t i = 0; i < shape->length; i++) {
        const struct element *const element = &shape->prefix[i];
        if (element->token == TOKEN_TIME && element->moment > best) {
            best = element->moment;
            shape->time = (uint8_t)(i + 1);
        }
    }
}

/* The fewest blanks that stand before a text. */
static void learn_gap(struct line_shape *shape, const struct sighting *sighting)
{
    if (sighting->length == 0)
        return;
    const struct token *const last = &sighting->prefix[sighting->length - 1];
    if (last->kind != TOKEN_BLANK)
        return;
    const size_t gap = (size_t)(last->end - last->begin);
    if (shape->gap == 0 || gap < shape->gap)
        shape->gap = (uint8_t)(gap < UINT8_MAX ? gap : UINT8_MAX);
}

static void make_shape(struct lesson *lesson, size_t first)
{
    struct learned *const learned = lesson->learned;
    struct sighting *const model = &lesson->sightings[first];
    if (learned->count == LEARNED_SHAPES_MAX)
        return;
    struct line_shape *const shape = &learned->shapes[learned->count];
    memset(shape, 0, sizeof *shape);
    memcpy(shape->prefix, model->elements, model->length * sizeof shape->prefix[0]);
    if (!keep_elements(learned, model->prefix, model->length, shape->prefix))
        return;
    shape->length = (uint8_t)model->length;
    shape->number = learned->count;
    for (size_t i = first; i < lesson->count; i++) {
        struct sighting *const other = &lesson->sightings[i];
        if (other->shape != -2 || !is_same_shape(model, other))
            continue;
        other->shape = (int)learned->count;
        shape->anchors++;
        shape->lossy = shape->lossy || other->anchor.lossy;
        learn_gap(shape, other);
        learn_suffix(learned, shape, other);
    }
    drop_rare_suffixes(shape);
    choose_time(shape);
    learned->count++;
}

/* Has the prefix of a command or its answer so much in common with one that is believed that it is another of the same program? A third of it
 * from its begin on, or all but a word or two. Of a URC that is not enough: a text could forge it. */
static bool resembles(const struct lesson *lesson, const struct sighting *sighting)
{
    if (sighting->anchor.kind == ANCHOR_URC)
        return false;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const other = &lesson->sightings[i];
        size_t same = 0;
        size_t words = 0;
        if (other->shape < 0)
            continue;
        while (
            same < sighting->length && same < other->length &&
            sighting->prefix[same].kind == other->prefix[same].kind &&
            (!learned_has_words(sighting->prefix[same].kind) ||
             same_bytes(token_bytes(&sighting->prefix[same]), token_bytes(&other->prefix[same]))))
            same++;
        if (same > 2 && same * 3 >= sighting->length)
            return true;
        if (!is_alike(sighting, other))
            continue;
        same = 0;
        for (size_t k = 0; k < sighting->length; k++) {
            if (sighting->prefix[k].kind != TOKEN_WORD)
                continue;
            words++;
            same += same_bytes(token_bytes(&sighting->prefix[k]), token_bytes(&other->prefix[k]));
        }
        if (same * 2 > words)
            return true;
    }
    return false;
}

static void make_shapes(struct lesson *lesson)
{
    for (size_t i = 0; i < lesson->count; i++) {
        if (lesson->sightings[i].shape == -1)
            judge_alike(lesson, i);
    }
    for (size_t i = 0; i < lesson->count; i++) {
        size_t alike = 0;
        const struct sighting *const one = &lesson->sightings[i];
        for (size_t k = i; k < lesson->count && one->shape == -2; k++)
            alike += is_same_shape(one, &lesson->sightings[k]);
        if (alike > 1 || (alike == 1 && is_plain(one)))
            make_shape(lesson, i);
    }
    for (size_t i = 0; i < lesson->count; i++) {
        if (lesson->sightings[i].shape != -2)
            continue;
        if (resembles(lesson, &lesson->sightings[i]))
            make_shape(lesson, i);
        else
            lesson->learned->strange++;
    }
}

static bool is_colon(const struct learned *learned, const struct element *element)
{
    return element->token == TOKEN_SIGN && learned->texts[element->text] == ':';
}

/* Is what stands before a text closed behind it, as in <text>? */
static bool is_bracket(const struct line_shape *shape)
{
    return shape->suffix_count > 0 && shape->suffixes[0][0].token == TOKEN_FROM_HOST;
}

/* The mark that announces the text: the last one, if only signs and numbers stand behind it. */
static const struct element *find_mark(const struct learned *learned,
                                       const struct line_shape *shape, size_t *place)
{
    for (size_t i = shape->length; i > 0; i--) {
        const struct element *const element = &shape->prefix[i - 1];
        *place = i - 1;
        if (element->token == TOKEN_FROM_MODULE || element->token == TOKEN_FROM_HOST)
            return i == shape->length && is_bracket(shape) ? NULL : element;
        /* A number behind a colon is a line's of a program: the word before it names a function. */
        const bool counts =
            element->token == TOKEN_NUMBER && !(i > 1 && is_colon(learned, &shape->prefix[i - 2]));
        if (element->token != TOKEN_BLANK && element->token != TOKEN_SIGN &&
            element->token != TOKEN_TIME && !counts)
            return NULL;
    }
    return NULL;
}

static bool is_same_text(const struct learned *learned, const struct element *one,
                         const struct element *other)
{
    return one != NULL && other != NULL && one->length == other->length &&
           memcmp(learned->texts + one->text, learned->texts + other->text, one->length) == 0;
}

/* What the marks of a log say: how often the texts behind them are of the side that they announce. */
struct mark_evidence {
    size_t agreeing;
    size_t others;
    bool both; /* sides are announced */
};

static struct mark_evidence weigh_marks(const struct lesson *lesson)
{
    struct mark_evidence evidence = {0, 0, false};
    bool sides[2] = {false, false};
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const sighting = &lesson->sightings[i];
        size_t ignored;
        const struct element *const mark =
            sighting->shape < 0
                ? NULL
                : find_mark(lesson->learned, &lesson->learned->shapes[sighting->shape], &ignored);
        if (mark == NULL)
            continue;
        const bool from_host = mark->token == TOKEN_FROM_HOST;
        const bool agrees = (sighting->anchor.kind == ANCHOR_COMMAND) == from_host;
        sides[from_host] = true;
        evidence.agreeing += agrees;
        evidence.others += !agrees;
    }
    evidence.both = sides[0] && sides[1];
    return evidence;
}

/* Marks are believed if the texts behind them are of their sides: people quote mail with the mark of a host, and write arrows either
 * way. Where both sides are marked, a message behind the host's mark is what the host has sent. */
static void learn_direction(const struct learned *learned, struct line_shape *shape,
                            const struct mark_evidence *evidence)
{
    size_t place;
    const struct element *const mark = find_mark(learned, shape, &place);
    if (mark == NULL)
        return;
    shape->judged = true;
    const bool believed = evidence->both ? evidence->agreeing >= evidence->others
                                         : evidence->agreeing > 3 * evidence->others;
    if (believed && evidence->agreeing > 0)
        shape->direction = mark->token == TOKEN_FROM_HOST ? DIRECTION_TX : DIRECTION_RX;
}

static bool is_element(const struct line_shape *shape, size_t place, enum token_kind kind)
{
    return place < shape->length && shape->prefix[place].token == kind;
}

/* A name before a mark is the modem's, alone, in brackets or with a colon, if a time or nothing stands before it. */
static void learn_modem(const struct learned *learned, struct line_shape *shape)
{
    size_t place;
    for (size_t i = 0; i < shape->length; i++)
        if (shape->prefix[i].kind == ELEMENT_MODEM)
            return;
    if (shape->direction == DIRECTION_NONE || find_mark(learned, shape, &place) == NULL ||
        place < 2 || !is_element(shape, place - 1, TOKEN_BLANK))
        return;
    size_t name = place - 2;
    if (is_element(shape, name, TOKEN_SIGN) && name > 0 &&
        strchr(":])", learned->texts[shape->prefix[name].text]) != NULL)
        name--;
    size_t before = name;
    if (before > 0 && is_element(shape, before - 1, TOKEN_SIGN) && before != place - 2)
        before--;
    const bool follows = before == 0 || (before > 1 && is_element(shape, before - 1, TOKEN_BLANK) &&
                                         is_element(shape, before - 2, TOKEN_TIME));
    const bool colon = name != place - 2 && learned->texts[shape->prefix[place - 2].text] == ':';
    if (is_element(shape, name, TOKEN_WORD) && follows && !(colon && before == 0))
        shape->prefix[name].kind = ELEMENT_MODEM;
}

/* The modem is what the user says. */
static void take_modem(struct line_shape *shape, int modem_token)
{
    int number = 0;
    for (size_t i = 0; i < shape->length; i++) {
        struct element *const element = &shape->prefix[i];
        if (element->kind == ELEMENT_MODEM)
            element->kind = ELEMENT_ANY;
        if (element->token == TOKEN_WORD || element->token == TOKEN_NUMBER ||
            element->token == TOKEN_LEVEL)
            element->kind = ++number == modem_token ? ELEMENT_MODEM : element->kind;
    }
}

/* Does a shape begin as another does? */
static bool begins_as(const struct learned *learned, const struct line_shape *shape,
                      const struct line_shape *other)
{
    if (other->length >= shape->length)
        return false;
    for (size_t i = 0; i < other->length; i++)
        if (shape->prefix[i].token != other->prefix[i].token ||
            !is_same_text(learned, &shape->prefix[i], &other->prefix[i]))
            if (shape->prefix[i].token != TOKEN_TIME)
                return false;
    return true;
}

/* Does an anchor say again what the one before it has said, in another shape? */
static bool is_repeat(const struct learned *learned, const struct sighting *sighting)
{
    const struct sighting *const before = sighting - 1;
    const bool same =
        before->shape >= 0 && before->shape != sighting->shape &&
        same_bytes((struct bytes){sighting->anchor.begin,
                                  (size_t)(sighting->anchor.end - sighting->anchor.begin)},
                   (struct bytes){before->anchor.begin,
                                  (size_t)(before->anchor.end - before->anchor.begin)});
    return same &&
           (sighting->anchor.kind == ANCHOR_COMMAND ||
            begins_as(learned, &learned->shapes[sighting->shape], &learned->shapes[before->shape]));
}

/* A program that prints each line of its module a second time, behind words of its own, says nothing new; nor does the echo of a
 * command that is logged already. */
static void learn_repeats(struct lesson *lesson, unsigned number)
{
    struct learned *const learned = lesson->learned;
    struct line_shape *const shape = &learned->shapes[number];
    bool commands = true;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct sighting *const sighting = &lesson->sightings[i];
        if (sighting->shape != (int)number)
            continue;
        if (i == 0 || !is_repeat(learned, sighting))
            return;
        commands = commands && sighting->anchor.kind == ANCHOR_COMMAND;
    }
    shape->repeats = commands || shape->anchors > 1;
}

static int compare_lengths(const void *one, const void *other)
{
    const struct line_shape *const a = one;
    const struct line_shape *const b = other;
    return a->length != b->length ? b->length - a->length : (int)a->number - (int)b->number;
}

bool learned_make(struct learned *learned, struct bytes sample, int modem_token)
{
    struct lesson lesson = {learned, malloc(SIGHTINGS_MAX * sizeof *lesson.sightings), 0};
    const char *const limit = sample.data + sample.length;
    memset(learned, 0, sizeof *learned);
    if (lesson.sightings == NULL)
        return false;
    for (const char *next = sample.data; next < limit && lesson.count < SIGHTINGS_MAX;) {
        const char *const end = memchr(next, '\n', (size_t)(limit - next));
        look_at_line(&lesson, next, end);
        next = end + 1;
    }
    for (size_t i = 0; i < lesson.count; i++)
        learned->doubled = learned->doubled || lesson.sightings[i].anchor.doubled;
    make_shapes(&lesson);
    const struct mark_evidence evidence = weigh_marks(&lesson);
    for (unsigned i = 0; i < learned->count; i++) {
        learn_direction(learned, &learned->shapes[i], &evidence);
        learn_repeats(&lesson, i);
    }
    for (unsigned i = 0; i < learned->count; i++) {
        if (modem_token < 0)
            learn_modem(learned, &learned->shapes[i]);
        else
            take_modem(&learned->shapes[i], modem_token);
        if (learned->shapes[i].length > 0 || learned->shapes[i].suffix_count > 0)
            learned->useful = true;
        if (learned->shapes[i].length > learned->longest)
            learned->longest = learned->shapes[i].length;
    }
    qsort(learned->shapes, learned->count, sizeof learned->shapes[0], compare_lengths);
    free(lesson.sightings);
    return true;
}
