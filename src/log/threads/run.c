/* SPDX-License-Identifier: MIT
 *
 * The stages of reading, and the threads that go through them: one reads the next piece of the input, finds what is in it,
 * completes that in its turn, makes output of it, and hands that over in its turn. So the output is the same for any number
 * of threads. */
#include <stdlib.h>
#include <string.h>

#include "log/blocks/reader.h"
#include "log/input/folders.h"
#include "log/input/rotation.h"
#include "log/join/order_files.h"
#include "log/join/raw.h"
#include "log/join/torn.h"
#include "log/prefix/capture.h"
#include "log/threads/relearn_step.h"
#include "log/threads/turn.h"

/* What the threads share. */
struct capture {
    const struct capture_options *options;
    const struct capture_sink *sink;
    pthread_mutex_t lock; /* of the reader and what follows */
    struct reader reader;
    uint64_t pieces;
    bool stopped;
    bool streaming; /* a source has been given to one thread as a whole: nothing else is read */
    pthread_cond_t stream_over;
    struct turn ordering;
    struct log_order order; /* under that turn */
    struct relearner relearner;
    struct turn committing;
    /* Under the turn of committing: */
    bool trouble;
    bool no_memory;
    bool got; /* something that could be read */
    uint64_t bytes;
    uint64_t total;
    uint64_t told_byte;
    struct file_list files;
    struct worker *workers; /* one a thread */
    unsigned worker_count;
    bool made; /* it has all that it needs */
};

struct worker {
    struct capture *run;
    struct finder finder;
    struct store *store; /* of blocks that are read from a file */
    void *output;
    struct reader_piece piece;
    bool has_piece;
    uint64_t number;
};

/* Under the reader's lock. */
static void give_back(struct worker *worker)
{
    if (worker->has_piece)
        reader_done(&worker->run->reader, &worker->piece);
    worker->has_piece = false;
}

/* The piece before is given back here, so that there is one wait for the reader, not two. */
static bool take_piece(struct worker *worker)
{
    struct capture *const run = worker->run;
    /* While another one reads, unpack what comes after that. */
    bool is_free = pthread_mutex_trylock(&run->lock) == 0;
    while (!is_free && unpack_ahead_step(&run->reader.unpack_ahead))
        is_free = pthread_mutex_trylock(&run->lock) == 0;
    if (!is_free)
        pthread_mutex_lock(&run->lock);
    give_back(worker);
    while (run->streaming)
        pthread_cond_wait(&run->stream_over, &run->lock);
    const bool taken = !run->stopped && !capture_is_stopped(run->options) &&
                       reader_next(&run->reader, &worker->piece);
    if (taken) {
        const struct source *const source = worker->piece.block.source;
        worker->has_piece = true;
        worker->number = run->pieces++;
        run->streaming = source != NULL && source->streamed;
    }
    pthread_mutex_unlock(&run->lock);
    return taken;
}

static void stop(struct capture *run)
{
    pthread_mutex_lock(&run->lock);
    run->stopped = true;
    pthread_mutex_unlock(&run->lock);
}

static void tell(struct capture *run, const char *file, const struct note *note)
{
    /* What is cut short when reading is stopped is not damaged. */
    if (note->text[0] == '\0' || capture_is_stopped(run->options))
        return;
    run->told_byte = note->byte;
    run->sink->tell(run->sink->context, note->told, file, note->text);
    run->trouble = run->trouble || (note->told != TOLD_NOTE && note->told != TOLD_LEARNED &&
                                    note->told != TOLD_SKIPPED);
}

static void tell_progress(struct capture *run)
{
    if (run->sink->progress != NULL)
        run->sink->progress(run->sink->context, run->bytes, run->total);
}

static ptrdiff_t stream_read(void *context, char *bytes, size_t length)
{
    struct worker *const worker = context;
    const ptrdiff_t got = reader_stream(&worker->run->reader, bytes, length);
    worker->run->bytes += got > 0 ? (uint64_t)got : 0;
    return got;
}

