/* SPDX-License-Identifier: MIT
 *
 * What the forms of log files have in common: the pieces of what stands before the text of a line. [docs/dialects.md, 2] */

/*!include:re2c "names.re" */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;
re2c:sentinel = 10;

digit = [0-9];
hex   = [0-9a-fA-F];
blank = [ \t];
gap   = blank+;
rest  = [^\n];

/* Colours, and the carriage returns that terminals want. What a line begins with is skipped, and so is the time that stands first in
 * it, where a form has one: src/log/prefix.c. */
paint = ( "\x1b[" [0-9;?]* [A-Za-z] | "\r" )*;

/* Times that forms have of their own; all others are moment.re's. */
two         = digit{2};
clock       = two ":" two ":" two;
time_of_day = clock ( [.,:] digit{1,9} )?;

/* A program's name, alone or behind a host's name or address, as system logs have it. */
word    = [A-Za-z] [A-Za-z0-9_.@/-]*;
host    = word | digit+ [A-Za-z.] [A-Za-z0-9_.@/-]*;
program = ( host gap )? word "[" digit+ "]:" blank? | host gap word ":" blank?;
speaker = ( host gap )? word "[" digit+ "]:" gap | host gap word ":" gap;

ranks   = rank | "ERROR" | "CRITICAL";
logger  = "- " word " - " ranks " - " | rank ":"? gap | "[" ranks "]" gap;

/* Who speaks. */
from_module = ( "<" | "\xe2\x86\x90" | "<-" | "<--" | "<<" | "<=" | 'RX' | "[" 'RX' "]" | "(" 'RX' ")" ) ":"?;
from_host   = ( ">" | "\xe2\x86\x92" | "->" | "-->" | ">>" | "=>" | 'TX' | "[" 'TX' "]" | "(" 'TX' ")" ) ":"?;
modem       = "["? @m name_byte+ @n "]"?;
/* The text behind a mark: a blank between, or nothing at all. */
marked      = gap paint | "\r"* "\n";
*/
