/* SPDX-License-Identifier: MIT
 *
 * Columns without the programs that read them: nulls, names, texts, pieces, and the arrays made of them. */
#include "log/tables/arrow_c.h"
#include "log/tables/columns.h"
#include "log/tables/parquet_delta.h"
#include "log/tables/parquet_runs.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum {
    NUMBER = 0,
    NAME,
    TEXT,
    WORD,
    SET,
    TIME,
    FLAG,
    FIELDS
};

static const char *word(unsigned number)
{
    static const char *const words[] = {NULL, "one", "two"};
    return number < 3 ? words[number] : NULL;
}

static const struct column_field list[FIELDS] = {
    [NUMBER] = {"number", NULL, COLUMN_INT32, 0}, [NAME] = {"name", NULL, COLUMN_NAME, 0},
    [TEXT] = {"text", NULL, COLUMN_TEXT, 0},      [WORD] = {"word", word, COLUMN_WORD, 3},
    [SET] = {"set", word, COLUMN_WORDS, 3},       [TIME] = {"time", NULL, COLUMN_TIME, 0},
    [FLAG] = {"flag", NULL, COLUMN_BOOL, 0},
};
static const struct column_fields all = {list, FIELDS};

static struct bytes bytes_of(const char *text)
{
    return (struct bytes){text, strlen(text)};
}

/* Rows 0, 3, 6 … have all fields, the others none. */
static void fill(struct columns *columns, unsigned rows)
{
    char name[16];
    bool zone;
    columns_make(columns, all, 0);
    for (unsigned i = 0; i < rows; i++) {
        if (i % 3 == 0) {
            snprintf(name, sizeof name, "name-%u", i % 10);
            columns_put_int32(columns, NUMBER, -(int32_t)i);
            columns_put_name(columns, NAME, bytes_of(name));
            columns_put_text(columns, TEXT, bytes_of(name), true);
            columns_put_byte(columns, WORD, 1 + i % 2);
            columns_put_words(columns, SET, 2U << i % 2);
            columns_put_time(columns, TIME, bytes_of("1970-01-01T00:00:01.000002Z"), &zone);
            columns_put_byte(columns, FLAG, i % 2);
        }
        columns_end_row(columns);
    }
}

static bool is_null(const struct ArrowArray *array, int64_t row)
{
    const uint8_t *const bits = array->buffers[0];
    return bits != NULL && (bits[row / 8] >> row % 8 & 1) == 0;
}

static struct bytes text_at(const struct ArrowArray *array, int64_t at)
{
    const int32_t *const ends = array->buffers[1];
    return (struct bytes){(const char *)array->buffers[2] + ends[at],
                          (size_t)(ends[at + 1] - ends[at])};
}

static void check_text(struct bytes text, const char *expected)
{
    cr_assert(text.length == strlen(expected) && memcmp(text.data, expected, text.length) == 0,
              "expected %s, got %.*s", expected, (int)text.length, text.data);
}

static void check_rows(const struct columns *columns, unsigned first, bool plain)
{
    struct ArrowArray array;
    cr_assert(arrow_array(columns, plain, &array));
    cr_assert_eq(array.n_children, FIELDS);
    for (unsigned i = 0; i < columns->rows; i++) {
        const unsigned number = first + i;
        char name[16];
        snprintf(name, sizeof name, "name-%u", number % 10);
        for (unsigned field = 0; field < FIELDS; field++)
            cr_assert_eq(is_null(array.children[field], i), number % 3 != 0, "row %u", number);
        if (number % 3 != 0)
            continue;
        cr_assert_eq(((const int32_t *)array.children[NUMBER]->buffers[1])[i], -(int32_t)number);
        check_text(text_at(array.children[TEXT], i), name);
        const struct ArrowArray *const names = array.children[NAME];
        check_text(plain ? text_at(names, i)
                         : text_at(names->dictionary, ((const int32_t *)names->buffers[1])[i]),
                   name);
        const struct ArrowArray *const words = array.children[WORD];
        check_text(plain ? text_at(words, i)
                         : text_at(words->dictionary, ((const int8_t *)words->buffers[1])[i]),
                   number % 2 ? "two" : "one");
        const int32_t *const ends = array.children[SET]->buffers[1];
        cr_assert_eq(ends[i + 1] - ends[i], 1);
        check_text(text_at(array.children[SET]->children[0], ends[i]), number % 2 ? "two" : "one");
        cr_assert_eq(((const int64_t *)array.children[TIME]->buffers[1])[i], 1000002);
        cr_assert_eq(((const uint8_t *)array.children[FLAG]->buffers[1])[i / 8] >> i % 8 & 1,
                     number % 2);
    }
    array.release(&array);
    cr_assert_null(array.release);
}

