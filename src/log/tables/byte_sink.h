/* SPDX-License-Identifier: MIT
 *
 * Where encoded bytes go. */
#ifndef SBFOTA_LOG_BYTE_SINK_H
#define SBFOTA_LOG_BYTE_SINK_H

#include <stddef.h>
#include <stdint.h>

struct byte_sink {
    void *context;
    void (*put)(void *context, const void *bytes, size_t length);
    uint64_t count; /* bytes so far */
};

static inline void byte_sink_put(struct byte_sink *sink, const void *bytes, size_t length)
{
    if (length == 0)
        return;
    sink->put(sink->context, bytes, length);
    sink->count += length;
}

#endif
