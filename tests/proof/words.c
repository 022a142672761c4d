/* SPDX-License-Identifier: MIT
 *
 * Bytes that come together are bytes that come apart: what holds byte by byte (bytes.c) holds for any cutting.
 *
 * Two bytes at once, in every state, all of them. Then what a parser may do with more: compare a keyword at once, skip bytes
 * that change nothing, take a line whole. Each state, the shortest way to each other one, and each byte there; each state
 * that a byte leaves as it is, and runs of such bytes of every length up to beyond two pieces of sixteen, with each byte
 * behind them; each place of the parser, as a line from its start, with each byte there and then each of several endings.
 * A byte is one of each class that the machine does not tell apart, another one each time.
 *
 * All bytes stand at the very end of a page that no page follows: who reads behind them does not return. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "proof.h"

enum {
    WORD_MOST = 4096,
    EVENTS_MOST = 16,
    ROOM_MOST = 130
};

struct words {
    const struct library *library;
    unsigned char *end; /* of the page */
    struct sbfota_event events[EVENTS_MOST], expected[EVENTS_MOST];
    unsigned turn;
};

static struct words prepare(const struct library *library)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *const memory =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || mprotect(memory + page, page, PROT_NONE) != 0)
        differ("no memory");
    struct words words = {.library = library, .end = memory + page};
    return words;
}

/* A byte of a class, another one each time. */
static unsigned char any_of_class(struct words *words, unsigned number)
{
    return class_members[number][words->turn++ % class_sizes[number]];
}

static void wrong(const unsigned char *bytes, size_t length, const char *what)
{
    char text[4 * 200 + 1] = "";
    for (size_t i = 0; i < length && i < 200; i++)
        snprintf(text + strlen(text), 5, bytes[i] < 32 || bytes[i] > 126 ? "\\x%02x" : "%c",
                 bytes[i]);
    differ("%s: \"%s\"", what, text);
}

/* Give the bytes at once, one event a call or several, and compare with the model, which takes them one by one.
 * `strictly`: also the registers that this line has not set; a line taken whole does not write them, and the
 * language proof shows that none is read before its line has set it. */
static void try_word(struct words *words, const struct model *from, const void *bytes,
                     size_t length, bool in_batch, bool strictly)
{
    unsigned char *const at = words->end - length;
    struct model model = *from;
    struct sbfota_parser parser = from->registers;
    size_t expected = 0, found = 0, used = 0;
    memcpy(at, bytes, length);
    parser.state = state_numbers[from->state];
    for (size_t i = 0; i < length && expected < EVENTS_MOST; i++)
        expected += model_step(&model, at[i], &words->expected[expected]);
    if (in_batch)
        used = words->library->parse_batch(&parser, at, length, words->events, EVENTS_MOST, &found);
    while (used < length && found < EVENTS_MOST) {
        used += words->library->parse(&parser, at + used, length - used, &words->events[found]);
        found += words->events[found].kind != SBFOTA_NONE;
    }
    if (found != expected ||
        memcmp(words->events, words->expected, found * sizeof words->events[0]) != 0)
        wrong(at, length, "other events at once than one by one");
    if (!strictly && !model.has_value)
        parser.value = model.registers.value;
    if (!strictly && !model.has_extent)
        parser.extent = model.registers.extent;
    if (!strictly && model.state == model_start())
        parser.lead = model.registers.lead;
    /* Nor is the mark of a plus sign that begins no URC, where it is skipped. */
    if (!model_mark_counts(model.state))
        parser.mark = model.registers.mark;
    struct sbfota_parser after = model.registers;
    after.state = state_numbers[model.state];
    if (used != length || memcmp(&after, &parser, sizeof parser) != 0)
        wrong(at, length, "another state behind them at once than one by one");
}

static struct model somewhere_in(unsigned state)
{
    struct model model;
    model_init(&model);
    model.state = state;
    model.registers.offset = 1000;
    model.registers.text = state == model_start() ? 998 : 980;
    model.registers.value = 3;
    return model;
}

static void try_pairs(struct words *words, struct counts *counts)
{
    for (unsigned state = 0; state < model_states(); state++) {
        const struct model from = somewhere_in(state);
        for (unsigned pair = 0; pair < 65536; pair++, counts->pairs++) {
            const unsigned char bytes[2] = {(unsigned char)(pair >> 8), (unsigned char)pair};
            try_word(words, &from, bytes, sizeof bytes, pair & 1, true);
        }
    }
}

