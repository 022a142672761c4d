/* SPDX-License-Identifier: MIT
 *
 * Any JSON Lines: encode makes bytes of them or says what is wrong, and what it has made is decoded
 * and encoded to the same bytes. */
#include "tool.h"
#include "valid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct options options = {.format = OUTPUT_JSONL, .colour = COLOUR_NEVER};
    options.capture.form = capture_form_find("raw");
    options.capture.all = true;
    options.capture.threads = 1;
    if (size > 60000)
        return 0;
    struct tool_result wire = tool_run(encode_run, &options, data, size, TOOL_FILE);
    CHECK(wire.status == EXIT_DONE || wire.status == EXIT_TROUBLE);
    if (wire.length > 0 && wire.length < 60000) {
        struct tool_result again =
            tool_run(decode_run, &options, wire.output, wire.length, TOOL_FILE);
        valid_jsonl(again.output, again.length, true);
        free(again.output);
    }
    free(wire.output);
    return 0;
}
