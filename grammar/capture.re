/* SPDX-License-Identifier: MIT
 *
 * The forms of log files: what stands before the text of a line, and where the text begins. One condition a form; the
 * pieces that they share stand first. No rule goes past the line end. A line that no rule takes is bare: all of it text.
 *
 * The tags of a rule are what it found: the time (a, b), the modem's name (m, n); the text goes from the end of the
 * match to the line end, but where a rule marks it (x, y). FOUND and its like say whose text it is, and how sure the form
 * can be that the line is one of its own.
 *
 * [dialects.md section 2] */

#define TAKE(who, how_sure, first, last, what)                                                       \
    do {                                                                                            \
        line->role = (what);                                                                        \
        line->direction = DIRECTION_##who;                                                          \
        line->sureness = (how_sure);                                                                \
        line->time = span(a, b);                                                                    \
        line->modem = span(m, n);                                                                   \
        line->text = (struct bytes){(first), (size_t)((last) - (first))};                           \
    } while (0)
#define CURSOR ((const char *)YYCURSOR)
#define TEXT_BEGIN (CURSOR > end ? end : CURSOR)
#define FOUND(who, how_sure) TAKE(who, how_sure, TEXT_BEGIN, end, LINE_RECORD)
#define BETWEEN(who, how_sure) TAKE(who, how_sure, (const char *)x, (const char *)y, LINE_RECORD)
#define HEADER(who) TAKE(who, SURE, x == NULL ? end : (const char *)x, y == NULL ? end : (const char *)y, LINE_HEADER)
#define QUOTED(who, how_sure) (line->quoted = true); TAKE(who, how_sure, TEXT_BEGIN, end, LINE_RECORD)
#define LOSSY() (line->lossy = true); TAKE(RX, SURE, TEXT_BEGIN, end, LINE_RECORD)
#define NOT_WIRE(how_sure) TAKE(NONE, how_sure, end, end, LINE_NOISE)

/*!conditions:re2c*/

static const unsigned char conditions[FORM_COUNT] = {
    [FORM_SYSLOG] = CONDITION_SYSLOG,
    [FORM_GATEWAY] = CONDITION_GATEWAY,
    [FORM_BRACKET] = CONDITION_BRACKET,
    [FORM_QNAVIGATOR] = CONDITION_QNAVIGATOR,
    [FORM_SSCOM] = CONDITION_SSCOM,
    [FORM_ARDUINO] = CONDITION_ARDUINO,
    [FORM_ZEPHYR] = CONDITION_ZEPHYR,
    [FORM_ESP_IDF] = CONDITION_ESP_IDF,
    [FORM_PARTICLE] = CONDITION_PARTICLE,
    [FORM_RIL] = CONDITION_RIL,
    [FORM_LOGGED] = CONDITION_LOGGED,
    [FORM_OFONO] = CONDITION_OFONO,
    [FORM_CHAT] = CONDITION_CHAT,
    [FORM_MODEMMANAGER] = CONDITION_MODEMMANAGER,
    [FORM_QUOTED] = CONDITION_QUOTED,
    [FORM_SOCAT] = CONDITION_SOCAT,
    [FORM_SOCAT_HEX] = CONDITION_SOCAT_HEX,
};

/* Read what stands before the text. The line goes from `begin` to the line feed at `end`. */
static void read_prefix(enum form form, const char *begin, const char *end,
                        struct line *line)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
    const unsigned char *a = NULL, *b = NULL, *m = NULL, *n = NULL, *x = NULL, *y = NULL;
/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYGETCONDITION = "conditions[form]";
re2c:condenumprefix = "CONDITION_";
re2c:condprefix = "form_";
re2c:define:YYGETCONDITION:naked = 1;
re2c:flags:tags = 1;
re2c:sentinel = 10;

digit = [0-9];
hex   = [0-9a-fA-F];
blank = [ \t];
gap   = blank+;
rest  = [^\n];

/* Colours, and the carriage returns that terminals want. */
paint = ( "\x1b[" [0-9;?]* [A-Za-z] | "\r" )*;
begin = "\xef\xbb\xbf"? paint;

