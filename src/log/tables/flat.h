/* SPDX-License-Identifier: MIT
 *
 * FlatBuffers, as much as Arrow's messages need. They are written from their end to their begin: what is referred to first, a place being
 * told by how many bytes stand behind it. */
#ifndef SBFOTA_LOG_FLAT_H
#define SBFOTA_LOG_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FLAT_FIELDS = 8 /* that a table has at most */
};

/* Start with all zero; end with flat_free. */
struct flat {
    char *bytes; /* they stand at the end of it */
    size_t size;
    size_t used;
    uint32_t fields[FLAT_FIELDS]; /* of the table at hand: where each is, 0 if it is not there */
    size_t table;                 /* where it ends */
    bool no_memory;
};

void flat_free(struct flat *flat);

/* What is written before it, so that a message can begin. */
const char *flat_begin(const struct flat *flat);

/* Things to refer to. */
uint32_t flat_string(struct flat *flat, const char *string);
uint32_t flat_places(struct flat *flat, const uint32_t *places, uint32_t count);
/* Structs of two int64. */
uint32_t flat_pairs(struct flat *flat, const int64_t (*pairs)[2], uint32_t count);

/* A table: begin it, give its fields by their numbers, end it. In between nothing else is written. */
void flat_table(struct flat *flat);
void flat_field(struct flat *flat, unsigned field, int64_t value, unsigned size);
void flat_reference(struct flat *flat, unsigned field, uint32_t place);
uint32_t flat_table_end(struct flat *flat, unsigned fields);

/* The end: what the whole begins with refers to the root, and all of it is a multiple of 8 bytes. */
void flat_root(struct flat *flat, uint32_t place);

#endif
