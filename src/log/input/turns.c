/* SPDX-License-Identifier: MIT */
#include "log/input/turns.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log/input/rotation.h"

/* A log by its number in the archive. */
struct held {
    char *name; /* with the archive's */
    size_t own; /* where in it the name without that begins */
    uint64_t begin;
    uint64_t length;
    enum told told;
    char *trouble; /* why that is not all of it, or NULL */
    bool is_held;
    bool given;
};

/* What could not be read on the way to a log, to be told between two. */
struct untold {
    struct untold *next;
    enum layer_result result;
    enum told told;
    size_t own;
    char *name; /* or NULL */
    char trouble[200];
};

struct turns {
    unsigned users;
    struct layers *layers;
    struct turns_reader reader;
    /* All logs: in their turn, and by their number. */
    struct log_file *files;
    struct held *held;
    size_t count;
    size_t capacity;
    size_t names_size;
    bool too_many;
    size_t next; /* of the files */
    size_t came; /* number of the next log that the archive gives */
    bool at_end; /* it gives no more */
    bool as_it_stands;
    const char *why;   /* it is read so, if that is news */
    char listing[200]; /* why the names may not be all: the next time there may be more */
    /* The temporary file. */
    int fd;
    size_t held_count;
    uint64_t end;
    /* The log at hand. */
    struct log_file *now;
    struct held *from; /* it is held */
    uint64_t given;    /* bytes of it */
    size_t head_length;
    char head[PACKED_HEAD];
    struct untold *first;
    struct untold *last;
    struct untold *telling;
    char copy[65536];
};

struct turns *turns_new(struct layers *layers, const struct turns_reader *reader)
{
    struct turns *const turns = malloc(sizeof *turns);
    if (turns == NULL)
        return NULL;
    memset(turns, 0, offsetof(struct turns, copy));
    turns->users = 1;
    turns->layers = layers;
    turns->reader = *reader;
    turns->fd = -1;
    return turns;
}

void turns_share(struct turns *turns)
{
    turns->users++;
}

static void free_untold(struct untold *untold)
{
    if (untold != NULL)
        free(untold->name);
    free(untold);
}

/* What stands on the way will be met again. */
static void forget_untold(struct turns *turns)
{
    while (turns->first != NULL) {
        struct untold *const next = turns->first->next;
        free_untold(turns->first);
        turns->first = next;
    }
    turns->last = NULL;
}

static void close_held(struct turns *turns)
{
    if (turns->fd >= 0)
        close(turns->fd);
    turns->fd = -1;
}

void turns_release(struct turns *turns)
{
    if (turns == NULL || --turns->users > 0)
        return;
    for (size_t i = 0; i < turns->count; i++) {
        if (turns->files[i].name != turns->held[turns->files[i].number].name)
            free(turns->files[i].name);
        free(turns->files[i].log);
        free(turns->held[i].name);
        free(turns->held[i].trouble);
    }
    free(turns->files);
    free(turns->held);
    forget_untold(turns);
    free_untold(turns->telling);
    close_held(turns);
    free(turns);
}

static bool grow(struct turns *turns)
{
    if (turns->count < turns->capacity)
        return true;
    const size_t capacity = turns->capacity * 2 + 16;
    struct log_file *const files = realloc(turns->files, capacity * sizeof *files);
    if (files != NULL)
        turns->files = files;
    struct held *const held = realloc(turns->held, capacity * sizeof *held);
    if (held != NULL)
        turns->held = held;
    if (files == NULL || held == NULL)
        return false;
    turns->capacity = capacity;
    return true;
}

/* The name as rotation_find reads one: the archive is a folder. `own` is where the name without that begins. */
static char *name_file(const char *name, size_t *own)
{
    const char *archive = name;
    const char *member = name + *own;
    while (strncmp(archive, "./", 2) == 0 && archive + 2 < member)
        archive += 2;
    const size_t length = (size_t)(member - archive) - 1; /* without the colon */
    while (strncmp(member, "./", 2) == 0)
        member += 2;
    const size_t size = length + strlen(member) + 2;
    char *const file = malloc(size);
    if (file == NULL)
        return NULL;
    snprintf(file, size, "%.*s/%s", (int)length, archive, member);
    *own = length + 1;
    return file;
}

