/* SPDX-License-Identifier: MIT
 *
 * Several bytes at once, as this machine does it. */
#define SUITE vector
#include "vector_cases.h"
