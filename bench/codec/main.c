/* SPDX-License-Identifier: MIT
 *
 * codec_goto, codec_table: measure the codec and its peers, print a line of figures each.
 *
 *     codec_goto              check that all find the same, then time all
 *     codec_goto --once JOB   run one job once, for a profiler */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/texts.h>

#include "codec/dense.h"
#include "codec/hostile.h"
#include "codec/rounds.h"

enum {
    ROUNDS = 11,
    DENSE_SIZE = 16 << 20,
    HOSTILE_SIZE = 2 << 20,
    ONCE_SIZE = 1 << 20,
    FORMATTED = 1 << 16, /* events */
    DENSE_COUNT = 2,
    HOSTILE_MAX = 32
};

static int fail(const char *why)
{
    fprintf(stderr, "%s\n", why);
    return EXIT_FAILURE;
}

struct job {
    const char *name; /* of the function too, so that a profiler can be told it */
    job_function *run;
    bool decodes; /* finds every event of a dense stream */
};

static const struct job jobs[] = {
    {"decode_stream", decode_stream, true},
    {"decode_batch", decode_batch, true},
    {"split_memchr", split_memchr, false},
#ifdef BENCH_PCRE2
    {"decode_pcre2_lines", decode_pcre2_lines, true},
    {"decode_pcre2_whole", decode_pcre2_whole, true},
#endif
    {"decode_strtol", decode_strtol, true},
    {"decode_sscanf", decode_sscanf, true},
    {"format_ours", format_ours, false},
    {"format_snprintf", format_snprintf, false},
};
enum {
    JOB_COUNT = sizeof jobs / sizeof jobs[0],
    CONTENDERS_MAX = DENSE_COUNT * JOB_COUNT + 2 * HOSTILE_MAX
};

static bool same_tally(const char *name, const struct dense *dense, const struct tally *found)
{
    const struct tally *const truth = &dense->truth;
    bool same = true;
    for (unsigned kind = 1; kind < SBFOTA_KIND_COUNT; kind++) {
        if (found->count[kind] == truth->count[kind])
            continue;
        fprintf(stderr, "%s is wrong on %s: it found %llu of %s, there are %llu\n", name,
                dense->input.name, (unsigned long long)found->count[kind],
                sbfota_message(kind)->name, (unsigned long long)truth->count[kind]);
        same = false;
    }
    if (found->sum != truth->sum) {
        fprintf(stderr, "%s is wrong on %s: its numbers add up to %lld, not %lld\n", name,
                dense->input.name, (long long)found->sum, (long long)truth->sum);
        same = false;
    }
    return same;
}

static bool check_decoders(const struct dense *dense)
{
    bool right = true;
    for (size_t i = 0; i < JOB_COUNT; i++) {
        struct tally found = {.sum = 0};
        if (!jobs[i].decodes)
            continue;
        jobs[i].run(&dense->input, &found);
        right &= same_tally(jobs[i].name, dense, &found);
    }
    return right;
}

static bool check_formatters(const struct input *input)
{
    struct tally ignored = {.sum = 0};
    const size_t length = format_snprintf(input, &ignored);
    char *const expected = malloc(length);
    if (expected == NULL)
        return false;
    memcpy(expected, input->out, length);
    const bool same =
        format_ours(input, &ignored) == length && memcmp(expected, input->out, length) == 0;
    free(expected);
    if (!same)
        fprintf(stderr, "the formatters differ\n");
    return same;
}

static void print_figures(const struct contender *contender)
{
    printf("%s\t%s\t%zu\t%llu\t%.9f\n", contender->name, contender->input->name, contender->bytes,
           (unsigned long long)contender->events, contender->seconds);
}

static int run_once(const struct input *input, const char *name)
{
    for (size_t i = 0; i < JOB_COUNT; i++) {
        if (strcmp(jobs[i].name, name) != 0)
            continue;
        struct contender contender = {.name = name, .run = jobs[i].run, .input = input};
        rounds_run(&contender, 1, 1);
        print_figures(&contender);
        return EXIT_SUCCESS;
    }
    fprintf(stderr, "no job is called %s\n", name);
    return EXIT_FAILURE;
}

static size_t add_dense(struct contender *contenders, const struct input *input)
{
    for (size_t i = 0; i < JOB_COUNT; i++)
        contenders[i] =
            (struct contender){.name = jobs[i].name, .run = jobs[i].run, .input = input};
    return JOB_COUNT;
}

static size_t add_hostile(struct contender *contenders, const struct input *input)
{
    contenders[0] =
        (struct contender){.name = "decode_stream", .run = decode_stream, .input = input};
    contenders[1] = (struct contender){.name = "decode_batch", .run = decode_batch, .input = input};
    return 2;
}

static int run_all(const struct dense dense[DENSE_COUNT])
{
    struct contender contenders[CONTENDERS_MAX];
    static struct input hostile[HOSTILE_MAX]; /* kept to the end of the program */
    size_t count = 0;
    for (size_t i = 0; i < DENSE_COUNT; i++)
        count += add_dense(contenders + count, &dense[i].input);
    for (size_t i = 0; i < hostile_count() && i < HOSTILE_MAX; i++) {
        if (!hostile_make(&hostile[i], i, HOSTILE_SIZE))
            return fail("out of memory");
        count += add_hostile(contenders + count, &hostile[i]);
    }
    rounds_run(contenders, count, ROUNDS);
    for (size_t i = 0; i < count; i++)
        print_figures(&contenders[i]);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    const bool once = argc == 3 && strcmp(argv[1], "--once") == 0;
    if (argc > 1 && !once)
        return fail("usage: codec_goto [--once JOB]");
    static struct dense dense[DENSE_COUNT]; /* kept to the end of the program */
    const size_t size = once ? ONCE_SIZE : DENSE_SIZE;
    if (!dense_shuffle(&dense[0], size, FORMATTED) || !dense_tell(&dense[1], size, FORMATTED))
        return fail("out of memory");
    if (once)
        return run_once(&dense[0].input, argv[2]);
    for (size_t i = 0; i < DENSE_COUNT; i++)
        if (!check_decoders(&dense[i]) || !check_formatters(&dense[i].input))
            return EXIT_FAILURE;
    return run_all(dense);
}
