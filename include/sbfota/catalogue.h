/* SPDX-License-Identifier: MIT */
/** @file The enumerations of the catalogues. Generated from grammar/ (messages, reasons, flags, codes, what sessions tell); do not edit. */
/* clang-format off */
#ifndef SBFOTA_CATALOGUE_H
#define SBFOTA_CATALOGUE_H

/** What a line is. The numbers stay as they are. */
enum sbfota_kind {
    SBFOTA_NONE = 0,           /**< no event */
    SBFOTA_POLLING_TIME = 1,   /**< `+QIND: "SBFOTA","polling_time",<time>`: seconds until the module next
                                    asks the server for new firmware (source: 5.1, 6) */
    SBFOTA_POLLING_ERROR = 2,  /**< `+QIND: "SBFOTA","POLLING",<err>`: the module could not ask the server
                                    (source: 5.2) */
    SBFOTA_HTTP_START = 3,     /**< `+QIND: "SBFOTA","HTTPSTART"`: the download over HTTP(S) begins (source:
                                    5.3) */
    SBFOTA_DOWNLOADING = 4,    /**< `+QIND: "SBFOTA","DOWNLOADING",<percent>%`: share of the package that is
                                    downloaded (source: 5.3) */
    SBFOTA_HTTP_END = 5,       /**< `+QIND: "SBFOTA","HTTPEND",<HTTP_err>`: the download has ended; 0 is
                                    success (source: 5.3) */
    SBFOTA_UPDATE_TIMEOUT = 6, /**< `+QIND: "SBFOTA","UPDATE_TIMEOUT",<time>`: seconds until the update starts
                                    by itself; sbfota_accept starts it now (source: 5.3) */
    SBFOTA_START = 7,          /**< `+QIND: "SBFOTA","START"`: the update begins (source: 5.3) */
    SBFOTA_UPDATING = 8,       /**< `+QIND: "SBFOTA","UPDATING",<percent>%`: share of the update that is
                                    applied; a power loss now rolls back to the old firmware (source: 5.3) */
    SBFOTA_RESTORE = 9,        /**< `+QIND: "SBFOTA","RESTORE",<percent>%`: share of the new firmware that is
                                    copied into place; a power loss now forces the update at the next boot
                                    (source: 5.3) */
    SBFOTA_END = 10,           /**< `+QIND: "SBFOTA","END",<update_err>`: the update has ended; 0 is success
                                    (source: 5.3) */
    SBFOTA_RESUME = 11,        /**< `+QIND: "SBFOTA","Last update was not finished, continue update"`: the
                                    module has booted in the middle of an update and goes on with it (source:
                                    5.3) */
    SBFOTA_REPORT_START = 12,  /**< `+QIND: "SBFOTA","report_result","start"`: the module begins to tell the
                                    server the result (source: 5.4) */
    SBFOTA_REPORT_END = 13,    /**< `+QIND: "SBFOTA","report_result","end",<HTTP_err>`: the module has told
                                    the server the result; 0 is success (source: 5.4) */
    SBFOTA_RDY = 14,           /**< `RDY`: the module has booted (source: 6) */
    SBFOTA_APP_RDY = 15,       /**< `APP RDY`: the module's AT port is ready (source: 6) */
    SBFOTA_OK = 16,            /**< `OK`: result code: the command succeeded (source: 4.2) */
    SBFOTA_ERROR = 17,         /**< `ERROR`: result code: the command failed (source: 4.2) */
    SBFOTA_CME_ERROR = 18,     /**< `+CME ERROR: <err>`: result code: the command failed, and why (AT+CMEE=1
                                    or 2) (source: 4.2) */
    SBFOTA_DELAY = 19,         /**< `+QCFGEXT: "sbfota_delay",<time>`: the configured delay between download
                                    and update, in seconds (source: 4.2) */
    SBFOTA_RANGE = 20,         /**< `+QCFGEXT: "sbfota_delay",(<min>-<max>)`: the range of a parameter, as
                                    AT+QCFGEXT=? lists it (source: 4.2) */
    SBFOTA_QUERY_DELAY = 21,   /**< `AT+QCFGEXT="sbfota_delay"`: the host asks for the delay (source: 4.2) */
    SBFOTA_SET_DELAY = 22,     /**< `AT+QCFGEXT="sbfota_delay",<time>`: the host sets the delay; takes effect
                                    at once, saved automatically (source: 4.2) */
    SBFOTA_ACCEPT = 23,        /**< `AT+QCFGEXT="sbfota_accept",<para>`: the host starts the update now;
                                    allowed only between UPDATE_TIMEOUT and START (source: 4.2) */
    SBFOTA_TEST_QCFGEXT = 24,  /**< `AT+QCFGEXT=?`: the host asks for the parameters of AT+QCFGEXT and their
                                    ranges (source: 4.1) */
    SBFOTA_UNKNOWN = 25,       /**< an SBFOTA URC with a keyword that the note does not have (source: 5) */
    SBFOTA_MALFORMED = 26,     /**< a known message that is not whole or has too much (source: 4, 5) */
    SBFOTA_OVERLONG = 27,      /**< a line longer than any message, discarded to its end (source: 4.1) */
    SBFOTA_OTHER = 28,         /**< any other line: another URC, another command or its answer, noise (source:
                                    4.1) */
    SBFOTA_BLANK = 29,         /**< line ends that no line follows: the last bytes of a stream, or more than
                                    65,534 in a row (source: 4.1) */
    SBFOTA_KIND_COUNT          /**< one more than the last */
};

