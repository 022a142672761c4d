/* SPDX-License-Identifier: MIT
 *
 * Parses one update of the manual PASSES times, in pieces of PIECE bytes: the instructions of two such programs with
 * different numbers of passes tell what a byte costs. */
#include <sbfota/sbfota.h>

static const char stream[] = {
#include "stream.inc"
};

int main(void)
{
    struct sbfota_parser parser;
    unsigned events = 0;
    sbfota_parser_init(&parser);
    for (unsigned pass = 0; pass < PASSES; pass++) {
        for (size_t at = 0; at < sizeof stream;) {
            struct sbfota_event event;
            const size_t rest = sizeof stream - at;
            at += sbfota_parse(&parser, stream + at, rest < PIECE ? rest : PIECE, &event);
            events += event.kind != SBFOTA_NONE;
        }
    }
    return events == 0 || events % PASSES != 0;
}
