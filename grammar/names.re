/* SPDX-License-Identifier: MIT
 *
 * What a modem's name is made of, and words that stand where one may stand and are none. */

/*!re2c
name_byte = [A-Za-z0-9_.:@/#+-] | [\x80-\xff];

/* The words of a logger of Python or its like. ERROR alone may be the modem's. */
rank      = "TRACE" | "DEBUG" | "INFO" | "WARN" | "WARNING";

/* What may be a zone of the time before it. */
zone_name = [Zz] | [A-Z]{3,4};
*/