bool turns_add(struct turns *turns)
{
    size_t own;
    const char *const name = layers_member(turns->layers, &own);
    const char *const known = name == NULL ? "?:?" : name;
    own = name == NULL ? 2 : own;
    turns->names_size += 2 * strlen(known) + sizeof(struct held) + sizeof(struct log_file);
    turns->too_many = turns->too_many || turns->names_size > TURNS_NAMES_MOST;
    if (turns->too_many)
        return true;
    if (!grow(turns))
        return false;
    struct log_file *const file = &turns->files[turns->count];
    struct held *const held = &turns->held[turns->count];
    *file = (struct log_file){.number = turns->count};
    *held = (struct held){.own = own};
    turns->count++;
    held->name = strdup(known);
    file->own = own;
    file->name = name_file(known, &file->own);
    return held->name != NULL && file->name != NULL;
}

bool turns_order(struct turns *turns, bool as_named)
{
    if (!rotation_find(turns->files, turns->count, as_named))
        return false;
    for (size_t i = 0; i < turns->count; i++) {
        struct log_file *const file = &turns->files[i];
        free(file->name);
        file->name = turns->held[file->number].name;
        if (file->log != NULL)
            file->log[file->own - 1] = ':';
    }
    return true;
}

bool turns_has_parts(const struct turns *turns)
{
    for (size_t i = 0; i < turns->count; i++)
        if (turns->files[i].log != NULL)
            return true;
    return false;
}

bool turns_too_many(const struct turns *turns)
{
    return turns->too_many;
}

static bool keep_untold(struct turns *turns, enum layer_result result, enum told told,
                        const char *trouble, const char *name, size_t own)
{
    struct untold *const untold = malloc(sizeof *untold);
    if (untold == NULL)
        return false;
    *untold = (struct untold){.result = result, .told = told, .own = own};
    snprintf(untold->trouble, sizeof untold->trouble, "%s", trouble);
    untold->name = name == NULL ? NULL : strdup(name);
    if (name != NULL && untold->name == NULL) {
        free(untold);
        return false;
    }
    if (turns->last == NULL)
        turns->first = untold;
    else
        turns->last->next = untold;
    turns->last = untold;
    return true;
}

/* Go on as the archive stands, with what has not been given. */
static void give_up(struct turns *turns, const char *why)
{
    forget_untold(turns);
    close_held(turns);
    turns->as_it_stands = true;
    turns->why = why;
    turns->came = 0;
    turns->at_end = false;
    turns->reader.rewind(turns->reader.context);
}

static const char changed[] = "has changed while it was read: its files are read in the order "
                              "in which they stand";
static const char too_many[] = "holds too many files to put those of one log in order: they are "
                               "read in the order in which they stand";

bool turns_begin(struct turns **made, struct layers *layers, const struct turns_reader *reader,
                 enum layer_result first, bool as_named)
{
    struct turns *const turns = *made = turns_new(layers, reader);
    bool good = turns != NULL;
    for (enum layer_result result = first;
         good && result != LAYER_END && !turns->too_many && !reader->stopped(reader->context);
         result = layers_next(layers)) {
        good = result != LAYER_READY || turns_add(turns);
        if (good && layers->trouble[0] != '\0' && layers->told != TOLD_SKIPPED)
            snprintf(turns->listing, sizeof turns->listing, "%s", layers->trouble);
    }
    good = good && turns_order(turns, as_named);
    if (good && turns->too_many) {
        give_up(turns, too_many);
        return true;
    }
    if (!good || (turns->listing[0] == '\0' && !turns_has_parts(turns))) {
        turns_release(turns);
        *made = NULL;
    }
    reader->rewind(reader->context);
    return good;
}

