/* SPDX-License-Identifier: MIT
 *
 * The catalogue at run time. */
#include <string.h>

#include <sbfota/texts.h>

static const struct sbfota_message_row messages[SBFOTA_KIND_COUNT] = {
#define SBFOTA_MESSAGE(id, number, name_, family_, keyword_, stage_, argument_, min_, max_, \
                       sender_, section_, summary_)                                         \
    [SBFOTA_##id] = {                                                                       \
        .name = (name_),                                                                    \
        .keyword = (keyword_),                                                              \
        .stage = (stage_),                                                                  \
        .section = (section_),                                                              \
        .summary = (summary_),                                                              \
        .min = (min_),                                                                      \
        .max = (max_),                                                                      \
        .family = SBFOTA_FAMILY_##family_,                                                  \
        .argument = SBFOTA_ARGUMENT_##argument_,                                            \
        .sender = SBFOTA_SENDER_##sender_,                                                  \
    },
#include "../../grammar/messages.def"
#undef SBFOTA_MESSAGE
};

static const struct sbfota_code_row codes[SBFOTA_CODE_COUNT] = {
#define SBFOTA_CODE(table_, value_, name_, text_, aftermath_, section_) \
    {                                                                   \
        .value = (value_),                                              \
        .table = SBFOTA_CODE_TABLE_##table_,                            \
        .aftermath = SBFOTA_AFTERMATH_##aftermath_,                     \
        .name = (name_),                                                \
        .text = (text_),                                                \
        .section = (section_),                                          \
    },
#include "../../grammar/codes.def"
#undef SBFOTA_CODE
};

struct described {
    const char *name;
    const char *summary;
};

static const struct described reasons[SBFOTA_REASON_COUNT] = {
#define SBFOTA_REASON(id, number, name, summary) [SBFOTA_REASON_##id] = {name, summary},
#include "../../grammar/reasons.def"
#undef SBFOTA_REASON
};

static const struct described flags[] = {
#define SBFOTA_FLAG(id, name, bit, summary) [bit] = {name, summary},
#include "../../grammar/flags.def"
#undef SBFOTA_FLAG
};

/* What the tables hold is proved of what stands in them. */
/*@ ghost
    /@ assigns \nothing;
       ensures \forall integer kind; SBFOTA_NONE < kind < SBFOTA_KIND_COUNT ==>
           valid_read_string(messages[kind].name);
       ensures \forall integer i; 0 <= i < SBFOTA_CODE_COUNT ==>
           valid_read_string(codes[i].name) && valid_read_string(codes[i].text);
       ensures \forall integer reason; SBFOTA_REASON_NONE < reason < SBFOTA_REASON_COUNT ==>
           valid_read_string(reasons[reason].name); @/
    void see_names(void) {} */

/*@ requires valid_read_string(constant) && \valid_read(span + (0 .. length - 1));
    assigns \nothing; */
static bool same(const char *constant, const char *span, size_t length)
{
    return strlen(constant) == length && memcmp(constant, span, length) == 0;
}

const struct sbfota_message_row *sbfota_message(unsigned kind)
{
    return kind != SBFOTA_NONE && kind < SBFOTA_KIND_COUNT ? &messages[kind] : NULL;
}

enum sbfota_kind sbfota_kind_from_name(const char *name, size_t length)
{
    //@ ghost see_names();
    /*@ loop invariant SBFOTA_NONE < kind <= SBFOTA_KIND_COUNT;
        loop assigns kind;
        loop variant SBFOTA_KIND_COUNT - kind; */
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++)
        if (same(messages[kind].name, name, length))
            return (enum sbfota_kind)kind;
    return SBFOTA_NONE;
}

enum sbfota_code_table sbfota_table_of_kind(unsigned kind)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    if (message == NULL)
        return SBFOTA_CODE_TABLE_NONE;
    switch (message->argument) {
    case SBFOTA_ARGUMENT_POLLING_CODE: return SBFOTA_CODE_TABLE_POLLING;
    case SBFOTA_ARGUMENT_HTTP_CODE: return SBFOTA_CODE_TABLE_HTTP;
    case SBFOTA_ARGUMENT_UPDATE_CODE: return SBFOTA_CODE_TABLE_UPDATE;
    }
    return SBFOTA_CODE_TABLE_NONE;
}

const struct sbfota_code_row *sbfota_code(enum sbfota_code_table table, int32_t value)
{
    /*@ loop invariant i <= SBFOTA_CODE_COUNT;
        loop assigns i;
        loop variant SBFOTA_CODE_COUNT - i; */
    for (size_t i = 0; i < SBFOTA_CODE_COUNT; i++)
        if (codes[i].table == table && codes[i].value == value)
            return &codes[i];
    return NULL;
}

const struct sbfota_code_row *sbfota_code_from_name(enum sbfota_code_table table, const char *name,
                                                    size_t length)
{
    //@ ghost see_names();
    /*@ loop invariant i <= SBFOTA_CODE_COUNT;
        loop assigns i;
        loop variant SBFOTA_CODE_COUNT - i; */
    for (size_t i = 0; i < SBFOTA_CODE_COUNT; i++)
        if (codes[i].table == table &&
            (same(codes[i].name, name, length) || same(codes[i].text, name, length)))
            return &codes[i];
    return NULL;
}

const struct sbfota_code_row *sbfota_code_at(size_t index)
{
    return index < SBFOTA_CODE_COUNT ? &codes[index] : NULL;
}

const char *sbfota_reason_name(unsigned reason)
{
    return reason < SBFOTA_REASON_COUNT ? reasons[reason].name : NULL;
}

const char *sbfota_reason_summary(unsigned reason)
{
    return reason < SBFOTA_REASON_COUNT ? reasons[reason].summary : NULL;
}

enum sbfota_reason sbfota_reason_from_name(const char *name, size_t length)
{
    //@ ghost see_names();
    /*@ loop invariant SBFOTA_REASON_NONE < reason <= SBFOTA_REASON_COUNT;
        loop assigns reason;
        loop variant SBFOTA_REASON_COUNT - reason; */
    for (unsigned reason = SBFOTA_REASON_NONE + 1; reason < SBFOTA_REASON_COUNT; reason++)
        if (same(reasons[reason].name, name, length))
            return (enum sbfota_reason)reason;
    return SBFOTA_REASON_NONE;
}

/*@ assigns \nothing;
    ensures \result == \null || \valid_read(\result); */
static const struct described *find_flag(unsigned flag)
{
    /*@ loop invariant bit <= sizeof(flags) / sizeof(flags[0]);
        loop assigns bit;
        loop variant sizeof(flags) - bit; */
    for (size_t bit = 0; bit < sizeof flags / sizeof flags[0]; bit++)
        if (flag == 1U << bit)
            return &flags[bit];
    return NULL;
}

const char *sbfota_flag_name(unsigned flag)
{
    const struct described *const found = find_flag(flag);
    return found == NULL ? NULL : found->name;
}

const char *sbfota_flag_summary(unsigned flag)
{
    const struct described *const found = find_flag(flag);
    return found == NULL ? NULL : found->summary;
}

size_t sbfota_message_row_size(void)
{
    return sizeof(struct sbfota_message_row);
}

size_t sbfota_code_row_size(void)
{
    return sizeof(struct sbfota_code_row);
}
