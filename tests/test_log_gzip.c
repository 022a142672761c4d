/* SPDX-License-Identifier: MIT
 *
 * Gzip files that can be read again, by ISA-L where there is one, beside the same by zlib alone: the same bytes and the same judgement in
 * the same words, of what is sound, cut or damaged, whatever the pieces. SBFOTA_ROUNDS is how many files are damaged. */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "log/input/codec.h"
#include "log/input/unpack.h"

enum {
    PLAIN_MAX = 300000,
    PACKED_MAX = 4 * PLAIN_MAX
};

static unsigned char plain[PLAIN_MAX], packed[PACKED_MAX], got[2][4 * PLAIN_MAX];
static uint64_t seed = 1;

static unsigned draw(unsigned below)
{
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(seed >> 33) % below;
}

/* Repeats near and far, runs, and noise. */
static size_t write_plain(size_t length)
{
    size_t have = 0;
    while (have < length) {
        size_t piece = 1 + draw(400);
        const unsigned kind = draw(4);
        const size_t back = have == 0 ? 0 : 1 + draw(have < 32768 ? (unsigned)have : 32768);
        for (; piece > 0 && have < length; piece--, have++)
            plain[have] = kind == 0               ? (unsigned char)draw(256)
                          : kind == 1 && back > 0 ? plain[have - back]
                          : kind == 2             ? 'x'
                                                  : (unsigned char)('a' + draw(20));
    }
    return length;
}

enum {
    EXTRA = 1,
    NAME = 2,
    COMMENT = 4,
    HEADER_SUM = 8,
    ALL_FIELDS = 15
};

/* A stream at that place of `packed`: its length. */
static size_t pack(size_t place, size_t length, int level, int window, int strategy,
                   unsigned fields)
{
    static unsigned char extra[700];
    gz_header header = {.extra = fields & EXTRA ? extra : NULL,
                        .extra_len = sizeof extra,
                        .name = fields & NAME ? (Bytef *)"name" : NULL,
                        .comment = fields & COMMENT ? (Bytef *)"comment" : NULL,
                        .hcrc = (fields & HEADER_SUM) != 0};
    z_stream stream = {0};
    cr_assert_eq(deflateInit2(&stream, level, Z_DEFLATED, 16 + window, 1 + (int)draw(9), strategy),
                 Z_OK);
    if (fields != 0)
        deflateSetHeader(&stream, &header);
    stream.next_in = plain;
    stream.avail_in = (uInt)(length / 2);
    stream.next_out = packed + place;
    stream.avail_out = (uInt)(sizeof packed - place);
    deflate(&stream, draw(2) == 0 ? Z_FULL_FLUSH : Z_NO_FLUSH);
    stream.avail_in += (uInt)(length - length / 2);
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    const size_t count = stream.total_out;
    deflateEnd(&stream);
    return count;
}

struct bytes {
    size_t next, end, piece;
};

static ptrdiff_t give(void *context, void *bytes, size_t length)
{
    struct bytes *const from = context;
    const size_t left = from->end - from->next;
    size_t piece = from->piece < length ? from->piece : length;
    piece = piece < left ? piece : left;
    memcpy(bytes, packed + from->next, piece);
    from->next += piece;
    return (ptrdiff_t)piece;
}

static bool go_back(void *context, uint64_t place)
{
    struct bytes *const from = context;
    cr_assert(place <= from->next);
    from->next = (size_t)place;
    return true;
}

struct result {
    size_t count;
    char why[200];
};

static struct result unpack(unpack_rewind *rewind, size_t length, size_t in, size_t out,
                            unsigned char *to)
{
    struct bytes from = {0, length, in};
    struct unpack *const unpacked = unpack_open(codec_find("\x1f\x8b\x08", 3), rewind);
    struct result result = {0, ""};
    const char *why = NULL;
    ptrdiff_t count = 1;
    while (result.count < sizeof got[0] && count > 0) {
        const size_t room = sizeof got[0] - result.count;
        count =
            unpack_read(unpacked, give, &from, to + result.count, out < room ? out : room, &why);
        result.count += count > 0 ? (size_t)count : 0;
    }
    if (count < 0)
        snprintf(result.why, sizeof result.why, "%s", why);
    unpack_close(unpacked);
    return result;
}

/* Codes with words to spare: zlib refuses them, ISA-L reads on. */
static int is_spare(const char *why)
{
    return strcmp(why, "gzip: invalid code lengths set") == 0 ||
           strcmp(why, "gzip: invalid literal/lengths set") == 0 ||
           strcmp(why, "gzip: invalid distances set") == 0 ||
           strcmp(why, "gzip: invalid code -- missing end-of-block") == 0;
}

static unsigned further; /* files of which ISA-L gave more */