/* Times. */
two      = digit{2};
date     = digit{4} [-/.] two [-/.] two;
clock    = two ":" two ":" two;
fraction = [.,:] digit{1,9};
zone     = " "? ( [Zz] | [-+] two ":"? two | "UTC" | "GMT" | "JST" ) | [-+] two;
moment   = date ( [T_] | blank ) clock fraction? zone?;
month    = "Jan" | "Feb" | "Mar" | "Apr" | "May" | "Jun" | "Jul" | "Aug" | "Sep" | "Oct" | "Nov" | "Dec";
weekday  = ( "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun" ) ","?;
named    = month gap digit{1,2} gap ( digit{4} gap )? clock fraction? ( gap digit{4} )?;
epoch    = digit{9,13} ( [.,] digit{1,9} )?;
boot     = digit{1,8} [.,] digit{1,9};
time_of_day = clock fraction?;
any_time = moment | named | epoch | boot | time_of_day;

/* A time as a line may begin with it, in brackets or not. */
stamp = [[(]? blank* ( weekday gap )? @a any_time @b [\])]?;

/* A program's name, alone or behind a host's name or address, as system logs have it. */
word    = [A-Za-z] [A-Za-z0-9_.@/-]*;
host    = word | digit+ [A-Za-z.] [A-Za-z0-9_.@/-]*;
program = ( host gap )? word "[" digit+ "]:" blank? | host gap word ":" blank?;
speaker = ( host gap )? word "[" digit+ "]:" gap | host gap word ":" gap;

/* The words of a logger of Python or its like. ERROR alone may be the modem's. */
rank    = "TRACE" | "DEBUG" | "INFO" | "WARN" | "WARNING";
ranks   = rank | "ERROR" | "CRITICAL";
logger  = "- " word " - " ranks " - " | rank ":"? gap | "[" ranks "]" gap;

