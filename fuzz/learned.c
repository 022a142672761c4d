/* SPDX-License-Identifier: MIT
 *
 * What is learned of a log from its anchors: the same each time, and what its lines are taken apart by stands in them. */
#include "fuzz.h"
#include "log/form/choose.h"
#include "log/form/learn.h"

enum {
    SAMPLE_ROOM = 1 << 16
};

static bool is_in(struct bytes part, const char *begin, const char *end)
{
    return part.data == NULL ||
           (part.data >= begin && part.data <= end && part.length <= (size_t)(end - part.data));
}

static void check_shapes(const struct learned *learned)
{
    CHECK(learned->count <= LEARNED_SHAPES_MAX && learned->texts_used <= LEARNED_TEXTS);
    for (unsigned i = 0; i < learned->count; i++) {
        const struct line_shape *const shape = &learned->shapes[i];
        CHECK(shape->length <= learned->longest && shape->time <= shape->length);
        CHECK(i == 0 || shape[-1].length >= shape->length);
        for (size_t k = 0; k < shape->length; k++)
            CHECK((size_t)shape->prefix[k].text + shape->prefix[k].length <= learned->texts_used);
    }
}

static void check_lines(const struct reading *reading, const char *begin, const char *end)
{
    struct line line;
    while (begin < end) {
        const char *const feed = memchr(begin, '\n', (size_t)(end - begin));
        reading_line(reading, begin, feed, &line);
        CHECK(is_in(line.text, begin, feed) && is_in(line.time, begin, feed));
        CHECK(is_in(line.modem, begin, feed));
        CHECK(line.direction <= DIRECTION_TX && line.role <= LINE_NOISE);
        begin = feed + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct field_names names = {.text = NULL};
    static struct finder trial;
    static struct learned once, again;
    struct learned *learned;
    if (size >= SAMPLE_ROOM)
        return -1;
    if (trial.search.lines == NULL)
        CHECK(finder_make(&trial));
    char *const sample = malloc(size + 1);
    CHECK(sample != NULL);
    if (size > 0)
        memcpy(sample, data, size);
    sample[size] = '\n';
    const struct bytes lines = {sample, size + 1};
    CHECK(learned_make(&once, lines, -1, false) && learned_make(&again, lines, -1, false));
    /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison, cert-exp42-c, cert-flp37-c): all of both was zero at first. */
    CHECK(memcmp(&once, &again, sizeof once) == 0);
    check_shapes(&once);
    struct reading reading = {.names = &names, .modem_token = -1};
    CHECK(choose_reading(&trial, &reading, lines, &learned));
    check_lines(&reading, sample, sample + size + 1);
    free(learned);
    free(sample);
    return 0;
}