Test(columns, what_is_not_given_is_null)
{
    struct columns columns;
    fill(&columns, 5000);
    check_rows(&columns, 0, false);
    check_rows(&columns, 0, true);
    columns_free(&columns);
}

Test(columns, no_rows_are_arrays_too)
{
    struct columns columns;
    fill(&columns, 0);
    check_rows(&columns, 0, false);
    check_rows(&columns, 0, true);
    columns_free(&columns);
}

Test(columns, rows_in_pieces_are_the_same_rows)
{
    static const unsigned pieces[] = {1, 2, 7, 100, 4999};
    for (unsigned p = 0; p < 5; p++) {
        struct columns from, to;
        fill(&from, 5000);
        columns_make(&to, all, 0);
        for (unsigned at = 0; at < 5000; at += pieces[p])
            columns_append(&to, &from, at, at + pieces[p] < 5000 ? pieces[p] : 5000 - at);
        cr_assert_eq(to.rows, 5000);
        cr_assert_eq(to.weight, from.weight);
        check_rows(&to, 0, false);
        columns_free(&to);
        columns_free(&from);
    }
}

Test(columns, what_was_cleared_leaves_nothing)
{
    struct columns columns, more;
    fill(&columns, 100);
    fill(&more, 50);
    columns_clear(&columns);
    columns_append(&columns, &more, 20, 30);
    check_rows(&columns, 20, false);
    columns_free(&more);
    columns_free(&columns);
}

Test(columns, only_what_is_wanted)
{
    struct columns columns;
    struct ArrowArray array;
    struct ArrowSchema schema;
    columns_make(&columns, all, 1U << TEXT | 1U << SET);
    columns_put_int32(&columns, NUMBER, 1);
    columns_put_text(&columns, TEXT, bytes_of("t"), true);
    columns_end_row(&columns);
    cr_assert(arrow_array(&columns, false, &array) && arrow_schema(&columns, false, &schema));
    cr_assert_eq(array.n_children, 2);
    cr_assert_eq(schema.n_children, 2);
    cr_assert_str_eq(schema.children[0]->name, "text");
    cr_assert_str_eq(schema.children[1]->format, "+l");
    array.release(&array);
    schema.release(&schema);
    columns_free(&columns);
}

Test(columns, bytes_that_are_no_utf8_become_characters)
{
    struct columns columns;
    struct ArrowArray array;
    columns_make(&columns, all, 0);
    columns_put_text(&columns, TEXT, (struct bytes){"\xff\0z", 3}, false);
    columns_put_name(&columns, NAME, bytes_of("m\xe9"));
    columns_end_row(&columns);
    cr_assert(arrow_array(&columns, true, &array));
    cr_assert_eq(text_at(array.children[TEXT], 0).length, 4);
    cr_assert_eq(memcmp(text_at(array.children[TEXT], 0).data, "\xc3\xbf\0z", 4), 0);
    check_text(text_at(array.children[NAME], 0), "m\xc3\xa9");
    array.release(&array);
    columns_free(&columns);
}

Test(columns, a_child_outlives_its_parent)
{
    struct columns columns;
    struct ArrowArray array;
    fill(&columns, 10);
    cr_assert(arrow_array(&columns, false, &array));
    struct ArrowArray names = *array.children[NAME];
    array.children[NAME]->release = NULL;
    array.release(&array);
    columns_free(&columns);
    check_text(text_at(names.dictionary, 1), "name-3");
    names.release(&names);
}

Test(columns, rows_that_fit)
{
    struct columns columns;
    fill(&columns, 9);
    /* Each third row has a name and a text of six bytes. */
    cr_assert_eq(columns_fit(&columns, 0, 9, 36), 9);
    cr_assert_eq(columns_fit(&columns, 0, 9, 35), 6);
    cr_assert_eq(columns_fit(&columns, 0, 9, 11), 0);
    cr_assert_eq(columns_fit(&columns, 1, 9, 12), 5);
    columns_free(&columns);
}

Test(columns, times_need_a_date_and_a_zone)
{
    static const struct {
        const char *time;
        bool there;
        int64_t value;
    } cases[] = {
        {"1970-01-01T00:00:00Z", true, 0},
        {"1970-01-01T00:00:00.5Z", true, 500000},
        {"1970-01-01T00:00:00.123456789Z", true, 123456},
        {"1970-01-01T09:00:00.25+09:00", true, 250000},
        {"1969-12-31T23:59:59.999Z", true, -1000},
        {"1970-01-01T00:00:00", false, 0},
        {"1970-01-01T00:00:00.123456", false, 0},
        {"23:59:00", false, 0},
        {"yesterday", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct columns columns;
        bool zone;
        columns_make(&columns, all, 0);
        columns_put_time(&columns, TIME, bytes_of(cases[i].time), &zone);
        columns_end_row(&columns);
        cr_assert_eq(column_has(&columns.list[TIME], 0), cases[i].there, "%s", cases[i].time);
        if (cases[i].there)
            cr_assert_eq(((const int64_t *)columns.list[TIME].values)[0], cases[i].value, "%s",
                         cases[i].time);
        columns_free(&columns);
    }
}

static uint64_t read_bits(const char *bytes, size_t at, unsigned width)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < width; i++)
        value |= (uint64_t)((unsigned char)bytes[(at + i) / 8] >> (at + i) % 8 & 1) << i;
    return value;
}

