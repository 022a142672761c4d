/* SPDX-License-Identifier: MIT
 *
 * What a message begins with, as the note prints it: up to the keyword, or its comma. search.py shows that the machine goes along. */
#ifndef SBFOTA_GRAMMAR_HEADS_H
#define SBFOTA_GRAMMAR_HEADS_H

#define SBFOTA_HEAD_URC "+QIND: \"SBFOTA\""
#define SBFOTA_HEAD_RESPONSE "+QCFGEXT: "
#define SBFOTA_HEAD_COMMAND "+QCFGEXT=" /* behind AT */
#define SBFOTA_HEAD_CME "+CME ERROR: "

#endif
