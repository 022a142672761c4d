/* SPDX-License-Identifier: MIT */
#include "cli/simulate/script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sbfota/texts.h>

#include "cli/files.h"
#include "cli/suggest.h"
#include "cli/writing/error_line.h"
#include "log/text/span.h"

/* A number and its unit. */
struct script_time {
    struct bytes number;
    struct bytes unit;
};

/* A line as it is spelled. */
struct statement {
    struct bytes modem;
    struct bytes event;
    struct bytes value;
    struct bytes fault;
    struct bytes count;
    struct script_time at;
    struct script_time after;
    struct script_time lasts;
    enum script_when when;
};

enum word_kind {
    WORD_NONE = 0,
    WORD_NAMED, /* small letters */
    WORD_NUMBER,
    WORD_VALUE, /* a number with a sign or % */
    WORD_TIME,
    WORD_OTHER /* a modem may have such a name */
};

#include "fault_script.inc"

/* What may come next on a line. */
enum expected {
    EXPECTED_NOTHING = 0,
    EXPECTED_WHEN,
    EXPECTED_VALUE,
    EXPECTED_AFTER,
    EXPECTED_FAULT,
    EXPECTED_HOW,
    EXPECTED_END
};

/* A word of a line. */
struct word {
    struct bytes text;
    struct script_time time;
    enum word_kind kind;
};

/* What is read, and where an error is told. */
struct script_reader {
    struct script *script;
    const char *path;
    unsigned long long line;
    script_find_modem *find;
    const void *context;
    bool good;
};

static const int64_t most = (int64_t)100 * 366 * 86400000;

/* A number of up to nine digits, perhaps with a sign; false if it has more. */
static bool read_number(struct bytes digits, int64_t *number)
{
    const bool minus = digits.length > 0 && digits.data[0] == '-';
    int64_t sum = 0;
    if (digits.length > (minus ? 10 : 9))
        return false;
    for (size_t i = minus; i < digits.length; i++)
        sum = sum * 10 + (digits.data[i] - '0');
    *number = minus ? -sum : sum;
    return true;
}

static bool read_time(const struct script_time *time, int64_t *milliseconds)
{
    static const struct {
        const char *unit;
        int64_t milliseconds;
    } units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}, {"d", 86400000}};
    *milliseconds = 0;
    if (time->number.data == NULL)
        return true;
    if (!read_number(time->number, milliseconds))
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (bytes_are(time->unit, units[i].unit))
            *milliseconds *= units[i].milliseconds;
    return *milliseconds <= most;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* The word at `at`, and where the next one begins. Something else than a blank, a comment or the line's end makes it none. */
static const char *take_word(const char *at, struct word *word)
{
    const size_t length = read_word(at, &word->kind, &word->time);
    word->text = (struct bytes){at, length};
    if (strchr(" \t\r\n#", at[length]) == NULL)
        word->kind = WORD_NONE;
    return skip_blanks(at + length);
}

bool script_read_time(const char *text, int64_t *milliseconds)
{
    struct word word;
    return *take_word(text, &word) == '\0' && word.kind == WORD_TIME &&
           text[word.text.length] == '\0' && read_time(&word.time, milliseconds);
}

/* Does the line end here, perhaps with a comment? */
static bool ends_at(const char *at)
{
    if (*at == '#')
        at += strcspn(at, "\n");
    at += *at == '\r';
    return *at == '\n' || *at == '\0';
}

/* What a word, or a word with the one behind it, says of a line where `expected` may come: what may come then, and *both if it took two.
 * EXPECTED_NOTHING if it is none of that. */
static enum expected take_words(struct statement *statement, enum expected expected,
                                const struct word *first, const struct word *second, bool *both)
{
    const struct bytes text = first->text;
    const bool before_fault =
        expected == EXPECTED_VALUE || expected == EXPECTED_AFTER || expected == EXPECTED_FAULT;
    const bool is_name =
        second->kind != WORD_NONE && memchr(second->text.data, '%', second->text.length) == NULL;
    *both = true;
    if (expected == EXPECTED_WHEN && bytes_are(text, "modem") && is_name) {
        statement->modem = second->text;
        return EXPECTED_WHEN;
    }
    if (expected == EXPECTED_WHEN && bytes_are(text, "at") && second->kind == WORD_TIME) {
        statement->at = second->time;
        return EXPECTED_FAULT;
    }
    if (expected == EXPECTED_WHEN && (bytes_are(text, "on") || bytes_are(text, "each")) &&
        second->kind == WORD_NAMED) {
        statement->when = bytes_are(text, "on") ? SCRIPT_ON : SCRIPT_EACH;
        statement->event = second->text;
        return EXPECTED_VALUE;
    }
    if (before_fault && expected != EXPECTED_FAULT && bytes_are(text, "after") &&
        second->kind == WORD_TIME) {
        statement->after = second->time;
        return EXPECTED_FAULT;
    }
    if (expected == EXPECTED_HOW && bytes_are(text, "for") && second->kind == WORD_TIME) {
        statement->lasts = second->time;
        return EXPECTED_END;
    }
    if (expected == EXPECTED_HOW && first->kind == WORD_NUMBER && second->kind == WORD_NAMED &&
        bytes_are(second->text, "times")) {
        statement->count = text;
        return EXPECTED_END;
    }
    *both = false;
    if (expected == EXPECTED_VALUE && (first->kind == WORD_NUMBER || first->kind == WORD_VALUE)) {
        statement->value =
            (struct bytes){text.data, text.length - (text.data[text.length - 1] == '%')};
        return EXPECTED_AFTER;
    }
    if (before_fault && first->kind == WORD_NAMED) {
        statement->fault = text;
        return EXPECTED_HOW;
    }
    return EXPECTED_NOTHING;
}

