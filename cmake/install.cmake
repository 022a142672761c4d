# SPDX-License-Identifier: MIT
#
# What is installed, and how it is found again: find_package(sbfota) and pkg-config.

include(CMakePackageConfigHelpers)

install(DIRECTORY include/sbfota DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(TARGETS sbfota EXPORT sbfota)
foreach(each IN LISTS kinds)
    install(TARGETS sbfota_${each} EXPORT sbfota)
endforeach()

# The libraries need no other package, so the list of targets is all there is to configure.
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sbfota)
install(EXPORT sbfota FILE sbfotaConfig.cmake NAMESPACE sbfota:: DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sbfotaConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sbfotaConfigVersion.cmake DESTINATION ${package_dir})

# The prefix is named from where the .pc file lies, so that an installed tree can be moved.
file(RELATIVE_PATH prefix_from_pc ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(sbfota.pc.in sbfota.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sbfota.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES README.md CHANGELOG.md LICENSE gen/reference.md gen/records.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md" PATTERN "*.schema.json")
install(FILES man/sbfota.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)

if(SBFOTA_BUILD_TOOL)
    install(TARGETS sbfota_tool)
    install(FILES man/sbfota.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES man/sbfota-events.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
endif()
