/* SPDX-License-Identifier: MIT */
#include "log/input/rotation.h"

#include <stdlib.h>
#include <string.h>

#include "log/input/file_name.h"
#include "log/text/names.h"

/* A file on its way to its place. */
struct part {
    struct log_file file;
    struct file_name name;
    uint32_t log; /* number of its log's name, or NAME_UNKNOWN */
    size_t place; /* where it stands, and where its log does */
    size_t logs_place;
};

/* What is known of a log by its number. */
struct log {
    const struct part *first; /* the part that stands first */
    bool has_main;            /* a file with the log's own name */
    bool has_more;            /* than one name */
};

/* The log's name: the folders as they are, and the file's name without its age. NULL without memory. */
static char *name_log(const char *file, const struct file_name *name)
{
    while (strncmp(file, "./", 2) == 0)
        file += 2;
    const size_t folder = (size_t)(file_name_own(file) - file);
    char *const log = malloc(folder + name->stem.length + name->ending.length + 1);
    if (log == NULL)
        return NULL;
    char *next = log;
    memcpy(next, file, folder);
    next += folder;
    memcpy(next, name->stem.data, name->stem.length);
    next += name->stem.length;
    if (name->ending.length > 0)
        memcpy(next, name->ending.data, name->ending.length);
    next[name->ending.length] = '\0';
    return log;
}

/* Name the logs of all files. */
static bool name_logs(struct part *parts, size_t count, struct names *names)
{
    for (size_t i = 0; i < count; i++) {
        struct part *const part = &parts[i];
        part->place = part->logs_place = i;
        part->log = NAME_UNKNOWN;
        if (part->file.skipped != NULL || strcmp(part->file.name, "-") == 0)
            continue;
        part->name = file_name_read(part->file.name);
        part->file.log = name_log(part->file.name, &part->name);
        if (part->file.log == NULL)
            return false;
        const struct bytes log = {part->file.log, strlen(part->file.log)};
        part->log = names_add(names, log);
        if (part->log == NAME_UNKNOWN)
            return false;
    }
    return true;
}

static void look_at(struct log *log, const struct part *part)
{
    if (log->first == NULL)
        log->first = part;
    log->has_main = log->has_main || part->name.kind == FILE_PLAIN;
    log->has_more = log->has_more || strcmp(part->file.name, log->first->file.name) != 0;
}

/* A log is several files if they have several names. */
static void find_logs(struct part *parts, size_t count, struct log *logs)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].log != NAME_UNKNOWN)
            look_at(&logs[parts[i].log], &parts[i]);
    for (size_t i = 0; i < count; i++) {
        struct part *const part = &parts[i];
        const struct log *const log = part->log == NAME_UNKNOWN ? NULL : &logs[part->log];
        if (log != NULL && log->has_more && (part->name.sure || log->has_main)) {
            part->logs_place = (size_t)(log->first - parts);
        } else {
            free(part->file.log);
            part->file.log = NULL;
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct part *const first = a;
    const struct part *const second = b;
    if (first->logs_place != second->logs_place)
        return first->logs_place < second->logs_place ? -1 : 1;
    const int order = first->file.log == NULL ? 0 : file_name_compare(&first->name, &second->name);
    if (order != 0)
        return order;
    return (first->place > second->place) - (first->place < second->place);
}

static bool find(struct part *parts, size_t count, struct names *names, bool as_named)
{
    if (!name_logs(parts, count, names))
        return false;
    struct log *const logs = calloc(names->count + 1, sizeof *logs);
    if (logs == NULL)
        return false;
    find_logs(parts, count, logs);
    free(logs);
    if (!as_named)
        qsort(parts, count, sizeof *parts, compare);
    return true;
}

bool rotation_find(struct log_file *files, size_t count, bool as_named)
{
    struct names names = {.count = 0};
    struct part *const parts = calloc(count + 1, sizeof *parts);
    if (parts == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        parts[i].file = files[i];
    const bool good = find(parts, count, &names, as_named);
    for (size_t i = 0; i < count; i++) {
        files[i] = parts[i].file;
        const char *const log = i == 0 ? NULL : files[i - 1].log;
        files[i].goes_on =
            good && log != NULL && files[i].log != NULL && strcmp(log, files[i].log) == 0;
    }
    free(parts);
    names_free(&names);
    return good;
}
