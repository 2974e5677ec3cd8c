/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/yaml.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

/*
 * All documents of a stream as JSON, one a line with where it begins, then how
 * it ended and the faults.
 */
static const char *
stream(struct arena *arena, const char *text)
{
	struct buf out = {.arena = arena};
	struct faults faults = {.arena = arena};
	struct tree tree = {0};
	struct extent extent;
	struct yaml *yaml = yaml_open(text, strlen(text), arena);
	enum tree_result result;

	while ((result = yaml_next(yaml, "#", &faults, &tree, &extent)) ==
	       TREE_READ) {
		char *json =
			json_dumps(tree.root, JSON_COMPACT | JSON_ENCODE_ANY |
		                                      JSON_REAL_PRECISION(15));
		buf_printf(&out, "%s\n", json);
		free(json);
		assert_true(extent.from <= extent.to);
		assert_true(extent.to <= strlen(text));
	}
	if (result != TREE_END)
		buf_adds(&out,
		         result == TREE_REFUSED ? "refused: " : "malformed: ");
	buf_adds(&out, text_faults(arena, &faults));
	assert_int_equal(yaml_next(yaml, "#", &faults, &tree, &extent),
	                 TREE_END);
	tree_fini(&tree);
	return buf_text(&out);
}

struct stream_case {
	const char *text;
	const char *want;
};

static void
all_read(struct arena *arena, const struct stream_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		row_text(cases[i].text, stream(arena, cases[i].text),
		         cases[i].want);
}

static void
values(void **state)
{
	static const struct stream_case cases[] = {
		{"a: 1\nb: [x, 2.5, true, ~]\n",
	         "{\"a\":1,\"b\":[\"x\",2.5,true,null]}\n"},
		{"{\"a\": {\"b\": [1, 2]}}", "{\"a\":{\"b\":[1,2]}}\n"},
		{"- a\n- - b\n  - c\n-\n", "[\"a\",[\"b\",\"c\"],null]\n"},
		{"plain text", "\"plain text\"\n"},
		{"country: NO\nmode: 0777\ntime: 12:30:45\n",
	         "{\"country\":\"NO\",\"mode\":\"0777\","
	         "\"time\":\"12:30:45\"}\n"},
		/* Quotes make a text of anything. */
		{"a: '1.20'\nb: \"true\"\nc: ''\n",
	         "{\"a\":\"1.20\",\"b\":\"true\",\"c\":\"\"}\n"},
		{"a: |\n  1\n  2\nb: >-\n  3\n  4\n",
	         "{\"a\":\"1\\n2\\n\",\"b\":\"3 4\"}\n"},
		{"a: \"\\u6c7a\\t\\x41\"\n", "{\"a\":\"決\\tA\"}\n"},
		{"決済: カード\n", "{\"決済\":\"カード\"}\n"},
		{"no: x\non: y\n12:30: z\n",
	         "{\"no\":\"x\",\"on\":\"y\",\"12:30\":\"z\"}\n"},
		{"'1': a\n\"<<\": b\n", "{\"1\":\"a\",\"<<\":\"b\"}\n"},
		{"a: 1 # comment\n# more\n", "{\"a\":1}\n"},
		{"a: 1\r\nb: 2\r\n", "{\"a\":1,\"b\":2}\n"},
		{"%YAML 1.2\n---\na: 1\n", "{\"a\":1}\n"},
		{"\xef\xbb\xbfk: 1\n", "{\"k\":1}\n"},
		{"", ""},
		{"# nothing\n", ""},
	};

	all_read(*state, cases, ARRAY_LEN(cases));
}

static void
documents(void **state)
{
	static const struct stream_case cases[] = {
		{"---\na: 1\n---\nb: 2\n", "{\"a\":1}\n{\"b\":2}\n"},
		{"a: 1\n---\nb: 2\n...\n", "{\"a\":1}\n{\"b\":2}\n"},
		{"---\n---\n---\nx\n", "null\nnull\n\"x\"\n"},
		{"--- 1\n--- [2]\n", "1\n[2]\n"},
		{"a\n...\n---\nb\n...\n", "\"a\"\n\"b\"\n"},
		/* Anchors belong to one document. */
		{"&x a\n---\n*x\n", "\"a\"\nrefused: alias # 3:1"},
		{"a: 1\n---\n- [\n", "{\"a\":1}\nmalformed: syntax # 4:1"},
		{"{a: 1,\na: 2}\n---\nb: 1\nb: 2\n",
	         "{\"a\":1}\n{\"b\":1}\nduplicate-key #/a 2:1; "
	         "duplicate-key #/b 5:1"},
	};

	all_read(*state, cases, ARRAY_LEN(cases));
}

