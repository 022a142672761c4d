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

/* Which month a name begins as, in the languages that system logs come in, 1 to 12; 0 if it is none of them. glibc's abbreviations for
 * English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Turkish, Russian,
 * Japanese, Chinese and Korean, in small letters or with a capital. */
static unsigned find_month(struct bytes name)
{
    const unsigned char *YYCURSOR = (const unsigned char *)name.data;
    const unsigned char *YYMARKER;
#define FOUND(month) ((size_t)((const char *)YYCURSOR - name.data) <= name.length ? (month) : 0)
/*!re2c:find_month
'jan' | 'janv' | 'ene' | 'gen' | 'tammi' | 'sty' | 'led' | 'oca' | ( "\xd1\x8f" | "\xd0\xaf" ) "\xd0\xbd\xd0\xb2" | "1" "\xe6\x9c\x88" | "1" "\xec\x9b\x94" | "01" "\xe6\x9c\x88" { return FOUND(1); }
'feb' | 'f' "\xc3\xa9" 'v' | 'f' "\xc3\xa9" 'b' | 'fev' | 'helmi' | 'lut' | "\xc3" [\x9a\xba] 'n' | "\xc5" [\x9e\x9f] 'ub' | ( "\xd1\x84" | "\xd0\xa4" ) "\xd0\xb5\xd0\xb2" | "2" "\xe6\x9c\x88" | "2" "\xec\x9b\x94" | "02" "\xe6\x9c\x88" { return FOUND(2); }
'mar' | 'm' "\xc3\xa4" 'r' | 'mrz' | 'maa' | 'mrt' | 'b' "\xc5\x99" 'e' | ( "\xd0\xbc" | "\xd0\x9c" ) "\xd0\xb0\xd1\x80" | "3" "\xe6\x9c\x88" | "3" "\xec\x9b\x94" | "03" "\xe6\x9c\x88" { return FOUND(3); }
'apr' | 'avr' | 'abr' | 'huhti' | 'kwi' | 'dub' | 'nis' | ( "\xd0\xb0" | "\xd0\x90" ) "\xd0\xbf\xd1\x80" | "4" "\xe6\x9c\x88" | "4" "\xec\x9b\x94" | "04" "\xe6\x9c\x88" { return FOUND(4); }
'may' | 'mai' | 'mei' | 'maj' | 'mag' | 'touko' | 'kv' "\xc4\x9b" | ( "\xd0\xbc" | "\xd0\x9c" ) "\xd0\xb0\xd0\xb9" | ( "\xd0\xbc" | "\xd0\x9c" ) "\xd0\xb0\xd1\x8f" | "5" "\xe6\x9c\x88" | "5" "\xec\x9b\x94" | "05" "\xe6\x9c\x88" { return FOUND(5); }
'jun' | 'juin' | 'giu' | 'kes' "\xc3\xa4" | 'cze' | "\xc4" [\x8c\x8d] 'vn' | 'haz' | ( "\xd0\xb8" | "\xd0\x98" ) "\xd1\x8e\xd0\xbd" | "6" "\xe6\x9c\x88" | "6" "\xec\x9b\x94" | "06" "\xe6\x9c\x88" { return FOUND(6); }
'jul' | 'juil' | 'lug' | 'hein' | 'lip' | "\xc4" [\x8c\x8d] 'vc' | 'tem' | ( "\xd0\xb8" | "\xd0\x98" ) "\xd1\x8e\xd0\xbb" | "7" "\xe6\x9c\x88" | "7" "\xec\x9b\x94" | "07" "\xe6\x9c\x88" { return FOUND(7); }
'aug' | 'ao' "\xc3\xbb" | 'ago' | 'elo' | 'sie' | 'srp' | 'a' "\xc4\x9f" 'u' | ( "\xd0\xb0" | "\xd0\x90" ) "\xd0\xb2\xd0\xb3" | "8" "\xe6\x9c\x88" | "8" "\xec\x9b\x94" | "08" "\xe6\x9c\x88" { return FOUND(8); }
'sep' | 'set' | 'syys' | 'wrz' | 'z' "\xc3\xa1\xc5\x99" | 'eyl' | ( "\xd1\x81" | "\xd0\xa1" ) "\xd0\xb5\xd0\xbd" | "9" "\xe6\x9c\x88" | "9" "\xec\x9b\x94" | "09" "\xe6\x9c\x88" { return FOUND(9); }
'oct' | 'okt' | 'ott' | 'out' | 'loka' | 'pa' "\xc5\xba" | "\xc5" [\x98\x99] "\xc3\xad" 'j' | 'eki' | ( "\xd0\xbe" | "\xd0\x9e" ) "\xd0\xba\xd1\x82" | "10" "\xe6\x9c\x88" | "10" "\xec\x9b\x94" { return FOUND(10); }
'nov' | 'marras' | 'lis' | 'kas' | ( "\xd0\xbd" | "\xd0\x9d" ) "\xd0\xbe\xd1\x8f" | "11" "\xe6\x9c\x88" | "11" "\xec\x9b\x94" { return FOUND(11); }
'dec' | 'd' "\xc3\xa9" 'c' | 'dez' | 'dic' | 'des' | 'joulu' | 'gru' | 'pro' | 'ara' | ( "\xd0\xb4" | "\xd0\x94" ) "\xd0\xb5\xd0\xba" | "12" "\xe6\x9c\x88" | "12" "\xec\x9b\x94" { return FOUND(12); }
* { return 0; }
*/
#undef FOUND
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
/*!re2c:weekday
letter{2,6} [.,]{0,2} gap | "(" letter{2,9} ")" gap { return (size_t)((const char *)YYCURSOR - begin); }
*                                                   { return 0; }
*/
}

/* What stands between a date and a time of day. */
static size_t read_joint(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER = YYCURSOR;
/*!re2c:joint
weekday = gap ( "\xe6\x98\x9f\xe6\x9c\x9f" | "\xe5\x91\xa8" ) [\x80-\xff]{3} | gap? "(" letter{2,9} ")"; /* in the midst */
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
/*!re2c:half
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
