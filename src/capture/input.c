/* SPDX-License-Identifier: MIT */
#include "input.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gunzip.h"

enum {
    GAP_MAX = 300, /* milliseconds */
    WAIT_MAX = 1000
};

static int64_t read_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool input_keeps_waiting(struct input *input)
{
    const int64_t left = input->opened + WAIT_MAX - read_clock();
    const int64_t wait = left < 0 ? 0 : left < GAP_MAX ? left : GAP_MAX;
    input->slow = input->slow || input_waits(input, (int)wait);
    return input->slow;
}

const char *input_name(const struct input *input)
{
    return input->member != NULL ? input->member : input->name;
}

static const char *shown_name(const struct input *input)
{
    return input->name == NULL ? "standard input" : input->name;
}

const char *input_own_name(const struct input *input)
{
    return input->member != NULL ? input->member + strlen(shown_name(input)) + 1 : input->name;
}

static const char damaged[] = "damaged, read as far as it goes: ";

static enum input_result fail(struct input *input, const char *what, const char *why)
{
    const int length = (int)strcspn(why, "\n");
    snprintf(input->trouble, sizeof input->trouble, "%s%.*s", what, length, why);
    return INPUT_FAILED;
}

/* Output that grows its own input would never end. */
static bool is_output(const struct stat *status, const char *output)
{
    struct stat other;
    if ((output == NULL ? fstat(STDOUT_FILENO, &other) : stat(output, &other)) != 0)
        return false;
    return S_ISREG(other.st_mode) && other.st_dev == status->st_dev &&
           other.st_ino == status->st_ino;
}

/* Wait for input that comes slowly. False if it is not to be read on. */
static bool wait_for_input(const struct input *input)
{
    struct pollfd polled[] = {{.fd = input->fd, .events = POLLIN},
                              {.fd = input->stop_fd, .events = POLLIN}};
    if (!input->interactive || input->stop_fd < 0)
        return true;
    while (poll(polled, 2, -1) < 0)
        if (errno != EINTR)
            return true;
    return polled[1].revents == 0;
}

/* The bytes of the file as it is. */
static ptrdiff_t read_descriptor(void *context, void *bytes, size_t length)
{
    struct input *const input = context;
    for (;;) {
        if (!wait_for_input(input))
            return 0;
        const ssize_t count = read(input->fd, bytes, length);
        if (count >= 0) {
            input->consumed += (uint64_t)count;
            return count;
        }
        if (errno != EINTR) {
            snprintf(input->trouble, sizeof input->trouble, "read error at byte %llu: %s",
                     (unsigned long long)input->consumed, strerror(errno));
            return -1;
        }
    }
}

/* The bytes of the file, which may be compressed by gzip. Once it has failed it fails again. */
static ptrdiff_t read_bytes(struct input *input, void *bytes, size_t length)
{
    const char *why = NULL;
    if (input->failed)
        return -1;
    const ptrdiff_t count = input->gunzip == NULL ? read_descriptor(input, bytes, length)
                                                  : gunzip_read(input->gunzip, read_descriptor,
                                                                input, bytes, length, &why);
    if (why != NULL)
        fail(input, damaged, why);
    input->failed = count < 0;
    return count;
}

static ptrdiff_t read_file(struct input *input, void *bytes, size_t length)
{
    if (input->head_next == input->head_length)
        return read_bytes(input, bytes, length);
    const size_t left = input->head_length - input->head_next;
    const size_t piece = left < length ? left : length;
    memcpy(bytes, input->head + input->head_next, piece);
    input->head_next += piece;
    return (ptrdiff_t)piece;
}

static const char gzip_magic[] = "\x1f\x8b\x08";

static bool is_gzip(const char *head, size_t length)
{
    return length >= 3 && memcmp(head, gzip_magic, 3) == 0;
}

/* "BZh" alone may begin a text: what is there of the ten bytes that a bzip2 file begins with, but
 * for one digit. */
static bool is_bzip2(const char *head, size_t length)
{
    const size_t block = length < 10 ? length : 10;
    return length >= 4 && memcmp(head, "BZh", 3) == 0 && head[3] >= '1' && head[3] <= '9' &&
           (memcmp(head + 4, "1AY&SY", block - 4) == 0 ||
            memcmp(head + 4, "\x17rE8P\x90", block - 4) == 0);
}

/* Compressed files and archives, by their first bytes. */
static bool is_packed(const char *head, size_t length)
{
    static const struct magic {
        size_t offset;
        size_t length;
        const char *bytes;
    } magics[] = {
        {0, 3, gzip_magic},
        {0, 6,
         "\xfd"
         "7zXZ\0"},
        {0, 4, "\x28\xb5\x2f\xfd"},
        {0, 4, "\x04\x22\x4d\x18"},
        {0, 4, "PK\3\4"},
        {257, 6, "ustar\0"},
        {257, 8, "ustar  \0"},
    };
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (magics[i].offset + magics[i].length <= length &&
            memcmp(head + magics[i].offset, magics[i].bytes, magics[i].length) == 0)
            return true;
    return is_bzip2(head, length);
}

