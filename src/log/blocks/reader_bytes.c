/* SPDX-License-Identifier: MIT */
#include "log/blocks/reader_inside.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void reader_view(struct reader *reader, struct store *store, const char *next, size_t left)
{
    store_release(reader->store);
    reader->store = store;
    reader->next = next;
    reader->left = left;
}

void reader_look_at_size(struct reader *reader)
{
    struct stat status;
    if (fstat(reader->source->fd, &status) == 0)
        reader->input->size = (uint64_t)status.st_size;
}

size_t file_read_at(int fd, char *bytes, size_t length, uint64_t offset)
{
    size_t have = 0;
    errno = 0;
    while (have < length) {
        const ssize_t count = pread(fd, bytes + have, length - have, (off_t)(offset + have));
        if (count > 0)
            have += (size_t)count;
        else if (count == 0 || errno != EINTR)
            break;
        errno = 0;
    }
    return have;
}

struct note note_read_error(uint64_t place)
{
    return note_make(TOLD_TROUBLE, place, "read error at byte %llu: %s", (unsigned long long)place,
                     strerror(errno));
}

struct note note_cut(uint64_t size)
{
    return note_make(TOLD_SHRUNK, size, "was cut short to %llu bytes while it was read",
                     (unsigned long long)size);
}

struct note note_input(const struct input *input)
{
    enum told told;
    const char *const trouble = input_trouble(input, &told);
    return note_make(told, input->consumed, "%s", trouble);
}

/* More of what is being read: the number of bytes, 0 at the end and if it cannot be read. */
static size_t read_more(struct reader *reader, char *bytes, size_t length)
{
    if (reader->input->seekable) {
        const uint64_t place = reader->offset + reader->left;
        const size_t have = file_read_at(reader->source->fd, bytes, length, place);
        if (have == 0 && errno != 0)
            reader->source->ending = note_read_error(place);
        else if (have == 0 && place < reader->input->size)
            reader->source->ending = note_cut(place);
        return have;
    }
    const ptrdiff_t count = input_read(reader->input, bytes, length);
    if (count < 0)
        reader->source->ending = note_input(reader->input);
    return count < 0 ? 0 : (size_t)count;
}

void turn_ends(char *bytes, size_t length)
{
    char *const end = bytes + length;
    for (char *at = bytes; length > 0 && (at = memchr(at, '\r', (size_t)(end - at))) != NULL;)
        *at = '\n';
}

/* Room for more behind what is left, which then is all that the reader has. Bytes that no block has a part in are not copied. */
static bool make_room(struct reader *reader, size_t size)
{
    struct store *const own = reader->store;
    const bool widens = own != NULL && store_is_own(own) && reader->next == store_bytes(own);
    struct store *const store = widens ? store_widen(own, size) : store_make(size);
    if (store == NULL)
        return false;
    if (!widens && reader->left > 0)
        memcpy(store_bytes(store), reader->next, reader->left);
    if (!widens)
        store_release(own);
    reader->store = store;
    reader->next = store_bytes(store);
    return true;
}

void reader_fill(struct reader *reader, size_t size)
{
    if (!make_room(reader, size)) {
        reader->no_memory = reader->at_end = true;
        return;
    }
    char *const bytes = store_bytes(reader->store);
    size_t have = reader->left;
    while (size - have >= INPUT_LEAST) {
        const size_t count = read_more(reader, bytes + have, size - have);
        if (count == 0) {
            reader->at_end = true;
            break;
        }
        if (reader->source->reading.returns)
            turn_ends(bytes + have, count);
        have += count;
        reader->left = have;
        if (reader->input->interactive && input_waits(reader->input, 0))
            break;
    }
    reader->left = have;
}

void reader_forget(struct reader *reader)
{
    reader_view(reader, NULL, NULL, 0);
    reader->at_end = false;
}

void reader_go_past(struct reader *reader, size_t length)
{
    const size_t here = length < reader->left ? length : reader->left;
    reader->offset += reader->input->seekable ? length : here;
    if (here > 0) /* else there may be no place */
        reader->next += here;
    reader->left -= here;
}

uint64_t reader_find_line(const struct reader *reader, uint64_t place)
{
    char bytes[4096];
    if (place == 0)
        return 0;
    for (place--;; place += sizeof bytes) {
        const size_t have = file_read_at(reader->source->fd, bytes, sizeof bytes, place);
        const char *const feed = have == 0 ? NULL : memchr(bytes, '\n', have);
        if (feed != NULL)
            return place + (uint64_t)(feed - bytes) + 1;
        if (have < sizeof bytes)
            return have > 0 ? place + have : reader->input->size;
    }
}

bool reader_skip_to_line(struct reader *reader, uint64_t place)
{
    reader->offset = place == 0 ? 0 : place - 1;
    for (bool found = place == 0; !found && !reader->no_memory;) {
        if (reader->left == 0 && !reader->at_end)
            reader_fill(reader, BUFFER_SIZE);
        if (reader->left == 0)
            break;
        const char *const feed = memchr(reader->next, '\n', reader->left);
        const size_t length = feed == NULL ? reader->left : (size_t)(feed - reader->next) + 1;
        reader->next += length;
        reader->left -= length;
        reader->offset += length;
        found = feed != NULL;
    }
    return !reader->no_memory;
}
