/* SPDX-License-Identifier: MIT
 *
 * What may stand before and behind the text of a line, token by token; times are moment.re's: src/log/prefix/token.h. [dialects.md
 * section 2] The longest match counts: a number that is part of a word is no number. */

/*!include:re2c "names.re" */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;

digit   = [0-9];
hex     = [0-9a-fA-F];
letter  = [A-Za-z_] | [\x80-\xff];
inner   = letter | digit;
*/

/* Of words and all of their letters one lexer tells which say something: among all tokens they would be many states. It reads
 * capitals as small letters, and what is no letter as none. */
enum token_kind token_of_word(const char *begin, const char *end)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS(kind) return (const char *)YYCURSOR == end ? (kind) : TOKEN_WORD
#define IS_IN_CAPITALS(kind) return (const char *)YYCURSOR == end && end[-1] < 'a' ? (kind) : TOKEN_WORD
/*!local:re2c:words
re2c:api = custom;
re2c:api:style = free-form;
re2c:flags:nested-ifs = 1; /* which is shorter here */
re2c:define:YYPEEK = "*YYCURSOR | 0x20";
re2c:define:YYSKIP = "++YYCURSOR;";
re2c:define:YYBACKUP = "YYMARKER = YYCURSOR;";
re2c:define:YYRESTORE = "YYCURSOR = YYMARKER;";
level = "trace" | "debug" | "info" | "information" | "notice" | "warn" | "warning" | "error" | "err" | "crit" | "critical" | "alert" | "emerg"
      | "fatal" | "panic" | "verbose" | "dbg" | "inf" | "wrn";
level                  { IS(TOKEN_LEVEL); }
[vdiweft]              { IS_IN_CAPITALS(TOKEN_LEVEL); }
"rx" | "recv" | "rcvd" { IS(TOKEN_FROM_MODULE); }
"received"             { IS_IN_CAPITALS(TOKEN_FROM_MODULE); }
"tx" | "send"          { IS(TOKEN_FROM_HOST); }
"sent"                 { IS_IN_CAPITALS(TOKEN_FROM_HOST); }
*                      { return TOKEN_WORD; }
*/
#undef IS_IN_CAPITALS
#undef IS
}

/* Is it an IPv6 address that begins with a word or a number? How long it is; 0 if not. Among all tokens it would be many states. */
static size_t read_net(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c:net
group   = ":" hex{1,4};
( "fe80" | [23] hex{3} | "f" [cd] hex{2} ) group* ":" group+ ( "%" inner+ )? { return (size_t)((const char *)YYCURSOR - begin); }
*                                                                       { return 0; }
*/
}

/* Does a word end in the mark of a side, behind a slash and before a colon, as in UART1/RX:? */
static bool ends_in_side(const char *begin, const char *end)
{
    return *end == ':' && end - begin > 2 && end[-3] == '/' && token_is_side(token_of_word(end - 2, end));
}

/* A word or a number that ends at `end`, or the address that begins with it; of a word that ends in a mark what stands before that. */
static enum token_kind read_name(const char **next, const char *end, bool is_word)
{
    const char *const begin = *next;
    if (ends_in_side(begin, end)) {
        *next = end - begin == 3 ? begin + 1 : end - 3;
        return end - begin == 3 ? TOKEN_SIGN : TOKEN_WORD;
    }
    const size_t net = *end == ':' ? read_net(begin) : 0;
    *next = net > 0 ? begin + net : end;
    return net > 0 ? TOKEN_WORD : is_word ? token_of_word(begin, end) : TOKEN_NUMBER;
}

