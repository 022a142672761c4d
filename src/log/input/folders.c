/* SPDX-License-Identifier: MIT */
#include "log/input/folders.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of a system's files no two have the same. */
struct identity {
    uint64_t device;
    uint64_t number;
};

/* Note what has been found: is it new? *no_memory is set without memory. */
static bool is_new(struct file_list *list, const struct stat *status, bool *no_memory)
{
    const struct identity identity = {(uint64_t)status->st_dev, (uint64_t)status->st_ino};
    const uint32_t count = list->known.count;
    const uint32_t number =
        names_add(&list->known, (struct bytes){(const char *)&identity, sizeof identity});
    *no_memory = number == NAME_UNKNOWN;
    return number == count;
}

static bool add(struct file_list *list, const char *name, const char *skipped)
{
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity * 2 + 16;
        struct log_file *const files = realloc(list->files, capacity * sizeof *files);
        if (files == NULL)
            return false;
        list->files = files;
        list->capacity = capacity;
    }
    struct log_file *const file = &list->files[list->count];
    *file = (struct log_file){.name = strdup(name), .skipped = skipped};
    list->count += file->name != NULL;
    return file->name != NULL;
}

/* What is written, if this is: what it is called, "" if that is nobody's business. */
static const char *written_as(const struct file_list *list, const struct stat *status)
{
    for (size_t i = 0; i < 2; i++) {
        const struct file_identity *const written = &list->written[i];
        if (written->known && written->device == status->st_dev &&
            written->number == status->st_ino)
            return written->own ? "" : "is the output";
    }
    return NULL;
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

/* What is no file and no directory. */
static const char *kind_of(mode_t mode)
{
    return S_ISFIFO(mode)   ? "a FIFO"
           : S_ISSOCK(mode) ? "a socket"
           : S_ISCHR(mode)  ? "a device"
           : S_ISBLK(mode)  ? "a device"
                            : "no file";
}

static bool take_path(struct file_list *list, struct file_list *pile, const char *path)
{
    struct stat status;
    bool no_memory = false;
    if (stat(path, &status) != 0)
        return add(list, path, NULL);
    const bool is_folder = S_ISDIR(status.st_mode);
    if (!is_folder && !S_ISREG(status.st_mode))
        return add(list, path, kind_of(status.st_mode));
    const char *const written = written_as(list, &status);
    if (written != NULL)
        return *written == '\0' || add(list, path, written);
    if (!is_new(list, &status, &no_memory))
        return !no_memory && add(list, path, "is read already");
    if (is_folder)
        return open_folder(list, pile, path);
    list->bytes += (uint64_t)status.st_size;
    return add(list, path, NULL);
}

static bool add_folder(struct file_list *list, const char *name)
{
    const size_t before = list->count;
    struct file_list pile = {.count = 0};
    bool good = add(&pile, name, NULL);
    while (good && pile.count > 0) {
        char *const path = pile.files[--pile.count].name;
        good = take_path(list, &pile, path);
        free(path);
    }
    file_list_free(&pile);
    return good && (list->count > before || add(list, name, "it holds no file to read"));
}

bool file_list_add(struct file_list *list, const char *name, bool recursive)
{
    struct stat status;
    bool no_memory = false;
    const bool known = strcmp(name, "-") != 0 && stat(name, &status) == 0;
    if (recursive && known && S_ISDIR(status.st_mode))
        return add_folder(list, name);
    /* What is named is read as often as it is named. */
    if (known && S_ISREG(status.st_mode)) {
        list->bytes += (uint64_t)status.st_size;
        is_new(list, &status, &no_memory);
    }
    return !no_memory && add(list, name, NULL);
}

static struct file_identity identify(const struct stat *status)
{
    return (struct file_identity){true, false, status->st_dev, status->st_ino};
}

void file_list_leave_out(struct file_list *list, int fd, const char *name)
{
    struct stat status;
    if (fstat(fd, &status) == 0)
        list->written[0] = identify(&status);
    list->written[0].own = name != NULL;
    if (name != NULL && stat(name, &status) == 0)
        list->written[1] = identify(&status);
}

void file_list_free(struct file_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->files[i].name);
        free(list->files[i].log);
    }
    free(list->files);
    names_free(&list->known);
}