static uint64_t read_varint(const char **next)
{
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const unsigned byte = (unsigned char)*(*next)++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
}

static uint64_t read_zigzag(const char **next)
{
    const uint64_t value = read_varint(next);
    return value >> 1 ^ (0 - (value & 1));
}

/* DELTA_BINARY_PACKED, as the Parquet format says it. */
static void check_deltas(const int64_t *values, size_t count, bool narrow)
{
    struct byte_buffer out = {.used = 0};
    parquet_put_integers(&out, values, count, narrow);
    const char *next = out.bytes;
    cr_assert_eq(read_varint(&next), 128);
    cr_assert_eq(read_varint(&next), 4);
    cr_assert_eq(read_varint(&next), count);
    uint64_t value = read_zigzag(&next);
    for (size_t at = 1; at < count; at += 128) {
        const uint64_t least = read_zigzag(&next);
        const char *const widths = next;
        next += 4;
        for (size_t i = 0; i < 128; i++) {
            const unsigned width = (unsigned char)widths[i / 32];
            cr_assert_leq(width, narrow ? 32U : 64U);
            if (at + i < count)
                cr_assert_eq(narrow ? (int64_t)(int32_t)value : (int64_t)value, values[at + i - 1]);
            const uint64_t delta = read_bits(next, i % 32 * width, width) + least;
            value = at + i < count ? value + delta : value;
            next += i % 32 == 31 ? 4 * (size_t)width : 0;
        }
    }
    if (count > 0)
        cr_assert_eq(narrow ? (int64_t)(int32_t)value : (int64_t)value, values[count - 1]);
    cr_assert_eq(next, out.bytes + out.used);
    free(out.bytes);
}

Test(parquet, differences_of_any_size_are_read_back)
{
    int64_t values[1000];
    for (unsigned bits = 0; bits < 64; bits++) {
        uint64_t random = 12345;
        for (size_t i = 0; i < 1000; i++) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            values[i] = (int64_t)(random >> (63 - bits));
        }
        for (size_t count = 0; count <= 1000; count += count < 260 ? 1 : 123)
            check_deltas(values, count, false);
        for (size_t i = 0; i < 1000; i++)
            values[i] = (int32_t)(uint32_t)values[i];
        check_deltas(values, 1000, true);
    }
    check_deltas((const int64_t[]){INT64_MIN, INT64_MAX, INT64_MIN, 0}, 4, false);
    check_deltas((const int64_t[]){INT32_MIN, INT32_MAX, INT32_MIN, 0}, 4, true);
}

/* Levels, as the Parquet format has runs and groups of eight. */
static void check_levels(const struct column *column, size_t rows)
{
    struct byte_buffer out = {.used = 0};
    parquet_put_validity(&out, column, rows);
    const char *next = out.bytes + 4;
    size_t row = 0;
    while (next < out.bytes + out.used) {
        const uint64_t head = read_varint(&next);
        const size_t count = head & 1 ? (size_t)(head >> 1) * 8 : (size_t)(head >> 1);
        for (size_t i = 0; i < count && row < rows; i++, row++) {
            const unsigned level = head & 1 ? (unsigned)read_bits(next, i, 1) : (unsigned)next[0];
            cr_assert_eq(level, column_has(column, row), "row %zu", row);
        }
        next += head & 1 ? count / 8 : 1;
    }
    cr_assert_eq(row, rows);
    cr_assert_eq(read_bits(out.bytes, 0, 32), out.used - 4);
    free(out.bytes);
}

Test(parquet, nulls_are_where_they_are)
{
    for (unsigned rows = 1; rows < 120; rows++) {
        for (unsigned begin = 0; begin <= rows; begin++) {
            struct columns columns;
            columns_make(&columns, all, 0);
            for (unsigned i = 0; i < rows; i++) {
                if (i >= begin && i < begin + 40)
                    columns_put_int32(&columns, NUMBER, 1);
                columns_end_row(&columns);
            }
            check_levels(&columns.list[NUMBER], rows);
            columns_free(&columns);
        }
    }
}
