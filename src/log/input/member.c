/* SPDX-License-Identifier: MIT */
#include "log/input/member.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a ZIP archive has at its end: a record that says where the list before it stands, and how long the comment behind it is. */
enum {
    ZIP_END_SIZE = 22
};
struct zip_end {
    uint64_t total;  /* bytes of the archive so far */
    uint64_t needed; /* that it has, as its record says; 0 if none has come */
    size_t have;     /* of what may be a record */
    unsigned char record[ZIP_END_SIZE];
};

struct member {
    struct archive *archive;
    locale_t locale; /* in which an archive's names are UTF-8; none if there is no such */
    unpack_source *source;
    void *context;
    bool source_failed;
    bool opened;
    bool broken; /* the file at hand does not go on */
    bool at_end; /* of the archive, whatever may follow */
    struct zip_end zip_end;
    char *name;
    size_t own; /* where the name without the archive's begins */
    /* What has been unpacked and not given, and how many zeros before it. */
    const char *unpacked;
    size_t unpacked_length;
    uint64_t hole;
    uint64_t given;
    char copy[65536]; /* for libarchive */
};

static uint32_t little_endian(const unsigned char *bytes, size_t length)
{
    uint32_t value = 0;
    while (length-- > 0)
        value = value << 8 | bytes[length];
    return value;
}

/* A record of an archive that is in this one, stored as it is, does not say where it stands here. */
static void take_zip_record(struct zip_end *end)
{
    const uint32_t length = little_endian(end->record + 12, 4);
    const uint32_t begin = little_endian(end->record + 16, 4);
    const uint64_t place = end->total - ZIP_END_SIZE;
    if (begin == UINT32_MAX || (uint64_t)begin + length == place)
        end->needed = end->total + little_endian(end->record + 20, 2);
    end->have = 0;
}

static void take_zip_byte(struct zip_end *end, unsigned char byte)
{
    static const unsigned char mark[] = {'P', 'K', 5, 6};
    if (end->have < sizeof mark && byte != mark[end->have])
        end->have = 0;
    if (end->have >= sizeof mark || byte == mark[end->have])
        end->record[end->have++] = byte;
    end->total++;
    if (end->have == ZIP_END_SIZE)
        take_zip_record(end);
}

/* Look for the end of a ZIP archive in the bytes that come. */
static void watch_zip_end(struct zip_end *end, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (end->have == 0) {
            const char *const next = memchr(bytes + i, 'P', length - i);
            const size_t behind = next == NULL ? length : (size_t)(next - bytes);
            end->total += behind - i;
            i = behind;
            if (next == NULL)
                return;
        }
        take_zip_byte(end, (unsigned char)bytes[i]);
    }
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
    watch_zip_end(&member->zip_end, member->copy, count < 0 ? 0 : (size_t)count);
    return count;
}

/* Has an archive been cut behind its last file, or what it is in? A ZIP archive says where it ends; libarchive does not look. */
static bool is_cut(struct member *member)
{
    const struct zip_end *const end = &member->zip_end;
    const void *rest;
    if ((archive_format(member->archive) & ARCHIVE_FORMAT_BASE_MASK) != ARCHIVE_FORMAT_ZIP)
        return false;
    while (feed(member->archive, member, &rest) > 0)
        ;
    return member->source_failed || end->needed == 0 || end->total < end->needed;
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

/* The next entry; the first opens the archive. */
static int read_header(struct member *member, struct archive_entry **entry)
{
    int result = ARCHIVE_OK;
    if (!member->opened)
        result = archive_read_open(member->archive, member, NULL, feed, NULL);
    member->opened = true;
    return result >= ARCHIVE_WARN ? archive_read_next_header(member->archive, entry) : result;
}

static enum member_result next(struct member *member, const char *outer, const char **why)
{
    struct archive_entry *entry;
    for (;;) {
        if (member->at_end)
            return MEMBER_END;
        const int result = read_header(member, &entry);
        if (result == ARCHIVE_EOF && !is_cut(member))
            return MEMBER_END;
        if (result == ARCHIVE_EOF) {
            free(member->name);
            member->name = NULL;
            member->at_end = true;
            *why = member->source_failed ? NULL : "cut short";
            return MEMBER_FAILED;
        }
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
