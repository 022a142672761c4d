/* SPDX-License-Identifier: MIT
 *
 * The words of a line that ends in one byte of the wire, in two digits or as a character, as decoders of logic analysers print it. The line feed
 * stands behind the line. What follows what: src/log/prefix/byte_rows.c. */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";

digit  = [0-9A-Fa-f];
within = [^ \t\r\n];
*/

/* The word at *next, which is set behind it and behind blanks. */
static enum row_word read_word(const char **next)
{
    const unsigned char *YYCURSOR = (const unsigned char *)*next;
#define TOOK(what) *next = (const char *)YYCURSOR; return (what)
/*!re2c:byte_row
gap = [ \t\r]*;
"0x"? "0" [Aa] gap                                       { TOOK(WORD_LINE_FEED); }
"0x"? ( "0" [Dd] | [2-6] digit | "7" [0-9A-Ea-e] ) gap   { TOOK(WORD_TEXT); } /* a byte of it, or a carriage return */
"0x"? digit{2} gap                                       { TOOK(WORD_BYTE); }
[('] [ -~] [')] gap | "[" [ -~] "]" gap | "'\\" [rt0] "'" gap                  { TOOK(WORD_QUOTED); }
"'\\n'" gap                                              { TOOK(WORD_QUOTED_LINE_FEED); }
[!-~] gap | "\\" [rt0] gap | [<\[{] 'CR' [>\]}] gap       { TOOK(WORD_CHARACTER); }
( "\\n" | [<\[{] 'LF' [>\]}] ) gap                       { TOOK(WORD_CHARACTER_LINE_FEED); }
within* ( "," | [:x|] digit{2} ) gap                     { TOOK(WORD_OF_DUMP); }
within+ gap                                              { TOOK(WORD_OTHER); }
[ \t\r]+                                                 { TOOK(WORD_OTHER); }
"\n"                                                     { return WORD_NONE; }
*/
#undef TOOK
}
