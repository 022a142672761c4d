/* SPDX-License-Identifier: MIT
 *
 * Every search that this machine can run, and the one without SIMD, finds the candidates that one byte after another gives;
 * all lines that may hold an event are among them, and no byte behind the end is read. */
#include "log/scan/command.h"
#include "log/scan/search.h"

#include <criterion/criterion.h>
#include <sbfota/sbfota.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    SIZE_MAX_TESTED = 4096, /* a page or less */
    ROUNDS = 20000
};

/* That of search_words.c. */
struct searches words_by_rank(unsigned rank);

static struct searches each_search(unsigned number)
{
    unsigned rank = 0;
    while (rank < number && search_by_rank(rank).lines != NULL)
        rank++;
    return search_by_rank(rank).lines != NULL ? search_by_rank(rank) : words_by_rank(number - rank);
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525 + 1013904223;
    return (random_state >> 8) % limit;
}

/* Memory whose end is followed by a page that must not be touched. */
static char *make_edge(void)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *const memory =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(memory, MAP_FAILED);
    cr_assert_eq(mprotect(memory + page, page, PROT_NONE), 0);
    return memory + page;
}

/* Words of which candidates are made, whole and broken, among others, in lines of all lengths. */
static size_t make_text(char *text, size_t size)
{
    static const char *const words[] = {
        "SBFOTA", "BFOTA",  "sbfota_delay", "sbfota", "RDY", "APP RDY", "DY",   "+CME ERROR",
        "ME",     "cME",    "AT+QCFGEXT",   "qcfge",  "QcF", "cfgext",  "\n",   "\r\n",
        "\n\n",   "\r\r\n", "qcf\n",        "B",      "b",   "OK",      "SBFO", "qcfg\nxt",
    };
    size_t used = 0;
    while (used + 1 < size) {
        const uint32_t choice = random_below(45);
        size_t length = 1 + random_below(choice == 44 ? 700 : 30);
        if (choice < sizeof words / sizeof words[0]) {
            length = strlen(words[choice]);
            if (length > size - 1 - used)
                length = size - 1 - used;
            memcpy(text + used, words[choice], length);
        } else {
            if (length > size - 1 - used)
                length = size - 1 - used;
            for (size_t i = 0; i < length; i++)
                text[used + i] = (char)(choice < 35 ? random_below(256) : 'a' + random_below(26));
        }
        used += length;
    }
    text[used++] = random_below(8) == 0 ? '\r' : '\n';
    return used;
}

static const char *next_line(const char *line, const char *end)
{
    const char *const feed = memchr(line, '\n', (size_t)(end - line));
    return feed == NULL ? end : feed + 1;
}

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool has_word_here(const char *at, const char *end, const char *word, bool any_case)
{
    if ((size_t)(end - at) < strlen(word))
        return false;
    for (; *word != '\0'; at++, word++)
        if (*at != *word && !(any_case && is_letter(*at) && (*at ^ *word) == 0x20))
            return false;
    return true;
}

/* May what stands behind an AT be a command's? */
static bool may_follow(const char *at, const char *end)
{
    const char *const begin = at;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (at == end || !(is_letter(*at) || (*at >= '0' && *at <= '9')))
        return true;
    return is_letter(*at) && at == begin && strchr("adehilmnopqstvwxz", *at | 0x20) != NULL;
}

