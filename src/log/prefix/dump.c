/* SPDX-License-Identifier: MIT */
#include "log/prefix/dump.h"

#include <string.h>

#include "log/prefix/fields.h"
#include "log/prefix/said.h"
#include "log/text/span.h"

#include "dump.inc"

enum {
    ROW_BYTES = 256, /* of a row that has characters behind its digits, at most */
    CLOSERS = 3,     /* signs that may close what holds a row */
    CELLS_ALONE = 12 /* bytes of cells of od and hexdump that nothing stands before, at least */
};

/* A row of a dump. */
struct dump_row {
    const char *begin; /* of its address, or of its digits */
    struct bytes address;
    struct bytes digits;
    enum escapes escapes;
    size_t count; /* of bytes; no more than ROW_BYTES are counted */
    bool shown;   /* as characters too */
    bool spelled; /* each byte is an escape of its own, and nothing else can be meant */
};

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    return at;
}

/* Nothing but blanks, colours and signs that close? */
static bool is_closed(const char *at, const char *end)
{
    at = tokens_skip(at, end, true);
    for (int i = 0; i < CLOSERS && at < end && strchr("])}<>|\"',;", *at) != NULL && *at != '\0';
         i++)
        at++;
    return tokens_skip(at, end, true) == end;
}

/* Behind a character, which may be several bytes long. */
static const char *skip_character(const char *at, const char *end)
{
    at++;
    while (at < end && ((unsigned char)*at & 0xc0U) == 0x80)
        at++;
    return at;
}

/* Do the characters at `at` show these bytes, with a blank behind each eighth or not? What cannot be printed may be shown as anything;
 * *sure says whether something can. */
static bool shows_so(const char *at, const char *end, struct bytes bytes, bool parted, bool *sure)
{
    *sure = false;
    for (size_t i = 0; i < bytes.length; i++) {
        const unsigned char byte = (unsigned char)bytes.data[i];
        const bool printable = byte > ' ' && byte < 0x7f;
        if (parted && i > 0 && i % 8 == 0 && at < end && *at == ' ')
            at++;
        /* Blanks at the end may have been cut. */
        if (at == end && byte == ' ')
            continue;
        if (at == end || (printable && (unsigned char)*at != byte))
            return false;
        *sure = *sure || printable;
        at = skip_character(at, end);
    }
    return is_closed(at, end);
}

static bool shows(const char *at, const char *end, struct bytes bytes, bool *sure)
{
    return shows_so(at, end, bytes, false, sure) ||
           (bytes.length > 8 && shows_so(at, end, bytes, true, sure));
}

static size_t count_blanks(struct bytes bytes)
{
    size_t count = 0;
    while (count < bytes.length && bytes.data[count] == ' ')
        count++;
    return count;
}

/* Is what stands behind the digits of a row nothing, or its characters? */
static bool take_rest(struct dump_row *row, const char *at, const char *end)
{
    char bytes[ROW_BYTES];
    struct place places[ROW_BYTES];
    struct wire wire = {.bytes = bytes, .places = places, .capacity = ROW_BYTES};
    struct bytes digits = row->digits;
    if (digits.length > (size_t)ROW_BYTES * 5)
        digits.length = (size_t)ROW_BYTES * 5;
    wire_read(&wire, row->escapes, digits, digits.data);
    row->count = wire.length;
    row->shown = false;
    if (is_closed(at, end))
        return true;
    if (wire.length == ROW_BYTES || !is_blank(*at))
        return false;
    const struct bytes shown = {bytes, wire.length};
    const char *const text = skip_blanks(at, end);
    if (shows(text, end, shown, &row->shown))
        return true;
    /* Their first may be blanks, or they stand behind a sign that opens them. */
    const size_t blanks = count_blanks(shown);
    const char *const inner = text + (strchr("|>;\"'[{*", *text) != NULL);
    return (blanks > 0 && (size_t)(text - at) > blanks &&
            shows(text - blanks, end, shown, &row->shown)) ||
           (inner > text && shows(inner, end, shown, &row->shown)) ||
           (inner > text && is_blank(*inner) && shows(inner + 1, end, shown, &row->shown));
}

/* The digits of a row at `at`, and what they leave behind them. Where two blanks part them, what is behind may be their
 * characters. *next goes behind all that was looked at. */
