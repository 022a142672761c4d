/* SPDX-License-Identifier: MIT */
#include "log/form/values.h"

#include <string.h>

#include "log/form/lesson.h"

void values_add(struct values *values, struct bytes text, uint64_t said, bool from_host)
{
    values->sightings++;
    for (size_t i = 0; i < values->count; i++) {
        struct value *const value = &values->list[i];
        if (same_bytes(value->text, text)) {
            value->count++;
            value->from_host += from_host;
            value->says_more = value->says_more || value->said != said;
            return;
        }
    }
    if (values->count == VALUES_MAX) {
        values->too_many = true;
        return;
    }
    values->list[values->count++] = (struct value){text, 1, from_host, said, false};
}

static bool has_digit(struct bytes text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

bool value_is_thread(struct bytes text)
{
    static const char *const words[] = {"thread",   "worker",     "task",   "pool",
                                        "exec",     "main",       "reader", "writer",
                                        "listener", "dispatcher", "loop"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t length = strlen(words[i]);
        for (size_t at = 0; at + length <= text.length; at++) {
            size_t same = 0;
            while (same < length && (text.data[at + same] | 0x20) == words[i][same])
                same++;
            if (same == length)
                return true;
        }
    }
    return false;
}

/* Do the values tell host from module, rather than one modem from another? */
static bool tell_directions(const struct values *values)
{
    size_t of_host = 0;
    size_t of_module = 0;
    for (size_t i = 0; i < values->count; i++) {
        const struct value *const value = &values->list[i];
        of_host += value->from_host == value->count;
        of_module += value->from_host == 0;
    }
    return of_host > 0 && of_module > 0 && of_host + of_module == values->count;
}

static bool all_are_upper(const struct values *values)
{
    for (size_t i = 0; i < values->count; i++)
        for (size_t k = 0; k < values->list[i].text.length; k++) {
            const char byte = values->list[i].text.data[k];
            if ((byte >= 'a' && byte <= 'z') || (unsigned char)byte > 127)
                return false;
        }
    return true;
}

enum element_kind values_judge(const struct values *values, bool is_path, bool behind_colon,
                               bool is_named)
{
    size_t again = 0; /* values that come more than once */
    size_t stories = 0;
    size_t threads = 0;
    size_t digits = 0;
    if (values->count < 2)
        return ELEMENT_SAME;
    for (size_t i = 0; i < values->count; i++) {
        again += values->list[i].count > 1;
        stories += values->list[i].says_more;
        threads += value_is_thread(values->list[i].text);
        digits += has_digit(values->list[i].text);
    }
    if (threads > 0 || is_path ||
        (digits == values->count && values->count > 3 && (again == 0 || stories < 2)))
        return ELEMENT_ANY;
    if (tell_directions(values))
        return ELEMENT_SAME;
    /* Words without digits may be states or functions as well. */
    if (digits == 0 && !is_named && (behind_colon || all_are_upper(values)))
        return ELEMENT_SAME;
    if (stories > 1 && stories * 2 >= again &&
        (values->sightings - values->count) * 4 >= values->count)
        return ELEMENT_MODEM;
    return ELEMENT_SAME;
}
