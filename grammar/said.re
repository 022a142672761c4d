/* SPDX-License-Identifier: MIT
 *
 * Words that say whose text it is: src/log/prefix/said.h. [dialects.md section 2] */

/* The way that a word of a prefix says; those of SSCOM have the text at once behind them. */
static enum direction read_said(const char *begin, const char *end)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS(who) return (const char *)YYCURSOR == end ? DIRECTION_##who : DIRECTION_NONE
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;

'RX' | "_R" | "RECV" | "RCVD" | "RECEIVED"                          { IS(RX); }
'TX' | "_S" | "SEND" | "SENDING" | "SENT"                           { IS(TX); }
"\xe6\x94\xb6\xe2\x86\x90\xe2\x97\x86" | "\xca\xd5\xa1\xfb\xa1\xf4" { return DIRECTION_RX; }
"\xe5\x8f\x91\xe2\x86\x92\xe2\x97\x87" | "\xb7\xa2\xa1\xfa\xa1\xf3" { return DIRECTION_TX; }
*                                                                  { return DIRECTION_NONE; }
*/
#undef IS
}

/* The way that an arrow behind a name says, if it is that of a side. */
static enum direction read_side(const char *begin, const char *end)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
#define IS(who) return (const char *)YYCURSOR == end ? DIRECTION_##who : DIRECTION_NONE
/*!re2c:side
'device' | 'modem' | 'module' | 'dce' { IS(RX); }
'host' | 'pc' | 'dte'                 { IS(TX); }
*                                     { return DIRECTION_NONE; }
*/
#undef IS
}

/* Is a word the verdict of a test, whose name may be what it was tried with? */
static bool read_verdict(const char *begin, const char *end)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c:verdict
"PASS" "ED"? | "FAIL" "ED"? | "Passed" | "Failed" | "SKIPPED" | "X" ( "FAIL" | "PASS" ) { return (const char *)YYCURSOR == end; }
*                                                                                       { return false; }
*/
}

/* Is a word one of a sentence that speaks of a message which has not come? */
static bool read_speech(const char *begin, const char *end)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c:speech
( [Ww] ( "ill" | "ould" | "ait" | "aits" | "aiting" | "ant" | "ants" | "hen" ) | [Ss] "hould" | [Mm] "ust" | [Cc] "annot" | [Ii] "f"
| [Uu] "n" ( "til" | "less" ) | [Ee] "xpect" ( "s" | "ed" | "ing" ) | [Pp] "lease" | "Example" ) { return (const char *)YYCURSOR == end; }
*                                                                                       { return false; }
*/
}
