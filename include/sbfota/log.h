/* SPDX-License-Identifier: MIT */
/**
 * @file
 * Logs of modems, in any form that the log library knows or learns, to events. It is hosted: it opens files, allocates
 * memory and may use threads; link it with -lsbfota-log. Bytes go in as files or as they come, batches of events come out:
 *
 *     const char *const paths[] = {"gateway.log.gz"};
 *     struct sbfota_log *log;
 *     struct sbfota_log_batch *batch;
 *     enum sbfota_log_result result = sbfota_log_open(&log, paths, 1, NULL);
 *     while (result >= 0 && (result = sbfota_log_next(log, &batch)) > 0)
 *         if (result == SBFOTA_LOG_BATCH) {
 *             for (size_t i = 0; i < batch->count; i++)
 *                 use(&batch->events[i]);
 *             sbfota_log_batch_free(batch);
 *         } else if (result == SBFOTA_LOG_MESSAGE) {
 *             tell(sbfota_log_message(log));
 *         }
 *     sbfota_log_free(log);
 *
 * Who has bytes instead of files feeds them, in pieces of any size: what comes out does not depend on them. One thread can do both,
 * since neither call waits for the other:
 *
 *     sbfota_log_new(&log, NULL);
 *     while (...) {
 *         taken = sbfota_log_feed(log, bytes, length);
 *         while ((result = sbfota_log_next(log, &batch)) > 0 && result != SBFOTA_LOG_MORE)
 *             ...
 *     }
 *     sbfota_log_finish(log); and sbfota_log_next until it gives SBFOTA_LOG_END
 *
 * Nothing is global. A handle is used by one thread at a time, but for sbfota_log_stop; several handles are independent. Nothing
 * is written but memory, and no signal is raised or caught.
 *
 * Memory. A handle takes some 4 MiB for each thread that reads, up to 20 MiB of a log with lines of a megabyte, beside what unpacks: up to 192 MiB
 * where a file asks for that. It holds at most SBFOTA_LOG_BATCHES batches that have not been taken, and one on its way for each
 * thread, or as many pieces with attempts; a batch is made of at most 1 MiB of log, or holds at most SBFOTA_LOG_BATCH_EVENTS events. Beside that stand the names of modems and
 * files, each once, and the commands that are not answered. It does not grow with the length of a log.
 */
#ifndef SBFOTA_LOG_H
#define SBFOTA_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sbfota/arrow.h>
#include <sbfota/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Batches that are ready and not taken: then reading waits. */
#define SBFOTA_LOG_BATCHES 4
/** What fewer events of several blocks of a log are put together to. */
#define SBFOTA_LOG_BATCH_EVENTS 16384
/** No name, and so no number. */
#define SBFOTA_LOG_NO_NUMBER 4294967295U
/** Not known where. */
#define SBFOTA_LOG_NO_BYTE 18446744073709551615ULL

/** What a call gives. What is negative is an error. */
enum sbfota_log_result {
    SBFOTA_LOG_END = 0,     /**< done: there is nothing more */
    SBFOTA_LOG_BATCH = 1,   /**< a batch of events */
    SBFOTA_LOG_MESSAGE = 2, /**< something to tell: sbfota_log_message */
    SBFOTA_LOG_MORE =
        3, /**< what was fed has been read, but for its last 64 KiB at most, or the block of 1 MiB with a message behind
                something that stands before none so far, for which 64 KiB behind it are needed: feed more, or finish */
    /** There is not enough memory. The handle gives nothing more but this. */
    SBFOTA_LOG_NO_MEMORY = -1,
    SBFOTA_LOG_NO_FORM = -2,   /**< options->form names no form */
    SBFOTA_LOG_INVALID = -3,   /**< an argument is none that the call can take */
    SBFOTA_LOG_NO_THREAD = -4, /**< the system has no thread for sbfota_log_new */
    SBFOTA_LOG_NO_PLAN = -5,   /**< the bytes are no plan of this version, or damaged */
    SBFOTA_LOG_NO_SPLIT = -6,  /**< a part is asked for of what cannot be read in parts */
    SBFOTA_LOG_NO_COLUMN = -7  /**< a table's column is named that there is not */
};