static la_ssize_t feed_archive(struct archive *archive, void *context, const void **buffer)
{
    struct input *const input = context;
    const ptrdiff_t count = read_file(input, input->copy, sizeof input->copy);
    *buffer = input->copy;
    if (count < 0)
        archive_set_error(archive, EIO, "not readable");
    return count;
}

/* If its file could not be read that has been told already. */
static enum input_result fail_archive(struct input *input)
{
    const char *const why = archive_error_string(input->archive);
    if (!input->failed && (why == NULL || strstr(why, "No progress is possible") != NULL))
        fail(input, damaged, "cut short");
    else if (!input->failed)
        fail(input, damaged, why);
    return INPUT_FAILED;
}

/* With `raw` what is unpacked is one log, whatever it looks like. */
static enum input_result open_archive(struct input *input, bool raw)
{
    static int (*const supported[])(struct archive *) = {
        archive_read_support_format_tar,   archive_read_support_format_zip, /* not if raw */
        archive_read_support_format_empty, archive_read_support_format_raw,
        archive_read_support_filter_gzip,  archive_read_support_filter_bzip2,
        archive_read_support_filter_xz,    archive_read_support_filter_lz4,
        archive_read_support_filter_zstd,
    };
    input->archive = archive_read_new();
    if (input->archive == NULL)
        return fail(input, "not enough memory", "");
    for (size_t i = raw ? 2 : 0; i < sizeof supported / sizeof supported[0]; i++)
        if (supported[i](input->archive) < ARCHIVE_WARN)
            return fail(input, "not enough memory", "");
    if (archive_read_open(input->archive, input, NULL, feed_archive, NULL) != ARCHIVE_OK)
        return fail_archive(input);
    return INPUT_READY;
}

static enum input_result read_head(struct input *input)
{
    input->head_length = input->head_next = 0;
    while (input->head_length < INPUT_HEAD) {
        const ptrdiff_t count =
            read_bytes(input, input->head + input->head_length, INPUT_HEAD - input->head_length);
        if (count < 0 && input->gunzip == NULL && input->head_length == 0)
            return fail(input, "cannot be read: ", strerror(errno));
        if (count <= 0)
            break;
        input->head_length += (size_t)count;
        if (input->interactive && input->head_length >= 6 && input_keeps_waiting(input))
            break;
    }
    return INPUT_READY;
}

/* Tell by its first bytes what the file is. */
static enum input_result look_inside(struct input *input)
{
    if (read_head(input) != INPUT_READY)
        return INPUT_FAILED;
    if (is_gzip(input->head, input->head_length)) {
        input->gunzip = gunzip_open(input->head, input->head_length);
        if (input->gunzip == NULL)
            return fail(input, "not enough memory", "");
        input->seekable = false;
        read_head(input); /* what is wrong with it is told where it is read on */
    }
    if (!is_packed(input->head, input->head_length))
        return INPUT_READY;
    input->seekable = false;
    return open_archive(input, false);
}

enum input_result input_open(struct input *input, const char *name, const char *output, int stop_fd)
{
    struct stat status;
    enum input_result result;

    memset(input, 0, offsetof(struct input, copy));
    input->first_member = true;
    input->stop_fd = stop_fd;
    input->opened = read_clock();
    input->name = strcmp(name, "-") == 0 ? NULL : name;
    input->fd = input->name == NULL ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input->fd < 0)
        return fail(input, "cannot be read: ", strerror(errno));
    if (fstat(input->fd, &status) != 0)
        result = fail(input, "cannot be read: ", strerror(errno));
    else if (S_ISDIR(status.st_mode))
        result = fail(input, "is a directory: give -r to read what can be listed in it", "");
    else if (is_output(&status, output))
        result = INPUT_IS_OUTPUT;
    else {
        const bool regular = S_ISREG(status.st_mode);
        input->size = regular ? (uint64_t)status.st_size : 0;
        input->interactive = !regular;
        input->seekable = regular;
        result = look_inside(input);
        /* Standard input may have been read in part by somebody else; files of the kernel have no size. */
        const off_t place = input->seekable ? lseek(input->fd, 0, SEEK_CUR) : -1;
        input->seekable =
            input->seekable && status.st_size > 0 && place == (off_t)input->head_length;
    }
    if (result != INPUT_READY)
        input_close(input);
    return result;
}

/* UTF-16, told by its mark, or by every second byte being 0 in what would else be a text. Of a file with the mark that is true
 * of some characters at least: a module's noise may begin with it. */
