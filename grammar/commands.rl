%%{
# SPDX-License-Identifier: MIT
#
# What the host sends, and the module echoes: AT+QCFGEXT. [manual: 4.1, 4.2; docs/protocol.md, 2 and 3]

machine sbfota_commands;
include sbfota_common "common.rl";

at = 'A' ( 'T' | 't' @irregular ) | 'a' ( 't' @lower_at | 'T' @irregular );

delay_command  = '"sbfota_delay' ( '"' @is_query_delay
                                   stray ( line_end
                                         | comma_1 >is_set_delay integer
                                         | ( solid - ',' ) @trailing_text rest )
                                 | blank* line_end @unbalanced_quote );
accept_command = '"sbfota_accept' ( '"' @is_accept integer_1
                                  | blank* line_end @unbalanced_quote );

command = at '+' ( 'QCFGEXT'i & any_case ) '='
          ( '?' @is_test_qcfgext complete | delay_command | accept_command );

host_line = 'AT'i text* line_end;
}%%