/* Who speaks. */
from_module = ( "<" | "\xe2\x86\x90" | "<-" | "<--" | "<<" | "<=" | 'RX' | "[" 'RX' "]" | "(" 'RX' ")" ) ":"?;
from_host   = ( ">" | "\xe2\x86\x92" | "->" | "-->" | ">>" | "=>" | 'TX' | "[" 'TX' "]" | "(" 'TX' ")" ) ":"?;
name_byte   = [A-Za-z0-9_.:@/#+-] | [\x80-\xff];
modem       = "["? @m name_byte+ @n "]"?;
/* The text behind a mark: a blank between, or nothing at all. */
marked      = gap paint | "\r"* "\n";
*/

/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c

<SYSLOG> begin stamp gap program paint   { FOUND(NONE, SURE); return; }
<SYSLOG> begin stamp gap paint           { FOUND(NONE, LIKELY); return; }
<SYSLOG> begin stamp gap logger paint    { FOUND(NONE, SURE); return; }
<SYSLOG> begin stamp paint "\n"          { FOUND(NONE, LIKELY); return; }
<SYSLOG> begin program paint             { FOUND(NONE, POSSIBLE); return; }

/* In a program's or a system's log, which holds other lines too. */
<GATEWAY> begin stamp gap ( speaker | logger ) ( modem gap )? from_module marked { FOUND(RX, UNMISTAKABLE); return; }
<GATEWAY> begin stamp gap ( speaker | logger ) ( modem gap )? from_host marked   { FOUND(TX, UNMISTAKABLE); return; }
<GATEWAY> begin stamp gap ( program | logger ) paint                             { FOUND(NONE, POSSIBLE); return; }
<GATEWAY> begin stamp gap modem gap from_module marked { FOUND(RX, SURE); return; }
<GATEWAY> begin stamp gap modem gap from_host marked   { FOUND(TX, SURE); return; }
<GATEWAY> begin stamp gap from_module marked           { FOUND(RX, SURE); return; }
<GATEWAY> begin stamp gap from_host marked             { FOUND(TX, SURE); return; }
<GATEWAY> begin stamp gap paint                     { FOUND(NONE, POSSIBLE); return; }
<GATEWAY> begin modem gap from_module marked           { FOUND(RX, LIKELY); return; }
<GATEWAY> begin modem gap from_host marked             { FOUND(TX, LIKELY); return; }
<GATEWAY> begin from_module marked                     { FOUND(RX, POSSIBLE); return; }
<GATEWAY> begin from_host marked                       { FOUND(TX, POSSIBLE); return; }

<BRACKET> begin "[" blank* ( weekday gap )? @a any_time @b "]" blank? paint { FOUND(NONE, LIKELY); return; }

<QNAVIGATOR> begin "[" @a moment @b "_S:]" blank? { FOUND(TX, SURE); return; }
<QNAVIGATOR> begin "[" @a moment @b "_R:]" blank? { FOUND(RX, SURE); return; }

/* Sent and received in UTF-8 and in GBK. */
sent     = "\xe5\x8f\x91\xe2\x86\x92\xe2\x97\x87" | "\xb7\xa2\xa1\xfa\xa1\xf3";
received = "\xe6\x94\xb6\xe2\x86\x90\xe2\x97\x86" | "\xca\xd5\xa1\xfb\xa1\xf4";
<SSCOM> begin "[" @a any_time @b "]" sent blank? { FOUND(TX, SURE); return; }
<SSCOM> begin "[" @a any_time @b "]" received blank? { FOUND(RX, SURE); return; }

<ARDUINO> begin @a time_of_day @b gap "->" ( blank | "\r"* "\n" ) { FOUND(NONE, SURE); return; }

severity = "<" ( "dbg" | "inf" | "wrn" | "err" ) ">";
uptime   = ( digit+ "d "? | date ( "T" | blank ) )? two ":" two ":" two "." digit{3} "," digit{3};
zephyr   = "[" blank* ( @a ( uptime | any_time ) @b | digit{8} ) "]" gap paint severity gap;
<ZEPHYR> begin zephyr word ":" gap paint { FOUND(NONE, SURE); return; }
<ZEPHYR> begin zephyr word ":" gap word "received_command:" gap paint { LOSSY(); return; }

<ESP_IDF> begin [EWIDV] " " @a "(" digit{1,18} @b ") " [^ \t\r\n:]+ ":" ( blank paint | paint "\n" ) { FOUND(NONE, SURE); return; }
<ESP_IDF> begin [EWIDV] " (" @a time_of_day @b ") " [^ \t\r\n:]+ ":" ( blank paint | paint "\n" ) { FOUND(NONE, SURE); return; }

<PARTICLE> begin @a digit{10} " [" @b [^\]\n]+ "] " [A-Z]+ ":" gap "<" marked { FOUND(RX, SURE); return; }
<PARTICLE> begin @a digit{10} " [" @b [^\]\n]+ "] " [A-Z]+ ":" gap ">" marked { FOUND(TX, SURE); return; }
<PARTICLE> begin digit{10} " [" [^\]\n]+ "] " [A-Z]+ ":" { NOT_WIRE(SURE); return; }