/** Why a line is malformed or unknown. */
enum sbfota_reason {
    SBFOTA_REASON_NONE = 0,               /**< it is neither */
    SBFOTA_REASON_MISSING_FIELD = 1,      /**< a field is missing or empty */
    SBFOTA_REASON_EXTRA_FIELD = 2,        /**< there are more fields than the message has */
    SBFOTA_REASON_NOT_A_NUMBER = 3,       /**< a number was expected */
    SBFOTA_REASON_NOT_A_RANGE = 4,        /**< a range such as (0-60) was expected */
    SBFOTA_REASON_TRAILING_TEXT = 5,      /**< text follows the whole message */
    SBFOTA_REASON_UNBALANCED_QUOTE = 6,   /**< a quoted string is not closed at the line end */
    SBFOTA_REASON_NOT_QUOTED = 7,         /**< a keyword in quotes was expected */
    SBFOTA_REASON_GLUED = 8,              /**< an SBFOTA URC stands behind other text on one line: seen, and
                                               not believed */
    SBFOTA_REASON_UNKNOWN_KEYWORD = 9,    /**< the keyword is not in the manual's list */
    SBFOTA_REASON_COUNT                   /**< one more than the last */
};

/** What is odd about an event that stands all the same: bits of sbfota_event.flags. */
enum sbfota_flag {
    SBFOTA_FLAG_OUT_OF_RANGE = 1 << 0, /**< the number is outside the range that the manual gives */
    SBFOTA_FLAG_UNKNOWN_CODE = 1 << 1, /**< the code is not in the manual's tables */
    SBFOTA_FLAG_OVERFLOW = 1 << 2,     /**< the number was too large and is saturated */
    SBFOTA_FLAG_NONCANONICAL = 1 << 3, /**< a spelling that the manual never prints */
    SBFOTA_FLAG_LOSSY = 1 << 4,        /**< the capture format has lost bytes */
    SBFOTA_FLAG_BYTES = 1 << 5,        /**< the text is not UTF-8: written byte for byte as U+0000 to U+00FF */
    SBFOTA_FLAG_UNENDED = 1 << 6,      /**< set by the caller, not the parser: the input ended before the line
                                            did, a number may be cut */
};

/** How a message's line is built. */
enum sbfota_family {
    SBFOTA_FAMILY_URC = 1,      /**< +QIND: "SBFOTA","keyword",... */
    SBFOTA_FAMILY_WORD = 2,     /**< the bare keyword */
    SBFOTA_FAMILY_CME = 3,      /**< +CME ERROR: ... */
    SBFOTA_FAMILY_RESPONSE = 4, /**< +QCFGEXT: "keyword",... */
    SBFOTA_FAMILY_COMMAND = 5,  /**< AT+QCFGEXT="keyword",... */
    SBFOTA_FAMILY_TEST = 6,     /**< AT+QCFGEXT=? */
    SBFOTA_FAMILY_LINE = 7      /**< a line that is none of these */
};

