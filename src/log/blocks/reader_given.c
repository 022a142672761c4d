/* SPDX-License-Identifier: MIT */
#include "log/blocks/reader_inside.h"

#include <stdlib.h>
#include <string.h>

/* The bytes of a piece, for who needs what stands behind the piece before. */
struct given {
    struct given *next;
    const struct source *source;
    struct store *store;
    const char *data;
    size_t size;
    uint64_t number; /* of the piece */
};

bool reader_keep_given(struct reader *reader, struct reader_piece *piece)
{
    const struct block *const block = &piece->block;
    piece->number = reader->pieces++;
    if (piece->learn_from == FINDER_NOWHERE || block->source->fd >= 0 || reader->options->live ||
        block->size == 0)
        return true;
    struct given *const given = malloc(sizeof *given);
    if (given == NULL)
        return false;
    *given =
        (struct given){NULL, block->source, block->store, block->data, block->size, piece->number};
    store_share(given->store);
    if (reader->given == NULL)
        reader->given = given;
    else
        reader->given_last->next = given;
    reader->given_last = given;
    return true;
}

void reader_drop_given(struct reader *reader, uint64_t number)
{
    while (reader->given != NULL && reader->given->number <= number) {
        struct given *const given = reader->given;
        reader->given = given->next;
        store_release(given->store);
        free(given);
    }
}

/* Add what there is room for. */
static size_t append(char *bytes, size_t have, size_t room, const char *more, size_t length)
{
    const size_t count = length < room - have ? length : room - have;
    if (count > 0)
        memcpy(bytes + have, more, count);
    return have + count;
}

size_t reader_ahead(struct reader *reader, const struct reader_piece *piece, char *bytes,
                    size_t length)
{
    const struct source *const source = piece->block.source;
    size_t have = 0;
    if (source->fd >= 0) {
        have = file_read_at(source->fd, bytes, length, piece->end);
        if (source->reading.returns)
            turn_ends(bytes, have);
        return have;
    }
    for (const struct given *given = reader->given; given != NULL && have < length;
         given = given->next)
        if (given->source == source && given->number > piece->number)
            have = append(bytes, have, length, given->data, given->size);
    if (reader->source != source)
        return have;
    while (have + reader->left < length && !reader->at_end && !reader->no_memory)
        reader_fill(reader, reader->left + BUFFER_SIZE);
    return append(bytes, have, length, reader->next, reader->left);
}
