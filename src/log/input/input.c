/* SPDX-License-Identifier: MIT */
#include "log/input/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "log/input/codec.h"
#include "log/input/member.h"
#include "log/input/unpack_ahead.h"

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

/* The first bytes of a log that comes slowly are waited for, to tell what it is. Must one go on
 * with what there is: has nothing come for some time, or was it opened long ago? */
static bool input_keeps_waiting(struct input *input)
{
    if (input->bytes != NULL)
        return input_waits(input, 0);
    const int64_t left = input->opened + WAIT_MAX - read_clock();
    const int64_t wait = left < 0 ? 0 : left < GAP_MAX ? left : GAP_MAX;
    input->slow = input->slow || input_waits(input, (int)wait);
    return input->slow;
}

/* How the log is called in its archive, and where its own name begins. */
static const char *member_of(const struct input *input, size_t *own)
{
    return input->turns != NULL ? turns_member(input->turns, own)
                                : layers_member(&input->layers, own);
}

const char *input_name(const struct input *input)
{
    size_t own;
    const char *const member = member_of(input, &own);
    return member != NULL ? member : input->name;
}

const char *input_own_name(const struct input *input)
{
    size_t own;
    const char *const member = member_of(input, &own);
    return member != NULL ? member + own : input->name;
}

static enum input_result fail(struct input *input, const char *what, const char *why)
{
    layers_fail(&input->layers, TOLD_TROUBLE, what, why);
    return INPUT_FAILED;
}

static bool is_same(const struct stat *status, const struct stat *other)
{
    return S_ISREG(other->st_mode) && other->st_dev == status->st_dev &&
           other->st_ino == status->st_ino;
}

static bool is_output(const struct stat *status, const struct input_output *output)
{
    struct stat other;
    return (output->fd > 0 && fstat(output->fd, &other) == 0 && is_same(status, &other)) ||
           (output->name != NULL && stat(output->name, &other) == 0 && is_same(status, &other));
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

static ptrdiff_t read_bytes(void *context, void *bytes, size_t length)
{
    struct input *const input = context;
    const ptrdiff_t count = input->bytes->read(input->bytes->context, bytes, length);
    input->consumed += (uint64_t)count;
    return count;
}

/* Is reading to end? */
static bool is_stopped(void *context)
{
    const struct input *const input = context;
    struct pollfd polled = {.fd = input->stop_fd, .events = POLLIN};
    return input->stop_fd >= 0 && poll(&polled, 1, 0) > 0;
}

/* The bytes of the file as it is. */
static ptrdiff_t read_descriptor(void *context, void *bytes, size_t length)
{
    struct input *const input = context;
    for (;;) {
        if (!wait_for_input(input) || (input->lists && is_stopped(input)))
            return 0;
        const ssize_t count = read(input->fd, bytes, length);
        if (count >= 0) {
            input->consumed += (uint64_t)count;
            return count;
        }
        if (errno != EINTR) {
            char place[64];
            snprintf(place, sizeof place,
                     input->consumed == 0 ? "cannot be read: " : "read error at byte %llu: ",
                     (unsigned long long)input->consumed);
            fail(input, place, strerror(errno));
            return -1;
        }
    }
}

static bool rewind_descriptor(void *context, uint64_t place)
{
    struct input *const input = context;
    if (lseek(input->fd, (off_t)place, SEEK_SET) < 0)
        return false;
    input->consumed = place;
    return true;
}

static bool hurries(void *context)
{
    struct input *const input = context;
    return input->interactive && input_keeps_waiting(input);
}

static enum layer_result begin_layers(struct input *input,
                                      ptrdiff_t (*read)(void *context, void *bytes, size_t length))
{
    input->layers = (struct layers){
        .context = input,
        .read = read,
        .hurries = hurries,
        .consumed = &input->consumed,
        .name = input->name == NULL ? "standard input" : input->name,
    };
    return layers_open(&input->layers);
}

/* Begin with a regular file again. */
static void read_again(void *context)
{
    struct input *const input = context;
    layers_close(&input->layers);
    input->consumed = 0;
    input->lists = false;
    const off_t place = lseek(input->fd, (off_t)input->begin, SEEK_SET);
    const int error = errno;
    if (begin_layers(input, read_descriptor) == LAYER_READY && place == (off_t)input->begin)
        return;
    if (place != (off_t)input->begin)
        fail(input, "cannot be read again: ", strerror(error));
    input->layers.over = true;
}

enum input_result input_open(struct input *input, const char *name,
                             const struct input_output *output, int stop_fd)
{
    struct stat status;
    enum input_result result;

    memset(input, 0, offsetof(struct input, copy));
    input->stop_fd = stop_fd;
    input->opened = read_clock();
    input->begin = -1;
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
        input->begin = regular ? (int64_t)lseek(input->fd, 0, SEEK_CUR) : -1;
        result = begin_layers(input, read_descriptor) == LAYER_READY ? INPUT_READY : INPUT_FAILED;
        /* Standard input may have been read in part by somebody else; files of the kernel have no size. */
        const off_t place = input->seekable ? lseek(input->fd, 0, SEEK_CUR) : -1;
        input->seekable = input->seekable && status.st_size > 0 && place == (off_t)input->consumed;
        input->layers.rewind = input->seekable ? rewind_descriptor : NULL;
    }
    if (result != INPUT_READY)
        input_close(input);
    return result;
}