static bool stream_take(void *context, const struct record *record)
{
    struct worker *const worker = context;
    worker->run->got = true;
    worker->run->sink->take_record(worker->output, record);
    return !worker->run->stopped;
}

static void pause_reading(const struct capture_sink *sink)
{
    if (sink->pause != NULL)
        sink->pause(sink->context);
}

static void stream_pause(void *context)
{
    struct worker *const worker = context;
    struct capture *const run = worker->run;
    if (!run->sink->commit(run->sink->context, worker->output))
        run->stopped = true;
    pause_reading(run->sink);
    tell_progress(run);
}

/* A raw capture with all its line ends is read from begin to end in its turn, while the others wait. */
static void stream_source(struct worker *worker)
{
    struct capture *const run = worker->run;
    struct source *const source = worker->piece.block.source;
    const struct raw_sink sink = {stream_read, stream_take, stream_pause, worker};
    pthread_mutex_lock(&run->lock);
    tell(run, source->file, &source->opening);
    if (!raw_read(&sink, source->file, source->modem)) {
        worker->finder.events.no_memory = true;
        run->stopped = true;
    }
    stream_pause(worker);
    tell(run, source->file, &source->ending);
    reader_end_stream(&run->reader);
    run->streaming = false;
    pthread_cond_broadcast(&run->stream_over);
    pthread_mutex_unlock(&run->lock);
}

/* What a source has to tell at its begin and its end, with the blocks between in their order. */
static void commit(struct worker *worker)
{
    struct capture *const run = worker->run;
    const struct capture_sink *const sink = run->sink;
    struct reader_piece *const piece = &worker->piece;
    struct source *const source = piece->block.source;
    if (source != NULL) {
        tell(run, source->file, &source->opening);
        source->opening.text[0] = '\0';
    }
    tell(run, piece->note_file, &piece->note);
    if (source == NULL)
        return;
    /* What lacks something is not shown. */
    if (worker->finder.events.no_memory ||
        (!run->stopped && !sink->commit(sink->context, worker->output)))
        stop(run);
    run->bytes += piece->bytes;
    run->got = run->got || piece->block.size > 0;
    if (piece->idle)
        pause_reading(sink);
    tell_progress(run);
    if (piece->block.last)
        tell(run, source->file, source->cut ? &source->failure : &source->ending);
}

/* What is behind the place where a file was cut short while it was read is not there. */
static void order(struct worker *worker)
{
    struct block *const block = &worker->piece.block;
    struct source *const source = block->source;
    if (source->cut) {
        block->size = 0;
        memset(block->times, 0, sizeof block->times);
        finder_block(&worker->finder, block);
    } else if (worker->piece.failure.text[0] != '\0') {
        source->cut = true;
        source->failure = worker->piece.failure;
    }
    if (block->place != NULL)
        order_in_log(&worker->run->order, source->place, &source->order, &worker->finder, block);
    else
        order_block(&source->order, &worker->finder, block);
}

/* Of a block that has been ordered, leave what stands behind its first `length` bytes for another part. */
static void take_back(struct worker *worker, const struct block *whole, size_t length)
{
    struct block *const block = &worker->piece.block;
    struct log_events *const events = &worker->finder.events;
    const size_t ordered = block->size;
    if (ordered <= length)
        return;
    const char *const behind = whole->data + length;
    const uint64_t place = block_place(whole, behind);
    const uint64_t bytes = block_place(whole, whole->data + ordered) - place;
    uint64_t lines = 0;
    for (const char *at = behind; at < whole->data + ordered; at++)
        lines += *at == '\n';
    block_shorten(block, length);
    block->lines -= lines;
    block->source->order.lines -= lines;
    worker->run->order.end -= bytes;
    size_t kept = 0;
    for (size_t i = 0; i < events->count; i++)
        if (events->list[i].files_before > 0 || events->list[i].message.offset < place)
            events->list[kept++] = events->list[i];
    events->count = kept;
}

