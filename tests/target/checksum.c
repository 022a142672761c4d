/* SPDX-License-Identifier: MIT */
#include "checksum.h"

#include <stdio.h>
#include <stdlib.h>

#include <sbfota/host.h>
#include <sbfota/texts.h>

enum {
    PLACES_MOST = 16384,
    SLOTS = 2 * PLACES_MOST,
    DEPTH = 3 /* events of a sequence */
};

static uint32_t crc;
static uint32_t crc_table[256];

static void begin_crc(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t value = byte;
        for (unsigned bit = 0; bit < 8; bit++)
            value = value >> 1 ^ (value & 1 ? 0xedb88320U : 0);
        crc_table[byte] = value;
    }
    crc = UINT32_MAX;
}

/* The low bytes of a number, the lowest first wherever this runs. */
static void add(uint64_t number, unsigned bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        crc = crc >> 8 ^ crc_table[(crc ^ number) & 0xff];
}

static void add_event(const struct sbfota_event *event)
{
    add(event->kind, 1);
    if (event->kind == SBFOTA_NONE)
        return;
    add(event->offset, 8);
    add(event->length, 8);
    add((uint32_t)event->value, 4);
    add(event->extent, 4);
    add(event->lead, 2);
    add(event->detail, 1);
    add(event->flags, 1);
    add(event->spelling, 1);
    add(event->ending, 1);
}

/* Where the parser may be, but for its numbers. */
struct place {
    uint16_t state, spelling;
    uint8_t kind;
};
static struct place places[PLACES_MOST];
static uint16_t slots[SLOTS]; /* 0: free; else a place's number from 1 */
static uint16_t place_count;

/* The number of a place, a new one if it has not been seen. */
static uint16_t number_of(const struct sbfota_parser *parser)
{
    uint32_t slot =
        (parser->state * 2654435761U ^ parser->kind * 40503U ^ parser->spelling * 2246822519U) %
        SLOTS;
    for (; slots[slot] != 0; slot = (slot + 1) % SLOTS) {
        const struct place *const known = &places[slots[slot] - 1];
        if (known->state == parser->state && known->kind == parser->kind &&
            known->spelling == parser->spelling)
            return (uint16_t)(slots[slot] - 1);
    }
    if (place_count == PLACES_MOST) {
        printf("more places than there is room for\n");
        exit(EXIT_FAILURE);
    }
    places[place_count] = (struct place){parser->state, parser->spelling, parser->kind};
    slots[slot] = ++place_count;
    return (uint16_t)(place_count - 1);
}

static void add_transition(const struct place *place, unsigned char byte)
{
    /* Numbers that no line of ours has together: what is read where it must not be shows. */
    struct sbfota_parser parser = {
        .offset = ((uint64_t)1 << 32) + 27,
        .text = ((uint64_t)1 << 32) - 50,
        .value = 11,
        .extent = 13,
        .lead = 3,
        .spelling = place->spelling,
        .state = place->state,
        .kind = place->kind,
        .mark = 40,
    };
    struct sbfota_event event;
    sbfota_parse(&parser, &byte, 1, &event);
    add(number_of(&parser), 2);
    add(parser.offset, 8);
    add(parser.text, 8);
    add(parser.value, 4);
    add(parser.extent, 4);
    add(parser.lead, 2);
    add(parser.mark, 1);
    add_event(&event);
}

uint32_t checksum_of_transitions(void)
{
    struct sbfota_parser parser;
    begin_crc();
    sbfota_parser_init(&parser);
    number_of(&parser);
    for (size_t next = 0; next < place_count; next++) {
        const struct place place = places[next];
        for (unsigned byte = 0; byte < 256; byte++)
            add_transition(&place, (unsigned char)byte);
    }
    return ~crc;
}

static void add_change(const struct sbfota_change *change)
{
    add(change->problems, 2);
    add(change->what, 1);
    add(change->phase, 1);
    add(change->outcome, 1);
    if (!(change->what & SBFOTA_CHANGE_FINISHED))
        return;
    const struct sbfota_attempt *const attempt = &change->finished;
    add((uint64_t)attempt->started, 8);
    add((uint64_t)attempt->ended, 8);
    add(attempt->downloading_ms, 4);
    add(attempt->updating_ms, 4);
    add(attempt->restore_ms, 4);
    add((uint32_t)attempt->poll_code, 4);
    add((uint32_t)attempt->http_code, 4);
    add((uint32_t)attempt->update_code, 4);
    add((uint32_t)attempt->report_code, 4);
    add(attempt->problems, 2);
    add(attempt->delay, 2);
    add(attempt->has, 1);
    add(attempt->outcome, 1);
    add(attempt->phase, 1);
    add(attempt->percent, 1);
    add(attempt->resumes, 1);
    add(attempt->accepted, 1);
}

/* What is done with an event, and with what it leads to. */
typedef void step_function(const void *before, unsigned depth, const struct sbfota_event *event);

static void add_sequences(const void *before, unsigned depth, step_function *step)
{
    static const int32_t values[] = {0, -1, 30, 702};
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const bool has_argument = sbfota_message(kind)->argument != SBFOTA_ARGUMENT_NONE;
        for (size_t i = 0; i < (has_argument ? sizeof values / sizeof values[0] : 1); i++) {
            const struct sbfota_event event = {.kind = (uint8_t)kind, .value = values[i]};
            step(before, depth, &event);
        }
    }
}

static int64_t time_at(unsigned depth)
{
    return (int64_t)depth * 1000 - 1500;
}

static void add_bytes(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        add(bytes[i], 1);
}

static void feed_session(const void *before, unsigned depth, const struct sbfota_event *event)
{
    struct sbfota_session session = *(const struct sbfota_session *)before;
    struct sbfota_change change;
    uint8_t saved[SBFOTA_SESSION_SAVED];
    sbfota_session_feed(&session, event, time_at(depth), &change);
    add_change(&change);
    add(sbfota_session_power(&session), 1);
    add(sbfota_session_accept_allowed(&session), 1);
    if (depth < DEPTH) {
        add_sequences(&session, depth + 1, feed_session);
        return;
    }
    sbfota_session_save(&session, saved);
    add_bytes(saved, sizeof saved);
}

static void feed_host(const void *before, unsigned depth, const struct sbfota_event *event)
{
    struct sbfota_host host = *(const struct sbfota_host *)before;
    struct sbfota_event command;
    struct sbfota_change change;
    uint8_t saved[SBFOTA_HOST_SAVED];
    uint32_t again;
    add(sbfota_host_event(&host, event, time_at(depth), &change), 1);
    add_change(&change);
    sbfota_host_ready(&host, depth > 1);
    const bool is_one = sbfota_host_next(&host, time_at(depth) + 400, &command, &change, &again);
    add(is_one, 1);
    if (is_one)
        add_event(&command);
    add(again, 4);
    add(sbfota_host_may_cut(&host), 1);
    add(sbfota_host_unsaved(&host), 1);
    if (depth < DEPTH) {
        add_sequences(&host, depth + 1, feed_host);
        return;
    }
    sbfota_host_save(&host, saved);
    add_bytes(saved, sizeof saved);
}

uint32_t checksum_of_sessions(void)
{
    struct sbfota_session session;
    begin_crc();
    sbfota_session_init(&session);
    add_sequences(&session, 1, feed_session);
    return ~crc;
}

uint32_t checksum_of_dialogues(void)
{
    struct sbfota_host host;
    begin_crc();
    sbfota_host_init(&host, 30);
    add_sequences(&host, 1, feed_host);
    return ~crc;
}
