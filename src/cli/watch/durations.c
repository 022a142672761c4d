/* SPDX-License-Identifier: MIT */
#include "cli/watch/pace.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "cli/files.h"
#include "cli/writing/error_line.h"

enum {
    FILE_MOST = 4 << 20 /* bytes: a fleet's is some kilobytes */
};

/* All of it, to be freed; NULL, with the error told. */
static char *read_file(const char **path, size_t *length)
{
    const int fd = file_open(path, NULL);
    char *const bytes = malloc(FILE_MOST + 1);
    ssize_t part = 1;
    *length = 0;
    if (fd >= 0 && bytes == NULL)
        error_line(file_shown(*path), 0, "cannot be read: %s", strerror(errno));
    if (fd < 0 || bytes == NULL)
        part = -2;
    while (part > 0 && *length <= FILE_MOST) {
        part = read(fd, bytes + *length, FILE_MOST + 1 - *length);
        if (part < 0)
            error_line(file_shown(*path), 0, "cannot be read: %s", strerror(errno));
        *length += part > 0 ? (size_t)part : 0;
    }
    if (fd >= 0)
        close(fd);
    if (part >= 0 && *length <= FILE_MOST)
        return bytes;
    if (part >= 0)
        error_line(file_shown(*path), 0,
                   "is over 4 MiB: the output of sbfota stats --fleet -f jsonl is needed");
    free(bytes);
    return NULL;
}

/* Seconds of a field, in milliseconds; false if it is none from 0 to a day. */
static bool read_seconds(const json_t *object, const char *name, uint32_t *milliseconds)
{
    const json_t *const value = json_object_get(object, name);
    const double seconds = json_number_value(value);
    if (!json_is_number(value) || !(seconds >= 0 && seconds <= 86400))
        return false;
    *milliseconds = (uint32_t)(seconds * 1000);
    return true;
}

static bool read_spread(const json_t *durations, const char *name, struct pace_spread *spread)
{
    const json_t *const object = json_object_get(durations, name);
    *spread = (struct pace_spread){.known = false};
    if (!read_seconds(object, "median", &spread->median) ||
        !read_seconds(object, "p95", &spread->p95) || !read_seconds(object, "most", &spread->most))
        return false;
    spread->known = true;
    if (spread->p95 < spread->median)
        spread->p95 = spread->median;
    if (spread->most < spread->p95)
        spread->most = spread->p95;
    return true;
}

bool durations_read(const char *path, struct pace_fleet *fleet)
{
    static const char *const names[PACE_PHASES] = {[PACE_DOWNLOAD] = "downloading_s",
                                                   [PACE_UPDATE] = "updating_s",
                                                   [PACE_RESTORE] = "restore_s"};
    size_t length;
    json_error_t error;
    char *const bytes = read_file(&path, &length);
    if (bytes == NULL)
        return false;
    json_t *const root = json_loadb(bytes, length, JSON_DISABLE_EOF_CHECK, &error);
    free(bytes);
    const json_t *const durations = json_object_get(json_object_get(root, "fleet"), "durations");
    unsigned known = 0;
    for (unsigned phase = 0; phase < PACE_PHASES; phase++)
        known += read_spread(durations, names[phase], &fleet->phases[phase]);
    json_decref(root);
    if (known == 0)
        error_line(file_shown(path), 0,
                   "has no durations: the output of sbfota stats --fleet -f jsonl is needed, of "
                   "logs with whole updates");
    return known > 0;
}
