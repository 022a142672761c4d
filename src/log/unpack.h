/* SPDX-License-Identifier: MIT
 *
 * A compressed file, to its last whole byte even if it is cut short or damaged; several one behind another are one. */
#ifndef SBFOTA_LOG_UNPACK_H
#define SBFOTA_LOG_UNPACK_H

#include <stddef.h>

struct codec;
struct unpack;

/* Where its bytes come from: as read(2), but -1 has been told already. */
typedef ptrdiff_t unpack_source(void *context, void *bytes, size_t length);

/* Begin. NULL without memory. */
struct unpack *unpack_open(const struct codec *codec);
void unpack_close(struct unpack *unpack);

/* Read. The number of bytes, 0 at the end, -1 if it does not go on; then *why says why, or is NULL if the source could not be
 * read. */
ptrdiff_t unpack_read(struct unpack *unpack, unpack_source *source, void *context, void *bytes,
                      size_t length, const char **why);

#endif
