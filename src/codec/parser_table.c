/* SPDX-License-Identifier: MIT
 *
 * The table-driven parser: a walker over the tables that grammar/tables.py makes of the machine.
 * For microcontrollers: it is the parser where SBFOTA_PARSER_TABLE is defined. */
#include "actions.h"

#ifdef SBFOTA_PARSER_TABLE

#include <string.h>

#include "blank.h"
#include "deliver.h"

/* Calls that stand beside one another take less stack than what they do would take all at once. */
#ifdef __GNUC__
#define SBFOTA_APART static __attribute__((noinline))
#else
#define SBFOTA_APART static
#endif

#define OFFSET (parser->offset)
#define POSITION ((uint32_t)(parser->offset - parser->text))

/* An action is one byte: what it sets stands in it, or it is one of the few that compute. Those of
 * messages and reasons are generated. */
enum {
    SET_KIND = 0x40,
    FAIL_WITH = 0x80,
    SPELL_BIT = 0xc0,
    OPERANDS = 0x40
};
enum {
    ACTION_begin_text = 1,
    ACTION_open_keyword,
    ACTION_close_keyword,
    ACTION_open_text,
    ACTION_mark_urc,
    ACTION_first_digit,
    ACTION_next_digit,
    ACTION_first_upper,
    ACTION_next_upper,
    ACTION_glued,
    ACTION_is_unknown,
    MULTIPLE, /* from here on: a list of more than one, see grammar/tables.py */

    ACTION_blank_1 = SPELL_BIT | 0,
    ACTION_blank_2 = SPELL_BIT | 1,
    ACTION_blank_3 = SPELL_BIT | 2,
    ACTION_no_percent = SPELL_BIT | 3,
    ACTION_blank_keyword = SPELL_BIT | 4,
    ACTION_lower_at = SPELL_BIT | 5,
    ACTION_range_single = SPELL_BIT | 6,
    ACTION_range_list = SPELL_BIT | 7,
    ACTION_negative = SPELL_BIT | 8,
    ACTION_irregular = SPELL_BIT | 9,

    ACTION_is_cme_text = SET_KIND | SBFOTA_KIND_CME_TEXT,
    ACTION_is_accept_range = SET_KIND | SBFOTA_KIND_ACCEPT_RANGE
};

/* Marks of a record's first byte, and keys that stand for more than one byte; see
 * grammar/tables.py. */
enum {
    RUN = 0x40,
    MORE = 0x80,
    CLASS_COUNT = 0x40
};
enum {
    KEY_DIGIT = 0x80,
    KEY_BLANK = 0x81,
    KEY_LETTER = 0xc0,
    KEY_CASED = 0xe0 /* a letter; a small one marks the line as irregular */
};
enum {
    AGAIN = 0x100
};

#include "../../gen/parser_table.inc"

/* What act() can do: 16 bits of a spelling, and the lists that there are. */
/*@ predicate is_action(integer action) = action < SPELL_BIT + 16;
    predicate is_list(integer list) = is_action(list) &&
        (list < MULTIPLE || list >= SET_KIND || list < MULTIPLE + sizeof(actions)); */

/* What the tables hold, proved of the numbers in them. */
/*@ ghost
    /@ assigns \nothing;
       ensures \forall integer i; 0 <= i < STEPS ==> targets[i] % RUN_STEP < RECORDS; @/
    void see_targets(void) {}
    /@ assigns \nothing;
       ensures \forall integer i; 0 <= i < RARE_STEPS ==> is_list(rare_lists[i]); @/
    void see_rare_lists(void) {}
    /@ assigns \nothing;
       ensures \forall integer i; 0 <= i < sizeof(common_lists) ==> is_list(common_lists[i]); @/
    void see_common_lists(void) {}
    /@ assigns \nothing;
       ensures \forall integer i; 0 <= i < CLASS_COUNT ==> is_list(records[CLASSES + 3 * i]); @/
    void see_records(void) {}
    /@ assigns \nothing;
       ensures \forall integer i; 0 <= i < sizeof(actions) ==> is_action(actions[i]);
       ensures actions[sizeof(actions) - 1] == 0; @/
    void see_actions(void) {} */

