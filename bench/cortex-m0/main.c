/* SPDX-License-Identifier: MIT
 *
 * The least program that parses and formats: what is linked for it is what the two cost. Linked, never run. */
#include <sbfota/sbfota.h>

volatile char port;

int main(void)
{
    struct sbfota_parser parser;
    sbfota_parser_init(&parser);
    for (bool more = true; more;) {
        const char byte = port;
        struct sbfota_event event;
        sbfota_parse(&parser, &byte, 1, &event);
        more = byte != 0 || sbfota_finish(&parser, &event);
        char text[SBFOTA_LINE_MAX];
        port = (char)sbfota_format(&event, NULL, SBFOTA_FORMAT_CANONICAL, text, sizeof text);
    }
    return 0;
}