/** Whose line it is. */
enum sbfota_log_direction {
    SBFOTA_LOG_DIRECTION_NONE = 0, /**< not known */
    SBFOTA_LOG_RX = 1,             /**< from the module */
    SBFOTA_LOG_TX = 2              /**< to it */
};

/** What the milliseconds of a time count from. Times of different clocks cannot be compared. */
enum sbfota_log_clock {
    SBFOTA_LOG_CLOCK_NONE = 0,  /**< there is no time, or none that is understood */
    SBFOTA_LOG_CLOCK_UTC = 1,   /**< 1970, in UTC: the log tells the zone */
    SBFOTA_LOG_CLOCK_LOCAL = 2, /**< 1970, in the time of wherever the log was written */
    SBFOTA_LOG_CLOCK_YEAR =
        3, /**< the begin of a leap year: the log does not say which year it is */
    SBFOTA_LOG_CLOCK_DAY = 4,   /**< midnight: the log does not say which day it is */
    SBFOTA_LOG_CLOCK_START = 5, /**< something that the log does not tell, such as a boot */
    SBFOTA_LOG_CLOCK_COUNT      /**< one more than the last */
};

/** How a log is read. */
struct sbfota_log_plan;

/** How to read. All zero is the usual way. The strings are copied. */
struct sbfota_log_options {
    /** Name of the log's form, as `sbfota decode --capture help` lists them; NULL to recognise it. */
    const char *form;
    /** Whose a log is that names no modem; NULL for nobody's. */
    const char *modem;
    /** The fields of JSON Lines, logfmt and CSV with the text, the time and the modem's name; NULL for the usual ones. */
    const char *text_field;
    const char *time_field;  /**< likewise */
    const char *modem_field; /**< likewise */
    /** How the bytes of sbfota_log_new are called; NULL for no name. */
    const char *name;
    /** Who a log without modems belongs to is its file's name, without folders and ending. */
    bool modem_from_file;
    /** Every line is an event, not only SBFOTA's messages, boots, and commands with their answers. */
    bool all;
    /** Of directories, the files in them. */
    bool recursive;
    /** Files that a log was put away in are read in the order of their names, not of their times. */
    bool as_named;
    /** Tell of each log in which form it is read, and where that changes. */
    bool notes;
    /** The sessions of all events are followed on the threads that read: sbfota_log_next_attempts gives their attempts, and there are no batches of
     * events. Not with a part of a file: its first attempts may have begun before it. */
    bool sessions;
    /** Bytes come slowly and each event is wanted at once: the form is chosen as soon as one can be told, and where a batch
     * ends depends on how the bytes come. */
    bool live;
    /** Which token before a text names the modem, from 1; 0 to learn it, SBFOTA_LOG_NO_TOKEN for none. */
    int modem_token;
    /** Threads that read; 0 and 1: sbfota_log_next reads itself, and no thread is made but by sbfota_log_new. At most 1024. */
    unsigned threads;
    /** How to read one plain file, as sbfota_log_plan_make has found it out with the same options; or NULL. The plan must live as long as the
     * log. */
    const struct sbfota_log_plan *plan;
    /** With a plan that splits, and without `all`: the part of the file to read, in bytes. What begins in it are its lines. `end` 0:
     * up to the end. One thread reads it. */
    uint64_t begin;
    uint64_t end; /**< behind its last byte */
};
#define SBFOTA_LOG_NO_TOKEN (-1)

