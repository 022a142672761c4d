/* SPDX-License-Identifier: MIT
 *
 * The procedure of the note's sections 2 and 3, with what the host asks in between. */
#include "codec/dense.h"

/* A module spells as its firmware does, so all its session long. */
struct session {
    struct dense *dense;
    uint8_t spelling;
};

static void say_number(struct session *session, unsigned kind, int32_t value)
{
    struct sbfota_event event = {.kind = (uint8_t)kind, .value = value};
    respell(&event, session->spelling);
    dense_add(session->dense, &event);
}

static void say(struct session *session, unsigned kind)
{
    struct sbfota_event event = roll_event(&session->dense->dice, kind);
    respell(&event, session->spelling);
    dense_add(session->dense, &event);
}

/* One time in `times`. */
static bool happens(struct session *session, uint32_t times)
{
    return dice_roll(&session->dense->dice, times) == 0;
}

static void say_progress(struct session *session, unsigned kind)
{
    const uint32_t step = 1 + dice_roll(&session->dense->dice, 20);
    for (uint32_t percent = 0; percent < 100; percent += 1 + dice_roll(&session->dense->dice, step))
        say_number(session, kind, (int32_t)percent);
    say_number(session, kind, 100);
}

static void end_command(struct session *session)
{
    if (!happens(session, 8))
        say(session, SBFOTA_OK);
    else
        say(session, happens(session, 2) ? SBFOTA_ERROR : SBFOTA_CME_ERROR);
}

static void boot(struct session *session)
{
    say(session, SBFOTA_RDY);
    say(session, SBFOTA_APP_RDY);
    if (happens(session, 4)) {
        say(session, SBFOTA_TEST_QCFGEXT);
        say(session, SBFOTA_RANGE);
        say(session, SBFOTA_RANGE);
        end_command(session);
    }
    if (happens(session, 2)) {
        say(session, SBFOTA_SET_DELAY);
        end_command(session);
    }
    if (happens(session, 2)) {
        say(session, SBFOTA_QUERY_DELAY);
        say(session, SBFOTA_DELAY);
        end_command(session);
    }
}

static void say_success(struct session *session, unsigned kind, uint32_t failures)
{
    if (happens(session, failures))
        say(session, kind);
    else
        say_number(session, kind, 0);
}

static void update(struct session *session)
{
    say(session, SBFOTA_HTTP_START);
    say_progress(session, SBFOTA_DOWNLOADING);
    say_success(session, SBFOTA_HTTP_END, 4);
    say(session, SBFOTA_UPDATE_TIMEOUT);
    if (happens(session, 2)) {
        say(session, SBFOTA_ACCEPT);
        end_command(session);
    }
    say(session, SBFOTA_START);
    say_progress(session, SBFOTA_UPDATING);
    if (happens(session, 8)) {
        boot(session);
        say(session, SBFOTA_RESUME);
    }
    say_progress(session, SBFOTA_RESTORE);
    say_success(session, SBFOTA_END, 4);
}

static void tell_session(struct session *session)
{
    boot(session);
    say(session, SBFOTA_POLLING_TIME);
    if (happens(session, 4)) {
        say(session, SBFOTA_POLLING_ERROR);
        return;
    }
    update(session);
    boot(session);
    say(session, SBFOTA_REPORT_START);
    say_success(session, SBFOTA_REPORT_END, 4);
    say(session, SBFOTA_POLLING_TIME);
}

bool dense_tell(struct dense *dense, size_t size, size_t room)
{
    if (!dense_begin(dense, "sessions", size, room))
        return false;
    while (!dense_is_full(dense)) {
        struct session session = {dense, (uint8_t)dice_next(&dense->dice)};
        tell_session(&session);
    }
    return true;
}
