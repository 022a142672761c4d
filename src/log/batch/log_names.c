/* SPDX-License-Identifier: MIT */
#include "log/batch/log_names.h"

#include <stdlib.h>

struct log_names *log_names_make(void)
{
    struct log_names *const names = calloc(1, sizeof *names);
    if (names == NULL)
        return NULL;
    atomic_init(&names->users, 1);
    pthread_mutex_init(&names->lock, NULL);
    return names;
}

void log_names_share(struct log_names *names)
{
    atomic_fetch_add(&names->users, 1);
}

void log_names_release(struct log_names *names)
{
    if (names == NULL || atomic_fetch_sub(&names->users, 1) != 1)
        return;
    names_free(&names->modems);
    names_free(&names->files);
    pthread_mutex_destroy(&names->lock);
    free(names);
}
