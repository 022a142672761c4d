/* SPDX-License-Identifier: MIT
 *
 * bzip2, xz and lz4. */
#include <bzlib.h>
#include <limits.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "log/input/codec.h"

enum {
    BZIP2_PIECE = 1024, /* bytes that are unpacked at once */
    LZ4_BLOCK_HEAD = 4
};

static const char no_memory[] = "not enough memory";

/* bzip2 */

/* The library forgets what it has given in a call that finds damage. So it gives pieces of one size, wherever they go. */
struct bzip2 {
    bz_stream stream;
    int result;   /* of the last call */
    size_t given; /* of the piece, to who reads */
    char piece[BZIP2_PIECE];
};

static void empty_piece(struct bzip2 *bzip2)
{
    bzip2->stream.next_out = bzip2->piece;
    bzip2->stream.avail_out = sizeof bzip2->piece;
    bzip2->given = 0;
}

/* bzip2 has no way to begin again. */
static bool bzip2_begin(void **state)
{
    struct bzip2 *bzip2 = *state;
    if (bzip2 != NULL)
        BZ2_bzDecompressEnd(&bzip2->stream);
    else
        bzip2 = *state = malloc(sizeof *bzip2);
    if (bzip2 == NULL)
        return false;
    memset(&bzip2->stream, 0, sizeof bzip2->stream);
    empty_piece(bzip2);
    bzip2->result = BZ2_bzDecompressInit(&bzip2->stream, 0, 0);
    return bzip2->result == BZ_OK;
}

/* Unpack what the piece has room for. */
static void fill_piece(struct bzip2 *bzip2, struct codec_span *span)
{
    bz_stream *const stream = &bzip2->stream;
    const unsigned in = codec_at_once(span->in_left);
    if (stream->avail_out == 0)
        empty_piece(bzip2);
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): bzip2 does not write there, and does not say so. */
    stream->next_in = (char *)(size_t)span->in;
    stream->avail_in = in;
    bzip2->result = BZ2_bzDecompress(stream);
    span->in += in - stream->avail_in;
    span->in_left -= in - stream->avail_in;
}

/* Give what there is of the piece, as far as there is room. Is that all? */
static bool give_piece(struct bzip2 *bzip2, struct codec_span *span)
{
    const size_t left = sizeof bzip2->piece - bzip2->stream.avail_out - bzip2->given;
    const size_t count = left < span->out_left ? left : span->out_left;
    memcpy(span->out, bzip2->piece + bzip2->given, count);
    bzip2->given += count;
    span->out += count;
    span->out_left -= count;
    return count == left;
}

static enum codec_step bzip2_step(void *state, struct codec_span *span, const char **why)
{
    struct bzip2 *const bzip2 = state;
    bool more = give_piece(bzip2, span) && span->out_left > 0;
    while (more && bzip2->result == BZ_OK) {
        fill_piece(bzip2, span);
        /* A piece that is not full lacks bytes to unpack. */
        more = give_piece(bzip2, span) && span->out_left > 0 && bzip2->stream.avail_out == 0;
    }
    if (bzip2->result == BZ_OK || bzip2->given < sizeof bzip2->piece - bzip2->stream.avail_out)
        return CODEC_GOES_ON;
    if (bzip2->result == BZ_STREAM_END)
        return CODEC_ENDS;
    *why = bzip2->result == BZ_MEM_ERROR          ? no_memory
           : bzip2->result == BZ_DATA_ERROR_MAGIC ? "is no bzip2 file"
                                                  : "a block is damaged";
    return CODEC_FAILS;
}

static void bzip2_end(void *state)
{
    struct bzip2 *const bzip2 = state;
    BZ2_bzDecompressEnd(&bzip2->stream);
    free(bzip2);
}

/* xz */

static bool xz_begin(void **state)
{
    static const lzma_stream fresh = LZMA_STREAM_INIT;
    lzma_stream *stream = *state;
    if (stream == NULL) {
        stream = *state = malloc(sizeof *stream);
        if (stream == NULL)
            return false;
        *stream = fresh;
    }
    return lzma_stream_decoder(stream, CODEC_MEMORY_MAX, 0) == LZMA_OK;
}

static const char *xz_trouble(lzma_ret result)
{
    switch (result) {
    case LZMA_MEM_ERROR: return no_memory;
    case LZMA_MEMLIMIT_ERROR: return "needs more memory than is allowed: unpack it first";
    case LZMA_FORMAT_ERROR: return "is no xz file";
    case LZMA_OPTIONS_ERROR: return "is packed in a way that is not known";
    default: return "is damaged";
    }
}

static enum codec_step xz_step(void *state, struct codec_span *span, const char **why)
{
    lzma_stream *const stream = state;
    stream->next_in = span->in;
    stream->avail_in = span->in_left;
    stream->next_out = span->out;
    stream->avail_out = span->out_left;
    const lzma_ret result = lzma_code(stream, LZMA_RUN);
    span->in = stream->next_in;
    span->in_left = stream->avail_in;
    span->out = stream->next_out;
    span->out_left = stream->avail_out;
    if (result == LZMA_STREAM_END)
        return CODEC_ENDS;
    if (result == LZMA_OK || result == LZMA_BUF_ERROR)
        return CODEC_GOES_ON;
    *why = xz_trouble(result);
    return CODEC_FAILS;
}

static void xz_end(void *state)
{
    lzma_end(state);
    free(state);
}

/* lz4 */

struct lz4 {
    LZ4F_dctx *context;
    struct codec_pace pace;
};

static bool lz4_begin(void **state)
{
    struct lz4 *lz4 = *state;
    if (lz4 != NULL) {
        LZ4F_resetDecompressionContext(lz4->context);
    } else {
        lz4 = malloc(sizeof *lz4);
        if (lz4 == NULL ||
            LZ4F_isError(LZ4F_createDecompressionContext(&lz4->context, LZ4F_VERSION))) {
            free(lz4);
            return false;
        }
        *state = lz4;
    }
    lz4->pace = (struct codec_pace){LZ4F_HEADER_SIZE_MIN, false};
    return true;
}

static enum codec_step lz4_step(void *state, struct codec_span *span, const char **why)
{
    struct lz4 *const lz4 = state;
    size_t in = codec_pace(&lz4->pace, LZ4_BLOCK_HEAD, span->in_left);
    size_t out = span->out_left;
    const size_t result = LZ4F_decompress(lz4->context, span->out, &out, span->in, &in, NULL);
    if (LZ4F_isError(result)) {
        *why = LZ4F_getErrorName(result);
        return CODEC_FAILS;
    }
    span->in += in;
    span->in_left -= in;
    span->out += out;
    span->out_left -= out;
    lz4->pace = (struct codec_pace){result, span->out_left == 0};
    return result == 0 ? CODEC_ENDS : CODEC_GOES_ON;
}

static void lz4_end(void *state)
{
    struct lz4 *const lz4 = state;
    LZ4F_freeDecompressionContext(lz4->context);
    free(lz4);
}

const struct codec codec_bzip2 = {"bzip2",    codec_is_bzip2, bzip2_begin,
                                  bzip2_step, bzip2_end,      NULL};
const struct codec codec_xz = {"xz", codec_is_xz, xz_begin, xz_step, xz_end, NULL};
const struct codec codec_lz4 = {"lz4", codec_is_lz4, lz4_begin, lz4_step, lz4_end, NULL};