logcat_time = @a ( ( digit{4} "-" )? two "-" two gap clock fraction? ) @b gap;
logcat = logcat_time? ( digit+ gap digit+ gap [VDIWEF] gap [^ \t\n:]+ blank* ":" | [VDIWEF] "/" [^\n(]* "(" blank* digit+ "):" );
<RIL> begin logcat gap ( [^\n<>]* ( blank | ":" ) )? "AT<" marked { FOUND(RX, SURE); return; }
<RIL> begin logcat gap ( [^\n<>]* ( blank | ":" ) )? "AT>" marked { FOUND(TX, SURE); return; }
<RIL> begin logcat                                      { NOT_WIRE(POSSIBLE); return; }

/* What stands before a line of the four forms that system logs may hold; their rules then begin behind it. */
<LOGGED> begin ( stamp gap )? ( host gap )? "chat[" digit+ "]:" blank? paint { FOUND(NONE, UNMISTAKABLE); return; }
<LOGGED> begin ( stamp gap )? ( program | logger )? paint { FOUND(NONE, POSSIBLE); return; }

<OFONO> [A-Z] [A-Za-z0-9]* ": < " { FOUND(RX, UNMISTAKABLE); return; }
<OFONO> [A-Z] [A-Za-z0-9]* ": > " { FOUND(TX, UNMISTAKABLE); return; }

/* pppd's chat: what it reads, and its own words. */
own_word = "abort on (" | "timeout set to " | "expect (" | " -- " | "alarm" | "Failed" | "report (" | "clear " | "saying " | "can't " | "warning: ";
<CHAT> own_word rest*             { NOT_WIRE(SURE); return; }
<CHAT> "send (" @x rest* @y ")"   { BETWEEN(TX, SURE); return; }
<CHAT> @x [^]                     { TAKE(RX, POSSIBLE, (const char *)x, end, LINE_RECORD); return; }

/* ModemManager's records: the last quote is missing where an older version has cut the record. */
level = "<" [a-z]+ ">" gap;
time  = "[" @a digit+ [.,] digit+ @b "]" gap;
where = ( "[" [^\]\n]* "]" gap )? ( [a-z_]+ "():" gap )?;
layer = "/" ( "at" | "qcdm" | "gps" | "serial" | "ppp" );
part  = [A-Za-z0-9_.:-]+;
port  = [[(] @m part @n layer? ( "]" | "):" );
under = "[" part "/" @m part @n layer "]";
<MODEMMANAGER> level? time? where port gap "<--" gap "'" { QUOTED(RX, UNMISTAKABLE); return; }
<MODEMMANAGER> level? time? where port gap "-->" gap "'" { QUOTED(TX, UNMISTAKABLE); return; }
<MODEMMANAGER> level? time? under gap "<--" gap "'"       { QUOTED(RX, UNMISTAKABLE); return; }
<MODEMMANAGER> level? time? under gap "-->" gap "'"       { QUOTED(TX, UNMISTAKABLE); return; }
<MODEMMANAGER> level                                      { NOT_WIRE(LIKELY); return; }

/* Scripts that print what they read as their language quotes it; mbed's AT handler. */
quote = [bu]? ["'];
<QUOTED> ( @m name_byte+ @n gap )? from_module gap quote { QUOTED(RX, UNMISTAKABLE); return; }
<QUOTED> ( @m name_byte+ @n gap )? from_host gap quote   { QUOTED(TX, UNMISTAKABLE); return; }
/* Alone they are somebody's only if the line ends in one too. */
closed = rest* ["'] [ \t\r]* "\n";
<QUOTED> ( digit+ " " )? quote / closed                  { QUOTED(NONE, LIKELY); return; }
<QUOTED> quote                                           { QUOTED(NONE, POSSIBLE); return; }
<QUOTED> "AT RX (" blank* digit+ "):" blank              { FOUND(RX, SURE); return; }
<QUOTED> "AT TX (" blank* digit+ "):" blank              { FOUND(TX, SURE); return; }

/* socat -v and -v -x: headers, the text of each chunk behind it. A header may end a line of text. */
chunk = " " @a digit{4} "/" two "/" two " " clock "." digit{9} @b "  length=" digit+ " from=" digit+ " to=" digit+ "\r"* "\n";
<SOCAT> @x rest* @y "<" chunk { HEADER(RX); return; }
<SOCAT> @x rest* @y ">" chunk { HEADER(TX); return; }
<SOCAT> "--" "\n"             { NOT_WIRE(POSSIBLE); return; }
<SOCAT_HEX> "<" chunk         { HEADER(RX); return; }
<SOCAT_HEX> ">" chunk         { HEADER(TX); return; }
<SOCAT_HEX> "--" "\n"         { NOT_WIRE(SURE); return; }
<SOCAT_HEX> @x ( " " hex{2} ){1,16} @y "  " rest* { BETWEEN(NONE, SURE); return; }

<*> [^] { return; }
*/
}