/** One event. What it points to belongs to its batch. */
struct sbfota_log_event {
    /** The message. Its offset and length are those of the text in the file, as it is written there. */
    struct sbfota_event message;
    /** The line of the wire without its ends, escapes undone, with a NUL behind it; NULL with SBFOTA_OVERLONG. Places within the message
     * count from here. */
    const char *text;
    /** The time in RFC 3339 where date and time are known, else as the log has it, with a NUL behind it; NULL if there is none. */
    const char *time;
    const char *modem; /**< its name, with a NUL behind it; NULL if not known */
    const char *
        file; /**< as it was named, with an archive's name before that of the file in it; NULL without a name */
    /** What the log is called that the file is a part of, where it was put away in several; else the file. */
    const char *log;
    int64_t time_ms; /**< of `clock`; SBFOTA_NO_TIME if there is none */
    uint64_t line;   /**< of the file, from 1 */
    /** Numbers of the names, from 0 in the order of coming, one for each name for as long as the handle lives;
     * SBFOTA_LOG_NO_NUMBER without a name. Files and logs share their numbers. */
    uint32_t modem_number;
    uint32_t file_number;  /**< of `file` */
    uint32_t log_number;   /**< of `log` */
    uint32_t modem_length; /**< bytes of `modem` */
    uint16_t text_length;  /**< bytes of `text` */
    uint8_t time_length;   /**< bytes of `time` */
    uint8_t clock;         /**< enum sbfota_log_clock */
    uint8_t direction;     /**< enum sbfota_log_direction */
    uint8_t answers; /**< of a result code: enum sbfota_kind of the command; else SBFOTA_NONE */
};

/** Events in the order of the files and of their lines. It lives until it is freed, also when the log does not. */
struct sbfota_log_batch {
    size_t count;                          /**< events, 1 or more */
    const struct sbfota_log_event *events; /**< the events */
};

/** The same, column by column: `count` values each. What they point to belongs to the batch. */
struct sbfota_log_columns {
    size_t count;                 /**< events */
    const uint8_t *kind;          /**< enum sbfota_kind */
    const uint8_t *detail;        /**< as struct sbfota_event, and so the next four */
    const uint8_t *flags;         /**< enum sbfota_flag */
    const uint8_t *spelling;      /**< enum sbfota_spelling */
    const int32_t *value;         /**< percentage, code, seconds or position */
    const uint32_t *extent;       /**< second number */
    const uint8_t *direction;     /**< enum sbfota_log_direction */
    const uint8_t *answers;       /**< enum sbfota_kind */
    const uint8_t *clock;         /**< enum sbfota_log_clock */
    const int64_t *time_ms;       /**< or SBFOTA_NO_TIME */
    const uint64_t *line;         /**< of the file */
    const uint64_t *offset;       /**< of the text, in the file */
    const uint64_t *length;       /**< of the text, in the file */
    const uint32_t *modem_number; /**< or SBFOTA_LOG_NO_NUMBER, as the next two */
    const uint32_t *file_number;  /**< of the file */
    const uint32_t *log_number;   /**< of the log */
    const char *text_bytes;       /**< all texts, one behind another */
    const uint32_t *
        text_begin; /**< where each begins, and behind the last one where it ends: one value more than `count` */
    const char *time_bytes;     /**< the same of the times' texts */
    const uint32_t *time_begin; /**< as text_begin */
};

/** What a message tells of. */
enum sbfota_log_trouble {
    SBFOTA_LOG_NOTE = 0,       /**< nothing is wrong: how the log is read */
    SBFOTA_LOG_SKIPPED = 1,    /**< left out: no file, or read already */
    SBFOTA_LOG_UNREADABLE = 2, /**< it cannot be opened, or not be read on: the system says why */
    SBFOTA_LOG_DAMAGED =
        3, /**< a compressed file or an archive; what is sound of it has been read */
    SBFOTA_LOG_SHRUNK = 4,   /**< the file was cut short while it was read */
    SBFOTA_LOG_PACKED = 5,   /**< packed too often, or too much comes out of it */
    SBFOTA_LOG_LACKING = 6,  /**< packed in a way that this build of the library does not unpack */
    SBFOTA_LOG_OUTPUT = 7,   /**< it is what is written to: nothing more is read */
    SBFOTA_LOG_LEARNED = 8,  /**< nothing is wrong: from `byte` on the log is read in another way */
    SBFOTA_LOG_TROUBLE_COUNT /**< one more than the last */
};

