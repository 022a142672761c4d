/* SPDX-License-Identifier: MIT */
#include "log/prefix/nest.h"

void nest_read(const struct learned *learned, bool torn, struct line *line)
{
    struct line inner;
    const char *const begin = line->text.data;
    const char *const end = begin + line->text.length;
    if (!wire_shows(line->escapes))
        return;
    if (!learned_line_read(learned, torn, begin, end, &inner) || inner.role != LINE_RECORD ||
        inner.text.data > end || inner.text.length > (size_t)(end - inner.text.data))
        return;
    line->text = inner.text;
    line->lossy = inner.lossy;
    line_add(line, &inner);
}
