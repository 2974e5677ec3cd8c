/* SPDX-License-Identifier: Apache-2.0 */
/* Reading full sets of specs; of one, spec.c. */
#include "store/spec.h"

#include "spec_text.h"
#include "unit.h"
#include "wire/limits.h"

static void
sets(void **state)
{
	static const struct {
		enum spec_format format;
		const char *text;
		const char *outcome;
		size_t count;
	} cases[] = {
		{SPEC_FORMAT_YAML, "serviceID: ab\n---\nserviceID: cd\n", "ok",
	         2},
		{SPEC_FORMAT_YAML, "---\n---\nserviceID: ab\n---\n", "ok", 1},
		{SPEC_FORMAT_YAML, "", "invalid: empty # 1:1", 0},
		{SPEC_FORMAT_YAML, "- serviceID: ab\n", "invalid: type #/0 1:1",
	         1},
		{SPEC_FORMAT_YAML,
	         "serviceID: ab\ntier: 0\n---\nserviceID: cd\ntier: 9\n",
	         "invalid: range #/0/tier 2:7; range #/1/tier 5:7", 2},
		{SPEC_FORMAT_YAML,
	         "serviceID: ab\n---\nserviceID: cd\n---\nserviceID: ab\n",
	         "invalid: duplicate #/2/serviceID 5:12", 3},
		/* A mistake in the syntax ends the stream, a limit as well. */
		{SPEC_FORMAT_YAML, "serviceID: A\n---\nx: [\n---\ny: 1\n",
	         "malformed: too-short #/0/serviceID 1:12; syntax #/1 4:1", 2},
		{SPEC_FORMAT_YAML, "a: *x\n---\nserviceID: ab\n",
	         "invalid: alias #/0/a 1:4", 1},
		{SPEC_FORMAT_JSON, "[]", "ok", 0},
		{SPEC_FORMAT_JSON, "[{\"serviceID\":\"ab\"}]", "ok", 1},
		{SPEC_FORMAT_JSON,
	         "[{\"serviceID\":\"ab\"},\n {\"serviceID\":\"ab\"}]",
	         "invalid: duplicate #/1/serviceID 2:15", 2},
		{SPEC_FORMAT_JSON, "[{\"serviceID\":\"ab\"}, null]",
	         "invalid: type #/1 1:22", 2},
		{SPEC_FORMAT_JSON,
	         "[{\"serviceID\":\"ab\",\"tier\":1,\"tier\":1},\n"
	         "{\"serviceID\":\"cd\",\"tier\":5}]",
	         "invalid: duplicate-key #/0 1:29; range #/1/tier 2:26", 2},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct spec_set set;

		row_text(cases[i].text,
		         read_set(*state, cases[i].text, cases[i].format, &set),
		         cases[i].outcome);
		row_int(cases[i].text, set.count, cases[i].count);
	}
}

static void
sources(void **state)
{
	struct spec_set set;

	assert_string_equal(read_set(*state,
	                             "# first\nserviceID: ab\n---\n\n"
	                             "serviceID: cd # 決\n",
	                             SPEC_FORMAT_YAML, &set),
	                    "ok");
	assert_string_equal(set.items[0].source, "# first\nserviceID: ab\n");
	assert_int_equal(set.items[0].line, 1);
	assert_string_equal(set.items[1].source, "\nserviceID: cd # 決\n");
	assert_int_equal(set.items[1].line, 4);

	assert_string_equal(read_set(*state,
	                             "[ {\"serviceID\":\"ab\"} ,\n"
	                             "{\"serviceID\":\n\"cd\"}\n]",
	                             SPEC_FORMAT_JSON, &set),
	                    "ok");
	assert_string_equal(set.items[0].source, "{\"serviceID\":\"ab\"}");
	assert_string_equal(set.items[1].source, "{\"serviceID\":\n\"cd\"}");
	assert_int_equal(set.items[1].line, 2);
}

/* Of each document its own faults, of the set the first hundred. */
static void
many_faults(void **state)
{
	enum {
		COUNT = 300,
	};
	struct buf text = {.arena = *state};
	struct spec_set set;

	for (int i = 0; i < COUNT; i++)
		buf_printf(&text, "serviceID: s-%d\ntier: 9\ntags: 1\n---\n",
		           i);
	assert_int_equal(spec_set_read(text.data, text.len, SPEC_FORMAT_YAML,
	                               *state, &set),
	                 SPEC_INVALID);
	assert_int_equal(set.count, COUNT);
	assert_int_equal(set.faults.count, FAULTS_MAX);
	assert_int_equal(set.faults.total, 2 * COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		assert_int_equal(set.items[i].faults.count, 2);
		assert_int_equal(set.items[i].faults.items[0].line, 4 * i + 2);
	}
}

/* Past 10,000 faults of all documents each keeps its first. */
static void
very_many_faults(void **state)
{
	struct arena *a = *state;
	struct buf text = {.arena = a};
	struct spec_set set;

	for (int i = 0; i < 150; i++)
		buf_printf(&text, "serviceID: s-%d\nx: [%s]\n---\n", i,
		           text_times(a, "!y z,", 100));
	assert_int_equal(
		spec_set_read(text.data, text.len, SPEC_FORMAT_YAML, a, &set),
		SPEC_INVALID);
	assert_int_equal(set.faults.total, 15000);
	assert_int_equal(set.items[LIMIT_SET_FAULTS / 100 - 1].faults.count,
	                 100);
	assert_int_equal(set.items[LIMIT_SET_FAULTS / 100].faults.count, 1);
	assert_int_equal(set.items[149].faults.count, 1);
	assert_int_equal(set.items[149].faults.total, 100);
}

static void
most_documents(void **state)
{
	for (int more = 0; more < 2; more++) {
		struct buf text = {.arena = *state};
		struct spec_set set;

		for (int i = 0; i < LIMIT_SET_DOCUMENTS + more; i++)
			buf_printf(&text, "%s{\"serviceID\":\"s-%d\"}",
			           i == 0 ? "[" : ",\n", i);
		buf_addc(&text, ']');
		assert_string_equal(
			read_set(*state, buf_text(&text), SPEC_FORMAT_JSON,
		                 &set),
			more == 0 ? "ok"
				  : arena_printf(*state,
		                                 "invalid: too-many #/%d %d:1",
		                                 LIMIT_SET_DOCUMENTS,
		                                 LIMIT_SET_DOCUMENTS + 1));
		assert_int_equal(set.count, LIMIT_SET_DOCUMENTS);
		arena_reset(*state);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("sets are read document by document", sets),
		CHECK("each document keeps its source and line", sources),
		CHECK("faults of all documents are gathered", many_faults),
		CHECK("very many faults are kept in part", very_many_faults),
		CHECK("a set has 20,000 documents at most", most_documents),
	};

	return unit_run(tests);
}
