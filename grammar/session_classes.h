/* SPDX-License-Identifier: MIT
 *
 * The symbols of session.rl that are not event kinds: an event whose code is not zero counts as its
 * kind plus 128. */
#ifndef SBFOTA_GRAMMAR_SESSION_CLASSES_H
#define SBFOTA_GRAMMAR_SESSION_CLASSES_H

enum {
    SESSION_FAILED = 128,
    SESSION_HTTP_END_FAILED = 133,
    SESSION_END_FAILED = 138
};

#endif
