/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The families in t/unit/breaking_pairs: what is found in each, with its line,
 * is in the file `findings` there, and what has changed in `changes`. The
 * findings of buf's rules are those of buf (t/oracle/buf.t).
 */
#include "breaking/breaking.h"

#include "base/buf.h"
#include "base/fault.h"
#include "breaking_pair.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static const char *program;

static struct breaking_result
compared(struct arena *arena, const struct breaking_input *input)
{
	struct breaking_result result;
	struct fault fault = {0};

	if (!breaking_compare(arena, input, &result, &fault))
		fail_msg("refused: %s: %s", fault.code, fault.detail);
	return result;
}

static struct breaking_result
family(struct arena *arena, const char *name, unsigned categories)
{
	const struct pair pair = pair_read(arena, program, name);
	struct breaking_input input = pair_input(&pair);

	input.categories = categories;
	return compared(arena, &input);
}

static const char *
expected(struct arena *arena, const char *name, const char *what)
{
	const char *source = getenv("MDASH_SOURCE");
	struct buf text = {.arena = arena};
	char chunk[4096];
	size_t got;

	FILE *in =
		fopen(arena_printf(arena, "%s/t/unit/breaking_pairs/%s/%s",
	                           source == NULL ? "." : source, name, what),
	              "r");
	assert_non_null(in);
	while ((got = fread(chunk, 1, sizeof(chunk), in)) > 0)
		buf_add(&text, chunk, got);
	assert_int_equal(fclose(in), 0);
	return buf_text(&text);
}

/* Line by line, so that the first that differs is shown. */
static void
same_lines(const char *row, struct arena *arena, const char *got,
           const char *want)
{
	while (*got != '\0' || *want != '\0') {
		size_t got_len = strcspn(got, "\n");
		size_t want_len = strcspn(want, "\n");

		row_text(row, arena_strndup(arena, got, got_len),
		         arena_strndup(arena, want, want_len));
		got += got_len + (got[got_len] == '\n');
		want += want_len + (want[want_len] == '\n');
	}
}

/* --- families ------------------------------------------------------------- */

static const char *const families[] = {
	"cardinality", "defaults", "elsewhere", "enums",   "extensions",
	"fields",      "files",    "moves",     "options", "nopackage",
	"removed",     "reserved", "services",  "syntax",  "types",
};

static void
findings(void **state)
{
	struct arena *arena = *state;

	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		const char *name = families[i];
		struct breaking_result result =
			family(arena, name, BREAKING_ALL);
		struct buf got = {.arena = arena};

		for (size_t j = 0; j < result.finding_count; j++)
			buf_printf(&got, "%s\n",
			           pair_finding(arena, &result.findings[j]));
		same_lines(name, arena, buf_text(&got),
		           expected(arena, name, "findings"));
	}
}

static void
changes(void **state)
{
	struct arena *arena = *state;

	for (size_t i = 0; i < ARRAY_LEN(families); i++) {
		const char *name = families[i];
		struct breaking_result result = family(arena, name, 0);
		struct buf got = {.arena = arena};

		row_int(name, result.finding_count, 0);
		for (size_t j = 0; j < result.change_count; j++)
			buf_printf(&got, "%s\n",
			           pair_change(arena, &result.changes[j]));
		same_lines(name, arena, buf_text(&got),
		           expected(arena, name, "changes"));
	}
}

static size_t
count_of(const struct breaking_result *result, const char *rule, unsigned peers)
{
	size_t count = 0;

	for (size_t i = 0; i < result->finding_count; i++) {
		const struct breaking_finding *finding = &result->findings[i];

		count += strcmp(finding->rule, rule) == 0 &&
		         (peers == 0 || finding->peers == peers);
	}
	return count;
}

/* Each of 17 types becomes each other one. */
static void
scalars(void **state)
{
	enum {
		PAIRS = 17 * 16,
		/* int32 … bool 20, sint 2, fixed32 2, fixed64 2, to bytes 1 */
		WIRE = PAIRS - 27,
		/* 32 bits 2, 64 bits 2, fixed32 2, fixed64 2 */
		JSON = PAIRS - 8,
	};
	struct breaking_result result = family(*state, "scalars", BREAKING_ALL);

	assert_int_equal(result.finding_count, PAIRS + WIRE + JSON);
	assert_int_equal(count_of(&result, "FIELD_SAME_TYPE", 0), PAIRS);
	assert_int_equal(
		count_of(&result, "FIELD_SAME_TYPE", BREAKING_PEER_SOURCE),
		PAIRS - JSON);
	assert_int_equal(count_of(&result, "FIELD_SAME_TYPE",
	                          BREAKING_PEER_SOURCE | BREAKING_PEER_JSON),
	                 JSON - WIRE);
	assert_int_equal(count_of(&result, "FIELD_WIRE_COMPATIBLE_TYPE", 0),
	                 WIRE);
	assert_int_equal(
		count_of(&result, "FIELD_WIRE_JSON_COMPATIBLE_TYPE", 0), JSON);
}

/* --- what is asked for ---------------------------------------------------- */

