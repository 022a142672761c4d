/* SPDX-License-Identifier: MIT
 *
 * What the example uses of Zephyr's kernel, declared by us after its documentation; not Zephyr. */
#ifndef STUBS_ZEPHYR_KERNEL_H
#define STUBS_ZEPHYR_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
	int64_t ticks;
} k_timeout_t;

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define K_NO_WAIT ((k_timeout_t){0})
#define K_MSEC(ms) ((k_timeout_t){(int64_t)(ms)})

struct k_work {
	void (*handler)(struct k_work *work);
};

struct k_work_delayable {
	struct k_work work;
};

#define K_WORK_DELAYABLE_DEFINE(name, function) \
	static struct k_work_delayable name = {{function}}

int k_work_reschedule(struct k_work_delayable *work, k_timeout_t delay);
int64_t k_uptime_get(void);

/* The application's. */
bool app_tasks_stopped(void);
void app_allow_power_cut(bool allowed);

#endif
