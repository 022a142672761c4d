/* SPDX-License-Identifier: MIT
 *
 * The logs of an archive in their turn: those that a rotation has cut from one log are read one behind another, oldest first, as
 * files of a folder are. What the archive gives before its turn is held in a temporary file. */
#ifndef SBFOTA_LOG_TURNS_H
#define SBFOTA_LOG_TURNS_H

#include "log/input/layer.h"
#include "log/input/log_file.h"

#ifndef SBFOTA_TURNS_HELD_MOST
#define SBFOTA_TURNS_HELD_MOST (4ULL << 30)
#endif

enum {
    TURNS_NAMES_MOST = 64 << 20 /* bytes that the names of an archive may take in memory */
};

struct turns;

/* Who reads the archive. */
struct turns_reader {
    void *context;
    void (*rewind)(void *context); /* begin with the archive again; layers_next says if it cannot */
    bool (*stopped)(void *context);
};

/* Begin with an archive whose logs `layers` gives. NULL without memory. It is let go by turns_release, as often as turns_share has
 * been called and once more. */
struct turns *turns_new(struct layers *layers, const struct turns_reader *reader);
void turns_share(struct turns *turns);
void turns_release(struct turns *turns);

/* Note the log at hand. Of too many it is enough that they are. False without memory. */
bool turns_add(struct turns *turns);

/* When all have been noted: put them in their order; with `as_named` they keep theirs. False without memory. */
bool turns_order(struct turns *turns, bool as_named);

/* Is there a log that is several files? */
bool turns_has_parts(const struct turns *turns);

/* Are they too many to be put in an order? */
bool turns_too_many(const struct turns *turns);

/* Note and order all logs of an archive, of which the first is at hand if `first` is LAYER_READY, and begin again. False without
 * memory; *turns is NULL if it is not needed. */
bool turns_begin(struct turns **turns, struct layers *layers, const struct turns_reader *reader,
                 enum layer_result first, bool as_named);

/* As layers_next, in the order of turns. */
enum layer_result turns_next(struct turns *turns);

/* Does the next log go on with the one at hand? */
bool turns_goes_on(const struct turns *turns);

/* As layers_read and layers_head. */
ptrdiff_t turns_read(struct turns *turns, void *bytes, size_t length);
const char *turns_head(const struct turns *turns, size_t *length);

/* As layers_member, of the log at hand or what is being told. */
const char *turns_member(const struct turns *turns, size_t *own);

/* The log at hand, if it is one of several of a log; else NULL. It lives as long as the turns. */
struct log_file *turns_place(const struct turns *turns);

#endif
