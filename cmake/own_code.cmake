# SPDX-License-Identifier: MIT
#
# How our own code is compiled, whatever room it is in.

add_library(sbfota_own_code INTERFACE)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(sbfota_own_code INTERFACE
        -Wall -Wextra -Wpedantic -Wconversion -Wshadow
        $<$<BOOL:${SBFOTA_WERROR}>:-Werror>)
endif()

if(NOT SBFOTA_SIMD)
    target_compile_definitions(sbfota_own_code INTERFACE SBFOTA_NO_SIMD)
endif()

if(SBFOTA_SANITIZE)
    set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(sbfota_own_code INTERFACE ${sanitizers})
    target_link_options(sbfota_own_code INTERFACE ${sanitizers})
endif()

# What libFuzzer sees of the code that it runs.
if(SBFOTA_BUILD_FUZZ AND SBFOTA_FUZZ_ENGINE STREQUAL "libfuzzer")
    target_compile_options(sbfota_own_code INTERFACE -fsanitize=fuzzer-no-link)
endif()

# sbfota_standard(TARGET NN): ISO C, without a compiler's extensions.
function(sbfota_standard target standard)
    set_target_properties(${target} PROPERTIES
        C_STANDARD ${standard} C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
endfunction()
