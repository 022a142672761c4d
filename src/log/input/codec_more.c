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

static const char no_memory[] = "not enough memory";

static unsigned least(size_t length)
{
    return length < UINT_MAX / 2 ? (unsigned)length : UINT_MAX / 2;
}

/* bzip2 */

/* bzip2 has no way to begin again. */
static bool bzip2_begin(void **state)
{
    bz_stream *stream = *state;
    if (stream != NULL)
        BZ2_bzDecompressEnd(stream);
    else
        stream = *state = malloc(sizeof *stream);
    if (stream == NULL)
        return false;
    memset(stream, 0, sizeof *stream);
    return BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK;
}

static enum codec_step bzip2_step(void *state, struct codec_span *span, const char **why)
{
    bz_stream *const stream = state;
    const unsigned in = least(span->in_left);
    const unsigned out = least(span->out_left);
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): bzip2 does not write there, and does not say so. */
    stream->next_in = (char *)(size_t)span->in;
    stream->avail_in = in;
    stream->next_out = (char *)span->out;
    stream->avail_out = out;
    const int result = BZ2_bzDecompress(stream);
    span->in += in - stream->avail_in;
    span->in_left -= in - stream->avail_in;
    span->out += out - stream->avail_out;
    span->out_left -= out - stream->avail_out;
    if (result == BZ_STREAM_END)
        return CODEC_ENDS;
    if (result == BZ_OK)
        return CODEC_GOES_ON;
    *why = result == BZ_MEM_ERROR          ? no_memory
           : result == BZ_DATA_ERROR_MAGIC ? "is no bzip2 file"
                                           : "a block is damaged";
    return CODEC_FAILS;
}

static void bzip2_end(void *state)
{
    BZ2_bzDecompressEnd(state);
    free(state);
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

static bool lz4_begin(void **state)
{
    if (*state != NULL)
        LZ4F_resetDecompressionContext(*state);
    else if (LZ4F_isError(LZ4F_createDecompressionContext((LZ4F_dctx **)state, LZ4F_VERSION)))
        *state = NULL;
    return *state != NULL;
}

static enum codec_step lz4_step(void *state, struct codec_span *span, const char **why)
{
    size_t in = span->in_left;
    size_t out = span->out_left;
    const size_t result = LZ4F_decompress(state, span->out, &out, span->in, &in, NULL);
    if (LZ4F_isError(result)) {
        *why = LZ4F_getErrorName(result);
        return CODEC_FAILS;
    }
    span->in += in;
    span->in_left -= in;
    span->out += out;
    span->out_left -= out;
    return result == 0 ? CODEC_ENDS : CODEC_GOES_ON;
}

static void lz4_end(void *state)
{
    LZ4F_freeDecompressionContext(state);
}

const struct codec codec_bzip2 = {"bzip2",    codec_is_bzip2, bzip2_begin,
                                  bzip2_step, bzip2_end,      NULL};
const struct codec codec_xz = {"xz", codec_is_xz, xz_begin, xz_step, xz_end, NULL};
const struct codec codec_lz4 = {"lz4", codec_is_lz4, lz4_begin, lz4_step, lz4_end, NULL};
