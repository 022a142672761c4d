# SPDX-License-Identifier: MIT
#
# The log library: its objects, which the tool and the tests link too, and what is made of them. sbfota::log is for users: the shared
# library if BUILD_SHARED_LIBS is on, else the static one.

include(${CMAKE_CURRENT_LIST_DIR}/log_sources.cmake)

include(${CMAKE_CURRENT_LIST_DIR}/log_needs.cmake)

add_library(sbfota_log_objects OBJECT EXCLUDE_FROM_ALL ${log_sources})
target_compile_definitions(sbfota_log_objects PRIVATE _XOPEN_SOURCE=700 _DEFAULT_SOURCE ${log_definitions})
target_include_directories(sbfota_log_objects PRIVATE
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/gen ${PROJECT_SOURCE_DIR}/grammar)
target_link_libraries(sbfota_log_objects PUBLIC sbfota_headers PRIVATE sbfota_own_code ${log_links})
set_target_properties(sbfota_log_objects PROPERTIES C_VISIBILITY_PRESET hidden)
sbfota_standard(sbfota_log_objects 11)
if(independent)
    set_target_properties(sbfota_log_objects PROPERTIES POSITION_INDEPENDENT_CODE ON)
endif()

# For the tool, the tests and the fuzz harnesses, which also look inside.
add_library(sbfota_log_inside INTERFACE)
target_sources(sbfota_log_inside INTERFACE $<TARGET_OBJECTS:sbfota_log_objects>)
target_link_libraries(sbfota_log_inside INTERFACE ${log_links})
add_dependencies(sbfota_log_inside sbfota_log_objects)

# A static library shows all names that its files have in common: they are made one file, which has its own names alone.
set(log_objects $<TARGET_OBJECTS:sbfota_log_objects>)
if("static" IN_LIST kinds AND CMAKE_OBJCOPY AND CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT CMAKE_INTERPROCEDURAL_OPTIMIZATION)
    set(log_object ${PROJECT_BINARY_DIR}/sbfota-log.o)
    add_custom_command(OUTPUT ${log_object}
        COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${log_object} ${log_objects}
        COMMAND ${CMAKE_OBJCOPY} --wildcard "--keep-global-symbol=sbfota_*" ${log_object}
        DEPENDS ${log_objects} COMMAND_EXPAND_LISTS VERBATIM)
    set_source_files_properties(${log_object} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
    set(log_static_objects ${log_object})
else()
    set(log_static_objects ${log_objects})
endif()

add_library(sbfota_log INTERFACE)
target_link_libraries(sbfota_log INTERFACE sbfota_log_${kind})
set_target_properties(sbfota_log PROPERTIES EXPORT_NAME log)
add_library(sbfota::log ALIAS sbfota_log)
foreach(each IN LISTS kinds)
    string(TOUPPER ${each} type)
    set(library sbfota_log_${each})
    if(each STREQUAL "static")
        add_library(${library} STATIC ${log_static_objects})
    else()
        add_library(${library} SHARED ${log_objects})
    endif()
    set_target_properties(${library} PROPERTIES
        OUTPUT_NAME sbfota-log EXPORT_NAME log_${each} LINKER_LANGUAGE C)
    target_include_directories(${library} INTERFACE
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    target_link_libraries(${library} PUBLIC sbfota_${each} PRIVATE ${log_links})
    add_library(sbfota::log_${each} ALIAS ${library})
endforeach()
if(TARGET sbfota_log_shared)
    set_target_properties(sbfota_log_shared PROPERTIES
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
        INSTALL_RPATH "$ORIGIN") # where libsbfota.so lies beside it
    if(SBFOTA_SANITIZE)
        target_link_options(sbfota_log_shared PRIVATE ${sanitizers})
    endif()
endif()
