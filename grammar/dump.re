/* SPDX-License-Identifier: MIT
 *
 * Rows of dumps: bytes as digits, perhaps an address before them and characters behind: src/log/prefix/dump.h. [dialects.md section 2]
 * No rule goes past the line end. */

/*!conditions:re2c*/

static const unsigned char conditions[ESCAPES_COUNT] = {
    [ESCAPES_HEX] = DIGITS_HEX,     [ESCAPES_REVERSED] = DIGITS_REVERSED,       [ESCAPES_NUMBERS] = DIGITS_NUMBERS,
    [ESCAPES_OCTAL] = DIGITS_OCTAL, [ESCAPES_OCTAL_WORDS] = DIGITS_OCTAL_WORDS, [ESCAPES_CELLS] = DIGITS_CELLS,
};

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYGETCONDITION = "conditions[style]";
re2c:define:YYGETCONDITION:naked = 1;
re2c:condenumprefix = "DIGITS_";
re2c:sentinel = 10;

digit = [0-9];
hex   = [0-9a-fA-F];
octal = [0-3] [0-7]{2};
edge  = [^0-9A-Za-z_];
comma = [, \t]{1,3};
small = digit{1,3}; /* a byte; in cells of four as od -tu1 has them, and of five as od -td1: what it is of is told by what it holds */
name  = "  " [a-z]{2} | " " [a-z]{3} | " dc" [1-4]; /* od -a */
*/

/* Digits at `begin` that one blank at most parts: how many bytes of the log they are. */
static size_t read_group(enum escapes style, const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *YYCTXMARKER;
#define IS return (size_t)((const char *)YYCURSOR - begin)
/*!re2c

pairs = ( hex{2} )+;
<HEX> pairs ( [ \t] pairs )* / edge                            { IS; }
<HEX> hex{2} ( [:-] hex{2} )+ / edge                           { IS; }
<HEX> ( hex{2} " " )+ hex{2} "-" hex{2} ( " " hex{2} )* / edge  { IS; } /* of debuggers */
<HEX> hex{2} [ -~] ( "|" hex{2} [ -~] )+ / [ \t\r\n]            { IS; } /* of gammu */
<HEX> "0x" hex{1,2} ( comma "0x" hex{1,2} )* ","? / edge        { IS; }
<HEX> "0x" ( hex{2} ){3,} / [\r\n"'\])},;]                       { IS; }
<HEX> ( "\\x" hex{2} ){2,} | ( "&#" [xX] hex{1,2} ";" ){2,}     { IS; }
<NUMBERS> ( "&#" small ";" ){2,}                                { IS; }
<NUMBERS> "[" digit{1,3} ( comma digit{1,3} ){2,} "]"           { IS; }
<NUMBERS> small ( [ \t]* "," [ \t]* small ){2,} ","? / [ \t]* [\r\n"'})\];>] { IS; }
<NUMBERS> ( "   " digit | "  " digit{2} | " " digit{3} )+ / [ \t]* [\r\n] { IS; }
<NUMBERS> ( "    " digit | "   " digit{2} | "  " digit{3} )+ / [ \t]* [\r\n] { IS; }
<NUMBERS> ( "  " digit | " " digit{2} | digit{3} ) ( " " ( "  " digit | " " digit{2} | digit{3} ) )+ " "? / [\r\n] { IS; }
<REVERSED> pairs ( " "{1,7} pairs )* / [ \t\r\n] { IS; }
<OCTAL> octal ( " " octal )* / [ \t\r\n]                        { IS; }
<OCTAL_WORDS> [01] [0-7]{5} ( " " [01] [0-7]{5} )* / [ \t\r\n]   { IS; }
<CELLS> ( "   " [ -~] | "  \\" [0abfnrtv] | " " octal | name )+ { IS; }
<*> [^]                                                       { return 0; }
*/
#undef IS
}

/* Characters or their names, each before its number in brackets, as slsnif has them: likewise. *style is that of the numbers. */
static size_t read_numbered(enum escapes *style, const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS(kind) *style = ESCAPES_##kind; return (size_t)((const char *)YYCURSOR - begin)
/*!local:re2c:numbered
re2c:flags:nested-ifs = 1; /* which is shorter here */
cell = [!-~]{1,3} " (";
( cell digit{3} ")" " "? )+ { IS(NUMBERS); }
( cell hex{2} ")" " "? )+   { IS(HEX); }
*                           { return 0; }
*/
#undef IS
}

/* What may be an address before digits: how many bytes it has. */
static size_t read_address(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *YYCTXMARKER;
/*!re2c:address
"0x" hex{2} / [ \t]+ "0x"            { return 0; }
( "0x" hex+ | hex{4,} ) / [ \t:h|] { return (size_t)((const char *)YYCURSOR - begin); }
*                                        { return 0; }
*/
}
