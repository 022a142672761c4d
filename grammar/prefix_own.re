/* SPDX-License-Identifier: MIT
 *
 * The pieces of programs' own forms: src/log/prefix/prefix_own.c puts them together. [docs/dialects.md, 2] */

/*!re2c
re2c:yyfill:enable = 0;
re2c:define:YYCTYPE = "unsigned char";
re2c:flags:tags = 1;
re2c:sentinel = 10;

digit = [0-9];
two   = digit{2};
blank = [ \t];
gap   = blank+;
word  = [A-Za-z] [A-Za-z0-9_.@/-]*;
*/

/* SSCOM's words for sent and received, in UTF-8 and in GBK. */
static size_t read_sscom(const char *at, enum direction *direction)
{
    PIECE_BEGIN(at);
/*!re2c:sscom
"]" ( "\xe5\x8f\x91\xe2\x86\x92\xe2\x97\x87" | "\xb7\xa2\xa1\xfa\xa1\xf3" ) blank? { *direction = DIRECTION_TX; return LENGTH; }
"]" ( "\xe6\x94\xb6\xe2\x86\x90\xe2\x97\x86" | "\xca\xd5\xa1\xfb\xa1\xf4" ) blank? { *direction = DIRECTION_RX; return LENGTH; }
*                                                                                  { return 0; }
*/
}

static size_t read_qnavigator(const char *at, enum direction *direction)
{
    PIECE_BEGIN(at);
/*!re2c:qnavigator
"_S:]" blank? { *direction = DIRECTION_TX; return LENGTH; }
"_R:]" blank? { *direction = DIRECTION_RX; return LENGTH; }
*             { return 0; }
*/
}

/* Zephyr: the end of the time; level and module; the function. */
static size_t read_zephyr_time(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:zephyr_time
( "]" | "[" digit{8} "]" ) gap { return LENGTH; }
*                              { return 0; }
*/
}

static size_t read_zephyr_module(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:zephyr_module
"<" ( "dbg" | "inf" | "wrn" | "err" ) ">" gap word ":" gap { return LENGTH; }
*                                                          { return 0; }
*/
}

static size_t read_zephyr_function(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:zephyr_function
word ":" { return LENGTH; }
*        { return 0; }
*/
}

/* ESP-IDF: the level, and a count; the tag. */
static size_t read_esp_level(const char *at, struct bytes *count)
{
    PIECE_BEGIN(at);
    const unsigned char *a, *b;
/*!stags:re2c:esp_level format = "    const unsigned char *@@;\n"; */
/*!re2c:esp_level
[EWIDV] " " @a "(" digit+ @b ") " { *count = span(a, b); return count->length <= COUNT_SIZE ? LENGTH : 0; }
[EWIDV] " ("                      { *count = span(NULL, NULL); return LENGTH; }
*                                 { return 0; }
*/
}

static size_t read_esp_tag(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:esp_tag
[^ \t\r\n:]+ ":" { return LENGTH; }
*                { return 0; }
*/
}

/* Particle: the count, with what tells it from seconds since 1970, and who logs. */
static size_t read_particle(const char *at, struct bytes *count)
{
    PIECE_BEGIN(at);
    const unsigned char *a, *b;
/*!stags:re2c:particle format = "    const unsigned char *@@;\n"; */
/*!re2c:particle
@a digit{10} " [" @b [^\]\n]+ "] " [A-Z]+ ":" { *count = span(a, b); return LENGTH; }
*                                             { return 0; }
*/
}

/* logcat: the time, which no year follows; process, thread, level and tag, or level, tag and process. */
static size_t read_logcat_time(const char *at, struct bytes *time)
{
    PIECE_BEGIN(at);
    const unsigned char *b;
/*!stags:re2c:logcat_time format = "    const unsigned char *@@;\n"; */
/*!re2c:logcat_time
( digit{4} "-" )? two "-" two gap two ":" two ":" two ( [.,:] digit+ )? @b gap { *time = (struct bytes){at, (size_t)((const char *)b - at)}; return LENGTH; }
*                                                                                  { return 0; }
*/
}

