/* SPDX-License-Identifier: MIT
 *
 * What the names of files say. */
#ifndef SBFOTA_LOG_FILE_NAME_H
#define SBFOTA_LOG_FILE_NAME_H

#include <stdbool.h>

#include "log/text/record.h"

/* How a file says that it has been put away, the oldest last written first. */
enum file_age {
    FILE_NUMBERED = 0, /* the greater the number, the older */
    FILE_DATED,
    FILE_OLD,
    FILE_PLAIN /* it does not: the log is written to it */
};

/* A file's name without folders, and without what says that it is compressed. */
struct file_name {
    struct bytes stem;   /* of the log's name, */
    struct bytes ending; /* and what stands behind the age in it; mostly nothing */
    struct bytes age;    /* number or time */
    enum file_age kind;
    bool
        sure; /* else it has been put away only if a file with the log's own name is there: 10.0.0.7.log is not */
};

/* Take a name apart, which lives as long as the parts. */
struct file_name file_name_read(const char *file);

/* The file's own name, behind the folders. */
const char *file_name_own(const char *file);

/* Which of two files of one log comes first: less than 0, 0, more than 0. */
int file_name_compare(const struct file_name *first, const struct file_name *second);

/* The modem that a log is named after: the file's name without folders and ending, and without what says that it is compressed
 * or has been put away. It is a part of `file`. */
struct bytes file_name_modem(const char *file);

#endif
