/* SPDX-License-Identifier: MIT */
#include "reader.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "border.h"
#include "choose.h"
#include "file_name.h"
#include "learned.h"
#include "order.h"

enum {
    FIRST_READ = WINDOW_SIZE + INPUT_LEAST,
    BEFORE_WINDOW =
        4096 /* bytes before the first message that are looked at where there are many */
};

static struct note make_note(enum told told, uint64_t byte, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static struct note make_note(enum told told, uint64_t byte, const char *format, ...)
{
    struct note note = {.told = told, .byte = byte};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(note.text, sizeof note.text, format, arguments);
    va_end(arguments);
    return note;
}

/* `file` is the end of a name that lives as long as the source. */
static struct bytes name_modem(const char *file, const struct capture_options *options)
{
    if (options->modem != NULL)
        return (struct bytes){options->modem, strlen(options->modem)};
    if (!options->modem_from_file || file == NULL)
        return (struct bytes){NULL, 0};
    return file_name_modem(file);
}

static struct source *source_new(const struct capture_options *options, const struct input *input,
                                 struct log_file *file)
{
    struct source *const source = calloc(1, sizeof *source);
    const char *const name = input_name(input);
    if (source == NULL)
        return NULL;
    source->users = 1; /* the reader */
    source->fd = -1;
    if (name != NULL && (source->file = strdup(name)) == NULL) {
        free(source);
        return NULL;
    }
    /* A log in an archive is not that of the archive's name. */
    if (name == input->name && file->log != NULL)
        source->place = file;
    source->modem =
        name_modem(source->place != NULL ? file->log
                   : name == NULL        ? NULL
                                  : source->file + strlen(name) - strlen(input_own_name(input)),
                   options);
    source->reading.names = source->bare_reading.names = &options->names;
    source->reading.modem_token = source->bare_reading.modem_token = options->modem_token;
    return source;
}

static void source_release(struct source *source)
{
    if (--source->users > 0)
        return;
    order_free(source);
    relearn_free(&source->relearn);
    free(source->learned[0]);
    free(source->learned[1]);
    if (source->fd >= 0)
        close(source->fd);
    free(source->file);
    free(source);
}

/* Take `store` for what is left; `next` is in it. */
static void view(struct reader *reader, struct store *store, const char *next, size_t left)
{
    store_release(reader->store);
    reader->store = store;
    reader->next = next;
    reader->left = left;
}

/* The file may have grown or shrunk since it was looked at. */
static void look_at_size(struct reader *reader)
{
    struct stat status;
    if (fstat(reader->source->fd, &status) == 0)
        reader->input->size = (uint64_t)status.st_size;
}

/* What a file has from `offset` on: less than `length` only at its end, and where it cannot be read, with errno. */
static size_t read_at(int fd, char *bytes, size_t length, uint64_t offset)
{
    size_t have = 0;
    errno = 0;
    while (have < length) {
        const ssize_t count = pread(fd, bytes + have, length - have, (off_t)(offset + have));
        if (count > 0)
            have += (size_t)count;
        else if (count == 0 || errno != EINTR)
            break;
        errno = 0;
    }
    return have;
}

static struct note note_read_error(uint64_t place)
{
    return make_note(TOLD_TROUBLE, place, "read error at byte %llu: %s", (unsigned long long)place,
                     strerror(errno));
}

static struct note note_cut(uint64_t size)
{
    return make_note(TOLD_SHRUNK, size, "was cut short to %llu bytes while it was read",
                     (unsigned long long)size);
}

static struct note note_input(const struct input *input)
{
    enum told told;
    const char *const trouble = input_trouble(input, &told);
    return make_note(told, input->consumed, "%s", trouble);
}

/* More of what is being read: the number of bytes, 0 at the end and if it cannot be read. */
static size_t read_more(struct reader *reader, char *bytes, size_t length)
{
    if (reader->input->seekable) {
        const uint64_t place = reader->offset + reader->left;
        const size_t have = read_at(reader->source->fd, bytes, length, place);
        if (have == 0 && errno != 0)
            reader->source->ending = note_read_error(place);
        else if (have == 0 && place < reader->input->size)
            reader->source->ending = note_cut(place);
        return have;
    }
    const ptrdiff_t count = input_read(reader->input, bytes, length);
    if (count < 0)
        reader->source->ending = note_input(reader->input);
    return count < 0 ? 0 : (size_t)count;
}

/* Line ends of a log that has carriage returns alone. */
static void turn_ends(char *bytes, size_t length)
{
    char *const end = bytes + length;
    for (char *at = bytes; length > 0 && (at = memchr(at, '\r', (size_t)(end - at))) != NULL;)
        *at = '\n';
}

/* Read what there is, at least something; go on until the buffer is full or the input keeps one waiting. */
static void fill(struct reader *reader, size_t size)
{
    struct store *const store = store_make(size);
    if (store == NULL) {
        reader->no_memory = reader->at_end = true;
        return;
    }
    char *const bytes = store_bytes(store);
    size_t have = reader->left;
    if (have > 0)
        memcpy(bytes, reader->next, have);
    while (size - have >= INPUT_LEAST) {
        const size_t count = read_more(reader, bytes + have, size - have);
        if (count == 0) {
            reader->at_end = true;
            break;
        }
        if (reader->source->reading.returns)
            turn_ends(bytes + have, count);
        have += count;
        reader->left = have;
        if (reader->input->interactive && input_waits(reader->input, 0))
            break;
    }
    view(reader, store, bytes, have);
}

/* A log recognised beyond doubt needs no notice. */
static void note_form(struct reader *reader, const struct reading *reading)
{
    struct note *const note = &reader->source->opening;
    const char *const name = reading->form->name;
    const char *const learned =
        reading->learned == NULL ? "" : ", what stands before its texts learned from them";
    if (reading->glued > 0)
        *note = make_note(
            TOLD_NOTE, TOLD_NO_BYTE,
            "read as %s; behind text that stands before no other message, %u of its first messages "
            "are "
            "not believed: \"%s\"; if they are the modem's, cut that text off, or try --capture",
            name, reading->glued, reading->example);
    else if (reading->order == ORDER_EITHER)
        *note =
            make_note(TOLD_NOTE, TOLD_NO_BYTE,
                      "read as %s%s; its dates do not tell day from month, and stay as they are "
                      "written",
                      name, learned);
    else if (reader->options->verbose)
        *note = make_note(TOLD_NOTE, TOLD_NO_BYTE,
                          "read as %s%s: %u of its first %u lines are of that form", name, learned,
                          reading->matched, reading->looked);
}

/* Read a sample as it stands, in the form that the user has named or the best one. */
static bool choose_one(struct reader *reader, struct reading *reading, struct learned **learned,
                       struct bytes lines)
{
    reading->form = reader->options->form;
    return reading->form != NULL ? reading_take(reading, lines, learned)
                                 : choose_reading(&reader->trial, reading, lines, learned);
}

/* Has a sample a line end, and no line feed but its last byte? */
static bool has_returns_alone(struct bytes sample)
{
    const char *const end = sample.data + sample.length - 1;
    const char *turn = memchr(sample.data, '\r', sample.length);
    while (turn != NULL && turn < end && *turn == '\r')
        turn++;
    return turn != NULL && turn < end && memchr(sample.data, '\n', sample.length) == end;
}

/* What stands before the texts may stand behind carriage returns alone: more is believed then. False without memory. */
static bool consider_returns(struct reader *reader, struct reading *reading,
                             struct learned **learned, char *sample, size_t length)
{
    struct learned *other_learned = NULL;
    struct reading other = {.names = reading->names, .modem_token = reading->modem_token};
    if (reading->glued == 0 || !has_returns_alone((struct bytes){sample, length}))
        return true;
    turn_ends(sample, length);
    const bool made = choose_one(reader, &other, &other_learned, (struct bytes){sample, length});
    const bool better = made && other.form->form != FORM_RAW && other.glued < reading->glued;
    free(better ? *learned : other_learned);
    if (better) {
        *reading = other;
        *learned = other_learned;
        reading->returns = true;
    }
    return made;
}

/* Choose the form of a part of the log, or take the one that the user has named. False without memory. */
static bool choose_form(struct reader *reader, struct reading *reading, struct learned **learned,
                        const char *bytes, size_t length)
{
    char *const sample = malloc(length + 1);
    if (!reader->has_trial)
        reader->has_trial = finder_make(&reader->trial);
    bool made = sample != NULL && reader->has_trial;
    if (made) {
        if (length > 0)
            memcpy(sample, bytes, length);
        sample[length] = '\n';
        const struct bytes lines = {sample, length + 1};
        made = choose_one(reader, reading, learned, lines);
        if (made && reader->source->turn == 0 && reading == &reader->source->reading)
            made = consider_returns(reader, reading, learned, sample, length + 1);
        if (made)
            reading_order(reading, lines);
    }
    free(sample);
    return made;
}

/* The end of what is looked at to choose the form. */
static uint64_t end_of_window(const struct reader *reader)
{
    const struct window *const window = &reader->window;
    const uint64_t have = reader->offset + reader->left;
    uint64_t end = WINDOW_SIZE;
    if (window->found) {
        end = window->first + WINDOW_SIZE;
        if (window->bare_end > 0 && window->bare_again > 0 && window->bare_again < end)
            end = window->bare_again;
        if (reader->options->live)
            end = window->first_end;
    }
    return end < have ? end : have;
}

/* What tells the log's form: bytes that are left. */
static struct bytes find_sample(const struct reader *reader)
{
    const struct window *const window = &reader->window;
    uint64_t begin = window->bare_end;
    if (window->found && window->first - begin > WINDOW_SIZE)
        begin = window->first - BEFORE_WINDOW;
    if (begin < reader->offset)
        begin = reader->offset; /* that has been given */
    const size_t length = (size_t)(end_of_window(reader) - begin);
    return (struct bytes){length == 0 ? NULL : reader->next + (begin - reader->offset), length};
}

/* Has all come that is to be looked at? */
static bool has_window(const struct reader *reader)
{
    const struct window *const window = &reader->window;
    const uint64_t have = reader->offset + reader->left;
    if (reader->at_end || reader->no_memory)
        return true;
    if (!window->found)
        return window_is_bare(window);
    return reader->options->live || (window->bare_end > 0 && window->bare_again > 0) ||
           have >= window->first + WINDOW_SIZE;
}

/* Read as `reading` says, with its own copy of what was learned. False without memory. */
static bool copy_reading(const struct reading *reading, struct reading *copy,
                         struct learned **learned)
{
    free(*learned);
    *learned = NULL;
    *copy = *reading;
    if (reading->learned == NULL)
        return true;
    *learned = malloc(sizeof **learned);
    if (*learned == NULL)
        return false;
    **learned = *reading->learned;
    copy->learned = *learned;
    return true;
}

/* A file that holds no message is read as the one before it in its log. Else it is kept how it is read, for the next. False
 * without memory. */
static bool take_before(struct reader *reader)
{
    struct source *const source = reader->source;
    if (!reader->window.found && reader->window.bare_first == 0) {
        if (!reader->has_before)
            return true;
        const bool copied = copy_reading(&reader->before, &source->reading, &source->learned[1]);
        source->reading.glued = 0; /* that has been told */
        return copied;
    }
    if (source->place == NULL)
        return true;
    reader->has_before = copy_reading(&source->reading, &reader->before, &reader->before_learned);
    return reader->has_before;
}

/* Where in the log what tells its form ends, if that is told by messages. */
static uint64_t end_of_sample(const struct reader *reader, struct bytes sample)
{
    if (!reader->window.found || sample.length == 0)
        return 0;
    const size_t length = (size_t)(sample.data - reader->next) + sample.length;
    return reader->offset + (reader->input == NULL || reader->input->wide == WIDE_NOT
                                 ? length
                                 : wide_length(reader->next, length));
}

/* Go on to learn from messages that come later. False without memory. */
static bool go_on_to_learn(struct reader *reader, struct bytes sample, uint64_t end)
{
    struct source *const source = reader->source;
    source->learns = relearn_may(reader->options, &source->reading);
    source->guess = &source->reading;
    source->guess_from = end;
    return !source->learns || relearn_begin(&source->relearn, &source->reading, sample, end);
}

/* The log's form is told by what has come: before its lines without a prefix end, and behind. */
static bool settle(struct reader *reader)
{
    struct source *const source = reader->source;
    const struct window *const window = &reader->window;
    source->undecided = false;
    if (window->bare_first > 0 && !window->found) {
        source->reading = source->bare_reading;
        source->turn = 0;
        return take_before(reader) && go_on_to_learn(reader, (struct bytes){NULL, 0}, 0);
    }
    /* What is said to be of one form has no turn. */
    source->turn = reader->options->form == NULL ? window->bare_end : 0;
    const struct bytes sample = find_sample(reader);
    if (!choose_form(reader, &source->reading, &source->learned[1], sample.data, sample.length))
        return false;
    if (!take_before(reader) || !go_on_to_learn(reader, sample, end_of_sample(reader, sample)))
        return false;
    /* What has been given of it stands before what is left. */
    if (source->reading.returns && reader->store != NULL && reader->left > 0)
        turn_ends(store_bytes(reader->store) + (reader->next - store_bytes(reader->store)),
                  reader->left);
    note_form(reader, &source->reading);
    return true;
}

/* Look at what has come. False without memory. */
static bool look(struct reader *reader)
{
    struct source *const source = reader->source;
    struct window *const window = &reader->window;
    const bool was_bare = window->bare_first > 0;
    if (!reader->has_trial && !(reader->has_trial = finder_make(&reader->trial)))
        return false;
    window_look(window, reader->trial.search, reader->next, reader->offset, reader->left,
                reader->at_end);
    if (was_bare || window->bare_first == 0)
        return true;
    /* It is at the begin of what is left, which is the log's. */
    if (!choose_form(reader, &source->bare_reading, &source->learned[0], reader->next,
                     (size_t)window->bare_first))
        return false;
    note_form(reader, &source->bare_reading);
    return true;
}

/* What has been read of a file and not been given can be read again. */
static void forget(struct reader *reader)
{
    view(reader, NULL, NULL, 0);
    reader->at_end = false;
}

/* Leave out what belongs to the file before. */
static void go_past(struct reader *reader, size_t length)
{
    const size_t here = length < reader->left ? length : reader->left;
    reader->offset += reader->input->seekable ? length : here;
    if (here > 0) /* else there may be no place */
        reader->next += here;
    reader->left -= here;
}

/* Go to the first line that begins at `place` or behind it; the log's end if there is none. */
static uint64_t find_line(const struct reader *reader, uint64_t place)
{
    char bytes[4096];
    if (place == 0)
        return 0;
    for (place--;; place += sizeof bytes) {
        const size_t have = read_at(reader->source->fd, bytes, sizeof bytes, place);
        const char *const feed = have == 0 ? NULL : memchr(bytes, '\n', have);
        if (feed != NULL)
            return place + (uint64_t)(feed - bytes) + 1;
        if (have < sizeof bytes)
            return have > 0 ? place + have : reader->input->size;
    }
}

/* The same of bytes that are fed from the one before `place` on. False without memory. */
static bool skip_to_line(struct reader *reader, uint64_t place)
{
    reader->offset = place == 0 ? 0 : place - 1;
    for (bool found = place == 0; !found && !reader->no_memory;) {
        if (reader->left == 0 && !reader->at_end)
            fill(reader, BUFFER_SIZE);
        if (reader->left == 0)
            break;
        const char *const feed = memchr(reader->next, '\n', reader->left);
        const size_t length = feed == NULL ? reader->left : (size_t)(feed - reader->next) + 1;
        reader->next += length;
        reader->left -= length;
        reader->offset += length;
        found = feed != NULL;
    }
    return !reader->no_memory;
}

/* Can each line be understood by itself, whatever stands before it? */
static bool reading_splits(const struct reading *reading)
{
    return reading->form->form != FORM_RAW && !reading->torn && !reading->deltas &&
           !reading->header.known && !reading->returns;
}

/* A log whose form is known begins, or a part of it. */
static bool begin_planned(struct reader *reader)
{
    const struct capture_options *const options = reader->options;
    const struct sbfota_log_plan *const plan = options->plan;
    struct source *const source = reader->source;
    if (!choose_form(reader, &source->reading, &source->learned[1], plan->sample, plan->length))
        return false;
    if (!reading_splits(&source->reading)) {
        source->ending =
            make_note(TOLD_TROUBLE, 0, "cannot be read by this plan: it is of another log");
        reader->input->seekable = false;
        reader->at_end = true;
        return true;
    }
    if (options->begin == 0)
        note_form(reader, &source->reading);
    if (!reader->input->seekable)
        return skip_to_line(reader, options->begin);
    reader->offset = find_line(reader, options->begin);
    if (options->end > 0)
        reader->end = find_line(reader, options->end);
    return true;
}

/* Read up to where the form can be told, and choose it. False without memory. */
static bool read_begin(struct reader *reader)
{
    struct input *const input = reader->input;
    for (size_t size = input->seekable ? FIRST_READ : BUFFER_SIZE;;) {
        fill(reader, size);
        if (reader->no_memory || !look(reader))
            return false;
        if (has_window(reader)) {
            return settle(reader);
        }
        if (input->interactive && !reader->options->frames && reader->window.bare_first > 0) {
            reader->source->turn = UINT64_MAX;
            return true;
        }
        if (size - reader->left < INPUT_LEAST)
            size *= 2;
    }
}

/* A log begins. */
static bool begin_source(struct reader *reader)
{
    struct input *const input = reader->input;
    struct source *const source = reader->source = source_new(reader->options, input, reader->file);
    if (source == NULL)
        return false;
    memset(&reader->window, 0, sizeof reader->window);
    reader->sources++;
    const size_t taken = reader->taken;
    source->goes_on = reader->goes_on;
    reader->has_before = reader->has_before && source->goes_on;
    source->lacks_line = taken > 0;
    reader->goes_on = false;
    reader->taken = 0;
    view(reader, NULL, NULL, 0);
    reader->offset = 0;
    reader->at_end = false;
    if (reader->options->frames)
        input->seekable = false;
    if (input->seekable) {
        source->fd = dup(input->fd);
        input->seekable = source->fd >= 0;
    }
    reader->end = reader->options->end == 0 ? UINT64_MAX : reader->options->end;
    if (reader->options->plan != NULL)
        return begin_planned(reader);
    source->undecided = true;
    if (!read_begin(reader))
        return false;
    /* Of a file whose begin could not be read the rest would be read in a form that it may not have. */
    if (input->seekable && source->ending.text[0] != '\0')
        input->seekable = false;
    else if (input->seekable)
        forget(reader);
    go_past(reader, taken);
    /* What a file before has left is not for raw_read. */
    source->streamed = reader->options->frames && !source->goes_on &&
                       source->reading.form->form == FORM_RAW && source->turn == 0 &&
                       input->wide == WIDE_NOT;
    return true;
}

static void end_input(struct reader *reader)
{
    input_close(reader->input);
    free(reader->input);
    reader->input = NULL;
}

/* Something to tell of the file that is open, or of a log in it. False without memory. */
static bool tell_of_input(struct reader *reader, struct piece *piece, enum told told,
                          const char *text)
{
    const char *const name = input_name(reader->input);
    piece->note = make_note(told, reader->input->consumed, "%s", text);
    piece->note_file = name == NULL ? NULL : strdup(name);
    reader->no_memory = name != NULL && piece->note_file == NULL;
    return !reader->no_memory;
}

/* Open the next file, ahead of the time when it is read. */
static bool open_ahead(struct reader *reader)
{
    struct ahead *const ahead = &reader->ahead;
    const struct capture_options *const options = reader->options;
    *ahead = (struct ahead){.input = malloc(sizeof *ahead->input),
                            .file = &reader->files[reader->next_file]};
    if (ahead->input == NULL) {
        reader->no_memory = true;
        return false;
    }
    reader->next_file++;
    if (options->bytes != NULL)
        ahead->result = input_open_bytes(ahead->input, options->bytes);
    else
        ahead->result = input_open(ahead->input, ahead->file->name, &options->output,
                                   options->stop == NULL ? -1 : options->stop->fd);
    ahead->opened = ahead->result == INPUT_READY;
    ahead->input->layers.plain = options->plan != NULL;
    if (ahead->opened)
        ahead->result = input_next(ahead->input);
    return true;
}

/* Will the next file go on with the log that is being read? */
static bool has_sequel(struct reader *reader)
{
    const struct source *const source = reader->source;
    if (source->place == NULL || source->streamed || source->ending.text[0] != '\0')
        return false;
    if (reader->ahead.input == NULL &&
        (reader->next_file == reader->count || !reader->files[reader->next_file].goes_on ||
         capture_is_stopped(reader->options) || !open_ahead(reader)))
        return false;
    const struct ahead *const ahead = &reader->ahead;
    return ahead->result == INPUT_READY && input_name(ahead->input) == ahead->input->name;
}

/* The file that was opened ahead, or the next one, is at hand. */
static bool take_ahead(struct reader *reader, struct ahead *ahead)
{
    if (reader->ahead.input == NULL && !open_ahead(reader))
        return false;
    *ahead = reader->ahead;
    memset(&reader->ahead, 0, sizeof reader->ahead);
    reader->input = ahead->input;
    reader->file = ahead->file;
    return true;
}

/* Something that is no log is told. */
static bool skip_file(struct reader *reader, struct piece *piece)
{
    const struct log_file *const file = &reader->files[reader->next_file++];
    piece->note = make_note(TOLD_SKIPPED, TOLD_NO_BYTE, "%s", file->skipped);
    piece->note_file = strdup(file->name);
    reader->no_memory = piece->note_file == NULL;
    return !reader->no_memory;
}

static bool tell_not_open(struct reader *reader, struct piece *piece, enum input_result result)
{
    enum told kind;
    const char *const trouble = input_trouble(reader->input, &kind);
    reader->overwriting = result == INPUT_IS_OUTPUT;
    const bool told = reader->overwriting
                          ? tell_of_input(reader, piece, TOLD_IS_OUTPUT,
                                          "is the output too; write to another file")
                          : tell_of_input(reader, piece, kind, trouble);
    free(reader->input);
    reader->input = NULL;
    return told;
}

/* Open what comes next: a log, or something to tell. False at the end. */
static bool open_next(struct reader *reader, struct piece *piece)
{
    enum input_result result;
    if (reader->input == NULL) {
        struct ahead ahead;
        if (reader->overwriting ||
            (reader->ahead.input == NULL && reader->next_file == reader->count))
            return false;
        if (reader->ahead.input == NULL && reader->files[reader->next_file].skipped != NULL)
            return skip_file(reader, piece);
        if (!take_ahead(reader, &ahead))
            return false;
        if (!ahead.opened)
            return tell_not_open(reader, piece, ahead.result);
        result = ahead.result;
    } else {
        result = input_next(reader->input);
    }
    if (result == INPUT_READY) {
        if (!begin_source(reader))
            reader->no_memory = true;
        return !reader->no_memory;
    }
    if (result != INPUT_END) {
        enum told told;
        const char *const trouble = input_trouble(reader->input, &told);
        return tell_of_input(reader, piece, told, trouble);
    }
    end_input(reader);
    return true;
}

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
    for (size_t at = wanted; at > 0; at--)
        if (begin[at - 1] == '\n')
            return at;
    if (current_reading(reader)->form->form != FORM_RAW)
        return 0;
    for (size_t at = wanted; at > 1; at--)
        if (begin[at - 2] == '\r' && begin[at - 1] != '\r')
            return at - 1;
    return 0;
}

