/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_in.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

static json_t *
read_text(struct arena *arena, const char *text, struct faults *faults)
{
	*faults = (struct faults){.arena = arena};
	return json_read(text, strlen(text), arena, faults);
}

static void
taken(void **state)
{
	static const struct {
		const char *text;
		const char *again; /* as jansson writes it */
	} cases[] = {
		{"null", "null"},
		{" true\n", "true"},
		{"\"\"", "\"\""},
		{"[]", "[]"},
		{"{}", "{}"},
		{"\t[1, -2 ,\r\n3.50]", "[1,-2,3.5]"},
		{"{\"b\":1,\"a\":{\"b\":2}}", "{\"b\":1,\"a\":{\"b\":2}}"},
		{"9007199254740993", "9007199254740993"}, /* 2^53 + 1 */
		{"9223372036854775807", "9223372036854775807"},
		{"-9223372036854775808", "-9223372036854775808"},
		{"\"\\u6c7a\\u6e08\"", "\"決済\""},
		{"\"\\ud83d\\ude00\"", "\"😀\""},
		{"\"\\/\\b\\f\"", "\"/\\b\\f\""},
		{"\"<<\"", "\"<<\""},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct faults faults;
		json_t *value = read_text(*state, cases[i].text, &faults);

		row_text(cases[i].text, text_faults(*state, &faults), "");
		char *again = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		row_text(cases[i].text, again, cases[i].again);
		free(again);
	}
}

static const struct {
	const char *text;
	const char *fault;
	bool malformed;
} mistakes[] = {
	{"", "syntax # 1:1", true},
	{" \n ", "syntax # 2:2", true},
	{"nul", "syntax # 1:3", true},
	{"True", "syntax # 1:4", true},
	{"NaN", "syntax # 1:3", true},
	{"-Infinity", "syntax # 1:1", true},
	{"'a'", "syntax # 1:1", true},
	{"{a: 1}", "syntax # 1:2", true},
	{"[1,]", "syntax # 1:4", true},
	{"{\"a\":1,}", "syntax # 1:8", true},
	{"[1 2]", "syntax # 1:4", true},
	{"{\"a\" 1}", "syntax # 1:6", true},
	{"{\"a\":1", "syntax # 1:7", true},
	{"[1,\n2", "syntax # 2:2", true},
	{"\"abc", "syntax # 1:5", true},
	{"\"a\nb\"", "syntax # 1:2", true},
	{"\"\\x41\"", "syntax # 1:3", true},
	{"01", "syntax # 1:1", true},
	{"+1", "syntax # 1:1", true},
	{"0x10", "syntax # 1:2", true},
	{".5", "syntax # 1:1", true},
	{"1.", "syntax # 1:2", true},
	{"{} x", "syntax # 1:4", true},
	{"{}\n{}", "syntax # 2:1", true},
	{"1 // one", "syntax # 1:3", true},
	{"\xef\xbb\xbf{}", "syntax # 1:1", true},
	{"\"\\ud83d\"", "syntax # 1:8", true},
	{"\"\\ude00\"", "syntax # 1:8", true},
	{"\"\\ud83d\\u0041\"", "syntax # 1:14", true},
	{"\"\xff\"", "encoding # 1:2", true},
	{"\xff", "encoding # 1:1", true},
	{"\"a\x80\"", "encoding # 1:3", true},
	{"\"\xed\xa0\x80\"", "encoding # 1:2", true},
	{"[\"決\",\n \"\xc0\x80\"]", "encoding # 2:3", true},
	{"\"a\\u0000\"", "nul # 1:9", false},
	{"{\"a\\u0000\":1}", "nul # 1:10", false},
	{"{\"a\":1,\"a\":2}", "duplicate-key # 1:8", false},
	{"{\"決\":1,\n \"b\":{\"x\":1,\n  \"x\":2}}", "duplicate-key # 3:3",
         false},
	{"{\"a\\\"b\":1,\"a\\\"b\":2}", "duplicate-key # 1:11", false},
	{"{\"a\":1,\"\\u0061\":2}", "duplicate-key # 1:8", false},
	{"9223372036854775808", "number # 1:19", false},
	{"[-9223372036854775809]", "number # 1:21", false},
	{"1e400", "number # 1:5", false},
	{"[1,\n -1e400]", "number # 2:7", false},
};

static void
refused(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		struct faults faults;

		row_true(mistakes[i].text,
		         read_text(*state, mistakes[i].text, &faults) == NULL);
		row_text(mistakes[i].text, text_faults(*state, &faults),
		         mistakes[i].fault);
		row_int(mistakes[i].text, json_is_malformed(&faults),
		        mistakes[i].malformed);
	}
}

