/* SPDX-License-Identifier: MIT
 *
 * Every reachable state of the parser times 256 bytes, through the library itself.
 *
 * A parser's state is a state of the machine, two registers that tell what the line is (kind, spelling) and five that hold
 * numbers and places (value, extent, mark, lead, and how far into the line it is). All that the first three may hold
 * together is explored to the end. The others are taken one at a time through all that matters of them, since they decide
 * nothing: with each of several different contents each step leads to the same place, and leaves in them what the model
 * says, which no step computes of more than one other register. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof.h"

enum {
    PLACES_MOST = 1 << 20,
    NO_STATE = 0xffff,
    LENGTHS = 4,
    FAR = 262 /* beyond the longest line */
};

struct place *places;
size_t place_count;
uint16_t state_numbers[STATES_MOST];

/* What the registers hold that decide nothing. */
struct filling {
    uint64_t text;
    uint64_t position;
    uint32_t value, extent;
    uint16_t lead;
    uint8_t mark;
};
static const struct filling fillings[] = {
    {0, 5, 0, 0, 0, 0},
    {1000, 77, 11, 13, 3, 40},
    {((uint64_t)1 << 32) - 50, 255, 0x80000000U, 7, 65535, 255},
    {(uint64_t)1 << 63, 256, UINT32_MAX, UINT32_MAX, 9, 1},
    {12345678901, 257, 0x55555555U, 0xaaaaaaaaU, 21845, 170},
};

static struct model model_at(const struct place *place, const struct filling *filling)
{
    struct model model;
    memset(&model, 0, sizeof model);
    model.state = place->state;
    model.registers = (struct sbfota_parser){
        .offset = filling->text + filling->position,
        .text = filling->text,
        .value = filling->value,
        .extent = filling->extent,
        .lead = filling->lead,
        .spelling = place->spelling,
        .kind = place->kind,
        .mark = filling->mark,
    };
    return model;
}

static void check_event(const struct sbfota_event *got, const struct sbfota_event *expected,
                        const struct place *place, unsigned byte)
{
    if (memcmp(got, expected, sizeof *got) != 0)
        differ("state %u, kind %02x, spelling %03x, byte %u: event %u value %d flags %x, expected "
               "%u value %d flags %x",
               place->state, place->kind, place->spelling, byte, got->kind, (int)got->value,
               got->flags, expected->kind, (int)expected->value, expected->flags);
}

/* Let library and model take one byte. The model is then where both are. */
static void step_both(const struct library *library, const struct place *place, struct model *model,
                      unsigned byte, struct sbfota_event *event)
{
    const unsigned char input = (unsigned char)byte;
    struct sbfota_parser parser = model->registers;
    struct sbfota_event expected;
    parser.state = state_numbers[model->state];
    memset(event, 0xee, sizeof *event);
    const bool is_event = model_step(model, byte, &expected);
    if (library->parse(&parser, &input, 1, event) != 1)
        differ("state %u, byte %u: not taken", place->state, byte);
    if (is_event)
        check_event(event, &expected, place, byte);
    else if (event->kind != SBFOTA_NONE)
        differ("state %u, byte %u: event %u, expected none", place->state, byte, event->kind);
    if (state_numbers[model->state] == NO_STATE) {
        for (unsigned state = 0; state < model_states(); state++)
            if (state_numbers[state] == parser.state)
                differ("states %u and %u are one", state, model->state);
        state_numbers[model->state] = parser.state;
    }
    struct sbfota_parser after = model->registers;
    after.state = state_numbers[model->state];
    if (memcmp(&parser, &after, sizeof parser) != 0)
        differ("state %u, kind %02x, spelling %03x, byte %u: the state behind it is another",
               place->state, place->kind, place->spelling, byte);
    event->kind = is_event ? event->kind : SBFOTA_NONE;
}

static void check_bounds(const struct sbfota_event *event)
{
    if (event->kind >= SBFOTA_KIND_COUNT || event->flags > 15 || event->ending > 2 ||
        event->reserved != 0)
        differ("an event out of bounds");
    if (event->kind == SBFOTA_MALFORMED &&
        (event->detail == 0 || event->detail >= SBFOTA_REASON_UNKNOWN_KEYWORD))
        differ("a malformed line without a reason");
}

