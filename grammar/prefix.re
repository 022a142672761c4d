/* SPDX-License-Identifier: MIT
 *
 * The pieces of what stands before the text of a line, for forms that marks and system logs have: src/log/prefix/prefix.c puts them together.
 * Times are moment.re's. [docs/dialects.md, 2] */

/*!include:re2c "names.re" */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;
re2c:sentinel = 10;

digit = [0-9];
blank = [ \t];
gap   = blank+;
*/

/* Behind colours, and the carriage returns that terminals want. */
const char *prefix_skip_paint(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:paint
( "\x1b[" [0-9;?]* [A-Za-z] | "\r" )* { return CURSOR; }
*/
}

/* A program's name, alone or behind a host's name or address, as system logs have it; up to its colon. */
static size_t read_program(const char *at, enum program *program)
{
    PIECE_BEGIN(at);
/*!re2c:program
word = [A-Za-z] [A-Za-z0-9_.@/-]*;
host = word | digit+ [A-Za-z.] [A-Za-z0-9_.@/-]*;

( 'RX' | 'TX' ) ":"                                          { *program = PROGRAM_NONE_BUT_MARK; return LENGTH; }
host gap ( 'RX' | 'TX' ) ":"                                 { *program = PROGRAM_OR_MARK; return LENGTH; }
( host gap )? "chat[" digit+ "]:"                            { *program = PROGRAM_CHAT; return LENGTH; }
( host gap )? word "[" digit+ "]:" | host gap word ":"       { *program = PROGRAM; return LENGTH; }
*                                                            { *program = PROGRAM_NONE; return 0; }
*/
}

/* How much a line matters, in the words of Python's loggers and their like; the name before it. */
static size_t read_rank(const char *at, bool *alone)
{
    PIECE_BEGIN(at);
/*!local:re2c:rank
re2c:flags:nested-ifs = 1; /* which is shorter here */
rank                 { *alone = true; return LENGTH; }
"ERROR" | "CRITICAL" { *alone = false; return LENGTH; } /* ERROR alone may be the modem's */
*                    { return 0; }
*/
}

static size_t read_logger_name(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:logger_name
"- " [A-Za-z] [A-Za-z0-9_.@/-]* " - " { return LENGTH; }
*                                     { return 0; }
*/
}

/* A modem's name. */
static size_t read_name(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:name
name_byte+ { return LENGTH; }
*          { return 0; }
*/
}

/* Who speaks. */
size_t prefix_read_mark(const char *at, enum direction *direction)
{
    PIECE_BEGIN(at);
/*!re2c:mark
( "<" | "\xe2\x86\x90" | "<-" | "<--" | "<<" | "<=" | 'RX' | "[" 'RX' "]" | "(" 'RX' ")" ) ":"? { *direction = DIRECTION_RX; return LENGTH; }
( ">" | "\xe2\x86\x92" | "->" | "-->" | ">>" | "=>" | 'TX' | "[" 'TX' "]" | "(" 'TX' ")" ) ":"? { *direction = DIRECTION_TX; return LENGTH; }
*                                                                                               { return 0; }
*/
}