/* A file without a name, which is gone when it is closed. */
static bool open_held(struct turns *turns)
{
    const char *const folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    for (size_t i = 0; turns->fd < 0 && i < sizeof folders / sizeof folders[0]; i++) {
        char name[4096];
        if (folders[i] == NULL || strlen(folders[i]) + sizeof "/sbfota-XXXXXX" > sizeof name)
            continue;
        snprintf(name, sizeof name, "%s/sbfota-XXXXXX", folders[i]);
        turns->fd = mkstemp(name);
        if (turns->fd < 0)
            continue;
        unlink(name);
        fcntl(turns->fd, F_SETFD, FD_CLOEXEC);
    }
    return turns->fd >= 0;
}

static bool write_all(int fd, const char *bytes, size_t length, uint64_t place)
{
    while (length > 0) {
        const ssize_t count = pwrite(fd, bytes, length, (off_t)place);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes += count;
        length -= (size_t)count;
        place += (uint64_t)count;
    }
    return true;
}

/* Hold the log that the archive gives. False if there is no room. */
static bool hold(struct turns *turns, struct held *held)
{
    ptrdiff_t count;
    if (turns->fd < 0 && !open_held(turns))
        return false;
    if (turns->held_count == 0) {
        turns->end = 0;
        if (ftruncate(turns->fd, 0) != 0)
            return false;
    }
    held->begin = turns->end;
    while ((count = layers_read(turns->layers, turns->copy, sizeof turns->copy)) > 0) {
        if (turns->reader.stopped(turns->reader.context))
            break;
        if (turns->end + (uint64_t)count > SBFOTA_TURNS_HELD_MOST ||
            !write_all(turns->fd, turns->copy, (size_t)count, turns->end))
            return false;
        turns->end += (uint64_t)count;
    }
    if (count < 0) {
        held->told = turns->layers->told;
        held->trouble = strdup(turns->layers->trouble);
    }
    held->length = turns->end - held->begin;
    held->is_held = true;
    turns->held_count++;
    return count >= 0 || held->trouble != NULL;
}

static size_t read_held(struct turns *turns, void *bytes, size_t length)
{
    const uint64_t left = turns->from->length - turns->given;
    const size_t wanted = left < length ? (size_t)left : length;
    size_t have = 0;
    while (have < wanted) {
        const ssize_t count = pread(turns->fd, (char *)bytes + have, wanted - have,
                                    (off_t)(turns->from->begin + turns->given + have));
        if (count > 0)
            have += (size_t)count;
        else if (count == 0 || errno != EINTR)
            break;
    }
    return have;
}

static enum layer_result give(struct turns *turns, struct log_file *file, bool is_held)
{
    struct held *const held = &turns->held[file->number];
    held->given = true;
    turns->now = file;
    turns->from = is_held ? held : NULL;
    turns->given = 0;
    turns->head_length = is_held ? read_held(turns, turns->head, sizeof turns->head) : 0;
    return LAYER_READY;
}

/* The log at hand has been read. */
static void end_log(struct turns *turns)
{
    if (turns->from != NULL) {
        turns->from->is_held = false;
        turns->held_count--;
    }
    turns->now = NULL;
    turns->from = NULL;
    free_untold(turns->telling);
    turns->telling = NULL;
}

static enum layer_result tell(struct turns *turns)
{
    struct untold *const untold = turns->telling = turns->first;
    turns->first = untold->next;
    turns->last = turns->first == NULL ? NULL : turns->last;
    layers_fail(turns->layers, untold->told, "", untold->trouble);
    turns->layers->untold = false;
    return untold->result;
}

/* Is what the archive gives what it gave before under that number? */
static bool is_known(const struct turns *turns, size_t number)
{
    size_t own;
    const char *const name = layers_member(turns->layers, &own);
    return number < turns->count &&
           strcmp(name == NULL ? "?:?" : name, turns->held[number].name) == 0;
}

