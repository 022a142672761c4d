/* SPDX-License-Identifier: MIT
 *
 * JSON Lines, CSV and text of plain events, which nearly all are, without a question that does not need to be asked. What is made
 * for JSON Lines and CSV is compiled for each: `csv` is a constant. */
#include <sbfota/texts.h>

#include "cli/out/decode_output.h"
#include "cli/writing/cursor.h"
#include "codec/vector.h"
#include "event_keys.h"
#include "log/text/clock.h"
#include "log/text/time.h"

enum {
    NAME_MOST = 32, /* longer times and names are left to jsonl_put */
    ALL_MOST = 768  /* a record but its begin, with what fixed copies write behind it */
};

/* Bytes that stand in the block, so that some behind them can be read too. */
static bool is_in(const struct block *block, const char *bytes)
{
    return (uintptr_t)bytes - (uintptr_t)block->data < block->size;
}

/* Write a text and the quote behind it, if a JSON string may hold it as it is. NAME_MOST bytes are read, and written. */
static inline bool put_plain(struct cursor *cursor, const char *text, size_t length)
{
    uint64_t odd = 0;
    for (size_t at = 0; at < length; at += SBFOTA_AT_A_TIME) {
        const sbfota_vector bytes = sbfota_load_vector(text + at);
        const sbfota_vector mask =
            sbfota_outside(bytes, ' ', '~') | sbfota_are(bytes, '"') | sbfota_are(bytes, '\\');
        memcpy(cursor->next + at, text + at, sizeof bytes);
        odd |= (uint64_t)sbfota_bits(mask) << at;
    }
    cursor->next += length;
    cursor_byte(cursor, '"');
    return (odd & ((1ULL << length) - 1)) == 0;
}

/* Write a time in UTC, with milliseconds, that begins as the one before did, up to its minute. */
static inline bool put_time_alike(struct cursor *cursor, const struct decode_output *output,
                                  struct bytes time)
{
    enum {
        BEGIN = sizeof output->time_begin,
        LENGTH = BEGIN + 8
    };
    uint64_t words[4];
    if (time.length != LENGTH)
        return false;
    memcpy(words, time.data, BEGIN);
    memcpy(words + 2, output->time_begin, BEGIN);
    if (((words[0] ^ words[2]) | (words[1] ^ words[3])) != 0 || !clock_is_rest(time.data + BEGIN))
        return false;
    memcpy(cursor->next, time.data, LENGTH);
    cursor->next += LENGTH;
    cursor_byte(cursor, '"');
    return true;
}

/* Would a spreadsheet take it for a formula? */
static inline bool is_formula(const char *text)
{
    const char byte = *text;
    return byte == '=' || byte == '+' || byte == '-' || byte == '@';
}

/* A literal, copied with what stands behind it in an array of a fixed size. */
#define PUT_LITERAL(cursor, literal)                          \
    do {                                                      \
        static const char bytes[16] = literal;                \
        CURSOR_FIXED(cursor, bytes, sizeof(literal) - 1, 16); \
    } while (0)

/* One of two literals. */
#define PUT_EITHER(cursor, csv, of_csv, of_json) \
    do {                                         \
        if (csv)                                 \
            PUT_LITERAL(cursor, of_csv);         \
        else                                     \
            PUT_LITERAL(cursor, of_json);        \
    } while (0)

/* The time of a record, if it has one. */
static inline bool put_time(struct cursor *cursor, struct decode_output *output,
                            const struct block *block, struct bytes time, bool csv)
{
    char shown[TIME_SIZE + NAME_MOST];
    if (time.data == NULL) {
        if (csv)
            cursor_byte(cursor, ',');
        return true;
    }
    if (!is_in(block, time.data))
        return false;
    PUT_EITHER(cursor, csv, ",\"", JSON_KEY_time "\"");
    if (put_time_alike(cursor, output, time))
        return true;
    const bool usual = time_is_usual(time);
    if (!usual)
        time = time_show(time, shown);
    if (csv && is_formula(time.data))
        return false;
    if (time.length > NAME_MOST || !put_plain(cursor, time.data, time.length))
        return false;
    if (usual)
        memcpy(output->time_begin, time.data, sizeof output->time_begin);
    return true;
}

/* The modem of a record, if it has one; not that of the whole log. */
static inline bool put_modem(struct cursor *cursor, const struct block *block,
                             const struct log_event *event, bool csv)
{
    if (event->modem == NULL) {
        if (csv)
            cursor_byte(cursor, ',');
        return block->modem.data == NULL;
    }
    PUT_EITHER(cursor, csv, ",\"", JSON_KEY_modem "\"");
    return event->modem_length <= NAME_MOST && is_in(block, event->modem) &&
           !(csv && is_formula(event->modem)) &&
           put_plain(cursor, event->modem, event->modem_length);
}