static bool read_digits_at(struct dump_row *row, const char *at, const char *end, const char **next)
{
    const char *stop = at;
    row->digits = (struct bytes){at, 0};
    row->shown = false;
    row->spelled = *at == '\\' || *at == '&';
    for (size_t length; (length = read_group(row->escapes, at)) > 0;) {
        stop = at + length;
        row->digits.length = (size_t)(stop - row->digits.data);
        const bool parted = end - stop > 2 && is_blank(stop[0]) && is_blank(stop[1]);
        if (parted && row->digits.length < (size_t)ROW_BYTES * 5 && take_rest(row, stop, end) &&
            row->shown)
            return true;
        if (!parted || is_blank(stop[2]))
            break;
        at = stop + 2;
    }
    *next = stop > *next ? stop : *next;
    return row->digits.length > 0 && (take_rest(row, stop, end) || row->spelled);
}

/* A row whose address begins at `at`. The digits of od and hexdump behind an address of seven are read in their own ways first. */
static bool read_row_with_address(struct dump_row *row, const char *at, const char *end)
{
    static const enum escapes ways[] = {ESCAPES_OCTAL, ESCAPES_NUMBERS, ESCAPES_OCTAL_WORDS,
                                        ESCAPES_REVERSED};
    const size_t length = read_address(at);
    const char *behind = at + length;
    if (length == 0 || length > 18)
        return false;
    row->begin = at;
    row->address = (struct bytes){at, length};
    const bool marked = !is_blank(*behind);
    while (behind < end && strchr(":h|", *behind) != NULL && *behind != '\0')
        behind++;
    const char *const digits = skip_blanks(behind, end);
    const char *ignored = at;
    if (length == 7 && !marked) {
        row->escapes = ESCAPES_CELLS;
        if (read_digits_at(row, behind, end, &ignored) ||
            (is_blank(*behind) && read_digits_at(row, behind + 1, end, &ignored)))
            return true;
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            row->escapes = ways[i];
            const char *const from = ways[i] == ESCAPES_NUMBERS ? behind : digits;
            if (read_digits_at(row, from, end, &ignored))
                return true;
        }
    }
    row->escapes = ESCAPES_HEX;
    /* Else it may be digits itself. */
    const bool apart = marked || digits - behind > 1 || *behind == '\t' || length == 7 ||
                       at[1] == 'x' || end - digits == 2 ||
                       (end - digits > 2 && is_blank(digits[2]));
    if (!apart || read_digits_at(row, digits, end, &ignored))
        return apart;
    row->escapes = ESCAPES_REVERSED;
    return read_digits_at(row, digits, end, &ignored) && row->shown;
}

static bool is_of_word(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '_' || byte == '.' || byte == '%';
}

/* Does an equals sign say that it is data, and no address? */
static bool is_value(const char *begin, const char *at)
{
    while (at > begin && is_blank(at[-1]))
        at--;
    return at > begin && at[-1] == '=';
}

static bool read_digits_as(struct dump_row *row, enum escapes escapes, const char *at,
                           const char *end, const char **next)
{
    *row = (struct dump_row){.begin = at, .escapes = escapes};
    return read_digits_at(row, at, end, next);
}

/* A row of characters with their numbers. */
static bool read_row_numbered(struct dump_row *row, const char *at, const char *end,
                              const char **next)
{
    enum escapes style;
    const size_t length = read_numbered(&style, at);
    if (length == 0)
        return false;
    *next = at + length;
    *row =
        (struct dump_row){.begin = at, .digits = {at, length}, .escapes = style, .spelled = true};
    return take_rest(row, at + length, end);
}

/* A row that begins at `at`; *next goes behind what is no part of one. */
static bool read_row_at(struct dump_row *row, const char *begin, const char *at, const char *end,
                        const char **next)
{
    if (*at == '[')
        return read_digits_as(row, ESCAPES_NUMBERS, at, end, next);
    if (*at == '\\' || *at == '&')
        return read_digits_as(row, ESCAPES_HEX, at, end, next) ||
               read_digits_as(row, ESCAPES_NUMBERS, at, end, next);
    if (read_row_numbered(row, at, end, next))
        return true;
    if (!is_of_word(*at))
        return false;
    if (read_digits_as(row, ESCAPES_NUMBERS, at, end, next) &&
        (row->digits.length >= CELLS_ALONE ||
         memchr(row->digits.data, ',', row->digits.length) != NULL))
        return true;
    *row = (struct dump_row){.begin = at};
    return (!is_value(begin, at) && read_row_with_address(row, at, end)) ||
           read_digits_as(row, ESCAPES_HEX, at, end, next);
}

