/* SPDX-License-Identifier: MIT
 *
 * The files in directories. */
#ifndef SBFOTA_LOG_FOLDERS_H
#define SBFOTA_LOG_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "log/input/log_file.h"
#include "log/text/names.h"

/* Files to read. Start with all zero. */
struct file_list {
    struct log_file *files;
    size_t count;
    size_t capacity;
    uint64_t bytes;     /* of those that are regular files */
    struct names known; /* devices and numbers of what has been found in directories, or named */
    /* What is being written, and what it will replace: not to be read where they stand in a
     * directory. */
    struct file_identity {
        bool known;
        bool own; /* nobody else's, and nobody else's business */
        dev_t device;
        ino_t number;
    } written[2];
};

/* Add a file; of a directory, with `recursive`, the regular files in it and below, in the order of their names. Links are
 * followed; what has been found before is skipped, so that nothing is read twice and nothing goes round. What is skipped is in the
 * list too, and what cannot be looked at: opening it will say why. False without memory. */
bool file_list_add(struct file_list *list, const char *name, bool recursive);

/* Say what is being written: `fd`, which will replace the file `name` if that is not NULL. */
void file_list_leave_out(struct file_list *list, int fd, const char *name);

void file_list_free(struct file_list *list);

#endif
