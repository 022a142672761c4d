/* SPDX-License-Identifier: MIT */
#include "capture.h"

const struct capture_format capture_formats[] = {
    {"raw", "+QIND: \"SBFOTA\",\"START\"",
     "the bytes of the wire, as picocom, minicom, screen or a logic analyser save them"},
    {NULL, NULL, NULL},
};
