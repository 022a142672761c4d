/* SPDX-License-Identifier: MIT
 *
 * Text from a wire or a user, in the forms that outputs need. */
#ifndef SBFOTA_CLI_PUT_H
#define SBFOTA_CLI_PUT_H

#include "capture/record.h"
#include "writer.h"

/* On a terminal: nothing that is not printable. */
void text_put_safe(struct writer *writer, struct bytes text);

/* The inside of a JSON string; what is not UTF-8 goes byte for byte as U+0000 to U+00FF. */
void json_put_text(struct writer *writer, struct bytes text);

#endif
