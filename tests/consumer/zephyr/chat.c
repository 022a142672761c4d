/* SPDX-License-Identifier: MIT
 *
 * A modem_chat for the sample, as its documentation describes it: drops what is filtered, cuts lines at the delimiter, takes
 * the first match that a line begins with, and cuts the rest at the match's separators. Its traffic comes when the sample has
 * attached. */
#include <string.h>

#include <zephyr/device.h>
#include <zephyr/modem/backend/uart.h>
#include <zephyr/modem/chat.h>

const struct device *const stub_device = NULL;

static const char traffic[] = "\r\nRDY\r\n\r\nAPP RDY\r\n\r\n+CREG: 1,5\r\n"
                              "\r\n+QIND: \"SBFOTA\",\"START\"\r\n"
                              "\r\n+QIND: \"SBFOTA\",\"UPDATING\",40%\r\n"
                              "\r\n+QIND: \"FOTA\",\"END\",0\r\n"
                              "\r\n+QIND: \"SBFOTA\",\"END\",0\r\n";

int64_t k_uptime_get(void)
{
    return 1000;
}

struct modem_pipe *modem_backend_uart_init(struct modem_backend_uart *backend,
                                           const struct modem_backend_uart_config *config)
{
    (void)config;
    return (struct modem_pipe *)(void *)backend;
}

int modem_pipe_open(struct modem_pipe *pipe, k_timeout_t timeout)
{
    (void)timeout;
    return pipe == NULL ? -1 : 0;
}

int modem_chat_init(struct modem_chat *chat, const struct modem_chat_config *config)
{
    chat->config = *config;
    return 0;
}

static void handle(struct modem_chat *chat, char *line)
{
    const struct modem_chat_config *const config = &chat->config;
    for (uint16_t i = 0; i < config->unsol_matches_size; i++) {
        const struct modem_chat_match *const match = &config->unsol_matches[i];
        if (strncmp(line, (const char *)match->match, match->match_size) != 0)
            continue;
        char prefix[64] = {0};
        char separators[8] = {0};
        char **const argv = (char **)config->argv;
        uint16_t argc = 0;
        memcpy(prefix, match->match, match->match_size);
        memcpy(separators, match->separators, match->separators_size);
        argv[argc++] = prefix;
        for (char *rest = line + match->match_size; *rest != '\0' && argc < config->argv_size;) {
            const size_t length = strcspn(rest, separators);
            const char end = rest[length];
            rest[length] = '\0';
            argv[argc++] = rest;
            rest += length + (end != '\0');
        }
        match->callback(chat, argv, argc, config->user_data);
        return;
    }
}

int modem_chat_attach(struct modem_chat *chat, struct modem_pipe *pipe)
{
    char line[300];
    size_t length = 0;
    (void)pipe;
    for (const char *byte = traffic; *byte != '\0'; byte++) {
        if (memchr(chat->config.filter, *byte, chat->config.filter_size) != NULL)
            continue;
        if ((uint8_t)*byte != chat->config.delimiter[0]) {
            line[length++] = *byte;
            continue;
        }
        line[length] = '\0';
        if (length > 0)
            handle(chat, line);
        length = 0;
    }
    return 0;
}