/* What the message is, and what it tells. */
static inline void put_event(struct cursor *cursor, struct decode_output *output,
                             const struct sbfota_event *message, bool csv)
{
    const struct json_event *const name = &output->events[message->kind];
    if (name->plain == JSON_PLAIN_CODE) {
        const struct json_code *code = json_code_place(output, message);
        if (code->kind != message->kind || code->value != message->value)
            code = csv ? csv_code_keep(output, message) : json_code_keep(output, message);
        CURSOR_FIXED(cursor, code->bytes, code->length, sizeof code->bytes);
    } else {
        CURSOR_FIXED(cursor, name->bytes, name->length, sizeof name->bytes);
        if (name->plain == JSON_PLAIN_NUMBER)
            cursor_from_small(cursor, &output->small,
                              (uint32_t)message->value); /* in range: not under 0 */
        if (csv) {
            static const char commas[16] = ",,,,,,,,,,,,,,,,";
            CURSOR_FIXED(cursor, commas, name->commas, sizeof commas);
        }
    }
}

/* What all records of a file begin with, and room for one of them. False if it is not known, or without memory. */
static inline bool make_ready(struct decode_output *output, const struct block *block, bool csv)
{
    struct writer *const writer = output->writer;
    if (!output->begin.known || output->begin.file != block->file) {
        if (csv)
            csv_begin_keep(output, block->file);
        else
            json_begin_keep(output, block->file);
        if (!output->begin.known)
            return false;
    }
    return writer->capacity - writer->used >= sizeof output->begin.bytes + ALL_MOST ||
           writer_make_room(writer, sizeof output->begin.bytes + ALL_MOST);
}

/* A record of either format. */
static inline bool put_record(struct decode_output *output, const struct block *block,
                              const struct log_event *event, bool csv)
{
    static const char json_directions[3][16] = {"", JSON_KEY_dir "\"rx\"", JSON_KEY_dir "\"tx\""};
    static const char csv_directions[3][16] = {",", ",rx", ",tx"};
    static const size_t direction_lengths[2][3] = {{0, 11, 11}, {1, 3, 3}};
    const struct sbfota_event *const message = &event->message;
    struct writer *const writer = output->writer;

    if (message->flags != 0 || output->raw || (event->earlier && event->files_before != 0) ||
        output->events[message->kind].plain == JSON_PLAIN_NOT)
        return false;
    if (!make_ready(output, block, csv))
        return false;

    struct cursor cursor = {writer->buffer + writer->used};
    if (output->begin.length <= 64)
        CURSOR_FIXED(&cursor, output->begin.bytes, output->begin.length, 64);
    else
        CURSOR_FIXED(&cursor, output->begin.bytes, output->begin.length,
                     sizeof output->begin.bytes);
    cursor_count(&cursor, &output->lines, &output->small,
                 event->earlier ? event->earlier_line : block->line + event->line);
    PUT_EITHER(&cursor, csv, ",", JSON_KEY_offset);
    cursor_count(&cursor, &output->offsets, &output->small, message->offset);
    PUT_EITHER(&cursor, csv, ",", JSON_KEY_length);
    cursor_from_small(&cursor, &output->small, message->length);
    if (!put_time(&cursor, output, block, (struct bytes){event->time, event->time_length}, csv) ||
        !put_modem(&cursor, block, event, csv))
        return false;
    CURSOR_FIXED(&cursor, (csv ? csv_directions : json_directions)[event->direction],
                 direction_lengths[csv][event->direction], 16);
    put_event(&cursor, output, message, csv);
    if (event->answers != SBFOTA_NONE) {
        if (!csv)
            PUT_LITERAL(&cursor, JSON_KEY_answers "\"");
        cursor_string(&cursor, sbfota_message(event->answers)->name);
        if (!csv)
            cursor_byte(&cursor, '"');
    }
    if (csv)
        PUT_LITERAL(&cursor, ",,"); /* no flags */
    if (message->spelling != 0) {
        const struct json_spelling *const spelling = &output->spellings[message->spelling];
        if (spelling->length == 0)
            json_spelling_keep(output, message, csv);
        CURSOR_FIXED(&cursor, spelling->bytes, spelling->length, sizeof spelling->bytes);
    }
    PUT_EITHER(&cursor, csv, ",\r\n", "}\n");
    writer->used = (size_t)(cursor.next - writer->buffer);
    return true;
}

bool jsonl_put_plain(struct decode_output *output, const struct block *block,
                     const struct log_event *event)
{
    return put_record(output, block, event, false);
}

bool csv_put_plain(struct decode_output *output, const struct block *block,
                   const struct log_event *event)
{
    return put_record(output, block, event, true);
}

/* A number in six columns, or more if it needs them. */
static inline void put_line_number(struct cursor *cursor, struct decode_output *output,
                                   uint64_t number)
{
    static const char blanks[8] = "        ";
    char digits[CURSOR_NUMBER_ROOM];
    struct cursor end = {digits};
    if (number >= 100000) {
        cursor_count(cursor, &output->lines, &output->small, number);
        return;
    }
    cursor_small_number(&end, (uint32_t)number);
    const size_t length = (size_t)(end.next - digits);
    memcpy(cursor->next, blanks, sizeof blanks);
    memcpy(cursor->next + 6 - length, digits, 8);
    cursor->next += 6;
}

