/* SPDX-License-Identifier: MIT */
#include "log/batch/log_handle.h"
#include "log/batch/plan.h"

#include <stdlib.h>
#include <string.h>

enum {
    THREADS_MAX = 1024
};

static size_t measure(const char *string)
{
    return string == NULL ? 0 : strlen(string) + 1;
}

static const char *copy(char **next, const char *string)
{
    char *const to = *next;
    const size_t size = measure(string);
    if (string == NULL)
        return NULL;
    memcpy(to, string, size);
    *next += size;
    return to;
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