/** Something about a file. The rest of the input goes on behind all but SBFOTA_LOG_OUTPUT. */
struct sbfota_log_message {
    const char *file; /**< NULL without a name */
    const char *text; /**< on one line, in English, without the file's name */
    /** Bytes of the file that had been read: the trouble lies there or shortly before; SBFOTA_LOG_NO_BYTE if that says nothing. With
     * SBFOTA_LOG_LEARNED, those before what is read in another way. */
    uint64_t byte;
    enum sbfota_log_trouble trouble; /**< what kind it is of */
};

struct sbfota_log;

/**
 * Read files, one behind another. None is opened before sbfota_log_next.
 *
 * @param log      the handle, or NULL if there is none
 * @param paths    their names; "-" is standard input. Files that one log was put away in (log, log.1, log.2.gz) are one log
 * @param options  or NULL
 * @return SBFOTA_LOG_END if all is well; SBFOTA_LOG_NO_MEMORY, SBFOTA_LOG_NO_FORM, SBFOTA_LOG_INVALID
 */
SBFOTA_API enum sbfota_log_result sbfota_log_open(struct sbfota_log **log, const char *const *paths,
                                                  size_t count,
                                                  const struct sbfota_log_options *options);

/**
 * Read bytes that are fed: those of one file, whatever it is: text, compressed, an archive. One thread is made.
 *
 * @return as sbfota_log_open, and SBFOTA_LOG_NO_THREAD
 */
SBFOTA_API enum sbfota_log_result sbfota_log_new(struct sbfota_log **log,
                                                 const struct sbfota_log_options *options);

/**
 * Feed bytes. It waits while what came before is worked on.
 *
 * @return how many were taken; fewer than `length` if a batch or a message must be taken first. Behind the end
 *         (sbfota_log_finish, a stop, not enough memory, all that is asked for has been read), and of a log of files, all are taken, and
 *         not read
 */
SBFOTA_API size_t sbfota_log_feed(struct sbfota_log *log, const void *bytes, size_t length);

/** No more bytes will be fed. */
SBFOTA_API void sbfota_log_finish(struct sbfota_log *log);

/**
 * What comes next. It waits for it.
 *
 * @param batch  with SBFOTA_LOG_BATCH, the batch, to be freed by sbfota_log_batch_free; else NULL
 * @return SBFOTA_LOG_BATCH, SBFOTA_LOG_MESSAGE, SBFOTA_LOG_MORE (of sbfota_log_new only), SBFOTA_LOG_END or SBFOTA_LOG_NO_MEMORY;
 *         SBFOTA_LOG_INVALID with options->sessions
 */
SBFOTA_API enum sbfota_log_result sbfota_log_next(struct sbfota_log *log,
                                                  struct sbfota_log_batch **batch);

/** The message of the last sbfota_log_next, up to the next one; NULL if it gave none. */
SBFOTA_API const struct sbfota_log_message *sbfota_log_message(const struct sbfota_log *log);

/** Names that have been met so far, in the batches that were taken or are under way. */
SBFOTA_API uint32_t sbfota_log_modem_count(const struct sbfota_log *log);
SBFOTA_API uint32_t sbfota_log_file_count(const struct sbfota_log *log);

/**
 * A name by its number, with a NUL behind it: it stays where it is until the log is freed.
 *
 * @param length  its bytes
 * @return NULL if there is no such number
 */
SBFOTA_API const char *sbfota_log_modem_name(const struct sbfota_log *log, uint32_t number,
                                             size_t *length);
SBFOTA_API const char *sbfota_log_file_name(const struct sbfota_log *log, uint32_t number,
                                            size_t *length);

