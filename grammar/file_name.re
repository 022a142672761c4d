/* SPDX-License-Identifier: MIT
 *
 * The names of log files, without folders, in steps: what they say of the log that the file is a part of, and of its age. logrotate
 * (NAME.log.1, NAME.log-20261101, with `extension` NAME.1.log), Python's logging (NAME.log.1, NAME.log.2026-11-01_13-05),
 * Kubernetes (0.log.20261101-130559), log4j and logback (NAME-2026-11-01-1.log, NAME.2026-11-01.1.log), lumberjack
 * (NAME-2026-11-01T13-05-59.123.log), rotatelogs (NAME.1604275200), busybox and newsyslog (messages.0), svlogd and multilog
 * (@400000005f9e4d600000.s beside `current`). How the steps follow one another: src/log/input/file_name.c. */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 0;

digit = [0-9];
mark  = [-._];
*/

#define STEP_BEGIN(at)                                           \
    const unsigned char *YYCURSOR = (const unsigned char *)(at); \
    const unsigned char *YYMARKER = YYCURSOR;                    \
    const char *const begin = (at);                              \
    (void)YYMARKER /* not every step goes back */
#define LENGTH ((size_t)((const char *)YYCURSOR - begin))

/* What a name may end in, from its last dot on. */
static size_t read_ending(const char *at, enum name_ending *ending)
{
    STEP_BEGIN(at);
/*!re2c:ending
".gz" | ".xz" | ".zst" | ".bz2" | ".lz4"                                 { *ending = ENDING_PACKED; return LENGTH; }
".log" | ".txt" | ".out" | ".json" | ".jsonl" | ".ndjson" | ".csv"       { *ending = ENDING_LOG; return LENGTH; }
".old"                                                                   { *ending = ENDING_OLD; return LENGTH; }
*                                                                        { *ending = ENDING_NONE; return 0; }
*/
}

/* Digits at the end, with the mark before them: what they may be. */
static size_t read_digits(const char *at, unsigned *digits)
{
    STEP_BEGIN(at);
/*!re2c:digits
"." digit{1,4}           { *digits = DIGITS_NUMBER | DIGITS_COUNT; return LENGTH; }
mark [1-9] digit{8,9}    { *digits = DIGITS_EPOCH | DIGITS_COUNT; return LENGTH; }
mark [1-9] digit{10}     { *digits = DIGITS_EPOCH; return LENGTH; }
mark digit{1,10}         { *digits = DIGITS_COUNT; return LENGTH; }
*                        { *digits = 0; return 0; }
*/
}

/* A mark and a day. */
static size_t read_day(const char *at)
{
    STEP_BEGIN(at);
/*!re2c:day
year  = ( "19" | "20" ) digit{2};
month = "0" [1-9] | "1" [0-2];
day   = "0" [1-9] | [12] digit | "3" [01];
mark ( year month day | year mark month mark day ) { return LENGTH; }
*                                                  { return 0; }
*/
}

/* The time behind a day. */
static size_t read_time(const char *at)
{
    STEP_BEGIN(at);
/*!re2c:time
hour   = [01] digit | "2" [0-3];
part   = [-_:.]? [0-5] digit;
[-T_. ]? hour ( part ( part ( [.,] digit{1,9} )? )? )? "Z"? { return LENGTH; }
*                                                           { return 0; }
*/
}

/* The name of a file beside `current`. */
static size_t read_label(const char *at)
{
    STEP_BEGIN(at);
/*!re2c:label
"@" [0-9a-f]{20,24} ( "." [stu] )? { return LENGTH; }
*                                  { return 0; }
*/
}
#undef STEP_BEGIN
#undef LENGTH
