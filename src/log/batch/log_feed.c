/* SPDX-License-Identifier: MIT
 *
 * Bytes that are fed. What unpacks them cannot be left in the middle, so that it has a thread of its own. */
#include "log/batch/log_handle.h"

#include <stdlib.h>
#include <string.h>

/* Will nothing more be read? */
static bool is_over(const struct sbfota_log *log)
{
    return log->ended || log->closed || log->no_memory || capture_is_stopped(&log->options);
}

/* As much of what stands there as there is room for, or is wanted; it may go round. */
static size_t take_out(struct log_feed *feed, char *bytes, size_t length)
{
    const size_t count = feed->length < length ? feed->length : length;
    const size_t to_end = FEED_SIZE - feed->begin;
    const size_t first = count < to_end ? count : to_end;
    memcpy(bytes, feed->bytes + feed->begin, first);
    memcpy(bytes + first, feed->bytes, count - first);
    feed->begin = (feed->begin + count) % FEED_SIZE;
    feed->length -= count;
    return count;
}

static size_t put_in(struct log_feed *feed, const char *bytes, size_t length)
{
    const size_t room = FEED_SIZE - feed->length;
    const size_t count = room < length ? room : length;
    const size_t end = (feed->begin + feed->length) % FEED_SIZE;
    const size_t first = count < FEED_SIZE - end ? count : FEED_SIZE - end;
    memcpy(feed->bytes + end, bytes, first);
    memcpy(feed->bytes, bytes + first, count - first);
    feed->length += count;
    return count;
}

bool log_feed_is_short(const struct log_feed *feed)
{
    const size_t least = feed->input.live ? 1 : FEED_LEAST;
    return feed->length < least && !feed->finished;
}

/* What is read instead of a file. Before it waits, what was found so far is handed over. */
static ptrdiff_t read_fed(void *context, void *bytes, size_t length)
{
    struct sbfota_log *const log = context;
    struct log_feed *const feed = &log->feed;
    pthread_mutex_lock(&log->lock);
    while (log_feed_is_short(feed) && !is_over(log)) {
        feed->waiting = true;
        log_flush(log);
        pthread_cond_broadcast(&log->changed);
        pthread_cond_wait(&log->changed, &log->lock);
    }
    feed->waiting = false;
    const size_t count = is_over(log) ? 0 : take_out(feed, bytes, length);
    pthread_cond_broadcast(&log->changed);
    pthread_mutex_unlock(&log->lock);
    return (ptrdiff_t)count;
}

static bool waits(void *context)
{
    struct sbfota_log *const log = context;
    pthread_mutex_lock(&log->lock);
    const bool would = log_feed_is_short(&log->feed) && !is_over(log);
    pthread_mutex_unlock(&log->lock);
    return would;
}

enum sbfota_log_result sbfota_log_new(struct sbfota_log **made,
                                      const struct sbfota_log_options *options)
{
    static const char one[] = "-"; /* file, whatever it is called */
    struct sbfota_log *log;
    const char *const paths[] = {one};
    enum sbfota_log_result result = sbfota_log_open(&log, paths, 1, options);
    *made = NULL;
    if (result != SBFOTA_LOG_END)
        return result;
    log->feed.used = true;
    log->feed.bytes = malloc(FEED_SIZE);
    log->feed.input.context = log;
    log->feed.input.read = read_fed;
    log->feed.input.waits = waits;
    log->options.bytes = &log->feed.input;
    result = log->feed.bytes == NULL ? SBFOTA_LOG_NO_MEMORY
             : log_start(log)        ? SBFOTA_LOG_END
                                     : SBFOTA_LOG_NO_THREAD;
    if (result != SBFOTA_LOG_END)
        sbfota_log_free(log);
    else
        *made = log;
    return result;
}

size_t sbfota_log_feed(struct sbfota_log *log, const void *bytes, size_t length)
{
    size_t taken = 0;
    pthread_mutex_lock(&log->lock);
    const bool takes = log->feed.used && !log->feed.finished;
    while (taken < length && takes && !is_over(log)) {
        const size_t count = put_in(&log->feed, (const char *)bytes + taken, length - taken);
        taken += count;
        if (log->feed.waiting && !log_feed_is_short(&log->feed))
            pthread_cond_broadcast(&log->changed);
        if (count > 0)
            continue;
        if (log->queued >= SBFOTA_LOG_BATCHES)
            break;
        pthread_cond_wait(&log->changed, &log->lock);
    }
    if (!takes || is_over(log))
        taken = length;
    pthread_mutex_unlock(&log->lock);
    return taken;
}

void sbfota_log_finish(struct sbfota_log *log)
{
    pthread_mutex_lock(&log->lock);
    log->feed.finished = true;
    pthread_cond_broadcast(&log->changed);
    pthread_mutex_unlock(&log->lock);
}
