/* SPDX-License-Identifier: MIT */
#include "log/input/layer.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log/input/member.h"
#include "log/input/unpack.h"
#include "log/input/unpack_ahead.h"

/* What is compressed several times over may be a bomb: it may give this much, and so many times the file's bytes beside. */
#define SPREAD_FREE (256U << 20)
#define SPREAD_TIMES 1024

struct layer {
    struct layers *layers;
    struct layer *below;       /* NULL for the file itself */
    struct unpack *unpack;     /* of a compressed file */
    struct unpacked *unpacked; /* of one whose unpacking began before its turn */
    struct member *member;     /* of an archive: the one of its files that is read */
    unsigned compressions;     /* of the bytes that it gives */
    bool failed;               /* it does not go on: that has been told */
    size_t head_length;
    size_t head_next;
    char head[PACKED_HEAD];
};

static const char damaged[] = "damaged, read as far as it goes: ";

void layers_fail(struct layers *layers, enum told told, const char *what, const char *why)
{
    layers->told = told;
    const int length = (int)strcspn(why, "\n");
    snprintf(layers->trouble, sizeof layers->trouble, "%s%.*s", what, length, why);
    layers->untold = true;
}

static enum layer_result fail(struct layers *layers, enum told told, const char *what,
                              const char *why)
{
    layers_fail(layers, told, what, why);
    return LAYER_FAILED;
}

/* What it is packed in goes no further. */
static enum layer_result fail_unpacking(struct layers *layers, const char *why)
{
    if (strstr(why, UNPACK_LACKS) != NULL)
        return fail(layers, TOLD_LACKING, "", why);
    if (strstr(why, "not enough memory") != NULL)
        return fail(layers, TOLD_TROUBLE, "", why);
    return fail(layers, TOLD_DAMAGED, damaged, why);
}

static ptrdiff_t read_layer(void *context, void *bytes, size_t length);

/* The file could not be read where it was unpacked: it is told where that is tried again. */
static void tell_read_error(struct layers *layers)
{
    char byte;
    if (!layers->rewind(layers->context, *layers->consumed) ||
        layers->read(layers->context, &byte, 1) >= 0)
        layers_fail(layers, TOLD_TROUBLE, "cannot be read", "");
}

static ptrdiff_t unpack_more(struct layer *layer, void *bytes, size_t length, const char **why)
{
    struct layers *const layers = layer->layers;
    if (layer->unpacked == NULL)
        return unpack_read(layer->unpack, read_layer, layer->below, bytes, length, why);
    const ptrdiff_t count = unpacked_read(layer->unpacked, bytes, length, layers->consumed, why);
    if (count < 0 && *why == NULL)
        tell_read_error(layers);
    return count;
}

/* The bytes behind the head, when that has been given. */
static ptrdiff_t read_own(struct layer *layer, void *bytes, size_t length)
{
    struct layers *const layers = layer->layers;
    const char *why = NULL;
    if (layer->below == NULL)
        return layers->read(layers->context, bytes, length);
    const ptrdiff_t count = layer->member != NULL ? member_read(layer->member, bytes, length, &why)
                                                  : unpack_more(layer, bytes, length, &why);
    if (why != NULL)
        fail_unpacking(layers, why);
    return count;
}

/* Does it give more than anything would that is worth it? Then nothing more of the file is read. */
static bool is_bomb(const struct layer *layer, size_t length)
{
    struct layers *const layers = layer->layers;
    if (layer->compressions < 2)
        return false;
    layers->spread += length;
    if (layers->spread <= SPREAD_FREE + *layers->consumed * SPREAD_TIMES)
        return false;
    fail(layers, TOLD_PACKED,
         "is compressed several times, and too much comes out of it: unpack it first", "");
    layers->over = true;
    return true;
}

static ptrdiff_t read_behind(struct layer *layer, void *bytes, size_t length)
{
    /* An archive's next file may be sound. */
    if (layer->layers->over || (layer->failed && layer->member == NULL))
        return -1;
    ptrdiff_t count = read_own(layer, bytes, length);
    if (count > 0 && is_bomb(layer, (size_t)count))
        count = -1;
    layer->failed = count < 0;
    return count;
}

static ptrdiff_t read_layer(void *context, void *bytes, size_t length)
{
    struct layer *const layer = context;
    const size_t left = layer->head_length - layer->head_next;
    if (left == 0)
        return read_behind(layer, bytes, length);
    const size_t piece = left < length ? left : length;
    memcpy(bytes, layer->head + layer->head_next, piece);
    layer->head_next += piece;
    return (ptrdiff_t)piece;
}

/* The file itself, read anew from there. */
static bool rewind_file(void *context, uint64_t place)
{
    struct layer *const file = context;
    file->head_next = file->head_length;
    return file->layers->rewind(file->layers->context, place);
}

