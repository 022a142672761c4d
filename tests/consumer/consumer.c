/* SPDX-License-Identifier: MIT
 *
 * A user's program: decodes one line, and touches both halves of the library. */
#include <string.h>

#include <sbfota/sbfota.h>
#include <sbfota/texts.h>

int main(void)
{
    static const char line[] = "\r\n+QIND: \"SBFOTA\",\"UPDATING\",40%\r\n";
    struct sbfota_event event;
    sbfota_decode_line(line, sizeof line - 1, &event);
    if (event.kind != SBFOTA_UPDATING || event.value != 40)
        return 1;
    return strcmp(sbfota_message(event.kind)->name, "updating") == 0 ? 0 : 2;
}