static void
faults(void **state)
{
	static const struct stream_case cases[] = {
		{"a: 1\nb: 2\na: 3\n",
	         "{\"a\":1,\"b\":2}\nduplicate-key #/a 3:1"},
		{"x:\n  - {k: 1, 'k': 2}\n",
	         "{\"x\":[{\"k\":1}]}\nduplicate-key #/x/0/k 2:12"},
		{"a: !!str 1\n", "{\"a\":1}\ntag #/a 1:4"},
		{"a: ! x\n", "{\"a\":\"x\"}\ntag #/a 1:4"},
		{"a: !!python/object:os.system [x]\n",
	         "{\"a\":[\"x\"]}\ntag #/a 1:4"},
		{"!!map {a: 1}\n", "{\"a\":1}\ntag # 1:1"},
		{"!!str a: 1\n", "{\"a\":1}\ntag # 1:1"},
		{"a: !!binary aGk=\n", "{\"a\":\"aGk=\"}\ntag #/a 1:4"},
		{"base: &b {x: 1}\nc:\n  <<: *b\n",
	         "{\"base\":{\"x\":1},\"c\":{\"<<\":{\"x\":1}}}\n"
	         "merge-key #/c/<< 3:3"},
		{"<<: {a: 1}\n", "{\"<<\":{\"a\":1}}\nmerge-key #/<< 1:1"},
		{"1: a\n", "{\"1\":\"a\"}\nkey-type #/1 1:1"},
		{"true: a\n~: b\n", "{\"true\":\"a\",\"~\":\"b\"}\n"
	                            "key-type #/true 1:1; key-type #/~0 2:1"},
		{"?\n: c\n", "{\"\":\"c\"}\nkey-type #/ 1:2"},
		{"a: \"x\\0y\"\n", "{\"a\":\"x\"}\nnul #/a 1:4"},
		{"\"k\\0\": 1\n", "{\"k\":1}\nnul # 1:1"},
		{"a: 9223372036854775808\nb: .inf\nc: [1e999]\n",
	         "{\"a\":null,\"b\":null,\"c\":[null]}\n"
	         "number #/a 1:4; number #/b 2:4; number #/c/0 3:5"},
		{"決: 1\n\"x\": {決: 1, 決: 2}\n",
	         "{\"決\":1,\"x\":{\"決\":1}}\nduplicate-key #/x/決 2:13"},
	};

	all_read(*state, cases, ARRAY_LEN(cases));
}

static void
aliases(void **state)
{
	static const struct stream_case cases[] = {
		{"a: &x 1\nb: *x\n", "{\"a\":1,\"b\":1}\n"},
		{"a: &x {k: [1]}\nb: [*x, *x]\n",
	         "{\"a\":{\"k\":[1]},\"b\":[{\"k\":[1]},{\"k\":[1]}]}\n"},
		{"a: &x\nb: *x\n", "{\"a\":null,\"b\":null}\n"},
		/* The last one of a name holds. */
		{"- &x 1\n- *x\n- &x 2\n- *x\n", "[1,1,2,2]\n"},
		{"a: *none\n", "refused: alias #/a 1:4"},
		{"a: &x [1, *x]\n", "refused: alias #/a/1 1:11"},
		{"&x a: 1\nb: *x\n", "refused: alias #/b 2:4"},
		{"a: &x k\n*x : 1\n", "refused: key-type # 2:1"},
		/* The value that was dropped may still be meant. */
		{"a: 1\na: &x {k: 2}\nb: *x\n",
	         "{\"a\":1,\"b\":{\"k\":2}}\nduplicate-key #/a 2:1"},
	};

	all_read(*state, cases, ARRAY_LEN(cases));
}

static void
refusals(void **state)
{
	static const struct stream_case cases[] = {
		{"? [a]\n: b\n", "refused: key-type # 1:3"},
		{"? {a: b}\n: c\n", "refused: key-type # 1:3"},
		{"a: [\n", "malformed: syntax # 2:1"},
		{"a: 'x\n", "malformed: syntax # 2:1"},
		{"a: b: c\n", "malformed: syntax # 1:5"},
		{"\tb: c\n", "malformed: syntax # 1:1"},
		{"a: @x\n", "malformed: syntax # 1:4"},
		{"a: \"\\q\"\n", "malformed: syntax # 1:5"},
		{"a: 1\n b: 2\n", "malformed: syntax # 2:3"},
		{"a: \x01\n", "malformed: syntax # 1:4"},
		{"%TAG ! tag:x,2026:\n---\na: !x 1\n", "refused: tag # 1:1"},
		{"# first\n%TAG !e! tag:x,2026:\n---\na\n",
	         "refused: tag # 2:1"},
		{"%YAML 2.0\n---\na\n", "malformed: syntax # 1:1"},
		{"%FOO\n---\na\n", "malformed: syntax # 1:5"},
		/* A text that only looks like a directive. */
		{"a: 100 %TAG x\nb: |\n  %TAG\n",
	         "{\"a\":\"100 %TAG x\",\"b\":\"%TAG\\n\"}\n"},
	};

	all_read(*state, cases, ARRAY_LEN(cases));
}

