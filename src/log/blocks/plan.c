/* SPDX-License-Identifier: MIT */
#include "log/blocks/plan.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static const char magic[8] = {'s', 'b', 'f', 'p', 'l', 'a', 'n', '\n'};

/* What a saved plan begins with: numbers have their low bytes first. */
enum {
    AT_VERSION = sizeof magic, /* text, with zeros behind it */
    VERSION_SIZE = 24,
    AT_FORM = AT_VERSION + VERSION_SIZE,
    AT_SPLITS,
    AT_LENGTH, /* 4 bytes */
    AT_SUM = AT_LENGTH + 4,
    HEAD_SIZE = AT_SUM + 8 /* 8 bytes, of all others */
};

static unsigned count_forms(void)
{
    unsigned count = 0;
    while (capture_forms[count].name != NULL)
        count++;
    return count;
}

static struct sbfota_log_plan *make(unsigned form, bool splits, size_t length)
{
    struct sbfota_log_plan *const plan = malloc(sizeof *plan + length + 1);
    if (plan == NULL)
        return NULL;
    plan->form = (uint8_t)form;
    plan->splits = splits;
    plan->length = length;
    return plan;
}

struct sbfota_log_plan *plan_make(const struct reading *reading, bool splits, struct bytes sample)
{
    const unsigned form =
        reading == NULL ? count_forms() : (unsigned)(reading->form - capture_forms);
    struct sbfota_log_plan *const plan = make(form, splits, splits ? sample.length : 0);
    if (plan != NULL && plan->length > 0)
        memcpy(plan->sample, sample.data, plan->length);
    return plan;
}

bool sbfota_log_plan_splits(const struct sbfota_log_plan *plan)
{
    return plan->splits;
}

const char *sbfota_log_plan_form(const struct sbfota_log_plan *plan)
{
    const char *const name = capture_forms[plan->form].name;
    return name == NULL ? "packed" : name;
}

/* FNV-1a: for bytes that were damaged on their way, not for an adversary. */
static uint64_t sum(const unsigned char *bytes, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < length; i++)
        if (i < AT_SUM || i >= HEAD_SIZE)
            hash = (hash ^ bytes[i]) * 0x100000001b3U;
    return hash;
}

static void put(unsigned char *to, uint64_t number, unsigned size)
{
    for (unsigned i = 0; i < size; i++, number >>= 8)
        to[i] = (unsigned char)number;
}

static uint64_t get(const unsigned char *from, unsigned size)
{
    uint64_t number = 0;
    for (unsigned i = size; i-- > 0;)
        number = number << 8 | from[i];
    return number;
}

static void put_version(unsigned char to[VERSION_SIZE])
{
    memset(to, 0, VERSION_SIZE);
    memcpy(to, SBFOTA_VERSION, sizeof SBFOTA_VERSION - 1);
}

size_t sbfota_log_plan_save(const struct sbfota_log_plan *plan, void *bytes, size_t room)
{
    const size_t most = HEAD_SIZE + ZSTD_compressBound(plan->length);
    unsigned char *const saved = malloc(most);
    if (saved == NULL)
        return 0;
    size_t size = ZSTD_compress(saved + HEAD_SIZE, most - HEAD_SIZE, plan->sample, plan->length, 3);
    if (ZSTD_isError(size)) {
        free(saved);
        return 0;
    }
    size += HEAD_SIZE;
    memcpy(saved, magic, sizeof magic);
    put_version(saved + AT_VERSION);
    saved[AT_FORM] = plan->form;
    saved[AT_SPLITS] = plan->splits;
    put(saved + AT_LENGTH, plan->length, 4);
    put(saved + AT_SUM, sum(saved, size), 8);
    if (size <= room)
        memcpy(bytes, saved, size);
    free(saved);
    return size;
}

/* What is sound up to the sample. */
static bool is_sound(const unsigned char *saved, size_t length)
{
    unsigned char version[VERSION_SIZE];
    put_version(version);
    return length > HEAD_SIZE && memcmp(saved, magic, sizeof magic) == 0 &&
           memcmp(saved + AT_VERSION, version, sizeof version) == 0 &&
           saved[AT_FORM] <= count_forms() && saved[AT_SPLITS] <= 1 &&
           get(saved + AT_LENGTH, 4) <= PLAN_SAMPLE && get(saved + AT_SUM, 8) == sum(saved, length);
}

enum sbfota_log_result sbfota_log_plan_load(struct sbfota_log_plan **plan, const void *bytes,
                                            size_t length)
{
    const unsigned char *const saved = bytes;
    *plan = NULL;
    if (!is_sound(saved, length))
        return SBFOTA_LOG_NO_PLAN;
    const size_t size = (size_t)get(saved + AT_LENGTH, 4);
    struct sbfota_log_plan *const made = make(saved[AT_FORM], saved[AT_SPLITS] == 1, size);
    if (made == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    if (ZSTD_decompress(made->sample, size, saved + HEAD_SIZE, length - HEAD_SIZE) != size) {
        free(made);
        return SBFOTA_LOG_NO_PLAN;
    }
    *plan = made;
    return SBFOTA_LOG_END;
}

void sbfota_log_plan_free(struct sbfota_log_plan *plan)
{
    free(plan);
}
