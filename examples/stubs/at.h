/* SPDX-License-Identifier: MIT
 *
 * What the example uses of RT-Thread's AT client, declared by us after its documentation; not RT-Thread. */
#ifndef STUBS_AT_H
#define STUBS_AT_H

#include <rtthread.h>

typedef struct at_client *at_client_t;

struct at_urc {
    const char *cmd_prefix, *cmd_suffix;
    void (*func)(struct at_client *client, const char *data, rt_size_t size);
};

struct at_response {
    rt_size_t line_counts;
};
typedef struct at_response *at_response_t;

int at_obj_set_urc_table(at_client_t client, const struct at_urc *table, rt_size_t size);
at_response_t at_create_resp(rt_size_t buffer_size, rt_size_t line_count, rt_int32_t timeout);
void at_delete_resp(at_response_t response);
const char *at_resp_get_line(at_response_t response, rt_size_t line);
int at_obj_exec_cmd(at_client_t client, at_response_t response, const char *command, ...);

/* The example's own. */
void sbfota_attach(at_client_t modem);
void sbfota_thread(void *parameter);

#endif