/** Who takes events on the threads that read, as who makes text of them does. */
struct sbfota_log_visitor {
    void *context; /**< is handed to the functions */
    /** What a thread needs of its own; NULL without memory. */
    void *(*worker_new)(void *context);
    void (*worker_free)(void *worker); /**< at the end, on the thread that has called */
    /** Events of a piece of a file, in its order; several threads do that at once, each with its worker. The batch is gone afterwards, and the
     * numbers of names in it are the worker's own. */
    void (*take)(void *worker, const struct sbfota_log_batch *batch);
    /** What the worker has made since the last time is in its turn, in the order of the input; one thread at a time. False to stop. */
    bool (*commit)(void *context, void *worker);
    /** As sbfota_log_message, in its turn; or NULL. */
    void (*tell)(void *context, const struct sbfota_log_message *message);
};

/**
 * Read files with options->threads threads, of which the caller's is one, up to the end.
 *
 * @return as sbfota_log_open, SBFOTA_LOG_INVALID with options->sessions; SBFOTA_LOG_END also if commit has stopped it
 */
SBFOTA_API enum sbfota_log_result sbfota_log_run(const char *const *paths, size_t count,
                                                 const struct sbfota_log_options *options,
                                                 const struct sbfota_log_visitor *visitor);

/** Lines of the log, or of the part of it, that have been read to here: all of them behind SBFOTA_LOG_END. */
SBFOTA_API uint64_t sbfota_log_lines(const struct sbfota_log *log);

/** End reading early, from any thread: what was read so far comes, and then SBFOTA_LOG_END. Not from a signal's handler. */
SBFOTA_API void sbfota_log_stop(struct sbfota_log *log);

/** At any time; NULL is no log. Batches that were taken stay. */
SBFOTA_API void sbfota_log_free(struct sbfota_log *log);

/** The batch's events as columns, made once. NULL without memory. */
SBFOTA_API const struct sbfota_log_columns *
sbfota_log_batch_columns(struct sbfota_log_batch *batch);

/** Free a batch; NULL is none. */
SBFOTA_API void sbfota_log_batch_free(struct sbfota_log_batch *batch);

/**
 * Find out how a log is to be read, from its first bytes.
 *
 * A log can be read in parts, on many machines, if it is plain text in which each line can be understood by itself: not if it is
 * compressed, an archive, UTF-16, bytes as they were on the wire, a form whose records go over several lines, or if its times count from the
 * line before. Of a part (options->begin and end) come the events of the lines that begin in it, and the answers to its commands, for
 * which at most 16 MiB behind it are read, and 2 MiB more. All parts' events together, in the order of their offsets, are those of the whole
 * file, whatever the parts are; but `line` counts from the part's begin: add sbfota_log_lines of the parts before. With sbfota_log_new, feed the
 * bytes from the one before `begin` on (from 0 on if that is 0), up to the file's end or until sbfota_log_next gives SBFOTA_LOG_END.
 *
 * The plan holds for all of the log. Messages far behind the head that stand behind something else than those in it are learned from
 * without a plan alone; with one they are SBFOTA_MALFORMED, SBFOTA_REASON_GLUED, in whatever parts the file is read.
 *
 * @param plan     to be freed by sbfota_log_plan_free; NULL if there is none
 * @param head     the first bytes of the file
 * @param length   64 KiB are mostly enough; 5 MiB always are
 * @param whole    they are all of the file
 * @param options  as the log will be read with: the form and what names fields and modems; or NULL
 * @return SBFOTA_LOG_END; SBFOTA_LOG_MORE if more of the log must be known: call again with twice as much; errors as sbfota_log_open
 */
SBFOTA_API enum sbfota_log_result sbfota_log_plan_make(struct sbfota_log_plan **plan,
                                                       const void *head, size_t length, bool whole,
                                                       const struct sbfota_log_options *options);

/** Can the log be read in parts? If not, read it whole, without the plan. */
SBFOTA_API bool sbfota_log_plan_splits(const struct sbfota_log_plan *plan);

/** The name of the log's form; "packed" for what is compressed, an archive or UTF-16. */
SBFOTA_API const char *sbfota_log_plan_form(const struct sbfota_log_plan *plan);

