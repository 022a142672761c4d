/* SPDX-License-Identifier: MIT
 *
 * The files in directories. */
#ifndef SBFOTA_CAPTURE_FOLDERS_H
#define SBFOTA_CAPTURE_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Names of files. Start with all zero. */
struct file_list {
    char **names;
    size_t count;
    size_t capacity;
    uint64_t bytes; /* of those that are regular files */
};

/* Add a file; of a directory, with `recursive`, the regular files in it and below, in the order of their names. What cannot be
 * looked at is added too: opening it will say why. False without memory. */
bool file_list_add(struct file_list *list, const char *name, bool recursive);
void file_list_free(struct file_list *list);

#endif
