/* SPDX-License-Identifier: MIT
 *
 * Times as logs write them, in steps: date, time of day, zone. What the parts mean: src/log/text/moment.c. [dialects.md section 2] */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;
re2c:sentinel = 10;

digit  = [0-9];
two    = digit{2};
few    = digit{1,2};
gap    = [ \t]+;
letter = [A-Za-z] | [\x80-\xff];
year   = ( "19" | "20" ) two;
*/

#define STEP_BEGIN(at)                                        \
    const unsigned char *YYCURSOR = (const unsigned char *)(at); \
    const unsigned char *YYMARKER;                            \
    const unsigned char *a = NULL, *b = NULL, *c = NULL, *d = NULL, *e = NULL, *f = NULL
#define TOOK(what)                          \
    parts[0] = span(a, b);                  \
    parts[1] = span(c, d);                  \
    parts[2] = span(e, f);                  \
    *next = (const char *)YYCURSOR;         \
    return (what)

/* A date in digits, or the seconds since 1970: the parts are year, month and day in the order of writing, or seconds and fraction. */
static enum date_form read_digits(const char **next, struct bytes parts[3])
{
    STEP_BEGIN(*next);
/*!stags:re2c:digits format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:digits

@a digit{4} @b [-/._] @c few @d [-/._] @e few @f                               { TOOK(DATE_YMD); }
@a digit{4} @b "\xe5\xb9\xb4" @c few @d "\xe6\x9c\x88" @e few @f "\xe6\x97\xa5" { TOOK(DATE_YMD); }
@a digit{4} @b ". " @c few @d ". " @e few @f "."                                { TOOK(DATE_YMD); }
@a "20" two @b @c two @d @e two @f                                             { TOOK(DATE_YMD); }
@a few @b [./-] @c few @d [./-] @e digit{4} @f                                  { TOOK(DATE_DAY_OR_MONTH_FIRST); }
@a few @b [./] @c few @d [./] @e two @f                                        { TOOK(DATE_DAY_OR_MONTH_FIRST); }
@c two @d [-/] @e two @f                                                       { TOOK(DATE_MD); }
@a [1-3] digit{9} @b ( [.,] @c digit+ @d )?                                 { TOOK(DATE_EPOCH); }
@a [1-3] digit{9} @b @c digit{3} @d ( [.,] digit+ )?                       { TOOK(DATE_EPOCH); }
@a [1-3] digit{9} @b @c ( digit{6} | digit{9} ) @d                               { TOOK(DATE_EPOCH); }
*                                                                              { return DATE_NONE; }
*/
}

/* What counts from a start: seconds and fraction. */
static enum date_form read_uptime(const char **next, struct bytes parts[3])
{
    STEP_BEGIN(*next);
/*!stags:re2c:uptime format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:uptime
@a "+"? digit+ @b "." @c digit+ @d "s"? { TOOK(DATE_UPTIME); }
@a few ":" two @b "." @c digit+ @d      { TOOK(DATE_UPTIME); }
@a digit+ @b ( "ms" | "us" )            { TOOK(DATE_UPTIME); }
*                                       { return DATE_NONE; }
*/
}

/* Of a date that has a month with a name: the year or the day before it, with the sign between. */
static enum date_form read_before_month(const char **next, struct bytes parts[3])
{
    STEP_BEGIN(*next);
/*!stags:re2c:before_month format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:before_month
@a year @b gap                         { TOOK(DATE_YMD); }
@e few @f "."? ( [ /-] gap? | gap )    { TOOK(DATE_MD); }
*                                      { return DATE_NONE; }
*/
}

/* The month's name, of any language. */
static size_t read_month(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c:month
letter{3} letter* "."? | few ( "\xe6\x9c\x88" | "\xec\x9b\x94" ) { return (size_t)((const char *)YYCURSOR - begin); }
*                                                              { return 0; }
*/
}

/* The day behind it. */
static size_t read_day(const char *begin, struct bytes *day)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *e, *f;
/*!stags:re2c:day format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:day
( gap | "/" ) @e few @f { *day = span(e, f); return (size_t)((const char *)YYCURSOR - begin); }
*             { return 0; }
*/
}

/* The year behind day and month, or behind the time of day. */
static size_t read_year(const char *begin, struct bytes *year_digits)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a, *b;
/*!stags:re2c:year format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:year
gap year "-" two "-"                { return 0; } /* another date */
( ","? gap | [/-] gap? ) @a year @b { *year_digits = span(a, b); return (size_t)((const char *)YYCURSOR - begin); }
*                                   { return 0; }
*/
}

/* A weekday before a date, in any language; as much as it is long. */
static size_t read_weekday(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a;
/*!stags:re2c:weekday format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:weekday
name    = letter{2} letter*;
bracket = "(" name ")";
name @a [.,]{0,2} gap { return (const char *)a - begin <= 6 ? (size_t)((const char *)YYCURSOR - begin) : 0; }
bracket gap           { return (size_t)((const char *)YYCURSOR - begin); }
*                     { return 0; }
*/
}

