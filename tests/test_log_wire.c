/* SPDX-License-Identifier: MIT
 *
 * The bytes that escapes stand for, and where they stand. */
#include "log/prefix/wire.h"

#include <criterion/criterion.h>

enum {
    ROOM = 256
};

static char bytes[ROOM];
static struct place places[ROOM];

static void read_text(struct wire *wire, enum escapes style, const char *text, size_t length)
{
    *wire = (struct wire){.bytes = bytes, .places = places, .capacity = ROOM};
    wire_read(wire, style, (struct bytes){text, length}, text);
}

#define T(text) text "\n", sizeof text - 1

Test(wire, reads_any_escapes)
{
    static const struct {
        const char *text;
        size_t length;
        const char *is;
        size_t is_length;
        enum escapes style;
    } cases[] = {
        /* Line ends. */
        {T("RDY<CR><LF>"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY<cr><ln>"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY<0D><0a>"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY<0x0D><0x0a>"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY{0D}{0A}"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY[0d][0a]"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY[CR][LF]"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY\\r\\n"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY\\x0d\\x0A"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY\\015\\012"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY\\u000d\\u000A"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY\\u{d}\\u{a}"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY#015#012"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY^M^J"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY^M$"), T("RDY\r"), ESCAPES_ANY},
        {T("RDY\xe2\x90\x8d\xe2\x90\x8a"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY\xe2\x90\xa4"), T("RDY\n"), ESCAPES_ANY},
        {T("RDY&#13;&#10;"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY&#xD;&#x0a;"), T("RDY\r\n"), ESCAPES_ANY},
        {T("RDY<br>OK<BR />OK<br/>"), T("RDY\nOK\nOK\n"), ESCAPES_ANY},
        /* Quotes, backslashes. */
        {T("\\\"A\\\" \\'B\\' \\/"), T("\"A\" 'B' /"), ESCAPES_ANY},
        {T("\\x22A\\042 \\u0022B<22>"), T("\"A\" \"B\""), ESCAPES_ANY},
        {T("&quot;A&#34; &#x22;&apos;&lt;&gt;&amp;"), T("\"A\" \"'<>&"), ESCAPES_ANY},
        {T("a\\\\b"), T("a\\b"), ESCAPES_ANY},
        {T("a\\b\\"), T("a\\b\\"), ESCAPES_ANY},
        /* A text within another. */
        {T("\\\\r\\\\n\\\\\\\"A\\\\\\\"\\\\u0022"), T("\r\n\"A\"\""), ESCAPES_ANY},
        {T("&amp;quot;A&amp;#34;"), T("\"A\""), ESCAPES_ANY},
        /* Other bytes. */
        {T("a\\tb^Ic\\x41\\101"), T("a\tb\tcAA"), ESCAPES_ANY},
        {T("\\xe3\\u00e9\\u20ac"), T("\xe3\xc3\xa9\xe2\x82\xac"), ESCAPES_ANY},
        {T("\xe2\x90\x9c\xe2\x90\xa0"), T("\x1c "), ESCAPES_ANY},
        /* Colours and titles are nothing. */
        {T("\x1b[0;32mA\x1b[0m\x1b[K"), T("A"), ESCAPES_ANY},
        {T("\x1b]0;title\x07"
           "A\x1b]8;;x\x1b\\B"),
         T("AB"), ESCAPES_ANY},
        {T("#033[32mA^[[0m\\x1b[1mB\\033[m\\u001b[mC\xe2\x90\x9b[m"), T("ABC"), ESCAPES_ANY},
        {T("\x1b(B\x1b=A"), T("A"), ESCAPES_ANY},
        {T("\x1b]0;open"), T("\x1b]0;open"), ESCAPES_ANY},
        /* Zeros around a line are nothing. */
        {T("\0\0RDY\0"), T("RDY"), ESCAPES_ANY},
        {T("\0RDY\0\r"), T("RDY\r"), ESCAPES_ANY},
        {T("\\0RDY^@<CR>\\x00<00>OK<NUL>"), T("RDY\rOK"), ESCAPES_ANY},
        {T("a\0b"), T("a\0b"), ESCAPES_ANY},
        {T("\0\0"), T(""), ESCAPES_ANY},
        /* What is no escape stays. */
        {T("+QIND: \"SBFOTA\",\"START\""), T("+QIND: \"SBFOTA\",\"START\""), ESCAPES_ANY},
        {T("a & b; #7 ^BOOT <err> [1] {x} 10%"), T("a & b; #7 ^BOOT <err> [1] {x} 10%"),
         ESCAPES_ANY},
        {T("&quot #19 \\xg \\u12 <0> \xe2\x82\xac"), T("&quot #19 \\xg \\u12 <0> \xe2\x82\xac"),
         ESCAPES_ANY},
        {T("\"\""), T("\"\""), ESCAPES_ANY},
        /* In a field of CSV a quote stands twice. */
        {T("\"\"A\"\"\\r\"x"), T("\"A\"\r\"x"), ESCAPES_CSV},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct wire wire;
        const struct bytes text = {cases[i].text, cases[i].length};
        read_text(&wire, cases[i].style, text.data, text.length);
        cr_expect(wire.length == cases[i].is_length &&
                      memcmp(wire.bytes, cases[i].is, wire.length) == 0,
                  "%s gives %.*s", cases[i].text, (int)wire.length, wire.bytes);
        if (wire_is_text(cases[i].style, text))
            cr_expect(wire.length == text.length && memcmp(wire.bytes, text.data, text.length) == 0,
                      "%s is no text", text.data);
    }
}

Test(wire, text_without_escapes_needs_no_reading)
{
    static const char text[] = "+QIND: \"SBFOTA\", \"DOWNLOADING\", 10%\r\n";
    cr_expect(wire_is_text(ESCAPES_ANY, (struct bytes){text, sizeof text - 2}));
}

Test(wire, places_are_those_of_the_tokens)
{
    static const char text[] = "a<CR>\\u00e9b\n";
    static const struct place expected[] = {{0, 1}, {1, 5}, {5, 11}, {5, 11}, {11, 12}};
    struct wire wire;
    read_text(&wire, ESCAPES_ANY, text, sizeof text - 2);
    cr_assert(wire.length == sizeof expected / sizeof *expected);
    for (size_t i = 0; i < wire.length; i++)
        cr_expect(places[i].begin == expected[i].begin && places[i].end == expected[i].end);
}

Test(wire, places_follow_where_zeros_are_left_out)
{
    static const char text[] = "\0a\0\0\rb\n";
    struct wire wire;
    read_text(&wire, ESCAPES_ANY, text, sizeof text - 2);
    cr_assert(wire.length == 3);
    cr_expect(places[0].begin == 1 && places[1].begin == 4 && places[2].begin == 5);
}

Test(wire, token_past_the_end_is_none)
{
    static const char text[] = "a<CR>\n";
    struct wire wire;
    read_text(&wire, ESCAPES_ANY, text, 4);
    cr_expect(wire.length == 4 && memcmp(wire.bytes, "a<CR", 4) == 0 && !wire.has_ends);
    read_text(&wire, ESCAPES_ANY, text, 5);
    cr_expect(wire.length == 2 && wire.has_ends);
}

Test(wire, keeps_no_more_than_there_is_room_for)
{
    static const char text[] = "abc<CR>\\u20ac\n";
    struct wire wire = {.bytes = bytes, .places = places};
    for (wire.capacity = 0; wire.capacity < 8; wire.capacity++) {
        wire_read(&wire, ESCAPES_ANY, (struct bytes){text, sizeof text - 2}, text);
        cr_expect(wire.length <= wire.capacity);
    }
}
