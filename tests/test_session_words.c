/* SPDX-License-Identifier: MIT
 *
 * Each row of what sessions tell, outcomes to accepts, stands everywhere: enumeration, name, tables, schema. */
#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include <sbfota/session.h>

#include "support.h"

struct word {
    unsigned value; /* a problem's is its bit */
    const char *name, *summary;
};

#define WORD(value, name, summary) {value, name, summary},
static const struct word phases[] = {
#define SBFOTA_PHASE(id, number, name, summary, detail, section) \
    WORD(SBFOTA_PHASE_##id, name, summary)
#include "phases.def"
#undef SBFOTA_PHASE
};
static const struct word outcomes[] = {
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) \
    WORD(SBFOTA_OUTCOME_##id, name, summary)
#include "outcomes.def"
#undef SBFOTA_OUTCOME
};
static const struct word problems[] = {
#define SBFOTA_PROBLEM(id, number, name, summary, detail, section) \
    WORD(SBFOTA_PROBLEM_##id, name, summary)
#include "problems.def"
#undef SBFOTA_PROBLEM
};
static const struct word powers[] = {
#define SBFOTA_POWER(id, number, name, summary, detail, section) \
    WORD(SBFOTA_POWER_##id, name, summary)
#include "powers.def"
#undef SBFOTA_POWER
};
static const struct word accepts[] = {
#define SBFOTA_ACCEPT_STATE(id, number, name, summary, detail, section) \
    WORD(SBFOTA_ACCEPT_##id, name, summary)
#include "accepts.def"
#undef SBFOTA_ACCEPT_STATE
};

/* Names and numbers that were once given, in the order of the numbers: what is saved and what scripts read rest on them. A new
 * row is added here. */
static const char *const given_phases[] = {"none",    "polling", "download", "delay", "update",
                                           "restore", "end",     "reboot",   "report"};
static const char *const given_outcomes[] = {
    "in_progress", "updated",     "update_failed", "download_failed", "download_lost",
    "rolled_back", "interrupted", "poll_failed",   "unknown",
};
static const char *const given_problems[] = {
    "out_of_order",     "percent_back",  "delay_differs", "reboot",
    "accept_misplaced", "missing_start", "missing_end",   "accept_refused",
    "clock_jump",       "malformed",     "unended",
};
static const char *const given_powers[] = {"safe",      "unknown",    "ends_process",
                                           "forbidden", "rolls_back", "forces_update"};
static const char *const given_accepts[] = {"unsent", "sent", "acknowledged", "refused"};

#define ROWS(words) (words), sizeof(words) / sizeof(words)[0]
static const struct catalogue {
    const char *is;
    const struct word *words;
    size_t count;
    const char *const *given;
    size_t given_count;
    const char *(*name)(unsigned value);
    const char *field; /* of a record of sessions, or NULL */
    bool is_set;
    bool in_records;
} catalogues[] = {
    {"phase", ROWS(phases), ROWS(given_phases), sbfota_phase_name, "phase", false, true},
    {"outcome", ROWS(outcomes), ROWS(given_outcomes), sbfota_outcome_name, "outcome", false, true},
    {"problem", ROWS(problems), ROWS(given_problems), sbfota_problem_name, "problems", true, true},
    {"power", ROWS(powers), ROWS(given_powers), sbfota_power_name, NULL, false, true},
    {"accept", ROWS(accepts), ROWS(given_accepts), sbfota_accept_name, NULL, false, false},
};
#define EACH_CATALOGUE                        \
    (const struct catalogue *of = catalogues; \
     of < catalogues + sizeof catalogues / sizeof catalogues[0]; of++)

static char *read_whole(const char *name)
{
    enum {
        ROOM = 1 << 16
    };
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", SBFOTA_SOURCE_DIR, name);
    FILE *const file = fopen(path, "rb");
    cr_assert_not_null(file, "%s", path);
    char *const text = calloc(1, ROOM);
    cr_assert_gt(fread(text, 1, ROOM - 1, file), (size_t)0);
    fclose(file);
    return text;
}

Test(session_words, numbers_and_names_once_given_stay)
{
    for
        EACH_CATALOGUE
        {
            cr_assert_eq(of->count, of->given_count, "a %s has no row in given_%ss[]", of->is,
                         of->is);
            for (unsigned i = 0; i < of->count; i++) {
                cr_expect_eq(of->words[i].value, of->is_set ? 1U << i : i, "%s", of->given[i]);
                cr_expect_str_eq(of->words[i].name, of->given[i]);
                cr_expect_str_eq(of->name(of->words[i].value), of->given[i]);
            }
        }
    cr_expect_eq(SBFOTA_PHASE_COUNT, sizeof phases / sizeof phases[0]);
    cr_expect_eq(SBFOTA_OUTCOME_COUNT, sizeof outcomes / sizeof outcomes[0]);
    cr_expect_eq(SBFOTA_PROBLEM_ALL, (1 << sizeof problems / sizeof problems[0]) - 1);
    cr_expect_eq(SBFOTA_POWER_COUNT, sizeof powers / sizeof powers[0]);
    cr_expect_eq(SBFOTA_ACCEPT_COUNT, sizeof accepts / sizeof accepts[0]);
}

Test(session_words, names_are_unique)
{
    for
        EACH_CATALOGUE
    for (size_t i = 0; i < of->count; i++)
        for (size_t j = 0; j < i; j++)
            cr_expect_str_neq(of->words[i].name, of->words[j].name);
}

Test(session_words, documentation_and_schema_have_every_row)
{
    char *const tables = read_whole("gen/records.md");
    char *const manual = read_whole("man/sbfota-events.5");
    char *const schema = read_whole("docs/sessions.schema.json");
    char wanted[200];
    for
        EACH_CATALOGUE
        {
            const char *words = NULL;
            if (of->field != NULL) {
                snprintf(wanted, sizeof wanted, "\n    \"%s\": ", of->field);
                words = strstr(schema, wanted);
                cr_assert_not_null(words, "%s", wanted);
            }
            for (size_t i = 0; of->in_records && i < of->count; i++) {
                snprintf(wanted, sizeof wanted, "| `%s` | %s", of->words[i].name,
                         of->words[i].summary);
                cr_expect_not_null(strstr(tables, wanted), "%s", wanted);
                snprintf(wanted, sizeof wanted, "\n.B %s\n", of->words[i].name);
                cr_expect_not_null(strstr(manual, wanted), "%s", wanted);
                snprintf(wanted, sizeof wanted, "\"%s\"", of->words[i].name);
                const char *const found = words == NULL ? NULL : strstr(words, wanted);
                cr_expect(words == NULL || (found != NULL && found < strchr(words + 1, '\n')), "%s",
                          wanted);
            }
        }
    free(tables);
    free(manual);
    free(schema);
}

Test(session_words, each_outcome_has_a_rank_of_its_own)
{
    static const unsigned ranks[] = {
#define SBFOTA_OUTCOME(id, number, name, rank, summary, detail, section) (rank),
#include "outcomes.def"
#undef SBFOTA_OUTCOME
    };
    unsigned seen = 0;
    for (size_t i = 0; i < sizeof ranks / sizeof ranks[0]; i++)
        seen |= 1U << ranks[i];
    cr_expect_eq(seen, (1U << SBFOTA_OUTCOME_COUNT) - 1);
}
