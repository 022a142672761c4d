/* SPDX-License-Identifier: MIT */
#include "valid.h"

#include <jansson.h>

#include "fuzz.h"

/* The length of the character at the begin, and its number; stops if it is none. */
static size_t read_character(const unsigned char *text, size_t length, unsigned long *code)
{
    static const unsigned long least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned first = text[0];
    const size_t count = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    CHECK(count == 1 || (first >= 0xc2 && first <= 0xf4));
    CHECK(count <= length);
    *code = count == 1 ? first : first & (0xffU >> (count + 1));
    for (size_t i = 1; i < count; i++) {
        CHECK((text[i] & 0xc0U) == 0x80);
        *code = *code << 6 | (text[i] & 0x3fU);
    }
    CHECK(*code >= least[count] && *code <= 0x10ffff);
    CHECK(*code < 0xd800 || *code > 0xdfff);
    return count;
}

void valid_text(const char *text, size_t length)
{
    const unsigned char *const bytes = (const unsigned char *)text;
    unsigned long code;
    for (size_t at = 0; at < length;) {
        at += read_character(bytes + at, length - at, &code);
        CHECK(code == '\n' || code >= ' ');
        CHECK(code < 0x7f || code > 0x9f);
        CHECK(code != 0x61c && code != 0x200e && code != 0x200f);
        CHECK(code < 0x2028 || code > 0x202e);
        CHECK(code < 0x2066 || code > 0x2069);
    }
    CHECK(length == 0 || text[length - 1] == '\n');
}

#ifdef FUZZ_MEMORY_SANITIZER
/* Without jansson, which is not ours. That the bytes are there is asked all the same. */
void valid_jsonl(const char *text, size_t length, bool events)
{
    (void)events;
    __msan_check_mem_is_initialized(text, length);
    CHECK(length == 0 || text[length - 1] == '\n');
}
#else
void valid_jsonl(const char *text, size_t length, bool events)
{
    while (length > 0) {
        const char *const end = memchr(text, '\n', length);
        json_error_t error;
        CHECK(end != NULL);
        const size_t line = (size_t)(end - text);
        for (size_t i = 0; i < line; i++)
            CHECK((unsigned char)text[i] >= ' ');
        json_t *const object =
            json_loadb(text, line, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
        if (!json_is_object(object))
            fprintf(stderr, "%s in %.*s\n", error.text, (int)line, text);
        CHECK(json_is_object(object));
        CHECK(!events || json_is_string(json_object_get(object, "event")));
        json_decref(object);
        text = end + 1;
        length -= line + 1;
    }
}
#endif

/* What a spreadsheet takes for a formula. */
static bool is_formula(const char *cell, size_t length)
{
    size_t digits = 0;
    static const char wide[] = {'\x9d', '\x8b', '\x8d', '\xa0'};
    if (length >= 3 && memcmp(cell, "\xef\xbc", 2) == 0 &&
        memchr(wide, cell[2], sizeof wide) != NULL)
        return true;
    if (length == 0 || strchr("=+-@\t\r", cell[0]) == NULL)
        return false;
    while (digits + 1 < length && cell[digits + 1] >= '0' && cell[digits + 1] <= '9')
        digits++;
    return cell[0] != '-' || digits == 0 || digits + 1 < length;
}

/* One cell; where it ends. */
static size_t valid_cell(const char *text, size_t length)
{
    size_t at = 0;
    if (length == 0 || text[0] != '"') {
        while (at < length && text[at] != ',' && text[at] != '\r') {
            CHECK(text[at] != '"' && text[at] != '\n');
            at++;
        }
        CHECK(!is_formula(text, at));
        return at;
    }
    for (at = 1; at < length; at++) {
        CHECK((unsigned char)text[at] >= ' ');
        if (text[at] != '"')
            continue;
        if (at + 1 == length || text[at + 1] != '"')
            break;
        at++;
    }
    CHECK(at < length);
    CHECK(!is_formula(text + 1, at - 1));
    return at + 1;
}

void valid_csv(const char *text, size_t length)
{
    size_t columns = 0;
    while (length > 0) {
        size_t cells = 0, at = 0;
        for (;;) {
            at += valid_cell(text + at, length - at);
            cells++;
            CHECK(at < length);
            if (text[at] != ',')
                break;
            at++;
        }
        CHECK(length - at >= 2 && memcmp(text + at, "\r\n", 2) == 0);
        CHECK(columns == 0 || columns == cells);
        columns = cells;
        text += at + 2;
        length -= at + 2;
    }
}
