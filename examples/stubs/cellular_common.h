/* SPDX-License-Identifier: MIT
 *
 * What the example uses of FreeRTOS-Cellular-Interface, declared by us after its documentation; not that library. */
#ifndef STUBS_CELLULAR_COMMON_H
#define STUBS_CELLULAR_COMMON_H

#include <stdbool.h>
#include <stdint.h>

typedef struct CellularContext CellularContext_t;
typedef struct CellularATCommandResponse CellularATCommandResponse_t;
typedef struct PlatformMutex {
    int handle;
} PlatformMutex_t;

typedef enum CellularPktStatus {
    CELLULAR_PKT_STATUS_OK,
    CELLULAR_PKT_STATUS_TIMED_OUT,
    CELLULAR_PKT_STATUS_FAILURE,
    CELLULAR_PKT_STATUS_PREFIX_MISMATCH,
    CELLULAR_PKT_STATUS_SIZE_MISMATCH
} CellularPktStatus_t;

typedef enum CellularATCommandType {
    CELLULAR_AT_NO_RESULT
} CellularATCommandType_t;

typedef CellularPktStatus_t (*CellularATCommandResponseReceivedCallback_t)(
    CellularContext_t *pContext, const CellularATCommandResponse_t *pAtResp, void *pData,
    uint16_t dataLen);

typedef struct CellularAtReq {
    const char *pAtCmd;
    CellularATCommandType_t atCmdType;
    const char *pAtRspPrefix;
    CellularATCommandResponseReceivedCallback_t respCallback;
    void *pData;
    uint16_t dataLen;
} CellularAtReq_t;

typedef CellularPktStatus_t (*CellularInputBufferCallback_t)(void *pContext, char *pBuffer,
                                                             uint32_t bufferLength,
                                                             uint32_t *pBufferLengthHandled);

CellularPktStatus_t _Cellular_RegisterInputBufferCallback(CellularContext_t *pContext,
                                                          CellularInputBufferCallback_t callback,
                                                          void *pCallbackContext);
CellularPktStatus_t _Cellular_TimeoutAtcmdRequestWithCallback(CellularContext_t *pContext,
                                                              CellularAtReq_t atReq,
                                                              uint32_t timeoutMs);
bool PlatformMutex_Create(PlatformMutex_t *pMutex, bool recursive);
void PlatformMutex_Lock(PlatformMutex_t *pMutex);
void PlatformMutex_Unlock(PlatformMutex_t *pMutex);
void Platform_Delay(uint32_t delayMs);

/* The example's own. */
void sbfota_attach(CellularContext_t *pContext);
void sbfota_run(CellularContext_t *pContext);

#endif