enum input_result input_open_bytes(struct input *input, const struct input_bytes *bytes)
{
    memset(input, 0, offsetof(struct input, copy));
    input->fd = input->stop_fd = -1;
    input->bytes = bytes;
    input->name = bytes->name;
    input->begin = -1;
    input->interactive = bytes->live;
    if (begin_layers(input, read_bytes) == LAYER_READY)
        return INPUT_READY;
    input_close(input);
    return INPUT_FAILED;
}

void input_take_unpacked(struct input *input, struct unpacked *unpacked)
{
    struct stat status;
    if (unpacked != NULL && input->seekable && fstat(input->fd, &status) == 0 &&
        unpacked_is_of(unpacked, &status))
        input->layers.unpacked = unpacked;
    else
        unpacked_close(unpacked);
}

bool input_is_packed(const struct input *input)
{
    return input->layers.count > 0;
}

/* Does each line end of a text stand in a character of two bytes, the low one at even places or at odd ones? */
static bool ends_wide(const char *head, size_t length, size_t low)
{
    size_t ends = 0;
    for (size_t i = 0; i < length; i++) {
        if (head[i] != '\n' && head[i] != '\r')
            continue;
        if ((i & 1) != low || head[i ^ 1] != '\0')
            return false;
        ends++;
    }
    return ends >= 2;
}

/* UTF-16, told by its mark, or by its line ends, or by every second byte being 0 in what would else be a text. Of a file with the mark
 * that is true of some characters at least: a module's noise may begin with it. */
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
    if ((zeros[0] == 0 && zeros[1] * 20 >= length * 9) || ends_wide(head, length, 0))
        return WIDE_LITTLE;
    if ((zeros[1] == 0 && zeros[0] * 20 >= length * 9) || ends_wide(head, length, 1))
        return WIDE_BIG;
    return WIDE_NOT;
}

bool input_is_plain(const char *head, size_t length)
{
    const size_t looked = length < PACKED_HEAD ? length : PACKED_HEAD;
    return codec_find(head, looked) == NULL && archive_find(head, looked) == ARCHIVE_NONE &&
           guess_wide(head, looked) == WIDE_NOT;
}

static enum layer_result lack_memory(struct input *input)
{
    fail(input, "not enough memory", "");
    return LAYER_FAILED;
}

