/* SPDX-License-Identifier: MIT
 *
 * A gzip file, to its last whole byte even if it is cut short or damaged: libarchive loses what it
 * has not yet given. */
#ifndef SBFOTA_CAPTURE_GUNZIP_H
#define SBFOTA_CAPTURE_GUNZIP_H

#include <stddef.h>

struct gunzip;

/* Where its bytes come from: as read(2), but -1 has been told already. */
typedef ptrdiff_t gunzip_source(void *context, void *bytes, size_t length);

/* Begin; `head` is what has been read of the file so far, no more than 64 KiB. NULL without
 * memory. */
struct gunzip *gunzip_open(const void *head, size_t length);
void gunzip_close(struct gunzip *gunzip);

/* Read, from several files one behind the other too. The number of bytes, 0 at the end, -1 if it
 * does not go on; then *why says why, or is NULL if the source could not be read. */
ptrdiff_t gunzip_read(struct gunzip *gunzip, gunzip_source *source, void *context, void *bytes,
                      size_t length, const char **why);

#endif
