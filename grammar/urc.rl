%%{
# SPDX-License-Identifier: MIT
#
# The SBFOTA URCs: +QIND: "SBFOTA",... [manual: 5.1 to 5.4, 6; docs/protocol.md, 4.1]

machine sbfota_urc;
include sbfota_common "common.rl";
include sbfota_plain_urcs "messages.rl"; # those of one spelling, by their rows in messages.def

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

urc_known = plain_urc_known | 'polling_time' | 'polling time' | resume_names | 'report_result';

urc_keyword = no_keyword
            | '"' @open_keyword
              ( plain_urc
              | 'polling' ( '_' | ' ' @blank_keyword ) 'time"' @is_polling_time integer_2
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
