%%{
# SPDX-License-Identifier: MIT
#
# The SBFOTA URCs: +QIND: "SBFOTA",... [manual: 5.1 to 5.4, 6; docs/protocol.md, 4.1]

machine sbfota_urc;
include sbfota_common "common.rl";

qind     = '+' ( 'QIND'i & any_case ) ':';
urc_head = qind ( gap '"' | '"' @irregular ) 'SBFOTA';

update       = 'up' ( 'date' | 'g' @irregular 'rade' );
resume_words = 'Last ' update ' was not finished,' ( ' continue ' | 'c' @irregular 'ontinue ' ) update;
resume_names = 'Last up' ( 'date' | 'grade' ) ' was not finished,' ' '? 'continue up' ( 'date' | 'grade' );

report_known = 'start' | 'end';
report_stage = no_keyword
             | '"' @open_keyword
               ( 'start"' @is_report_start complete
               | 'end"'   @is_report_end integer_3
               | ( keyword_byte+ - report_known ) keyword_end @is_unknown rest
               | empty_keyword
               | unclosed );
report = stray ( no_comma | comma_2 report_stage );

urc_known = 'polling_time' | 'polling time' | 'POLLING' | 'HTTPSTART' | 'DOWNLOADING' | 'HTTPEND' | 'UPDATE_TIMEOUT'
          | 'START' | 'UPDATING' | 'RESTORE' | 'END' | resume_names | 'report_result';

urc_keyword = no_keyword
            | '"' @open_keyword
              ( 'polling' ( '_' | ' ' @blank_keyword ) 'time"' @is_polling_time integer_2
              | 'POLLING"'        @is_polling_error  integer_2
              | 'HTTPSTART"'      @is_http_start     complete
              | 'DOWNLOADING"'    @is_downloading    percent_2
              | 'HTTPEND"'        @is_http_end       integer_2
              | 'UPDATE_TIMEOUT"' @is_update_timeout integer_2
              | 'START"'          @is_start          complete
              | 'UPDATING"'       @is_updating       percent_2
              | 'RESTORE"'        @is_restore        percent_2
              | 'END"'            @is_end            integer_2
              | resume_words '"'  @is_resume         complete
              | 'report_result"'  report
              | ( keyword_byte+ - urc_known ) keyword_end @is_unknown rest
              | empty_keyword
              | unclosed );

urc = urc_head ( '"' stray ( no_comma | comma_1 urc_keyword )
               | blank* line_end @unbalanced_quote );

# An SBFOTA URC behind other text: seen, and not believed.
urc_behind = ( text+ :>> ( '+' @mark_urc 'QIND:'i blank* '"SBFOTA"' ) );
}%%