//@ assigns \nothing;
SBFOTA_APART bool fits(unsigned key, unsigned byte)
{
    if (key == KEY_DIGIT)
        return byte - '0' < 10;
    if (key == KEY_BLANK)
        return byte == ' ' || byte == '\t';
    if (key >= KEY_LETTER)
        return (byte & 0xdf) == (key & 0x5f);
    return key == byte;
}

/* Do a list of actions for the byte under p. */
/*@ requires \valid(parser) && \valid_read(p) && \separated(parser, p) && is_list(action);
    assigns *parser;
    ensures parser->state == \old(parser->state); */
SBFOTA_APART void act(struct sbfota_parser *parser, unsigned action, const unsigned char *p)
{
    //@ ghost see_actions();
    unsigned next = NO_ACTIONS;
    if (action >= MULTIPLE && action < SET_KIND) {
        next = action - MULTIPLE;
        action = actions[next++];
    }
    /*@ loop invariant is_action(action) && next <= sizeof(actions);
        loop invariant action == 0 || next < sizeof(actions);
        loop invariant parser->state == \at(parser->state, Pre);
        loop assigns next, action, *parser;
        loop variant sizeof(actions) - next; */
    for (; action != 0; action = actions[next++]) {
        const unsigned operand = action % OPERANDS;
        if (action >= SPELL_BIT) {
            parser->spelling |= (uint16_t)(1U << operand);
        } else if (action >= FAIL_WITH) {
            parser->kind = (uint8_t)action;
            parser->value = POSITION;
        } else if (action >= SET_KIND) {
            parser->kind = (uint8_t)operand;
        } else {
            switch (operand) {
            case ACTION_begin_text: BEGIN_TEXT; break;
            case ACTION_open_keyword: OPEN_KEYWORD; break;
            case ACTION_close_keyword: CLOSE_KEYWORD; break;
            case ACTION_open_text: OPEN_TEXT; break;
            case ACTION_mark_urc: MARK_URC; break;
            case ACTION_first_digit: parser->value = 0; /* fall through */
            case ACTION_next_digit: NEXT_DIGIT; break;
            case ACTION_first_upper: parser->extent = 0; /* fall through */
            case ACTION_next_upper: NEXT_UPPER; break;
            case ACTION_glued: FAIL_GLUED; break;
            default: BECOME_UNKNOWN; break; /* ACTION_is_unknown */
            }
        }
    }
}

/* Take a step, numbered as in `targets`, and return its list; a number that is none comes of a
 * damaged state only. */
/*@ requires \valid(parser);
    assigns parser->state;
    ensures parser->state < RECORDS && is_list(\result); */
SBFOTA_APART unsigned take(struct sbfota_parser *parser, unsigned step)
{
    if (step >= STEPS)
        step = 0;
    //@ ghost see_targets(), see_rare_lists(), see_common_lists();
    const unsigned target = targets[step];
    parser->state = target % RUN_STEP;
    return step < RARE_STEPS ? rare_lists[step] : common_lists[target / RUN_STEP];
}

/* Move on by a byte that is no line end. Returns the list of actions to be done, and AGAIN if
 * the byte is a plus sign that takes two steps: one as anything else, then its own. A damaged
 * state may stand in the middle of a record: it stays within the tables all the same, and the
 * next line end makes it whole. */
/*@ requires \valid(parser) && parser->state % RUN_STEP < RECORDS && byte <= 255;
    assigns parser->state;
    ensures is_list(\result % AGAIN);
    ensures \result >= AGAIN ==> parser->state < RECORDS; */
