/* SPDX-License-Identifier: Apache-2.0 */
#include "http/cookie.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

enum cookie_result
cookie_find(struct arena *arena, const char *header, const char *name,
            const char **ret)
{
	enum cookie_result result = COOKIE_NONE;
	size_t name_len = strlen(name);
	const char *value = NULL;
	const char *p = header == NULL ? "" : header;

	while (*p != '\0') {
		while (*p == ';' || is_blank(*p))
			p++;
		size_t len = strcspn(p, ";");
		const char *next = p + len;

		while (len > 0 && is_blank(p[len - 1]))
			len--;
		if (len > name_len && p[name_len] == '=' &&
		    memcmp(p, name, name_len) == 0) {
			if (result != COOKIE_NONE)
				return COOKIE_TWICE;
			value = arena_strndup(arena, p + name_len + 1,
			                      len - name_len - 1);
			result = COOKIE_FOUND;
		}
		p = next;
	}
	if (result == COOKIE_FOUND)
		*ret = value;
	return result;
}
