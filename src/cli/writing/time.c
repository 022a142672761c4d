/* SPDX-License-Identifier: MIT */
#include "cli/writing/time.h"

#include <stdio.h>
#include <time.h>

static int64_t read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t time_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t timer_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

const char *utc_show(int64_t milliseconds, char text[TIME_TEXT_SIZE])
{
    struct tm day;
    const time_t seconds = (time_t)(milliseconds / 1000);
    if (gmtime_r(&seconds, &day) == NULL || strftime(text, 24, "%Y-%m-%dT%H:%M:%S", &day) == 0)
        return "1970-01-01T00:00:00.000Z";
    snprintf(text + 19, TIME_TEXT_SIZE - 19, ".%03dZ", (int)(milliseconds % 1000));
    return text;
}

const char *clock_show(int64_t milliseconds, char text[TIME_TEXT_SIZE])
{
    struct tm day;
    const time_t seconds = (time_t)(milliseconds / 1000);
    if (localtime_r(&seconds, &day) == NULL ||
        strftime(text, TIME_TEXT_SIZE, "%H:%M:%S", &day) == 0)
        return "00:00:00";
    return text;
}

const char *span_show(int64_t milliseconds, char text[SPAN_TEXT_SIZE])
{
    const long long seconds = milliseconds < 0 ? 0 : milliseconds / 1000;
    const long long minutes = seconds / 60;
    const long long hours = minutes / 60;
    if (minutes == 0)
        snprintf(text, SPAN_TEXT_SIZE, "%lld s", seconds);
    else if (hours == 0)
        snprintf(text, SPAN_TEXT_SIZE, "%lld min %lld s", minutes, seconds % 60);
    else if (hours < 24)
        snprintf(text, SPAN_TEXT_SIZE, "%lld h %lld min", hours, minutes % 60);
    else
        snprintf(text, SPAN_TEXT_SIZE, "%lld d %lld h", hours / 24, hours % 24);
    return text;
}