/* The token at *next, which goes behind it. No token goes past the line's end. */
static enum token_kind read_token(const char **next)
{
    const unsigned char *YYCURSOR = (const unsigned char *)*next;
    const unsigned char *YYMARKER;
    const unsigned char *YYCTXMARKER;
#define IS(kind) *next = (const char *)YYCURSOR; return (kind)
#define IS_NAME(is_word) return read_name(next, (const char *)YYCURSOR, (is_word))
/*!re2c
gap     = ( [ \t] | "^I" | "&nbsp;" )+;
bracket = "\xe3\x80" [\x80-\x94]; /* of Chinese and Japanese, and their blank */
mark    = "\xef\xbb\xbf"; /* of byte order */
other   = [\x80-\xe1\xe4-\xee\xf0-\xff] | "\xe2" [\x80-\x85\x87-\xff] /* no arrow */ | "\xe3" ( [\x81-\xff] | "\x80" [\x95-\xbf] ) | "\xef" ( [\x80-\xba\xbc-\xff] | "\xbb" [\x80-\xbe\xc0-\xff] );
word    = ( [A-Za-z_] | other | "/" letter | digit+ [A-Za-z_] ) ( [-.@/~]{0,3} inner )*;
address = digit+ ( "." digit+ ){2,};
facility = "%" [A-Z] [A-Z0-9_]* "-" ( [A-Z0-9_]+ "-" )? [0-7] "-" [A-Z0-9_]+ ":"; /* of Cisco */

/* Colours, and what terminals and a loss of power leave behind. */
tag = "<" "/"? ( "pre" | "code" | "samp" | "kbd" ) ( [ \t] [^<>\n]* )? ">";
tag | "\x1b[" [0-9;?]* [A-Za-z] | "\x1b]" [^\x07\x1b\n]* ( "\x07" | "\x1b\\" ) | mark | [\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]+ { IS(TOKEN_PAINT); }

/* Whose text it is, where no single word says it. */
"AT" gap ( 'RX' | "read" )                                       { IS(TOKEN_FROM_MODULE); }
"AT" gap "read" [ \t]+ [+A-Z]+ / [ \t]+ digit                     { IS(TOKEN_FROM_MODULE); }
"read" / "(" digit                                               { IS(TOKEN_FROM_MODULE); } /* of strace */
"write" / "(" digit                                              { IS(TOKEN_FROM_HOST); }
"AT" gap ( 'TX' | "send" )                                       { IS(TOKEN_FROM_HOST); }
[<]{1,4} | [<]{1,2} [-=]{1,3} | "\xe2\x86\x90" | "&lt;" | "AT<" { IS(TOKEN_FROM_MODULE); }
[>]{1,4} | [-=]{1,3} [>]{1,2} | "\xe2\x86\x92" | "&gt;" | "AT>" { IS(TOKEN_FROM_HOST); }

/* A line end of the wire, as logs escape it. */
"\\"{1,2} ( [rn] | "x0" [aAdD] | "01" [25] | "u000" [aAdD] ) | "<" ( 'cr' | 'lf' | "ln" ) ">" | "<0" [aAdD] ">" | "^M" "$"? | "^J" | "=0" [AD]
    | "#01" [25] | "\xe2" ( "\x90" ( "\x8d" | "\x8a" | "\xa4" ) | "\x86\xb5" ) { IS(TOKEN_END); }

/* How much it matters. */
"<" "/"? [a-z]{2,} ">"                  { IS(TOKEN_LEVEL); } /* or an element of HTML */
[DIWEF] / "20" digit{6} [ \t]+  { IS(TOKEN_LEVEL); } /* glog */

digit+                                   { IS_NAME(false); }
"0x" hex+ | "<" digit{1,3} ">" | digit+ "</" [^ <>\n]+ ">" { IS(TOKEN_NUMBER); }
word                                     { IS_NAME(true); }
address | facility                       { IS(TOKEN_WORD); }
[bBuUrR]? ["'`] | bracket                { IS(TOKEN_SIGN); }
gap                                      { IS(TOKEN_BLANK); }

"\n"                                     { IS(TOKEN_NONE); }
*                                        { IS(TOKEN_SIGN); }
*/
#undef IS_NAME
#undef IS
}

/* Is it a time of day, and no number of a line? */
static bool is_clock(const unsigned char *begin)
{
    const unsigned char *YYCURSOR = begin;
    const unsigned char *YYMARKER;
/*!local:re2c:clock
re2c:flags:nested-ifs = 1; /* which is shorter here */
digit{1,2} ":" digit{2} ":" digit{2} [^0-9:] { return true; }
*                                            { return false; }
*/
}

/* The name of a file before a line, and the line's number. */
static size_t read_file(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *m;
#define UP_TO(behind) return (size_t)((const char *)(behind) - begin)
/*!stags:re2c:file format = "    const unsigned char *@@;\n"; */
/*!re2c:file
re2c:flags:tags = 1;
file = [A-Za-z0-9_/] [A-Za-z0-9_./-]* "." ( "log" | "txt" | "out" | "cap" ) ( "." digit+ )?;
date = digit{4} [-/] digit{2} [-/] digit{2} [^0-9:];
file ":" @m digit+ ":"   { UP_TO(is_clock(m) ? m : YYCURSOR); }
file ":" @m date         { UP_TO(m); }
file "-" digit+ "-"      { UP_TO(YYCURSOR); }
*                        { return 0; }
*/
}

/* The file's name and the number of a line before it, as grep writes them, and git grep behind a revision; as much as it is long. With -C,
 * hyphens stand there before lines that were not looked for. */
static size_t read_place(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    size_t behind;
/*!re2c:revision
[A-Za-z0-9_] [A-Za-z0-9_./@{}^~-]* ":" {
    behind = read_file((const char *)YYCURSOR);
    if (behind > 0)
        UP_TO(YYCURSOR + behind);
    return read_file(begin);
}
* { return read_file(begin); }
*/
#undef UP_TO
}
