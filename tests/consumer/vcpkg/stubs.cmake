# SPDX-License-Identifier: MIT
#
# What the port calls of vcpkg, as far as it calls it, so that the port can be run without vcpkg: stubs.cmake is run with
# PORT, CURRENT_PORT_DIR, CURRENT_PACKAGES_DIR, CURRENT_BUILDTREES_DIR and VCPKG_LIBRARY_LINKAGE.

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE told ERROR_VARIABLE told)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN}\n${told}")
    endif()
endfunction()

function(vcpkg_cmake_configure)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "SOURCE_PATH" "OPTIONS;OPTIONS_RELEASE;OPTIONS_DEBUG")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "vcpkg_cmake_configure: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    set(shared OFF)
    if(VCPKG_LIBRARY_LINKAGE STREQUAL dynamic)
        set(shared ON)
    endif()
    foreach(kind Release Debug)
        set(prefix ${CURRENT_PACKAGES_DIR})
        if(kind STREQUAL Debug)
            set(prefix ${CURRENT_PACKAGES_DIR}/debug)
        endif()
        run(${CMAKE_COMMAND} -G Ninja -S ${arg_SOURCE_PATH} -B ${CURRENT_BUILDTREES_DIR}/${kind}
            -DCMAKE_BUILD_TYPE=${kind} -DCMAKE_INSTALL_PREFIX=${prefix} -DCMAKE_INSTALL_LIBDIR:STRING=lib
            -DBUILD_SHARED_LIBS=${shared} ${arg_OPTIONS})
    endforeach()
endfunction()

function(vcpkg_cmake_install)
    foreach(kind Release Debug)
        run(${CMAKE_COMMAND} --build ${CURRENT_BUILDTREES_DIR}/${kind} --target install)
    endforeach()
endfunction()

# vcpkg moves the package's files and joins those of both kinds; here only those of the release are moved.
function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "CONFIG_PATH;PACKAGE_NAME" "")
    file(COPY ${CURRENT_PACKAGES_DIR}/${arg_CONFIG_PATH}/ DESTINATION ${CURRENT_PACKAGES_DIR}/moved)
    if(NOT EXISTS ${CURRENT_PACKAGES_DIR}/moved/${PORT}Config.cmake)
        message(FATAL_ERROR "vcpkg_cmake_config_fixup: nothing in ${arg_CONFIG_PATH}")
    endif()
    file(REMOVE_RECURSE ${CURRENT_PACKAGES_DIR}/moved)
endfunction()

function(vcpkg_fixup_pkgconfig)
    if(NOT EXISTS ${CURRENT_PACKAGES_DIR}/lib/pkgconfig/${PORT}.pc)
        message(FATAL_ERROR "vcpkg_fixup_pkgconfig: no ${PORT}.pc")
    endif()
endfunction()

function(vcpkg_install_copyright)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "COMMENT" "FILE_LIST")
    file(INSTALL ${arg_FILE_LIST} DESTINATION ${CURRENT_PACKAGES_DIR}/share/${PORT})
    file(RENAME ${CURRENT_PACKAGES_DIR}/share/${PORT}/LICENSE ${CURRENT_PACKAGES_DIR}/share/${PORT}/copyright)
endfunction()

include(${CURRENT_PORT_DIR}/portfile.cmake)
