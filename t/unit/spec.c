/* SPDX-License-Identifier: Apache-2.0 */
#include "store/spec.h"

#include "spec_text.h"
#include "unit.h"
#include "wire/limits.h"

/* --- one ------------------------------------------------------------------ */

static void
canonical(void **state)
{
	static const struct {
		enum spec_format format;
		const char *text;
		const char *json;
	} cases[] = {
		{SPEC_FORMAT_YAML, "serviceID: ab\n", "{\"serviceID\":\"ab\"}"},
		{SPEC_FORMAT_JSON, "{ \"serviceID\" : \"ab\" }\n",
	         "{\"serviceID\":\"ab\"}"},
		/* Sorted, without nulls of known keys and without spaces. */
		{SPEC_FORMAT_YAML,
	         "tier: 1\nserviceID: ab\ntags: ~\nx: {c: 1, b: ~}\n",
	         "{\"serviceID\":\"ab\",\"tier\":1,\"x\":{\"b\":null,\"c\":1}"
	         "}"},
		{SPEC_FORMAT_JSON,
	         "{\"x\":{\"c\":1,\"b\":null},\"tags\":null,\"tier\":1,"
	         "\"serviceID\":\"ab\"}",
	         "{\"serviceID\":\"ab\",\"tier\":1,\"x\":{\"b\":null,\"c\":1}"
	         "}"},
		{SPEC_FORMAT_YAML,
	         "serviceID: ab\nx: [0.1, 1.20, 1e3, 9007199254740993, NO,"
	         " 0777, 12:30]\n",
	         "{\"serviceID\":\"ab\",\"x\":[0.1,1.2,1000.0,"
	         "9007199254740993,\"NO\",\"0777\",\"12:30\"]}"},
		{SPEC_FORMAT_JSON,
	         "{\"serviceID\":\"ab\",\"x\":[0.10,9007199254740993]}",
	         "{\"serviceID\":\"ab\",\"x\":[0.1,9007199254740993]}"},
		{SPEC_FORMAT_YAML, "serviceID: ab\ndescription: 決済\n",
	         "{\"description\":\"決済\",\"serviceID\":\"ab\"}"},
		{SPEC_FORMAT_YAML, "serviceID: ab\nx: &a [1]\ny: *a\n",
	         "{\"serviceID\":\"ab\",\"x\":[1],\"y\":[1]}"},
		{SPEC_FORMAT_YAML, "---\nserviceID: ab\n...\n---\n",
	         "{\"serviceID\":\"ab\"}"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct spec_set set;

		row_text(cases[i].text,
		         read_one(*state, cases[i].text, cases[i].format, NULL,
		                  &set),
		         "ok");
		row_int(cases[i].text, set.count, 1);
		row_text(cases[i].text, set.items[0].json, cases[i].json);
		row_text(cases[i].text, set.items[0].service_id, "ab");
		row_int(cases[i].text, set.items[0].faults.total, 0);
	}
}

static void
refused(void **state)
{
	static const struct {
		enum spec_format format;
		const char *text;
		const char *outcome;
	} cases[] = {
		{SPEC_FORMAT_YAML, "", "invalid: empty # 1:1"},
		{SPEC_FORMAT_YAML, "---\n...\n", "invalid: empty # 1:1"},
		{SPEC_FORMAT_YAML, "~\n", "invalid: empty # 1:1"},
		{SPEC_FORMAT_YAML, "a: [\n", "malformed: syntax # 2:1"},
		{SPEC_FORMAT_YAML, "serviceID: ab\n---\nserviceID: cd\n",
	         "invalid: too-many # 3:1"},
		{SPEC_FORMAT_YAML, "serviceID: ab\n---\na: 1\n---\nb: 2\n",
	         "invalid: too-many # 3:1"},
		{SPEC_FORMAT_YAML, "serviceID: ab\n---\n- [\n",
	         "invalid: too-many # 3:1"},
		{SPEC_FORMAT_YAML, "[]\n", "invalid: type # 1:1"},
		{SPEC_FORMAT_YAML, "serviceID: ab\ntier: 1\ntier: 2\n",
	         "invalid: duplicate-key #/tier 3:1"},
		{SPEC_FORMAT_YAML, "serviceID: !!str ab\n",
	         "invalid: tag #/serviceID 1:12"},
		{SPEC_FORMAT_YAML, "serviceID: ab\n<<: {tier: 1}\n",
	         "invalid: merge-key #/<< 2:1"},
		/* Faults of reading and of the rules, in the order of lines. */
		{SPEC_FORMAT_YAML, "tier: 9\ntags: [a, a]\ntier: 1\nx: !y z\n",
	         "invalid: required #/serviceID 1:1; range #/tier 1:7; "
	         "duplicate #/tags/1 2:11; duplicate-key #/tier 3:1; "
	         "tag #/x 4:4"},
		{SPEC_FORMAT_JSON, "", "malformed: syntax # 1:1"},
		{SPEC_FORMAT_JSON, "{\"serviceID\":\"ab\"",
	         "malformed: syntax # 1:18"},
		{SPEC_FORMAT_JSON, "{\"serviceID\":\"ab\"} {}",
	         "malformed: syntax # 1:20"},
		{SPEC_FORMAT_JSON, "[]", "invalid: type # 1:1"},
		{SPEC_FORMAT_JSON, "null", "invalid: type # 1:1"},
		{SPEC_FORMAT_JSON,
	         "{\"serviceID\":\"ab\",\n\"tier\":1,\"tier\":2}",
	         "invalid: duplicate-key # 2:10"},
		{SPEC_FORMAT_JSON, "{\"serviceID\":\"ab\",\n \"tier\": 9}",
	         "invalid: range #/tier 2:10"},
		{SPEC_FORMAT_JSON, "{\"serviceID\":\"a\\ud83d\"}",
	         "malformed: syntax # 1:22"},
		{SPEC_FORMAT_JSON, "{\"serviceID\":\"ab\",\"x\":1e400}",
	         "invalid: number # 1:27"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct spec_set set;

		row_text(cases[i].text,
		         read_one(*state, cases[i].text, cases[i].format, NULL,
		                  &set),
		         cases[i].outcome);
	}
}

static void
wanted_id(void **state)
{
	struct spec_set set;

	assert_string_equal(read_one(*state, "serviceID: ab\n",
	                             SPEC_FORMAT_YAML, "ab", &set),
	                    "ok");
	assert_string_equal(read_one(*state, "tier: 1\nserviceID: ab\n",
	                             SPEC_FORMAT_YAML, "cd", &set),
	                    "invalid: other-id #/serviceID 2:12");
	assert_non_null(strstr(set.faults.items[0].detail, "\"cd\""));
	assert_string_equal(read_one(*state, "{\"serviceID\":\"AB\"}",
	                             SPEC_FORMAT_JSON, "cd", &set),
	                    "invalid: format #/serviceID 1:14");
	assert_null(set.items[0].service_id);
}

/* What can be told of a document that is refused, for its owner to find it. */
static void
owner_of_refused(void **state)
{
	static const struct {
		const char *text;
		const char *id;
		const char *team;
	} cases[] = {
		{"serviceID: ab\nteamName: t\ntier: 9\n", "ab", "t"},
		{"serviceID: ab\nteamName: a b\n", "ab", NULL},
		{"serviceID: [ab]\nteamName: t\n", NULL, "t"},
		{"serviceID: AB\nteamName: 7\n", NULL, NULL},
		{"serviceID: ab\nteamName: \"t\\nu\"\n", "ab", NULL},
		{"serviceID: ab\nteamName: ''\n", "ab", NULL},
		{"- serviceID: ab\n", NULL, NULL},
		{"serviceID: ab\nx: [\n", NULL, NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct spec_set set;

		row_true(cases[i].text,
		         strcmp(read_one(*state, cases[i].text,
		                         SPEC_FORMAT_YAML, NULL, &set),
		                "ok") != 0);
		row_int(cases[i].text, set.count, 1);
		row_text(cases[i].text, set.items[0].service_id, cases[i].id);
		row_text(cases[i].text, set.items[0].team, cases[i].team);
		row_true(cases[i].text, set.items[0].json == NULL);
		row_text(cases[i].text, set.items[0].source, cases[i].text);
		row_true(cases[i].text, set.items[0].faults.total > 0);
	}
}

static void
warnings(void **state)
{
	struct spec_set set;

	assert_string_equal(read_one(*state,
	                             "serviceID: ab\ntaem_name: x\n"
	                             "dependsOn: [ab]\n",
	                             SPEC_FORMAT_YAML, NULL, &set),
	                    "ok");
	assert_string_equal(text_faults(*state, &set.warnings),
	                    "unknown-key #/taem_name 2:1; "
	                    "self #/dependsOn/0 3:13");
}

/* --- bytes ---------------------------------------------------------------- */

static void
not_text(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *outcome;
	} cases[] = {
		{"\xff", 1, "malformed: encoding # 1:1"},
		{"serviceID: ab\nx: \xe6\xb1\n", 20,
	         "malformed: encoding # 2:4"},
		{"決: 済\n\xc0\x80", 12, "malformed: encoding # 2:1"},
		{"x: 決\xed\xa0\x80", 9, "malformed: encoding # 1:5"},
		{"x: 決\xe6\xb1", 8, "malformed: encoding # 1:5"},
		{"a: b\0c\n", 7, "malformed: nul # 1:5"},
		{"\0", 1, "malformed: nul # 1:1"},
		{"x: 😀é\xff", 10, "malformed: encoding # 1:6"},
		{"serviceID: ab\n\0", 15, "malformed: nul # 2:1"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int format = 0; format < SPEC_FORMAT_END; format++) {
			struct spec_set set;
			enum spec_result result = spec_read(
				cases[i].bytes, cases[i].len,
				(enum spec_format)format, NULL, *state, &set);

			row_text(cases[i].outcome,
			         outcome(*state, result, &set),
			         cases[i].outcome);
			row_int(cases[i].outcome, set.count, 0);
		}
	}
}

/* 4 MiB of JSON, which has no comments to fill it: spaces. */
static void
length(void **state)
{
	static const char text[] = "{\"serviceID\":\"ab\"}";
	const int most = LIMIT_SPEC_BYTES;
	struct spec_set set;

	assert_string_equal(read_one(*state,
	                             arena_printf(*state, "%-*s", most, text),
	                             SPEC_FORMAT_JSON, NULL, &set),
	                    "ok");
	assert_string_equal(
		read_one(*state, arena_printf(*state, "%-*s", most + 1, text),
	                 SPEC_FORMAT_JSON, NULL, &set),
		"invalid: too-long # 1:1");
	assert_int_equal(strlen(set.items[0].source), LIMIT_SPEC_BYTES);
	assert_string_equal(
		read_set(*state,
	                 arena_printf(*state, "[%s,\"%*s\"]", text, most, ""),
	                 SPEC_FORMAT_JSON, &set),
		"invalid: too-long #/1 1:21");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("the same spec has the same canonical JSON", canonical),
		CHECK("every mistake is told with its place", refused),
		CHECK("the id must be the one that is published", wanted_id),
		CHECK("a refused spec tells whose it is", owner_of_refused),
		CHECK("warnings do not refuse", warnings),
		CHECK("what is no UTF-8 is refused with its place", not_text),
		CHECK("a spec has 4 MiB at most", length),
	};

	return unit_run(tests);
}
