/* SPDX-License-Identifier: MIT
 *
 * gzip by ISA-L, for processors that it has code for, where it is installed. zlib reads a stream's header: ISA-L forgets half of one
 * between two calls. Why a stream fails is not told here, since zlib reads it again. */
#include <isa-l/igzip_lib.h>
#include <stdint.h>
#include <stdlib.h>
#define ZLIB_CONST /* its input is not written to */
#include <zlib.h>

#include "log/input/codec.h"

struct gzip {
    bool in_body;
    z_stream header;
    struct inflate_state body; /* and the trailer */
};

static bool begin(void **state)
{
    struct gzip *gzip = *state;
    if (gzip == NULL) {
        gzip = malloc(sizeof *gzip);
        if (gzip == NULL)
            return false;
        gzip->header = (z_stream){0};
        if (inflateInit2(&gzip->header, 16 + MAX_WBITS) != Z_OK) {
            free(gzip);
            return false;
        }
        *state = gzip;
    }
    gzip->in_body = false;
    isal_inflate_init(&gzip->body);
    gzip->body.crc_flag = ISAL_GZIP_NO_HDR_VER;
    return inflateReset(&gzip->header) == Z_OK;
}

enum {
    PIECE_MAX = 1 << 30,
    AT_BLOCK = 128 /* of data_type: the header has been read */
};

static unsigned least(size_t length)
{
    return length < PIECE_MAX ? (unsigned)length : PIECE_MAX;
}

static bool read_header(struct gzip *gzip, struct codec_span *span)
{
    z_stream *const header = &gzip->header;
    const unsigned in = least(span->in_left);
    header->next_in = span->in;
    header->avail_in = in;
    header->next_out = span->out;
    header->avail_out = 0;
    const int result = inflate(header, Z_BLOCK);
    span->in += in - header->avail_in;
    span->in_left -= in - header->avail_in;
    gzip->in_body = result == Z_OK && (header->data_type & AT_BLOCK) != 0;
    return result == Z_OK || result == Z_BUF_ERROR;
}

static enum codec_step read_body(struct gzip *gzip, struct codec_span *span)
{
    struct inflate_state *const body = &gzip->body;
    const unsigned in = least(span->in_left);
    const unsigned out = least(span->out_left);
    body->next_in =
        (uint8_t *)(uintptr_t)span->in; /* not written to. NOLINT(performance-no-int-to-ptr) */
    body->avail_in = in;
    body->next_out = span->out;
    body->avail_out = out;
    const int result = isal_inflate(body);
    span->in += in - body->avail_in;
    span->in_left -= in - body->avail_in;
    span->out += out - body->avail_out;
    span->out_left -= out - body->avail_out;
    return result < 0                               ? CODEC_FAILS
           : body->block_state == ISAL_BLOCK_FINISH ? CODEC_ENDS
                                                    : CODEC_GOES_ON;
}

static enum codec_step step(void *state, struct codec_span *span, const char **why)
{
    struct gzip *const gzip = state;
    *why = "is damaged";
    if (!gzip->in_body && !read_header(gzip, span))
        return CODEC_FAILS;
    return gzip->in_body ? read_body(gzip, span) : CODEC_GOES_ON;
}

static void end(void *state)
{
    struct gzip *const gzip = state;
    inflateEnd(&gzip->header);
    free(gzip);
}

const struct codec codec_gzip_fast = {"gzip", NULL, begin, step, end, NULL};
