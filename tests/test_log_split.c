/* SPDX-License-Identifier: MIT
 *
 * A log that is read in parts: whatever the parts are, together they give what the whole gives. */
#include "log_support.h"

/* Events and their lines, which are put right by the lines of the parts before. */
struct part {
    struct sbfota_log_batch *batches[64];
    size_t count;
    uint64_t lines;
};

static struct sbfota_log_plan *make_plan(const char *bytes, size_t length)
{
    struct sbfota_log_plan *plan;
    enum sbfota_log_result result = SBFOTA_LOG_MORE;
    for (size_t head = 65536; result == SBFOTA_LOG_MORE; head *= 2) {
        const bool whole = head >= length;
        result = sbfota_log_plan_make(&plan, bytes, whole ? length : head, whole, NULL);
        cr_assert(result == SBFOTA_LOG_END || !whole);
    }
    cr_assert_eq(result, SBFOTA_LOG_END);
    return plan;
}

/* The same plan, as others get it. */
static struct sbfota_log_plan *send_plan(struct sbfota_log_plan *plan)
{
    struct sbfota_log_plan *sent;
    const size_t size = sbfota_log_plan_save(plan, NULL, 0);
    char *const saved = malloc(size);
    cr_assert_eq(sbfota_log_plan_save(plan, saved, size), size);
    cr_assert_eq(sbfota_log_plan_load(&sent, saved, size), SBFOTA_LOG_END);
    cr_assert_str_eq(sbfota_log_plan_form(sent), sbfota_log_plan_form(plan));
    sbfota_log_plan_free(plan);
    free(saved);
    return sent;
}

/* Take all: of a log that is fed, feed from `begin` on. */
static void read_part(struct sbfota_log *log, const char *bytes, size_t length, struct part *part)
{
    enum sbfota_log_result result;
    struct sbfota_log_batch *batch;
    size_t fed = 0;
    memset(part, 0, sizeof *part);
    while ((result = sbfota_log_next(log, &batch)) > 0) {
        cr_assert(result != SBFOTA_LOG_MESSAGE ||
                      sbfota_log_message(log)->trouble == SBFOTA_LOG_NOTE,
                  "%s", sbfota_log_message(log)->text);
        if (result == SBFOTA_LOG_BATCH)
            part->batches[part->count++] = batch;
        cr_assert_lt(part->count, 64);
        if (result == SBFOTA_LOG_MORE && fed == length)
            sbfota_log_finish(log);
        else if (result == SBFOTA_LOG_MORE)
            fed += sbfota_log_feed(log, bytes + fed, length - fed < 5000 ? length - fed : 5000);
    }
    cr_assert_eq(result, SBFOTA_LOG_END);
    part->lines = sbfota_log_lines(log);
    sbfota_log_free(log);
}

static int compare(const void *a, const void *b)
{
    const struct sbfota_log_event *const first = a;
    const struct sbfota_log_event *const second = b;
    return (first->message.offset > second->message.offset) -
           (first->message.offset < second->message.offset);
}

/* What the parts give, in the order of the file. A part's answers may stand in the lines of a later one: those have the line that the
 * part counts. */
static void tell_parts(struct part *parts, size_t count, struct told_text *told)
{
    size_t events = 0;
    uint64_t lines = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < parts[i].count; j++)
            events += parts[i].batches[j]->count;
    struct sbfota_log_event *const list = malloc((events + 1) * sizeof *list);
    events = 0;
    for (size_t i = 0; i < count; lines += parts[i++].lines)
        for (size_t j = 0; j < parts[i].count; j++)
            for (size_t k = 0; k < parts[i].batches[j]->count; k++) {
                list[events] = parts[i].batches[j]->events[k];
                list[events++].line += lines;
            }
    qsort(list, events, sizeof *list, compare);
    told_begin(told);
    for (size_t i = 0; i < events; i++)
        tell_event(told, &list[i]);
    fclose(told->stream);
    free(list);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < parts[i].count; j++)
            sbfota_log_batch_free(parts[i].batches[j]);
}

static struct sbfota_log *open_part(const char *path, const struct sbfota_log_plan *plan,
                                    uint64_t begin, uint64_t end, bool fed)
{
    const struct sbfota_log_options options = {
        .plan = plan, .begin = begin, .end = end, .name = path};
    struct sbfota_log *log;
    const enum sbfota_log_result result =
        fed ? sbfota_log_new(&log, &options) : sbfota_log_open(&log, &path, 1, &options);
    cr_assert_eq(result, SBFOTA_LOG_END);
    return log;
}

struct whole {
    struct told_text told;
    uint64_t lines;
};

static void read_whole(const char *path, struct whole *whole)
{
    struct part part;
    struct sbfota_log *log;
    cr_assert_eq(sbfota_log_open(&log, &path, 1, NULL), SBFOTA_LOG_END);
    read_part(log, NULL, 0, &part);
    whole->lines = part.lines;
    tell_parts(&part, 1, &whole->told);
}

/* Read in parts that end at `cuts`, the last of which is 0: the file's end. */
static void check_cuts(const char *path, const char *bytes, size_t length,
                       const struct sbfota_log_plan *plan, const uint64_t *cuts, size_t count,
                       bool fed, const struct whole *whole)
{
    struct part parts[64];
    struct told_text told;
    uint64_t part_lines = 0;
    for (size_t i = 0; i < count; i++) {
        const uint64_t begin = i == 0 ? 0 : cuts[i - 1];
        const size_t from = begin == 0 ? 0 : begin > length ? length : (size_t)begin - 1;
        read_part(open_part(path, plan, begin, cuts[i], fed), bytes + from, length - from,
                  &parts[i]);
        part_lines += parts[i].lines;
    }
    tell_parts(parts, count, &told);
    assert_same(&told, &whole->told, path);
    cr_assert_eq(part_lines, whole->lines);
    free(told.bytes);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245 + 12345;
    return *seed >> 8;
}

