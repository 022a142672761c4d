/* SPDX-License-Identifier: MIT
 *
 * The rows of event_fields.def and attempt_fields.def as columns. */
#ifndef SBFOTA_LOG_COLUMN_FIELDS_H
#define SBFOTA_LOG_COLUMN_FIELDS_H

/* Where a row is one. */
#define COLUMN_OF_BOTH(...) __VA_ARGS__
#define COLUMN_OF_COLUMNS(...) __VA_ARGS__
#define COLUMN_OF_ROWS(...)

/* Its entry. The words of NAME are told by NAME_word, whose numbers are under NAME_words. */
#define COLUMN_FIELD_INT32(id) {.name = #id, .type = COLUMN_INT32},
#define COLUMN_FIELD_INT64(id) {.name = #id, .type = COLUMN_INT64},
#define COLUMN_FIELD_BOOL(id) {.name = #id, .type = COLUMN_BOOL},
#define COLUMN_FIELD_TIME(id) {.name = #id, .type = COLUMN_TIME},
#define COLUMN_FIELD_WORD(id) \
    {.name = #id, .type = COLUMN_WORD, .word = id##_word, .words = id##_words},
#define COLUMN_FIELD_WORDS(id) \
    {.name = #id, .type = COLUMN_WORDS, .word = id##_word, .words = id##_words},
#define COLUMN_FIELD_NAME(id) {.name = #id, .type = COLUMN_NAME},
#define COLUMN_FIELD_TEXT(id) {.name = #id, .type = COLUMN_TEXT},

#endif