static void
categories(void **state)
{
	struct breaking_result all = family(*state, "fields", BREAKING_ALL);

	for (unsigned one = 1; one < BREAKING_ALL; one <<= 1) {
		const char *name = breaking_category_name(one);
		struct breaking_result some = family(*state, "fields", one);
		size_t want = 0;

		for (size_t i = 0; i < all.finding_count; i++)
			want += (all.findings[i].categories & one) != 0;
		row_int(name, some.finding_count, want);
		row_true(name, want > 0 && want < all.finding_count);
		row_int(name, some.change_count, all.change_count);
	}
	assert_null(breaking_category_name(BREAKING_ALL));
}

static void
one_finding(void **state)
{
	struct breaking_result result =
		family(*state, "cardinality", BREAKING_WIRE);
	const struct breaking_finding *first = &result.findings[0];

	assert_string_equal(first->rule, "FIELD_WIRE_COMPATIBLE_CARDINALITY");
	assert_string_equal(first->path, "cardinality.proto");
	assert_string_equal(first->package, "acme.cardinality");
	assert_string_equal(first->full_name,
	                    "acme.cardinality.All.implicit_repeated");
	assert_int_equal(first->line, 8);
	assert_int_equal(first->column, 3);
	assert_int_equal(first->categories, BREAKING_WIRE);
	assert_int_equal(first->peers, BREAKING_PEER_WIRE);
	assert_false(first->gone);
	assert_string_equal(first->before, "optional without presence");
	assert_string_equal(first->after, "repeated");
	assert_string_equal(first->detail,
	                    "the field implicit_repeated (3) of "
	                    "acme.cardinality.All was optional without "
	                    "presence and is repeated now");
	assert_string_equal(first->fix,
	                    "add a new field with the other cardinality and "
	                    "mark the old one deprecated");
}

/* Of a string the set has the text itself, of bytes its escapes. */
static void
quotes(void **state)
{
	static const struct {
		const char *field;
		const char *detail;
	} rows[] = {
		{"text", "from \"a\" to \"b\""},
		{"changed", "from \"5\" to \"6\""},
		{"quoted", "from \"a\\\"b\\\\\" to \"\\011\""},
		{"bytes", "from \"a\\001\\377\\n\\\"\" to "
	                  "\"a\\002\\377\\n\\\"\""},
	};
	struct arena *arena = *state;
	struct breaking_result result = family(arena, "defaults", BREAKING_ALL);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *name = arena_printf(
			arena, "acme.defaults.Defaults.%s", rows[i].field);
		const char *detail = "";

		for (size_t j = 0; j < result.finding_count; j++) {
			if (strcmp(result.findings[j].full_name, name) == 0)
				detail = result.findings[j].detail;
		}
		const char *from = strstr(detail, "from ");
		row_text(rows[i].field, from == NULL ? detail : from,
		         rows[i].detail);
	}
}

/* --- files that are the same ---------------------------------------------- */

static void
nothing(void **state)
{
	struct pair pair = pair_read(*state, program, "fields");
	struct breaking_input input = pair_input(&pair);

	input.after = input.before;
	struct breaking_result result = compared(*state, &input);
	assert_int_equal(result.finding_count, 0);
	assert_int_equal(result.change_count, 0);

	result = compared(*state, &(struct breaking_input){0});
	assert_int_equal(result.finding_count, 0);
}

static void
same_packages(void **state)
{
	static const struct breaking_package same[] = {
		{"acme.vanished", 0},
		{"acme.other", BREAKING_MESSAGES},
		{"acme.vanished", BREAKING_ENUMS},
	};
	struct pair pair = pair_read(*state, program, "files");
	struct breaking_input input = pair_input(&pair);
	struct breaking_result result = compared(*state, &input);

	/* acme.old became acme.new, and acme.vanished is gone … */
	assert_int_equal(count_of(&result, "PACKAGE_NO_DELETE", 0), 2);
	assert_int_equal(count_of(&result, "PACKAGE_MESSAGE_NO_DELETE", 0), 2);

	/* … unless another file has it; its messages are asked for only where
	 * the package has still some. */
	input.same_packages = same;
	input.same_package_count = ARRAY_LEN(same);
	result = compared(*state, &input);
	assert_int_equal(count_of(&result, "PACKAGE_NO_DELETE", 0), 1);
	assert_int_equal(count_of(&result, "PACKAGE_MESSAGE_NO_DELETE", 0), 2);

	const struct breaking_package more[] = {
		{"acme.vanished", BREAKING_MESSAGES},
	};
	input.same_packages = more;
	input.same_package_count = ARRAY_LEN(more);
	result = compared(*state, &input);
	assert_int_equal(count_of(&result, "PACKAGE_MESSAGE_NO_DELETE", 0), 3);
}

static void
package_of(void **state)
{
	struct pair pair = pair_read(*state, program, "extensions");
	struct breaking_package package;
	struct fault fault;

	assert_true(
		breaking_package_of(*state, pair.before[0], &package, &fault));
	assert_string_equal(package.name, "acme.extensions");
	assert_int_equal(package.declares,
	                 BREAKING_MESSAGES | BREAKING_EXTENSIONS);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CHECK("every family has its findings", findings),
		CHECK("every family has its changes", changes),
		CHECK("each type becomes each other type", scalars),
		CHECK("only the categories asked for", categories),
		CHECK("all that is said of a finding", one_finding),
		CHECK("texts in quotes have escapes", quotes),
		CHECK("nothing changes, nothing is found", nothing),
		CHECK("packages of files that are the same", same_packages),
		CHECK("the package of a file", package_of),
	};

	(void)argc;
	program = argv[0];
	return unit_run(tests);
}