/* Bytes in the middle of a text: a C string would hide them. */
static void
nul_byte(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} cases[] = {{"\"a\0b\"", 5}, {"{}\0", 3}, {"\0{}", 3}, {"[\0]", 3}};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct faults faults = {.arena = *state};

		assert_null(json_read(cases[i].bytes, cases[i].len, *state,
		                      &faults));
		assert_true(json_is_malformed(&faults));
	}
}

static void
limits(void **state)
{
	struct arena *a = *state;
	const struct {
		const char *name;
		const char *fault; /* NULL = at the limit */
		const char *text;
	} cases[] = {
		{"64 levels", NULL,
	         arena_printf(a, "%s%s", text_times(a, "[", 64),
	                      text_times(a, "]", 64))},
		{"65 levels", "too-deep # 1:65",
	         arena_printf(a, "%s%s", text_times(a, "[", 65),
	                      text_times(a, "]", 65))},
		{"200,000 values", NULL, text_list(a, LIMIT_NODES - 1)},
		{"200,001 values", "too-many # 1:400002",
	         text_list(a, LIMIT_NODES)},
		{"10,000 members", NULL, text_object(a, LIMIT_KEYS)},
		{"10,001 members", "too-many # 1:108900",
	         text_object(a, LIMIT_KEYS + 1)},
		{"256 KiB", NULL,
	         arena_printf(a, "\"%s\"", text_times(a, "x", LIMIT_SCALAR))},
		{"one more", "too-long # 1:1",
	         arena_printf(a, "\"%s\"",
	                      text_times(a, "x", LIMIT_SCALAR + 1))},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *name = cases[i].name;
		struct faults faults;
		json_t *value = read_text(a, cases[i].text, &faults);

		row_int(name, value != NULL, cases[i].fault == NULL);
		row_text(name, text_faults(a, &faults),
		         cases[i].fault == NULL ? "" : cases[i].fault);
		row_true(name, !json_is_malformed(&faults));
	}
}

static void
envelope(void **state)
{
	struct faults faults = {.arena = *state};
	const char *text =
		arena_printf(*state, "{\"data\":\"%s\"}",
	                     text_times(*state, "x", LIMIT_SCALAR + 1));

	assert_null(json_read(text, strlen(text), *state, &faults));
	json_t *value = json_read_envelope(text, strlen(text), *state, &faults);
	assert_int_equal(json_string_length(json_object_get(value, "data")),
	                 LIMIT_SCALAR + 1);

	text = arena_printf(*state, "%s", text_times(*state, "[", 65));
	assert_null(json_read_envelope(text, 65, *state, &faults));
	assert_int_equal(faults.count, 2);
	assert_string_equal(faults.items[1].code, "too-deep");
}

/* A part of a larger text: places are those of the whole. */
static void
part(void **state)
{
	struct faults faults = {.arena = *state};
	bool malformed = true;

	assert_null(json_load_at("[1,\n1e999]", 10, (struct place){7, 9}, "#/3",
	                         &faults, &malformed));
	assert_false(malformed);
	assert_null(json_load_at("x", 1, (struct place){7, 9}, "#/4", &faults,
	                         &malformed));
	assert_true(malformed);
	assert_string_equal(text_faults(*state, &faults),
	                    "number #/3 8:5; syntax #/4 7:9");

	json_t *value = json_load_at("[1]", 3, (struct place){1, 1}, "#",
	                             &faults, &malformed);
	assert_int_equal(json_array_size(value), 1);
	json_decref(value);
}

static void
words(void **state)
{
	static const struct {
		const char *text;
		const char *words;
	} cases[] = {
		{"{}", "an object"},        {"[]", "a list"},
		{"\"\"", "a text"},         {"1", "a number"},
		{"1.5", "a number"},        {"true", "true or false"},
		{"false", "true or false"}, {"null", "null"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct faults faults;
		json_t *value = read_text(*state, cases[i].text, &faults);

		row_text(cases[i].text, json_type_words(value), cases[i].words);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("JSON is read, whole numbers exactly", taken),
		CHECK("what is no JSON or is refused is told with its place",
	              refused),
		CHECK("a NUL byte is no JSON", nul_byte),
		CHECK("limits hold at the limit and one past it", limits),
		CHECK("a text in an envelope may be long", envelope),
		CHECK("a part of a text has the places of the whole", part),
		CHECK("each type has its words", words),
	};

	return unit_run(tests);
}
