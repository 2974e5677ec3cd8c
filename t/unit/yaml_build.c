/* SPDX-License-Identifier: Apache-2.0 */
/* The limits of one YAML document, each at the limit and one past it. */
#include "wire/yaml_build.h"

#include "text.h"
#include "unit.h"
#include "wire/yaml.h"

#include <time.h>

enum {
	SLOW_S = 4, /* of this process: linear work takes a hundredth of it */
};

/* The code of the only fault of the first document; "" without one. */
static const char *
read_first(struct arena *arena, const char *text, const char **ret_pointer)
{
	struct faults faults = {.arena = arena};
	struct tree tree = {0};
	struct extent extent;
	struct yaml *yaml = yaml_open(text, strlen(text), arena);
	enum tree_result result = yaml_next(yaml, "#", &faults, &tree, &extent);

	tree_fini(&tree);
	*ret_pointer = "";
	if (result == TREE_READ && faults.total == 0)
		return "";
	assert_int_equal(result, TREE_REFUSED);
	assert_int_equal(faults.total, 1);
	*ret_pointer = faults.items[0].pointer;
	return faults.items[0].code;
}

struct limit_case {
	const char *name;
	const char *code; /* "" = it is taken */
	const char *text;
};

static void
judge(struct arena *arena, const struct limit_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *pointer;
		clock_t start = clock();

		row_text(cases[i].name,
		         read_first(arena, cases[i].text, &pointer),
		         cases[i].code);
		row_true(cases[i].name,
		         clock() - start < SLOW_S * CLOCKS_PER_SEC);
	}
}

static const char *
nested(struct arena *arena, const char *open, const char *close, size_t count)
{
	return arena_printf(arena, "%s%s", text_times(arena, open, count),
	                    text_times(arena, close, count));
}

/* Lists by indentation: "- - - x". */
static void
depth(void **state)
{
	struct arena *a = *state;
	const struct limit_case cases[] = {
		{"64 flow lists", "", nested(a, "[", "]", 64)},
		{"65 flow lists", "too-deep", nested(a, "[", "]", 65)},
		{"64 flow objects", "", nested(a, "{a: ", "}", 64)},
		{"65 flow objects", "too-deep", nested(a, "{a: ", "}", 65)},
		{"64 dashes", "",
	         arena_printf(a, "%sx", text_times(a, "- ", 64))},
		{"65 dashes", "too-deep",
	         arena_printf(a, "%sx", text_times(a, "- ", 65))},
		{"very many lists", "too-deep", text_times(a, "[", 200000)},
		{"very many objects", "too-deep",
	         text_times(a, "{a: ", 200000)},
		{"very many dashes", "too-deep", text_times(a, "- ", 200000)},
		{"very many question marks", "key-type",
	         text_times(a, "? ", 200000)},
		/* An alias brings the height of its value with it. */
		{"an alias to 64", "",
	         arena_printf(a, "- &x %s\n- %s*x%s", nested(a, "[", "]", 33),
	                      text_times(a, "[", 30), text_times(a, "]", 30))},
		{"an alias to 65", "too-deep",
	         arena_printf(a, "- &x %s\n- %s*x%s", nested(a, "[", "]", 33),
	                      text_times(a, "[", 31), text_times(a, "]", 31))},
		{"aliases of aliases", "too-deep",
	         arena_printf(a, "- &x %s\n- &y %s*x%s\n- &z %s*y%s\n",
	                      nested(a, "[", "]", 22), text_times(a, "[", 21),
	                      text_times(a, "]", 21), text_times(a, "[", 21),
	                      text_times(a, "]", 21))},
	};

	judge(a, cases, ARRAY_LEN(cases));
}