/* The first row of a line. No part of the line is looked at more than a few times. */
static bool find_row(struct dump_row *row, const char *begin, const char *end)
{
    const char *next = begin;
    *row = (struct dump_row){.begin = begin};
    if (end - begin >= CELLS_ALONE && is_blank(*begin) &&
        (read_digits_as(row, ESCAPES_CELLS, begin, end, &next) ||
         read_digits_as(row, ESCAPES_NUMBERS, begin, end, &next)) &&
        row->digits.length >= CELLS_ALONE)
        return true;
    for (const char *at = begin; at < end;) {
        next = at;
        if (read_row_at(row, begin, at, end, &next))
            return true;
        at = next > at ? next : at + 1;
        while (at < end && is_of_word(*at) && is_of_word(at[-1]))
            at++;
    }
    return false;
}

/* The last token that is no blank and no colon, and whether a colon stands behind it; NULL if there is none. */
static const struct token *find_last(const struct token *tokens, size_t count, bool *closed)
{
    *closed = false;
    for (size_t i = count; i > 0; i--) {
        const struct token *const token = &tokens[i - 1];
        if (token->kind == TOKEN_BLANK)
            continue;
        if (*token->begin != ':' || i == 1)
            return token;
        *closed = true;
    }
    return NULL;
}

/* Is it a row, with this before it? Digits at the end of a sentence may be a number. */
static bool is_believed(const struct dump_row *row, const struct token *last, bool closed)
{
    if (last == NULL || row->address.data != NULL || row->shown || row->spelled)
        return true;
    switch (last->kind) {
    case TOKEN_WORD:
    case TOKEN_NUMBER:
    case TOKEN_LEVEL:
        return row->count > 2 || (closed && row->count > 1) || said_by_word(last) != DIRECTION_NONE;
    default: return true;
    }
}

/* The direction of a call whose data stand in quotes, as strace and its like print it: the word before the last bracket. */
static enum direction called(const struct token *tokens, size_t count)
{
    for (size_t i = count; i > 1; i--)
        if (*tokens[i - 1].begin == '(')
            return field_direction(token_bytes(&tokens[i - 2]));
    return DIRECTION_NONE;
}

void dump_line_read(const char *begin, const char *end, struct line *line)
{
    struct dump_row row;
    struct said said;
    struct token tokens[TOKENS_MAX];
    bool closed;
    const char *stop = end;
    memset(line, 0, sizeof *line);
    line->text = (struct bytes){end, 0};
    while (stop > begin && stop[-1] == '\r')
        stop--;
    const bool found = find_row(&row, begin, stop);
    const size_t count = tokens_read(begin, found ? row.begin : end, end, tokens, TOKENS_MAX);
    const struct token *const last = find_last(tokens, count, &closed);
    said_read(&said, tokens, count);
    line->time = said.time;
    line->direction = said.direction;
    if (found && row.spelled && said.direction == DIRECTION_NONE)
        line->direction = called(tokens, count);
    /* Below the arrow of a row, that of the next is set in. */
    const bool is_below = found && count > 1 && tokens[0].kind == TOKEN_BLANK &&
                          tokens[0].end - tokens[0].begin > 3 && last == &tokens[1] &&
                          last->kind == TOKEN_FROM_HOST;
    if (is_below)
        line->direction = DIRECTION_NONE;
    if (!found || !is_believed(&row, last, closed)) {
        const bool speaks = said.time.data != NULL || said.in_words;
        line->role = speaks ? LINE_HEADER : LINE_NOISE;
        return;
    }
    line->role = (last == NULL && !row.spelled) || is_below ? LINE_BARE : LINE_RECORD;
    line->sureness = row.shown || row.address.data != NULL ? SURE : LIKELY;
    line->text = row.digits;
    line->escapes = row.escapes;
    line->address = row.address;
}

static unsigned digit_of(char digit)
{
    return digit <= '9' ? (unsigned)digit - '0' : ((unsigned)digit | 0x20U) - 'a' + 10;
}

/* An address in each base; what is no digit of a base gives what no row will have. */
static void read_bases(struct bytes address, uint64_t values[3])
{
    static const unsigned bases[3] = {16, 8, 10};
    const size_t first = address.length > 2 && address.data[1] == 'x' ? 2 : 0;
    for (size_t base = 0; base < 3; base++) {
        values[base] = 0;
        for (size_t i = first; i < address.length; i++)
            values[base] = values[base] * bases[base] + digit_of(address.data[i]);
    }
}

bool dump_goes_on(const struct dump_place *place, struct bytes address)
{
    uint64_t values[3];
    if (!place->known || address.data == NULL)
        return false;
    read_bases(address, values);
    return values[0] == place->next[0] || values[1] == place->next[1] ||
           values[2] == place->next[2];
}

void dump_move(struct dump_place *place, struct bytes address, size_t count)
{
    place->known = address.data != NULL;
    if (!place->known)
        return;
    read_bases(address, place->next);
    for (size_t base = 0; base < 3; base++)
        place->next[base] += count;
}