/* The shortest way from a state to each other one within a line. */
struct ways {
    unsigned from[STATES_MOST];
    unsigned char byte[STATES_MOST];
    unsigned found[STATES_MOST];
    unsigned count;
};

static void find_ways(struct words *words, unsigned state, struct ways *ways)
{
    bool seen[STATES_MOST] = {false};
    ways->count = 0;
    ways->found[ways->count++] = state;
    seen[state] = true;
    for (unsigned next = 0; next < ways->count; next++) {
        for (unsigned number = 0; number < class_count; number++) {
            const unsigned char byte = any_of_class(words, number);
            const unsigned target = model_target(ways->found[next], byte);
            if (seen[target] || target == model_start())
                continue;
            seen[target] = true;
            ways->from[target] = ways->found[next];
            ways->byte[target] = byte;
            ways->found[ways->count++] = target;
        }
    }
}

static size_t write_way(const struct ways *ways, unsigned from, unsigned to, unsigned char *word)
{
    size_t length = 0;
    for (unsigned state = to; state != from; state = ways->from[state])
        length++;
    size_t left = length;
    for (unsigned state = to; state != from; state = ways->from[state])
        word[--left] = ways->byte[state];
    return length;
}

/* Runs of bytes that a parser may compare at once, whole or cut short. */
static void try_runs(struct words *words, struct counts *counts)
{
    static struct ways ways;
    for (unsigned state = 0; state < model_states(); state++) {
        const struct model from = somewhere_in(state);
        find_ways(words, state, &ways);
        for (unsigned i = 0; i < ways.count; i++) {
            unsigned char word[WORD_MOST];
            const size_t length = write_way(&ways, state, ways.found[i], word);
            for (unsigned number = 0; number < class_count; number++, counts->words++) {
                word[length] = any_of_class(words, number);
                try_word(words, &from, word, length + 1, number & 1, true);
            }
        }
    }
}

/* Runs of bytes that a parser may skip. */
static void try_skips(struct words *words, struct counts *counts)
{
    for (unsigned state = 0; state < model_states(); state++) {
        const struct model from = somewhere_in(state);
        unsigned char stays[256];
        unsigned stay_count = 0;
        for (unsigned byte = 0; byte < 256; byte++)
            if (model_stays(state, byte) || (state == model_start() && (byte == 10 || byte == 13)))
                stays[stay_count++] = (unsigned char)byte;
        for (unsigned length = 0; length < 40 && stay_count > 0; length++) {
            for (unsigned pair = 0; pair < class_count * class_count; pair++, counts->words++) {
                unsigned char word[WORD_MOST];
                for (unsigned i = 0; i < length + 22; i++)
                    word[i] = stays[words->turn++ % stay_count];
                word[length] = any_of_class(words, pair / class_count);
                word[length + 1] = any_of_class(words, pair % class_count);
                if (class_sizes[pair / class_count] > 1 && length % 8 != pair % 8)
                    continue; /* a byte of many: not at every length with every other */
                try_word(words, &from, word, length + 2 + pair % 20, pair & 1, true);
            }
        }
    }
}

/* A line from its start, with line ends before it and other bytes behind it: so many that it may be taken whole. */
static void try_line(struct words *words, const unsigned char *line, size_t length,
                     struct counts *counts)
{
    static const char leads[][8] = {"",       "\r\n",     "\n\r\n",     "\n",
                                    "\r\r\n", "\n\n\n\n", "\n\n\n\n\n", "\r"};
    static const char behind[] =
        "\n+QIND: \"SBFOTA\",\"END\",0\r\nOK\r\n+QIND: \"csq\",22,99\r\nRDY\r\n"
        "AT+QCFGEXT=\"sbfota_delay\",1\r+QIND: \"SBFOTA\",\"UPDATING\",7%\r\n\r\n";
    unsigned char bytes[WORD_MOST];
    struct model model;
    const char *const lead = leads[words->turn++ % (sizeof leads / sizeof leads[0])];
    const size_t lead_length = strlen(lead);
    const size_t room = words->turn % 11 == 0 ? words->turn / 11 % ROOM_MOST : ROOM_MOST;
    model_init(&model);
    memcpy(bytes, lead, lead_length);
    memcpy(bytes + lead_length, line, length);
    memcpy(bytes + lead_length + length, behind, sizeof behind - 1);
    memcpy(bytes + lead_length + length + sizeof behind - 1, behind, sizeof behind - 1);
    size_t total = lead_length + length + room;
    try_word(words, &model, bytes, total, words->turn & 1, false);
    counts->lines++;
}

