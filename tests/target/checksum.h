/* SPDX-License-Identifier: MIT
 *
 * Sums (CRC-32) over what the library does, the same wherever and however it is built. */
#ifndef SBFOTA_TESTS_TARGET_CHECKSUM_H
#define SBFOTA_TESTS_TARGET_CHECKSUM_H

#include <stdint.h>

/* Each place of the parser that any input leads to (state, kind, spelling), under each byte: the place behind it, its
 * registers and its event. Places are told by when they are found, since the styles number their states differently. */
uint32_t checksum_of_transitions(void);

/* All sequences of three events: what each changes, and what is saved in the end; and what the host's side sends then. */
uint32_t checksum_of_sessions(void);
uint32_t checksum_of_dialogues(void);

#endif
