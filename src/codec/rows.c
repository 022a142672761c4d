/* SPDX-License-Identifier: MIT */
#include "judge.h"

const char sbfota_keywords[sizeof SBFOTA_KEYWORDS] = SBFOTA_KEYWORDS;

const struct sbfota_row sbfota_rows[SBFOTA_KIND_COUNT] = {
#define SBFOTA_MESSAGE(id, number, name, family_, keyword_, stage, argument_, min, max, sender_, \
                       section, summary)                                                         \
    [SBFOTA_##id] = {                                                                            \
        .keyword = SBFOTA_PLACE_OF_##id,                                                         \
        .keyword_length = sizeof(keyword_) - 1,                                                  \
        .stage_length = sizeof(stage) - 1,                                                       \
        .family = SBFOTA_FAMILY_##family_,                                                       \
        .argument = SBFOTA_ARGUMENT_##argument_,                                                 \
        .sender = SBFOTA_SENDER_##sender_,                                                       \
        .range = SBFOTA_RANGE_OF_##id,                                                           \
    },
#include "../../grammar/messages.def"
#undef SBFOTA_MESSAGE
};

const struct sbfota_range sbfota_ranges[SBFOTA_RANGE_COUNT] = {
#define SBFOTA_RANGE_ROW(min_, max_) {.max = (max_), .min = (min_)},
    SBFOTA_RANGES(SBFOTA_RANGE_ROW)
#undef SBFOTA_RANGE_ROW
};

/* The tables behind one another in the order of enum sbfota_code_table, each ascending. */
static const int16_t codes[SBFOTA_CODE_COUNT] = {
#define SBFOTA_CODE(table, value, name, text, aftermath, section) (value),
#include "../../grammar/codes.def"
#undef SBFOTA_CODE
};

/* How many codes stand in one table. */
enum {
    POLLING_COUNT = 0
#define SBFOTA_CODE(table, value, name, text, aftermath, section) \
    +(SBFOTA_CODE_TABLE_##table == SBFOTA_CODE_TABLE_POLLING)
#include "../../grammar/codes.def"
#undef SBFOTA_CODE
        ,
    HTTP_COUNT = 0
#define SBFOTA_CODE(table, value, name, text, aftermath, section) \
    +(SBFOTA_CODE_TABLE_##table == SBFOTA_CODE_TABLE_HTTP)
#include "../../grammar/codes.def"
#undef SBFOTA_CODE
};

bool sbfota_code_is_known(unsigned argument, int32_t value)
{
    unsigned first = 0;
    unsigned end = POLLING_COUNT;
    if (argument == SBFOTA_ARGUMENT_HTTP_CODE) {
        first = POLLING_COUNT;
        end = POLLING_COUNT + HTTP_COUNT;
    } else if (argument == SBFOTA_ARGUMENT_UPDATE_CODE) {
        first = POLLING_COUNT + HTTP_COUNT;
        end = SBFOTA_CODE_COUNT;
    }
    /*@ loop invariant first <= end <= SBFOTA_CODE_COUNT;
        loop assigns first;
        loop variant end - first; */
    while (first < end)
        if (codes[first++] == value)
            return true;
    return false;
}

uint8_t sbfota_judge(unsigned kind, int32_t value)
{
    return sbfota_judge_at_once(kind, value);
}