/* Has this place been seen? If not it is the next one. */
static void add_place(const struct model *model, size_t from, unsigned byte)
{
    static uint32_t *table;
    if (table == NULL || place_count == 0) {
        free(table);
        table = calloc(2 * PLACES_MOST, sizeof *table);
    }
    const struct sbfota_parser *const line = &model->registers;
    uint32_t slot =
        (model->state * 2654435761U ^ line->kind * 40503U ^ line->spelling * 2246822519U) %
        (2 * PLACES_MOST);
    for (; table[slot] != 0; slot = (slot + 1) % (2 * PLACES_MOST)) {
        const struct place *const known = &places[table[slot] - 1];
        if (known->state == model->state && known->kind == line->kind &&
            known->spelling == line->spelling)
            return;
    }
    if (place_count == PLACES_MOST)
        differ("more places than there is room for");
    places[place_count++] =
        (struct place){model->state, line->spelling, line->kind, (uint8_t)byte, from};
    table[slot] = (uint32_t)place_count;
}

/* The end of input in a place: the event of a line end, without one. */
static void check_finish(const struct library *library, const struct place *place,
                         const struct filling *filling)
{
    struct model model = model_at(place, filling);
    struct sbfota_parser parser = model.registers;
    struct sbfota_event expected, event;
    parser.state = state_numbers[place->state];
    model_step(&model, '\n', &expected);
    expected.ending = SBFOTA_ENDING_NONE;
    if (!library->finish(&parser, &event))
        differ("state %u: no event at the end", place->state);
    check_event(&event, &expected, place, 256);
    if (parser.state != state_numbers[model_start()] || parser.kind != SBFOTA_OTHER ||
        parser.spelling != 0 || parser.text != parser.offset ||
        parser.offset != filling->text + filling->position)
        differ("state %u: not at a line's start behind the end", place->state);
}

static void explore(const struct library *library, struct counts *counts)
{
    struct model model;
    struct sbfota_parser parser;
    places = realloc(places, PLACES_MOST * sizeof *places);
    memset(state_numbers, 0xff, sizeof state_numbers);
    library->parser_init(&parser);
    model_init(&model);
    state_numbers[model_start()] = parser.state;
    parser.state = 0;
    if (memcmp(&parser, &model.registers, sizeof parser) != 0)
        differ("a new parser is another");
    place_count = 0;
    add_place(&model, 0, 0);
    for (size_t next = 0; next < place_count; next++) {
        const struct place place = places[next];
        for (unsigned byte = 0; byte < 256; byte++) {
            for (size_t i = 0; i < sizeof fillings / sizeof fillings[0]; i++) {
                struct sbfota_event event;
                model = model_at(&place, &fillings[i]);
                step_both(library, &place, &model, byte, &event);
                if (event.kind != SBFOTA_NONE)
                    check_bounds(&event);
                counts->steps++;
                if (i == 0)
                    add_place(&model, next, byte);
            }
        }
        for (size_t i = 0; i < sizeof fillings / sizeof fillings[0] && place.state != model_start();
             i++)
            check_finish(library, &place, &fillings[i]);
    }
    for (unsigned state = 0; state < model_states(); state++)
        counts->states += state_numbers[state] != NO_STATE;
    if (counts->states != model_states())
        differ("%u states are not reached", model_states() - (unsigned)counts->states);
    counts->places = place_count;
}

/* How far into the line: every place that a line decoded may have, and beyond. */
static void try_positions(const struct library *library, struct counts *counts)
{
    static const uint64_t far[] = {0xffffffff, 0x100000000, 0x100000007, (uint64_t)1 << 40};
    bool done[STATES_MOST] = {false};
    for (size_t i = 0; i < place_count; i++) {
        const struct place *const place = &places[i];
        if (done[place->state] || place->state == model_start())
            continue;
        done[place->state] = true;
        for (unsigned step = 1; step < FAR + sizeof far / sizeof far[0]; step++) {
            const struct filling filling = {
                9, step < FAR ? step : far[step - FAR], 5, 17, 2, (uint8_t)step};
            for (unsigned byte = 0; byte < 256; byte++, counts->values++) {
                struct model model = model_at(place, &filling);
                struct sbfota_event event;
                step_both(library, place, &model, byte, &event);
            }
        }
    }
}

