/* SPDX-License-Identifier: MIT
 *
 * The files in a tar or zip archive, one after the other. */
#ifndef SBFOTA_LOG_MEMBER_H
#define SBFOTA_LOG_MEMBER_H

#include "log/input/unpack.h"

enum archive_kind {
    ARCHIVE_NONE = 0,
    ARCHIVE_STORED,    /* as tar */
    ARCHIVE_COMPRESSED /* as zip */
};

/* What a file is that begins so. */
enum archive_kind archive_find(const char *head, size_t length);

enum member_result {
    MEMBER_READY,
    MEMBER_SKIPPED, /* something that is no file */
    MEMBER_END,
    MEMBER_FAILED
};

/* Begin with an archive whose bytes come from the source. NULL without memory. */
struct member *member_open(unpack_source *source, void *context);
void member_close(struct member *member);

/* Go on to the next file. Its name begins with `outer`, the archive's. If something is skipped or fails, *why says why; it is NULL
 * if the source could not be read. */
enum member_result member_next(struct member *member, const char *outer, const char **why);

/* The bytes of the file: as unpack_read. */
ptrdiff_t member_read(struct member *member, void *bytes, size_t length, const char **why);

/* The name of the file at hand, and where in it that without the archive's begins; NULL if there is none. */
const char *member_name(const struct member *member, size_t *own);

#endif
