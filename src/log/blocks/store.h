/* SPDX-License-Identifier: MIT
 *
 * The bytes of blocks: memory that is shared by the blocks that were cut from it. */
#ifndef SBFOTA_LOG_STORE_H
#define SBFOTA_LOG_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

/* Memory of `size` bytes, with some more behind that may be read; NULL without memory. */
struct store *store_make(size_t size);

/* The same bytes in memory of `size` bytes; nobody else may use them. NULL without memory: then the store stays as it was. */
struct store *store_widen(struct store *store, size_t size);

char *store_bytes(struct store *store);

/* Another user; one less. The last one frees it. */
void store_share(struct store *store);
void store_release(struct store *store);

/* Does nobody else use it? */
bool store_is_own(const struct store *store);

#endif
