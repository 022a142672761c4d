/* SPDX-License-Identifier: MIT */
#include "folders.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool add(struct file_list *list, const char *name, const struct stat *status)
{
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity * 2 + 16;
        char **const names = realloc(list->names, capacity * sizeof *names);
        if (names == NULL)
            return false;
        list->names = names;
        list->capacity = capacity;
    }
    list->names[list->count] = strdup(name);
    if (list->names[list->count] == NULL)
        return false;
    list->count++;
    if (status != NULL && S_ISREG(status->st_mode))
        list->bytes += (uint64_t)status->st_size;
    return true;
}

static bool is_written(const struct file_list *list, const struct stat *status)
{
    for (size_t i = 0; i < 2; i++) {
        const struct file_identity *const written = &list->written[i];
        if (written->known && written->device == status->st_dev &&
            written->number == status->st_ino)
            return true;
    }
    return false;
}

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int compare(const struct dirent **first, const struct dirent **second)
{
    return strcmp((*first)->d_name, (*second)->d_name);
}

static bool add_entry(struct file_list *pile, const char *folder, const char *name)
{
    const size_t length = strlen(folder);
    const char *const slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
    const size_t size = length + strlen(name) + 2;
    char *const path = malloc(size);
    if (path == NULL)
        return false;
    snprintf(path, size, "%s%s%s", folder, slash, name);
    const bool good = add(pile, path, NULL);
    free(path);
    return good;
}

/* What a folder holds goes on the pile, the first name on top. One that cannot be listed to its end is kept for a file: who
 * opens it is told. */
static bool open_folder(struct file_list *list, struct file_list *pile, const char *path)
{
    struct dirent **entries;
    const int count = scandir(path, &entries, is_entry, compare);
    if (count < 0)
        return errno != ENOMEM && add(list, path, NULL);
    bool good = true;
    for (int i = count; i-- > 0;) {
        good = good && add_entry(pile, path, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return good;
}

/* A link is followed if it was named, not if it was found. */
static bool take_path(struct file_list *list, struct file_list *pile, const char *path, bool named)
{
    struct stat status;
    if ((named ? stat(path, &status) : lstat(path, &status)) != 0)
        return add(list, path, NULL);
    if (S_ISDIR(status.st_mode))
        return open_folder(list, pile, path);
    return !S_ISREG(status.st_mode) || is_written(list, &status) || add(list, path, &status);
}

static bool add_folder(struct file_list *list, const char *name)
{
    struct file_list pile = {.count = 0};
    bool good = add(&pile, name, NULL);
    for (bool named = true; good && pile.count > 0; named = false) {
        char *const path = pile.names[--pile.count];
        good = take_path(list, &pile, path, named);
        free(path);
    }
    file_list_free(&pile);
    return good;
}

bool file_list_add(struct file_list *list, const char *name, bool recursive)
{
    struct stat status;
    const bool known = strcmp(name, "-") != 0 && stat(name, &status) == 0;
    if (recursive && known && S_ISDIR(status.st_mode))
        return add_folder(list, name);
    return add(list, name, known ? &status : NULL);
}

static struct file_identity identify(const struct stat *status)
{
    return (struct file_identity){true, status->st_dev, status->st_ino};
}

void file_list_leave_out(struct file_list *list, int fd, const char *name)
{
    struct stat status;
    if (fstat(fd, &status) == 0)
        list->written[0] = identify(&status);
    if (name != NULL && stat(name, &status) == 0)
        list->written[1] = identify(&status);
}

void file_list_free(struct file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
    free(list->names);
}
