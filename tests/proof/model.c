/* SPDX-License-Identifier: MIT
 *
 * The model: the machine that ragel prints and the tables of the specification, as tests/proof/language writes them.
 * Nothing of src/codec is in it but the layout of the state. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/registers.h"
#include "proof.h"

enum effect_kind {
    STOP,
    BEGIN,
    DELIVER,
    KIND,
    FAIL,
    GLUED,
    SPELL,
    FIRST_DIGIT,
    NEXT_DIGIT,
    FIRST_UPPER,
    NEXT_UPPER,
    OPEN,
    CLOSE,
    OPEN_TEXT,
    MARK
};
struct effect {
    uint16_t what;
    uint16_t operand;
};
struct move {
    uint16_t target;
    uint16_t list;
};
enum table {
    TABLE_NONE,
    TABLE_POLLING,
    TABLE_HTTP,
    TABLE_UPDATE
};
struct message {
    bool has_number;
    bool has_range;
    int32_t least, greatest;
    enum table table;
};
struct code {
    enum table table;
    int32_t value;
};

#include "machine.inc"

unsigned class_count;
unsigned char class_members[256][256];
unsigned class_sizes[256];
const char *under_proof = "";

void differ(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("%s: ", under_proof);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    exit(1);
}

unsigned model_start(void)
{
    return START;
}

unsigned model_states(void)
{
    return STATES;
}

void model_init(struct model *model)
{
    memset(model, 0, sizeof *model);
    model->state = START;
    model->registers.kind = SBFOTA_OTHER;
}

unsigned model_target(unsigned state, unsigned byte)
{
    return moves[state][byte].target;
}

bool model_stays(unsigned state, unsigned byte)
{
    return moves[state][byte].target == state && lists[moves[state][byte].list][0].what == STOP &&
           state != START;
}

static bool has_effect(unsigned state, unsigned byte, unsigned what)
{
    const struct effect *effect = lists[moves[state][byte].list];
    while (effect->what != STOP && effect->what != what)
        effect++;
    return effect->what == what;
}

bool model_adds_digit(unsigned state, unsigned byte, bool to_extent)
{
    return has_effect(state, byte, to_extent ? NEXT_UPPER : NEXT_DIGIT);
}

bool model_copies_mark(unsigned state, unsigned byte)
{
    return has_effect(state, byte, GLUED);
}

bool model_mark_counts(unsigned state)
{
    static bool counts[STATES];
    static bool known;
    for (bool changed = !known; changed; known = true) {
        changed = false;
        for (unsigned from = 0; from < STATES; from++)
            for (unsigned byte = 0; byte < 256 && !counts[from]; byte++)
                changed |= counts[from] =
                    has_effect(from, byte, GLUED) ||
                    (counts[moves[from][byte].target] && !has_effect(from, byte, MARK));
    }
    return counts[state];
}

void find_classes(void)
{
    class_count = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
        unsigned found = 0;
        for (; found < class_count; found++) {
            unsigned state = 0;
            while (state < STATES &&
                   memcmp(&moves[state][byte], &moves[state][class_members[found][0]],
                          sizeof(struct move)) == 0)
                state++;
            if (state == STATES)
                break;
        }
        if (found == class_count)
            class_sizes[class_count++] = 0;
        class_members[found][class_sizes[found]++] = (unsigned char)byte;
    }
}

/* A number that has grown past 32 bits never comes back: any that is over a tenth of them is as good as endless. */
static uint32_t grow(uint32_t number, unsigned digit)
{
    const uint64_t grown = (uint64_t)number * 10 + digit;
    return number >= UINT32_MAX / 10 ? UINT32_MAX : (uint32_t)grown;
}

static int64_t held(int64_t number, uint8_t *flags)
{
    if (number >= INT32_MIN && number <= INT32_MAX)
        return number;
    *flags |= SBFOTA_FLAG_OVERFLOW;
    return number < 0 ? INT32_MIN : INT32_MAX;
}

static uint8_t judge(const struct message *message, int64_t value)
{
    if (message->table != TABLE_NONE) {
        for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
            if (codes[i].table == message->table && codes[i].value == value)
                return 0;
        return SBFOTA_FLAG_UNKNOWN_CODE;
    }
    return message->has_range && (value < message->least || value > message->greatest)
               ? SBFOTA_FLAG_OUT_OF_RANGE
               : 0;
}

