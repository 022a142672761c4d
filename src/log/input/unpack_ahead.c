/* SPDX-License-Identifier: MIT */
#include "log/input/unpack_ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log/input/codec.h"
#include "log/input/unpack.h"

enum {
    CHUNK_SIZE = 256 * 1024,
    SIZE_LEAST = 64 * 1024 /* of a file that is worth it */
};

struct unpacked_chunk {
    struct unpacked_chunk *behind;
    size_t length;
    uint64_t taken; /* bytes of the file up to its end */
    char bytes[CHUNK_SIZE];
};

struct unpacked {
    struct unpack_ahead *ahead;
    bool busy; /* a thread is at it: under the lock */
    bool over; /* there is no more, or not enough memory: who reads it finds out why */
    int fd;
    struct stat status;
    uint64_t taken;        /* bytes of the file */
    struct unpack *unpack; /* NULL if it is not compressed */
    size_t held;
    struct unpacked_chunk *first;
    struct unpacked_chunk **end;
    size_t given; /* of the first */
};

static ptrdiff_t read_file(void *context, void *bytes, size_t length)
{
    struct unpacked *const unpacked = context;
    ssize_t count;
    do
        count = read(unpacked->fd, bytes, length);
    while (count < 0 && errno == EINTR);
    unpacked->taken += count < 0 ? 0 : (uint64_t)count;
    return count;
}

static bool rewind_file(void *context, uint64_t place)
{
    struct unpacked *const unpacked = context;
    unpacked->taken = place;
    return lseek(unpacked->fd, (off_t)place, SEEK_SET) >= 0;
}

