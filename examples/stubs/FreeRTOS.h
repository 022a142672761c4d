/* SPDX-License-Identifier: MIT
 *
 * What the examples use of FreeRTOS, declared by us after its reference manual; not FreeRTOS. */
#ifndef STUBS_FREERTOS_H
#define STUBS_FREERTOS_H

#include <stddef.h>
#include <stdint.h>

typedef uint32_t TickType_t;

#define configTICK_RATE_HZ 1000
#define pdMS_TO_TICKS(ms) ((TickType_t)((uint64_t)(ms)*configTICK_RATE_HZ / 1000))

#endif
