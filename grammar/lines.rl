%%{
# SPDX-License-Identifier: MIT
#
# The whole stream. Every line is one of: ours (whole or malformed), one that hides an SBFOTA URC behind other text, or
# another's; between the lines stand line ends. The three are disjoint and together are every line there is.

machine sbfota;
include sbfota_urc "urc.rl";
include sbfota_answers "answers.rl";
include sbfota_commands "commands.rl";

ours       = urc | answer | command;
hides_urc  = text+ '+QIND:'i blank* '"SBFOTA"' rest;
glued_line = ( urc_behind @glued rest ) - host_line;
host_urc   = ( urc_behind @is_other rest ) & host_line;
other_line = ( text+ line_end ) - ours - hides_urc;

line = ( ours - hides_urc ) | glued_line | host_urc | other_line;

main := ( line_end | ( line >begin_text @deliver ) )*;
}%%
