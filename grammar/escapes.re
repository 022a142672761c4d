/* SPDX-License-Identifier: MIT
 *
 * How log files write the bytes that they cannot print. One condition a style; a token is one byte of the wire, or
 * nothing at all. [docs/dialects.md, 2] */

/*!conditions:re2c*/

static const unsigned char conditions[ESCAPES_COUNT] = {
    [ESCAPES_ANY] = STYLE_ANY,     [ESCAPES_CSV] = STYLE_ANY, [ESCAPES_MANAGER] = STYLE_MANAGER, [ESCAPES_CARET] = STYLE_CARET,
    [ESCAPES_SOCAT] = STYLE_SOCAT, [ESCAPES_JSON] = STYLE_JSON, [ESCAPES_JSON_LINES] = STYLE_JSON, [ESCAPES_ZEPHYR] = STYLE_ZEPHYR, [ESCAPES_HEX] = STYLE_HEX,
    [ESCAPES_REVERSED] = STYLE_REVERSED, [ESCAPES_NUMBERS] = STYLE_NUMBERS, [ESCAPES_OCTAL] = STYLE_OCTAL,
    [ESCAPES_PERCENT] = STYLE_PERCENT, [ESCAPES_OCTAL_WORDS] = STYLE_OCTAL_WORDS, [ESCAPES_CELLS] = STYLE_CELLS, [ESCAPES_BASE64] = STYLE_BASE64,
};

/* The bytes that a token of more than one byte begins with; NULL if that are many. Those of any log: openers.inc. */
static const char *const openers[ESCAPES_COUNT] = {
    [ESCAPES_NONE] = "",   [ESCAPES_ANY] = OPENERS_OF_ANY, [ESCAPES_CSV] = OPENERS_OF_CSV, [ESCAPES_MANAGER] = "<\\",
    [ESCAPES_CARET] = "^", [ESCAPES_SOCAT] = "\\",         [ESCAPES_JSON] = "\\", [ESCAPES_JSON_LINES] = "\\\"", [ESCAPES_PERCENT] = "%+",
};

/* The next token of a text: how many bytes of it, 1 or more. *byte is what it stands for, or -1 for nothing, or PAIR_OF two bytes, WORD_OF
 * two of which the second is written first, REVERSED for digits of which the last are written first, SEXTETS for letters of six bits, or CHARACTER_OF a number. A text is followed by bytes that may be read, a line feed among them; a token may go past the text's end: then it is none. */
