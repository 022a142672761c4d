/* SPDX-License-Identifier: MIT
 *
 * A compressed file, to its last whole byte even if it is cut short or damaged; several one behind another are one. */
#ifndef SBFOTA_LOG_UNPACK_H
#define SBFOTA_LOG_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a build does not unpack what others can. */
#define UNPACK_LACKS "this build does not unpack it"

struct codec;
struct unpack;

/* Where its bytes come from: as read(2), but -1 has been told already. */
typedef ptrdiff_t unpack_source(void *context, void *bytes, size_t length);

/* Go back to that place of the source. False if that cannot be. */
typedef bool unpack_rewind(void *context, uint64_t place);

/* Begin. With `rewind`, NULL if there is none, a fast codec may read, which takes less care of what is damaged: then the codec itself
 * reads again, from the beginning of the compressed stream that is, so that both tell the same. NULL without memory. */
struct unpack *unpack_open(const struct codec *codec, unpack_rewind *rewind);
void unpack_close(struct unpack *unpack);

/* Read. The number of bytes, 0 at the end, -1 if it does not go on; then *why says why, or is NULL if the source could not be
 * read. */
ptrdiff_t unpack_read(struct unpack *unpack, unpack_source *source, void *context, void *bytes,
                      size_t length, const char **why);

#endif
