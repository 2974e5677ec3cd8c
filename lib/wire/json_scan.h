/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * A look at JSON text before it is parsed, without memory of its own: does it
 * keep to the limits? It finds its way through any bytes; whether they are JSON
 * is for the parser to say.
 */

enum json_breach {
	JSON_BREACH_NONE,
	JSON_BREACH_DEPTH,
	JSON_BREACH_NODES,
	JSON_BREACH_KEYS,
	JSON_BREACH_SCALAR,
};

/* The first limit that the text goes past, and the byte where it does. */
enum json_breach json_scan(const char *bytes, size_t len, size_t *ret_at);

/* What other documents than specs may have more of. */
struct json_limits {
	size_t nodes;  /* values */
	size_t scalar; /* bytes of one text */
};

/* The same with these limits. */
enum json_breach json_scan_within(const char *bytes, size_t len,
                                  const struct json_limits *limits,
                                  size_t *ret_at);

/* The code and the sentence for a fault. */
const char *json_breach_code(enum json_breach breach);
const char *json_breach_text(enum json_breach breach);