static bool is_sought(const char *at, const char *end, bool answers)
{
    static const char *const words[] = {"SBFOTA", "sbfota_", "RDY", "CME ERROR"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (has_word_here(at, end, words[i], false))
            return true;
    return has_word_here(at, end, "QCFGEXT", true) ||
           (answers &&
            (has_word_here(at, end, "OK", false) || has_word_here(at, end, "ERROR", false) ||
             (has_word_here(at, end, "AT", true) && may_follow(at + 2, end))));
}

/* What a search shall give, byte after byte. */
static struct candidate search_slowly(const char *begin, const char *end, bool answers)
{
    struct candidate candidate = {.line = begin};
    while (candidate.line < end) {
        const char *const feed = memchr(candidate.line, '\n', (size_t)(end - candidate.line));
        const char *const limit = feed == NULL ? end : feed;
        if (limit - candidate.line > SBFOTA_LINE_MAX)
            return candidate;
        for (const char *at = candidate.line; at < limit; at++)
            if (is_sought(at, limit, answers))
                return candidate;
        candidate.line = limit + 1;
        candidate.line_feeds += feed != NULL;
    }
    candidate.line = NULL;
    return candidate;
}

static void compare(search_function *search, const char *name, bool answers, const char *begin,
                    const char *end)
{
    for (const char *from = begin; from < end;) {
        const struct candidate expected = search_slowly(from, end, answers);
        const struct candidate got = search(from, end, answers);
        cr_assert(got.line == expected.line && got.line_feeds == expected.line_feeds,
                  "%s of %zu bytes: expected line at %td behind %llu, got %td behind %llu", name,
                  (size_t)(end - from), expected.line == NULL ? -1 : expected.line - from,
                  (unsigned long long)expected.line_feeds, got.line == NULL ? -1 : got.line - from,
                  (unsigned long long)got.line_feeds);
        if (expected.line == NULL)
            break;
        from = next_line(expected.line, end);
    }
}

Test(capture_search, all_find_what_one_byte_after_another_gives)
{
    char *const edge = make_edge();
    char text[SIZE_MAX_TESTED];
    for (int round = 0; round < ROUNDS; round++) {
        const size_t size = make_text(text, 2 + random_below(sizeof text - 2));
        char *const begin = edge - size;
        memcpy(begin, text, size);
        const bool answers = random_below(2) == 0;
        for (unsigned number = 0; each_search(number).lines != NULL; number++) {
            char name[32];
            snprintf(name, sizeof name, "search %u", number);
            compare(each_search(number).lines, name, answers, begin, edge);
            compare(each_search(number).raw, name, answers, begin, edge);
        }
    }
}

/* A letter whose upper bit is set is no letter, whichever search looks at it. */
Test(capture_search, a_byte_over_127_is_no_letter)
{
    static const char *const near[] = {"SB\306OTA", "SBFOT\301",  "sb\346ota_", "R\304Y",
                                       "RD\331",    "QC\306GEXT", "q\303fgext", "+CM\305 ERRO",
                                       "O\313",     "ER\322OR",   "\301T+CSQ",  "A\324+CSQ"};
    char *const edge = make_edge();
    for (size_t i = 0; i < sizeof near / sizeof near[0]; i++) {
        char *const begin = edge - 200;
        memset(begin, '.', 200);
        for (char *feed = begin + 9; feed < edge; feed += 10)
            *feed = '\n';
        memcpy(begin + 100 - strlen(near[i]), near[i], strlen(near[i]));
        for (unsigned number = 0; each_search(number).lines != NULL; number++)
            cr_assert_null(each_search(number).lines(begin, edge, true).line, "%s, search %u",
                           near[i], number);
    }
}

/* May the line hold an event that is printed without --all, or a command that ends the wait for an answer? */
static bool has_event(const char *line, const char *end, bool answers)
{
    const char *const begin = line;
    struct sbfota_parser parser;
    struct sbfota_event event;
    bool found = false;
    sbfota_parser_init(&parser);
    while (line < end && !found) {
        line += sbfota_parse(&parser, line, (size_t)(end - line), &event);
        if (event.kind == SBFOTA_NONE && !sbfota_finish(&parser, &event))
            break;
        found = event.kind != SBFOTA_OTHER && event.kind != SBFOTA_BLANK &&
                (answers || (event.kind != SBFOTA_OK && event.kind != SBFOTA_ERROR));
        const struct bytes text = {begin + event.offset, (size_t)event.length};
        found = found || (answers && command_is_others(event.kind, text));
    }
    return found;
}

Test(capture_search, misses_no_event)
{
    char text[SIZE_MAX_TESTED];
    for (int round = 0; round < ROUNDS / 10; round++) {
        const char *const end = text + make_text(text, 2 + random_below(sizeof text - 2));
        const bool answers = random_below(2) == 0;
        const struct candidate first = search_by_rank(0).lines(text, end, answers);
        const char *const limit = first.line == NULL ? end : first.line;
        for (const char *line = text; line < limit; line = next_line(line, limit))
            cr_assert_not(has_event(line, next_line(line, limit), answers), "line at %td",
                          line - text);
    }
}

Test(capture_search, notices_lone_returns)
{
    char text[SIZE_MAX_TESTED];
    for (int round = 0; round < ROUNDS; round++) {
        const size_t size = 1 + random_below(300);
        for (size_t i = 0; i < size; i++)
            text[i] = random_below(3) == 0 ? 'x' : random_below(2) == 0 ? '\r' : '\n';
        if (random_below(2) == 0)
            for (size_t i = 0; i < size; i++)
                if (text[i] == '\r' && (i + 1 == size || text[i + 1] != '\n'))
                    text[i] = 'y';
        if (random_below(2) == 0) { /* few of them, anywhere */
            memset(text, 'x', size);
            text[random_below((uint32_t)size)] = '\r';
            text[random_below((uint32_t)size)] = '\n';
        }
        for (unsigned number = 0; each_search(number).raw != NULL; number++) {
            const struct candidate first = each_search(number).raw(text, text + size, false);
            const char *const limit = first.line == NULL ? text + size : first.line;
            cr_assert(first.has_returns || search_count_returns(text, limit) == 0,
                      "search %u, round %d", number, round);
        }
    }
}

/* A carriage return is a line end of its own if neither <LF> nor <CR><LF> follows. */
Test(capture_search, counts_lone_returns)
{
    static const struct {
        const char *text;
        uint64_t expected;
    } cases[] = {{"a\r\nb\r\r\n\n", 0}, {"a\rb\r\r", 3},   {"\r\r\r\n", 1},
                 {"\n\ra\n", 1},        {"", 0},           {"\r", 1},
                 {"\r\n\r\n", 0},       {"x\ry\nz\r\r", 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_eq(search_count_returns(cases[i].text, cases[i].text + strlen(cases[i].text)),
                     cases[i].expected, "%zu", i);
}

/* Is one of the words in these bytes, all of it? */
static bool has_word(const char *const words[], size_t count, const char *begin, const char *end)
{
    for (size_t i = 0; i < count; i++)
        for (const char *at = begin; at + strlen(words[i]) <= end; at++)
            if (memcmp(at, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

/* A word that is cut by the begin or the end of what is searched is none. */
Test(capture_search, what_is_cut_off_is_not_read)
{
    static const char *const words[] = {"SBFOTA",  "sbfota_",   "RDY", "QCFGEXT",
                                        "qcfgext", "CME ERROR", "OK",  "ERROR"};
    const size_t count = sizeof words / sizeof words[0];
    char *const edge = make_edge();
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(words[i]);
        for (size_t from = 0; from < length; from++) {
            for (size_t to = from + 1; to <= length; to++) {
                char *const begin = edge - (to - from);
                memcpy(begin, words[i] + from, to - from);
                for (unsigned number = 0; each_search(number).lines != NULL; number++)
                    cr_expect_eq(each_search(number).lines(begin, edge, true).line != NULL,
                                 has_word(words, count, begin, edge),
                                 "%s from %zu to %zu, search %u", words[i], from, to, number);
            }
        }
    }
}
