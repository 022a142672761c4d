/* SPDX-License-Identifier: MIT */
#include "log/blocks/reader_inside.h"

#include <errno.h>
#include <string.h>

#include "log/prefix/border.h"
#include "log/text/last.h"

static const struct reading *current_reading(const struct reader *reader)
{
    const struct source *const source = reader->source;
    return reader->offset < source->turn ? &source->bare_reading : &source->reading;
}

/* Does what follows belong to the next part of the log? Then it is read for answers alone. */
static bool is_past(const struct reader *reader)
{
    return reader->offset >= reader->end;
}

/* How large the next block may be: all of its lines are read in one way. */
static size_t block_most(const struct reader *reader)
{
    /* Of bytes that are fed it is not known where the part's last line ends. */
    const uint64_t end = reader->input->seekable ? reader->end : UINT64_MAX;
    const uint64_t turn = reader->offset < reader->source->turn ? reader->source->turn : end;
    const bool turns = reader->offset < turn && turn - reader->offset < BLOCK_SIZE;
    return turns ? (size_t)(turn - reader->offset) : BLOCK_SIZE;
}

/* How much of what is left are whole lines: up to the last line feed of a block; in a raw capture without one, up to the last
 * carriage return that a text follows. 0 if there is no line end: the line is not at its end, or is too long. */
static size_t find_cut(const struct reader *reader)
{
    const char *const begin = reader->next;
    const size_t most = block_most(reader);
    size_t wanted = reader->left < most ? reader->left : most;
    if (!is_past(reader) && reader->end - reader->offset <= wanted) {
        const size_t end = (size_t)(reader->end - reader->offset) - 1;
        const char *const feed = memchr(begin + end, '\n', reader->left - end);
        if (feed != NULL)
            return (size_t)(feed - begin) + 1;
        wanted = end;
    }
    if (wanted == 0)
        return 0; /* where nothing is left there may be no bytes at all */
    const char *const feed = last_byte(begin, begin + wanted, '\n');
    if (feed != NULL || current_reading(reader)->form->form != FORM_RAW)
        return feed == NULL ? 0 : (size_t)(feed - begin) + 1;
    const char *turn = begin + wanted - 1;
    do
        turn = last_byte(begin, turn, '\r');
    while (turn != NULL && turn[1] == '\r');
    return turn == NULL ? 0 : (size_t)(turn - begin) + 1;
}

static void advance(struct reader *reader, struct block *block, size_t length)
{
    block->offset = reader->offset;
    block->wide = reader->source->is_wide;
    reader->offset += block->wide ? wide_length(reader->next, length) : length;
    if (length > 0)
        reader->next += length; /* where nothing is left there may be no bytes at all */
    reader->left -= length;
}

static void cut_lines(struct reader *reader, struct block *block, size_t length)
{
    block->data = reader->next;
    block->size = length;
    block->store = reader->store;
    store_share(reader->store);
    advance(reader, block, length);
}

/* A line, or as much of it as is kept, with a line feed of ours behind it. */
static bool copy_line(struct reader *reader, struct block *block, size_t length)
{
    struct store *const store = store_make(length + 1);
    if (store == NULL)
        return false;
    if (length > 0)
        memcpy(store_bytes(store), reader->next, length);
    store_bytes(store)[length] = '\n';
    block->data = store_bytes(store);
    block->size = length + 1;
    block->store = store;
    block->made_end = true;
    return true;
}

/* A line that the next file goes on with: the last `length` bytes of this one, which are `tail` or still in the file, and what the
 * next begins with. False if they are no line together. */
static bool join_line(struct reader *reader, struct block *block, const char *tail, size_t length)
{
    struct bytes head;
    const struct reading *const reading = &reader->source->reading;
    if (length == 0 || length > LINE_KEPT || reading->returns || !reader_has_sequel(reader) ||
        reader->ahead.input->interactive || reader->ahead.input->wide != WIDE_NOT ||
        reader->source->is_wide)
        return false;
    head.data = input_head(reader->ahead.input, &head.length);
    const size_t rest = border_measure(reading, head, head.length < PACKED_HEAD);
    struct store *const store = rest == 0 ? NULL : store_make(length + rest + 1);
    if (store == NULL)
        return false;
    char *const bytes = store_bytes(store);
    size_t have = length;
    if (tail != NULL)
        memcpy(bytes, tail, length);
    else
        have = file_read_at(reader->source->fd, bytes, length, reader->offset);
    memcpy(bytes + length, head.data, rest);
    bytes[length + rest] = '\n';
    if (have < length || !border_joins(reading, bytes, length + rest, length)) {
        store_release(store);
        return false;
    }
    const char last = bytes[length + rest - 1];
    block->made_end = last != '\n' && (last != '\r' || reading->form->form != FORM_RAW);
    block->data = bytes;
    block->size = length + rest + block->made_end;
    block->store = store;
    block->foreign = rest;
    reader->taken = rest;
    return true;
}

