/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

/*
 * A look at XML text before it is parsed, without memory of its own: does it
 * keep to the limits, and is there no DOCTYPE? It finds its way through any
 * UTF-8; whether that is XML is for the parser to say. A parser that stops at
 * its first error goes no other way up to there.
 */

enum xml_breach {
	XML_BREACH_NONE,
	XML_BREACH_DOCTYPE,
	XML_BREACH_ENCODING, /* the declaration names another than UTF-8 */
	XML_BREACH_DEPTH,
	XML_BREACH_TAG,
	XML_BREACH_ATTRIBUTES,
	XML_BREACH_TEXT,
	XML_BREACH_END,
};

/* The first rule that the text breaks, and the byte where it does. */
enum xml_breach xml_scan(const char *bytes, size_t len, size_t *ret_at);

/* The code and the sentence for a fault. */
const char *xml_breach_code(enum xml_breach breach);
const char *xml_breach_text(enum xml_breach breach);
