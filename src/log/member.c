/* SPDX-License-Identifier: MIT */
#include "member.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct member {
    struct archive *archive;
    locale_t locale; /* in which an archive's names are UTF-8; none if there is no such */
    unpack_source *source;
    void *context;
    bool source_failed;
    bool opened;
    bool broken; /* the file at hand does not go on */
    bool at_end; /* of the archive, whatever may follow */
    char *name;
    size_t own; /* where the name without the archive's begins */
    /* What has been unpacked and not given, and how many zeros before it. */
    const char *unpacked;
    size_t unpacked_length;
    uint64_t hole;
    uint64_t given;
    char copy[65536]; /* for libarchive */
};

enum archive_kind archive_find(const char *head, size_t length)
{
    if (length >= 4 && memcmp(head, "PK\3\4", 4) == 0)
        return ARCHIVE_COMPRESSED;
    if (length >= 265 &&
        (memcmp(head + 257, "ustar\0", 6) == 0 || memcmp(head + 257, "ustar  \0", 8) == 0))
        return ARCHIVE_STORED;
    return ARCHIVE_NONE;
}

static la_ssize_t feed(struct archive *archive, void *context, const void **buffer)
{
    struct member *const member = context;
    const ptrdiff_t count = member->source(member->context, member->copy, sizeof member->copy);
    *buffer = member->copy;
    if (count < 0) {
        member->source_failed = true;
        archive_set_error(archive, EIO, "not readable");
    }
    return count;
}

struct member *member_open(unpack_source *source, void *context)
{
    struct member *const member = malloc(sizeof *member);
    if (member == NULL)
        return NULL;
    memset(member, 0, offsetof(struct member, copy));
    member->source = source;
    member->context = context;
    member->archive = archive_read_new();
    /* Several tar archives one behind another are one: what follows the first is not lost. */
    if (member->archive == NULL ||
        archive_read_support_format_tar(member->archive) < ARCHIVE_WARN ||
        archive_read_support_format_zip(member->archive) < ARCHIVE_WARN ||
        archive_read_set_format_option(member->archive, "tar", "read_concatenated_archives", "1") <
            ARCHIVE_WARN) {
        member_close(member);
        return NULL;
    }
    member->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return member;
}

void member_close(struct member *member)
{
    if (member == NULL)
        return;
    if (member->archive != NULL)
        archive_read_free(member->archive);
    if (member->locale != (locale_t)0)
        freelocale(member->locale);
    free(member->name);
    free(member);
}

/* The archive, or one file of it, does not go on. */
static void fail(struct member *member, int result, const char **why)
{
    *why = archive_error_string(member->archive);
    if (*why == NULL || strstr(*why, "No progress is possible") != NULL)
        *why = "cut short";
    if (member->source_failed)
        *why = NULL;
    member->broken = true;
    member->at_end = result == ARCHIVE_FATAL;
}

/* The archive's name and the file's own. */
static bool keep_name(struct member *member, const char *outer, const char *inner)
{
    const size_t size = strlen(outer) + strlen(inner) + 2;
    free(member->name);
    member->name = malloc(size);
    if (member->name == NULL)
        return false;
    snprintf(member->name, size, "%s:%s", outer, inner);
    member->own = strlen(outer) + 1;
    return true;
}

static const char *skipped(struct archive_entry *entry)
{
    switch (archive_entry_filetype(entry)) {
    case AE_IFLNK: return "a link in an archive is not followed";
    default: return "is no file";
    }
}

static enum member_result next(struct member *member, const char *outer, const char **why)
{
    struct archive_entry *entry;
    for (;;) {
        if (member->at_end)
            return MEMBER_END;
        int result = ARCHIVE_OK;
        if (!member->opened)
            result = archive_read_open(member->archive, member, NULL, feed, NULL);
        member->opened = true;
        if (result >= ARCHIVE_WARN)
            result = archive_read_next_header(member->archive, &entry);
        if (result == ARCHIVE_EOF)
            return MEMBER_END;
        member->broken = false;
        member->unpacked_length = 0;
        member->hole = member->given = 0;
        if (result < ARCHIVE_WARN) {
            fail(member, result, why);
            return MEMBER_FAILED;
        }
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        const char *const path = archive_entry_pathname(entry);
        /* What has neither a name nor bytes is no more than damage, which is told where it shows. */
        if (path == NULL && archive_entry_filetype(entry) != AE_IFREG)
            continue;
        if (!keep_name(member, outer, path == NULL ? "?" : path)) {
            *why = "not enough memory";
            member->at_end = true;
            return MEMBER_FAILED;
        }
        if (archive_entry_filetype(entry) == AE_IFREG)
            return MEMBER_READY;
        *why = skipped(entry);
        return MEMBER_SKIPPED;
    }
}

/* What libarchive takes for the user's way to write names is this thread's. */
enum member_result member_next(struct member *member, const char *outer, const char **why)
{
    const locale_t users = uselocale(member->locale);
    const enum member_result result = next(member, outer, why);
    uselocale(users);
    if (result == MEMBER_END) {
        free(member->name);
        member->name = NULL;
        member->at_end = true;
    }
    return result;
}

/* Unpack more. 1 if there is more, 0 at the end of the file, -1 if it cannot be read. */
static int unpack(struct member *member, const char **why)
{
    const void *block = NULL;
    la_int64_t offset = 0;
    if (member->broken)
        return -1;
    const int result =
        archive_read_data_block(member->archive, &block, &member->unpacked_length, &offset);
    if (result < ARCHIVE_OK || result == ARCHIVE_EOF)
        member->unpacked_length = 0;
    if (result < ARCHIVE_OK)
        fail(member, result, why);
    if (result != ARCHIVE_OK)
        return result == ARCHIVE_EOF ? 0 : -1;
    member->unpacked = block;
    member->hole = (uint64_t)offset > member->given ? (uint64_t)offset - member->given : 0;
    return 1;
}

/* Block by block: archive_read_data would lose what it has got before an error. */
ptrdiff_t member_read(struct member *member, void *bytes, size_t length, const char **why)
{
    while (member->hole == 0 && member->unpacked_length == 0) {
        const int more = unpack(member, why);
        if (more <= 0)
            return more;
    }
    size_t piece;
    if (member->hole > 0) {
        piece = member->hole < length ? (size_t)member->hole : length;
        memset(bytes, 0, piece);
        member->hole -= piece;
    } else {
        piece = member->unpacked_length < length ? member->unpacked_length : length;
        memcpy(bytes, member->unpacked, piece);
        member->unpacked += piece;
        member->unpacked_length -= piece;
    }
    member->given += piece;
    return (ptrdiff_t)piece;
}

const char *member_name(const struct member *member, size_t *own)
{
    if (member->name != NULL)
        *own = member->own;
    return member->name;
}