static enum wide guess_wide(const char *head, size_t length)
{
    size_t zeros[2] = {0, 0};
    const bool marked_little = length >= 2 && memcmp(head, "\xff\xfe", 2) == 0;
    const bool marked_big = length >= 2 && memcmp(head, "\xfe\xff", 2) == 0;
    length &= ~(size_t)1;
    for (size_t i = 0; i < length; i++)
        zeros[i & 1] += head[i] == '\0';
    if (marked_little && zeros[1] * 16 >= length - 2)
        return WIDE_LITTLE;
    if (marked_big && zeros[0] * 16 >= length - 2)
        return WIDE_BIG;
    if (length < 16)
        return WIDE_NOT;
    if (zeros[1] * 20 >= length * 9 && zeros[0] == 0)
        return WIDE_LITTLE;
    if (zeros[0] * 20 >= length * 9 && zeros[1] == 0)
        return WIDE_BIG;
    return WIDE_NOT;
}

static enum input_result fail_member(struct input *input, int result)
{
    fail_archive(input);
    input->broken = true;
    input->at_end = result == ARCHIVE_FATAL;
    return INPUT_FAILED;
}

/* Unpack more of the log in an archive. 1 if there is more, 0 at its end, -1 if it cannot be
 * read. */
static int unpack(struct input *input)
{
    const void *block = NULL;
    la_int64_t offset = 0;
    if (input->broken)
        return -1;
    const int result =
        archive_read_data_block(input->archive, &block, &input->unpacked_length, &offset);
    if (result == ARCHIVE_EOF) {
        input->unpacked_length = 0;
        return 0;
    }
    if (result < ARCHIVE_OK) {
        input->unpacked_length = 0;
        fail_member(input, result);
        return -1;
    }
    input->unpacked = block;
    input->hole = (uint64_t)offset > input->given ? (uint64_t)offset - input->given : 0;
    return 1;
}

/* The log in an archive, block by block: archive_read_data would lose what it has got before an
 * error. */
static ptrdiff_t read_member(struct input *input, char *bytes, size_t length)
{
    while (input->hole == 0 && input->unpacked_length == 0) {
        const int more = unpack(input);
        if (more <= 0)
            return more;
    }
    size_t piece;
    if (input->hole > 0) {
        piece = input->hole < length ? (size_t)input->hole : length;
        memset(bytes, 0, piece);
        input->hole -= piece;
    } else {
        piece = input->unpacked_length < length ? input->unpacked_length : length;
        memcpy(bytes, input->unpacked, piece);
        input->unpacked += piece;
        input->unpacked_length -= piece;
    }
    input->given += piece;
    return (ptrdiff_t)piece;
}

/* The first bytes of a log in an archive, to tell what it is. */
static enum input_result read_member_head(struct input *input)
{
    input->head_next = input->head_length = 0;
    input->unpacked_length = 0;
    input->hole = input->given = 0;
    input->broken = false;
    /* The archive's own bytes go past the head as long as that is empty. */
    size_t have = 0;
    while (have < INPUT_HEAD) {
        const ptrdiff_t count = read_member(input, input->head + have, INPUT_HEAD - have);
        if (count <= 0)
            break;
        have += (size_t)count;
    }
    input->head_length = have;
    return INPUT_READY;
}

/* Behind the end of an archive a gzip file has its own, which says whether all was well. */
static enum input_result end_archive(struct input *input)
{
    if (input->gunzip == NULL || input->failed)
        return INPUT_END;
    for (;;) {
        const ptrdiff_t count = read_bytes(input, input->copy, sizeof input->copy);
        if (count <= 0)
            return count < 0 ? INPUT_FAILED : INPUT_END;
    }
}

/* To libarchive a log that begins with zeros, as a file does that was cut while it was written, is an archive that has ended.
 * Only to it: a tar file begins with a name. */
static enum input_result begin_again(struct input *input)
{
    if (input->gunzip != NULL)
        return end_archive(input);
    if (lseek(input->fd, -(off_t)input->consumed, SEEK_CUR) < 0)
        return fail(input, "is an empty archive, or a log that begins with zeros: unpack it first",
                    "");
    archive_read_free(input->archive);
    input->head_length = input->head_next = 0;
    return open_archive(input, true);
}

/* An archive's file, under the archive's name and its own. */
static enum input_result take_member(struct input *input, struct archive_entry *entry)
{
    const char *const path = archive_entry_pathname(entry);
    const char *const inner = path == NULL ? "?" : path;
    const char *const outer = shown_name(input);
    const size_t size = strlen(outer) + strlen(inner) + 2;
    free(input->member);
    input->member = malloc(size);
    if (input->member == NULL)
        return fail(input, "not enough memory", "");
    snprintf(input->member, size, "%s:%s", outer, inner);
    return read_member_head(input);
}

