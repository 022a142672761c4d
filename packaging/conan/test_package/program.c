/* SPDX-License-Identifier: MIT */
#include <sbfota/sbfota.h>

int main(void)
{
    static const char line[] = "+QIND: \"SBFOTA\",\"UPDATING\",40%\r\n";
    struct sbfota_event event;
    sbfota_decode_line(line, sizeof line - 1, &event);
    return event.kind == SBFOTA_UPDATING && event.value == 40 ? 0 : 1;
}
