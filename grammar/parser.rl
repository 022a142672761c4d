%%{
# SPDX-License-Identifier: MIT
#
# What ragel is given: it prints this machine as XML, from which grammar/gotos.py and grammar/tables.py make the parsers.

machine sbfota;
include sbfota "lines.rl";
}%%
