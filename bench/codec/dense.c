/* SPDX-License-Identifier: MIT */
#include "codec/dense.h"

#include <stdlib.h>

/* More than any message is long, and than is added once a stream is full. */
enum {
    MESSAGE_ROOM = 128,
    MARGIN = 1 << 16
};

bool dense_begin(struct dense *dense, const char *name, size_t size, size_t room)
{
    *dense = (struct dense){.dice = {1}, .size = size, .room = room};
    struct input *const input = &dense->input;
    input->name = name;
    input->bytes = malloc(size + MARGIN);
    input->events = malloc(room * sizeof *input->events);
    input->out_size = room * MESSAGE_ROOM;
    input->out = calloc(input->out_size, 1);
    return input->bytes != NULL && input->events != NULL && input->out != NULL;
}

void dense_add(struct dense *dense, const struct sbfota_event *event)
{
    struct input *const input = &dense->input;
    if (input->length + MESSAGE_ROOM > dense->size + MARGIN)
        abort();
    if (input->event_count < dense->room)
        input->events[input->event_count++] = *event;
    tally_add(&dense->truth, event->kind, (int64_t)event->value + event->extent);
    input->length += (size_t)sbfota_format(event, NULL, SBFOTA_FORMAT_OWN | SBFOTA_FORMAT_FRAMED,
                                           input->bytes + input->length, MESSAGE_ROOM);
}
