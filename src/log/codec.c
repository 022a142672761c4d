/* SPDX-License-Identifier: MIT */
#include "codec.h"

#include <bzlib.h>
#include <limits.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST /* its input is not written to */
#include <zlib.h>
#include <zstd.h>

static const char no_memory[] = "not enough memory";

static bool begins(const char *head, size_t length, const char *magic, size_t magic_length)
{
    return length >= magic_length && memcmp(head, magic, magic_length) == 0;
}

static unsigned least(size_t length)
{
    return length < UINT_MAX / 2 ? (unsigned)length : UINT_MAX / 2;
}

/* gzip */

static bool is_gzip(const char *head, size_t length)
{
    return begins(head, length, "\x1f\x8b\x08", 3);
}

static bool gzip_begin(void **state)
{
    z_stream *stream = *state;
    if (stream != NULL)
        return inflateReset(stream) == Z_OK;
    stream = calloc(1, sizeof *stream);
    if (stream != NULL && inflateInit2(stream, 16 + MAX_WBITS) != Z_OK) {
        free(stream);
        stream = NULL;
    }
    *state = stream;
    return stream != NULL;
}

static enum codec_step gzip_step(void *state, struct codec_span *span, const char **why)
{
    z_stream *const stream = state;
    const unsigned in = least(span->in_left);
    const unsigned out = least(span->out_left);
    stream->next_in = span->in;
    stream->avail_in = in;
    stream->next_out = span->out;
    stream->avail_out = out;
    const int result = inflate(stream, Z_NO_FLUSH);
    span->in += in - stream->avail_in;
    span->in_left -= in - stream->avail_in;
    span->out += out - stream->avail_out;
    span->out_left -= out - stream->avail_out;
    if (result == Z_STREAM_END)
        return CODEC_ENDS;
    if (result == Z_OK || result == Z_BUF_ERROR)
        return CODEC_GOES_ON;
    *why = result == Z_MEM_ERROR ? no_memory : stream->msg != NULL ? stream->msg : "is damaged";
    return CODEC_FAILS;
}

static void gzip_end(void *state)
{
    inflateEnd(state);
    free(state);
}

/* bzip2 */

/* "BZh" alone may begin a text: what is there of the ten bytes that a bzip2 file begins with, but for one digit. */
static bool is_bzip2(const char *head, size_t length)
{
    const size_t block = length < 10 ? length : 10;
    return length >= 4 && memcmp(head, "BZh", 3) == 0 && head[3] >= '1' && head[3] <= '9' &&
           (memcmp(head + 4, "1AY&SY", block - 4) == 0 ||
            memcmp(head + 4, "\x17rE8P\x90", block - 4) == 0);
}

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

static bool is_xz(const char *head, size_t length)
{
    return begins(head, length,
                  "\xfd"
                  "7zXZ\0",
                  6);
}

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

/* zstd */

/* Or a frame to skip: some packers begin with one. */
static bool is_zstd(const char *head, size_t length)
{
    return begins(head, length, "\x28\xb5\x2f\xfd", 4) ||
           (length >= 4 && (head[0] & 0xf0) == 0x50 && memcmp(head + 1, "\x2a\x4d\x18", 3) == 0);
}

static bool zstd_begin(void **state)
{
    if (*state == NULL)
        *state = ZSTD_createDCtx();
    return *state != NULL && !ZSTD_isError(ZSTD_DCtx_reset(*state, ZSTD_reset_session_only));
}

static enum codec_step zstd_step(void *state, struct codec_span *span, const char **why)
{
    ZSTD_inBuffer in = {span->in, span->in_left, 0};
    ZSTD_outBuffer out = {span->out, span->out_left, 0};
    const size_t result = ZSTD_decompressStream(state, &out, &in);
    span->in += in.pos;
    span->in_left -= in.pos;
    span->out += out.pos;
    span->out_left -= out.pos;
    if (!ZSTD_isError(result))
        return result == 0 ? CODEC_ENDS : CODEC_GOES_ON;
    *why = ZSTD_getErrorName(result);
    return CODEC_FAILS;
}

static void zstd_end(void *state)
{
    ZSTD_freeDCtx(state);
}

/* lz4 */

static bool is_lz4(const char *head, size_t length)
{
    return begins(head, length, "\x04\x22\x4d\x18", 4);
}

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

static const struct codec codecs[] = {
    {"gzip", is_gzip, gzip_begin, gzip_step, gzip_end},
    {"bzip2", is_bzip2, bzip2_begin, bzip2_step, bzip2_end},
    {"xz", is_xz, xz_begin, xz_step, xz_end},
    {"zstd", is_zstd, zstd_begin, zstd_step, zstd_end},
    {"lz4", is_lz4, lz4_begin, lz4_step, lz4_end},
};

const struct codec *codec_find(const char *head, size_t length)
{
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (codecs[i].is_head(head, length))
            return &codecs[i];
    return NULL;
}