static void compare(const char *name, size_t length, size_t in, size_t out)
{
    const struct result fast = unpack(go_back, length, in, out, got[0]);
    const struct result own = unpack(NULL, length, in, out, got[1]);
    cr_assert(memcmp(got[0], got[1], fast.count < own.count ? fast.count : own.count) == 0,
              "%s: %zu by %zu, %zu: other bytes", name, length, in, out);
    if ((is_spare(own.why) || is_spare(fast.why)) && fast.count > own.count) {
        further++;
        return;
    }
    cr_assert(fast.count == own.count && strcmp(fast.why, own.why) == 0,
              "%s: %zu by %zu, %zu: %zu bytes \"%s\", not %zu \"%s\"", name, length, in, out,
              fast.count, fast.why, own.count, own.why);
}

static const size_t pieces[] = {1, 2, 7, 1000, 65536};

/* One to three streams, some of them empty, with any fields in their headers. */
static size_t pack_file(int round)
{
    size_t count = 0;
    for (unsigned streams = 1 + draw(3); streams > 0; streams--) {
        const size_t length = write_plain(draw(5) == 0 ? 0 : draw(round % 16 == 0 ? 100000 : 4000));
        count += pack(count, length, round % 10, 9 + (int)draw(7), (int)draw(5),
                      draw(2) == 0 ? 0 : draw(ALL_FIELDS + 1));
    }
    return count;
}

Test(gzip, sound)
{
    for (int round = 0; round < 200; round++) {
        size_t count = pack_file(round);
        if (draw(3) == 0) { /* a block of a tape */
            memset(packed + count, 0, 9);
            count += 9;
        }
        compare("sound", count, pieces[draw(5)], pieces[draw(5)]);
        compare("sound, at once", count, 65536, 65536);
    }
}

Test(gzip, cut_anywhere)
{
    for (int level = 0; level < 10; level += 3) {
        const size_t first = pack(0, write_plain(100), level, 15, 0, ALL_FIELDS);
        const size_t count =
            first + pack(first, write_plain(1500), level, 15, level == 9 ? Z_FIXED : 0, ALL_FIELDS);
        for (size_t cut = 0; cut < count; cut++)
            compare("cut", cut, pieces[cut % 5], pieces[cut / 5 % 5]);
    }
}

Test(gzip, wrong_sum_and_length)
{
    for (unsigned behind = 1; behind <= 8; behind++) {
        const size_t first = pack(0, write_plain(500), 6, 15, 0, 0);
        const size_t count = first + pack(first, write_plain(500), 6, 15, 0, 0);
        packed[first - behind] ^= 1;
        compare("first", count, 1000, 1000);
        packed[first - behind] ^= 1;
        packed[count - behind] ^= 1;
        compare("second", count, 1000, 1000);
    }
}

static size_t damage(size_t count, unsigned kind)
{
    const size_t place = 3 + draw((unsigned)count - 3);
    const size_t length = 1 + draw(20);
    switch (kind) {
    case 0: packed[place] ^= (unsigned char)(1U << draw(8)); return count;
    case 1: packed[place] = (unsigned char)draw(256); return count;
    case 2: /* a part is missing */
        if (place + length >= count)
            return place;
        memmove(packed + place, packed + place + length, count - place - length);
        return count - length;
    case 3: /* a part is there twice */
        memmove(packed + place + length, packed + place, count - place);
        return count + length;
    case 4: /* zeros, as of a block that was never written */
        memset(packed + place, 0, place + 512 < count ? 512 : count - place);
        return count;
    case 5: /* something behind */
        for (size_t i = 0; i < length; i++)
            packed[count + i] = (unsigned char)draw(256);
        return count + length;
    case 6: /* what seems a header behind */
        for (size_t i = 0; i < length; i++)
            packed[count + i] = i < 3 ? (unsigned char)"\x1f\x8b\x08"[i] : (unsigned char)draw(256);
        return count + length;
    default: return place;
    }
}

Test(gzip, damaged)
{
    const char *const asked = getenv("SBFOTA_ROUNDS");
    const int rounds = asked == NULL ? 3000 : atoi(asked);
    further = 0;
    for (int round = 0; round < rounds; round++) {
        const unsigned kind = draw(8);
        char name[60];
        snprintf(name, sizeof name, "round %d, damage %u", round, kind);
        size_t count = damage(pack_file(round), kind);
        if (count > 40 && draw(4) == 0)
            count = damage(count, draw(8));
        compare(name, count, pieces[draw(5)], pieces[draw(5)]);
    }
    if (asked != NULL)
        printf("%d files, of %u ISA-L gave more\n", rounds, further);
    cr_assert(further <= (unsigned)rounds / 100);
}

Test(gzip, damage_far_behind_little_room)
{
    for (int round = 0; round < 100; round++) {
        const size_t count = pack(0, write_plain(60000), 6, 15, 0, 0);
        packed[count / 2] ^= 0x40;
        compare("far", count, 65536, 100);
    }
}