/* Do so few bytes tell what it is? A line has ended: before that nothing could be told of it, and no head of what is packed has a line
 * end, a tar archive's in its name at most. Every second byte of a text in UTF-16 may be 0, which fewer bytes do not tell. */
static bool head_tells(const char *head, size_t length)
{
    const bool has_end = memchr(head, '\n', length) != NULL || memchr(head, '\r', length) != NULL;
    return has_end && (length >= 16 || (length >= 6 && memchr(head, '\0', length) == NULL));
}

/* What is wrong is told where it is read on. */
static void read_head(struct layer *layer)
{
    struct layers *const layers = layer->layers;
    layer->head_length = layer->head_next = 0;
    /* Its own bytes go past the head as long as that is empty. */
    size_t have = 0;
    while (have < PACKED_HEAD) {
        const ptrdiff_t count = read_behind(layer, layer->head + have, PACKED_HEAD - have);
        if (count <= 0)
            break;
        have += (size_t)count;
        if (head_tells(layer->head, have) && layers->hurries(layers->context))
            break;
    }
    layer->head_length = have;
}

/* How what a layer gives is called, and where the name without archives begins. */
static const char *name_of(const struct layer *layer, size_t *own)
{
    for (; layer != NULL; layer = layer->below)
        if (layer->member != NULL && member_name(layer->member, own) != NULL)
            return member_name(layer->member, own);
    *own = 0;
    return NULL;
}

static struct layer *push(struct layers *layers)
{
    struct layer *const layer = malloc(sizeof *layer);
    if (layer == NULL)
        return NULL;
    memset(layer, 0, offsetof(struct layer, head));
    layer->layers = layers;
    layer->below = layers->top;
    layer->compressions = layers->top == NULL ? 0 : layers->top->compressions;
    layers->count += layers->top != NULL;
    layers->top = layer;
    return layer;
}

static void pop(struct layers *layers)
{
    struct layer *const layer = layers->top;
    layers->top = layer->below;
    layers->count -= layers->top != NULL;
    unpack_close(layer->unpack);
    unpacked_close(layer->unpacked);
    member_close(layer->member);
    free(layer);
}

enum layer_result layers_open(struct layers *layers)
{
    struct layer *const layer = push(layers);
    if (layer == NULL)
        return fail(layers, TOLD_TROUBLE, "not enough memory", "");
    read_head(layer);
    return layer->failed && layer->head_length == 0 ? LAYER_FAILED : LAYER_READY;
}

