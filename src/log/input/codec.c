/* SPDX-License-Identifier: MIT */
#include "log/input/codec.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST /* its input is not written to */
#include <zlib.h>
#include <zstd.h>

enum {
    ZSTD_BLOCK_HEAD = 3 /* bytes */
};

static const char no_memory[] = "not enough memory";

static bool begins(const char *head, size_t length, const char *magic, size_t magic_length)
{
    return length >= magic_length && memcmp(head, magic, magic_length) == 0;
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
    const unsigned in = codec_at_once(span->in_left);
    const unsigned out = codec_at_once(span->out_left);
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

/* zstd */

/* Or a frame to skip: some packers begin with one. */
static bool is_zstd(const char *head, size_t length)
{
    return begins(head, length, "\x28\xb5\x2f\xfd", 4) ||
           (length >= 4 && (head[0] & 0xf0) == 0x50 && memcmp(head + 1, "\x2a\x4d\x18", 3) == 0);
}

struct zstd {
    ZSTD_DCtx *context;
    struct codec_pace pace;
};

static bool zstd_begin(void **state)
{
    struct zstd *zstd = *state;
    if (zstd == NULL) {
        zstd = calloc(1, sizeof *zstd);
        if (zstd == NULL)
            return false;
        zstd->context = ZSTD_createDCtx();
        *state = zstd;
    }
    const size_t asked = zstd->context == NULL ? 0 : ZSTD_initDStream(zstd->context);
    zstd->pace = (struct codec_pace){asked, false};
    return asked > 0 && !ZSTD_isError(asked);
}

static enum codec_step zstd_step(void *state, struct codec_span *span, const char **why)
{
    struct zstd *const zstd = state;
    ZSTD_inBuffer in = {span->in, codec_pace(&zstd->pace, ZSTD_BLOCK_HEAD, span->in_left), 0};
    ZSTD_outBuffer out = {span->out, span->out_left, 0};
    const size_t result = ZSTD_decompressStream(zstd->context, &out, &in);
    span->in += in.pos;
    span->in_left -= in.pos;
    span->out += out.pos;
    span->out_left -= out.pos;
    zstd->pace = (struct codec_pace){result, span->out_left == 0};
    if (!ZSTD_isError(result))
        return result == 0 ? CODEC_ENDS : CODEC_GOES_ON;
    *why = ZSTD_getErrorName(result);
    return CODEC_FAILS;
}

static void zstd_end(void *state)
{
    struct zstd *const zstd = state;
    ZSTD_freeDCtx(zstd->context);
    free(zstd);
}

/* What the others begin with. */

/* "BZh" alone may begin a text: what is there of the ten bytes that a bzip2 file begins with, but for one digit. */
bool codec_is_bzip2(const char *head, size_t length)
{
    const size_t block = length < 10 ? length : 10;
    return length >= 4 && memcmp(head, "BZh", 3) == 0 && head[3] >= '1' && head[3] <= '9' &&
           (memcmp(head + 4, "1AY&SY", block - 4) == 0 ||
            memcmp(head + 4, "\x17rE8P\x90", block - 4) == 0);
}

bool codec_is_xz(const char *head, size_t length)
{
    return begins(head, length,
                  "\xfd"
                  "7zXZ\0",
                  6);
}

bool codec_is_lz4(const char *head, size_t length)
{
    return begins(head, length, "\x04\x22\x4d\x18", 4);
}

/* By ISA-L, where there is one: codec_isal.c. */
#ifdef SBFOTA_LOG_ISAL
extern const struct codec codec_gzip_fast;
#define GZIP_FAST &codec_gzip_fast
#else
#define GZIP_FAST NULL
#endif

static const struct codec codec_gzip = {"gzip",    is_gzip,  gzip_begin,
                                        gzip_step, gzip_end, GZIP_FAST};
static const struct codec codec_zstd = {"zstd", is_zstd, zstd_begin, zstd_step, zstd_end, NULL};

const struct codec *codec_find(const char *head, size_t length)
{
    static const struct codec *const codecs[] = {&codec_gzip, &codec_bzip2, &codec_xz, &codec_zstd,
                                                 &codec_lz4};
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++)
        if (codecs[i]->is_head(head, length))
            return codecs[i];
    return NULL;
}
