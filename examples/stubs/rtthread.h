/* SPDX-License-Identifier: MIT
 *
 * What the example uses of RT-Thread, declared by us after its documentation; not RT-Thread. */
#ifndef STUBS_RTTHREAD_H
#define STUBS_RTTHREAD_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t rt_int32_t;
typedef uint32_t rt_uint32_t, rt_tick_t;
typedef size_t rt_size_t;
typedef struct rt_mutex *rt_mutex_t;

#define RT_NULL NULL
#define RT_EOK 0
#define RT_ERROR 1
#define RT_ETIMEOUT 2
#define RT_WAITING_FOREVER (-1)
#define RT_IPC_FLAG_PRIO 1

rt_tick_t rt_tick_get_millisecond(void);
rt_tick_t rt_tick_from_millisecond(rt_int32_t milliseconds);
int rt_thread_mdelay(rt_int32_t milliseconds);
rt_mutex_t rt_mutex_create(const char *name, uint8_t flag);
int rt_mutex_take(rt_mutex_t mutex, rt_int32_t timeout);
int rt_mutex_release(rt_mutex_t mutex);

#endif