/**
 * The plan as bytes, to be kept or sent elsewhere: some 10 KiB.
 *
 * @param bytes  where to put them; nothing is written if there is not room enough
 * @return how many there are; 0 without memory
 */
SBFOTA_API size_t sbfota_log_plan_save(const struct sbfota_log_plan *plan, void *bytes,
                                       size_t room);

/** The plan of such bytes. @return SBFOTA_LOG_END, SBFOTA_LOG_NO_PLAN or SBFOTA_LOG_NO_MEMORY */
SBFOTA_API enum sbfota_log_result sbfota_log_plan_load(struct sbfota_log_plan **plan,
                                                       const void *bytes, size_t length);

/** Free a plan; NULL is none. */
SBFOTA_API void sbfota_log_plan_free(struct sbfota_log_plan *plan);

/** Which table is made of events. All zero is the usual one. */
struct sbfota_log_table {
    /** Names of columns with a comma between; they stand in their own order. NULL for all. */
    const char *columns;
    /** Without dictionaries: for who has no such type. */
    bool plain;
    /** The column `raw` holds the text of every event, not only of those that are odd. */
    bool raw;
    /** Of a stream: who is told what sbfota_log_message would say, while a call to it is made. If nobody is, a stream with trouble
     * ends in an error, behind all batches. */
    void (*tell)(void *context, const struct sbfota_log_message *message);
    /** Is handed to `tell`. */
    void *context;
};

/**
 * The type of a table: a struct of the columns, all nullable. A column's name, type and meaning are those of `sbfota decode -f arrow`.
 *
 * @param table  or NULL
 * @return SBFOTA_LOG_END; SBFOTA_LOG_NO_COLUMN or SBFOTA_LOG_NO_MEMORY: then out->release is NULL
 */
SBFOTA_API enum sbfota_log_result sbfota_log_schema(const struct sbfota_log_table *table,
                                                    struct ArrowSchema *out);

/** A batch as rows of such a table, copied. The dictionaries of names are its own. @return as sbfota_log_schema */
SBFOTA_API enum sbfota_log_result sbfota_log_batch_array(const struct sbfota_log_batch *batch,
                                                         const struct sbfota_log_table *table,
                                                         struct ArrowArray *out);

/**
 * All events of files as a stream of such rows. It is read once; who reads twice makes two. No file is opened before the first
 * batch is asked for. One thread at a time uses it.
 *
 * @return as sbfota_log_open and sbfota_log_schema
 */
SBFOTA_API enum sbfota_log_result sbfota_log_stream(const char *const *paths, size_t count,
                                                    const struct sbfota_log_options *options,
                                                    const struct sbfota_log_table *table,
                                                    struct ArrowArrayStream *out);

/** Where an attempt begins or ends: its first or last message. */
struct sbfota_log_edge {
    uint64_t line;       /**< of the file */
    uint64_t offset;     /**< in the file, of the text */
    const char *file;    /**< as struct sbfota_log_event has it */
    const char *time;    /**< as struct sbfota_log_event has it; NULL if there is none */
    uint8_t time_length; /**< bytes of `time` */
    uint8_t clock;       /**< enum sbfota_log_clock */
};

/** One attempt of a modem to update: sbfota/session.h. What it points to belongs to its batch. */
struct sbfota_log_attempt {
    /** Its times are of the clocks of `from` and `to`, but for a year that the log does not say: then it is the
     * last one before the file was written. */
    struct sbfota_attempt facts;
    const char *modem; /**< with a NUL behind it; NULL if not known: then it is that of the file */
    uint32_t modem_length;       /**< bytes of `modem` */
    bool dated;                  /**< both times count from 1970 */
    struct sbfota_log_edge from; /**< its first message */
    struct sbfota_log_edge to;   /**< its last message */
};

/** Attempts in the order in which they were found to be finished. It lives until it is freed. */
struct sbfota_log_attempts {
    size_t count;                          /**< attempts */
    const struct sbfota_log_attempt *list; /**< the attempts */
};

