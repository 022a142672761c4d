/* SPDX-License-Identifier: MIT */
#include "codec/hostile.h"

#include <stdlib.h>
#include <string.h>

#include "codec/events.h"

/* More than any message is long, with what is added to it here. */
enum {
    ROOM = 512
};

/* One way to be hostile: a beginning and then a pattern without end, or lines made one by one. A line maker writes one
 * line without its end, fewer than ROOM bytes, and returns its length. */
struct hostile {
    const char *name;
    size_t (*make_line)(struct dice *dice, char *line);
    const char *beginning;
    const char *pattern;
};

static size_t write_urc(struct dice *dice, char *line)
{
    const struct sbfota_event event = roll_event(dice, roll_kind(dice, SBFOTA_FAMILY_URC));
    return (size_t)sbfota_format(&event, NULL, SBFOTA_FORMAT_CANONICAL, line, ROOM);
}

/* Where the quote that closes the message's keyword stands. */
static size_t keyword_end(const char *line, size_t length)
{
    size_t quotes = 0;
    for (size_t i = 0; i < length; i++)
        if (line[i] == '"' && ++quotes == 4)
            return i;
    return length;
}

static size_t erase(char *line, size_t length, size_t at)
{
    memmove(line + at, line + at + 1, length - at - 1);
    return length - 1;
}

static size_t cut_keyword(struct dice *dice, char *line)
{
    const size_t length = write_urc(dice, line);
    return erase(line, length, keyword_end(line, length) - 1);
}

static size_t open_quote(struct dice *dice, char *line)
{
    const size_t length = write_urc(dice, line);
    return erase(line, length, keyword_end(line, length));
}

static size_t extra_field(struct dice *dice, char *line)
{
    const size_t length = write_urc(dice, line);
    memcpy(line + length, ",1", 2);
    return length + 2;
}

/* Two messages whose line end was lost between them. */
static size_t glue(struct dice *dice, char *line)
{
    const size_t length = write_urc(dice, line);
    return length + write_urc(dice, line + length);
}

/* A message that blanks make 257 to 272 bytes long. */
static size_t stretch(struct dice *dice, char *line)
{
    const size_t length = write_urc(dice, line);
    const size_t stretched = SBFOTA_LINE_MAX + 1 + dice_roll(dice, 16);
    memset(line + length, ' ', stretched - length);
    return stretched;
}

/* A number of 10 to 60 digits. */
static size_t overflow(struct dice *dice, char *line)
{
    static const char head[] = "+QIND: \"SBFOTA\",\"polling_time\",";
    const size_t digits = 10 + dice_roll(dice, 51);
    memcpy(line, head, sizeof head - 1);
    for (size_t i = 0; i < digits; i++)
        line[sizeof head - 1 + i] = (char)('1' + dice_roll(dice, 9));
    return sizeof head - 1 + digits;
}

static size_t print_noise(struct dice *dice, char *line)
{
    const size_t length = 1 + dice_roll(dice, 80);
    for (size_t i = 0; i < length; i++)
        line[i] = (char)(' ' + dice_roll(dice, 95));
    return length;
}

static const struct hostile all[] = {
    {.name = "random bytes"},
    {"random printable lines", print_noise, NULL, NULL},
    {"one endless line: x", NULL, "", "x"},
    {"one endless line: plus signs", NULL, "", "+"},
    {"one endless line: +QIND: \"SBFOT", NULL, "", "+QIND: \"SBFOT"},
    {"one endless line: open keyword", NULL, "+QIND: \"SBFOTA\",\"", "x"},
    {"one endless line: digits", NULL, "+QIND: \"SBFOTA\",\"UPDATING\",", "9"},
    {"line ends only: LF", NULL, "", "\n"},
    {"line ends only: CR LF", NULL, "", "\r\n"},
    {"lines of one byte", NULL, "", "a\n"},
    {"lines that end in CR", NULL, "AT+QCFGEXT=\"sbfota_accept\",1\r", "+CREG: 2,1\r"},
    {"keyword a letter short", cut_keyword, NULL, NULL},
    {"keyword without end quote", open_quote, NULL, NULL},
    {"a field too many", extra_field, NULL, NULL},
    {"two URCs glued on a line", glue, NULL, NULL},
    {"lines just too long", stretch, NULL, NULL},
    {"numbers too large", overflow, NULL, NULL},
};

size_t hostile_count(void)
{
    return sizeof all / sizeof all[0];
}

const char *hostile_name(size_t number)
{
    return all[number].name;
}

static void fill_random(char *bytes, size_t size)
{
    struct dice dice = {2};
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)dice_next(&dice);
}

static void fill_pattern(char *bytes, size_t size, const struct hostile *hostile)
{
    const size_t beginning = strlen(hostile->beginning);
    const size_t period = strlen(hostile->pattern);
    memcpy(bytes, hostile->beginning, beginning);
    for (size_t i = beginning; i < size; i++)
        bytes[i] = hostile->pattern[(i - beginning) % period];
}

static void fill_lines(char *bytes, size_t size, const struct hostile *hostile)
{
    struct dice dice = {3};
    for (size_t at = 0; at < size;) {
        char line[ROOM];
        size_t length = hostile->make_line(&dice, line);
        line[length++] = '\r';
        line[length++] = '\n';
        if (length > size - at)
            length = size - at;
        memcpy(bytes + at, line, length);
        at += length;
    }
}

bool hostile_make(struct input *input, size_t number, size_t size)
{
    const struct hostile *const hostile = &all[number];
    input->name = hostile->name;
    input->length = size;
    input->bytes = malloc(size);
    if (input->bytes == NULL)
        return false;
    if (hostile->make_line != NULL)
        fill_lines(input->bytes, size, hostile);
    else if (hostile->pattern != NULL)
        fill_pattern(input->bytes, size, hostile);
    else
        fill_random(input->bytes, size);
    return true;
}
