/* SPDX-License-Identifier: MIT */
#include "log/batch/log_handle.h"

#include <stdlib.h>
#include <string.h>

#include "log/blocks/reader.h"

enum {
    THREADS_MAX = 1024
};

static size_t measure(const char *string)
{
    return string == NULL ? 0 : strlen(string) + 1;
}

static const char *copy(char **next, const char *string)
{
    return kept_copy(next, string, string == NULL ? 0 : strlen(string));
}

enum sbfota_log_result log_options_take(struct sbfota_log *log,
                                        const struct sbfota_log_options *options)
{
    struct capture_options *const taken = &log->options;
    if (options->form != NULL && (taken->form = capture_form_find(options->form)) == NULL)
        return SBFOTA_LOG_NO_FORM;
    if (options->modem_token < SBFOTA_LOG_NO_TOKEN || options->threads > THREADS_MAX)
        return SBFOTA_LOG_INVALID;
    const bool is_part = options->begin > 0 || options->end > 0;
    if (is_part && (options->all || options->sessions || options->recursive ||
                    (options->end > 0 && options->begin > options->end)))
        return SBFOTA_LOG_INVALID;
    if (is_part && (options->plan == NULL || !options->plan->splits))
        return SBFOTA_LOG_NO_SPLIT;
    char *next = log->strings = malloc(1 + measure(options->modem) + measure(options->text_field) +
                                       measure(options->time_field) +
                                       measure(options->modem_field) + measure(options->name));
    if (next == NULL)
        return SBFOTA_LOG_NO_MEMORY;
    taken->modem = copy(&next, options->modem);
    taken->names.text = copy(&next, options->text_field);
    taken->names.time = copy(&next, options->time_field);
    taken->names.modem = copy(&next, options->modem_field);
    log->feed.input.name = copy(&next, options->name);
    log->feed.input.live = options->live;
    taken->modem_from_file = options->modem_from_file;
    taken->all = options->all && !options->sessions;
    taken->recursive = options->recursive;
    taken->as_named = options->as_named;
    taken->verbose = options->notes;
    taken->live = options->live;
    taken->modem_token = options->modem_token == 0                     ? CAPTURE_TOKEN_LEARNED
                         : options->modem_token == SBFOTA_LOG_NO_TOKEN ? 0
                                                                       : options->modem_token;
    taken->threads = options->threads == 0 || is_part ? 1 : options->threads;
    taken->plan = options->plan != NULL && options->plan->splits ? options->plan : NULL;
    taken->begin = options->begin;
    taken->end = options->end;
    return SBFOTA_LOG_END;
}

enum sbfota_log_result sbfota_log_plan_make(struct sbfota_log_plan **plan, const void *head,
                                            size_t length, bool whole,
                                            const struct sbfota_log_options *options)
{
    struct sbfota_log *log;
    bool lacks = false;
    *plan = NULL;
    const enum sbfota_log_result result = log_make(&log, options);
    if (result != SBFOTA_LOG_END)
        return result;
    if (input_is_plain(head, length))
        *plan = reader_plan(&log->options, (struct bytes){length == 0 ? "" : head, length}, whole,
                            &lacks);
    else if (whole || length >= PACKED_HEAD)
        *plan = plan_make(NULL, false, (struct bytes){NULL, 0});
    else
        lacks = true;
    sbfota_log_free(log);
    return lacks ? SBFOTA_LOG_MORE : *plan == NULL ? SBFOTA_LOG_NO_MEMORY : SBFOTA_LOG_END;
}