/* Go on to a log of the archive; hold those before it. LAYER_END if it is not there, or all goes on as it stands. */
static enum layer_result read_up_to(struct turns *turns, size_t wanted)
{
    while (!turns->at_end && turns->came <= wanted) {
        const enum layer_result result = layers_next(turns->layers);
        size_t own = 0;
        const char *const name = layers_member(turns->layers, &own);
        turns->at_end = result == LAYER_END || turns->reader.stopped(turns->reader.context);
        if (turns->at_end)
            break;
        if (result != LAYER_READY) {
            if (!keep_untold(turns, result, turns->layers->told, turns->layers->trouble, name, own))
                return result;
            continue;
        }
        const size_t number = turns->came++;
        if (!is_known(turns, number)) {
            give_up(turns, turns->listing[0] != '\0' ? turns->listing : changed);
            break;
        }
        if (number == wanted)
            return LAYER_READY;
        if (!turns->held[number].given && !hold(turns, &turns->held[number])) {
            give_up(turns, "holds parts of logs that cannot be put in order, for lack of room in "
                           "TMPDIR: its files are read in the order in which they stand");
            break;
        }
    }
    return LAYER_END;
}

static enum layer_result next_as_it_stands(struct turns *turns)
{
    if (turns->first != NULL)
        return tell(turns);
    if (turns->why != NULL) {
        layers_fail(turns->layers, TOLD_TROUBLE, "", turns->why);
        turns->layers->untold = false;
        turns->why = NULL;
        return LAYER_FAILED;
    }
    while (!turns->at_end) {
        const enum layer_result result = layers_next(turns->layers);
        turns->at_end = result == LAYER_END;
        if (result != LAYER_READY)
            return result;
        const size_t number = turns->came++;
        if (number >= turns->count || !turns->held[number].given)
            return result;
    }
    return LAYER_END;
}

enum layer_result turns_next(struct turns *turns)
{
    end_log(turns);
    while (!turns->as_it_stands && turns->next < turns->count) {
        struct log_file *const file = &turns->files[turns->next];
        const struct held *const held = &turns->held[file->number];
        /* What has to be told is told between two logs, not within one. */
        if (turns->first != NULL && !file->goes_on)
            return tell(turns);
        const enum layer_result result =
            held->is_held ? LAYER_READY : read_up_to(turns, file->number);
        if (turns->as_it_stands)
            break;
        if (result != LAYER_READY && result != LAYER_END)
            return result;
        turns->next++;
        if (result == LAYER_READY)
            return give(turns, file, held->is_held);
    }
    if (!turns->as_it_stands)
        read_up_to(turns, SIZE_MAX - 1);
    return next_as_it_stands(turns);
}

bool turns_goes_on(const struct turns *turns)
{
    return !turns->as_it_stands && turns->now != NULL && turns->next < turns->count &&
           turns->files[turns->next].goes_on;
}

ptrdiff_t turns_read(struct turns *turns, void *bytes, size_t length)
{
    struct held *const from = turns->from;
    if (from == NULL)
        return layers_read(turns->layers, bytes, length);
    const size_t count = read_held(turns, bytes, length);
    turns->given += count;
    if (count > 0 || length == 0)
        return (ptrdiff_t)count;
    if (turns->given < from->length)
        layers_fail(turns->layers, TOLD_TROUBLE, "cannot be read back from a temporary file", "");
    else if (from->trouble != NULL)
        layers_fail(turns->layers, from->told, "", from->trouble);
    else
        return 0;
    turns->layers->untold = false;
    return -1;
}

const char *turns_head(const struct turns *turns, size_t *length)
{
    if (turns->from == NULL)
        return layers_head(turns->layers, length);
    *length = turns->head_length;
    return turns->head;
}

const char *turns_member(const struct turns *turns, size_t *own)
{
    if (turns->telling != NULL) {
        *own = turns->telling->own;
        return turns->telling->name;
    }
    if (turns->now == NULL)
        return layers_member(turns->layers, own);
    *own = turns->held[turns->now->number].own;
    return turns->now->name;
}

struct log_file *turns_place(const struct turns *turns)
{
    return turns->now == NULL || turns->now->log == NULL ? NULL : turns->now;
}
