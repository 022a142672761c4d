/* SPDX-License-Identifier: MIT
 *
 * What is found in a block of a raw capture by searching is what the parser gives of all its bytes;
 * and the fast search finds what the plain one does. */
#include "fuzz.h"
#include "log/blocks/store.h"
#include "log/scan/command.h"
#include "log/scan/find.h"

enum {
    HITS_MAX = 8192
};

/* A block holds whole lines. */
static size_t make_block(const uint8_t *data, size_t length, struct block *block)
{
    block->store = store_make(length + 1);
    CHECK(block->store != NULL);
    char *const bytes = store_bytes(block->store);
    memcpy(bytes, data, length);
    bytes[length] = '\n';
    block->data = bytes;
    block->size = length + 1;
    block->offset = 16; /* no byte-order mark is skipped */
    block->line = 1;
    block->form = "raw";
    return length + 1;
}

static bool is_result(unsigned kind)
{
    return kind == SBFOTA_OK || kind == SBFOTA_ERROR || kind == SBFOTA_CME_ERROR;
}

/* Is it found only for what it may answer, or for the wait that it ends? */
static bool is_of_dialogue(unsigned kind)
{
    return is_result(kind) || kind == SBFOTA_OTHER;
}

/* Is it found whatever stands around it? */
static bool is_found(const struct sbfota_event *message, bool all)
{
    if (message->kind == SBFOTA_BLANK || message->kind == SBFOTA_NONE)
        return false;
    return all || (message->kind != SBFOTA_OTHER && !is_result(message->kind));
}

static void check_hits(const struct finder *finder, const struct block *block)
{
    struct sbfota_parser parser;
    const struct log_event *event = finder->events.list;
    const struct log_event *const end = event == NULL ? NULL : event + finder->events.count;
    size_t at = 0;
    sbfota_parser_init(&parser);
    while (at < block->size) {
        struct sbfota_event message;
        at += sbfota_parse(&parser, block->data + at, block->size - at, &message);
        /* Of commands that are joined, each is one: command.h. */
        if (message.kind != SBFOTA_NONE &&
            command_is_joined(message.kind, (struct bytes){block->data + message.offset,
                                                           (size_t)message.length})) {
            const uint64_t behind = message.offset + message.length + block->offset;
            while (event < end && event->message.offset < behind)
                event++;
            continue;
        }
        if (!is_found(&message, finder->all))
            continue;
        while (!finder->all && event < end && is_of_dialogue(event->message.kind))
            event++;
        CHECK(event < end);
        CHECK(event->message.kind == message.kind && event->message.detail == message.detail);
        CHECK(event->message.value == message.value && event->message.extent == message.extent);
        CHECK(event->message.flags == message.flags && event->message.spelling == message.spelling);
        CHECK(event->message.offset == message.offset + block->offset);
        CHECK(event->message.length == message.length);
        CHECK(message.kind == SBFOTA_OVERLONG ||
              (event->text_length == message.length &&
               memcmp(event->text, block->data + message.offset, event->text_length) == 0));
        event++;
    }
    while (!finder->all && event < end && is_of_dialogue(event->message.kind))
        event++;
    CHECK(event == end);
}

/* The slowest that this machine can run. */
static struct searches slowest(void)
{
    unsigned rank = 0;
    while (search_by_rank(rank + 1).lines != NULL)
        rank++;
    return search_by_rank(rank);
}

/* The lines that two ways of searching stop at. */
static void check_search(const struct block *block, bool answers)
{
    search_function *const fast = search_by_rank(0).lines;
    search_function *const slow = slowest().lines;
    const char *next = block->data;
    const char *const end = next + block->size;
    while (next < end) {
        const struct candidate one = fast(next, end, answers);
        const struct candidate other = slow(next, end, answers);
        CHECK(one.line == other.line && one.line_feeds == other.line_feeds);
        if (one.line == NULL)
            return;
        const char *const feed = memchr(one.line, '\n', (size_t)(end - one.line));
        next = feed == NULL ? end : feed + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct finder finder;
    struct plan plan;
    const size_t length = plan_take(&plan, data, size);
    struct reading reading = {.form = capture_forms};
    struct block block = {.log = 1};
    if (length >= HITS_MAX)
        return -1;
    if (finder.search.lines == NULL)
        CHECK(finder_make(&finder));
    make_block(data, length, &block);
    finder.reading = &reading;
    if (plan_next(&plan) & 1)
        finder.search = slowest();
    else
        finder.search = search_by_rank(0);
    for (unsigned all = 0; all < 2; all++) {
        finder.all = all;
        finder_block(&finder, &block);
        CHECK(!finder.events.no_memory);
        check_hits(&finder, &block);
        check_search(&block, all);
    }
    store_release(block.store);
    return 0;
}
