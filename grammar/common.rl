%%{
# SPDX-License-Identifier: MIT
#
# The pieces that every message is made of: blanks, line ends, numbers, commas, and what may follow a whole message.
# Each piece says what becomes of every byte that can come, so that the machine is total without error actions.

machine sbfota_common;
include sbfota_actions "actions.rl";
alphtype unsigned char;

line_end = [\r\n];
blank    = [ \t];
text     = any - line_end;          # what a line may hold, NUL and 8-bit bytes among it
solid    = text - blank;
rest     = text* line_end;          # what follows once the verdict stands

# Blanks where the note prints none.
stray = ( blank @irregular )*;

# The blank behind "+QIND:" and its like: one space, or a blank that is not canonical.
gap = ( ' ' | '\t' @irregular ) stray;

# Letters outside quotes may have any case; the note prints capitals.
any_case = ( ( any - [a-z] ) | [a-z] @irregular )*;

# A comma between fields: `,` or `, `; docs/protocol.md, 5.
comma_1 = ',' ( ' ' @blank_1 stray | '\t' @irregular stray )?;
comma_2 = ',' ( ' ' @blank_2 stray | '\t' @irregular stray )?;
comma_3 = ',' ( ' ' @blank_3 stray | '\t' @irregular stray )?;

# The verdicts that one byte brings.
field_missing   = line_end @missing_field | ',' @missing_field rest;
no_comma        = line_end @missing_field | ( solid - ',' ) @trailing_text rest;
extra           = ',' @extra_field rest;

# The end of a message, and what does not belong there.
complete = stray ( line_end | extra | ( solid - ',' ) @trailing_text rest );

# Numbers: a leading zero, a plus sign and -0 are not canonical.
plain_digits = '0' @first_digit ( digit @irregular @next_digit ( digit @next_digit )* )?
             | [1-9] @first_digit ( digit @next_digit )*;
number = plain_digits
       | '+' @irregular plain_digits
       | '-' @negative ( '0' @irregular @first_digit ( digit @next_digit )*
                       | [1-9] @first_digit ( digit @next_digit )* );

after_digits  = complete - ( digit any* );
after_percent = ( stray ( '%' complete
                        | line_end @no_percent
                        | extra
                        | ( solid - [,%] ) @trailing_text rest ) ) - ( digit any* );

no_number = field_missing
          | ( solid - [,+\-0-9] ) @not_a_number rest
          | [+\-] ( line_end @not_a_number | ( text - digit ) @not_a_number rest );

integer = number after_digits | no_number;
percent = number after_percent | no_number;

# An argument behind a keyword: the comma that it needs, then its value.
integer_1 = stray ( no_comma | comma_1 integer );
integer_2 = stray ( no_comma | comma_2 integer );
integer_3 = stray ( no_comma | comma_3 integer );
percent_2 = stray ( no_comma | comma_2 percent );

# A quoted keyword: known ones stand in the message machines; the others, the empty_keyword and the unclosed one here.
keyword_byte = text - '"';
keyword_end  = '"' @close_keyword;
unclosed     = keyword_byte* line_end @unbalanced_quote;
empty_keyword        = '"' @missing_field rest;
no_keyword   = field_missing | ( solid - [,"] ) @not_quoted rest;
}%%
