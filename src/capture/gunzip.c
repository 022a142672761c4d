/* SPDX-License-Identifier: MIT */
#include "gunzip.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    GZIP_ONLY = 16 + MAX_WBITS /* for inflateInit2 */
};

struct gunzip {
    z_stream stream;
    bool begun; /* a file: it must come to its end */
    bool ended; /* one file at least */
    unsigned char packed[65536];
};

struct gunzip *gunzip_open(const void *head, size_t length)
{
    struct gunzip *const gunzip = malloc(sizeof *gunzip);
    if (gunzip == NULL)
        return NULL;
    memset(&gunzip->stream, 0, sizeof gunzip->stream);
    gunzip->begun = gunzip->ended = false;
    if (inflateInit2(&gunzip->stream, GZIP_ONLY) != Z_OK) {
        free(gunzip);
        return NULL;
    }
    memcpy(gunzip->packed, head, length);
    gunzip->stream.next_in = gunzip->packed;
    gunzip->stream.avail_in = (uInt)length;
    return gunzip;
}

void gunzip_close(struct gunzip *gunzip)
{
    if (gunzip != NULL)
        inflateEnd(&gunzip->stream);
    free(gunzip);
}

/* Zeros behind a file fill up a tape's block. */
static void skip_padding(z_stream *stream)
{
    while (stream->avail_in > 0 && *stream->next_in == 0) {
        stream->next_in++;
        stream->avail_in--;
    }
}

/* Why it cannot be unpacked further. */
static const char *explain(const struct gunzip *gunzip, int result)
{
    if (result == Z_MEM_ERROR)
        return "not enough memory";
    if (gunzip->ended && gunzip->stream.total_out == 0)
        return "no gzip file follows the first";
    return gunzip->stream.msg != NULL ? gunzip->stream.msg : "the gzip file is damaged";
}

/* More packed bytes. Not at the end of the input, or in trouble: `result` is then what is returned. */
static bool read_packed(struct gunzip *gunzip, gunzip_source *source, void *context,
                        ptrdiff_t *result, const char **why)
{
    const ptrdiff_t count = source(context, gunzip->packed, sizeof gunzip->packed);
    gunzip->stream.next_in = gunzip->packed;
    gunzip->stream.avail_in = count < 0 ? 0 : (uInt)count;
    *result = count == 0 && !gunzip->begun ? 0 : -1;
    if (count == 0 && gunzip->begun)
        *why = "the gzip file is cut short";
    return count > 0;
}

ptrdiff_t gunzip_read(struct gunzip *gunzip, gunzip_source *source, void *context, void *bytes,
                      size_t length, const char **why)
{
    z_stream *const stream = &gunzip->stream;
    stream->next_out = bytes;
    stream->avail_out = (uInt)(length < UINT32_MAX / 2 ? length : UINT32_MAX / 2);
    const uInt room = stream->avail_out;
    *why = NULL;
    while (stream->avail_out == room) {
        ptrdiff_t end;
        if (stream->avail_in == 0 && !read_packed(gunzip, source, context, &end, why))
            return end;
        if (!gunzip->begun && gunzip->ended)
            skip_padding(stream);
        if (stream->avail_in == 0)
            continue;
        gunzip->begun = true;
        const int result = inflate(stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            gunzip->begun = false;
            gunzip->ended = true;
            inflateReset(stream);
        } else if (result != Z_OK && result != Z_BUF_ERROR && stream->avail_out == room) {
            *why = explain(gunzip, result);
            return -1;
        }
    }
    return (ptrdiff_t)(room - stream->avail_out);
}
