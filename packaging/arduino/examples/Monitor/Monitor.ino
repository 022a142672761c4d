/* SPDX-License-Identifier: MIT
 *
 * Follows a firmware update of the BG96 on Serial1 and tells of it on Serial. What is not ours goes to your own code. */
#include <sbfota.h>

static sbfota_parser parser;
static sbfota_session session;
static unsigned char last_phase;

void setup()
{
    Serial.begin(115200);
    Serial1.begin(115200);
    sbfota_parser_init(&parser);
    sbfota_session_init(&session);
    Serial.println(F("waiting for the modem"));
}

static void tell()
{
    const unsigned char phase = sbfota_session_phase(&session);
    if (phase != last_phase) {
        Serial.print(F("phase "));
        Serial.print(sbfota_phase_name(phase));
        Serial.println(sbfota_session_power(&session) == SBFOTA_POWER_SAFE ? F(", the power may be cut")
                                                                           : F(", do not cut the power"));
        last_phase = phase;
    }
}

void loop()
{
    while (Serial1.available() > 0) {
        const unsigned char byte = Serial1.read();
        sbfota_event event;
        sbfota_parse(&parser, &byte, 1, &event);
        if (event.kind == SBFOTA_NONE || event.kind == SBFOTA_OTHER)
            continue;
        sbfota_change change;
        sbfota_session_feed(&session, &event, (int64_t)millis(), &change);
        tell();
    }
}
