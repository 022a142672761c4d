/* SPDX-License-Identifier: MIT */
#include "tool/traffic.h"

/* Who speaks, then the line; a # is a digit. What the module sends by itself: */
static const char *const reports[][2] = {
    {"<$GPRMC,12##52.00,A,35##.######,N,139##.######,E,0.#,1##.#,010326,,,A*5#"},
    {"<$GPGGA,12##52.00,35##.######,N,139##.######,E,1,0#,0.#,4#.#,M,39.0,M,,*7#"},
    {"<$GPGSA,A,3,0#,1#,1#,2#,3#,,,,,,,,1.#,0.#,1.#*3#"},
    {"<$GPGSV,3,1,11,0#,6#,2##,4#,1#,5#,1##,3#,1#,3#,0##,3#,2#,2#,3##,2#*7#"},
    {"<$GPVTG,1##.#,T,1##.#,M,0.#,N,0.#,K,A*2#"},
    {"<+QMTRECV: 0,####,\"devices/######/command\",\"{\"id\":#####,\"relay\":#,\"hold\":##}\""},
    {"<+QMTRECV: 0,####,\"devices/######/config\",\"{\"interval\":###,\"threshold\":-##.#}\""},
    {"<+QIND: \"csq\",2#,99"},
};

static const char *const talks[][8] = {
    {">AT+CSQ", "<+CSQ: 2#,99", "<OK"},
    {">AT+CREG?;+CEREG?", "<+CREG: 2,1,\"1#A#\",\"01##C#0#\",8",
     "<+CEREG: 2,1,\"1#A#\",\"01##C#0#\",8", "<OK"},
    {">AT+QENG=\"servingcell\"",
     "<+QENG: \"servingcell\",\"NOCONN\",\"CAT-M\",\"FDD\",440,20,1#B####,###,6###,8,5,5,1#,-1##",
     "<OK"},
    {">AT+QMTPUB=0,####,1,0,\"devices/######/state\"", "<> ",
     ">{\"ts\":177236####,\"t\":2#.##,\"rh\":4#.#,\"battery\":3.##,\"rssi\":-##,\"uptime\":######}",
     "<OK", "<+QMTPUB: 0,####,0"},
    {">AT+QMTPUB=0,####,1,0,\"devices/######/position\"", "<> ",
     ">{\"ts\":177236####,\"lat\":35.######,\"lon\":139.######,\"hdop\":1.#,\"sats\":1#}", "<OK",
     "<+QMTPUB: 0,####,0"},
    {">AT+QISEND=1,###", "<> ", "<SEND OK", "<+QIURC: \"recv\",1,##"},
    {">AT+QPING=1,\"192.0.2.##\"", "<OK", "<+QPING: 0,\"192.0.2.##\",32,##,255",
     "<+QPING: 0,4,4,0,##,1##,##"},
    {">AT+CCLK?", "<+CCLK: \"26/03/01,12:##:##+36\"", "<OK"},
    {">AT+QGPSLOC=2", "<+CME ERROR: 516"},
    {">AT+COPS?", "<+COPS: 0,0,\"SoftBank\",8", "<OK"},
    {"<+QIND: \"act\",\"CAT-M1\""},
};

/* Positions come every second: of what begins, three in four are reports. */
static const char *const *begin(struct dice *dice)
{
    if (dice_roll(dice, 4) != 0)
        return reports[dice_roll(dice, sizeof reports / sizeof reports[0])];
    return talks[dice_roll(dice, sizeof talks / sizeof talks[0])];
}

static size_t fill_in(const char *pattern, struct dice *dice, char line[TRAFFIC_LINE_MAX])
{
    size_t length = 0;
    for (; pattern[length] != '\0'; length++)
        line[length] = pattern[length] == '#' ? (char)('0' + dice_roll(dice, 10)) : pattern[length];
    return length;
}

size_t talk_on(struct talk *talk, struct dice *dice, char line[TRAFFIC_LINE_MAX], bool *from_host)
{
    if (talk->next == NULL)
        talk->next = begin(dice);
    const char *const pattern = *talk->next++;
    *from_host = pattern[0] == '>';
    if (*talk->next == NULL)
        talk->next = NULL;
    return fill_in(pattern + 1, dice, line);
}
