# SPDX-License-Identifier: MIT
#
# What is installed, and how it is found again: find_package(sbfota) and pkg-config.

include(CMakePackageConfigHelpers)

set(log_headers)
if(NOT SBFOTA_BUILD_LOG)
    set(log_headers PATTERN "log.h" EXCLUDE PATTERN "arrow.h" EXCLUDE)
endif()
install(DIRECTORY include/sbfota DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h" ${log_headers})
install(TARGETS sbfota EXPORT sbfota)
foreach(each IN LISTS kinds)
    install(TARGETS sbfota_${each} EXPORT sbfota)
endforeach()

# The codec needs no other package; what the log library needs is looked for only if that is asked for.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sbfota)
install(EXPORT sbfota FILE sbfotaTargets.cmake NAMESPACE sbfota:: DESTINATION ${package_dir})
configure_file(cmake/sbfotaConfig.cmake.in sbfotaConfig.cmake @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sbfotaConfig.cmake DESTINATION ${package_dir})
if(SBFOTA_BUILD_LOG)
    install(TARGETS sbfota_log EXPORT sbfota_log)
    foreach(each IN LISTS kinds)
        install(TARGETS sbfota_log_${each} EXPORT sbfota_log)
    endforeach()
    install(EXPORT sbfota_log FILE sbfotaLogTargets.cmake NAMESPACE sbfota:: DESTINATION ${package_dir})
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sbfotaConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sbfotaConfigVersion.cmake DESTINATION ${package_dir})

# The prefix is named from where the .pc file lies, so that an installed tree can be moved.
file(RELATIVE_PATH prefix_from_pc ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(sbfota.pc.in sbfota.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sbfota.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(SBFOTA_BUILD_LOG)
    # Of a static library alone, what it needs is its user's to link: pkg-config --static would ask for what only a static libarchive needs.
    if("shared" IN_LIST kinds)
        set(whose private)
    else()
        set(whose public)
    endif()
    list(JOIN log_needs " " needs)
    set(log_requires_${whose} " ${needs}")
    set(log_libs_${whose} " -pthread")
    if(log_bzip2)
        string(PREPEND log_libs_${whose} " -lbz2")
    endif()
    configure_file(sbfota-log.pc.in sbfota-log.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/sbfota-log.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
    install(FILES man/sbfota-log.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)
endif()

install(FILES README.md CHANGELOG.md LICENSE gen/reference.md gen/records.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md" PATTERN "*.schema.json")
install(FILES man/sbfota.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)

if(SBFOTA_BUILD_TOOL)
    install(TARGETS sbfota_tool)
    file(GLOB pages ${PROJECT_SOURCE_DIR}/man/*.1)
    install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES packaging/completions/sbfota DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
    install(FILES packaging/completions/_sbfota DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
    install(FILES packaging/completions/sbfota.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
    install(FILES man/sbfota-events.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
    if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
        install(FILES packaging/systemd/sbfota-watch@.service DESTINATION lib/systemd/system)
    endif()
endif()
