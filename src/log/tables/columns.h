/* SPDX-License-Identifier: MIT
 *
 * Records as columns: rows are added value by value, what is not given is null. Where the rows of one batch end does not depend on
 * how they came. From columns come Arrow (arrow_c.h, arrow_ipc.h) and Parquet (parquet.h). */
#ifndef SBFOTA_LOG_COLUMNS_H
#define SBFOTA_LOG_COLUMNS_H

#include "log/text/clock.h"
#include "log/text/names.h"

enum {
    COLUMNS_MOST = 32
};

/* What the values of a column are, and how they are kept. */
enum column_type {
    COLUMN_INT32,
    COLUMN_INT64,
    COLUMN_BOOL,  /* a byte, 0 or 1 */
    COLUMN_TIME,  /* int64_t: microseconds since 1970, UTC */
    COLUMN_WORD,  /* a byte: number of a word of a fixed list */
    COLUMN_WORDS, /* uint32_t: a set of such words, a bit each */
    COLUMN_NAME,  /* uint32_t: number in the column's own names */
    COLUMN_TEXT   /* uint32_t: its length */
};

struct column_field {
    const char *name;
    /* Of words, their text by number; NULL: there is no such one. */
    const char *(*word)(unsigned number);
    enum column_type type;
    unsigned words; /* one more than the greatest number */
};

/* The fields of a kind of records. */
struct column_fields {
    const struct column_field *list;
    unsigned count;
};

struct column {
    size_t rows;  /* that have a place; all behind them are null */
    size_t count; /* of them that are not null */
    size_t capacity;
    size_t width;   /* column_width */
    uint8_t *valid; /* of each row, 1 if it is not null */
    void *values;   /* as column_type says; of a null zero */
    char *bytes;    /* of texts */
    size_t used;
    size_t room;
    struct names names;
    uint32_t number;  /* of the name that was added last */
    const char *name; /* that name, if it stays where it is; NULL if not */
};

/* Make with columns_make, end with columns_free. */
struct columns {
    struct column_fields fields;
    uint64_t selected; /* a bit each; the others stay empty */
    size_t rows;
    uint64_t weight; /* bytes of texts and names in all rows */
    size_t expected; /* rows that there is room for at first; 0: not known */
    bool no_memory;  /* something is missing */
    struct clock_minute minute;
    char *scratch;
    size_t scratch_size;
    struct column list[COLUMNS_MOST];
};

/* `selected`: a bit for each field that is wanted; 0 for all. */
void columns_make(struct columns *columns, struct column_fields fields, uint64_t selected);

/* What columns_put_lasting was given may be gone: the same address may be another name. */
void columns_forget_lasting(struct columns *columns);

/* Forget all rows; most memory stays. */
void columns_clear(struct columns *columns);
void columns_free(struct columns *columns);

/* Rows of another one of the same fields, from `begin` on, behind those that are there. */
void columns_append(struct columns *columns, const struct columns *from, size_t begin,
                    size_t count);

/* Give every row a place in each column that has any value. False without memory. */
bool columns_complete(struct columns *columns);

/* How many rows from `begin` on, of `most`, have at most so many bytes of texts and names together. */
size_t columns_fit(const struct columns *columns, size_t begin, size_t most, uint64_t weight);

/* Is this value there? */
static inline bool column_has(const struct column *column, size_t row)
{
    return row < column->rows && column->valid[row] != 0;
}

/* How many fields are wanted. */
int64_t columns_selected_count(const struct columns *columns);

/* A bit for each byte, which is 0 or 1, the lowest first: all bits of (count + 7) / 8 bytes. */
void column_pack_bits(const uint8_t *bytes, size_t count, uint8_t *bits);

/* A value of the row at hand, which columns_end_row ends. No text, time or name: nothing. */
void columns_put_int32(struct columns *columns, unsigned field, int32_t value);
void columns_put_int64(struct columns *columns, unsigned field, int64_t value);
void columns_put_byte(struct columns *columns, unsigned field, unsigned value);
void columns_put_words(struct columns *columns, unsigned field, uint32_t set);
/* A text is UTF-8, or is made so: each byte of one that is not becomes a character from U+0000 to U+00FF. */
void columns_put_text(struct columns *columns, unsigned field, struct bytes text, bool utf8);
void columns_put_name(struct columns *columns, unsigned field, struct bytes name);
/* The same for a part of a text that is UTF-8 or not. */
void columns_put_part(struct columns *columns, unsigned field, struct bytes part, bool utf8);
/* The same for a name that stays where it is until the rows are cleared. */
void columns_put_lasting(struct columns *columns, unsigned field, const char *name);
/* A time as time_show shows it, if it tells date and zone; what it counts from. */
enum clock columns_put_time(struct columns *columns, unsigned field, struct bytes shown,
                            bool *zone);

/* The place of a value in the row at hand; NULL if the field is not wanted, and without memory. */
struct column *columns_place(struct columns *columns, unsigned field);

/* The places of the next rows, for who writes all their values. None of them is null, but where that is written too, and
 * counted off. NULL if the field is not wanted, and without memory. */
struct column *columns_span(struct columns *columns, unsigned field, size_t count);
/* The same, and all are null: what is written then is to be counted. */
struct column *columns_span_nulls(struct columns *columns, unsigned field, size_t count);
/* Room for bytes of texts of a column. */
bool columns_make_room(struct columns *columns, struct column *column, size_t length);
/* A name, as columns_put_lasting or columns_put_name has it, in all of them. */
void columns_fill_lasting(struct columns *columns, unsigned field, const char *name, size_t count);
void columns_fill_name(struct columns *columns, unsigned field, struct bytes name, size_t count);
/* Texts of `length` bytes each in all of them: where their bytes are written. */
char *columns_span_texts(struct columns *columns, unsigned field, size_t length, size_t count);

static inline void columns_end_row(struct columns *columns)
{
    columns->rows++;
}

#endif
