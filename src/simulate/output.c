/* SPDX-License-Identifier: MIT
 *
 * What the module says: lines with the time when they are due, in the order of these. */
#include <stdio.h>
#include <string.h>

#include <sbfota/sbfota.h>

#include "simulate/internal.h"

bool module_fails(struct module *module, enum module_fault fault)
{
    const uint8_t often = module->options.faults[fault];
    if (module->now < module->fault_until[fault])
        return true;
    if (module->fault_counts[fault] > 0) {
        module->fault_counts[fault]--;
        return true;
    }
    return often > 0 && dice_roll(&module->dice, 256) < often;
}

int64_t module_in(struct module *module, uint32_t least, uint32_t most)
{
    return module->now + least + dice_roll(&module->dice, most - least + 1);
}

/* Its place among the lines: behind those that are due at the same time, and behind one that has been sent in part. */
static struct module_line *make_room(struct module *module, int64_t due)
{
    size_t place = module->line_count;
    if (place == MODULE_LINES) {
        module->lines_dropped++;
        return NULL;
    }
    while (place > 0 && module->lines[place - 1].due > due && module->lines[place - 1].sent == 0)
        place--;
    struct module_line *const line = &module->lines[place];
    memmove(line + 1, line, (module->line_count - place) * sizeof *line);
    module->line_count++;
    return line;
}

static void add_line(struct module *module, const char *bytes, size_t length, int64_t due,
                     bool tells)
{
    if (module_fails(module, MODULE_LOST))
        return;
    struct module_line *const line = make_room(module, due);
    if (line == NULL)
        return;
    if (length > MODULE_LINE_MAX)
        length = MODULE_LINE_MAX;
    line->due = due;
    line->length = (uint16_t)length;
    line->sent = 0;
    line->phase = module->phase;
    line->tells = tells;
    line->pauses = module_fails(module, MODULE_TORN) ? 3 : 0;
    memcpy(line->text, bytes, length);
}

/* Bytes that no line of the module has, between line ends. */
static void make_noise(struct module *module, int64_t due)
{
    char noise[40];
    const size_t length = 4 + dice_roll(&module->dice, sizeof noise - 4);
    for (size_t i = 0; i < length; i++) {
        noise[i] = (char)dice_roll(&module->dice, 256);
        if (noise[i] == '\r' || noise[i] == '\n')
            noise[i] = '+';
    }
    noise[0] = noise[length - 2] = '\r';
    noise[1] = noise[length - 1] = '\n';
    add_line(module, noise, length, due, false);
}

void module_make_noise(struct module *module, int64_t now)
{
    module_advance(module, now);
    make_noise(module, now);
}

void module_put(struct module *module, const char *bytes, size_t length, int64_t due)
{
    if (module_fails(module, MODULE_GARBAGE))
        make_noise(module, due);
    add_line(module, bytes, length, due, false);
}

void module_print(struct module *module, const char *text, int64_t due)
{
    char line[MODULE_LINE_MAX + 1];
    const int length = snprintf(line, sizeof line, "\r\n%s\r\n", text);
    module_put(module, line, (size_t)length, due);
}

/* Does the host know by it what the module is at? A boot message and a result code tell nothing of that. */
static bool tells_phase(unsigned kind)
{
    return kind >= SBFOTA_POLLING_TIME && kind <= SBFOTA_REPORT_END;
}

void module_say(struct module *module, unsigned kind, int32_t value, int64_t due)
{
    char line[MODULE_LINE_MAX];
    struct sbfota_event event = {.kind = (uint8_t)kind, .value = value};
    event.spelling = module->options.spelling;
    const ptrdiff_t length =
        sbfota_format(&event, NULL, SBFOTA_FORMAT_FRAMED | SBFOTA_FORMAT_OWN, line, sizeof line);
    if (module_fails(module, MODULE_GARBAGE))
        make_noise(module, due);
    add_line(module, line, (size_t)length, due, tells_phase(kind));
}

/* The first line has been sent whole. */
static void drop_first(struct module *module)
{
    module->line_count--;
    memmove(module->lines, module->lines + 1, module->line_count * sizeof module->lines[0]);
}

/* How much of the first line comes at once: in four pieces at most. */
static size_t piece_of(struct module *module, const struct module_line *line)
{
    const size_t left = (size_t)line->length - line->sent;
    return line->pauses > 0 && left > 1 ? 1 + dice_roll(&module->dice, (uint32_t)left) : left;
}

size_t module_send(struct module *module, int64_t now, char *bytes, size_t capacity)
{
    module_advance(module, now);
    if (module->line_count == 0 || module->lines[0].due > now)
        return 0;
    struct module_line *const line = &module->lines[0];
    size_t length = piece_of(module, line);
    if (length > capacity)
        length = capacity;
    memcpy(bytes, line->text + line->sent, length);
    line->sent = (uint16_t)(line->sent + length);
    /* Its text ends with the <CR>. */
    if (line->tells && line->sent >= line->length - 1)
        module->told = line->phase;
    if (line->sent == line->length) {
        drop_first(module);
    } else if (line->pauses > 0) {
        line->pauses--;
        line->due = module_in(module, 1, 50);
    }
    return length;
}
