/* SPDX-License-Identifier: MIT */
#include "cli/report/report.h"

#include <stdlib.h>
#include <string.h>

static struct report_file *find(struct report_inputs *inputs, const char *name)
{
    static const char no_name[] = "";
    const char *const text = name == NULL ? no_name : name;
    const uint32_t before = inputs->names.count;
    const uint32_t number = names_add(&inputs->names, (struct bytes){text, strlen(text)});
    if (number == NAME_UNKNOWN)
        return NULL;
    if (number >= inputs->capacity) {
        const uint32_t capacity = (number + 32) * 2;
        struct report_file *const files = realloc(inputs->files, capacity * sizeof *files);
        if (files == NULL)
            return NULL;
        inputs->files = files;
        inputs->capacity = capacity;
    }
    if (number == before)
        inputs->files[number] = (struct report_file){.lines = 0};
    return &inputs->files[number];
}

void report_inputs_add(struct report_inputs *inputs, const struct block *block, size_t events)
{
    struct report_file *const file = inputs->no_memory ? NULL : find(inputs, block->file);
    if (file == NULL) {
        inputs->no_memory = true;
        return;
    }
    file->lines += block->lines;
    file->events += events;
    if (file->form == NULL && events > 0)
        file->form = block->form;
}

void report_inputs_note(struct report_inputs *inputs, const char *file, const char *message)
{
    if (inputs->note_count++ >= REPORT_NOTES)
        return;
    struct report_note *const note = &inputs->notes[inputs->note_count - 1];
    note->file = file == NULL ? NULL : strdup(file);
    note->message = strdup(message);
    inputs->no_memory =
        inputs->no_memory || note->message == NULL || (file != NULL && note->file == NULL);
}

void report_inputs_free(struct report_inputs *inputs)
{
    for (size_t i = 0; i < REPORT_NOTES; i++) {
        free(inputs->notes[i].file);
        free(inputs->notes[i].message);
    }
    names_free(&inputs->names);
    free(inputs->files);
}