static size_t read_token(enum escapes style, const char *text, int *byte)
{
    const unsigned char *const begin = (const unsigned char *)text;
    const unsigned char *YYCURSOR = begin;
    const unsigned char *YYMARKER;
    const unsigned char *YYCTXMARKER;
#define PAIR(second) (*byte = PAIR_OF(begin[0], (second))); return (size_t)(YYCURSOR - begin)
#define WORD(value) (*byte = WORD_OF(value)); return (size_t)(YYCURSOR - begin)
#define IS_CHARACTER(code) (*byte = CHARACTER_OF(code)); return (size_t)(YYCURSOR - begin)
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

/* Any log: what people, programs, terminals and web pages write for a byte. A text of JSON within another has each backslash twice, and
 * so on; none is a byte of ours. No token that is tried in vain is read again but for a few bytes. */
slash   = "\\"+;
octal   = [0-3] [0-7]{2};
amp     = "&" "amp;"*;
amp_ten = amp "#" "0"? ( [0-9]{1,2} | "1" ( [01] [0-9] | "2" [0-7] ) ) ";";
amp_hex = amp "#" [xX] "0"? [0-7]? hex ";";
picture = "\xe2\x90";
seam    = "', " "b"? "'"; /* of a list of lines, as Python prints them */
escape  = "\x1b" | picture "\x9b" | "^[" | slash ( [xX] "1" [bB] | "033" | "u001" [bB] | "u{1" [bB] "}" | "e" ) | "#033" | "<1" [bB] ">" | "<ESC>";
bell    = "\x07" | "^G" | slash ( [xX] "07" | "007" | "u0007" | "a" ) | "#007" | escape "\\";
tag     = "<" "/"? ( "pre" | "code" | "samp" | "kbd" ) ( [ \t] [^<>\n]* )? ">";
control = tag | escape ( "[" [0-?]* [ -/]* [@-~] | "]" [^\x00-\x1f\\^#<\xe2]* bell | [()] [0-9AB] | [=>78] );
<ANY> "<" 'CR' ">" | "[" ( 'CR' | "0" [dD] ) "]" | "{" ( 'CR' | "0" [dD] ) "}" | slash "r" | "=0D" | "^M" "$"? | picture "\x8d" { IS('\r'); }
<ANY> "<" ( 'LF' | "ln" | 'NL' | 'CRLF' ) ">" | "[" ( 'LF' | "0" [aA] ) "]" | "{" ( 'LF' | "0" [aA] ) "}" | slash "n" seam? | "=0A" | "^J" { IS('\n'); }
<ANY> picture ( "\x8a" | "\xa4" ) | "\xe2\x86\xb5" | "<" 'br' " "? "/"? ">" { IS('\n'); }
<ANY> picture [\x80-\x9f]               { IS(YYCURSOR[-1] & 0x1f); }
<ANY> picture "\xa0" | amp "nbsp;"      { IS(' '); }
<ANY> slash "t" | "^I" | "<TAB>"        { IS('\t'); }
<ANY> slash "0" | "^@" | "<NUL>"        { IS('\0'); }
<ANY> slash ["'/=]                      { IS(YYCURSOR[-1]); }
<ANY> "\\"{2,}                          { IS('\\'); }
<ANY> slash [xX] hex{2}                 { IS(hexadecimal(YYCURSOR - 2, YYCURSOR)); }
<ANY> slash octal                       { IS(octal(YYCURSOR - 3, YYCURSOR)); }
<ANY> slash "u" hex{4}                  { IS_CHARACTER(hexadecimal(YYCURSOR - 4, YYCURSOR)); }
<ANY> slash "u{" hex{1,5} "}"           { IS_CHARACTER(numeral(YYCURSOR - 1, 16)); }
<ANY> "<" "0x"? hex{2} ">"              { IS(hexadecimal(YYCURSOR - 3, YYCURSOR - 1)); }
<ANY> "#" ( "0" [0-7]{2} | "177" )      { IS(octal(begin + 1, YYCURSOR)); }
<ANY> amp_ten                           { IS(numeral(YYCURSOR - 1, 10)); }
<ANY> amp_hex                           { IS(numeral(YYCURSOR - 1, 16)); }
<ANY> amp "quot;"                       { IS('"'); }
<ANY> amp "apos;"                       { IS('\''); }
<ANY> amp "lt;"                         { IS('<'); }
<ANY> amp "gt;"                         { IS('>'); }
<ANY> amp                               { IS('&'); }
<ANY> "=3D"                             { IS('='); } /* of mail */
<ANY> control                           { IS(-1); }

/* A quote stands twice in a field of CSV in quotes. */
<ANY> "\"\"" { if (style == ESCAPES_ANY) YYCURSOR--; IS('"'); }

/* Zephyr: modem_chat prints the fields of a line with blanks where the commas were. */
<ZEPHYR> "\"" " " / " "? ["0-9+(-]     { PAIR(','); }
<ZEPHYR> [0-9%] " " / " "? ["0-9+-]    { PAIR(','); }
<ZEPHYR> "d " / " "? "continue up"     { PAIR(','); }
<ZEPHYR> colour                        { IS(-1); }

/* ModemManager: a decimal number behind a backslash, which is not escaped itself. */
<MANAGER> angle_cr                                             { IS('\r'); }
<MANAGER> angle_lf                                             { IS('\n'); }
<MANAGER> "\\" ( [0-9]{1,2} | "1" [0-9]{2} | "2" ( [0-4] [0-9] | "5" [0-5] ) ) { IS(decimal(begin + 1, YYCURSOR)); }

/* chat: carets. */
<CARET> "^" [@-_] { IS(YYCURSOR[-1] & 0x1f); }
<CARET> "^?"      { IS(0x7f); }

/* socat -v. */
<SOCAT> "\\r"       { IS('\r'); }
<SOCAT> "\\t"       { IS('\t'); }
<SOCAT> "\\\\"      { IS('\\'); }
<SOCAT> "\\\""      { IS('"'); }

/* The digits of a dump; what stands between them is nothing. The last byte of a word is written first. A digit may
 * stand before its number in brackets. */
<HEX> hex{2} | "0x" hex{1,2}        { IS(hexadecimal(YYCURSOR[-2] == 'x' ? YYCURSOR - 1 : YYCURSOR - 2, YYCURSOR)); }
<HEX> "&#" [xX] hex ";"             { IS(hexadecimal(YYCURSOR - 2, YYCURSOR - 1)); }
<REVERSED> ( hex{2} )+              { IS(REVERSED); }
<NUMBERS> [0-9] " (" [0-9]{3} ")"   { IS(decimal(YYCURSOR - 4, YYCURSOR - 1) & 0xff); }
<NUMBERS> [0-9]{1,3}                { IS(decimal(begin, YYCURSOR) & 0xff); }
<OCTAL> octal                       { IS(octal(begin, YYCURSOR)); }
<OCTAL_WORDS> [01] [0-7]{5}         { WORD(octal(begin, YYCURSOR)); }
<CELLS> "  cr"                      { IS('\r'); }
<CELLS> "  nl"                      { IS('\n'); }
<CELLS> "  sp"                      { IS(' '); }
<CELLS> "  " [a-z]{2} | " " [a-z]{3} | " dc" [1-4] { IS('\0'); }
<CELLS> "   " [ -~]                 { IS(YYCURSOR[-1]); }
<CELLS> " " octal                   { IS(octal(begin + 1, YYCURSOR)); }
<CELLS> "  \\" [0abfnrtv]           { IS(named(YYCURSOR[-1])); }
<BASE64> [A-Za-z0-9+/_-]{2,4}       { IS(SEXTETS); }
<HEX, REVERSED, NUMBERS, OCTAL, OCTAL_WORDS, BASE64> [^] { IS(-1); }

<PERCENT> "%" hex{2} { IS(hexadecimal(begin + 1, YYCURSOR)); }
<PERCENT> "+"        { IS(' '); }

/* JSON; characters over U+007F are read by the caller, who writes them as UTF-8. */
<JSON> "\"" ( "," " "? "\"" )? { IS('\n'); } /* behind a line of an array: only there can a quote be met */
<JSON> "\\r"         { IS('\r'); }
<JSON> "\\n"         { IS('\n'); }
<JSON> "\\t"         { IS('\t'); }
<JSON> "\\b"         { IS('\b'); }
<JSON> "\\f"         { IS('\f'); }
<JSON> "\\" ["/\\]   { IS(YYCURSOR[-1]); }
<JSON> "\\u" hex{4}  { IS_CHARACTER(hexadecimal(begin + 2, YYCURSOR)); }
<JSON> "\\u" [dD] [89abAB] hex{2} "\\u" [dD] [c-fC-F] hex{2} { IS_CHARACTER(0x10000 + ((hexadecimal(begin + 2, begin + 6) & 0x3ff) << 10) +
                        (hexadecimal(begin + 8, YYCURSOR) & 0x3ff)); }

<*> [^] { IS(*begin); }
*/
#undef IS
#undef IS_CHARACTER
#undef WORD
#undef PAIR
}