static void
sizes(void **state)
{
	struct arena *a = *state;
	const char *text = text_times(a, "x", LIMIT_SCALAR);
	const struct limit_case cases[] = {
		{"200,000 values", "", text_list(a, LIMIT_NODES - 1)},
		{"200,001 values", "too-many", text_list(a, LIMIT_NODES)},
		{"200,000 containers", "",
	         arena_printf(a, "[%s]",
	                      text_times(a, "[],", LIMIT_NODES - 1))},
		{"200,001 containers", "too-many",
	         arena_printf(a, "[%s]", text_times(a, "[],", LIMIT_NODES))},
		{"10,000 members", "", text_object(a, LIMIT_KEYS)},
		{"10,001 members", "too-many", text_object(a, LIMIT_KEYS + 1)},
		{"20,000 members of two", "",
	         arena_printf(a, "- %s\n- %s\n", text_object(a, LIMIT_KEYS),
	                      text_object(a, LIMIT_KEYS))},
		{"a plain text", "", text},
		{"a longer plain text", "too-long",
	         arena_printf(a, "%sx", text)},
		{"a quoted text", "", arena_printf(a, "\"%s\"", text)},
		{"a longer quoted text", "too-long",
	         arena_printf(a, "'%sx'", text)},
		{"a block", "", arena_printf(a, "|-\n  %s\n", text)},
		{"a longer block", "too-long",
	         arena_printf(a, "|-\n  %sx\n", text)},
		{"a long key", "too-long",
	         arena_printf(a, "? %sx\n: 1\n", text)},
	};

	judge(a, cases, ARRAY_LEN(cases));
}

/* Of the whole document, comments included: 4 MiB. */
static void
length(void **state)
{
	struct arena *a = *state;
	const char *line = arena_printf(a, "#%62s\n", ""); /* 64 bytes */
	const char *almost = text_times(a, line, LIMIT_SPEC_BYTES / 64 - 1);
	size_t left = LIMIT_SPEC_BYTES - strlen(almost);
	const struct limit_case cases[] = {
		{"4 MiB before its value", "",
	         arena_printf(a, "%s%*s", almost, (int)left, "x")},
		{"one byte more", "too-long",
	         arena_printf(a, "%s%*s", almost, (int)left + 1, "x")},
		{"4 MiB after its value", "",
	         arena_printf(a, "x\n%s%*s", almost, (int)left - 2, "")},
		{"one byte more after it", "too-long",
	         arena_printf(a, "x\n%s%*s", almost, (int)left - 1, "")},
		{"a second document", "",
	         arena_printf(a, "x\n%s---\n%s", almost, almost)},
	};

	judge(a, cases, ARRAY_LEN(cases));
}

static void
alias_budget(void **state)
{
	struct arena *a = *state;
	const char *nine = "- &x [1, 2, 3, 4, 5, 6, 7, 8, 9]\n";
	const char *text = text_times(a, "x", LIMIT_ALIAS_BYTES / 8);
	const struct limit_case cases[] = {
		{"1,000 scalars", "",
	         arena_printf(a, "- &x 1\n%s", text_times(a, "- *x\n", 1000))},
		{"1,001 scalars", "alias",
	         arena_printf(a, "- &x 1\n%s", text_times(a, "- *x\n", 1001))},
		{"100 lists of nine", "",
	         arena_printf(a, "%s%s", nine, text_times(a, "- *x\n", 100))},
		{"101 lists of nine", "alias",
	         arena_printf(a, "%s%s", nine, text_times(a, "- *x\n", 101))},
		{"256 KiB of text", "",
	         arena_printf(a, "- &x %s\n%s", text,
	                      text_times(a, "- *x\n", 8))},
		{"more text", "alias",
	         arena_printf(a, "- &x %s\n%s", text,
	                      text_times(a, "- *x\n", 9))},
		{"text of keys", "alias",
	         arena_printf(a, "- &x {? %s\n: 1}\n%s", text,
	                      text_times(a, "- *x\n", 9))},
	};

	judge(a, cases, ARRAY_LEN(cases));
}

