/* SPDX-License-Identifier: Apache-2.0 */
/* The Cookie header: a second cookie of the name is always noticed, one of
 * another name changes nothing. */
#include "http/cookie.h"
#include "base/arena.h"
#include "fuzz.h"

#include <string.h>

static const char name[] = "__Host-md_sid";

static enum cookie_result
find(struct arena *arena, const char *before, const char *header,
     const char *after, const char **ret)
{
	return cookie_find(arena,
	                   arena_printf(arena, "%s%s%s", before, header, after),
	                   name, ret);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	const char *header = fuzz_text(arena, bytes, len);
	const char *value = NULL;
	const char *other = NULL;
	enum cookie_result result = cookie_find(arena, header, name, &value);

	HOLDS((result == COOKIE_NONE) == (value == NULL) ||
	      result == COOKIE_TWICE);
	HOLDS(find(arena, "a=b; ", header, "", &other) == result);
	HOLDS(find(arena, "", header, "; __Host-md_si=1", &other) == result);
	HOLDS(find(arena, "__Host-md_sid=; ", header, "", &other) ==
	      (result == COOKIE_NONE ? COOKIE_FOUND : COOKIE_TWICE));
	HOLDS(find(arena, "", header, ";__Host-md_sid=1", &other) ==
	      (result == COOKIE_NONE ? COOKIE_FOUND : COOKIE_TWICE));
	if (result == COOKIE_NONE)
		HOLDS(strcmp(other, "1") == 0);
	if (result != COOKIE_FOUND)
		return;

	HOLDS(strstr(header, value) != NULL);
	HOLDS(strchr(value, ';') == NULL);
	HOLDS(find(arena, name, "=", value, &other) == COOKIE_FOUND);
	HOLDS(strcmp(other, value) == 0);
}
