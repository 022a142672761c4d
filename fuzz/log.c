/* SPDX-License-Identifier: MIT
 *
 * The log library from outside: bytes of any log, fed in any pieces by any number of threads, give the same; a log may be freed at any
 * time; parts of one that splits are the whole; sessions take whatever comes. */
#include <sbfota/log.h>

#include "fuzz.h"

/* What came of a log: how much, and a sum of it that does not depend on the order or on line numbers. */
struct sum {
    size_t events;
    size_t messages;
    uint64_t hash;
    uint64_t lines;
};

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *const at = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ at[i]) * 0x100000001b3U;
    return hash;
}

static void add_event(struct sum *sum, const struct sbfota_log_event *event)
{
    CHECK(event->message.kind != SBFOTA_NONE && event->message.kind < SBFOTA_KIND_COUNT);
    CHECK(event->clock < SBFOTA_LOG_CLOCK_COUNT && event->direction <= SBFOTA_LOG_TX);
    CHECK((event->clock == SBFOTA_LOG_CLOCK_NONE) == (event->time_ms == SBFOTA_NO_TIME));
    CHECK((event->modem == NULL) == (event->modem_number == SBFOTA_LOG_NO_NUMBER));
    CHECK(event->modem == NULL || event->modem[event->modem_length] == '\0');
    CHECK(event->line > 0);
    uint64_t hash = mix(0xcbf29ce484222325U, &event->message.offset, sizeof event->message.offset);
    hash = mix(hash, &event->message.length, sizeof event->message.length);
    hash = mix(hash, &event->message.value, sizeof event->message.value);
    hash = mix(hash, &event->message.kind, 4);
    hash = mix(hash, event->text, event->text_length);
    hash = mix(hash, event->time, event->time_length);
    hash = mix(hash, event->modem, event->modem_length);
    hash = mix(hash, &event->direction, 2);
    sum->hash += hash;
    sum->events++;
}

static void add_columns(struct sbfota_log_batch *batch)
{
    const struct sbfota_log_columns *const columns = sbfota_log_batch_columns(batch);
    CHECK(columns != NULL && columns->count == batch->count);
    for (size_t i = 0; i < batch->count; i++)
        CHECK(columns->text_begin[i + 1] - columns->text_begin[i] == batch->events[i].text_length);
}

static enum sbfota_log_result drain(struct sbfota_log *log, struct sbfota_log_sessions *sessions,
                                    struct sum *sum)
{
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result;
    while ((result = sbfota_log_next(log, &batch)) > 0 && result != SBFOTA_LOG_MORE) {
        if (result == SBFOTA_LOG_MESSAGE) {
            const struct sbfota_log_message *const message = sbfota_log_message(log);
            CHECK(message->trouble < SBFOTA_LOG_TROUBLE_COUNT && message->text[0] != '\0');
            sum->messages += message->trouble != SBFOTA_LOG_NOTE;
            continue;
        }
        CHECK(batch->count > 0);
        add_columns(batch);
        for (size_t i = 0; i < batch->count; i++)
            add_event(sum, &batch->events[i]);
        CHECK(sbfota_log_sessions_feed(sessions, batch->events, batch->count) == SBFOTA_LOG_END);
        sbfota_log_batch_free(batch);
    }
    CHECK(result >= 0);
    sum->lines = sbfota_log_lines(log);
    return result;
}

/* Feed bytes in pieces of up to `piece`, and leave off behind `enough` of them. */
static struct sum feed(const uint8_t *bytes, size_t length, size_t piece, size_t enough,
                       const struct sbfota_log_options *options)
{
    struct sum sum = {0};
    struct sbfota_log *log;
    struct sbfota_log_sessions *const sessions = sbfota_log_sessions_new();
    CHECK(sessions != NULL && sbfota_log_new(&log, options) == SBFOTA_LOG_END);
    enum sbfota_log_result result = SBFOTA_LOG_MORE;
    for (size_t fed = 0; fed < length && fed < enough && result == SBFOTA_LOG_MORE;) {
        fed += sbfota_log_feed(log, bytes + fed, length - fed < piece ? length - fed : piece);
        result = drain(log, sessions, &sum);
    }
    if (enough >= length) {
        sbfota_log_finish(log);
        CHECK(drain(log, sessions, &sum) == SBFOTA_LOG_END);
        CHECK(sbfota_log_sessions_finish(sessions) == SBFOTA_LOG_END);
    }
    sbfota_log_attempts_free(sbfota_log_sessions_take(sessions));
    sbfota_log_sessions_free(sessions);
    sbfota_log_free(log);
    return sum;
}

/* Read by a plan, a log is not learned anew: its parts are what all of it gives so. */
static void check_parts(const uint8_t *bytes, size_t length, size_t cut)
{
    struct sbfota_log_plan *plan;
    CHECK(sbfota_log_plan_make(&plan, bytes, length, true, NULL) == SBFOTA_LOG_END);
    if (sbfota_log_plan_splits(plan) && cut > 0) {
        struct sbfota_log_options options = {.plan = plan};
        const struct sum whole = feed(bytes, length, length, SIZE_MAX, &options);
        options.end = cut;
        const struct sum first = feed(bytes, length, length, SIZE_MAX, &options);
        options.begin = cut;
        options.end = 0;
        const struct sum second =
            feed(bytes + cut - 1, length - cut + 1, length, SIZE_MAX, &options);
        CHECK(first.events + second.events == whole.events);
        CHECK(first.hash + second.hash == whole.hash);
        CHECK(first.lines + second.lines == whole.lines);
    }
    sbfota_log_plan_free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t pieces[] = {1, 3, 64, 1000, 65536, SIZE_MAX};
    struct plan plan;
    struct sbfota_log_plan *loaded;
    const size_t length = plan_take(&plan, data, size);
    uint8_t *const bytes = fuzz_copy(data, length);
    struct sbfota_log_options options = {.all = plan_next(&plan) % 2 == 0};
    const struct sum whole = feed(bytes, length, SIZE_MAX, SIZE_MAX, &options);
    const size_t piece = pieces[plan_choose(&plan, 6)];
    options.threads = 1 + plan_choose(&plan, 3);
    const struct sum other = feed(bytes, length, piece, SIZE_MAX, &options);
    CHECK(other.events == whole.events && other.hash == whole.hash);
    CHECK(other.messages == whole.messages && other.lines == whole.lines);
    feed(bytes, length, piece, (size_t)plan_next(&plan) * 16, &options);
    if (!options.all && length > 0)
        check_parts(bytes, length, ((size_t)plan_next(&plan) * 256 + plan_next(&plan)) % length);
    if (sbfota_log_plan_load(&loaded, bytes, length) == SBFOTA_LOG_END)
        sbfota_log_plan_free(loaded);
    free(bytes);
    return 0;
}
