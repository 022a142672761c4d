/* SPDX-License-Identifier: MIT
 *
 * What the arrays of columns are. */
#include "log/tables/arrow_c.h"

#include <stdlib.h>

static void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i] != NULL && schema->children[i]->release != NULL)
            schema->children[i]->release(schema->children[i]);
        free(schema->children[i]);
    }
    free(schema->children);
    if (schema->dictionary != NULL && schema->dictionary->release != NULL)
        schema->dictionary->release(schema->dictionary);
    free(schema->dictionary);
    schema->release = NULL;
}

/* The analyser loses sight of children that make_schema has made.
 * NOLINTBEGIN(clang-analyzer-core.NullDereference) */

/* Room for children, which have no `release` yet. */
static bool make_schema(struct ArrowSchema *out, const char *format, const char *name,
                        int64_t children)
{
    *out = (struct ArrowSchema){
        .format = format, .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
    if (children == 0)
        return true;
    out->children = calloc((size_t)children, sizeof *out->children);
    if (out->children == NULL)
        return false;
    out->n_children = children;
    for (int64_t i = 0; i < children; i++)
        if ((out->children[i] = calloc(1, sizeof **out->children)) == NULL)
            return false;
    return true;
}

const char *arrow_format(enum column_type type, bool plain)
{
    switch (type) {
    case COLUMN_INT32: return "i";
    case COLUMN_INT64: return "l";
    case COLUMN_BOOL: return "b";
    case COLUMN_TIME: return "tsu:UTC";
    case COLUMN_WORD: return plain ? "u" : "c";
    case COLUMN_WORDS: return "+l";
    case COLUMN_NAME: return plain ? "u" : "i";
    case COLUMN_TEXT: return "u";
    }
    return "n";
}

static bool has_dictionary(enum column_type type, bool plain)
{
    return !plain && (type == COLUMN_WORD || type == COLUMN_NAME);
}

/* The strings of schemas are literals and the names of fields: nothing to free. */
static bool field_schema(const struct column_field *field, bool plain, struct ArrowSchema *out)
{
    if (!make_schema(out, arrow_format(field->type, plain), field->name,
                     field->type == COLUMN_WORDS))
        return false;
    if (field->type == COLUMN_WORDS) {
        if (!make_schema(out->children[0], "u", "item", 0))
            return false;
        out->children[0]->flags = 0;
    }
    if (has_dictionary(field->type, plain)) {
        out->dictionary = calloc(1, sizeof *out->dictionary);
        return out->dictionary != NULL && make_schema(out->dictionary, "u", "", 0);
    }
    return true;
}

bool arrow_schema(const struct columns *columns, bool plain, struct ArrowSchema *out)
{
    bool good = make_schema(out, "+s", "", columns_selected_count(columns));
    out->flags = 0;
    for (unsigned i = 0, child = 0; good && i < columns->fields.count; i++)
        if (columns->selected >> i & 1)
            good = field_schema(&columns->fields.list[i], plain, out->children[child++]);
    if (!good)
        out->release(out);
    return good;
}

/* NOLINTEND(clang-analyzer-core.NullDereference) */