static size_t read_logcat(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:logcat
digit+ gap digit+ gap [VDIWEF] gap [^ \t\n:]+ blank* ":" | [VDIWEF] "/" [^\n(]* "(" blank* digit+ "):" { return LENGTH; }
*                                                                                                      { return 0; }
*/
}

/* oFono: up to the mark. */
static size_t read_ofono(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:ofono
[A-Z] [A-Za-z0-9]* ": " { return LENGTH; }
*                       { return 0; }
*/
}

/* ModemManager: the level, the time, the file, and the port with its mark. */
static size_t read_manager_level(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:manager_level
"<" [a-z]+ ">" gap { return LENGTH; }
*                  { return 0; }
*/
}

static size_t read_manager_time(const char *at, struct bytes *time)
{
    PIECE_BEGIN(at);
    const unsigned char *b;
/*!stags:re2c:manager_time format = "    const unsigned char *@@;\n"; */
/*!re2c:manager_time
"[" digit+ [.,] digit+ @b "]" gap { *time = (struct bytes){at + 1, (size_t)((const char *)b - at - 1)}; return LENGTH; }
*                                 { return 0; }
*/
}

static size_t read_manager_file(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:manager_file
"[" [^\]\n]* "]" gap { return LENGTH; }
*                    { return 0; }
*/
}

static size_t read_manager_port(const char *at, struct bytes *modem)
{
    PIECE_BEGIN(at);
    const unsigned char *m, *n;
/*!stags:re2c:manager_port format = "    const unsigned char *@@;\n"; */
/*!re2c:manager_port
layer = "/" ( "at" | "qcdm" | "gps" | "serial" | "ppp" );
part  = [A-Za-z0-9_.:-]+;

( [a-z_]+ "():" gap )? [[(] @m part @n layer? ( "]" | "):" ) gap { *modem = span(m, n); return LENGTH; }
*                                                                { return 0; }
*/
}

/* Newer versions name the modem before the port, and no file. */
static size_t read_manager_device(const char *at, struct bytes *modem)
{
    PIECE_BEGIN(at);
    const unsigned char *m, *n;
/*!stags:re2c:manager_device format = "    const unsigned char *@@;\n"; */
/*!re2c:manager_device
"[" part "/" @m part @n layer "]" gap { *modem = span(m, n); return LENGTH; }
*                                     { return 0; }
*/
}

static size_t read_manager_mark(const char *at, enum direction *direction)
{
    PIECE_BEGIN(at);
/*!re2c:manager_mark
"<--" gap "'" { *direction = DIRECTION_RX; return LENGTH; }
"-->" gap "'" { *direction = DIRECTION_TX; return LENGTH; }
*             { return 0; }
*/
}

/* A quote, as scripts print texts; a number before it, as gammu has it. */
static size_t read_quote(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:quote
[bu]? ["'] { return LENGTH; }
*          { return 0; }
*/
}

static size_t read_number(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:number
digit+ " " { return LENGTH; }
*          { return 0; }
*/
}

/* mbed's AT handler. */
static size_t read_mbed(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:mbed
"AT " [RT] "X (" blank* digit+ "):" blank { return LENGTH; }
*                                         { return 0; }
*/
}

/* socat -v: the header of a chunk, behind its mark; a byte of -x. */
static size_t read_chunk(const char *at, struct bytes *time)
{
    PIECE_BEGIN(at);
    const unsigned char *a, *b;
/*!stags:re2c:chunk format = "    const unsigned char *@@;\n"; */
/*!re2c:chunk
" " @a [0-9/]+ " " [0-9:]+ "." digit+ @b "  length=" digit+ " from=" digit+ " to=" digit+ "\r"* "\n" { *time = span(a, b); return LENGTH; }
*                                                                                                    { return 0; }
*/
}

static size_t read_cell(const char *at)
{
    PIECE_BEGIN(at);
/*!re2c:cell
" " [0-9a-fA-F]{2} { return LENGTH; }
*                  { return 0; }
*/
}