/* --- places --------------------------------------------------------------- */

static void
places(void **state)
{
	static const char text[] = "# head\n"
				   "決: [a, {k: v}]\n"
				   "list:\n"
				   "  - 1\n"
				   "  -  two\n"
				   "empty:\n"
				   "'q': >\n"
				   "  folded\n";
	struct faults none = {.arena = *state};
	struct tree tree = {0};
	struct extent extent;
	struct yaml *yaml = yaml_open(text, strlen(text), *state);

	assert_int_equal(yaml_next(yaml, "#", &none, &tree, &extent),
	                 TREE_READ);
	assert_int_equal(extent.from, 0);
	assert_int_equal(extent.to, strlen(text));

	json_t *first = json_object_get(tree.root, "決");
	json_t *list = json_object_get(tree.root, "list");
	const struct {
		const char *name;
		const json_t *container;
		const char *key;
		size_t index;
		struct spot want;
	} cases[] = {
		{"root", NULL, NULL, 0, {{2, 1}, {2, 1}}},
		{"決", tree.root, "決", 0, {{2, 1}, {2, 4}}},
		{"決/0", first, NULL, 0, {{2, 5}, {2, 5}}},
		{"決/1", first, NULL, 1, {{2, 8}, {2, 8}}},
		{"決/1/k", json_array_get(first, 1), "k", 0, {{2, 9}, {2, 12}}},
		{"list", tree.root, "list", 0, {{3, 1}, {4, 3}}},
		{"list/0", list, NULL, 0, {{4, 5}, {4, 5}}},
		{"list/1", list, NULL, 1, {{5, 6}, {5, 6}}},
		{"empty", tree.root, "empty", 0, {{6, 1}, {6, 7}}},
		{"q", tree.root, "q", 0, {{7, 1}, {7, 6}}},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct spot spot = tree_spot(&tree, cases[i].container,
		                             cases[i].key, cases[i].index);

		row_int(cases[i].name, spot.key.line, cases[i].want.key.line);
		row_int(cases[i].name, spot.key.column,
		        cases[i].want.key.column);
		row_int(cases[i].name, spot.value.line,
		        cases[i].want.value.line);
		row_int(cases[i].name, spot.value.column,
		        cases[i].want.value.column);
	}
	tree_fini(&tree);
}

/* What is kept as the source of each document. */
static void
extents(void **state)
{
	static const struct {
		const char *text;
		const char *parts; /* with "|" between, and the first lines */
	} cases[] = {
		{"a: 1\n", "1<a: 1\n>"},
		{"# c\na: 1\n---\nb: 2\n", "1<# c\na: 1\n>4<b: 2\n>"},
		{"---\na: 1\n---\n# c\nb: 2\n...\n", "2<a: 1\n>4<# c\nb: 2\n>"},
		{"---\r\na: 決\r\n---\r\nb: 2\r\n", "2<a: 決\r\n>4<b: 2\r\n>"},
		{"--- a\n---\n\n\nb\n", "1< a\n>3<\n\nb\n>"},
		{"%YAML 1.1\n---\na\n", "3<a\n>"},
		{"---\n---\na\n", "2<>3<a\n>"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = {.arena = *state};
		struct faults none = {.arena = *state};
		struct tree tree = {0};
		struct extent extent;
		struct yaml *yaml =
			yaml_open(cases[i].text, strlen(cases[i].text), *state);

		while (yaml_next(yaml, "#", &none, &tree, &extent) == TREE_READ)
			buf_printf(&out, "%u<%.*s>", extent.start.line,
			           (int)(extent.to - extent.from),
			           cases[i].text + extent.from);
		row_text(cases[i].text, buf_text(&out), cases[i].parts);
		tree_fini(&tree);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("values are what YAML 1.2 says", values),
		CHECK("documents follow each other", documents),
		CHECK("what JSON cannot say is a fault, and reading goes on",
	              faults),
		CHECK("aliases repeat what stands before them", aliases),
		CHECK("other mistakes end the stream, with their place",
	              refusals),
		CHECK("keys and values have their places", places),
		CHECK("each document has its part of the text", extents),
	};

	return unit_run(tests);
}
