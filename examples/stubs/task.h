/* SPDX-License-Identifier: MIT
 *
 * What the examples use of FreeRTOS, declared by us after its reference manual; not FreeRTOS. */
#ifndef STUBS_TASK_H
#define STUBS_TASK_H

#include "FreeRTOS.h"

TickType_t xTaskGetTickCount(void);

/* The example's own. */
void modem_task(void *parameters);

#endif
