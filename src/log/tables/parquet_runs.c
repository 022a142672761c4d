/* SPDX-License-Identifier: MIT */
#include "log/tables/parquet_runs.h"

/* How many of the numbers are the same. */
static size_t run_length(const uint32_t *numbers, size_t count)
{
    size_t run = 1;
    while (run < count && numbers[run] == numbers[0])
        run++;
    return run;
}

static bool are_alike(const uint32_t *numbers, size_t count)
{
    return numbers[0] == numbers[count - 1] && run_length(numbers, count) == count;
}

/* How many numbers stand before a run that is worth a count: a multiple of eight, or all. */
static size_t packed_length(const uint32_t *numbers, size_t count)
{
    size_t at = 0;
    while (at + 16 <= count && !are_alike(numbers + at, 16))
        at += 8;
    return at + 16 <= count ? at : count;
}

static void put_packed(struct byte_buffer *out, const uint32_t *numbers, size_t count,
                       unsigned width)
{
    const size_t groups = (count + 7) / 8;
    byte_buffer_varint(out, groups << 1 | 1);
    char *to = byte_buffer_add(out, groups * width);
    uint64_t bits = 0;
    unsigned have = 0;
    for (size_t i = 0; to != NULL && i < groups * 8; i++) {
        bits |= (uint64_t)(i < count ? numbers[i] : 0) << have;
        for (have += width; have >= 8; have -= 8, bits >>= 8)
            *to++ = (char)(bits & 0xff);
    }
}

void parquet_put_numbers(struct byte_buffer *out, const uint32_t *numbers, size_t count,
                         unsigned width)
{
    for (size_t at = 0; at < count;) {
        const size_t run = run_length(numbers + at, count - at);
        if (run >= 16 || at + run == count) {
            byte_buffer_varint(out, (uint64_t)run << 1);
            byte_buffer_number(out, numbers[at], (width + 7) / 8);
            at += run;
        } else {
            const size_t packed = packed_length(numbers + at, count - at);
            put_packed(out, numbers + at, packed, width);
            at += packed;
        }
    }
}

/* The length of what follows stands before it: its place, and what is put there. */
static size_t begin_length(struct byte_buffer *out)
{
    byte_buffer_number(out, 0, 4);
    return out->used;
}

static void end_length(struct byte_buffer *out, size_t begin)
{
    const size_t length = out->used - begin;
    for (unsigned i = 0; !out->no_memory && i < 4; i++)
        out->bytes[begin - 4 + i] = (char)(length >> 8 * i & 0xff);
}

void parquet_put_levels(struct byte_buffer *out, const uint32_t *levels, size_t count,
                        unsigned width)
{
    const size_t begin = begin_length(out);
    parquet_put_numbers(out, levels, count, width);
    end_length(out, begin);
}

/* Eight levels at once: 0 and 1 if all are that, 2 if not. */
static unsigned level_of_eight(const uint8_t *levels)
{
    uint64_t word;
    memcpy(&word, levels, sizeof word);
    return word == 0 ? 0 : word == UINT64_C(0x0101010101010101) ? 1 : 2;
}

void parquet_put_run(struct byte_buffer *out, size_t count, unsigned level)
{
    if (count == 0)
        return;
    byte_buffer_varint(out, (uint64_t)count << 1);
    byte_buffer_byte(out, level);
}

static void put_level_bits(struct byte_buffer *out, const uint8_t *levels, size_t count)
{
    const size_t bytes = (count + 7) / 8;
    if (count == 0)
        return;
    byte_buffer_varint(out, (uint64_t)bytes << 1 | 1);
    char *const to = byte_buffer_add(out, bytes);
    if (to != NULL)
        column_pack_bits(levels, count, (uint8_t *)to);
}

/* Levels of 0 and 1, eight at a time: runs where there are 16 alike or more, else a bit each. Only the last bits may be fewer than
 * eight, and only if no run is behind them. */
static void put_mixed_levels(struct byte_buffer *out, const uint8_t *levels, size_t count)
{
    size_t bits = 0; /* where those begin that are not written yet */
    size_t at = 0;
    while (at + 16 <= count) {
        const unsigned level = level_of_eight(levels + at);
        size_t end = at + 8;
        while (level != 2 && end + 8 <= count && level_of_eight(levels + end) == level)
            end += 8;
        if (level != 2 && end - at >= 16) {
            put_level_bits(out, levels + bits, at - bits);
            parquet_put_run(out, end - at, level);
            bits = end;
        }
        at = end;
    }
    put_level_bits(out, levels + bits, count - bits);
}

void parquet_put_validity(struct byte_buffer *out, const struct column *column, size_t rows)
{
    const size_t begin = begin_length(out);
    if (column->count == 0 || column->count == rows) {
        parquet_put_run(out, rows, column->count > 0);
    } else {
        /* How many nulls at the end have a place depends on how the rows came: none is looked at. */
        size_t used = column->rows;
        while (column->valid[used - 1] == 0)
            used--;
        /* A run may come only behind whole bytes of bits. */
        const size_t whole = used / 8 * 8;
        uint8_t last[8] = {0};
        memcpy(last, column->valid + whole, used - whole);
        const size_t end = rows - whole < 8 ? rows : whole + 8;
        put_mixed_levels(out, column->valid, whole);
        put_level_bits(out, last, end - whole);
        parquet_put_run(out, rows - end, 0);
    }
    end_length(out, begin);
}
