# SPDX-License-Identifier: MIT
#
# The extension of the Python package `sbfota`: one for CPython 3.9 and later. pyproject.toml asks for it.

find_package(Python 3.9 REQUIRED COMPONENTS Interpreter Development.Module)

file(GLOB python_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/python/core/*.c)
add_library(sbfota_python MODULE ${python_sources} $<TARGET_OBJECTS:sbfota_codec_${SBFOTA_PARSER}>)
set_target_properties(sbfota_python PROPERTIES
    PREFIX "" OUTPUT_NAME _core SUFFIX .abi3.so C_VISIBILITY_PRESET hidden)
target_compile_definitions(sbfota_python PRIVATE Py_LIMITED_API=0x03090000 _XOPEN_SOURCE=700 _DEFAULT_SOURCE)
target_include_directories(sbfota_python PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/gen ${PROJECT_SOURCE_DIR}/grammar)
target_link_libraries(sbfota_python PRIVATE Python::Module sbfota_headers sbfota_log_inside sbfota_own_code)
# Slots hold functions as void *, which POSIX has and ISO C has not.
set_source_files_properties(${python_sources} PROPERTIES COMPILE_OPTIONS -Wno-pedantic)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    # Its own library, whatever other one the process has.
    target_link_options(sbfota_python PRIVATE -Wl,-Bsymbolic)
endif()
sbfota_standard(sbfota_python 11)
install(TARGETS sbfota_python DESTINATION sbfota COMPONENT python)

# A wheel is repaired with copies of what it is linked with (auditwheel): their licences, as the system has them, go along.
if(SKBUILD_METADATA_DIR)
    foreach(each zlib libzstd libisal)
        string(REGEX REPLACE "^lib" "" word ${each})
        string(REPLACE isal "isa*l" word ${word})
        # Debian's, then those of Fedora and its relatives.
        file(GLOB found /usr/share/doc/${each}-dev/copyright /usr/share/doc/${each}1g-dev/copyright
            /usr/share/licenses/${word}*/* /usr/share/licenses/lib${word}*/*)
        foreach(licence IN LISTS found)
            get_filename_component(name ${licence} NAME)
            install(FILES ${licence} DESTINATION ${SKBUILD_METADATA_DIR}/licenses RENAME ${each}-${name} COMPONENT python)
        endforeach()
    endforeach()
endif()