/* Line ends that wait: all that may. */
static void try_leads(const struct library *library, struct counts *counts)
{
    const struct place start = {.state = model_start(), .kind = SBFOTA_OTHER};
    for (unsigned waiting = 0; waiting < START_LEAD_MAX; waiting++) {
        const struct filling filling = {7, waiting, 5, 17, 2, 3};
        struct model model = model_at(&start, &filling);
        struct sbfota_parser parser = model.registers;
        struct sbfota_event event;
        parser.state = state_numbers[start.state];
        if (library->finish(&parser, &event) != (waiting > 0) ||
            (waiting > 0 && (event.kind != SBFOTA_BLANK || event.lead != waiting)))
            differ("%u line ends at the end of input", waiting);
        for (unsigned byte = 0; byte < 256; byte++, counts->values++) {
            model = model_at(&start, &filling);
            step_both(library, &start, &model, byte, &event);
        }
    }
}

/* Numbers: all up to beyond the greatest range, and around each bound of the arithmetic. */
static uint32_t number_at(unsigned index, unsigned dense)
{
    static const uint32_t edges[] = {UINT32_MAX / 100,
                                     UINT32_MAX / 10,
                                     (uint32_t)INT32_MAX / 10,
                                     (uint32_t)INT32_MAX,
                                     UINT32_MAX,
                                     1U << 24,
                                     1U << 16,
                                     1U << 28};
    if (index < dense)
        return index;
    index -= dense;
    return index / 200 < sizeof edges / sizeof edges[0] ? edges[index / 200] + index % 200 - 100
                                                        : UINT32_MAX;
}

enum {
    DENSE_NUMBERS = 1300000,
    DENSE_DIGITS = 100000,
    EDGE_NUMBERS = 8 * 200
};

static void try_number(const struct library *library, const struct place *place, unsigned byte,
                       unsigned dense, bool in_extent, struct counts *counts)
{
    for (unsigned index = 0; index <= dense + EDGE_NUMBERS; index++, counts->values++) {
        struct filling filling = {3, 60, 41, 43, 2, 7};
        *(in_extent ? &filling.extent : &filling.value) = number_at(index, dense);
        struct model model = model_at(place, &filling);
        struct sbfota_event event;
        step_both(library, place, &model, byte, &event);
    }
}

static void try_numbers(const struct library *library, struct counts *counts)
{
    static bool ended[256][4];
    bool grown[STATES_MOST][2] = {{false}};
    memset(ended, 0, sizeof ended);
    for (size_t i = 0; i < place_count; i++) {
        const struct place *const place = &places[i];
        const unsigned sign = place->spelling >> 8 & 1;
        const unsigned single = place->spelling >> 6 & 1;
        bool *const done = &ended[place->kind][2 * sign + single];
        if (!*done && place->state != model_start()) {
            *done = true;
            try_number(library, place, '\r', DENSE_NUMBERS, false, counts);
            try_number(library, place, '\r', DENSE_DIGITS, true, counts);
        }
        for (unsigned extent = 0; extent < 2; extent++) {
            if (grown[place->state][extent] || !model_adds_digit(place->state, '5', extent != 0))
                continue;
            grown[place->state][extent] = true;
            for (unsigned digit = '0'; digit <= '9'; digit++)
                try_number(library, place, digit, DENSE_DIGITS, extent != 0, counts);
        }
    }
}

/* Where the last plus sign stood: all places. */
static void try_marks(const struct library *library, struct counts *counts)
{
    for (size_t i = 0; i < place_count; i++)
        for (unsigned byte = 0; byte < 256; byte++)
            for (unsigned mark = 0; mark < 256 && model_copies_mark(places[i].state, byte);
                 mark++) {
                const struct filling filling = {3, 60, 41, 43, 2, (uint8_t)mark};
                struct model model = model_at(&places[i], &filling);
                struct sbfota_event event;
                step_both(library, &places[i], &model, byte, &event);
                counts->values++;
            }
}

void prove_bytes(const struct library *library, struct counts *counts)
{
    explore(library, counts);
    try_positions(library, counts);
    try_leads(library, counts);
    try_numbers(library, counts);
    try_marks(library, counts);
}
