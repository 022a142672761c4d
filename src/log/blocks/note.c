/* SPDX-License-Identifier: MIT */
#include "log/blocks/note.h"

#include <stdarg.h>
#include <stdio.h>

struct note note_make(enum told told, uint64_t byte, const char *format, ...)
{
    struct note note = {.told = told, .byte = byte};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(note.text, sizeof note.text, format, arguments);
    va_end(arguments);
    return note;
}