static void advance(struct reader *reader, struct block *block, size_t length)
{
    block->offset = reader->offset;
    block->wide = reader->input->wide != WIDE_NOT;
    reader->offset += block->wide ? wide_length(reader->next, length) : length;
    reader->next += length;
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
    if (length == 0 || length > LINE_KEPT || reading->returns || !has_sequel(reader) ||
        reader->ahead.input->interactive || reader->ahead.input->wide != WIDE_NOT ||
        reader->input->wide != WIDE_NOT)
        return false;
    head.data = layers_head(&reader->ahead.input->layers, &head.length);
    const size_t rest = border_measure(reading, head, head.length < LAYER_HEAD);
    struct store *const store = rest == 0 ? NULL : store_make(length + rest + 1);
    if (store == NULL)
        return false;
    char *const bytes = store_bytes(store);
    size_t have = length;
    if (tail != NULL)
        memcpy(bytes, tail, length);
    else
        have = read_at(reader->source->fd, bytes, length, reader->offset);
    memcpy(bytes + length, head.data, rest);
    bytes[length + rest] = '\n';
    if (have < length || !border_joins(reading, bytes, length + rest, length)) {
        store_release(store);
        return false;
    }
    const char last = bytes[length + rest - 1];
    block->made_end = last != '\n' && last != '\r';
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
    block->goes_on = reader->goes_on = has_sequel(reader);
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
        fill(reader, BUFFER_SIZE);
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
        fill(reader, BUFFER_SIZE);
    }
}

