# SPDX-License-Identifier: MIT
#
# The simulated module, for what hosts are tried against: the tool's command simulate, and the tests. It needs the codec, of
# whichever style; no library needs it.
include_guard()

file(GLOB simulate_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/simulate/*.c)
add_library(sbfota_simulate OBJECT EXCLUDE_FROM_ALL ${simulate_sources})
target_include_directories(sbfota_simulate PUBLIC ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(sbfota_simulate PUBLIC sbfota_headers PRIVATE sbfota_own_code)
sbfota_standard(sbfota_simulate 11)