/* What is no log and cannot be read here; NULL for all else. */
static const char *find_unreadable(const struct layer *layer)
{
    static const struct {
        const char *head;
        size_t length;
        const char *what;
    } kinds[] = {
        {"7z\xbc\xaf\x27\x1c", 6, "is a 7-Zip archive, which is not read: unpack it first"},
        {"Rar!\x1a\x07", 6, "is a RAR archive, which is not read: unpack it first"},
        {"PK\5\6", 4, "is a ZIP archive without files"},
        {"\x1f\x9d\x8c", 3, "is packed by compress, which is not read: unpack it first"},
        {"\x1f\x9d\x90", 3, "is packed by compress, which is not read: unpack it first"},
        {"LZIP\1", 5, "is packed by lzip, which is not read: unpack it first"},
        {"\x89LZO\0\r\n\x1a\n", 9, "is packed by lzop, which is not read: unpack it first"},
        {"LPKSHHRH", 8, "is a journal of systemd, which is not read: use journalctl"},
        {"SQLite format 3\0", 16, "is a database of SQLite, which is not read: export it first"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (layer->head_length >= kinds[i].length &&
            memcmp(layer->head, kinds[i].head, kinds[i].length) == 0)
            return kinds[i].what;
    return NULL;
}

/* A file that can be read again may be unpacked by a fast codec, or be unpacked already. */
static void begin_unpacking(struct layer *layer, const struct codec *codec)
{
    struct layers *const layers = layer->layers;
    const bool is_file = layers->rewind != NULL && layer->below->below == NULL;
    if (is_file) {
        layer->unpacked = layers->unpacked;
        layers->unpacked = NULL;
    }
    if (layer->unpacked == NULL)
        layer->unpack = unpack_open(codec, is_file ? rewind_file : NULL);
}

/* Open what the layer at the top is packed in, if it is. */
static enum layer_result open_packed(struct layers *layers, bool *is_packed)
{
    const struct layer *const top = layers->top;
    const struct codec *const codec = codec_find(top->head, top->head_length);
    const enum archive_kind kind = archive_find(top->head, top->head_length);
    *is_packed = !layers->plain && (codec != NULL || kind != ARCHIVE_NONE);
    const char *const unreadable = layers->plain || *is_packed ? NULL : find_unreadable(top);
    if (unreadable != NULL)
        return fail(layers, TOLD_TROUBLE, unreadable, "");
    if (!*is_packed)
        return LAYER_READY;
    if (layers->count == LAYERS_MAX)
        return fail(layers, TOLD_PACKED, "is packed too many times over: unpack it first", "");
    struct layer *const layer = push(layers);
    if (layer == NULL)
        return fail(layers, TOLD_TROUBLE, "not enough memory", "");
    layer->compressions += codec != NULL || kind == ARCHIVE_COMPRESSED;
    if (codec != NULL)
        begin_unpacking(layer, codec);
    else
        layer->member = member_open(read_layer, layer->below);
    if (layer->unpack == NULL && layer->unpacked == NULL && layer->member == NULL)
        return fail(layers, TOLD_TROUBLE, "not enough memory", "");
    if (codec != NULL)
        read_head(layer);
    return LAYER_READY;
}

/* Behind the end of an archive a compressed file has its own, which says whether all was well. */
static enum layer_result end_archive(struct layer *layer)
{
    char rest[4096];
    ptrdiff_t count = 1;
    while (layer->below->below != NULL && layer->below->member == NULL && !layer->below->failed &&
           count > 0)
        count = read_layer(layer->below, rest, sizeof rest);
    return count < 0 ? LAYER_FAILED : LAYER_END;
}

/* The next file of the archive at the top. */
static enum layer_result next_member(struct layers *layers)
{
    struct layer *const layer = layers->top;
    size_t own = 0;
    const char *const name = name_of(layer->below, &own);
    const char *const outer = name == NULL ? layers->name : name;
    const char *why = NULL;
    layer->failed = false;
    layer->head_length = layer->head_next = 0;
    switch (member_next(layer->member, outer, &why)) {
    case MEMBER_READY: read_head(layer); return LAYER_READY;
    case MEMBER_SKIPPED: fail(layers, TOLD_SKIPPED, "", why); return LAYER_SKIPPED;
    case MEMBER_END: return end_archive(layer);
    case MEMBER_FAILED: break;
    }
    /* Of what it is made of that is known. */
    return why == NULL ? LAYER_FAILED : fail_unpacking(layers, why);
}

/* Each trouble is told once, whatever is made of what is damaged. */
static enum layer_result tell(struct layers *layers, enum layer_result result)
{
    const bool untold = layers->untold;
    layers->untold = false;
    return result == LAYER_FAILED && !untold ? LAYER_END : result;
}

/* Down to the archive that the layer at the top stands in; false if it stands in none. */
static bool pop_to_archive(struct layers *layers)
{
    while (layers->top->member == NULL) {
        if (layers->top->below == NULL)
            return false;
        pop(layers);
    }
    return true;
}

enum layer_result layers_next(struct layers *layers)
{
    bool is_new = !layers->begun; /* the layer at the top has not been looked at */
    layers->begun = true;
    for (;;) {
        enum layer_result result = LAYER_READY;
        bool is_packed = true;
        if (layers->over)
            return tell(layers, LAYER_FAILED);
        if (is_new)
            result = open_packed(layers, &is_packed);
        if (result != LAYER_READY || !is_packed)
            return result == LAYER_READY ? result : tell(layers, result);
        if (is_new && layers->top->member == NULL)
            continue; /* what is in a compressed file is looked at in its turn */
        if (!pop_to_archive(layers))
            return LAYER_END;
        result = next_member(layers);
        if (result == LAYER_SKIPPED || result == LAYER_FAILED) {
            result = tell(layers, result);
            if (result != LAYER_END)
                return result;
        }
        if (result == LAYER_END)
            pop(layers);
        is_new = result == LAYER_READY;
    }
}

ptrdiff_t layers_read(struct layers *layers, void *bytes, size_t length)
{
    const ptrdiff_t count = read_layer(layers->top, bytes, length);
    if (count >= 0)
        return count;
    return tell(layers, LAYER_FAILED) == LAYER_FAILED ? -1 : 0;
}

const char *layers_head(const struct layers *layers, size_t *length)
{
    *length = layers->top->head_length;
    return layers->top->head;
}

const char *layers_member(const struct layers *layers, size_t *own)
{
    return name_of(layers->top, own);
}

bool layers_in_archive(const struct layers *layers)
{
    const struct layer *layer = layers->top;
    while (layer != NULL && layer->member == NULL)
        layer = layer->below;
    return layer != NULL;
}

void layers_close(struct layers *layers)
{
    while (layers->top != NULL)
        pop(layers);
    unpacked_close(layers->unpacked);
}
