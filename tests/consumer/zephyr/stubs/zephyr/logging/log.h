/* SPDX-License-Identifier: MIT */
#ifndef STUB_LOG_H
#define STUB_LOG_H

#include <stdio.h>

#define LOG_MODULE_REGISTER(...) extern int stub_log
#define LOG_INF(...) (printf(__VA_ARGS__), putchar('\n'))
#define LOG_ERR(...) LOG_INF(__VA_ARGS__)

#endif
