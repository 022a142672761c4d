/* SPDX-License-Identifier: MIT
 *
 * A file of metrics in Prometheus' text format, for the textfile collector of node_exporter. */
#ifndef SBFOTA_CLI_WATCH_METRICS_H
#define SBFOTA_CLI_WATCH_METRICS_H

#include "watch.h"

/* May the file be replaced? A device or a pipe must not; else that is told. NULL may. */
bool metrics_check(const char *path);

/* Write them, whole or not at all. What goes wrong is told once. */
void metrics_write(struct watch *watch, const char *path, int64_t now);

/* The metrics themselves. */
void metrics_put(const struct watch *watch, struct writer *writer, int64_t now);

#endif