/* The log's last block in this file. */
static void end_block(struct reader *reader, struct block *block)
{
    block->last = true;
    block->goes_on = reader->goes_on = reader_has_sequel(reader);
}

/* Up to the line end, or all that is left. */
static size_t find_text(const struct reader *reader)
{
    const bool raw = current_reading(reader)->form->form == FORM_RAW;
    const char *const begin = reader->next;
    const char *const feed = reader->left == 0 ? NULL : memchr(begin, '\n', reader->left);
    const size_t length = feed == NULL ? reader->left : (size_t)(feed - begin);
    const char *const turn = raw && length > 0 ? memchr(begin, '\r', length) : NULL;
    return turn == NULL ? length : (size_t)(turn - begin);
}

static uint64_t skip(struct reader *reader, size_t length)
{
    struct block skipped = {.size = 0};
    const uint64_t before = reader->offset;
    advance(reader, &skipped, length);
    return reader->offset - before;
}

/* A line end of a raw capture may be <CR><LF> or <CR><CR><LF>. */
static size_t measure_end(struct reader *reader)
{
    while (reader->left < 3 && !reader->at_end)
        reader_fill(reader, BUFFER_SIZE);
    const char *const end = reader->next;
    if (*end == '\r' && reader->left >= 2 && end[1] == '\n')
        return 2;
    return *end == '\r' && reader->left >= 3 && end[1] == '\r' && end[2] == '\n' ? 3 : 1;
}

/* Go past a line that is longer than all that can be kept. Its line end stands for ours. */
static void drop_line(struct reader *reader, struct block *block)
{
    uint64_t returns = 0; /* bytes at the end of the text, which are part of the line end */
    advance(reader, block, LINE_KEPT);
    for (;;) {
        const size_t length = find_text(reader);
        size_t text = length;
        while (text > 0 && reader->next[text - 1] == '\r')
            text--;
        const bool ended = length < reader->left;
        const uint64_t kept = skip(reader, text);
        const uint64_t turns = skip(reader, length - text);
        block->dropped += text > 0 ? returns + kept : 0;
        returns = turns + (text > 0 ? 0 : returns);
        if (ended || reader->at_end) {
            const size_t end = ended ? measure_end(reader) : 0;
            const uint64_t first = ended ? skip(reader, 1) : 0;
            block->made_end = first == 0;
            block->dropped_end = returns + (end > 1 ? skip(reader, end - 1) : 0);
            return;
        }
        reader_fill(reader, BUFFER_SIZE);
    }
}

/* How many bytes of a file's next block are whole lines; 0 if there is no line feed. The last line feed is mostly near the
 * end. */
static size_t find_cut_in_file(const struct reader *reader)
{
    char bytes[4096]; /* a block is a multiple of it */
    for (size_t length = BLOCK_SIZE; length > 0;) {
        length -= sizeof bytes;
        const size_t have =
            file_read_at(reader->source->fd, bytes, sizeof bytes, reader->offset + length);
        const char *const feed = last_byte(bytes, bytes + have, '\n');
        if (feed != NULL)
            return length + (size_t)(feed - bytes) + 1;
    }
    return 0;
}

/* How many bytes stand behind the last line feed of a file, if they are less than a kept line; 0 if they are more. */
static size_t measure_tail(const struct reader *reader, size_t length)
{
    char bytes[4096];
    for (size_t tail = 0; tail < length && tail <= LINE_KEPT;) {
        const size_t piece = length - tail < sizeof bytes ? length - tail : sizeof bytes;
        const uint64_t place = reader->offset + length - tail - piece;
        if (file_read_at(reader->source->fd, bytes, piece, place) < piece)
            return 0;
        const char *const feed = last_byte(bytes, bytes + piece, '\n');
        if (feed != NULL)
            return tail + (size_t)(bytes + piece - feed) - 1;
        tail += piece;
    }
    return length <= LINE_KEPT ? length : 0;
}

/* The last block of a file, of `length` bytes. If its last line goes on in the next file, that is a block by itself. */
static void cut_last(struct reader *reader, struct reader_piece *piece, size_t length)
{
    struct block *const block = &piece->block;
    const size_t tail = length > 0 && reader_has_sequel(reader) ? measure_tail(reader, length) : 0;
    block->offset = reader->offset;
    block->size = length;
    piece->to_load = true;
    if (tail > 0 && tail < length) {
        length = block->size = length - tail;
    } else {
        piece->to_load = !join_line(reader, block, NULL, tail);
        end_block(reader, block);
    }
    reader->offset += length;
}

