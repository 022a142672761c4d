# SPDX-License-Identifier: MIT
from SCons.Script import Default, DefaultEnvironment

Default(DefaultEnvironment().BuildProgram())
