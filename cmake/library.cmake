# SPDX-License-Identifier: MIT
#
# The library: its objects once per parser style, and what is made from those of one of them. sbfota::sbfota is for users:
# the shared library if BUILD_SHARED_LIBS is on, else the static one. At the top level both are built if it is not set.

include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)

# A microcontroller has no shared libraries.
get_property(has_shared GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS)
set(kinds static)
set(kind static)
if(has_shared AND BUILD_SHARED_LIBS)
    set(kinds shared)
    set(kind shared)
elseif(has_shared AND top_level AND NOT DEFINED BUILD_SHARED_LIBS)
    set(kinds static shared)
endif()
if(SBFOTA_BUILD_LOG OR SBFOTA_BUILD_FUZZ OR SBFOTA_BUILD_TESTS)
    list(APPEND kinds static)
    list(REMOVE_DUPLICATES kinds)
endif()

# Position-independent code costs a microcontroller RAM: only if it is asked for, or for a shared library.
if("shared" IN_LIST kinds AND NOT DEFINED CMAKE_POSITION_INDEPENDENT_CODE)
    set(independent ON)
else()
    set(independent ${CMAKE_POSITION_INDEPENDENT_CODE})
endif()

# What a user of the library needs to see.
add_library(sbfota_headers INTERFACE)
target_include_directories(sbfota_headers INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)

# The objects of each style; only those that something links are built.
foreach(style goto table)
    add_library(sbfota_codec_${style} OBJECT EXCLUDE_FROM_ALL ${sbfota_sources})
    target_link_libraries(sbfota_codec_${style} PUBLIC sbfota_headers PRIVATE sbfota_own_code)
    set_target_properties(sbfota_codec_${style} PROPERTIES C_VISIBILITY_PRESET hidden)
    if(independent)
        set_target_properties(sbfota_codec_${style} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    endif()
    sbfota_standard(sbfota_codec_${style} 99)
    # So that a linker can leave out each function that a firmware does not call.
    if(NOT has_shared AND CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
        target_compile_options(sbfota_codec_${style} PRIVATE -ffunction-sections -fdata-sections)
    endif()
endforeach()
target_compile_definitions(sbfota_codec_table PRIVATE SBFOTA_PARSER_TABLE)

add_library(sbfota INTERFACE)
target_link_libraries(sbfota INTERFACE sbfota_${kind})
add_library(sbfota::sbfota ALIAS sbfota)
foreach(each IN LISTS kinds)
    string(TOUPPER ${each} type)
    set(library sbfota_${each})
    add_library(${library} ${type} $<TARGET_OBJECTS:sbfota_codec_${SBFOTA_PARSER}>)
    set_target_properties(${library} PROPERTIES OUTPUT_NAME sbfota LINKER_LANGUAGE C)
    target_include_directories(${library} INTERFACE
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    add_library(sbfota::${library} ALIAS ${library})
endforeach()

if(TARGET sbfota_shared)
    # Before 1.0 a minor version may change the interface.
    set_target_properties(sbfota_shared PROPERTIES
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
    if(SBFOTA_SANITIZE)
        target_link_options(sbfota_shared PRIVATE ${sanitizers})
    endif()
endif()
