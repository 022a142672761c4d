/* SPDX-License-Identifier: MIT
 *
 * Programs with a form of their own, one condition a form: prefix.h. [docs/dialects.md, 2] */

/*!include:re2c "prefix.re" */
/*!conditions:re2c*/

/* Of the forms that have one. */
#define OF_OWN(NAME)    [FORM_##NAME] = CONDITION_##NAME,
#define OF_FIELDS(NAME)
#define OF_OTHER(NAME)
#define FORM(NAME, name, READER, ESCAPES, FRAMING, LEARNED, summary, example) OF_##READER(NAME)
static const unsigned char conditions[FORM_COUNT] = {
#include "../grammar/forms.def"
};
#undef FORM
#undef OF_OWN
#undef OF_FIELDS
#undef OF_OTHER

/* From where a line begins, or behind the time in brackets that it begins with. */
static void read_own(enum form form, const char *begin, const char *end, struct line *line)
{
    READ(begin);
/*!stags:re2c format = "    const unsigned char *@@ = NULL;\n"; */
/*!re2c
re2c:define:YYGETCONDITION = "conditions[form]";
re2c:define:YYGETCONDITION:naked = 1;
re2c:condenumprefix = "CONDITION_";
re2c:condprefix = "form_";

<BRACKET> "]" blank? paint { FOUND(NONE, LIKELY); return; }

<QNAVIGATOR> "_S:]" blank? { FOUND(TX, SURE); return; }
<QNAVIGATOR> "_R:]" blank? { FOUND(RX, SURE); return; }

/* Sent and received in UTF-8 and in GBK. */
sent     = "\xe5\x8f\x91\xe2\x86\x92\xe2\x97\x87" | "\xb7\xa2\xa1\xfa\xa1\xf3";
received = "\xe6\x94\xb6\xe2\x86\x90\xe2\x97\x86" | "\xca\xd5\xa1\xfb\xa1\xf4";
<SSCOM> "]" sent blank? { FOUND(TX, SURE); return; }
<SSCOM> "]" received blank? { FOUND(RX, SURE); return; }

<ARDUINO> @a time_of_day @b gap "->" ( blank | "\r"* "\n" ) { FOUND(NONE, SURE); return; }

severity = "<" ( "dbg" | "inf" | "wrn" | "err" ) ">";
zephyr   = ( "]" | "[" digit{8} "]" ) gap paint severity gap;
<ZEPHYR> zephyr word ":" gap paint { FOUND(NONE, SURE); return; }
<ZEPHYR> zephyr word ":" gap word "received_command:" gap paint { LOSSY(); return; }

<ESP_IDF> [EWIDV] " " @a "(" digit{1,18} @b ") " [^ \t\r\n:]+ ":" ( blank paint | paint "\n" ) { FOUND(NONE, SURE); return; }
<ESP_IDF> [EWIDV] " (" @a time_of_day @b ") " [^ \t\r\n:]+ ":" ( blank paint | paint "\n" ) { FOUND(NONE, SURE); return; }

<PARTICLE> @a digit{10} " [" @b [^\]\n]+ "] " [A-Z]+ ":" gap "<" marked { FOUND(RX, SURE); return; }
<PARTICLE> @a digit{10} " [" @b [^\]\n]+ "] " [A-Z]+ ":" gap ">" marked { FOUND(TX, SURE); return; }
<PARTICLE> digit{10} " [" [^\]\n]+ "] " [A-Z]+ ":" { NOT_WIRE(SURE); return; }

logcat_time = @a ( ( digit{4} "-" )? two "-" two gap time_of_day ) @b gap;
logcat = logcat_time? ( digit+ gap digit+ gap [VDIWEF] gap [^ \t\n:]+ blank* ":" | [VDIWEF] "/" [^\n(]* "(" blank* digit+ "):" );
<RIL> logcat gap ( [^\n<>]* ( blank | ":" ) )? "AT<" marked { FOUND(RX, SURE); return; }
<RIL> logcat gap ( [^\n<>]* ( blank | ":" ) )? "AT>" marked { FOUND(TX, SURE); return; }
<RIL> logcat                                      { NOT_WIRE(POSSIBLE); return; }

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
chunk = " " @a [0-9/]+ " " [0-9:]+ "." digit+ @b "  length=" digit+ " from=" digit+ " to=" digit+ "\r"* "\n";
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
