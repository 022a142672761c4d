/* SPDX-License-Identifier: MIT
 *
 * log_table FILE...: what the modems of logs said, one line an event. */
#include <sbfota/log.h>

#include <stdio.h>

static void print(const struct sbfota_log_event *event)
{
    printf("%-24s %-12s %8llu  %.*s\n", event->time == NULL ? "" : event->time,
           event->modem == NULL ? "" : event->modem, (unsigned long long)event->line,
           (int)event->text_length, event->text == NULL ? "" : event->text);
}

static void tell(const struct sbfota_log_message *message)
{
    fprintf(stderr, "%s: %s\n", message->file == NULL ? "standard input" : message->file,
            message->text);
}

int main(int argc, char **argv)
{
    struct sbfota_log *log;
    struct sbfota_log_batch *batch;
    enum sbfota_log_result result =
        sbfota_log_open(&log, (const char *const *)argv + 1, (size_t)(argc - 1), NULL);
    while (result >= 0 && (result = sbfota_log_next(log, &batch)) > 0) {
        for (size_t i = 0; result == SBFOTA_LOG_BATCH && i < batch->count; i++)
            print(&batch->events[i]);
        if (result == SBFOTA_LOG_MESSAGE)
            tell(sbfota_log_message(log));
        sbfota_log_batch_free(batch);
    }
    sbfota_log_free(log);
    return result < 0;
}