/* Read a line, which ends with LF or NUL. EXPECTED_NOTHING if it is right, and what should stand at *where if it is not. */
static enum expected read_statement(const char *line, struct statement *statement,
                                    const char **where)
{
    enum expected expected = EXPECTED_WHEN;
    const char *at = skip_blanks(line);
    while (!ends_at(at)) {
        struct word first, second;
        bool both;
        const char *const next = take_word(at, &first);
        const char *const behind = take_word(next, &second);
        *where = at;
        const enum expected then = first.kind == WORD_NONE
                                       ? EXPECTED_NOTHING
                                       : take_words(statement, expected, &first, &second, &both);
        if (then == EXPECTED_NOTHING)
            return expected;
        expected = then;
        at = both ? behind : next;
    }
    *where = at;
    const bool may_end = expected == EXPECTED_HOW || expected == EXPECTED_END ||
                         (expected == EXPECTED_WHEN && statement->modem.data == NULL);
    return may_end ? EXPECTED_NOTHING : expected;
}

static int find_fault(struct bytes name)
{
    for (int fault = 0; fault < MODULE_FAULTS; fault++)
        if (bytes_are(name, module_fault_name((unsigned)fault)))
            return fault;
    return bytes_are(name, "unplug") ? SCRIPT_UNPLUG : -1;
}

static void fail(struct script_reader *reader, const char *what, struct bytes where)
{
    error_line(reader->path, reader->line, "\"%.*s\": %s", (int)where.length, where.data, what);
    reader->good = false;
}

/* The event that may be meant: its name is near, or begins so. NULL if there is none. */
static const char *find_meant(struct bytes name)
{
    struct suggestion suggestion = suggestion_of(name.data, name.length);
    const char *begun = NULL;
    for (unsigned kind = SBFOTA_NONE + 1; kind < SBFOTA_KIND_COUNT; kind++) {
        const char *const known = sbfota_message(kind)->name;
        suggestion_try(&suggestion, known);
        if (begun == NULL && name.length > 0 && strncmp(known, name.data, name.length) == 0)
            begun = known;
    }
    return suggestion.best != NULL ? suggestion.best : begun;
}

static void fail_event(struct script_reader *reader, struct bytes name)
{
    char what[120];
    const char *const meant = find_meant(name);
    if (meant != NULL)
        snprintf(what, sizeof what, "there is no such event; did you mean %s?", meant);
    else
        snprintf(what, sizeof what, "there is no such event; see \"Events\" in the documentation");
    fail(reader, what, name);
}

/* An event by its name in JSON, or "command": any that the host sends. */
static bool read_event(struct script_reader *reader, struct bytes name, struct script_rule *rule)
{
    rule->event = bytes_are(name, "command")
                      ? (uint8_t)SBFOTA_OTHER
                      : (uint8_t)sbfota_kind_from_name(name.data, name.length);
    const bool named = rule->event != SBFOTA_NONE && rule->event != SBFOTA_OTHER;
    if (named || bytes_are(name, "command"))
        return true;
    fail_event(reader, name);
    return false;
}

/* Does a fault go on for a time, and can it be counted? */
static bool check_how(struct script_reader *reader, const struct statement *statement,
                      const struct script_rule *rule)
{
    const bool once = rule->fault == MODULE_POWER || rule->fault == SCRIPT_UNPLUG;
    if (rule->fault == MODULE_BOOT &&
        (statement->count.data != NULL || statement->lasts.number.data != NULL)) {
        fail(reader, "this happens once, at once", statement->fault);
        return false;
    }
    if (once && statement->count.data != NULL) {
        fail(reader, "this lasts \"for TIME\"", statement->fault);
        return false;
    }
    return true;
}