/* `12 %  ##..................` */
static inline void put_percent(struct cursor *cursor, struct decode_output *output,
                               uint32_t percent)
{
    static const char bar[] = "####################....................";
    enum {
        WIDTH = 20
    };
    memcpy(cursor->next, "  ", 2);
    cursor->next += 2 - (percent >= 10) - (percent >= 100);
    cursor_from_small(cursor, &output->small, percent);
    PUT_LITERAL(cursor, " %  ");
    CURSOR_FIXED(cursor, bar + WIDTH - percent * WIDTH / 100, WIDTH, WIDTH);
}

/* What the message tells. False if text_put must say it. */
static inline bool put_text_value(struct cursor *cursor, struct decode_output *output,
                                  const struct sbfota_event *message)
{
    const struct sbfota_message_row *const row = sbfota_message(message->kind);
    switch ((enum sbfota_argument)row->argument) {
    case SBFOTA_ARGUMENT_NONE: cursor_string(cursor, row->summary); return true;
    case SBFOTA_ARGUMENT_SECONDS:
        if (message->value >= 120)
            return false;
        cursor_from_small(cursor, &output->small, (uint32_t)message->value);
        PUT_LITERAL(cursor, " s");
        return true;
    case SBFOTA_ARGUMENT_PERCENT:
        put_percent(cursor, output, (uint32_t)message->value);
        return true;
    case SBFOTA_ARGUMENT_PARA: cursor_number(cursor, message->value); return true;
    case SBFOTA_ARGUMENT_POLLING_CODE:
    case SBFOTA_ARGUMENT_HTTP_CODE:
    case SBFOTA_ARGUMENT_UPDATE_CODE: {
        const struct json_code *code = json_code_place(output, message);
        if (code->kind != message->kind || code->value != message->value)
            code = text_code_keep(output, message);
        CURSOR_FIXED(cursor, code->bytes, code->length, sizeof code->bytes);
        return true;
    }
    case SBFOTA_ARGUMENT_RANGE:
    case SBFOTA_ARGUMENT_TEXT:
    case SBFOTA_ARGUMENT_CME_CODE: break;
    }
    return false;
}

/* When and who, each behind two blanks, as far as they are known. */
static inline bool put_origin(struct cursor *cursor, const struct block *block,
                              const struct log_event *event)
{
    enum {
        MODEM_WIDTH = 12
    };
    static const char blanks[16] = "                ";
    struct bytes time = {event->time, event->time_length};
    char shown[TIME_SIZE + NAME_MOST];
    if (time.data != NULL) {
        if (!is_in(block, time.data))
            return false;
        PUT_LITERAL(cursor, "  ");
        const bool usual = time_is_usual(time);
        if (!usual)
            time = time_show(time, shown);
        if (time.length > NAME_MOST || !put_plain(cursor, time.data, time.length))
            return false;
        cursor->next--; /* no quote behind it */
    }
    if (event->modem == NULL)
        return block->modem.data == NULL;
    PUT_LITERAL(cursor, "  ");
    if (event->modem_length > NAME_MOST || !is_in(block, event->modem) ||
        !put_plain(cursor, event->modem, event->modem_length))
        return false;
    cursor->next--;
    if (event->modem_length < MODEM_WIDTH)
        CURSOR_FIXED(cursor, blanks, (size_t)MODEM_WIDTH - event->modem_length, sizeof blanks);
    return true;
}

bool text_put_plain(struct decode_output *output, const struct block *block,
                    const struct log_event *event)
{
    const struct sbfota_event *const message = &event->message;
    const struct json_event *const name = &output->events[message->kind];
    struct writer *const writer = output->writer;
    if (message->flags != 0 || output->raw || output->colour || output->bare ||
        (event->earlier && event->files_before != 0) || name->plain == JSON_PLAIN_NOT)
        return false;
    if (writer->capacity - writer->used < ALL_MOST && !writer_make_room(writer, ALL_MOST))
        return false;
    struct cursor cursor = {writer->buffer + writer->used};
    put_line_number(&cursor, output,
                    event->earlier ? event->earlier_line : block->line + event->line);
    if (!put_origin(&cursor, block, event))
        return false;
    if (event->direction == DIRECTION_NONE)
        cursor_bytes(&cursor, name->bytes, 3);
    else
        cursor_bytes(&cursor, event->direction == DIRECTION_RX ? " < " : " > ", 3);
    CURSOR_FIXED(&cursor, name->bytes + 3, (size_t)name->length - 3, sizeof name->bytes - 3);
    if (!put_text_value(&cursor, output, message))
        return false;
    if (event->answers != SBFOTA_NONE) {
        PUT_LITERAL(&cursor, ", answers ");
        cursor_string(&cursor, sbfota_message(event->answers)->name);
    }
    cursor_byte(&cursor, '\n');
    writer->used = (size_t)(cursor.next - writer->buffer);
    return true;
}
