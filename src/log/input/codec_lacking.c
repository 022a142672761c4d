/* SPDX-License-Identifier: MIT
 *
 * A build without the libraries for bzip2, xz and lz4: such a file is known, and told. */
#include "log/input/codec.h"
#include "log/input/unpack.h"

static bool begin(void **state)
{
    static char nothing;
    *state = &nothing;
    return true;
}

static enum codec_step step(void *state, struct codec_span *span, const char **why)
{
    (void)state;
    (void)span;
    *why = UNPACK_LACKS;
    return CODEC_FAILS;
}

static void end(void *state)
{
    (void)state;
}

const struct codec codec_bzip2 = {"bzip2", codec_is_bzip2, begin, step, end, NULL};
const struct codec codec_xz = {"xz", codec_is_xz, begin, step, end, NULL};
const struct codec codec_lz4 = {"lz4", codec_is_lz4, begin, step, end, NULL};
