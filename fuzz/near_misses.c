/* SPDX-License-Identifier: MIT
 *
 * A mutator for libFuzzer: besides its own changes it writes messages, whole and with one byte
 * changed, into the input. */
#include <sbfota/texts.h>

#include "fuzz.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t capacity);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t capacity, unsigned seed);

static unsigned throw_dice(unsigned *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* A message as it may be: any spelling, a number that means something. */
static size_t make_message(unsigned *dice, char *text, size_t capacity)
{
    static const int32_t numbers[] = {0, 1, 30, 60, 61, 100, 101, -1, -4, 504, 702, 808, 1296000};
    struct sbfota_event event = {0};
    do
        event.kind = (uint8_t)(1 + throw_dice(dice) % (SBFOTA_KIND_COUNT - 1));
    while (sbfota_message(event.kind)->family == SBFOTA_FAMILY_LINE);
    event.value = numbers[throw_dice(dice) % (sizeof numbers / sizeof numbers[0])];
    event.extent = event.kind == SBFOTA_RANGE ? 60 : 0;
    event.detail = event.kind == SBFOTA_RANGE ? throw_dice(dice) & 1 : 0;
    event.flags = SBFOTA_FLAG_OUT_OF_RANGE; /* also what no host should send */
    if (throw_dice(dice) % 2)
        event.spelling = (uint8_t)throw_dice(dice);
    const unsigned style =
        SBFOTA_FORMAT_OWN | (throw_dice(dice) % 3 ? SBFOTA_FORMAT_FRAMED : SBFOTA_FORMAT_CANONICAL);
    const ptrdiff_t length = sbfota_format(&event, NULL, style, text, capacity);
    return length < 0 || (size_t)length > capacity ? 0 : (size_t)length;
}

/* One byte other than it should be, or gone, or twice. */
static size_t spoil(unsigned *dice, char *text, size_t length)
{
    static const char bytes[] = "\r\n\t \",+-%0:()=?\"SBFOTA\"xX\\<{";
    if (length == 0)
        return 0;
    const size_t at = throw_dice(dice) % length;
    switch (throw_dice(dice) % 5) {
    case 0: text[at] = (char)(text[at] ^ 0x20); return length;
    case 1: text[at] = (char)(text[at] ^ (1 << throw_dice(dice) % 8)); return length;
    case 2: memmove(text + at, text + at + 1, length - at - 1); return length - 1;
    case 3: text[at] = bytes[throw_dice(dice) % (sizeof bytes - 1)]; return length;
    }
    memmove(text + at + 1, text + at, length - at);
    if (throw_dice(dice) % 2)
        text[at] = bytes[throw_dice(dice) % (sizeof bytes - 1)];
    return length + 1;
}

static size_t write_message(uint8_t *data, size_t size, size_t capacity, unsigned *dice)
{
    char text[256];
    size_t length = make_message(dice, text, sizeof text - 8);
    if (throw_dice(dice) % 2)
        length = spoil(dice, text, length);
    const size_t at = throw_dice(dice) % (size + 1);
    if (length == 0 || size + length > capacity)
        return 0;
    if (throw_dice(dice) % 4 == 0 && at + length <= size) {
        memcpy(data + at, text, length);
        return size;
    }
    memmove(data + at + length, data + at, size - at);
    memcpy(data + at, text, length);
    return size + length;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t capacity, unsigned seed)
{
    unsigned dice = seed;
    size_t made = 0;
    if (throw_dice(&dice) % 4 == 0)
        made = write_message(data, size, capacity, &dice);
    return made > 0 ? made : LLVMFuzzerMutate(data, size, capacity);
}
