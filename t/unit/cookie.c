/* SPDX-License-Identifier: Apache-2.0 */
#include "http/cookie.h"

#include "unit.h"

static void
found(void **state)
{
	static const struct {
		const char *header;
		enum cookie_result result;
		const char *value;
	} cases[] = {
		{NULL, COOKIE_NONE, NULL},
		{"", COOKIE_NONE, NULL},
		{"__Host-md=abc", COOKIE_FOUND, "abc"},
		{"a=1; __Host-md=abc; b=2", COOKIE_FOUND, "abc"},
		{"a=1;__Host-md=abc;b=2", COOKIE_FOUND, "abc"},
		{"  __Host-md=abc\t ;", COOKIE_FOUND, "abc"},
		{";;; ;__Host-md=abc", COOKIE_FOUND, "abc"},
		{"__Host-md=", COOKIE_FOUND, ""},
		{"__Host-md=a=b==", COOKIE_FOUND, "a=b=="},
		{"__Host-md=\"abc\"", COOKIE_FOUND, "\"abc\""},
		{"__Host-md=a b", COOKIE_FOUND, "a b"},
		{"__Host-md", COOKIE_NONE, NULL},
		{"__Host-md =abc", COOKIE_NONE, NULL},
		{"__host-md=abc", COOKIE_NONE, NULL},
		{"__Host-mdx=abc", COOKIE_NONE, NULL},
		{"x__Host-md=abc", COOKIE_NONE, NULL},
		{"__Host-m=abc", COOKIE_NONE, NULL},
		{"a=__Host-md=abc", COOKIE_NONE, NULL},
		{"a=1, __Host-md=abc", COOKIE_NONE, NULL},
		{"=abc", COOKIE_NONE, NULL},
		{"; ; ;", COOKIE_NONE, NULL},
		{"__Host-md=a; __Host-md=b", COOKIE_TWICE, NULL},
		{"__Host-md=a; __Host-md=a", COOKIE_TWICE, NULL},
		{"__Host-md=a; x=1; __Host-md=; __Host-md=c", COOKIE_TWICE,
	         NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *header = cases[i].header;
		const char *row = header == NULL ? "no header" : header;
		const char *value = NULL;

		row_int(row, cookie_find(*state, header, "__Host-md", &value),
		        cases[i].result);
		row_text(row, value, cases[i].value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a cookie is found by its exact name, and only one",
	              found),
	};

	return unit_run(tests);
}