SBFOTA_APART unsigned move(struct sbfota_parser *parser, unsigned byte)
{
    const unsigned place = parser->state / RUN_STEP;
    const uint8_t *const first = records;
    const uint8_t *key = first + parser->state % RUN_STEP;
    const unsigned marks = *key++;

    if (marks & MORE) {
        unsigned left = *key++;
        if (left > (unsigned)(first + RECORDS + 1 - key) / 2)
            left = 0;
        /*@ loop invariant \base_addr(key) == \base_addr(first);
            loop invariant 0 <= key - first && key - first + 2 * left <= RECORDS + 1;
            loop assigns left, key;
            loop variant left; */
        for (; left > 0; left--, key += 2)
            if (place == 0 && fits(key[0], byte))
                return take(parser, key[1]);
    }
    if (marks & RUN && fits(key[1 + place], byte)) {
        parser->state = (uint16_t)(parser->state + RUN_STEP);
        if (place + 1 >= *key)
            parser->state = (uint16_t)(key + 1 + *key - first);
        return key[1 + place] >= KEY_CASED && byte > 'Z' ? ACTION_irregular : 0;
    }
    const unsigned state_class = marks % CLASS_COUNT;
    if (byte != '+')
        return take(parser, records[CLASSES + 3 * state_class + (byte == '"' ? 1 : 2)]);
    if (state_class < PLUS_CLASSES)
        return take(parser, plus_steps[state_class]);
    return take(parser, records[CLASSES + 3 * state_class + 2]) + AGAIN;
}

/* Move on by a byte that is no line end, and do what it asks for. */
/*@ requires \valid(parser) && \valid_read(p) && \separated(parser, p);
    requires parser->state % RUN_STEP < RECORDS;
    assigns *parser; */
static void take_byte(struct sbfota_parser *parser, const unsigned char *p)
{
    unsigned list = move(parser, *p);
    if (list >= AGAIN) {
        act(parser, list % AGAIN, p);
        list = move(parser, *p);
    }
    act(parser, list % AGAIN, p);
}

/* What to do at the end of a line. */
/*@ requires \valid_read(parser) && parser->state % RUN_STEP < RECORDS;
    assigns \nothing;
    ensures is_list(\result); */
static unsigned end_line(const struct sbfota_parser *parser)
{
    //@ ghost see_records();
    return records[CLASSES + 3 * (records[parser->state % RUN_STEP] % CLASS_COUNT)];
}

/* The line is whole with the byte that ends it. */
/*@ requires \valid(parser) && \valid(event) && \separated(parser, event);
    assigns *parser, *event;
    ensures SBFOTA_NONE < event->kind < SBFOTA_KIND_COUNT; */
SBFOTA_APART void deliver(struct sbfota_parser *parser, unsigned ending, struct sbfota_event *event)
{
    sbfota_deliver(parser, parser->offset, (unsigned char)ending, event);
    parser->state = SBFOTA_START_STATE;
}

size_t sbfota_parse(struct sbfota_parser *parser, const void *bytes, size_t length,
                    struct sbfota_event *event)
{
    size_t used = 0;
    event->kind = SBFOTA_NONE;
    /*@ loop invariant used <= length && event->kind < SBFOTA_KIND_COUNT;
        loop invariant used == 0 ==> event->kind == SBFOTA_NONE;
        loop assigns used, *parser, *event;
        loop variant length - used; */
    while (used < length && event->kind == SBFOTA_NONE) {
        const unsigned char *const p = (const unsigned char *)bytes + used++;
        if (parser->state % RUN_STEP >= RECORDS)
            parser->state = OTHER_STATE;
        if (*p != '\n' && *p != '\r') {
            take_byte(parser, p);
        } else if (parser->state != SBFOTA_START_STATE) {
            act(parser, end_line(parser), p);
            memset(event, 0, sizeof *event);
            deliver(parser, *p, event);
            event->flags |= sbfota_judge(event->kind, event->value);
        } else if (parser->offset + 1 - parser->text == SBFOTA_LEAD_MAX) {
            memset(event, 0, sizeof *event);
            sbfota_deliver_blank(parser, parser->offset + 1, event);
        }
        parser->offset++;
    }
    return used;
}

size_t sbfota_parse_batch(struct sbfota_parser *parser, const void *bytes, size_t length,
                          struct sbfota_event *events, size_t capacity, size_t *count)
{
    size_t used = 0;
    size_t found = 0;
    /*@ loop invariant used <= length && found <= capacity;
        loop assigns used, found, *parser, events[0 .. capacity - 1];
        loop variant length - used; */
    while (used < length && found < capacity) {
        used += sbfota_parse(parser, (const unsigned char *)bytes + used, length - used,
                             &events[found]);
        found += events[found].kind != SBFOTA_NONE;
    }
    *count = found;
    return used;
}

#endif
