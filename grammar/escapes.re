/* SPDX-License-Identifier: MIT
 *
 * How log files write the bytes that they cannot print. One condition a style; a token is one byte of the wire, or
 * nothing at all. [dialects.md section 2] */

/*!conditions:re2c*/

static const unsigned char conditions[] = {
    [ESCAPES_COMMON] = STYLE_COMMON, [ESCAPES_MANAGER] = STYLE_MANAGER, [ESCAPES_PROGRAM] = STYLE_PROGRAM,
    [ESCAPES_CARET] = STYLE_CARET,   [ESCAPES_SOCAT] = STYLE_SOCAT,     [ESCAPES_HEX] = STYLE_HEX,
    [ESCAPES_JSON] = STYLE_JSON,     [ESCAPES_ZEPHYR] = STYLE_ZEPHYR,   [ESCAPES_NUMBERS] = STYLE_NUMBERS,
    [ESCAPES_JSON_INNER] = STYLE_JSON_INNER, [ESCAPES_DOUBLED] = STYLE_DOUBLED,
};

/* The bytes that a token of more than one byte begins with; NULL if that are many. */
static const char *const openers[] = {
    [ESCAPES_NONE] = "",        [ESCAPES_COMMON] = "<\\\xe2\x1b", [ESCAPES_MANAGER] = "<\\",
    [ESCAPES_PROGRAM] = "\\<\x1b", [ESCAPES_CARET] = "^",         [ESCAPES_SOCAT] = "\\",
    [ESCAPES_HEX] = NULL,       [ESCAPES_JSON] = "\\",            [ESCAPES_ZEPHYR] = NULL,
    [ESCAPES_NUMBERS] = NULL,   [ESCAPES_JSON_INNER] = "\\",     [ESCAPES_DOUBLED] = "\"<\\\xe2\x1b",
};

/* The next token of a text: how many bytes of it, 1 or more. *byte is what it stands for, or -1 for nothing, or PAIR_OF two bytes. A text is
 * followed by bytes that may be read, a line feed among them; a token may go past the text's end: then it is none. */
static size_t read_token(enum escapes style, const char *text, int *byte)
{
    const unsigned char *const begin = (const unsigned char *)text;
    const unsigned char *YYCURSOR = begin;
    const unsigned char *YYMARKER;
    const unsigned char *YYCTXMARKER;
#define PAIR(second) (*byte = PAIR_OF(begin[0], (second))); return (size_t)(YYCURSOR - begin)
#define IS(value) (*byte = (int)(value)); return (size_t)(YYCURSOR - begin)
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYGETCONDITION = "conditions[style]";
re2c:define:YYGETCONDITION:naked = 1;
re2c:condenumprefix = "STYLE_";
re2c:sentinel = 10;

hex = [0-9a-fA-F];
colour   = "\x1b[" [0-9;?]* [A-Za-z];
angle_cr = "<CR>" | "<cr>" | "<0D>" | "<0d>";
angle_lf = "<LF>" | "<lf>" | "<ln>" | "<0A>" | "<0a>";

/* Any log: line ends in the ways that people write them, and colours. */
<COMMON,DOUBLED> angle_cr | "\\r" | "\xe2\x90\x8d"              { IS('\r'); }
<COMMON,DOUBLED> angle_lf | "\\n" | "\xe2\x90\x8a" | "\xe2\x90\xa4" { IS('\n'); }
<COMMON,DOUBLED> "\xe2\x90" [\x80-\x9f]                         { IS(YYCURSOR[-1] & 0x1f); }
<COMMON,DOUBLED> colour                                         { IS(-1); }

/* CSV: the same, and quotes twice. */
<DOUBLED> "\"\""                                        { IS('"'); }

/* Zephyr: modem_chat prints the fields of a line with blanks where the commas were. */
<ZEPHYR> "\"" " " / " "? ["0-9+(-]     { PAIR(','); }
<ZEPHYR> [0-9%] " " / " "? ["0-9+-]    { PAIR(','); }
<ZEPHYR> "d " / " "? "continue up"     { PAIR(','); }
<ZEPHYR> colour                        { IS(-1); }

/* ModemManager: a decimal number behind a backslash, which is not escaped itself. */
<MANAGER> angle_cr                                             { IS('\r'); }
<MANAGER> angle_lf                                             { IS('\n'); }
<MANAGER> "\\" ( [0-9]{1,2} | "1" [0-9]{2} | "2" ( [0-4] [0-9] | "5" [0-5] ) ) { IS(decimal(begin + 1, YYCURSOR)); }

/* C, Python, oFono. */
<PROGRAM> "\\r" | angle_cr  { IS('\r'); }
<PROGRAM> "\\n" | angle_lf  { IS('\n'); }
<PROGRAM> "\\t"             { IS('\t'); }
<PROGRAM> "\\" [\\'"]       { IS(YYCURSOR[-1]); }
<PROGRAM> "\\x" hex{2}      { IS(hexadecimal(begin + 2, YYCURSOR)); }
<PROGRAM> "\\" [0-3] [0-7]{2} { IS(octal(begin + 1, YYCURSOR)); }
<PROGRAM> colour            { IS(-1); }

/* chat: carets. */
<CARET> "^" [@-_] { IS(YYCURSOR[-1] & 0x1f); }
<CARET> "^?"      { IS(0x7f); }

/* socat -v. */
<SOCAT> "\\r"       { IS('\r'); }
<SOCAT> "\\t"       { IS('\t'); }
<SOCAT> "\\\\"      { IS('\\'); }
<SOCAT> "\\\""      { IS('"'); }

/* socat -v -x: the hexadecimal part of a line. */
<HEX> hex{2} { IS(hexadecimal(begin, YYCURSOR)); }
<HEX> " "    { IS(-1); }

/* JSON; characters over U+007F are read by the caller, who writes them as UTF-8. */
<JSON> "\\r"         { IS('\r'); }
<JSON> "\\n"         { IS('\n'); }
<JSON> "\\t"         { IS('\t'); }
<JSON> "\\b"         { IS('\b'); }
<JSON> "\\f"         { IS('\f'); }
<JSON> "\\" ["/\\]   { IS(YYCURSOR[-1]); }
<JSON> "\\u" hex{4}  { IS(hexadecimal(begin + 2, YYCURSOR)); }
<JSON> "\\u" [dD] [89abAB] hex{2} "\\u" [dD] [c-fC-F] hex{2} { IS(0x10000 + ((hexadecimal(begin + 2, begin + 6) & 0x3ff) << 10) +
                        (hexadecimal(begin + 8, YYCURSOR) & 0x3ff)); }

/* JSON in a text of JSON. */
<JSON_INNER> "\\\\r"          { IS('\r'); }
<JSON_INNER> "\\\\n"          { IS('\n'); }
<JSON_INNER> "\\\\t"          { IS('\t'); }
<JSON_INNER> "\\\\" [bf/]     { IS(YYCURSOR[-1] == '/' ? '/' : YYCURSOR[-1] == 'b' ? '\b' : '\f'); }
<JSON_INNER> "\\\\\\" ["\\]   { IS(YYCURSOR[-1]); }
<JSON_INNER> "\\"{1,2} "u" hex{4} { IS(hexadecimal(YYCURSOR - 4, YYCURSOR)); }

/* An array of the numbers of bytes. */
<NUMBERS> [0-9]{1,3}    { IS(decimal(begin, YYCURSOR) & 0xff); }
<NUMBERS> [, \t\r\n]+    { IS(-1); }

<*> [^] { IS(*begin); }
*/
#undef IS
#undef PAIR
}
