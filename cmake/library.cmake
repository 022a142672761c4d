# SPDX-License-Identifier: MIT
#
# The codec, the session and the host: their objects once per parser style, and the two libraries made from one of them.

file(GLOB codec_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/codec/*.c)
file(GLOB session_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/session/*.c)
file(GLOB host_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/host/*.c)
list(FILTER codec_sources EXCLUDE REGEX "/parser_(goto|table)\\.c$")

# What a user of the library needs to see.
add_library(sbfota_headers INTERFACE)
target_include_directories(sbfota_headers INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/gen/include>)

# The objects of each style; only those that something links are built.
foreach(style goto table)
    add_library(sbfota_codec_${style} OBJECT EXCLUDE_FROM_ALL
        ${codec_sources} ${session_sources} ${host_sources}
        ${PROJECT_SOURCE_DIR}/src/codec/parser_${style}.c)
    target_include_directories(sbfota_codec_${style} PRIVATE
        ${PROJECT_SOURCE_DIR}/gen ${PROJECT_SOURCE_DIR}/grammar)
    target_link_libraries(sbfota_codec_${style} PUBLIC sbfota_headers PRIVATE sbfota_own_code)
    set_target_properties(sbfota_codec_${style} PROPERTIES
        POSITION_INDEPENDENT_CODE ON C_VISIBILITY_PRESET hidden)
    sbfota_standard(sbfota_codec_${style} 99)
endforeach()

add_library(sbfota_static STATIC $<TARGET_OBJECTS:sbfota_codec_${SBFOTA_PARSER}>)
add_library(sbfota_shared SHARED $<TARGET_OBJECTS:sbfota_codec_${SBFOTA_PARSER}>)
foreach(library sbfota_static sbfota_shared)
    set_target_properties(${library} PROPERTIES OUTPUT_NAME sbfota LINKER_LANGUAGE C)
    target_include_directories(${library} INTERFACE
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/gen/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()
if(SBFOTA_SANITIZE)
    target_link_options(sbfota_shared PRIVATE ${sanitizers})
endif()

# Before 1.0 a minor version may change the interface.
set_target_properties(sbfota_shared PROPERTIES
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

set_target_properties(sbfota_static PROPERTIES EXPORT_NAME sbfota)
add_library(sbfota::sbfota ALIAS sbfota_static)
add_library(sbfota::sbfota_shared ALIAS sbfota_shared)
