/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

struct arena;

/* The Cookie header of a request (RFC 6265, 4.2). */

enum cookie_result {
	COOKIE_NONE,
	COOKIE_FOUND,
	COOKIE_TWICE, /* somebody else may have put one there: trust neither */
};

/* Finds a cookie by its name, in the case given; `header` NULL has none. */
enum cookie_result cookie_find(struct arena *arena, const char *header,
                               const char *name, const char **ret);