static size_t write_place(size_t number, unsigned char *line)
{
    size_t length = 0;
    for (size_t at = number; at != 0; at = places[at].from)
        length++;
    size_t left = length;
    for (size_t at = number; at != 0; at = places[at].from)
        line[--left] = places[at].byte;
    return length;
}

/* Every place of the parser: each byte there, and then each ending. */
static void try_endings(struct words *words, struct counts *counts)
{
    static const char endings[][8] = {"\r",   "\n",  "%\r",  "\"\n", "x\r",
                                      ",1\r", "1\r", "1%\n", ")\r",  " \r"};
    const unsigned ending_count = sizeof endings / sizeof endings[0];
    for (size_t number = 1; number < place_count; number++) {
        unsigned char line[WORD_MOST];
        const size_t length = write_place(number, line);
        for (unsigned next = 0; next < class_count; next++) {
            for (unsigned i = 0; i < ending_count; i++) {
                const size_t ending_length = strlen(endings[i]);
                line[length] = any_of_class(words, next);
                memcpy(line + length + 1, endings[i], ending_length);
                try_line(words, line, length + 1 + ending_length, counts);
            }
        }
    }
}

/* Every number that the fast way may take at once, in every message that has one: it stands behind the way to the place
 * where the number's first digit comes. */
static void try_line_numbers(struct words *words, struct counts *counts)
{
    bool done[256][2] = {{false}};
    for (size_t number = 1; number < place_count; number++) {
        const struct place *const place = &places[number];
        unsigned char line[WORD_MOST];
        const unsigned sign = place->spelling >> 8 & 1;
        if (done[place->kind][sign] || (place->spelling & ~0x100) != 0 || place->kind >= 0x40 ||
            !model_adds_digit(place->state, '5', false))
            continue;
        done[place->kind][sign] = true;
        const size_t length = write_place(number, line) - 1;
        for (unsigned value = 0; value < 1300000; value += value < 30000 ? 1 : 61) {
            const int digits =
                snprintf((char *)line + length, 20, "%u%s", value, value % 3 == 0 ? "%\r" : "\n");
            try_line(words, line, length + (size_t)digits, counts);
        }
        for (unsigned long long value = 1; value < 1ULL << 60; value = value * 7 / 2 + 1) {
            const int digits = snprintf((char *)line + length, 24, "%llu\r", value);
            try_line(words, line, length + (size_t)digits, counts);
        }
    }
}

/* Lines of every length, of bytes that tell nothing: up to beyond the longest that is decoded. */
static void try_lengths(struct words *words, struct counts *counts)
{
    for (unsigned length = 1; length < 600; length++) {
        for (unsigned number = 0; number < class_count; number++) {
            unsigned char line[WORD_MOST];
            for (unsigned i = 0; i < length; i++)
                line[i] = any_of_class(words, number);
            line[length] = '\n';
            line[0] = 'x';
            try_line(words, line, length + 1, counts);
            line[length / 2] = '+';
            line[length / 2 + 1] = length % 4 < 2 ? 'Q' : 'q';
            line[length] = '\n';
            try_line(words, line, length + 1, counts);
        }
    }
}

/* A line behind as many line ends as one event may stand for, nearly as many, and too many. */
static void try_long_leads(struct words *words, struct counts *counts)
{
    for (unsigned waiting = START_LEAD_MAX - 40; waiting < START_LEAD_MAX; waiting++) {
        for (unsigned more = 0; more < 12; more++, counts->lines += 2) {
            unsigned char bytes[WORD_MOST];
            struct model model;
            model_init(&model);
            model.registers.text = 7;
            model.registers.offset = 7 + waiting;
            memset(bytes, '\n', more);
            memset(bytes + more, 'x', 200);
            memcpy(bytes + more, "RDY\r", 4);
            try_word(words, &model, bytes, more + 150, false, false);
            try_word(words, &model, bytes, more + 150, true, false);
        }
    }
}

void prove_words(const struct library *library, struct counts *counts)
{
    struct words words = prepare(library);
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    try_pairs(&words, counts);
    try_runs(&words, counts);
    try_skips(&words, counts);
    try_endings(&words, counts);
    try_line_numbers(&words, counts);
    try_lengths(&words, counts);
    try_long_leads(&words, counts);
    munmap(words.end - page, 2 * page);
}