/** What a message's argument is. */
enum sbfota_argument {
    SBFOTA_ARGUMENT_NONE = 0,         /**< there is none */
    SBFOTA_ARGUMENT_SECONDS = 1,      /**< a duration in seconds */
    SBFOTA_ARGUMENT_PERCENT = 2,      /**< a share in percent */
    SBFOTA_ARGUMENT_PARA = 3,         /**< the parameter of sbfota_accept */
    SBFOTA_ARGUMENT_RANGE = 4,        /**< a least and a greatest value */
    SBFOTA_ARGUMENT_TEXT = 5,         /**< the line's own text */
    SBFOTA_ARGUMENT_CME_CODE = 6,     /**< a number or a text of the module's own */
    SBFOTA_ARGUMENT_POLLING_CODE = 7, /**< a code of SBFOTA_CODE_TABLE_POLLING */
    SBFOTA_ARGUMENT_HTTP_CODE = 8,    /**< a code of SBFOTA_CODE_TABLE_HTTP */
    SBFOTA_ARGUMENT_UPDATE_CODE = 9   /**< a code of SBFOTA_CODE_TABLE_UPDATE */
};

/** Who sends a message. */
enum sbfota_sender {
    SBFOTA_SENDER_EITHER = 0, /**< not known from the line */
    SBFOTA_SENDER_MODULE = 1, /**< the module (TA) */
    SBFOTA_SENDER_HOST = 2    /**< the host (TE) */
};

/** The code tables. */
enum sbfota_code_table {
    SBFOTA_CODE_TABLE_NONE = 0,    /**< no table */
    SBFOTA_CODE_TABLE_POLLING = 1, /**< why polling failed (source: 5.2) */
    SBFOTA_CODE_TABLE_HTTP = 2,    /**< how the download or the report ended (source: 7, table 1) */
    SBFOTA_CODE_TABLE_UPDATE = 3   /**< how the update ended (source: 7, table 2) */
};

/** What becomes of polling after a POLLING error (source: 5.2). */
enum sbfota_aftermath {
    SBFOTA_AFTERMATH_NONE = 0,    /**< the code says nothing of polling */
    SBFOTA_AFTERMATH_REARMED = 1, /**< the next poll comes in 14 days plus 0 to 24 hours */
    SBFOTA_AFTERMATH_STOPPED = 2  /**< the module polls no more */
};

/** What a module is at (source: 3). */
enum sbfota_phase {
    SBFOTA_PHASE_NONE = 0,                    /**< not known, or nothing has happened yet */
    SBFOTA_PHASE_POLLING = 1,                 /**< it asked for new firmware, in vain (source: 3) */
    SBFOTA_PHASE_DOWNLOAD = 2,                /**< it downloads, or has failed to (source: 3) */
    SBFOTA_PHASE_DELAY = 3,                   /**< it has downloaded, and not begun to update (source: 3) */
    SBFOTA_PHASE_UPDATE = 4,                  /**< it applies the update to the backup partition, or has lost
                                                   it (source: 3) */
    SBFOTA_PHASE_RESTORE = 5,                 /**< it copies the new firmware to the original partition
                                                   (source: 3) */
    SBFOTA_PHASE_END = 6,                     /**< the update has ended (source: 3) */
    SBFOTA_PHASE_REBOOT = 7,                  /**< it has booted behind the end (source: 3) */
    SBFOTA_PHASE_REPORT = 8,                  /**< it tells the server, or has told it (source: 3) */
    SBFOTA_PHASE_COUNT                        /**< one more than the last */
};

/** How an attempt ended. A boot is told by RDY or APP RDY. */
enum sbfota_outcome {
    SBFOTA_OUTCOME_IN_PROGRESS = 0,           /**< no verdict: the events stop in the middle (source: 5.3) */
    SBFOTA_OUTCOME_UPDATED = 1,               /**< END,0: updated successfully (source: 5.3) */
    SBFOTA_OUTCOME_UPDATE_FAILED = 2,         /**< END with another code than 0 (source: 5.3) */
    SBFOTA_OUTCOME_DOWNLOAD_FAILED = 3,       /**< HTTPEND with another code than 0 (source: 5.3) */
    SBFOTA_OUTCOME_DOWNLOAD_LOST = 4,         /**< a boot in the download or behind it, before START; or
                                                   silence: the next poll came before HTTPEND. The next poll
                                                   is told by a polling time or an attempt. The module may go
                                                   on with it after all: then it is in progress again.
                                                   (source: 5.3) */
    SBFOTA_OUTCOME_ROLLED_BACK = 5,           /**< a boot between START and RESTORE: back to the old firmware,
                                                   unless it goes on. If UPDATING, RESTORE or END follow on
                                                   it, or a resume, it is in progress again; a polling time or
                                                   a report makes it final, but for a resume. (source: 5.3) */
    SBFOTA_OUTCOME_INTERRUPTED = 6,           /**< a boot during RESTORE, behind which it has not gone on yet.
                                                   A report makes it unknown. (source: 5.3) */
    SBFOTA_OUTCOME_POLL_FAILED = 7,           /**< POLLING error: the module could not ask the server (source:
                                                   5.2) */
    SBFOTA_OUTCOME_UNKNOWN = 8,               /**< the attempt is over, and nothing has said how. A report
                                                   came without END, or the next attempt. Always with the
                                                   problem missing_end. (source: 5.3) */
    SBFOTA_OUTCOME_COUNT                      /**< one more than the last */
};

