/* SPDX-License-Identifier: MIT
 *
 * FreeRTOS-Cellular-Interface: beside its packet reader. Hooks in at the input buffer callback: call sbfota_attach(pContext) in
 * Cellular_ModuleEnableUE, and sbfota_run(pContext) in a task of your own, again and again. The reader hands over its buffer
 * at a line's start; a line of ours is taken out of it, so that it never reaches the URC tables. The interface adds the line
 * end to a command and takes the result code itself; the host is given the line that it stands for. The interface is not
 * here: stubs/ declares what is used of it. */
#include <string.h>

#include <sbfota/host.h>

#include "cellular_common.h"

#include "board.h"

static struct sbfota_host host;
static PlatformMutex_t lock; /* the callback runs in the reader's task */

static void take_line(const char *line, size_t length)
{
    PlatformMutex_Lock(&lock);
    sbfota_host_line(&host, line, length, board_milliseconds());
    PlatformMutex_Unlock(&lock);
}

static CellularPktStatus_t on_input(void *context, char *buffer, uint32_t length, uint32_t *handled)
{
    struct sbfota_event event;
    const size_t used = sbfota_decode_line(buffer, length, &event);
    const char *const line = buffer + event.lead;
    (void)context;
    *handled = 0;
    if (event.kind == SBFOTA_BLANK || !sbfota_is_ours(line, (size_t)event.length))
        return CELLULAR_PKT_STATUS_PREFIX_MISMATCH;
    if (event.ending == SBFOTA_ENDING_NONE)
        return CELLULAR_PKT_STATUS_SIZE_MISMATCH; /* the rest of the line is to come */
    *handled = (uint32_t)used;
    take_line(line, (size_t)event.length);
    return CELLULAR_PKT_STATUS_OK;
}

void sbfota_attach(CellularContext_t *pContext)
{
    PlatformMutex_Create(&lock, false);
    sbfota_host_init(&host, 30);
    _Cellular_RegisterInputBufferCallback(pContext, on_input, NULL);
}

void sbfota_run(CellularContext_t *pContext)
{
    char text[SBFOTA_HOST_ROOM + 1];
    const CellularAtReq_t request = {text, CELLULAR_AT_NO_RESULT, NULL, NULL, NULL, 0};
    struct sbfota_event command;
    struct sbfota_change change;
    uint32_t again;
    PlatformMutex_Lock(&lock);
    sbfota_host_ready(&host, board_tasks_stopped());
    board_allow_power_cut(sbfota_host_may_cut(&host));
    const bool is_one = sbfota_host_next(&host, board_milliseconds(), &command, &change, &again);
    PlatformMutex_Unlock(&lock);
    if (!is_one) {
        Platform_Delay(again < 500 ? again : 500);
        return;
    }
    text[sbfota_format(&command, NULL, SBFOTA_FORMAT_CANONICAL, text, SBFOTA_HOST_ROOM)] = '\0';
    /* The answer to the query, +QCFGEXT: "sbfota_delay",<time>, comes through on_input. */
    const CellularPktStatus_t status =
        _Cellular_TimeoutAtcmdRequestWithCallback(pContext, request, 300);
    if (status == CELLULAR_PKT_STATUS_OK)
        take_line("OK", 2);
    else if (status != CELLULAR_PKT_STATUS_TIMED_OUT)
        take_line("ERROR", 5);
}