/**
 * With options->sessions, what comes next, as sbfota_log_next: with SBFOTA_LOG_BATCH, attempts that have been finished, in the order of the
 * input; the last ones are those under way at its end, in the order in which their modems came. To be freed by sbfota_log_attempts_free.
 *
 * @return as sbfota_log_next; SBFOTA_LOG_INVALID without options->sessions
 */
SBFOTA_API enum sbfota_log_result sbfota_log_next_attempts(struct sbfota_log *log,
                                                           struct sbfota_log_attempts **attempts);

/** The sessions of all modems: some 300 bytes for each modem, and its name. */
struct sbfota_log_sessions;

/**
 * Follow the sessions of events. Those of a modem must come in the order of the files and of the places in them; those of different modems,
 * in any order. The events need `message`, `text`, `time`, `time_ms`, `clock`, `modem`, `file`, `log` (if `modem` is NULL), `line` and
 * `direction`, and no numbers: so they may come from a table that was made of batches elsewhere.
 *
 * @return NULL without memory
 */
SBFOTA_API struct sbfota_log_sessions *sbfota_log_sessions_new(void);

/** Events that come next. @return SBFOTA_LOG_END, or SBFOTA_LOG_NO_MEMORY: then no attempt is given any more */
SBFOTA_API enum sbfota_log_result sbfota_log_sessions_feed(struct sbfota_log_sessions *sessions,
                                                           const struct sbfota_log_event *events,
                                                           size_t count);

/** There are no more events: the attempts under way come too, in the order in which their modems came. A second call gives none. */
SBFOTA_API enum sbfota_log_result sbfota_log_sessions_finish(struct sbfota_log_sessions *sessions);

/** How many attempts wait to be taken. */
SBFOTA_API size_t sbfota_log_sessions_count(const struct sbfota_log_sessions *sessions);

/**
 * The attempts that have been finished since the last call.
 *
 * @return to be freed by sbfota_log_attempts_free; NULL if there are none
 */
SBFOTA_API struct sbfota_log_attempts *
sbfota_log_sessions_take(struct sbfota_log_sessions *sessions);

/** The type of a table of attempts, its rows, and all attempts of files as a stream: as sbfota_log_schema, sbfota_log_batch_array and
 * sbfota_log_stream. Its columns are those of `sbfota sessions -f arrow`; there is none that `raw` is about. */
SBFOTA_API enum sbfota_log_result sbfota_log_attempts_schema(const struct sbfota_log_table *table,
                                                             struct ArrowSchema *out);
/** Its rows. */
SBFOTA_API enum sbfota_log_result
sbfota_log_attempts_array(const struct sbfota_log_attempts *attempts,
                          const struct sbfota_log_table *table, struct ArrowArray *out);
/** All of them. */
SBFOTA_API enum sbfota_log_result
sbfota_log_attempts_stream(const char *const *paths, size_t count,
                           const struct sbfota_log_options *options,
                           const struct sbfota_log_table *table, struct ArrowArrayStream *out);

/** Free attempts, or sessions; NULL is none. */
SBFOTA_API void sbfota_log_attempts_free(struct sbfota_log_attempts *attempts);
SBFOTA_API void sbfota_log_sessions_free(struct sbfota_log_sessions *sessions);

/** Bytes of a time as text, with the NUL behind it. */
#define SBFOTA_LOG_TIME_SIZE 64

/** Where a modem stands, as of its last event: a record of `sbfota modems`. Times are as struct sbfota_log_event has them, empty if there
 * is none. What it points to lives as long as its modems do, `text` and `advice` for ever. */
