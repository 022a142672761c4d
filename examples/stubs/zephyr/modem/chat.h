/* SPDX-License-Identifier: MIT
 *
 * What the example uses of Zephyr's modem_chat, declared by us after its documentation; not Zephyr. */
#ifndef STUBS_ZEPHYR_MODEM_CHAT_H
#define STUBS_ZEPHYR_MODEM_CHAT_H

#include <stdbool.h>
#include <stdint.h>

struct modem_chat;

typedef void (*modem_chat_match_callback)(struct modem_chat *chat, char **argv, uint16_t argc,
					  void *user_data);

struct modem_chat_match {
	const char *match, *separators;
	modem_chat_match_callback callback;
	bool wildcards, partial;
};

struct modem_chat_script_chat {
	const char *request;
	const struct modem_chat_match *response_matches;
	uint16_t response_matches_size;
};

enum modem_chat_script_result {
	MODEM_CHAT_SCRIPT_RESULT_SUCCESS,
	MODEM_CHAT_SCRIPT_RESULT_ABORT,
	MODEM_CHAT_SCRIPT_RESULT_TIMEOUT
};

typedef void (*modem_chat_script_callback)(struct modem_chat *chat,
					   enum modem_chat_script_result result, void *user_data);

struct modem_chat_script {
	const struct modem_chat_script_chat *script_chats;
	uint16_t script_chats_size;
	const struct modem_chat_match *abort_matches;
	uint16_t abort_matches_size;
	modem_chat_script_callback callback;
	uint32_t timeout;
};

struct modem_chat_config {
	const struct modem_chat_match *unsol_matches;
	uint16_t unsol_matches_size;
};

#define MODEM_CHAT_MATCH_INITIALIZER(text, separators, callback, wildcards, partial) \
	{text, separators, callback, wildcards, partial}
#define MODEM_CHAT_MATCH(text, separators, callback) \
	MODEM_CHAT_MATCH_INITIALIZER(text, separators, callback, false, false)
#define MODEM_CHAT_MATCHES_DEFINE(name, ...) \
	static const struct modem_chat_match name[] = {__VA_ARGS__}

bool modem_chat_is_running(struct modem_chat *chat);
int modem_chat_run_script_async(struct modem_chat *chat, const struct modem_chat_script *script);
int modem_chat_script_chat_set_request(struct modem_chat_script_chat *chat, const char *request);
void modem_chat_script_chat_init(struct modem_chat_script_chat *chat);
int modem_chat_script_chat_set_response_matches(struct modem_chat_script_chat *chat,
						const struct modem_chat_match *matches,
						uint16_t count);
void modem_chat_script_init(struct modem_chat_script *script);
int modem_chat_script_set_script_chats(struct modem_chat_script *script,
				       const struct modem_chat_script_chat *chats, uint16_t count);
int modem_chat_script_set_abort_matches(struct modem_chat_script *script,
					const struct modem_chat_match *matches, uint16_t count);
void modem_chat_script_set_callback(struct modem_chat_script *script,
				    modem_chat_script_callback callback);
void modem_chat_script_set_timeout(struct modem_chat_script *script, uint32_t seconds);

/* The example's own. */
void sbfota_chat_configure(struct modem_chat_config *config);
void sbfota_chat_start(struct modem_chat *modem);

#endif
