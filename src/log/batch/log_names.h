/* SPDX-License-Identifier: MIT
 *
 * The names that a log's batches tell, each once: who has a batch has its names, though the log is gone. */
#ifndef SBFOTA_LOG_LOG_NAMES_H
#define SBFOTA_LOG_LOG_NAMES_H

#include <pthread.h>
#include <stdatomic.h>

#include "log/text/names.h"

/* Names are added under the lock; what stands there stays where it is. */
struct log_names {
    atomic_uint users;
    pthread_mutex_t lock;
    struct names modems;
    struct names files;
};

/* For one user; NULL without memory. */
struct log_names *log_names_make(void);

/* Another user; one less. The last one frees them. */
void log_names_share(struct log_names *names);
void log_names_release(struct log_names *names);

#endif
