/* SPDX-License-Identifier: MIT
 *
 * Of Zephyr's modem_chat, what the sample uses: the fields and names of its documentation. */
#ifndef STUB_CHAT_H
#define STUB_CHAT_H

#include <zephyr/kernel.h>

struct modem_pipe;
struct modem_chat;
typedef void (*modem_chat_match_callback)(struct modem_chat *chat, char **argv, uint16_t argc,
                                          void *user_data);

struct modem_chat_match {
    const uint8_t *match;
    uint8_t match_size;
    const uint8_t *separators;
    uint8_t separators_size;
    modem_chat_match_callback callback;
};

#define MODEM_CHAT_MATCH(match_, separators_, callback_)                                          \
    {                                                                                             \
        .match = (const uint8_t *)(match_), .match_size = sizeof(match_) - 1,                     \
        .separators = (const uint8_t *)(separators_), .separators_size = sizeof(separators_) - 1, \
        .callback = (callback_)                                                                   \
    }

struct modem_chat_config {
    void *user_data;
    uint8_t *receive_buf;
    uint16_t receive_buf_size;
    uint8_t *delimiter;
    uint8_t delimiter_size;
    uint8_t *filter;
    uint8_t filter_size;
    uint8_t **argv;
    uint16_t argv_size;
    const struct modem_chat_match *unsol_matches;
    uint16_t unsol_matches_size;
};

struct modem_chat {
    struct modem_chat_config config;
};

int modem_chat_init(struct modem_chat *chat, const struct modem_chat_config *config);
int modem_chat_attach(struct modem_chat *chat, struct modem_pipe *pipe);
int modem_pipe_open(struct modem_pipe *pipe, k_timeout_t timeout);

#endif
