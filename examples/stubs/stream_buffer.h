/* SPDX-License-Identifier: MIT
 *
 * What the examples use of FreeRTOS, declared by us after its reference manual; not FreeRTOS. */
#ifndef STUBS_STREAM_BUFFER_H
#define STUBS_STREAM_BUFFER_H

#include "FreeRTOS.h"

typedef struct StreamBuffer *StreamBufferHandle_t;

size_t xStreamBufferReceive(StreamBufferHandle_t buffer, void *bytes, size_t capacity,
                            TickType_t wait);

#endif
