/* SPDX-License-Identifier: MIT
 *
 * The names of log files, without folders: what they say of the log that the file is a part of, and of its age. logrotate
 * (NAME.log.1, NAME.log-20261101, with `extension` NAME.1.log), Python's logging (NAME.log.1, NAME.log.2026-11-01_13-05),
 * Kubernetes (0.log.20261101-130559), log4j and logback (NAME-2026-11-01-1.log, NAME.2026-11-01.1.log), lumberjack
 * (NAME-2026-11-01T13-05-59.123.log), rotatelogs (NAME.1604275200), busybox and newsyslog (messages.0), svlogd and multilog
 * (@400000005f9e4d600000.s beside `current`). */

/* Take a name apart; a NUL is behind it. */
static void read_name(const char *name, struct file_name *parts)
{
    const unsigned char *YYCURSOR = (const unsigned char *)name;
    const unsigned char *const begin = YYCURSOR;
    const unsigned char *a, *b, *c, *d;
#define IS(kind, is_sure, ending_begin, ending_end) \
    *parts = (struct file_name){span(begin, a), span(ending_begin, ending_end), span(b, c), kind, is_sure}; \
    return
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;
re2c:sentinel = 0;

any    = [^\x00];
digit  = [0-9];
packed = ".gz" | ".xz" | ".zst" | ".bz2" | ".lz4";
ending = ".log" | ".txt" | ".out" | ".json" | ".jsonl" | ".ndjson" | ".csv";
mark   = [-._];
end    = packed? "\x00";

year   = ( "19" | "20" ) digit{2};
month  = "0" [1-9] | "1" [0-2];
day    = "0" [1-9] | [12] digit | "3" [01];
hour   = [01] digit | "2" [0-3];
minute = [0-5] digit;
part   = [-_:.]? minute;
time   = [-T_. ]? hour ( part ( part ( [.,] digit{1,9} )? )? )? "Z"?;
whole  = ( year month day | year mark month mark day ) time?;
date   = whole ( mark digit{1,10} )?;
epoch  = [1-9] digit{8,10};
number = digit{1,4};

any+ @a mark @b whole mark digit{1,10} @c end         { IS(FILE_DATED, true, c, c); } /* that number is no epoch of another log */
any+ @a mark @b ( date | epoch ) @c end               { IS(FILE_DATED, true, c, c); }
any+ @a mark @b ( date | epoch ) @c ending @d end     { IS(FILE_DATED, true, c, d); }
any+ ending @a "." @b number @c end                   { IS(FILE_NUMBERED, true, c, c); }
any+ @a "." @b number @c ending @d end                { IS(FILE_NUMBERED, false, c, d); }
any+ @a "." @b number @c end                          { IS(FILE_NUMBERED, false, c, c); }
any+ @a ".old" @b @c end                              { IS(FILE_OLD, false, c, c); }
"@" @b [0-9a-f]{20,24} @c ( "." [stu] )? end
    { *parts = (struct file_name){{"current", 7}, span(c, c), span(b, c), FILE_DATED, true}; return; }
any+ @a @b @c packed "\x00"                           { IS(FILE_PLAIN, true, c, c); }
any+ @a @b @c "\x00"                                  { IS(FILE_PLAIN, true, c, c); }
*                                                     { a = b = c = begin; IS(FILE_PLAIN, true, c, c); }
*/
#undef IS
}
