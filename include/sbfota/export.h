/* SPDX-License-Identifier: MIT */
/** @file Which symbols the shared library shows. */
#ifndef SBFOTA_EXPORT_H
#define SBFOTA_EXPORT_H

#if defined(__GNUC__) && __GNUC__ >= 4
#define SBFOTA_API __attribute__((visibility("default")))
#else
#define SBFOTA_API
#endif

#endif
