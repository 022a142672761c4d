/* SPDX-License-Identifier: MIT */
#include "prefix.h"

#include "prefix_gateway.inc"
