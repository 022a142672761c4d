/* SPDX-License-Identifier: MIT */
#include "log/input/file_name.h"

#include <string.h>

#include "log/text/span.h"

enum name_ending {
    ENDING_NONE = 0,
    ENDING_PACKED,
    ENDING_LOG,
    ENDING_OLD
};

enum {
    DIGITS_NUMBER = 1, /* of a part */
    DIGITS_EPOCH = 2,
    DIGITS_COUNT = 4, /* behind a day */
    TIME_MAX = 20     /* characters of a time of day, with its sign before it */
};

#include "file_name.inc"

const char *file_name_own(const char *file)
{
    const char *const slash = strrchr(file, '/');
    return slash == NULL ? file : slash + 1;
}

static struct bytes between(const char *begin, const char *end)
{
    return (struct bytes){begin, (size_t)(end - begin)};
}

/* Where the ending before `limit` begins, if it is of that kind and a name stands before it; else `limit`. */
static const char *find_ending(const char *begin, const char *limit, enum name_ending wanted)
{
    enum name_ending ending;
    const char *dot = limit;
    do {
        if (dot <= begin + 1)
            return limit;
    } while (*--dot != '.');
    return dot + read_ending(dot, &ending) == limit && ending == wanted ? dot : limit;
}

/* Is it a time of day, or nothing? */
static bool is_time(const char *begin, const char *end)
{
    char copy[TIME_MAX + 1] = "";
    const size_t length = (size_t)(end - begin);
    if (length > TIME_MAX)
        return false;
    memcpy(copy, begin, length);
    return read_time(copy) == length;
}

/* Is it a mark and a day, perhaps with its time? */
static bool is_date(const char *begin, const char *end)
{
    const size_t day = read_day(begin);
    return day > 0 && day <= (size_t)(end - begin) && is_time(begin + day, end);
}

/* Where the last date begins that ends at one of two places; NULL if there is none. */
static const char *find_date(const char *begin, const char *end, const char *other_end)
{
    for (const char *at = end; at > begin + 1; at--)
        if (is_date(at - 1, end) || (at <= other_end && is_date(at - 1, other_end)))
            return at - 1;
    return NULL;
}

/* Take a name apart that says its age between `begin`, where its own name does, and `limit`, where an ending begins that goes to `end`.
 * False if it says none. */
static bool read_age(const char *begin, const char *limit, const char *end, struct file_name *parts)
{
    const char *mark = limit;
    unsigned digits = 0;
    while (mark > begin && mark[-1] >= '0' && mark[-1] <= '9')
        mark--;
    mark -= mark > begin;
    if (mark == begin || mark + read_digits(mark, &digits) != limit)
        digits = 0;
    /* A number behind a day is no epoch of another log. */
    const bool may_count = (digits & DIGITS_COUNT) != 0;
    const char *age = may_count && limit == end ? find_date(begin, mark, mark) : NULL;
    if (age == NULL)
        age =
            (digits & DIGITS_EPOCH) != 0 ? mark : find_date(begin, limit, may_count ? mark : limit);
    const bool is_number = age == NULL && (digits & DIGITS_NUMBER) != 0;
    if (age == NULL && !is_number)
        return false;
    if (is_number)
        age = mark;
    parts->kind = is_number ? FILE_NUMBERED : FILE_DATED;
    parts->sure = !is_number || (limit == end && find_ending(begin, age, ENDING_LOG) < age);
    parts->stem = between(begin, age);
    parts->age = between(age + 1, limit);
    parts->ending = between(limit, end);
    return true;
}

struct file_name file_name_read(const char *file)
{
    const char *const begin = file_name_own(file);
    const char *const whole = begin + strlen(begin);
    const char *const end = find_ending(begin, whole, ENDING_PACKED);
    const char *const old = find_ending(begin, end, ENDING_OLD);
    struct file_name parts = {between(begin, old), between(end, end), between(end, end), FILE_PLAIN,
                              true};
    if (old < end) {
        parts.kind = FILE_OLD;
        parts.sure = false;
    } else if (read_label(begin) == (size_t)(end - begin) && begin < end) {
        static const char current[] = "current";
        const char *const dot = memchr(begin, '.', (size_t)(end - begin));
        parts.stem = between(current, current + sizeof current - 1);
        parts.age = between(begin + 1, dot == NULL ? end : dot);
        parts.kind = FILE_DATED;
    } else {
        (void)read_age(begin, find_ending(begin, end, ENDING_LOG), end, &parts);
    }
    return parts;
}

/* A file's name without its last ending; no more than a name that begins with a dot is one. */
static struct bytes without_ending(struct bytes name)
{
    size_t length = name.length;
    while (length > 0 && name.data[length - 1] != '.')
        length--;
    return length < 2 ? name : (struct bytes){name.data, length - 1};
}

struct bytes file_name_modem(const char *file)
{
    const struct file_name parts = file_name_read(file);
    const char *const own = file_name_own(file);
    /* A name that is not the beginning of this one is a folder's. */
    if (parts.stem.data != own)
        return (struct bytes){own, strlen(own)};
    if (parts.kind != FILE_PLAIN && parts.sure)
        return parts.ending.length > 0 ? parts.stem : without_ending(parts.stem);
    const char *const last = parts.ending.data + parts.ending.length;
    const struct bytes name = {own, (size_t)(last - own)};
    return without_ending(name);
}

/* The digits from `at` on, without zeros before them. */
static struct bytes digits_at(struct bytes text, size_t *at)
{
    while (*at < text.length && text.data[*at] == '0')
        ++*at;
    const size_t begin = *at;
    while (*at < text.length && is_digit(text.data[*at]))
        ++*at;
    return (struct bytes){text.data + begin, *at - begin};
}

static int compare_bytes(struct bytes first, struct bytes second)
{
    if (first.length != second.length)
        return first.length < second.length ? -1 : 1;
    return first.length == 0 ? 0 : memcmp(first.data, second.data, first.length);
}

/* Numbers by their value. */
static int compare_ages(struct bytes first, struct bytes second)
{
    size_t i = 0;
    size_t j = 0;
    while (i < first.length && j < second.length) {
        if (is_digit(first.data[i]) && is_digit(second.data[j])) {
            const int order = compare_bytes(digits_at(first, &i), digits_at(second, &j));
            if (order != 0)
                return order;
        } else {
            const int order = (unsigned char)first.data[i++] - (unsigned char)second.data[j++];
            if (order != 0)
                return order;
        }
    }
    return (i < first.length) - (j < second.length);
}

int file_name_compare(const struct file_name *first, const struct file_name *second)
{
    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    const int order = compare_ages(first->age, second->age);
    return first->kind == FILE_NUMBERED ? -order : order;
}