/* Give the place of a block of a file, not its bytes. False if its lines must be looked at to cut it. */
static bool cut_file(struct reader *reader, struct reader_piece *piece)
{
    struct block *const block = &piece->block;
    const uint64_t wanted = reader->offset + BLOCK_SIZE;
    if (reader->input->size <= wanted)
        reader_look_at_size(reader);
    const uint64_t size = reader->input->size;
    const size_t most = block_most(reader);
    if (size < reader->offset && reader->source->ending.text[0] == '\0')
        reader->source->ending = note_cut(size);
    if (size < wanted && (most == BLOCK_SIZE || size < reader->offset + most)) {
        cut_last(reader, piece, size < reader->offset ? 0 : (size_t)(size - reader->offset));
        return true;
    }
    block->size = most < BLOCK_SIZE ? most : find_cut_in_file(reader);
    if (block->size == 0)
        return false;
    piece->to_load = true;
    block->offset = reader->offset;
    reader->offset += block->size;
    return true;
}

bool piece_load(struct reader_piece *piece, struct store **store)
{
    struct block *const block = &piece->block;
    if (!piece->to_load)
        return true;
    if (*store == NULL || !store_is_own(*store)) {
        store_release(*store);
        *store = store_make(BLOCK_SIZE + 1);
        if (*store == NULL)
            return false;
    }
    char *const bytes = store_bytes(*store);
    const size_t have = file_read_at(block->source->fd, bytes, block->size, block->offset);
    if (have < block->size)
        piece->failure =
            errno != 0 ? note_read_error(block->offset + have) : note_cut(block->offset + have);
    block->size = have;
    if (block->source->reading.returns)
        turn_ends(bytes, have);
    if (have > 0 && bytes[have - 1] != '\n') {
        bytes[block->size++] = '\n';
        block->made_end = true;
    }
    block->data = bytes;
    block->store = *store;
    store_share(*store);
    return true;
}

/* Where on a line of JSON that is longer than a block the last record begins; 0 if none is seen. An object or an array behind another, and a
 * quote: in a text it would be escaped. */
static size_t find_record(const struct reader *reader)
{
    const char *const begin = reader->next;
    if (current_reading(reader)->form->form != FORM_JSON)
        return 0;
    for (size_t at = reader->left < BLOCK_SIZE ? reader->left : BLOCK_SIZE; at > 4; at--) {
        size_t comma = at - 3;
        if (begin[at - 1] != '"' || (begin[at - 2] != '{' && begin[at - 2] != '['))
            continue;
        while (comma > 1 && begin[comma] == ' ')
            comma--;
        if (begin[comma] == ',' && (begin[comma - 1] == '}' || begin[comma - 1] == ']'))
            return at - 2;
    }
    return 0;
}

/* What is left without a line end. If reading has been stopped, the line goes on. */
static bool cut_rest(struct reader *reader, struct block *block)
{
    const size_t length = capture_is_stopped(reader->options) ? 0 : reader->left;
    const bool joined = reader->at_end && join_line(reader, block, reader->next, length);
    if (!joined && !copy_line(reader, block, length))
        return false;
    if (length == 0)
        block->size = 0;
    advance(reader, block, length);
    return true;
}

/* A line that is longer than a block: up to a record of it, or its begin alone. */
static bool cut_long_line(struct reader *reader, struct block *block)
{
    const size_t record = find_record(reader);
    if (!copy_line(reader, block, record > 0 ? record : LINE_KEPT))
        return false;
    block->line_goes_on = record > 0;
    if (record > 0)
        advance(reader, block, record);
    else
        drop_line(reader, block);
    return true;
}

static bool cut_block(struct reader *reader, struct block *block)
{
    if (reader->left == 0 && !reader->at_end)
        reader_fill(reader, BUFFER_SIZE);
    if (reader->no_memory)
        return false;
    size_t cut = find_cut(reader);
    while (reader->left < BLOCK_SIZE && !reader->at_end &&
           (cut == 0 || !reader->input->interactive)) {
        reader_fill(reader, BUFFER_SIZE);
        cut = find_cut(reader);
    }
    bool made = true;
    if (cut > 0)
        cut_lines(reader, block, cut);
    else if (reader->left < BLOCK_SIZE)
        made = cut_rest(reader, block);
    else
        made = cut_long_line(reader, block);
    if (!made)
        return false;
    if (reader->left == 0 && !reader->at_end && !reader->input->interactive && !is_past(reader))
        reader_fill(reader, BUFFER_SIZE);
    if (reader->left == 0 && reader->at_end)
        end_block(reader, block);
    return true;
}

/* Is all of a part of the log read? It is read on for the answers to its own commands, as far as they may come. */
static bool is_done(const struct reader *reader)
{
    return is_past(reader) && (reader->offset - reader->end > ANSWER_WITHIN ||
                               !order_waits(&reader->source->order, reader->offset));
}

bool reader_cut(struct reader *reader, struct reader_piece *piece)
{
    struct block *const block = &piece->block;
    block->past = is_past(reader);
    if (is_done(reader)) {
        block->data = "";
        block->offset = reader->offset;
        block->last = true;
        return true;
    }
    return (reader->input->seekable && cut_file(reader, piece)) || cut_block(reader, block);
}