/** What was odd: a set of bits. */
enum sbfota_problem {
    SBFOTA_PROBLEM_OUT_OF_ORDER = 1 << 0,     /**< a message that cannot come there */
    SBFOTA_PROBLEM_PERCENT_BACK = 1 << 1,     /**< a percentage under the last one of the same phase. Those
                                                   that are not 0 to 100 do not count, and a boot or a resume
                                                   begins anew. */
    SBFOTA_PROBLEM_DELAY_DIFFERS = 1 << 2,    /**< UPDATE_TIMEOUT is not the delay last set or told */
    SBFOTA_PROBLEM_REBOOT = 1 << 3,           /**< a boot that loses the update, or would have. Between
                                                   HTTPEND and RESTORE also one behind which the update goes
                                                   on. */
    SBFOTA_PROBLEM_ACCEPT_MISPLACED = 1 << 4, /**< accept not between UPDATE_TIMEOUT and START (source: 4.2) */
    SBFOTA_PROBLEM_MISSING_START = 1 << 5,    /**< the attempt has no beginning: the log starts late, or has a
                                                   hole */
    SBFOTA_PROBLEM_MISSING_END = 1 << 6,      /**< the attempt is over without having come to an end. A report
                                                   or the next attempt came first. */
    SBFOTA_PROBLEM_ACCEPT_REFUSED = 1 << 7,   /**< the module answered an accept between UPDATE_TIMEOUT and
                                                   START with an error */
    SBFOTA_PROBLEM_CLOCK_JUMP = 1 << 8,       /**< in the download, the update or the restore the clock went
                                                   back or leapt over a day. How long that phase took is not
                                                   known. */
    SBFOTA_PROBLEM_MALFORMED = 1 << 9,        /**< an HTTPEND or END was not whole, and is not believed. It
                                                   came while there was an attempt. */
    SBFOTA_PROBLEM_UNENDED = 1 << 10,         /**< the input ended within a message's line: a number may be
                                                   cut. The message has the flag unended. */
    SBFOTA_PROBLEM_ALL = (1 << 11) - 1,       /**< all of them */
};

/** What losing the power now would do (source: 5.3, note 2). */
enum sbfota_power {
    SBFOTA_POWER_SAFE = 0,                    /**< nothing: the last messages say that no update is under way
                                                   (source: 5.3) */
    SBFOTA_POWER_UNKNOWN = 1,                 /**< not known: no event has told what the module is at, or it
                                                   has booted since. A polling time, a report, an error of
                                                   polling or what comes of the procedure tells. (source: 5.3) */
    SBFOTA_POWER_ENDS_PROCESS = 2,            /**< the download is lost; the next poll starts over (source:
                                                   5.3) */
    SBFOTA_POWER_FORBIDDEN = 3,               /**< the manual forbids it and does not say what happens:
                                                   downloaded, and not begun to update (source: 5.3) */
    SBFOTA_POWER_ROLLS_BACK = 4,              /**< the module rolls back to its old firmware (source: 5.3) */
    SBFOTA_POWER_FORCES_UPDATE = 5,           /**< the module goes on with the update at its next boot
                                                   (source: 5.3) */
    SBFOTA_POWER_COUNT                        /**< one more than the last */
};

/** What became of the host's accept since the last UPDATE_TIMEOUT of the attempt. */
enum sbfota_accept {
    SBFOTA_ACCEPT_UNSENT = 0,                 /**< it has sent none, or there was no UPDATE_TIMEOUT */
    SBFOTA_ACCEPT_SENT = 1,                   /**< it has sent it, and the answer is not known */
    SBFOTA_ACCEPT_ACKNOWLEDGED = 2,           /**< OK: the module begins to update */
    SBFOTA_ACCEPT_REFUSED = 3,                /**< ERROR, or a CME ERROR */
    SBFOTA_ACCEPT_COUNT                       /**< one more than the last */
};

/** How many codes the tables have together. */
#define SBFOTA_CODE_COUNT 42

#endif