/* How many bytes of a file's next block are whole lines; 0 if there is no line feed. The last line feed is mostly near the
 * end. */
static size_t find_cut_in_file(const struct reader *reader)
{
    char bytes[4096]; /* a block is a multiple of it */
    for (size_t length = BLOCK_SIZE; length > 0;) {
        length -= sizeof bytes;
        size_t at = read_at(reader->source->fd, bytes, sizeof bytes, reader->offset + length);
        while (at > 0 && bytes[at - 1] != '\n')
            at--;
        if (at > 0)
            return length + at;
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
        size_t at = read_at(reader->source->fd, bytes, piece, place);
        if (at < piece)
            return 0;
        while (at > 0 && bytes[at - 1] != '\n')
            at--;
        tail += piece - at;
        if (at > 0)
            return tail;
    }
    return length <= LINE_KEPT ? length : 0;
}

/* The last block of a file, of `length` bytes. If its last line goes on in the next file, that is a block by itself. */
static void cut_last(struct reader *reader, struct piece *piece, size_t length)
{
    struct block *const block = &piece->block;
    const size_t tail = length > 0 && has_sequel(reader) ? measure_tail(reader, length) : 0;
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
static bool cut_file(struct reader *reader, struct piece *piece)
{
    struct block *const block = &piece->block;
    const uint64_t wanted = reader->offset + BLOCK_SIZE;
    if (reader->input->size <= wanted)
        look_at_size(reader);
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

bool piece_load(struct piece *piece, struct store **store)
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
    const size_t have = read_at(block->source->fd, bytes, block->size, block->offset);
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

/* Go on to look for lines with a prefix, and where there is one, for all that tells its form. False without memory. */
static bool look_on(struct reader *reader)
{
    struct window *const window = &reader->window;
    if (window->looked < reader->offset)
        window->looked = reader->offset;
    if (!look(reader))
        return false;
    while (window->found && !has_window(reader)) {
        fill(reader, reader->left + BUFFER_SIZE);
        if (reader->no_memory || !look(reader))
            return false;
    }
    return !(window->found || reader->at_end || window_is_bare(window)) || settle(reader);
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
        fill(reader, BUFFER_SIZE);
    if (reader->no_memory || (reader->source->undecided && !look_on(reader)))
        return false;
    size_t cut = find_cut(reader);
    while (reader->left < BLOCK_SIZE && !reader->at_end &&
           (cut == 0 || !reader->input->interactive)) {
        fill(reader, BUFFER_SIZE);
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
        fill(reader, BUFFER_SIZE);
    if (reader->left == 0 && reader->at_end)
        end_block(reader, block);
    return true;
}

/* The log that is being read has ended. A file without further logs is closed when that is found out. */
static void end_source(struct reader *reader)
{
    view(reader, NULL, NULL, 0);
    if (reader->source != NULL)
        source_release(reader->source);
    reader->source = NULL;
}

/* Is all of a part of the log read? It is read on for the answers to its own commands, as far as they may come. */
static bool is_done(const struct reader *reader)
{
    return is_past(reader) && (reader->offset - reader->end > ANSWER_WITHIN ||
                               !order_waits(reader->source, reader->offset));
}

/* Cut the next block. False without memory. */
static bool cut(struct reader *reader, struct piece *piece)
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

/* How the block is read, as far as that is known. */
static void set_reading(struct piece *piece)
{
    struct block *const block = &piece->block;
    const struct source *const source = block->source;
    const bool bare = block->offset < source->turn;
    block->reading = bare                    ? &source->bare_reading
                     : source->guess == NULL ? &source->reading
                                             : source->guess;
    block->form = block->reading->form->name;
    block->deltas = block->reading->deltas;
    piece->learn_from = bare || !source->learns ? FINDER_NOWHERE : source->guess_from;
}

/* The bytes of a piece, for who needs what stands behind the piece before. */
struct given {
    struct given *next;
    const struct source *source;
    struct store *store;
    const char *data;
    size_t size;
    uint64_t number; /* of the piece */
};

/* Keep what cannot be read again. False without memory. */
static bool keep_given(struct reader *reader, struct piece *piece)
{
    const struct block *const block = &piece->block;
    piece->number = reader->pieces++;
    if (piece->learn_from == FINDER_NOWHERE || block->source->fd >= 0 || reader->options->live ||
        block->size == 0)
        return true;
    struct given *const given = malloc(sizeof *given);
    if (given == NULL)
        return false;
    *given =
        (struct given){NULL, block->source, block->store, block->data, block->size, piece->number};
    store_share(given->store);
    if (reader->given == NULL)
        reader->given = given;
    else
        reader->given_last->next = given;
    reader->given_last = given;
    return true;
}

/* Nobody needs what was given up to a piece that is done. */
static void drop_given(struct reader *reader, uint64_t number)
{
    while (reader->given != NULL && reader->given->number <= number) {
        struct given *const given = reader->given;
        reader->given = given->next;
        store_release(given->store);
        free(given);
    }
}

/* Add what there is room for. */
static size_t append(char *bytes, size_t have, size_t room, const char *more, size_t length)
{
    const size_t count = length < room - have ? length : room - have;
    if (count > 0)
        memcpy(bytes + have, more, count);
    return have + count;
}

size_t reader_ahead(struct reader *reader, const struct piece *piece, char *bytes, size_t length)
{
    const struct source *const source = piece->block.source;
    size_t have = 0;
    if (source->fd >= 0) {
        have = read_at(source->fd, bytes, length, piece->end);
        if (source->reading.returns)
            turn_ends(bytes, have);
        return have;
    }
    for (const struct given *given = reader->given; given != NULL && have < length;
         given = given->next)
        if (given->source == source && given->number > piece->number)
            have = append(bytes, have, length, given->data, given->size);
    if (reader->source != source)
        return have;
    while (have + reader->left < length && !reader->at_end && !reader->no_memory)
        fill(reader, reader->left + BUFFER_SIZE);
    return append(bytes, have, length, reader->next, reader->left);
}

bool reader_next(struct reader *reader, struct piece *piece)
{
    memset(piece, 0, sizeof *piece);
    piece->learn_from = FINDER_NOWHERE;
    if (reader->no_memory)
        return false;
    while (reader->input == NULL || reader->source == NULL) {
        if (!open_next(reader, piece))
            return false;
        if (piece->note.text[0] != '\0')
            return true;
    }
    struct source *const source = reader->source;
    struct block *const block = &piece->block;
    const bool seekable = reader->input->seekable;
    const uint64_t before = seekable ? reader->offset : reader->input->consumed;
    block->source = source;
    block->log = reader->sources;
    block->file = source->file;
    block->place = source->place;
    block->modem = source->modem;
    source->users++;
    if (!source->streamed) {
        if (!cut(reader, piece))
            reader->no_memory = true;
        if (reader->no_memory) {
            reader_done(reader, piece);
            return false;
        }
        set_reading(piece);
        piece->end = reader->offset;
        if (!keep_given(reader, piece)) {
            reader->no_memory = true;
            reader_done(reader, piece);
            return false;
        }
        if (seekable)
            forget(reader);
        piece->idle =
            reader->input->interactive && !reader->at_end && input_waits(reader->input, 0);
        piece->bytes = (seekable ? reader->offset : reader->input->consumed) - before;
        if (block->last)
            end_source(reader);
    }
    return true;
}

struct sbfota_log_plan *reader_plan(const struct capture_options *options, struct bytes head,
                                    bool at_end, bool *lacks)
{
    struct reader reader = {
        .options = options, .next = head.data, .left = head.length, .at_end = at_end};
    struct source source = {.fd = -1};
    struct sbfota_log_plan *plan = NULL;
    source.reading.names = source.bare_reading.names = &options->names;
    source.reading.modem_token = source.bare_reading.modem_token = options->modem_token;
    reader.source = &source;
    const bool looked = look(&reader);
    *lacks = looked && !has_window(&reader);
    if (looked && !*lacks && settle(&reader)) {
        const struct bytes sample = find_sample(&reader);
        const bool splits =
            source.turn == 0 && reading_splits(&source.reading) && sample.length <= PLAN_SAMPLE;
        plan = plan_make(&source.reading, splits, sample);
    }
    relearn_free(&source.relearn);
    free(source.learned[0]);
    free(source.learned[1]);
    if (reader.has_trial)
        finder_free(&reader.trial);
    free(reader.before_learned);
    return plan;
}

void reader_end_stream(struct reader *reader)
{
    end_source(reader);
}

ptrdiff_t reader_stream(struct reader *reader, char *bytes, size_t length)
{
    if (reader->left == 0) {
        const bool over = reader->at_end || capture_is_stopped(reader->options);
        const ptrdiff_t count = over ? 0 : input_read(reader->input, bytes, length);
        if (count < 0)
            reader->source->ending = note_input(reader->input);
        reader->at_end = reader->at_end || count <= 0;
        return count;
    }
    const size_t piece = reader->left < length ? reader->left : length;
    memcpy(bytes, reader->next, piece);
    reader->next += piece;
    reader->left -= piece;
    return (ptrdiff_t)piece;
}

void reader_done(struct reader *reader, struct piece *piece)
{
    if (piece->block.source != NULL)
        drop_given(reader, piece->number);
    free(piece->note_file);
    store_release(piece->block.store);
    if (piece->block.source != NULL)
        source_release(piece->block.source);
}

void reader_close(struct reader *reader)
{
    end_source(reader);
    drop_given(reader, UINT64_MAX);
    if (reader->has_trial)
        finder_free(&reader->trial);
    free(reader->before_learned);
    if (reader->input != NULL)
        end_input(reader);
    if (reader->ahead.opened)
        input_close(reader->ahead.input);
    free(reader->ahead.input);
}
