/* SPDX-License-Identifier: MIT */
#include "file_name.h"

#include <string.h>

#include "span.h"

#include "file_name.inc"

const char *file_name_own(const char *file)
{
    const char *const slash = strrchr(file, '/');
    return slash == NULL ? file : slash + 1;
}

struct file_name file_name_read(const char *file)
{
    struct file_name parts;
    read_name(file_name_own(file), &parts);
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

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
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
