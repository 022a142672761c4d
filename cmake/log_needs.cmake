# SPDX-License-Identifier: MIT
#
# What the log library is linked with: log_links, and log_needs for those who write it down.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
# What it needs, as pkg-config calls it; bzip2 has no .pc file everywhere.
set(log_needs zlib libzstd)
if(log_isal)
    list(APPEND log_needs libisal)
endif()
if(SBFOTA_LOG_ARCHIVES)
    list(APPEND log_needs libarchive liblzma liblz4)
    find_package(BZip2 REQUIRED)
    set(log_bzip2 BZip2::BZip2)
endif()
foreach(each IN LISTS log_needs)
    pkg_check_modules(${each} REQUIRED IMPORTED_TARGET ${each})
    list(APPEND log_links PkgConfig::${each})
endforeach()
list(APPEND log_links ${log_bzip2} Threads::Threads)
