/* SPDX-License-Identifier: MIT
 *
 * Names that change where the story does not: those of programs, threads and functions that speak with one modem in turns. */
#ifndef SBFOTA_LOG_ONE_STORY_H
#define SBFOTA_LOG_ONE_STORY_H

#include "log/form/lesson.h"

/* Do the messages of all that would be modems by their names make one story in which each can come where it does, while those of each
 * name alone make none, or each is of one side? Names with numbers are modems' where marks stand behind them, and elsewhere if hardly anything
 * is missing in their stories. */
bool is_one_story(const struct lesson *lesson);

#endif