/* The event of a whole line, its kind and registers as they stand. */
static void tell(const struct sbfota_parser *line, struct sbfota_event *event)
{
    unsigned kind = line->kind;
    if (event->length > SBFOTA_LINE_MAX) {
        event->kind = SBFOTA_OVERLONG;
        return;
    }
    if (kind == (SBFOTA_KIND_FAILED | SBFOTA_REASON_UNKNOWN_KEYWORD)) {
        event->kind = SBFOTA_UNKNOWN;
        event->detail = SBFOTA_REASON_UNKNOWN_KEYWORD;
        event->value = (int32_t)line->value;
        event->extent = line->extent;
        return;
    }
    if (kind & SBFOTA_KIND_FAILED) {
        event->kind = SBFOTA_MALFORMED;
        event->detail = (uint8_t)(kind & ~(unsigned)SBFOTA_KIND_FAILED);
        event->value = (int32_t)line->value;
        return;
    }
    if (kind == SBFOTA_OTHER) {
        event->kind = SBFOTA_OTHER;
        return;
    }
    event->spelling = (uint8_t)(line->spelling & 0xff);
    if (line->spelling & SBFOTA_MARK_IRREGULAR)
        event->flags = SBFOTA_FLAG_NONCANONICAL;
    if (kind == SBFOTA_KIND_CME_TEXT) {
        event->kind = SBFOTA_CME_ERROR;
        event->value = (int32_t)line->extent;
        event->extent = (uint32_t)event->length - line->extent;
        return;
    }
    if (kind == SBFOTA_KIND_ACCEPT_RANGE) {
        kind = SBFOTA_RANGE;
        event->detail = SBFOTA_PARAMETER_ACCEPT;
    }
    event->kind = (uint8_t)kind;
    if (!messages[kind].has_number)
        return;
    const bool is_negative = (line->spelling & SBFOTA_MARK_NEGATIVE) != 0;
    const int64_t value = held(is_negative ? -(int64_t)line->value : line->value, &event->flags);
    event->value = (int32_t)value;
    event->flags |= judge(&messages[kind], value);
    if (kind == SBFOTA_RANGE)
        event->extent = (uint32_t)held(line->spelling & SBFOTA_SPELLING_RANGE_SINGLE ? line->value
                                                                                     : line->extent,
                                       &event->flags);
}

static void deliver(struct model *model, unsigned byte, struct sbfota_event *event)
{
    struct sbfota_parser *const line = &model->registers;
    event->offset = line->text;
    event->length = line->offset - line->text;
    event->lead = line->lead;
    event->ending = byte == '\n' ? SBFOTA_ENDING_LF : SBFOTA_ENDING_CR;
    tell(line, event);
    line->text = line->offset + 1;
    line->spelling = 0;
    line->kind = SBFOTA_OTHER;
    model->has_value = model->has_extent = false;
}

bool model_step(struct model *model, unsigned byte, struct sbfota_event *event)
{
    struct sbfota_parser *const line = &model->registers;
    const struct move move = moves[model->state][byte];
    bool is_event = false;
    memset(event, 0, sizeof *event);
    if (model->state == START && move.target == START) {
        is_event = line->offset + 1 - line->text == START_LEAD_MAX;
        line->offset++;
        if (is_event) {
            event->kind = SBFOTA_BLANK;
            event->lead = START_LEAD_MAX;
            event->offset = line->text = line->offset;
        }
        return is_event;
    }
    for (const struct effect *effect = lists[move.list]; effect->what != STOP; effect++) {
        const uint32_t position = (uint32_t)(line->offset - line->text);
        const unsigned digit = byte - '0';
        switch ((enum effect_kind)effect->what) {
        case STOP: break;
        case BEGIN:
            line->lead = (uint16_t)position;
            line->text = line->offset;
            model->has_value = model->has_extent = false;
            break;
        case DELIVER:
            deliver(model, byte, event);
            is_event = true;
            break;
        case KIND: line->kind = (uint8_t)effect->operand; break;
        case FAIL:
            model->has_value = true;
            line->kind = (uint8_t)effect->operand;
            line->value = position;
            break;
        case GLUED:
            model->has_value = true;
            line->kind = (uint8_t)effect->operand;
            line->value = line->mark;
            break;
        case SPELL: line->spelling |= effect->operand; break;
        case FIRST_DIGIT:
            model->has_value = true;
            line->value = digit;
            break;
        case NEXT_DIGIT: line->value = grow(line->value, digit); break;
        case FIRST_UPPER:
            model->has_extent = true;
            line->extent = digit;
            break;
        case NEXT_UPPER: line->extent = grow(line->extent, digit); break;
        case OPEN:
            model->has_value = true;
            line->value = position + 1;
            break;
        case CLOSE:
            model->has_extent = true;
            line->extent = position - line->value;
            break;
        case OPEN_TEXT:
            model->has_extent = true;
            line->extent = position;
            break;
        case MARK: line->mark = (uint8_t)position; break;
        }
    }
    model->state = move.target;
    line->offset++;
    return is_event;
}