/* What stands between a date and a time of day. */
static size_t read_joint(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER = YYCURSOR;
/*!re2c:joint
weekday = gap ( "\xe6\x98\x9f\xe6\x9c\x9f" | "\xe5\x91\xa8" ) [\x80-\xff]{3} | gap? bracket; /* in the midst */
apart   = [,;|] | gap ( [-|] | "at" | "um" | "\xc3\xa0" ) gap | "]" gap? "[";                                                  /* in fields of their own */
"T" | [_:.-] | "&nbsp;" | ","? gap ( "@" gap )? | weekday gap | apart { return (size_t)((const char *)YYCURSOR - begin); }
*                                                         { return 0; }
*/
}

/* The half of the day where it stands before the time of day, in Chinese, Japanese and Korean: 'a' or 'p'. */
static size_t read_half(const char *begin, unsigned char *half)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!local:re2c:half
re2c:flags:nested-ifs = 1; /* which is shorter here */
( "\xe4\xb8\x8a\xe5\x8d\x88" | "\xe5\x8d\x88\xe5\x89\x8d" | "\xec\x98\xa4\xec\xa0\x84" ) gap? { *half = 'a'; return (size_t)((const char *)YYCURSOR - begin); }
( "\xe4\xb8\x8b\xe5\x8d\x88" | "\xe5\x8d\x88\xe5\xbe\x8c" | "\xec\x98\xa4\xed\x9b\x84" ) gap? { *half = 'p'; return (size_t)((const char *)YYCURSOR - begin); }
*                                                                                               { *half = 0; return 0; }
*/
}

/* The same behind it: how long it is. */
static size_t read_late_half(const char *begin, unsigned char *half)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a = YYCURSOR;
/*!stags:re2c:late_half format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:late_half
thin = "\xc2\xa0" | "\xe2\x80\xaf"; /* blanks where no line breaks, as libraries for languages write them */
( gap | thin )? @a [AaPp] ( "." ( " " | thin )? )? [Mm] "."? { *half = *a | 0x20; return (size_t)((const char *)YYCURSOR - begin); }
*                                                           { return 0; }
*/
}

/* A time of day: hour, minute and second in one; fraction. */
static enum clock_form read_clock(const char **next, struct bytes parts[3])
{
    STEP_BEGIN(*next);
/*!stags:re2c:clock format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:clock
@a few ":" two ":" two @b ( [.:] @c digit+ @d )?         { TOOK(CLOCK_SECONDS); }
@a few ":" two ":" two @b "," @c two digit* @d           { TOOK(CLOCK_SECONDS); }
@a few ":" two ":" two @b "." @c digit{3} "," digit{3} @d   { TOOK(CLOCK_SECONDS); }
@a few ( "\xe6\x99\x82" | "\xe6\x97\xb6" ) two "\xe5\x88\x86" two @b "\xe7\xa7\x92" { TOOK(CLOCK_SECONDS); }
@a two two two @b ( [.,] @c digit+ @d )?                { TOOK(CLOCK_SECONDS); }
@a few ":" two @b                                           { TOOK(CLOCK_MINUTES); }
*                                                           { return CLOCK_NOT; }
*/
}

/* A zone: sign, hours and minutes; or its name. */
static enum zone_form read_zone(const char **next, struct bytes parts[3])
{
    STEP_BEGIN(*next);
/*!stags:re2c:zone format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:zone
gap? [Zz] ( "+00" ":"? "00" )?                     { TOOK(ZONE_UTC); } /* mosquitto_sub */
gap? @a [-+] two @b ":"? @c two @d                 { TOOK(ZONE_OFFSET); }
@a [-+] two @b                                     { TOOK(ZONE_OFFSET); }
gap? @a [A-Z]{3,4} @b                              { TOOK(ZONE_NAME); }
*                                                  { return ZONE_NONE; }
*/
}

/* What a form gives for a count since the program's start, with what tells it from an epoch: ESP-IDF, Particle. */
static bool read_start(const char *begin, const char *end, struct bytes *count)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a, *b;
/*!stags:re2c:start format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:start
"(" @a digit+ @b   { *count = span(a, b); return count->length <= COUNT_MAX && (const char *)YYCURSOR == end; }
@a digit+ @b " ["  { *count = span(a, b); return count->length == 10 && (const char *)YYCURSOR == end; }
*                  { return false; }
*/
}

/* A time without a date, before a line feed: a count since a start, or hour, minute and second; a fraction, Zephyr's with a second comma. */
bool moment_read_count(const char *begin, struct moment_count *count)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a, *b, *c, *d, *e;
/*!stags:re2c:count format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c:count
digit+ @a ( ":" two ":" two )? @b ( [.,:] @c digit* @d ( @e "," digit* )? )? "\n" {
    *count = (struct moment_count){span((const unsigned char *)begin, a), span(a, b), span(c, d), e != NULL};
    return true;
}
* { return false; }
*/
}