static int compare_cuts(const void *a, const void *b)
{
    const uint64_t first = *(const uint64_t *)a;
    const uint64_t second = *(const uint64_t *)b;
    return (first > second) - (first < second);
}

static size_t split_logs;

static void check_log(const char *path)
{
    unsigned seed = 1;
    size_t length;
    char *const bytes = load(path, &length);
    struct sbfota_log_plan *const plan = send_plan(make_plan(bytes, length));
    struct whole whole;
    read_whole(path, &whole);
    split_logs += sbfota_log_plan_splits(plan);
    for (unsigned round = 0; round < 6 && length > 2 && sbfota_log_plan_splits(plan); round++) {
        uint64_t cuts[8];
        const size_t count = 1 + next_random(&seed) % 7;
        for (size_t i = 0; i < count; i++)
            cuts[i] = 1 + next_random(&seed) % length;
        qsort(cuts, count, sizeof *cuts, compare_cuts);
        cuts[count] = 0;
        check_cuts(path, bytes, length, plan, cuts, count + 1, round % 2 == 1, &whole);
    }
    sbfota_log_plan_free(plan);
    free(whole.told.bytes);
    free(bytes);
}

Test(log_split, parts_of_any_log_are_the_whole)
{
    split_logs = 0;
    for_each_file(FORMS, check_log);
    for_each_file(SBFOTA_CAPTURES "/cases", check_log);
    cr_assert_gt(split_logs, 30);
}

/* Cuts at each byte of a log: of commands and their answers in particular. */
Test(log_split, each_cut_is_as_good)
{
    static const char name[] = "log_split.log";
    char *bytes;
    size_t length;
    FILE *const stream = open_memstream(&bytes, &length);
    for (int i = 0; i < 6; i++)
        fprintf(stream,
                "2026-01-31T10:00:0%d.000Z meter-%d > AT+QCFGEXT=\"sbfota_delay\",30\n"
                "2026-01-31T10:00:0%d.100Z meter-%d < +QIND: \"SBFOTA\",\"DOWNLOADING\",%d\n"
                "2026-01-31T10:00:0%d.200Z meter-%d < %s\n",
                i, i % 2, i, i % 3, i, i, (i + 1) % 2, i % 3 == 2 ? "ERROR" : "OK");
    fclose(stream);
    FILE *const file = fopen(name, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
    struct sbfota_log_plan *const plan = make_plan(bytes, length);
    cr_assert(sbfota_log_plan_splits(plan));
    struct whole whole;
    read_whole(name, &whole);
    cr_assert_eq(whole.told.count, 17);
    for (uint64_t cut = 1; cut <= length; cut++) {
        const uint64_t cuts[] = {cut, cut + 70, 0};
        check_cuts(name, bytes, length, plan, cuts, 3, cut % 2 == 1, &whole);
    }
    free(whole.told.bytes);
    sbfota_log_plan_free(plan);
    remove(name);
    free(bytes);
}

Test(log_split, damaged_plans_are_refused)
{
    size_t length;
    char *const bytes = load(FORMS "/gateway.log", &length);
    struct sbfota_log_plan *plan = make_plan(bytes, length);
    const size_t size = sbfota_log_plan_save(plan, NULL, 0);
    unsigned char *const saved = malloc(size);
    cr_assert_eq(sbfota_log_plan_save(plan, saved, size), size);
    sbfota_log_plan_free(plan);
    for (size_t i = 0; i < size; i++) {
        saved[i] ^= 0x11;
        cr_assert_eq(sbfota_log_plan_load(&plan, saved, size), SBFOTA_LOG_NO_PLAN, "%zu", i);
        cr_assert_eq(sbfota_log_plan_load(&plan, saved, i), SBFOTA_LOG_NO_PLAN, "%zu", i);
        cr_assert_null(plan);
        saved[i] ^= 0x11;
    }
    free(saved);
    free(bytes);
}

Test(log_split, what_cannot_be_split_is_refused)
{
    static const char gzip[2048] = "\x1f\x8b\x08";
    struct sbfota_log_plan *plan;
    struct sbfota_log *log;
    cr_assert_eq(sbfota_log_plan_make(&plan, gzip, 100, false, NULL), SBFOTA_LOG_MORE);
    cr_assert_eq(sbfota_log_plan_make(&plan, gzip, sizeof gzip, false, NULL), SBFOTA_LOG_END);
    cr_assert_not(sbfota_log_plan_splits(plan));
    cr_assert_str_eq(sbfota_log_plan_form(plan), "packed");
    cr_assert_eq(sbfota_log_new(&log, &(struct sbfota_log_options){.plan = plan, .end = 7}),
                 SBFOTA_LOG_NO_SPLIT);
    cr_assert_eq(sbfota_log_new(&log, &(struct sbfota_log_options){.begin = 7}),
                 SBFOTA_LOG_NO_SPLIT);
    cr_assert_eq(
        sbfota_log_new(&log, &(struct sbfota_log_options){.plan = plan, .begin = 7, .end = 6}),
        SBFOTA_LOG_INVALID);
    sbfota_log_plan_free(plan);
}