/* An archive that can be read once only: its logs are read as they come, which is told if some of them are of one log. */
static enum layer_result note_name(struct input *input, enum layer_result result)
{
    struct turns *const names = input->names;
    if (result == LAYER_READY)
        return turns_add(names) ? result : lack_memory(input);
    if (result != LAYER_END)
        return result;
    const bool ordered = turns_order(names, false);
    const bool has_parts = turns_too_many(names) || turns_has_parts(names);
    turns_release(names);
    input->names = NULL;
    if (!ordered)
        return lack_memory(input);
    if (!has_parts)
        return result;
    /* A file could be read twice mostly. */
    layers_fail(&input->layers, input->size > 0 ? TOLD_TROUBLE : TOLD_NOTE,
                "is read as it comes: the parts of a log in it are not put in order; give it as a "
                "file for that",
                "");
    return LAYER_SKIPPED;
}

/* The next log, in its turn. */
static enum layer_result next_log(struct input *input)
{
    const struct turns_reader reader = {input, read_again, is_stopped};
    if (input->turns != NULL)
        return turns_next(input->turns);
    const bool is_new = !input->looked;
    enum layer_result result = layers_next(&input->layers);
    input->looked = true;
    if (is_new && layers_in_archive(&input->layers)) {
        if (input->begin >= 0) {
            input->lists = true;
            if (!turns_begin(&input->turns, &input->layers, &reader, result, input->as_named))
                return lack_memory(input);
            return input->turns != NULL ? turns_next(input->turns) : layers_next(&input->layers);
        }
        input->names = input->as_named ? NULL : turns_new(&input->layers, &reader);
        if (input->names == NULL && !input->as_named)
            return lack_memory(input);
    }
    return input->names != NULL ? note_name(input, result) : result;
}

const char *input_head(const struct input *input, size_t *length)
{
    return input->turns != NULL ? turns_head(input->turns, length)
                                : layers_head(&input->layers, length);
}

struct log_file *input_place(const struct input *input)
{
    return input->turns != NULL ? turns_place(input->turns) : NULL;
}

bool input_goes_on(const struct input *input)
{
    return input->turns != NULL && turns_goes_on(input->turns);
}

enum input_result input_next(struct input *input)
{
    size_t length;
    input->wide = WIDE_NOT;
    input->half_length = 0;
    switch (next_log(input)) {
    case LAYER_END: return INPUT_END;
    case LAYER_SKIPPED: return INPUT_SKIPPED;
    case LAYER_FAILED: return INPUT_FAILED;
    case LAYER_READY: break;
    }
    const char *const head = input_head(input, &length);
    input->wide = input->layers.plain ? WIDE_NOT : guess_wide(head, length);
    input->seekable = input->seekable && input->wide == WIDE_NOT && input->turns == NULL &&
                      input->layers.count == 0;
    return INPUT_READY;
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

/* The log's bytes as they are. */
static ptrdiff_t read_log(struct input *input, void *bytes, size_t length)
{
    return input->turns != NULL ? turns_read(input->turns, bytes, length)
                                : layers_read(&input->layers, bytes, length);
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
        const ptrdiff_t count = read_log(input, (char *)units + input->half_length,
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
    return input->wide == WIDE_NOT ? read_log(input, bytes, length)
                                   : read_wide(input, bytes, length);
}

bool input_waits(const struct input *input, int milliseconds)
{
    if (input->bytes != NULL)
        return input->bytes->waits(input->bytes->context);
    struct pollfd poll_fd = {.fd = input->fd, .events = POLLIN};
    return poll(&poll_fd, 1, milliseconds) == 0;
}

const char *input_trouble(const struct input *input, enum told *told)
{
    *told = input->layers.told;
    return input->layers.trouble;
}

void input_close(struct input *input)
{
    turns_release(input->turns);
    turns_release(input->names);
    input->turns = input->names = NULL;
    layers_close(&input->layers);
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    input->fd = -1;
}