static enum input_result find_member(struct input *input)
{
    struct archive_entry *entry;
    for (;;) {
        if (input->at_end)
            return INPUT_END;
        const int result = archive_read_next_header(input->archive, &entry);
        if (result == ARCHIVE_EOF && input->first_member &&
            archive_format(input->archive) != ARCHIVE_FORMAT_EMPTY) {
            input->first_member = false;
            const enum input_result again = begin_again(input);
            if (again != INPUT_READY)
                return again;
            continue;
        }
        if (result == ARCHIVE_EOF)
            return end_archive(input);
        if (result < ARCHIVE_WARN)
            return fail_member(input, result);
        if (archive_format(input->archive) == ARCHIVE_FORMAT_RAW) {
            /* The first bytes spoke of more than there is: "none" is a filter too. */
            if (archive_filter_count(input->archive) < 2)
                return fail(input, damaged, "cut short");
            return read_member_head(input);
        }
        if (archive_entry_filetype(entry) == AE_IFREG)
            return take_member(input, entry);
    }
}

/* What libarchive takes for the user's way to write names is this thread's. */
static enum input_result next_member(struct input *input)
{
    if (input->locale == (locale_t)0)
        input->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    const locale_t users = uselocale(input->locale);
    const enum input_result result = find_member(input);
    uselocale(users);
    return result;
}

enum input_result input_next(struct input *input)
{
    enum input_result result = INPUT_READY;
    if (input->archive != NULL)
        result = next_member(input);
    else if (!input->first_member)
        return INPUT_END;
    input->first_member = false;
    input->wide = WIDE_NOT;
    input->half_length = 0;
    if (result == INPUT_READY)
        input->wide = guess_wide(input->head, input->head_length);
    if (input->wide != WIDE_NOT)
        input->seekable = false;
    return result;
}

static ptrdiff_t read_plain(struct input *input, char *bytes, size_t length)
{
    if (input->archive == NULL || input->head_next < input->head_length)
        return read_file(input, bytes, length);
    return read_member(input, bytes, length);
}

static size_t put_utf8(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    const size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(first[length] | code);
    return length;
}

static uint32_t read_unit(const struct input *input, const unsigned char *bytes)
{
    return input->wide == WIDE_LITTLE ? bytes[0] | (uint32_t)bytes[1] << 8
                                      : bytes[1] | (uint32_t)bytes[0] << 8;
}

/* Halves of a pair that stand alone are written as if they were characters: nothing is lost. */
static ptrdiff_t read_wide(struct input *input, char *bytes, size_t length)
{
    unsigned char *const units = (unsigned char *)input->copy + sizeof input->copy / 2;
    size_t written = 0;
    while (written == 0) {
        size_t room = length / 3 * 2;
        room = room < sizeof input->copy / 2 ? room : sizeof input->copy / 2;
        memcpy(units, input->half, input->half_length);
        const ptrdiff_t count = read_plain(input, (char *)units + input->half_length,
                                           (room - input->half_length) & ~(size_t)1);
        if (count < 0)
            return -1;
        const size_t have = input->half_length + (size_t)count;
        size_t next = 0;
        for (; next + 2 <= have; next += 2) {
            uint32_t code = read_unit(input, units + next);
            const bool high = (code & 0xfc00) == 0xd800;
            if (high && next + 4 > have && count > 0)
                break;
            if (high && next + 4 <= have &&
                (read_unit(input, units + next + 2) & 0xfc00) == 0xdc00) {
                code =
                    0x10000 + ((code & 0x3ff) << 10) + (read_unit(input, units + next + 2) & 0x3ff);
                next += 2;
            }
            written += put_utf8(code, bytes + written);
        }
        input->half_length = have - next;
        memmove(input->half, units + next, input->half_length);
        if (count == 0)
            break;
    }
    return (ptrdiff_t)written;
}

ptrdiff_t input_read(struct input *input, char *bytes, size_t length)
{
    return input->wide == WIDE_NOT ? read_plain(input, bytes, length)
                                   : read_wide(input, bytes, length);
}

bool input_waits(const struct input *input, int milliseconds)
{
    struct pollfd poll_fd = {.fd = input->fd, .events = POLLIN};
    return poll(&poll_fd, 1, milliseconds) == 0;
}

void input_close(struct input *input)
{
    if (input->archive != NULL)
        archive_read_free(input->archive);
    if (input->locale != (locale_t)0)
        freelocale(input->locale);
    gunzip_close(input->gunzip);
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    free(input->member);
    input->archive = NULL;
    input->locale = (locale_t)0;
    input->gunzip = NULL;
    input->member = NULL;
    input->fd = -1;
}