/* What a line says, as a rule. False, with an error line, if that cannot be. */
static bool make_rule(struct script_reader *reader, const struct statement *statement,
                      struct script_rule *rule)
{
    int64_t count = 0, value = 0;
    const int fault = find_fault(statement->fault);
    *rule = (struct script_rule){.modem = SCRIPT_ALL_MODEMS, .when = (uint8_t)statement->when};
    if (statement->modem.data != NULL) {
        rule->modem = reader->find(reader->context, statement->modem.data, statement->modem.length);
        if (rule->modem == SCRIPT_ALL_MODEMS)
            return fail(reader, "there is no such modem", statement->modem), false;
    }
    if (fault < 0)
        return fail(reader, "there is no such fault; \"--fault help\" lists them",
                    statement->fault),
               false;
    rule->fault = (uint8_t)fault;
    if (statement->when != SCRIPT_AT && !read_event(reader, statement->event, rule))
        return false;
    if (!read_time(statement->when == SCRIPT_AT ? &statement->at : &statement->after, &rule->at) ||
        !read_time(&statement->lasts, &rule->lasts) || !read_number(statement->count, &count) ||
        !read_number(statement->value, &value) || count > UINT16_MAX)
        return fail(reader, "a number on this line is too large", statement->fault), false;
    rule->count = (uint16_t)count;
    rule->value = (int32_t)value;
    rule->has_value = statement->value.data != NULL;
    return check_how(reader, statement, rule);
}

static const char *expected_text(enum expected expected)
{
    switch (expected) {
    case EXPECTED_WHEN: return "\"at TIME\", \"on EVENT\", \"each EVENT\" or \"modem NAME\"";
    case EXPECTED_VALUE: return "a number, \"after TIME\" or a fault";
    case EXPECTED_AFTER: return "\"after TIME\" or a fault";
    case EXPECTED_FAULT: return "a fault";
    case EXPECTED_HOW: return "\"N times\", \"for TIME\" or the end of the line";
    case EXPECTED_END: return "the end of the line";
    case EXPECTED_NOTHING: break;
    }
    return "";
}

static void add_rule(struct script_reader *reader, const struct script_rule *rule)
{
    struct script *const script = reader->script;
    struct script_rule *const rules =
        realloc(script->rules, (script->count + 1) * sizeof *script->rules);
    if (rules == NULL) {
        error_line(NULL, 0, "not enough memory");
        reader->good = false;
        return;
    }
    script->rules = rules;
    script->rules[script->count++] = *rule;
}

static void read_line(struct script_reader *reader, const char *line, size_t length)
{
    struct statement statement = {.when = SCRIPT_AT};
    struct script_rule rule;
    const char *where;
    if (memchr(line, '\0', length) != NULL) {
        error_line(reader->path, reader->line, "a NUL byte: this is no script");
        reader->good = false;
        return;
    }
    const enum expected expected = read_statement(line, &statement, &where);
    if (expected != EXPECTED_NOTHING) {
        const size_t rest = strcspn(where, "\r\n");
        error_line(reader->path, reader->line, "column %zu: %s is expected%s%.*s%s",
                   (size_t)(where - line) + 1, expected_text(expected), rest > 0 ? ", not \"" : "",
                   (int)(rest < 40 ? rest : 40), where, rest > 0 ? "\"" : "");
        reader->good = false;
    } else if (statement.fault.data != NULL && make_rule(reader, &statement, &rule)) {
        add_rule(reader, &rule);
    }
}

bool script_read(struct script *script, const char *path, script_find_modem *find,
                 const void *context)
{
    const char *name = path;
    const int fd = file_open(&name, NULL);
    FILE *const file = fd < 0 ? NULL : fdopen(fd, "r");
    struct script_reader reader = {script, file_shown(name), 0, find, context, true};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    *script = (struct script){.rules = NULL};
    if (file == NULL)
        return false;
    while ((length = getline(&line, &capacity, file)) > 0) {
        reader.line++;
        read_line(&reader, line, (size_t)length);
    }
    if (!feof(file)) {
        error_line(reader.path, 0, "cannot be read: %s", strerror(errno));
        reader.good = false;
    }
    free(line);
    fclose(file);
    return reader.good;
}

void script_free(struct script *script)
{
    free(script->rules);
    script->rules = NULL;
}

bool script_rule_matches(const struct script_rule *rule, unsigned kind, int32_t value)
{
    const struct sbfota_message_row *const message = sbfota_message(kind);
    if (rule->when == SCRIPT_AT || rule->event != kind)
        return false;
    if (!rule->has_value || message == NULL)
        return true;
    return message->argument == SBFOTA_ARGUMENT_PERCENT ? value >= rule->value
                                                        : value == rule->value;
}