struct sbfota_log_modem {
    const char *modem; /**< its name, with a NUL behind it; NULL if the log names none */
    const char *file;  /**< then the log, with a NUL behind it; NULL of standard input, too */
    const char
        *text; /**< what the manual says of the code that its last attempt failed with, or NULL */
    const char *advice; /**< what to do about it, or NULL */
    int64_t
        silent_ms; /**< how long the module has said nothing; SBFOTA_NO_TIME if that is not known */
    uint32_t modem_length; /**< bytes of `modem` */
    uint32_t attempts;     /**< how many there were */
    uint32_t updated;      /**< how many of them ended so */
    uint32_t power_losses; /**< boots where the power was not to be cut */
    uint32_t percent;      /**< of the phase; or SBFOTA_NO_PERCENT */
    uint32_t delay;        /**< seconds; or SBFOTA_NO_DELAY */
    uint8_t phase;         /**< enum sbfota_phase */
    uint8_t power;         /**< enum sbfota_power */
    uint8_t outcome;       /**< enum sbfota_outcome, of the last attempt, if there are any */
    uint8_t clock;         /**< enum sbfota_log_clock, of last_seen */
    bool polling_stopped;  /**< it does not ask the server by itself (source: 5.2) */
    char first_seen[SBFOTA_LOG_TIME_SIZE];  /**< of its first event that has a time */
    char last_seen[SBFOTA_LOG_TIME_SIZE];   /**< of its last one */
    char phase_since[SBFOTA_LOG_TIME_SIZE]; /**< of the event that the phase began with */
    char next_poll_earliest
        [SBFOTA_LOG_TIME_SIZE];                  /**< when it asks the server again (source: 5.1) */
    char next_poll_latest[SBFOTA_LOG_TIME_SIZE]; /**< at the latest */
};

/** Where all modems stand: some 500 bytes for each, and its name. */
struct sbfota_log_modems;

/**
 * Follow the modems of events.
 *
 * @param now  up to when their silence counts, in milliseconds since 1970; SBFOTA_NO_TIME for the latest time of all events
 * @return NULL without memory
 */
SBFOTA_API struct sbfota_log_modems *sbfota_log_modems_new(int64_t now);

/** Events that come next, as of sbfota_log_sessions_feed. @return SBFOTA_LOG_END, or SBFOTA_LOG_NO_MEMORY: then no modem is given any more */
SBFOTA_API enum sbfota_log_result sbfota_log_modems_feed(struct sbfota_log_modems *modems,
                                                         const struct sbfota_log_event *events,
                                                         size_t count);

/** There are no more events: only then an attempt under way is one of a modem's attempts, once. @return as sbfota_log_modems_feed */
SBFOTA_API enum sbfota_log_result sbfota_log_modems_finish(struct sbfota_log_modems *modems);

/** How many modems there are: first those that have a name, in the order in which they came, then the logs that name none. */
SBFOTA_API size_t sbfota_log_modems_count(const struct sbfota_log_modems *modems);

/** One of them, by its number from 0 on. False if there is none. */
SBFOTA_API bool sbfota_log_modems_get(const struct sbfota_log_modems *modems, size_t number,
                                      struct sbfota_log_modem *modem);

/** The type of a table of modems: as sbfota_log_schema. Its columns are those of `sbfota modems -f arrow`; there is none that `raw` is
 * about. */
SBFOTA_API enum sbfota_log_result sbfota_log_modems_schema(const struct sbfota_log_table *table,
                                                           struct ArrowSchema *out);
/** Its rows: `count` modems from number `begin` on, as many of them as there are. @return as sbfota_log_batch_array */
SBFOTA_API enum sbfota_log_result sbfota_log_modems_array(const struct sbfota_log_modems *modems,
                                                          size_t begin, size_t count,
                                                          const struct sbfota_log_table *table,
                                                          struct ArrowArray *out);
/** All modems of files, with `now` as of sbfota_log_modems_new; nothing comes before all has been read. @return as sbfota_log_stream */
SBFOTA_API enum sbfota_log_result sbfota_log_modems_stream(const char *const *paths, size_t count,
                                                           const struct sbfota_log_options *options,
                                                           int64_t now,
                                                           const struct sbfota_log_table *table,
                                                           struct ArrowArrayStream *out);

/** Free them; NULL is none. */
SBFOTA_API void sbfota_log_modems_free(struct sbfota_log_modems *modems);

#ifdef __cplusplus
}
#endif

#endif
