/* SPDX-License-Identifier: MIT */
#include "cli/writing/look.h"

#include <stdio.h>
#include <time.h>

#include <sbfota/texts.h>

#include "cli/writing/put.h"
#include "log/text/clock.h"
#include "log/text/time.h"

/* What the clock on the wall shows, as if it were UTC. */
static int64_t local_milliseconds(time_t seconds)
{
    struct tm parts;
    if (localtime_r(&seconds, &parts) == NULL)
        return (int64_t)seconds * 1000;
    return ((int64_t)seconds + parts.tm_gmtoff) * 1000;
}

struct look look_make(const struct options *options, const struct output *output)
{
    struct look look = {
        .width = terminal_width(output),
        .colour = options_colour(options, output),
        .ago = options->ago,
        .now = options->now,
        .now_local = options->now,
    };
    if (look.ago && options->now == INT64_MIN) {
        const time_t seconds = time(NULL);
        look.now = (int64_t)seconds * 1000;
        look.now_local = local_milliseconds(seconds);
    }
    return look;
}

unsigned look_time_width(const struct look *look)
{
    return look->ago ? AGO_WIDTH : DATE_WIDTH;
}

size_t look_duration(int64_t milliseconds, char buffer[AGO_SIZE])
{
    static const struct {
        int64_t seconds;
        const char *unit;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    const int64_t seconds = milliseconds / 1000;
    size_t unit = 0;
    /* Two of a unit at least, so that little is lost. */
    while (unit < 3 && seconds < units[unit].seconds * 2)
        unit++;
    return (size_t)snprintf(buffer, AGO_SIZE, "%lld %s", (long long)(seconds / units[unit].seconds),
                            units[unit].unit);
}

struct bytes look_time(const struct look *look, struct bytes shown, char buffer[AGO_SIZE])
{
    struct clock_minute minute = {.milliseconds = 0};
    int64_t time;
    char text[AGO_SIZE];
    if (!look->ago || clock_read(shown, &minute, &time) != CLOCK_EPOCH)
        return shown;
    const int64_t ago = (time_has_zone(shown) ? look->now : look->now_local) - time;
    look_duration(ago < 0 ? -ago : ago, text);
    const int length = ago < 0 && ago / 1000 != 0 ? snprintf(buffer, AGO_SIZE, "in %.20s", text)
                                                  : snprintf(buffer, AGO_SIZE, "%.20s ago", text);
    return (struct bytes){buffer, (size_t)length};
}

const char *look_outcome(unsigned outcome)
{
    switch ((enum sbfota_outcome)outcome) {
    case SBFOTA_OUTCOME_UPDATED: return COLOUR_GREEN;
    case SBFOTA_OUTCOME_IN_PROGRESS: return COLOUR_YELLOW;
    case SBFOTA_OUTCOME_UPDATE_FAILED:
    case SBFOTA_OUTCOME_DOWNLOAD_FAILED:
    case SBFOTA_OUTCOME_DOWNLOAD_LOST:
    case SBFOTA_OUTCOME_ROLLED_BACK:
    case SBFOTA_OUTCOME_INTERRUPTED:
    case SBFOTA_OUTCOME_POLL_FAILED: return COLOUR_RED;
    case SBFOTA_OUTCOME_UNKNOWN:
    case SBFOTA_OUTCOME_COUNT: break;
    }
    return "";
}

void look_colour(const struct look *look, struct writer *writer, const char *colour)
{
    if (look->colour && colour[0] != '\0')
        writer_string(writer, colour);
}

void look_plain(const struct look *look, struct writer *writer, const char *colour)
{
    look_colour(look, writer, colour[0] == '\0' ? "" : COLOUR_PLAIN);
}

void look_put_cell(const struct look *look, struct writer *writer, const char *colour,
                   const char *word, size_t width)
{
    look_colour(look, writer, colour);
    const size_t columns = text_put_safe_within(writer, (struct bytes){word, strlen(word)}, width);
    look_plain(look, writer, colour);
    text_put_padding(writer, columns, width + 2);
}