/* If it is compressed, and worth it. */
static void open_file(struct unpacked *unpacked, const struct log_file *file)
{
    struct stat status;
    char head[PACKED_HEAD];
    if (file->skipped != NULL || strcmp(file->name, "-") == 0 || stat(file->name, &status) != 0 ||
        !S_ISREG(status.st_mode) || status.st_size < SIZE_LEAST)
        return;
    unpacked->fd = open(file->name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (unpacked->fd < 0 || fstat(unpacked->fd, &unpacked->status) != 0)
        return;
    const ssize_t length = pread(unpacked->fd, head, sizeof head, 0);
    const struct codec *const codec = length > 0 ? codec_find(head, (size_t)length) : NULL;
    if (codec != NULL)
        unpacked->unpack = unpack_open(codec, rewind_file);
}

static struct unpacked *unpacked_new(struct unpack_ahead *ahead)
{
    struct unpacked *const unpacked = calloc(1, sizeof *unpacked);
    if (unpacked == NULL)
        return NULL;
    unpacked->ahead = ahead;
    unpacked->fd = -1;
    unpacked->end = &unpacked->first;
    return unpacked;
}

static struct unpacked_chunk *take_chunk(struct unpack_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    struct unpacked_chunk *const chunk = ahead->spare;
    if (chunk != NULL)
        ahead->spare = chunk->behind;
    pthread_mutex_unlock(&ahead->lock);
    return chunk != NULL ? chunk : malloc(sizeof *chunk);
}

static void spare_chunk(struct unpack_ahead *ahead, struct unpacked_chunk *chunk)
{
    pthread_mutex_lock(&ahead->lock);
    chunk->behind = ahead->spare;
    ahead->spare = chunk;
    pthread_mutex_unlock(&ahead->lock);
}

static void unpack_chunk(struct unpacked *unpacked)
{
    const char *why;
    ptrdiff_t count = 1;
    struct unpacked_chunk *const chunk = take_chunk(unpacked->ahead);
    unpacked->over = chunk == NULL;
    if (chunk == NULL)
        return;
    chunk->behind = NULL;
    chunk->length = 0;
    while (count > 0 && chunk->length < CHUNK_SIZE) {
        count = unpack_read(unpacked->unpack, read_file, unpacked, chunk->bytes + chunk->length,
                            CHUNK_SIZE - chunk->length, &why);
        chunk->length += count > 0 ? (size_t)count : 0;
    }
    chunk->taken = unpacked->taken;
    unpacked->over = count <= 0;
    unpacked->held += CHUNK_SIZE;
    *unpacked->end = chunk;
    unpacked->end = &chunk->behind;
}

void unpack_ahead_make(struct unpack_ahead *ahead, const struct log_file *files, size_t count,
                       unsigned threads)
{
    *ahead = (struct unpack_ahead){
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .done = PTHREAD_COND_INITIALIZER,
        .files = files,
        .count = count,
        .most = threads <= AHEAD_FILES_MAX ? threads - 1 : AHEAD_FILES_MAX,
    };
}

void unpack_ahead_free(struct unpack_ahead *ahead)
{
    for (unsigned i = 0; i < AHEAD_FILES_MAX; i++)
        unpacked_close(ahead->list[i]);
    while (ahead->spare != NULL) {
        struct unpacked_chunk *const chunk = ahead->spare;
        ahead->spare = chunk->behind;
        free(chunk);
    }
}

void unpack_ahead_want(struct unpack_ahead *ahead, bool wanted)
{
    pthread_mutex_lock(&ahead->lock);
    ahead->wanted = wanted;
    pthread_mutex_unlock(&ahead->lock);
}

/* The place in the list of one that can be unpacked further, or is to be opened; `most` if there is none. */
static unsigned find_work(const struct unpack_ahead *ahead)
{
    unsigned i = 0;
    for (; i < ahead->most; i++) {
        const struct unpacked *const unpacked = ahead->list[i];
        if (i >= ahead->count - ahead->next)
            return ahead->most;
        if (unpacked == NULL ||
            (!unpacked->busy && !unpacked->over && unpacked->held < AHEAD_BYTES_MAX))
            break;
    }
    return i;
}

bool unpack_ahead_step(struct unpack_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    const unsigned at = ahead->wanted ? find_work(ahead) : ahead->most;
    struct unpacked *unpacked = NULL;
    if (at < ahead->most) {
        const struct log_file *const file = &ahead->files[ahead->next + at];
        const bool is_new = ahead->list[at] == NULL;
        unpacked = is_new ? unpacked_new(ahead) : ahead->list[at];
        ahead->list[at] = unpacked;
        if (unpacked != NULL) {
            unpacked->busy = true;
            pthread_mutex_unlock(&ahead->lock);
            if (is_new)
                open_file(unpacked, file);
            if (unpacked->unpack != NULL)
                unpack_chunk(unpacked);
            else
                unpacked->over = true;
            pthread_mutex_lock(&ahead->lock);
            unpacked->busy = false;
            pthread_cond_broadcast(&ahead->done);
        }
    }
    pthread_mutex_unlock(&ahead->lock);
    return unpacked != NULL;
}

/* The first of the list, which goes on to the next file. */
static struct unpacked *take_first(struct unpack_ahead *ahead)
{
    struct unpacked *const first = ahead->list[0];
    while (first != NULL && first->busy)
        pthread_cond_wait(&ahead->done, &ahead->lock);
    memmove(ahead->list, ahead->list + 1, sizeof ahead->list - sizeof ahead->list[0]);
    ahead->list[AHEAD_FILES_MAX - 1] = NULL;
    ahead->next++;
    return first;
}

struct unpacked *unpack_ahead_take(struct unpack_ahead *ahead, const struct log_file *file)
{
    struct unpacked *unpacked = NULL;
    pthread_mutex_lock(&ahead->lock);
    while (ahead->next <= (size_t)(file - ahead->files)) {
        struct unpacked *const before = unpacked;
        unpacked = take_first(ahead);
        pthread_mutex_unlock(&ahead->lock);
        unpacked_close(before);
        pthread_mutex_lock(&ahead->lock);
    }
    pthread_mutex_unlock(&ahead->lock);
    if (unpacked != NULL && unpacked->unpack != NULL)
        return unpacked;
    unpacked_close(unpacked);
    return NULL;
}

bool unpacked_is_of(const struct unpacked *unpacked, const struct stat *status)
{
    const struct stat *const own = &unpacked->status;
    return own->st_dev == status->st_dev && own->st_ino == status->st_ino &&
           own->st_size == status->st_size && own->st_mtim.tv_sec == status->st_mtim.tv_sec &&
           own->st_mtim.tv_nsec == status->st_mtim.tv_nsec;
}

static void drop_first(struct unpacked *unpacked)
{
    struct unpacked_chunk *const chunk = unpacked->first;
    unpacked->first = chunk->behind;
    unpacked->given = 0;
    spare_chunk(unpacked->ahead, chunk);
}

ptrdiff_t unpacked_read(struct unpacked *unpacked, void *bytes, size_t length, uint64_t *consumed,
                        const char **why)
{
    *why = NULL;
    while (unpacked->first != NULL && unpacked->given == unpacked->first->length)
        drop_first(unpacked);
    if (unpacked->first == NULL) {
        const ptrdiff_t count =
            unpack_read(unpacked->unpack, read_file, unpacked, bytes, length, why);
        *consumed = unpacked->taken;
        return count;
    }
    const struct unpacked_chunk *const chunk = unpacked->first;
    const size_t left = chunk->length - unpacked->given;
    const size_t piece = left < length ? left : length;
    memcpy(bytes, chunk->bytes + unpacked->given, piece);
    unpacked->given += piece;
    *consumed = chunk->taken;
    return (ptrdiff_t)piece;
}

void unpacked_close(struct unpacked *unpacked)
{
    if (unpacked == NULL)
        return;
    while (unpacked->first != NULL)
        drop_first(unpacked);
    unpack_close(unpacked->unpack);
    if (unpacked->fd >= 0)
        close(unpacked->fd);
    free(unpacked);
}
