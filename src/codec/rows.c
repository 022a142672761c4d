/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include "keywords.inc"

const char sbfota_keywords[sizeof SBFOTA_KEYWORDS] = SBFOTA_KEYWORDS;

const struct sbfota_row sbfota_rows[SBFOTA_KIND_COUNT] = {
#define SBFOTA_MESSAGE(id, name, family_, keyword_, stage, argument_, min_, max_, sender_, \
                       section, summary)                                                   \
    [SBFOTA_##id] = {                                                                      \
        .max = (max_),                                                                     \
        .keyword = SBFOTA_PLACE_OF_##id,                                                   \
        .keyword_length = sizeof(keyword_) - 1,                                            \
        .stage_length = sizeof(stage) - 1,                                                 \
        .min = (min_),                                                                     \
        .family = SBFOTA_FAMILY_##family_,                                                 \
        .argument = SBFOTA_ARGUMENT_##argument_,                                           \
        .sender = SBFOTA_SENDER_##sender_,                                                 \
    },
#include "messages.def"
#undef SBFOTA_MESSAGE
};

/* The tables behind one another in the order of enum sbfota_code_table, each ascending. */
static const int16_t codes[SBFOTA_CODE_COUNT] = {
#define SBFOTA_CODE(table, value, name, text, aftermath, section) (value),
#include "codes.def"
#undef SBFOTA_CODE
};

/* How many codes stand in one table. */
enum {
    POLLING_COUNT = 0
#define SBFOTA_CODE(table, value, name, text, aftermath, section) \
    +(SBFOTA_CODE_TABLE_##table == SBFOTA_CODE_TABLE_POLLING)
#include "codes.def"
#undef SBFOTA_CODE
        ,
    HTTP_COUNT = 0
#define SBFOTA_CODE(table, value, name, text, aftermath, section) \
    +(SBFOTA_CODE_TABLE_##table == SBFOTA_CODE_TABLE_HTTP)
#include "codes.def"
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
