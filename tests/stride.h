/* SPDX-License-Identifier: MIT
 *
 * Sweeps of a hundred thousand cases and more: where the processor is emulated, which takes thirty times as long, they
 * take one case of eleven. */
#ifndef SBFOTA_TESTS_STRIDE_H
#define SBFOTA_TESTS_STRIDE_H

enum {
#ifdef SBFOTA_EMULATED
    STRIDE = 11
#else
    STRIDE = 1
#endif
};

#endif
