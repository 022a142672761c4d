/* SPDX-License-Identifier: MIT */
#include "log/blocks/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log/input/file_name.h"
#include "log/prefix/capture.h"
#include "log/prefix/learned.h"

/* `file` is the end of a name that lives as long as the source. */
static struct bytes name_modem(const char *file, const struct capture_options *options)
{
    if (options->modem != NULL)
        return (struct bytes){options->modem, strlen(options->modem)};
    if (!options->modem_from_file || file == NULL)
        return (struct bytes){NULL, 0};
    return file_name_modem(file);
}

struct source *source_new(const struct capture_options *options, const struct input *input,
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
    source->place = input_place(input);
    if (source->place != NULL) {
        source->turns = input->turns;
        turns_share(source->turns);
    } else if (name == input->name && file->log != NULL) {
        source->place = file;
    }
    source->modem =
        name_modem(source->place != NULL ? source->place->log + source->place->own
                   : name == NULL        ? NULL
                                  : source->file + strlen(name) - strlen(input_own_name(input)),
                   options);
    source->reading.names = source->bare_reading.names = &options->names;
    source->reading.modem_token = source->bare_reading.modem_token = options->modem_token;
    return source;
}

void source_release(struct source *source)
{
    if (--source->users > 0)
        return;
    order_free(&source->order);
    relearn_free(&source->relearn);
    free(source->learned[0]);
    free(source->learned[1]);
    if (source->fd >= 0)
        close(source->fd);
    turns_release(source->turns);
    free(source->file);
    free(source);
}
