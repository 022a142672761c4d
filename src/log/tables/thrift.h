/* SPDX-License-Identifier: MIT
 *
 * Thrift's compact protocol, as much as the metadata of Parquet needs. */
#ifndef SBFOTA_LOG_THRIFT_H
#define SBFOTA_LOG_THRIFT_H

#include "log/tables/byte_buffer.h"

enum {
    THRIFT_DEPTH = 8
};

enum thrift_type {
    THRIFT_TRUE = 1,
    THRIFT_INT32 = 5,
    THRIFT_INT64 = 6,
    THRIFT_BINARY = 8,
    THRIFT_LIST = 9,
    THRIFT_STRUCT = 12
};

/* Start with all zero: in a struct. */
struct thrift {
    struct byte_buffer buffer;
    int last[THRIFT_DEPTH]; /* field of each struct that is open */
    unsigned depth;
};

static inline void thrift_field(struct thrift *thrift, int field, enum thrift_type type)
{
    int *const last = &thrift->last[thrift->depth];
    byte_buffer_byte(&thrift->buffer, (unsigned)(field - *last) << 4 | type);
    *last = field;
}

/* A number without its field, as in a list. */
static inline void thrift_number(struct thrift *thrift, int64_t value)
{
    byte_buffer_varint(&thrift->buffer, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

static inline void thrift_int32(struct thrift *thrift, int field, int32_t value)
{
    thrift_field(thrift, field, THRIFT_INT32);
    thrift_number(thrift, value);
}

static inline void thrift_int64(struct thrift *thrift, int field, int64_t value)
{
    thrift_field(thrift, field, THRIFT_INT64);
    thrift_number(thrift, value);
}

static inline void thrift_text(struct thrift *thrift, const void *bytes, size_t length)
{
    byte_buffer_varint(&thrift->buffer, length);
    byte_buffer_put(&thrift->buffer, bytes, length);
}

static inline void thrift_binary(struct thrift *thrift, int field, const void *bytes, size_t length)
{
    thrift_field(thrift, field, THRIFT_BINARY);
    thrift_text(thrift, bytes, length);
}

/* What follows are the elements. */
static inline void thrift_list(struct thrift *thrift, int field, enum thrift_type type,
                               size_t count)
{
    thrift_field(thrift, field, THRIFT_LIST);
    byte_buffer_byte(&thrift->buffer, (count < 15 ? (unsigned)count : 15) << 4 | type);
    if (count >= 15)
        byte_buffer_varint(&thrift->buffer, count);
}

/* A struct of a list; thrift_end ends it. */
static inline void thrift_begin(struct thrift *thrift)
{
    thrift->last[++thrift->depth] = 0;
}

static inline void thrift_struct(struct thrift *thrift, int field)
{
    thrift_field(thrift, field, THRIFT_STRUCT);
    thrift_begin(thrift);
}

static inline void thrift_end(struct thrift *thrift)
{
    byte_buffer_byte(&thrift->buffer, 0);
    if (thrift->depth > 0)
        thrift->depth--;
}

#endif
