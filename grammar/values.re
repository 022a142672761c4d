/* SPDX-License-Identifier: MIT
 *
 * What stands in the fields of structured logs: src/capture/fields.c. */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:sentinel = 10;
*/

/* Are these the bytes of a text in hexadecimal digits? They begin as a message does, or end as one. */
static bool is_hexadecimal(struct bytes text)
{
    const unsigned char *YYCURSOR = (const unsigned char *)text.data;
    const unsigned char *const end = YYCURSOR + text.length;
    const unsigned char *YYMARKER;
/*!re2c
hex   = [0-9a-fA-F];
end   = "0" [aAdD];
byte  = end | "09" | [2-6] hex | "7" [0-9a-eA-E];
first = end | "2" [bB] | "4" [1-9a-fA-F] | "5" [0-9aA] | "6" [1-9a-fA-F] | "7" [0-9aA];
first ( " "? byte )+ | byte ( " "? byte )* " "? end { return YYCURSOR == end; }
* { return false; }
*/
}

/* How long a time is that begins here; 0 if none does. */
static size_t measure_time(const char *begin)
{
    const unsigned char *YYCURSOR = (const unsigned char *)begin;
    const unsigned char *YYMARKER;
/*!re2c
digit = [0-9];
two   = digit{2};
clock = two ":" two ":" two ( [.,] digit{1,9} )?;
zone  = " "? ( "Z" | [-+] two ":"? two | "UTC" | "GMT" | "JST" );
digit{4} [-/] two [-/] two [T ] clock zone? { return (size_t)((const char *)YYCURSOR - begin); }
[1-9] digit{9} ( digit{3} | digit{6} | digit{9} )? ( "." digit{1,9} )? { return (size_t)((const char *)YYCURSOR - begin); }
* { return 0; }
*/
}
