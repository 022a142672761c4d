/* SPDX-License-Identifier: MIT */
#include "log/prefix/found_names.h"

#include <string.h>

enum {
    LINES_LOOKED_AT = 200,
    SOURCES_MAX = 32
};

/* Who the records of a log come from, if its fields say so. */
struct named_sources {
    struct bytes names[SOURCES_MAX];
    unsigned records[SOURCES_MAX];
    unsigned count;
    bool too_many;
};

static void count_source(struct named_sources *sources, struct bytes name)
{
    for (unsigned i = 0; i < sources->count; i++)
        if (sources->names[i].length == name.length &&
            memcmp(sources->names[i].data, name.data, name.length) == 0) {
            sources->records[i]++;
            return;
        }
    if (sources->count == SOURCES_MAX) {
        sources->too_many = true;
        return;
    }
    sources->names[sources->count] = name;
    sources->records[sources->count++] = 1;
}

/* Several, each with a story: a number that each record has for itself is no name. */
static bool are_modems(const struct named_sources *sources)
{
    unsigned once = 0;
    for (unsigned i = 0; i < sources->count; i++)
        once += sources->records[i] == 1;
    return sources->count >= 2 && once * 2 <= sources->count;
}

/* How many lines hold a message where it is expected, and how many in another field. */
struct tally {
    unsigned usual;
    unsigned other;
};

static void look_at_text(struct field_names_found *found, struct tally *tally,
                         const struct line *line, field_text_finder *find, const char *begin,
                         const char *end)
{
    char path[sizeof found->text];
    const bool shows = line->role != LINE_RECORD || wire_shows(line->escapes);
    if (shows && tally->usual + tally->other > 0 &&
        !field_holds_message((struct bytes){begin, (size_t)(end - begin)}))
        return;
    if (line->role == LINE_RECORD && field_holds_message(line->text))
        tally->usual++;
    else if (find(begin, end, path, sizeof path) > 0 && tally->other++ == 0)
        memcpy(found->text, path, sizeof path);
}

void found_names_look(struct field_names_found *found, const struct field_names *names,
                      field_line_reader *read, field_text_finder *find, struct bytes sample)
{
    const char *const limit = sample.data + sample.length;
    struct field_names all = *names;
    struct named_sources sources = {.count = 0};
    struct tally tally = {0, 0};
    unsigned lines = 0;
    memset(found, 0, sizeof *found);
    all.sources = true;
    for (const char *next = sample.data, *end; next < limit && lines < LINES_LOOKED_AT;
         next = end + 1, lines++) {
        struct line line;
        end = memchr(next, '\n', (size_t)(limit - next));
        read(&all, next, end, &line);
        if (line.role == LINE_RECORD && line.modem.data != NULL)
            count_source(&sources, line.modem);
        look_at_text(found, &tally, &line, find, next, end);
    }
    found->sources = are_modems(&sources);
    if (names->text != NULL || tally.other <= tally.usual)
        found->text[0] = '\0';
}