/* What is open of a log with torn messages ends where it is read in another way. In a log of several files its place is not known any more. */
static void end_torn(struct worker *worker)
{
    struct source *const source = worker->piece.block.source;
    if (source->place == NULL) {
        torn_end(&source->order.torn, &worker->finder, &worker->piece.block);
    } else {
        torn_free(source->order.torn);
        source->order.torn = NULL;
    }
}

/* The lines of a block that are read in one way, the others being read in the next: all that is done with a piece. */
static void work_on_part(struct worker *worker)
{
    struct capture *const run = worker->run;
    if (!worker->finder.events.no_memory)
        run->sink->take(worker->output, &worker->piece.block, worker->finder.events.list,
                        worker->finder.events.count);
    turn_wait(&run->committing, worker->number);
    commit(worker);
    worker->piece.note.text[0] = '\0';
}

/* Order a block. Where it is read in several ways, all parts but the last are done with. */
static void order_parts(struct worker *worker)
{
    struct capture *const run = worker->run;
    struct finder *const finder = &worker->finder;
    struct reader_piece *const piece = &worker->piece;
    struct block *const block = &piece->block;
    const uint64_t bytes = piece->bytes;
    const bool idle = piece->idle;
    for (;;) {
        relearner_find(finder, piece);
        if (piece->failure.text[0] != '\0') {
            order(worker);
            return;
        }
        struct block whole = *block;
        const bool torn = whole.reading->torn;
        size_t length = torn ? 0 : relearner_split(&run->relearner, finder, piece, &whole, 0);
        if (!torn && length < whole.size) {
            block_shorten(block, length);
            finder->learn_from = FINDER_NOWHERE;
            finder_block(finder, block);
        }
        if (torn || length > 0)
            order(worker);
        if (torn) {
            const struct reading *const before = whole.source->relearn.reading;
            length = relearner_split(&run->relearner, finder, piece, &whole, block->size);
            if (whole.source->relearn.reading != before)
                end_torn(worker);
            take_back(worker, &whole, length);
        }
        if (length >= whole.size)
            return;
        piece->bytes = 0;
        piece->idle = false;
        if (length > 0)
            work_on_part(worker);
        *block = whole;
        piece->bytes = bytes;
        piece->idle = idle;
        block_advance(block, length);
        finder->reading = NULL;
    }
}

/* All that is done with a piece. */
static void work(struct worker *worker)
{
    struct capture *const run = worker->run;
    struct block *const block = &worker->piece.block;
    struct source *const source = block->source;
    const bool streamed = source != NULL && source->streamed;
    const bool found = source != NULL && !streamed;

    if (found) {
        if (!piece_load(&worker->piece, &worker->store)) {
            worker->finder.events.no_memory = true;
            block->size = 0;
        }
        worker->finder.reading = block->reading;
        worker->finder.learn_from = worker->piece.learn_from;
        finder_block(&worker->finder, block);
    }
    turn_wait(&run->ordering, worker->number);
    if (streamed)
        turn_wait(&run->committing, worker->number);
    if (found)
        order_parts(worker);
    if (streamed)
        stream_source(worker);
    turn_pass(&run->ordering);

    if (found && !worker->finder.events.no_memory)
        run->sink->take(worker->output, block, worker->finder.events.list,
                        worker->finder.events.count);
    turn_wait(&run->committing, worker->number);
    if (!streamed)
        commit(worker);
    run->no_memory = run->no_memory || worker->finder.events.no_memory;
    turn_pass(&run->committing);
}

/* Go through one piece. False at the end. */
static bool work_on(struct worker *worker)
{
    if (!take_piece(worker))
        return false;
    work(worker);
    return true;
}

static void *work_through(void *context)
{
    while (work_on(context))
        ;
    return NULL;
}

static void worker_end(struct worker *worker)
{
    give_back(worker);
    finder_free(&worker->finder);
    store_release(worker->store);
    if (worker->output != NULL)
        worker->run->sink->worker_free(worker->output);
}

