/* SPDX-License-Identifier: Apache-2.0 */
#include "http/route.h"

#include "base/arena.h"
#include "base/str.h"

#include <string.h>

static const char *const method_names[METHOD_END] = {
	[GET] = "GET",     [POST] = "POST",     [PUT] = "PUT",
	[PATCH] = "PATCH", [DELETE] = "DELETE",
};

const char *
method_name(enum method method)
{
	return method_names[method];
}

enum method
method_read(const char *name)
{
	if (strcmp(name, "HEAD") == 0)
		return GET;
	for (int i = 0; i < METHOD_END; i++) {
		if (strcmp(method_names[i], name) == 0)
			return (enum method)i;
	}
	return METHOD_END;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

char *
percent_decode(struct arena *arena, const char *text, size_t len, bool plus)
{
	char *out = arena_alloc(arena, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '%') {
			if (len - i < 3)
				return NULL;
			int high = hex_value(text[i + 1]);
			int low = high < 0 ? -1 : hex_value(text[i + 2]);
			if (low < 0)
				return NULL;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if ((unsigned char)c < 0x20 || c == 0x7f)
			return NULL;
		out[n++] = c;
	}
	return str_is_utf8(out, n) ? out : NULL;
}

/* Matches one pattern; parameters are decoded into `ret`. */
static bool
matches(const char *pattern, const char *path, struct arena *arena,
        struct route_match *ret)
{
	ret->param_count = 0;
	while (*pattern == '/' && *path == '/') {
		pattern++;
		path++;
		size_t want = strcspn(pattern, "/");
		size_t have = strcspn(path, "/");

		if (*pattern == '{') {
			struct route_param *p =
				&ret->params[ret->param_count++];

			p->name = pattern + 1;
			p->name_len = want - 2;
			p->value = percent_decode(arena, path, have, false);
			if (have == 0 || p->value == NULL)
				return false;
		} else if (want != have || memcmp(pattern, path, want) != 0) {
			return false;
		}
		pattern += want;
		path += have;
	}
	return *pattern == '\0' && *path == '\0';
}

bool
route_find(const struct route *routes, enum method method, const char *path,
           struct arena *arena, struct route_match *ret)
{
	*ret = (struct route_match){0};
	if (strlen(path) > PATH_BYTES_MAX)
		return false;
	for (const struct route *r = routes; r->pattern != NULL; r++) {
		if (!matches(r->pattern, path, arena, ret))
			continue;
		ret->allow |= 1u << r->method;
		if (r->method == method) {
			ret->route = r;
			return true;
		}
	}
	return false;
}
