/* SPDX-License-Identifier: MIT
 *
 * The goto-driven parser: one state of the machine is one place in the code. For hosts. */
#include <string.h>

#include "actions.h"
#include "deliver.h"

/* The registers stay in memory on purpose: a machine has too few for them beside p, and a compiler that tries to keep them
 * there moves them about at every byte. Only the offset is made of p when it is asked for. */
#define OFFSET ((uint64_t)(uintptr_t)p + bias)
#define POSITION ((uint32_t)(OFFSET - parser->text))

#define SBFOTA_MACHINE_DATA
#include "parser_goto.inc"
#undef SBFOTA_MACHINE_DATA

uint16_t sbfota_start_state(void)
{
    return START_STATE;
}

const unsigned char *sbfota_run(struct sbfota_parser *parser, const unsigned char *p,
                                const unsigned char *pe, struct sbfota_event **event,
                                const struct sbfota_event *events_end)
{
    const uint64_t bias = parser->offset - (uint64_t)(uintptr_t)p;
    unsigned cs = parser->state;
    if (cs >= STATE_COUNT)
        cs = OTHER_STATE;

#include "parser_goto.inc"

deliver:
    sbfota_deliver(parser, OFFSET, *p, (*event)++);
    p++;
    cs = START_STATE;
    if (*event != events_end)
        goto start;

ended:
    parser->offset = OFFSET;
    parser->state = (uint16_t)cs;
    return p;
}
