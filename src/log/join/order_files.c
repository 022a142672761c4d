/* SPDX-License-Identifier: MIT */
#include "log/join/order_files.h"

/* The first block of a file takes over what the file before has left, if it goes on with the same log. */
static void take_over(struct source *source, struct source *carried, uint64_t offset)
{
    if (!source->goes_on)
        return;
    source->goes_on = false;
    source->torn = carried->torn;
    source->pending = carried->pending;
    source->lines = carried->lines + source->lacks_line;
    source->place->lines = carried->lines;
    source->place->offset = offset;
    carried->torn = NULL;
    carried->pending = NULL;
}

static void leave(struct source *source, struct source *carried)
{
    carried->torn = source->torn;
    carried->pending = source->pending;
    carried->lines = source->lines;
    source->torn = NULL;
    source->pending = NULL;
}

/* From places in a log to those in the file that each is in. The block's file ends at `end`, if a line goes over that. */
static void place_in_files(struct block *block, uint64_t end, struct log_event *events,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct log_event *const event = &events[i];
        const struct log_file *place = block->place;
        event->files_before = 0;
        while (event->earlier && event->message.offset < place->offset &&
               event->files_before < INT16_MAX) {
            event->files_before++;
            place--;
        }
        /* Of a line that goes over the border, the text alone. */
        if (block->foreign > 0 && event->message.offset >= end) {
            event->earlier = true;
            event->files_before = -1;
            event->earlier_line = 1;
            event->message.offset -= end;
            continue;
        }
        event->message.offset -= place->offset;
        /* The end of a line that began in the file before is on line 1, though that counts there. */
        if (event->earlier)
            event->earlier_line -=
                event->earlier_line > place->lines ? place->lines : event->earlier_line - 1;
    }
    block->offset -= block->place->offset;
    block->line -= block->place->lines;
}

void order_in_log(struct log_order *order, struct finder *finder, struct block *block)
{
    struct source *const source = block->source;
    struct log_events *const events = &finder->events;
    take_over(source, &order->carried, order->end);
    const uint64_t begin = block->place->offset;
    block->offset += begin;
    for (size_t i = 0; i < events->count; i++)
        events->list[i].message.offset += begin;
    if (finder->learn_from != FINDER_NOWHERE)
        finder->learn_from += begin;
    order_block(finder, block);
    if (finder->learn_from != FINDER_NOWHERE)
        finder->learn_from -= begin;
    const size_t size = block->size - (block->size > 0 && block->made_end);
    order->end = block->offset + (block->wide ? wide_length(block->data, size) : size) +
                 block->dropped + block->dropped_end - block->foreign;
    place_in_files(block, order->end, events->list, events->count);
    if (block->last && block->goes_on)
        leave(source, &order->carried);
}
