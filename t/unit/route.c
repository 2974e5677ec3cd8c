/* SPDX-License-Identifier: Apache-2.0 */
#include "http/route.h"

#include "text.h"
#include "unit.h"

static const struct route routes[] = {
	{GET, "/", NULL, SCOPE_ANY},
	{GET, "/services", NULL, SCOPE_ANY},
	{POST, "/services", NULL, SCOPE_ANY},
	{GET, "/services/{id}", NULL, SCOPE_ANY},
	{PUT, "/services/{id}", NULL, SCOPE_ANY},
	{GET, "/services/{id}/versions/{number}", NULL, SCOPE_ANY},
	{DELETE, "/services/new", NULL, SCOPE_ANY},
	ROUTES_END,
};

static const struct {
	enum method method;
	const char *path;
	int route; /* -1 = none */
	unsigned allow;
	const char *first; /* parameter */
	const char *second;
} paths[] = {
	{GET, "/", 0, 1u << GET, NULL, NULL},
	{GET, "/services", 1, 1u << GET, NULL, NULL},
	{POST, "/services", 2, 1u << GET | 1u << POST, NULL, NULL},
	{GET, "/services/a", 3, 1u << GET, "a", NULL},
	{PUT, "/services/a", 4, 1u << GET | 1u << PUT, "a", NULL},
	{GET, "/services/a/versions/7", 5, 1u << GET, "a", "7"},
	{GET, "/services/%E6%B1%BA", 3, 1u << GET, "決", NULL},
	{GET, "/services/a%2Fb", 3, 1u << GET, "a/b", NULL},
	{GET, "/services/a+b", 3, 1u << GET, "a+b", NULL},
	{GET, "/services/..", 3, 1u << GET, "..", NULL},
	/* A pattern with a parameter matches what another names. */
	{DELETE, "/services/new", 6, 1u << GET | 1u << PUT | 1u << DELETE, NULL,
         NULL},
	{DELETE, "/services", -1, 1u << GET | 1u << POST, NULL, NULL},
	{PATCH, "/services/a", -1, 1u << GET | 1u << PUT, NULL, NULL},
	{METHOD_END, "/", -1, 1u << GET, NULL, NULL},
	{GET, "", -1, 0, NULL, NULL},
	{GET, "services", -1, 0, NULL, NULL},
	{GET, "//", -1, 0, NULL, NULL},
	{GET, "//services", -1, 0, NULL, NULL},
	{GET, "/services/", -1, 0, NULL, NULL},
	{GET, "/services//versions/7", -1, 0, NULL, NULL},
	{GET, "/services/a/", -1, 0, NULL, NULL},
	{GET, "/services/a/versions", -1, 0, NULL, NULL},
	{GET, "/services/a/versions/7/", -1, 0, NULL, NULL},
	{GET, "/Services", -1, 0, NULL, NULL},
	{GET, "/service", -1, 0, NULL, NULL},
	{GET, "/servicesx", -1, 0, NULL, NULL},
	{GET, "/%73ervices", -1, 0, NULL, NULL},
	{GET, "/services/%00", -1, 0, NULL, NULL},
	{GET, "/services/%0a", -1, 0, NULL, NULL},
	{GET, "/services/%ff", -1, 0, NULL, NULL},
	{GET, "/services/%", -1, 0, NULL, NULL},
	{GET, "/services/%zz", -1, 0, NULL, NULL},
};

static void
found(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		const char *path = paths[i].path;
		struct route_match match;
		bool is = route_find(routes, paths[i].method, path, *state,
		                     &match);

		row_int(path, is, paths[i].route >= 0);
		row_true(path,
		         match.route == (is ? &routes[paths[i].route] : NULL));
		row_int(path, match.allow, paths[i].allow);
		if (!is)
			continue;
		row_int(path, match.param_count,
		        (paths[i].first != NULL) + (paths[i].second != NULL));
		if (paths[i].first != NULL)
			row_text(path, match.params[0].value, paths[i].first);
		if (paths[i].second != NULL)
			row_text(path, match.params[1].value, paths[i].second);
	}
}

static void
length(void **state)
{
	struct route_match match;
	const char *longest = arena_printf(
		*state, "/services/%s",
		text_times(*state, "a", PATH_BYTES_MAX - strlen("/services/")));

	assert_true(route_find(routes, GET, longest, *state, &match));
	assert_false(route_find(routes, GET,
	                        arena_printf(*state, "%sa", longest), *state,
	                        &match));
	assert_int_equal(match.allow, 0);
}

static void
methods(void **state)
{
	static const struct {
		const char *name;
		enum method method;
	} cases[] = {
		{"GET", GET},          {"HEAD", GET},
		{"POST", POST},        {"PUT", PUT},
		{"PATCH", PATCH},      {"DELETE", DELETE},
		{"get", METHOD_END},   {"OPTIONS", METHOD_END},
		{"GETX", METHOD_END},  {"", METHOD_END},
		{"TRACE", METHOD_END},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		row_int(cases[i].name, method_read(cases[i].name),
		        cases[i].method);
		if (cases[i].method != METHOD_END &&
		    strcmp(cases[i].name, "HEAD") != 0)
			row_text(cases[i].name, method_name(cases[i].method),
			         cases[i].name);
	}
}

static void
decoded(void **state)
{
	static const struct {
		const char *text;
		bool plus;
		const char *want; /* NULL = malformed */
	} cases[] = {
		{"", false, ""},
		{"abc", false, "abc"},
		{"%41%62", false, "Ab"},
		{"%4a%4A", false, "JJ"},
		{"a+b", false, "a+b"},
		{"a+b", true, "a b"},
		{"a%2Bb", true, "a+b"},
		{"%2541", false, "%41"}, /* once only */
		{"%E6%B1%BA", false, "決"},
		{"決", false, "決"},
		{"%20", false, " "},
		{"%", false, NULL},
		{"%4", false, NULL},
		{"a%", false, NULL},
		{"%g1", false, NULL},
		{"%1g", false, NULL},
		{"%-1", false, NULL},
		{"% 1", false, NULL},
		{"%%41", false, NULL},
		{"%00", false, NULL},
		{"%1F", false, NULL},
		{"%7f", false, NULL},
		{"a\nb", false, NULL},
		{"\x7f", false, NULL},
		{"%ff", false, NULL},
		{"%C0%80", false, NULL},
		{"%ED%A0%80", false, NULL},
		{"%E6%B1", false, NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_text(cases[i].text,
		         percent_decode(*state, cases[i].text,
		                        strlen(cases[i].text), cases[i].plus),
		         cases[i].want);
	/* The length ends it, also in the middle of an escape. */
	assert_string_equal(percent_decode(*state, "ab%41", 2, false), "ab");
	assert_null(percent_decode(*state, "ab%41", 4, false));
	assert_null(percent_decode(*state, "a\0b", 3, false));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a path has one route, or tells other methods", found),
		CHECK("a path has 1,024 bytes at most", length),
		CHECK("methods have names, HEAD is GET", methods),
		CHECK("escapes are decoded once, to text", decoded),
	};

	return unit_run(tests);
}
