/* SPDX-License-Identifier: MIT
 *
 * What may stand before and behind the text of a line, token by token; times are moment.re's: src/log/prefix/token.h. [dialects.md
 * section 2] The longest match counts: a number that is part of a word is no number. */

/*!include:re2c "names.re" */

/* Of words and all of their letters one lexer tells which say how much a line matters: among all tokens they would be many states. */
bool token_is_level(const char *begin, const char *end)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c:level
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
urgency { return (const char *)YYCURSOR == end; }
*       { return false; }
*/
}

/* The token at *next, which goes behind it. No token goes past the line's end. */
static enum token_kind read_token(const char **next)
{
    const char *const begin = *next;
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *YYCTXMARKER;
#define IS(kind) *next = (const char *)YYCURSOR; return (kind)
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;

digit   = [0-9];
hex     = [0-9a-fA-F];
gap     = ( [ \t] | "^I" | "&nbsp;" )+;
letter  = [A-Za-z_] | [\x80-\xff];
inner   = letter | [0-9];
bracket = "\xe3\x80" [\x80-\x94]; /* of Chinese and Japanese, and their blank */
mark    = "\xef\xbb\xbf"; /* of byte order */
other   = [\x80-\xe1\xe4-\xee\xf0-\xff] | "\xe2" [\x80-\x85\x87-\xff] /* no arrow */ | "\xe3" ( [\x81-\xff] | "\x80" [\x95-\xbf] ) | "\xef" ( [\x80-\xba\xbc-\xff] | "\xbb" [\x80-\xbe\xc0-\xff] );
word    = ( [A-Za-z_] | other | "/" letter | digit+ [A-Za-z_] ) ( [-.@/~]{0,3} inner )*;
group   = hex{1,4};
net     = ( "fe80" | [23] hex{3} | "f" [cd] hex{2} ) ( ":" group )* "::" group ( ":" group )*;
address = digit+ ( "." digit+ ){2,} | net ( "%" inner+ )?;
facility = "%" [A-Z] [A-Z0-9_]* "-" ( [A-Z0-9_]+ "-" )? [0-7] "-" [A-Z0-9_]+ ":"; /* of Cisco */

/* Colours, and what terminals and a loss of power leave behind. */
tag = "<" "/"? ( "pre" | "code" | "samp" | "kbd" ) ( [ \t] [^<>\n]* )? ">";
( tag | "\x1b[" [0-9;?]* [A-Za-z] | "\x1b]" [^\x07\x1b\n]* ( "\x07" | "\x1b\\" ) | mark | [\x00-\x08\x0b-\x1a\x1c-\x1f\x7f] )+ { IS(TOKEN_PAINT); }

/* Whose text it is. */
'RX' | 'RECV' | 'RCVD' | "RECEIVED" | "AT" gap 'RX' | "AT" gap "read"             { IS(TOKEN_FROM_MODULE); }
"AT" gap "read" gap ( "+" | [A-Z]+ ) / gap digit                   { IS(TOKEN_FROM_MODULE); }
"read" / "(" digit                                                 { IS(TOKEN_FROM_MODULE); } /* of strace */
"write" / "(" digit                                                { IS(TOKEN_FROM_HOST); }
'TX' | 'SEND' | "SENT" | "AT" gap 'TX' | "AT" gap "send"                    { IS(TOKEN_FROM_HOST); }
[<]{1,4} | [<]{1,2} [-=]{1,3} | "\xe2\x86\x90" | "&lt;" | "AT<"             { IS(TOKEN_FROM_MODULE); }
[>]{1,4} | [-=]{1,3} [>]{1,2} | "\xe2\x86\x92" | "&gt;" | "AT>"             { IS(TOKEN_FROM_HOST); }

/* A line end of the wire, as logs escape it. */
"\\"{1,2} ( [rn] | "x0" [aAdD] | "01" [25] | "u000" [aAdD] ) | "<" ( 'cr' | 'lf' | "ln" ) ">" | "<0" [aAdD] ">" | "^M" "$"? | "^J" | "=0" [AD]
    | "#01" [25] | "\xe2" ( "\x90" ( "\x8d" | "\x8a" | "\xa4" ) | "\x86\xb5" ) { IS(TOKEN_END); }

/* How much it matters. */
"<" [a-z]{2,8} ">"                       { IS(TOKEN_LEVEL); }
[DIWEF] / "20" digit{6} gap digit{2} ":" { IS(TOKEN_LEVEL); } /* glog */

digit+ | "0x" hex+ | "<" digit{1,3} ">" | digit+ "</" [^ <>\n]+ ">" { IS(TOKEN_NUMBER); }
word                                     { IS(token_is_level(begin, (const char *)YYCURSOR) ? TOKEN_LEVEL : TOKEN_WORD); }
address | facility                       { IS(TOKEN_WORD); }
[bBuUrR]? ["'`] | bracket                { IS(TOKEN_SIGN); }
gap                                      { IS(TOKEN_BLANK); }

"\n"                                     { IS(TOKEN_NONE); }
*                                        { IS(TOKEN_SIGN); }
*/
#undef IS
}

/* The file's name and the number of a line before it, as grep writes them, and git grep behind a revision; as much as it is long. With -C,
 * hyphens stand there before lines that were not looked for. */
static size_t read_place(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS_BEFORE(length) return (size_t)((const char *)YYCURSOR - begin) - (length)
/*!re2c
revision = [A-Za-z0-9_] [A-Za-z0-9_./@{}^~-]* ":";
file = revision? [A-Za-z0-9_/] [A-Za-z0-9_./-]* "." ( "log" | "txt" | "out" | "cap" ) ( "." digit+ )?;
clock = digit{2} ":" digit{2} [^0-9:];
file ":" digit ":" clock                 { IS_BEFORE(8); } /* no number, but a time */
file ":" digit{2} ":" clock              { IS_BEFORE(9); }
file ":" digit{4} [-/] digit{2} [-/] digit{2} [^0-9:] { IS_BEFORE(11); }
file ( ":" digit+ ":" | "-" digit+ "-" ) { IS_BEFORE(0); }
*                                        { return 0; }
*/
#undef IS_BEFORE
}
