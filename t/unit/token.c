/* SPDX-License-Identifier: Apache-2.0 */
/* What needs no database; with one, t/http tests it. */
#include "store/token.h"

#include "base/str.h"
#include "store/secret.h"
#include "unit.h"

static void
forms(void **state)
{
	static const struct {
		const char *prefix;
		bool token;
	} cases[] = {
		{"mdp_", true},  {"mdc_", true},     {"mds_", true},
		{"mdx_", false}, {"mdp", false},     {"", false},
		{"MDP_", false}, {"__Host-", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].prefix,
		        token_is_wellformed(
				secret_new(*state, cases[i].prefix)),
		        cases[i].token);
	assert_false(token_is_wellformed(""));
	assert_false(token_is_wellformed("mdp_"));
}

static void
scopes(void **state)
{
	static const struct {
		const char *kind;
		const char *scope;
		bool may;
	} cases[] = {
		{"personal", "catalog:read", true},
		{"personal", "ingest:write", true},
		{"personal", "admin", false},
		{"ci", "ingest:write", true},
		{"ci", "ingest:validate", true},
		{"ci", "catalog:read", true},
		{"ci", "admin", false},
		{"system", "catalog:read", true},
		{"system", "events:read", true},
		{"system", "ingest:write", false},
		{"system", "ingest:validate", false},
		{"session", "catalog:read", false},
		{"", "catalog:read", false},
		{"CI", "ingest:write", false},
		{"ci", "", false},
		{"ci", "ingest", false},
		{"ci", "ingest:write ingest:validate", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].scope,
		        token_may_have(cases[i].kind, cases[i].scope),
		        cases[i].may);
	assert_string_equal(token_scopes("none"), "");
}

/* Each kind that is told has scopes, and no kind but those. */
static void
kinds(void **state)
{
	static const char *const names[] = {"personal", "ci", "system"};
	size_t len = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		row_true(names[i], str_has_word(token_kinds(), names[i]));
		row_true(names[i], strlen(token_scopes(names[i])) > 0);
		len += strlen(names[i]) + 1;
	}
	assert_int_equal(strlen(token_kinds()), len - 1);
}

static void
globs(void **state)
{
	static const struct {
		const char *glob;
		bool good;
	} cases[] = {
		{"acme-payment", true},
		{"acme-*", true},
		{"*", true},
		{"*-api", true},
		{"a*b*c", true},
		{"1", true},
		{"", false},
		{"Acme", false},
		{"acme_payment", false},
		{"acme payment", false},
		{"acme,*", false},
		{"acme?", false},
		{"決済", false},
		{"a\n", false},
		{"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffffffff"
	         "gg",
	         true}, /* 63 */
		{"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffffffffff"
	         "ggg",
	         false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].glob, token_glob_is_valid(cases[i].glob),
		        cases[i].good);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a token is told by its form", forms),
		CHECK("each kind has its scopes and no others", scopes),
		CHECK("all kinds are told", kinds),
		CHECK("globs are of letters that ids have", globs),
	};

	return unit_run(tests);
}
