/* SPDX-License-Identifier: MIT
 *
 * The host's side of the dialogue: the delay, and accept. */
#include "host_script.h"

Test(delay, is_set_if_it_differs)
{
    static const struct script_case cases[] = {
        {"it is right", 30, "delay=30 ok +60000", "query@0 verified"},
        {"it differs", 30, "delay=0 ok ok delay=30 ok +60000", "query@0 set=30@0 query@0 verified"},
        {"of 0", 0, "delay=60 ok ok delay=0 ok +60000", "query@0 set=0@0 query@0 verified"},
        {"of 60", 60, "delay=60 ok", "query@0 verified"},
        {"the module tells one out of range", 30, "delay=61 ok", "query@0 set=30@0 pending"},
        {"the module tells a negative one", 30, "delay=-226 ok", "query@0 set=30@0 pending"},
        {"left alone", SBFOTA_NO_DELAY, "rdy app_rdy +60000", "any"},
        {"one that no module has is left alone", 61, "rdy app_rdy +60000", "any"},
        {"another one is wanted", 30, "delay=30 ok want=20 delay=30 ok ok delay=20 ok",
         "query@0 query@0 set=20@0 query@0 verified"},
        {"another one is wanted while one is set", 30,
         "delay=0 ok want=20 ok delay=30 ok ok delay=20 ok",
         "query@0 set=30@0 query@0 set=20@0 query@0 verified"},
        {"none is wanted while one is set", 30, "delay=0 ok want=65535 ok +60000",
         "query@0 set=30@0 any"},
        {"another one is wanted while the module is mute", 30, "want=20 +1300",
         "query@0 query@1300 pending"},
        {"one that no module has changes nothing", 30, "delay=30 ok want=61 +60000",
         "query@0 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(delay, is_seen_to_after_each_boot)
{
    static const struct script_case cases[] = {
        {"1 s behind APP RDY", 30, VERIFIED "+10000 rdy +2000 app_rdy +1000",
         "query@0 query@13000 pending"},
        {"5 s behind an RDY alone", 30, VERIFIED "+10000 rdy +5000", "query@0 query@15000 pending"},
        {"APP RDY alone", 30, VERIFIED "+10000 app_rdy +1100 delay=30 ok +4900 app_rdy +1000",
         "query@0 query@11000 query@17000 pending"},
        {"the module boots in the middle of a command", 30,
         "+200 rdy +300 app_rdy +2000 delay=30 ok", "query@0 query@1500 pending"},
        {"and in the middle of another", 30, "+200 rdy +300 app_rdy +1000 delay=30 ok",
         "query@0 query@1500 verified"},
        {"an answer from before the boot is none", 30, "rdy delay=30 ok app_rdy delay=30 ok +1000",
         "query@0 query@1000 pending"},
        {"tries begin anew", 30, "+10000 app_rdy +10000",
         "query@0 query@1300 query@5600 query@11000 query@12300 query@16600 mute"},
        {"given up before a boot that was missed", 30, "+10000 polling_time=1000 delay=30 ok",
         "query@0 query@1300 query@5600 query@10000 verified"},
        {"the module boots at the command", 30,
         "rdy app_rdy +1100 rdy app_rdy +1100 rdy app_rdy +60000",
         "query@0 query@1000 query@2100 reboots"},
        {"and behind a while", 30,
         "+20000 rdy app_rdy +20000 rdy app_rdy +20000 rdy +100 app_rdy polling_time=9 +60000",
         "query@0 query@1300 query@5600 query@21000 query@22300 query@26600 query@41000 "
         "query@42300 "
         "query@46600 reboots"},
        {"and then by itself", 30, "rdy +5100 rdy +5100 rdy +5100 rdy +5000 delay=30 ok",
         "query@0 query@5000 query@10100 query@20300 verified"},
        {"it answers the query only", 30,
         "rdy +5100 rdy +5100 delay=0 ok rdy +5100 rdy +5100 delay=30 ok",
         "query@0 query@5000 query@10100 set=30@10200 query@20300 verified"},
        {"a polling time alone is no boot", 30, VERIFIED "polling_time=1000 +60000",
         "query@0 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(delay, is_given_up_after_three_tries)
{
    static const struct script_case cases[] = {
        {"no answer", 30, "+3600000", "query@0 query@1300 query@5600 mute"},
        {"no answer to the setting", 30, "delay=0 ok +3600000",
         "query@0 set=30@0 set=30@1300 set=30@5600 mute"},
        {"no answer to the second query", 30, "delay=0 ok ok +3600000",
         "query@0 set=30@0 query@0 query@1300 query@5600 mute"},
        {"refused", 30, "error +1000 cme_error=3 +4000 error +3600000",
         "query@0 query@1000 query@5000 refused"},
        {"the setting is refused", 30, "delay=0 ok error +1000 error +4000 error +3600000",
         "query@0 set=30@0 set=30@1000 set=30@5000 refused"},
        {"refused, then mute", 30, "error +1000 error +60000",
         "query@0 query@1000 query@5000 mute"},
        {"an answer at the third try", 30, "+5600 delay=30 ok",
         "query@0 query@1300 query@5600 verified"},
        {"tries are of one command", 30, "+5600 delay=0 ok +5600 ok +5600 delay=30 ok",
         "query@0 query@1300 query@5600 set=30@5600 set=30@6900 set=30@11200 query@11200 "
         "query@12500 query@16800 verified"},
        {"it stays another", 30,
         "delay=0 ok ok delay=0 ok +1000 ok delay=0 ok +4000 ok delay=0 ok +3600000",
         "query@0 set=30@0 query@0 set=30@1000 query@1000 set=30@5000 query@5000 differs"},
        {"it is set by another host", 30,
         VERIFIED "+1000 set_delay=10 ok delay=10 ok ok delay=30 ok",
         "query@0 query@1000 set=30@1000 query@1000 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(delay, is_not_touched_during_an_update)
{
    static const struct script_case cases[] = {
        {"it boots into the restore", 30,
         WINDOW
         "start updating=100 restore=4 rdy app_rdy resume +60000 restore=50 +1000 end=0 +60000",
         WINDOW_TEXT "pending"},
        {"and is done", 30,
         WINDOW
         "start updating=100 restore=4 rdy app_rdy resume restore=50 end=0 +5000 rdy app_rdy +1000",
         WINDOW_TEXT "query@7000 pending"},
        {"found in the restore", SBFOTA_NO_DELAY, "restore=4 want=30 +60000 end=0 rdy +60000 +1000",
         "query@65000 query@66300 query@70600 mute"},
        {"while it downloads", 30, "+10000 http_start downloading=2 want=20 delay=20 ok",
         "query@0 query@1300 query@5600 query@10000 verified"},
    };
    EXPECT_SCRIPTS(cases);
}

Test(accept, is_sent_once_in_a_window)
{
    static const struct script_case cases[] = {
        {"in the window", 30, WINDOW "+1000 ready ok +25000", WINDOW_TEXT "accept@2000 verified"},
        {"ready before it", 30, "ready " WINDOW "ok +29000", WINDOW_TEXT "accept@1000 verified"},
        {"not ready", 30, WINDOW "+60000", WINDOW_TEXT "verified"},
        {"not ready any more", 30, "ready unready " WINDOW "+60000", WINDOW_TEXT "verified"},
        {"refused", 30, "ready " WINDOW "error +29000", WINDOW_TEXT "accept@1000 verified"},
        {"no answer", 30, "ready " WINDOW "+60000",
         WINDOW_TEXT "accept@1000 accept@2300 accept@6600 verified"},
        {"no answer, and it starts", 30, "ready " WINDOW "+500 start +60000",
         WINDOW_TEXT "accept@1000 verified"},
        {"it starts before the OK", 30, "ready " WINDOW "start ok +60000",
         WINDOW_TEXT "accept@1000 verified"},
        {"behind START", 30, WINDOW "start ready +60000", WINDOW_TEXT "verified"},
        {"START was lost", 30, WINDOW "updating=1 ready +60000", WINDOW_TEXT "verified"},
        {"without a window", 30, VERIFIED "ready http_start downloading=1 http_end=0 +60000",
         "query@0 verified"},
        {"behind a failed download", 30, WINDOW "http_end=702 ready +60000",
         WINDOW_TEXT "verified"},
        {"behind a boot", 30, WINDOW "rdy ready +4000", WINDOW_TEXT "pending"},
        {"in a window behind a boot", 30, "ready " WINDOW "ok rdy +3000 update_timeout=30 +2000",
         WINDOW_TEXT "accept@1000 accept@6000 pending"},
        {"not in its last second", 30, WINDOW "+28999 ready", WINDOW_TEXT "accept@29999 verified"},
        {"nor in it", 30, WINDOW "+29000 ready +60000", WINDOW_TEXT "verified"},
        {"a window of a second", 30, "ready " VERIFIED "http_end=0 update_timeout=1 +60000",
         "query@0 verified"},
        {"behind the query that is under way", 30, "ready http_end=0 update_timeout=30 delay=30 ok",
         "query@0 accept@0 verified"},
        {"behind the pause of a mute query", 30, "ready http_end=0 update_timeout=30 +1300",
         "query@0 accept@1300 pending"},
        {"again in the next window", 30,
         "ready " WINDOW
         "ok start updating=1 end=504 http_start http_end=0 update_timeout=30 error",
         WINDOW_TEXT "accept@1000 accept@1000 verified"},
    };
    EXPECT_SCRIPTS(cases);
}