static bool worker_begin(struct worker *worker, struct capture *run)
{
    memset(worker, 0, sizeof *worker);
    worker->run = run;
    worker->output = run->sink->worker_new(run->sink->context);
    if (!finder_make(&worker->finder) || worker->output == NULL) {
        worker_end(worker);
        return false;
    }
    worker->finder.all = run->options->all;
    return true;
}

/* One worker at least; where another one cannot be had, the others do its work. */
static bool make_workers(struct capture *run)
{
    const unsigned count = run->options->threads;
    run->workers = calloc(count, sizeof *run->workers);
    while (run->workers != NULL && run->worker_count < count &&
           worker_begin(&run->workers[run->worker_count], run))
        run->worker_count++;
    return run->worker_count > 0;
}

bool capture_step(struct capture *run)
{
    return run->made && work_on(&run->workers[0]);
}

/* Threads beside this one; where one cannot be had, the others do its work. */
void capture_all(struct capture *run)
{
    unsigned started = 1;
    if (!run->made)
        return;
    pthread_t *const threads = calloc(run->worker_count, sizeof *threads);
    while (threads != NULL && started < run->worker_count &&
           pthread_create(&threads[started], NULL, work_through, &run->workers[started]) == 0)
        started++;
    work_through(&run->workers[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}

static bool list_files(struct capture *run, char *const *names, size_t count)
{
    struct file_list *const files = &run->files;
    const struct capture_options *const options = run->options;
    bool listed = true;
    if (options->output.fd > 0)
        file_list_leave_out(files, options->output.fd, options->output.name);
    for (size_t i = 0; i < count && listed; i++)
        listed = file_list_add(files, names[i], options->recursive);
    listed = listed && rotation_find(files->files, files->count, options->as_named);
    run->reader.files = files->files;
    run->reader.count = files->count;
    unpack_ahead_make(&run->reader.unpack_ahead, files->files, files->count, options->threads);
    run->total = files->bytes;
    return listed;
}

struct capture *capture_begin(char *const *names, size_t count,
                              const struct capture_options *options,
                              const struct capture_sink *sink)
{
    struct capture *const run = malloc(sizeof *run);
    if (run == NULL)
        return NULL;
    *run = (struct capture){
        .options = options,
        .sink = sink,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .stream_over = PTHREAD_COND_INITIALIZER,
        .reader = {.options = options},
    };
    run->relearner =
        (struct relearner){.options = options, .reader = &run->reader, .lock = &run->lock};
    run->made = turn_make(&run->ordering, options->threads) &&
                turn_make(&run->committing, options->threads) && list_files(run, names, count) &&
                make_workers(run);
    return run;
}

uint64_t capture_told_byte(const struct capture *run)
{
    return run->told_byte;
}

enum capture_result capture_end(struct capture *run)
{
    const struct capture_sink *const sink = run->sink;
    for (unsigned i = 0; i < run->worker_count; i++)
        worker_end(&run->workers[i]);
    free(run->workers);
    reader_close(&run->reader);
    unpack_ahead_free(&run->reader.unpack_ahead);
    order_free(&run->order.carried);
    relearner_free(&run->relearner);
    file_list_free(&run->files);
    turn_free(&run->ordering);
    turn_free(&run->committing);
    bool trouble = run->trouble;
    if (!run->made || run->no_memory || run->relearner.no_memory || run->reader.no_memory) {
        sink->tell(sink->context, TOLD_NO_MEMORY, NULL, "not enough memory");
        trouble = true;
    }
    const bool got = run->got;
    free(run);
    return !trouble ? CAPTURE_ALL : got ? CAPTURE_SOME : CAPTURE_NONE;
}

enum capture_result capture_run(char *const *names, size_t count,
                                const struct capture_options *options,
                                const struct capture_sink *sink)
{
    struct capture *const run = capture_begin(names, count, options, sink);
    if (run == NULL) {
        sink->tell(sink->context, TOLD_NO_MEMORY, NULL, "not enough memory");
        return CAPTURE_NONE;
    }
    capture_all(run);
    return capture_end(run);
}
