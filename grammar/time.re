/* SPDX-License-Identifier: MIT
 *
 * The times that captures give, and the parts that they are made of. [docs/dialects.md, 2; docs/events.md, JSON Lines] */

/* What a time is. What it lacks has no data. */
struct time_parts {
    enum {
        TIME_OTHER = 0, /* no date: stays as it is */
        TIME_RFC_3339,  /* is one already */
        TIME_CIVIL,     /* date and time of day */
        TIME_EPOCH,     /* seconds since 1970 */
        TIME_START      /* a count since the program's start, with what tells it from an epoch */
    } kind;
    struct bytes year, month, day, clock, fraction, more_fraction, zone, seconds;
};

static void read_time(struct bytes time, struct time_parts *parts)
{
    const unsigned char *YYCURSOR = (const unsigned char *)time.data;
    const unsigned char *const end = YYCURSOR + time.length;
    const unsigned char *YYMARKER;
    const unsigned char *ya = NULL, *yb = NULL, *ma = NULL, *mb = NULL, *da = NULL, *db = NULL, *ca = NULL, *cb = NULL;
    const unsigned char *fa = NULL, *fb = NULL, *ga = NULL, *gb = NULL, *za = NULL, *zb = NULL, *sa = NULL, *sb = NULL;
#define IS(what)                                                            \
    if (YYCURSOR != end)                                                    \
        return;                                                             \
    parts->kind = (what);                                                   \
    parts->year = span(ya, yb);                                             \
    parts->month = span(ma, mb);                                            \
    parts->day = span(da, db);                                              \
    parts->clock = span(ca, cb);                                            \
    parts->fraction = span(fa, fb);                                         \
    parts->more_fraction = span(ga, gb);                                    \
    parts->zone = span(za, zb);                                             \
    parts->seconds = span(sa, sb);                                          \
    return

    memset(parts, 0, sizeof *parts);
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;

two   = [0-9]{2};
mm    = "0" [1-9] | "1" [0-2];
dd    = "0" [1-9] | [12] [0-9] | "3" [01];
clock = @ca two ":" two ":" two @cb;
fraction = [.,:] @fa [0-9]{1,9} @fb;
zone  = " "? @za ( [Zz] | [-+] two ( ":"? two )? | "UTC" | "GMT" | "JST" ) @zb;
month = "Jan" | "Feb" | "Mar" | "Apr" | "May" | "Jun" | "Jul" | "Aug" | "Sep" | "Oct" | "Nov" | "Dec";
weekday = ( [A-Z] [a-z]{2} ","? [ \t]+ )?;
day   = [1-9] | dd;

[0-9]{4} "-" two "-" two "T" two ":" two ":" two ( "." [0-9]{1,9} )? ( "Z" | [-+] two ":" two )? { IS(TIME_RFC_3339); }
/* socat: nine digits, of which the first three are always 0. */
@ya [0-9]{4} @yb "/" @ma mm @mb "/" @da dd @db " " clock ".000" @fa [0-9]{6} @fb               { IS(TIME_CIVIL); }
@ya [0-9]{4} @yb [-/.] @ma mm @mb [-/.] @da dd @db [T_ \t] clock fraction? zone?                 { IS(TIME_CIVIL); }
/* Zephyr: milliseconds, a comma, microseconds. */
@ya [0-9]{4} @yb "-" @ma mm @mb "-" @da dd @db [T \t] clock "." @fa [0-9]{3} @fb "," @ga [0-9]{3} @gb { IS(TIME_CIVIL); }
weekday @ma month @mb [ \t]+ @da day @db [ \t]+ @ya [0-9]{4} @yb [ \t]+ clock fraction?         { IS(TIME_CIVIL); }
weekday @ma month @mb [ \t]+ @da day @db [ \t]+ clock fraction? [ \t]+ @ya [0-9]{4} @yb         { IS(TIME_CIVIL); }
/* ESP-IDF, Particle. */
"(" @sa [0-9]{1,18} @sb                                                                          { IS(TIME_START); }
@sa [0-9]{10} @sb " ["                                                                           { IS(TIME_START); }
@sa [1-9] [0-9]{8,9} @sb ( [.,] @fa [0-9]{1,9} @fb )?                                           { IS(TIME_EPOCH); }
@sa [1-9] [0-9]{9} @sb @fa ( [0-9]{3} | [0-9]{6} | [0-9]{9} ) @fb                               { IS(TIME_EPOCH); }
* { return; }
*/
#undef IS
}
