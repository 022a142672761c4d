%%{
# SPDX-License-Identifier: MIT
#
# The actions of the line machine. Each has one effect on one register; what the effect is in C stands in
# src/codec/actions.h, once for both parser styles.

machine sbfota_actions;
include sbfota_message_actions "messages.rl"; # which gen/ has

# where a line and its parts begin and end
action begin_text     { BEGIN_TEXT; }
action deliver        { DELIVER; fbreak; }
action open_keyword   { OPEN_KEYWORD; }
action close_keyword  { CLOSE_KEYWORD; }
action open_text      { OPEN_TEXT; }
action mark_urc       { MARK_URC; }

# numbers
action negative       { NEGATIVE; }
action first_digit    { FIRST_DIGIT; }
action next_digit     { NEXT_DIGIT; }
action first_upper    { FIRST_UPPER; }
action next_upper     { NEXT_UPPER; }

# how it was spelled
action blank_1        { SPELL(BLANK_1); }
action blank_2        { SPELL(BLANK_2); }
action blank_3        { SPELL(BLANK_3); }
action no_percent     { SPELL(NO_PERCENT); }
action blank_keyword  { SPELL(BLANK_KEYWORD); }
action lower_at       { SPELL(LOWER_AT); }
action range_single   { SPELL(RANGE_SINGLE); }
action range_list     { SPELL(RANGE_LIST); }
action irregular      { IRREGULAR; }

# which message it is, but for those that have an action by their row in messages.def
action is_cme_code       { BECOME(CME_ERROR); }
action is_cme_text       { BECOME_CME_TEXT; }
action is_accept_range   { BECOME_ACCEPT_RANGE; }
action is_other          { BECOME(OTHER); }
action is_unknown        { BECOME_UNKNOWN; }

# what is wrong with it
action missing_field    { FAIL(MISSING_FIELD); }
action extra_field      { FAIL(EXTRA_FIELD); }
action not_a_number     { FAIL(NOT_A_NUMBER); }
action not_a_range      { FAIL(NOT_A_RANGE); }
action trailing_text    { FAIL(TRAILING_TEXT); }
action unbalanced_quote { FAIL(UNBALANCED_QUOTE); }
action not_quoted       { FAIL(NOT_QUOTED); }
action glued            { FAIL_GLUED; }
}%%
