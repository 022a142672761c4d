/* SPDX-License-Identifier: MIT */
#include "log/join/order_files.h"

/* What an order has, but for what is of its own file. */
static void hand_over(struct order *from, struct order *to)
{
    to->lines = from->lines;
    to->torn = from->torn;
    to->pending = from->pending;
    from->torn = NULL;
    from->pending = NULL;
}

/* The first block of a file takes over what the file before has left, if it goes on with the same log. */
static void take_over(struct log_order *log, struct log_file *place, struct order *order)
{
    if (!order->goes_on)
        return;
    order->goes_on = false;
    place->lines = log->carried.lines;
    place->offset = log->end;
    hand_over(&log->carried, order);
    order->lines += order->lacks_line;
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

void order_in_log(struct log_order *log, struct log_file *place, struct order *order,
                  struct finder *finder, struct block *block)
{
    struct log_events *const events = &finder->events;
    take_over(log, place, order);
    const uint64_t begin = place->offset;
    block->offset += begin;
    for (size_t i = 0; i < events->count; i++)
        events->list[i].message.offset += begin;
    if (finder->learn_from != FINDER_NOWHERE)
        finder->learn_from += begin;
    order_block(order, finder, block);
    if (finder->learn_from != FINDER_NOWHERE)
        finder->learn_from -= begin;
    const size_t size = block->size - (block->size > 0 && block->made_end);
    log->end = block->offset + (block->wide ? wide_length(block->data, size) : size) +
               block->dropped + block->dropped_end - block->foreign;
    place_in_files(block, log->end, events->list, events->count);
    if (block->last && block->goes_on)
        hand_over(order, &log->carried);
}
