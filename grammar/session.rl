%%{
# SPDX-License-Identifier: MIT
#
# The update procedure as the module tells of it: docs/protocol.md, 1. One symbol is one event:
# its kind, or its kind plus 128 where its code is not zero (session_classes.h). What ragel is
# given: it prints this machine as XML, from which grammar/session.py makes the table of
# src/session/feed.c.
#
# A state lists what can come in it, and what cannot (@unexpected) but clearly goes on with the same
# attempt. session.py completes it to a total machine with one rule:
#
#     A message that a state does not list begins a new attempt, as it would in `unknown`,
#     unexpectedly if it is not the first of an attempt. A boot, a polling time or an accept that a
#     state does not list changes nothing.
#
# A message that repeats the one before it is none of this: src/session/feed.c does not move for it.
#
# session.py checks what joining the parts of a log rests on: where a message leads depends on the
# message alone. Only the boot messages and polling_time lead to places that depend on the state
# before.
#
# The states are numbered in the order in which their actions in_... stand here, and saved by that
# number: who changes them changes the version in src/session/saved.c and part_saved.c.

machine sbfota_session;
alphtype unsigned char;
import "catalogue.h";
import "session_classes.h";

action in_unknown          { nothing of an attempt has been seen }
action in_poll_failed      { the poll could not be made }
action in_download         { the package is downloaded }
action in_silent           { a new polling time came meanwhile: the download has ended, or goes on after all }
action in_lost             { the module booted during the download }
action in_lost_idle        { and has told its polling time since }
action in_download_failed  { the download ended with an error }
action in_downloaded       { the package is there }
action in_delay            { the module waits before it updates }
action in_lapsed           { the module booted before it updated }
action in_lapsed_idle      { and has told its polling time since }
action in_update           { the update is applied }
action in_rebooted         { the module booted during the update }
action in_rolled_back      { and has told its polling time since }
action in_restore          { the new firmware is copied into place }
action in_resumed          { the module goes on with that after a power loss }
action in_interrupted      { the module booted meanwhile and has not gone on yet }
action in_interrupted_idle { and has told its polling time since }
action in_ended            { the update has ended }
action in_booted           { the module booted with the result }
action in_reporting        { the module tells the server }
action in_reported         { the module has told the server }

action begin       { an attempt begins }
action late        { its first half is missing }
action unexpected  { the message cannot come now }
action unsaid      { the attempt is over, and nothing has said how }
action rising      { the percentage must not be under the last one }
action no_delay    { the update starts without a delay }
action boot        { the boot belongs to the attempt }
action loses       { and the update is lost by it }
action goes_on     { the boot before has not lost the update }
action accepted    { the host starts the update }
action misplaced   { the host may not start the update now }

NONE            = SBFOTA_NONE;
POLLING_TIME    = SBFOTA_POLLING_TIME;
POLLING_ERROR   = SBFOTA_POLLING_ERROR;
HTTP_START      = SBFOTA_HTTP_START;
DOWNLOADING     = SBFOTA_DOWNLOADING;
HTTP_END        = SBFOTA_HTTP_END;
HTTP_END_FAILED = SESSION_HTTP_END_FAILED;
UPDATE_TIMEOUT  = SBFOTA_UPDATE_TIMEOUT;
START           = SBFOTA_START;
UPDATING        = SBFOTA_UPDATING;
RESTORE         = SBFOTA_RESTORE;
RESUME          = SBFOTA_RESUME;
END             = SBFOTA_END;
END_FAILED      = SESSION_END_FAILED;
REPORT_START    = SBFOTA_REPORT_START;
REPORT_END      = SBFOTA_REPORT_END;
RDY             = SBFOTA_RDY;
APP_RDY         = SBFOTA_APP_RDY;
ACCEPT          = SBFOTA_ACCEPT;

BOOTED   = RDY | APP_RDY;
ANY_END  = END | END_FAILED;

main := (
  start: ( '' -> unknown ),

  unknown: ( (
      HTTP_START           @begin               -> download
    | POLLING_ERROR        @begin               -> poll_failed
    | DOWNLOADING          @begin @late         -> download
    | HTTP_END             @begin @late         -> downloaded
    | HTTP_END_FAILED      @begin @late         -> download_failed
    | UPDATE_TIMEOUT       @begin @late         -> delay
    | ( START | UPDATING ) @begin @late         -> update
    | RESTORE              @begin @late         -> restore
    | RESUME               @begin @late         -> resumed
    | ANY_END              @begin @late         -> ended
    | REPORT_START         @begin @late @unsaid -> reporting
    | REPORT_END           @begin @late @unsaid -> reported
    | NONE                                      -> final
  ) >~in_unknown ),

  poll_failed: ( (
      ACCEPT               @misplaced           -> poll_failed
    | NONE                                      -> final
  ) >~in_poll_failed ),

  download: ( (
      DOWNLOADING          @rising              -> download
    | HTTP_END                                  -> downloaded
    | HTTP_END_FAILED                           -> download_failed
    | POLLING_TIME                              -> silent
    | BOOTED               @boot @loses         -> lost
    | ACCEPT               @misplaced           -> download
    | UPDATE_TIMEOUT       @unexpected          -> delay
    | ( START | UPDATING ) @unexpected          -> update
    | RESTORE              @unexpected          -> restore
    | RESUME               @unexpected          -> resumed
    | ANY_END              @unexpected          -> ended
    | REPORT_START         @unexpected @unsaid  -> reporting
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_download ),

  # Polling times are told when the timer is set, which may be behind the poll that found the package.
  silent: ( (
      DOWNLOADING          @rising              -> download
    | HTTP_END                                  -> downloaded
    | HTTP_END_FAILED                           -> download_failed
    | BOOTED               @boot @loses         -> lost
    | ACCEPT               @misplaced           -> silent
    | UPDATE_TIMEOUT       @unexpected          -> delay
    | ( START | UPDATING ) @unexpected          -> update
    | RESTORE              @unexpected          -> restore
    | RESUME               @unexpected          -> resumed
    | ANY_END              @unexpected          -> ended
    | REPORT_START                              -> reporting
    | REPORT_END           @unexpected          -> reported
    | NONE                                      -> final
  ) >~in_silent ),

  lost: ( (
      REPORT_START                              -> reporting
    | POLLING_TIME                              -> lost_idle
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> lost
    | NONE                                      -> final
  ) >~in_lost ),

  lost_idle: ( (
      REPORT_START                              -> reporting
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> lost_idle
    | NONE                                      -> final
  ) >~in_lost_idle ),

  download_failed: ( (
      REPORT_START                              -> reporting
    | HTTP_END             @unexpected          -> downloaded
    | HTTP_END_FAILED      @unexpected          -> download_failed
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> download_failed
    | NONE                                      -> final
  ) >~in_download_failed ),

  downloaded: ( (
      UPDATE_TIMEOUT                            -> delay
    | START                @no_delay            -> update
    | BOOTED               @boot @loses         -> lapsed
    | ACCEPT               @misplaced           -> downloaded
    | HTTP_END             @unexpected          -> downloaded
    | HTTP_END_FAILED      @unexpected          -> download_failed
    | UPDATING             @unexpected          -> update
    | RESTORE              @unexpected          -> restore
    | RESUME               @unexpected          -> resumed
    | ANY_END              @unexpected          -> ended
    | REPORT_START         @unexpected @unsaid  -> reporting
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_downloaded ),

  delay: ( (
      START                                     -> update
    | ACCEPT               @accepted            -> delay
    | BOOTED               @boot @loses         -> lapsed
    | UPDATE_TIMEOUT       @unexpected          -> delay
    | UPDATING             @unexpected          -> update
    | RESTORE              @unexpected          -> restore
    | RESUME               @unexpected          -> resumed
    | ANY_END              @unexpected          -> ended
    | REPORT_START         @unexpected @unsaid  -> reporting
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_delay ),

  # The note does not say what becomes of the package; should the module go on with it, so does the
  # attempt.
  lapsed: ( (
      UPDATE_TIMEOUT       @goes_on             -> delay
    | START                @goes_on             -> update
    | REPORT_START                              -> reporting
    | POLLING_TIME                              -> lapsed_idle
    | ACCEPT               @misplaced           -> lapsed
    | UPDATING             @goes_on @unexpected -> update
    | RESTORE              @goes_on @unexpected -> restore
    | RESUME               @unexpected          -> resumed
    | ANY_END              @goes_on @unexpected -> ended
    | REPORT_END           @unexpected          -> reported
    | NONE                                      -> final
  ) >~in_lapsed ),

  lapsed_idle: ( (
      UPDATE_TIMEOUT       @goes_on             -> delay
    | START                @goes_on             -> update
    | REPORT_START                              -> reporting
    | ACCEPT               @misplaced           -> lapsed_idle
    | UPDATING             @goes_on @unexpected -> update
    | RESTORE              @goes_on @unexpected -> restore
    | RESUME               @unexpected          -> resumed
    | ANY_END              @goes_on @unexpected -> ended
    | REPORT_END           @unexpected          -> reported
    | NONE                                      -> final
  ) >~in_lapsed_idle ),

  update: ( (
      UPDATING             @rising              -> update
    | RESTORE                                   -> restore
    | END_FAILED                                -> ended
    | BOOTED               @boot @loses         -> rebooted
    | RESUME                                    -> resumed
    | ACCEPT               @misplaced           -> update
    | START                @unexpected          -> update
    | END                  @unexpected          -> ended
    | REPORT_START         @unexpected @unsaid  -> reporting
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_update ),

  # Modules of the sibling family boot by themselves in the middle of the update and go on. Or the
  # power was lost in the restore, before its first percentage: then the module resumes.
  rebooted: ( (
      UPDATING             @goes_on             -> update
    | RESTORE              @goes_on             -> restore
    | END_FAILED           @goes_on             -> ended
    | RESUME                                    -> resumed
    | REPORT_START                              -> reporting
    | POLLING_TIME                              -> rolled_back
    | END                  @goes_on @unexpected -> ended
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> rebooted
    | NONE                                      -> final
  ) >~in_rebooted ),

  rolled_back: ( (
      REPORT_START                              -> reporting
    | RESUME               @unexpected          -> resumed
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> rolled_back
    | NONE                                      -> final
  ) >~in_rolled_back ),

  restore: ( (
      RESTORE              @rising              -> restore
    | ANY_END                                   -> ended
    | BOOTED               @boot                -> interrupted
    | RESUME                                    -> resumed
    | ACCEPT               @misplaced           -> restore
    | REPORT_START         @unexpected @unsaid  -> reporting
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_restore ),

  # APP RDY may come behind the resume of the same boot.
  resumed: ( (
      RESTORE                                   -> restore
    | ANY_END                                   -> ended
    | RDY                  @boot                -> interrupted
    | RESUME                                    -> resumed
    | ACCEPT               @misplaced           -> resumed
    | REPORT_START         @unexpected @unsaid  -> reporting
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_resumed ),

  interrupted: ( (
      RESUME                                    -> resumed
    | REPORT_START         @unsaid              -> reporting
    | POLLING_TIME                              -> interrupted_idle
    | ACCEPT               @misplaced           -> interrupted
    | RESTORE              @unexpected          -> restore
    | ANY_END              @unexpected          -> ended
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_interrupted ),

  interrupted_idle: ( (
      REPORT_START         @unsaid              -> reporting
    | ACCEPT               @misplaced           -> interrupted_idle
    | RESUME               @unexpected          -> resumed
    | RESTORE              @unexpected          -> restore
    | ANY_END              @unexpected          -> ended
    | REPORT_END           @unexpected @unsaid  -> reported
    | NONE                                      -> final
  ) >~in_interrupted_idle ),

  ended: ( (
      BOOTED               @boot                -> booted
    | REPORT_START                              -> reporting
    | ANY_END              @unexpected          -> ended
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> ended
    | NONE                                      -> final
  ) >~in_ended ),

  booted: ( (
      REPORT_START                              -> reporting
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> booted
    | NONE                                      -> final
  ) >~in_booted ),

  reporting: ( (
      REPORT_END                                -> reported
    | REPORT_START                              -> reporting
    | ACCEPT               @misplaced           -> reporting
    | NONE                                      -> final
  ) >~in_reporting ),

  reported: ( (
      REPORT_START                              -> reporting
    | REPORT_END           @unexpected          -> reported
    | ACCEPT               @misplaced           -> reported
    | NONE                                      -> final
  ) >~in_reported )
);
}%%