/* Each line repeats the one above it nine times. */
static const char *
billion(struct arena *arena, bool objects, unsigned levels)
{
	struct buf out = {.arena = arena};

	buf_adds(&out, "a0: &a0 lol\n");
	for (unsigned i = 1; i <= levels; i++) {
		buf_printf(&out, "a%u: &a%u %c", i, i, objects ? '{' : '[');
		for (int n = 0; n < 9; n++) {
			if (objects)
				buf_printf(&out, "k%d: ", n);
			buf_printf(&out, "*a%u, ", i - 1);
		}
		buf_printf(&out, "%c\n", objects ? '}' : ']');
	}
	return buf_text(&out);
}

static void
bombs(void **state)
{
	struct arena *a = *state;
	const struct limit_case cases[] = {
		{"lists", "alias", billion(a, false, 9)},
		{"few levels", "", billion(a, false, 2)},
		{"objects", "alias", billion(a, true, 9)},
		{"itself", "alias", "a: &a [*a]\n"},
		{"itself, deeper", "alias", "&a {b: {c: [*a]}}\n"},
		{"anchors without end", "too-many",
	         arena_printf(a, "[%s]", text_times(a, "&a x,", LIMIT_NODES))},
	};

	judge(a, cases, ARRAY_LEN(cases));
}

/* libyaml compares each tag directive with all others. */
static void
directives(void **state)
{
	static const char *const line_ends[] = {
		"\n", "\r", "\r\n", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9",
	};
	struct arena *a = *state;

	for (size_t i = 0; i < ARRAY_LEN(line_ends); i++) {
		const char *end = line_ends[i];
		struct buf text = {.arena = a};
		struct limit_case one = {"directives", "tag", NULL};

		buf_printf(&text, "# first%s", end);
		for (int n = 0; n < 40000; n++)
			buf_printf(&text, "%%TAG !%d! x%s", n, end);
		buf_printf(&text, "---%sa", end);
		one.text = buf_text(&text);
		judge(a, &one, 1);
	}
}

/* Pointers to where a limit was hit. */
static void
pointers(void **state)
{
	struct arena *a = *state;
	const char *many = text_times(a, "*x, ", 1001);
	const struct {
		const char *text;
		const char *pointer;
	} cases[] = {
		{arena_printf(a, "a: &x 1\nb: {c: [%s]}", many), "#/b/c/1000"},
		{arena_printf(a, "- &x 1\n- - [%s]", many), "#/1/0/1000"},
		{"a:\n  - b:\n      ? [x]\n", "#/a/0/b"},
		{"a:\n  - 1\n  - 2\n  - *none\n", "#/a/2"},
		{"a/b:\n  c~d: *none\n", "#/a~1b/c~0d"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *pointer;

		(void)read_first(a, cases[i].text, &pointer);
		row_text(cases[i].pointer, pointer, cases[i].pointer);
	}
}

/* 10,000 faults: a hundred are kept, the rest is counted. */
static void
many_faults(void **state)
{
	struct faults faults = {.arena = *state};
	struct tree tree = {0};
	struct extent extent;
	const char *text = text_times(*state, "a: 1\n", LIMIT_KEYS);
	struct yaml *yaml = yaml_open(text, strlen(text), *state);

	assert_int_equal(yaml_next(yaml, "#", &faults, &tree, &extent),
	                 TREE_READ);
	assert_int_equal(faults.count, FAULTS_MAX);
	assert_int_equal(faults.total, LIMIT_KEYS - 1);
	assert_int_equal(faults.items[FAULTS_MAX - 1].line, FAULTS_MAX + 1);
	tree_fini(&tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("64 levels are taken and 65 refused", depth),
		CHECK("values, members and texts have limits", sizes),
		CHECK("a document has 4 MiB at most, comments included",
	              length),
		CHECK("aliases may add 1,000 values and 256 KiB", alias_budget),
		CHECK("alias bombs are refused", bombs),
		CHECK("tag directives are refused after any line end",
	              directives),
		CHECK("a refusal tells where", pointers),
		CHECK("very many faults are counted", many_faults),
	};

	return unit_run(tests);
}
