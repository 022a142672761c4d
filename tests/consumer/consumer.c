/* SPDX-License-Identifier: MIT
 *
 * A user's program: decodes one line, and touches each part of the library. */
#include <string.h>

#include <sbfota/host.h>
#include <sbfota/texts.h>

int main(void)
{
    static const char line[] = "\r\n+QIND: \"SBFOTA\",\"UPDATING\",40%\r\n";
    struct sbfota_event event;
    sbfota_decode_line(line, sizeof line - 1, &event);
    if (event.kind != SBFOTA_UPDATING || event.value != 40)
        return 1;
    struct sbfota_host host;
    char command[SBFOTA_HOST_ROOM];
    uint32_t again;
    if (!sbfota_host_init(&host, 30) || sbfota_host_line(&host, line, sizeof line - 1, 0))
        return 3;
    if (sbfota_session_phase(sbfota_host_session(&host)) != SBFOTA_PHASE_UPDATE)
        return 4;
    if (sbfota_host_poll(&host, 0, command, sizeof command, &again) != 0 ||
        sbfota_host_may_cut(&host))
        return 5;
    return strcmp(sbfota_message(event.kind)->name, "updating") == 0 ? 0 : 2;
}
