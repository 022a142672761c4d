/* SPDX-License-Identifier: MIT */
#include "log/batch/log_handle.h"

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

static uint32_t count_names(const struct sbfota_log *log, const struct names *names)
{
    pthread_mutex_lock(&log->names->lock);
    const uint32_t count = names->count;
    pthread_mutex_unlock(&log->names->lock);
    return count;
}

uint32_t sbfota_log_modem_count(const struct sbfota_log *log)
{
    return count_names(log, &log->names->modems);
}

uint32_t sbfota_log_file_count(const struct sbfota_log *log)
{
    return count_names(log, &log->names->files);
}

static const char *find_name(const struct sbfota_log *log, const struct names *names,
                             uint32_t number, size_t *length)
{
    struct bytes name = {NULL, 0};
    pthread_mutex_lock(&log->names->lock);
    if (number < names->count)
        name = names_text(names, number);
    pthread_mutex_unlock(&log->names->lock);
    *length = name.length;
    return name.data;
}

const char *sbfota_log_modem_name(const struct sbfota_log *log, uint32_t number, size_t *length)
{
    return find_name(log, &log->names->modems, number, length);
}

const char *sbfota_log_file_name(const struct sbfota_log *log, uint32_t number, size_t *length)
{
    return find_name(log, &log->names->files, number, length);
}
