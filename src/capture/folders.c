/* SPDX-License-Identifier: MIT */
#include "folders.h"

#include <errno.h>
#include <fts.h>
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

static int compare(const FTSENT **first, const FTSENT **second)
{
    return strcmp((*first)->fts_name, (*second)->fts_name);
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

static bool add_folder(struct file_list *list, const char *name)
{
    char *const copy = strdup(name);
    char *roots[] = {copy, NULL};
    FTS *const tree =
        copy == NULL ? NULL : fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, compare);
    bool good = tree != NULL;
    FTSENT *entry;
    while (good && (entry = fts_read(tree)) != NULL) {
        const bool unreadable = entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR ||
                                entry->fts_info == FTS_NS || entry->fts_info == FTS_SLNONE;
        if (unreadable)
            good = add(list, entry->fts_path, NULL);
        else if (entry->fts_info == FTS_F && !is_written(list, entry->fts_statp))
            good = add(list, entry->fts_path, entry->fts_statp);
    }
    /* A folder that gives an error half-way is taken to end there. */
    good = good && errno != ENOMEM;
    if (tree != NULL)
        fts_close(tree);
    free(copy);
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
