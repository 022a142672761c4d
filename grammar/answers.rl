%%{
# SPDX-License-Identifier: MIT
#
# Result codes, boot messages and the answers of AT+QCFGEXT. [manual: 4.2, 6; docs/protocol.md, 3 and 4.1]

machine sbfota_answers;
include sbfota_common "common.rl";

word = ( 'OK'      stray line_end @is_ok
       | 'ERROR'   stray line_end @is_error
       | 'RDY'     stray line_end @is_rdy
       | 'APP RDY' stray line_end @is_app_rdy );

# +CME ERROR: <n> or <text>. Whether it is a number is known at the line end only.
cme_digits = digit @first_digit ( digit @next_digit )*;
cme_plain  = '0' | [1-9] digit*;
cme_number = cme_digits blank*;
cme_value  = ( ( cme_digits & cme_plain ) line_end @is_cme_code
             | ( cme_number - cme_plain ) line_end @irregular @is_cme_code
             | ( solid text* - cme_number ) line_end @is_cme_text ) >open_text;
cme = '+CME ERROR' ( stray line_end @missing_field
                   | ':' ( ( gap? line_end ) @missing_field
                         | gap cme_value
                         | cme_value >irregular ) );

# Ranges of =?: (0-60), (0,1), (1).
lower_digits = '0' @first_digit ( digit @irregular @next_digit ( digit @next_digit )* )?
             | [1-9] @first_digit ( digit @next_digit )*;
upper_digits = '0' @first_upper ( digit @irregular @next_upper ( digit @next_upper )* )?
             | [1-9] @first_upper ( digit @next_upper )*;
range_no_digit = line_end @missing_field | ( solid - digit ) @not_a_range rest;
range_close    = ')' complete;
range_upper    = stray ( range_no_digit
                       | upper_digits ( ( stray ( range_close
                                                | line_end @missing_field
                                                | ( solid - ')' ) @not_a_range rest ) ) - ( digit any* ) ) );
range_after    = stray ( ')' @range_single complete
                       | '-' range_upper
                       | ',' @range_list range_upper
                       | line_end @missing_field
                       | ( solid - [),\-] ) @not_a_range rest );
range          = stray ( range_no_digit | lower_digits ( range_after - ( digit any* ) ) );

qcfgext_head = '+' ( 'QCFGEXT'i & any_case ) ':' ( gap '"' | '"' @irregular );

delay_value  = '(' @is_range range
             | number after_digits
             | field_missing
             | ( solid - [(,+\-0-9] ) @not_a_number rest
             | [+\-] ( line_end @not_a_number | ( text - digit ) @not_a_number rest );
accept_value = '(' range | field_missing | ( solid - [(,] ) @not_a_range rest;

qcfgext = qcfgext_head
          ( 'sbfota_delay'  ( '"' @is_delay stray ( no_comma | comma_1 delay_value )
                            | blank* line_end @unbalanced_quote )
          | 'sbfota_accept' ( '"' @is_accept_range stray ( no_comma | comma_1 accept_value )
                            | blank* line_end @unbalanced_quote ) );

answer = word | cme | qcfgext;
}%%
