/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include "unit.h"

static void
numbers(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} good[] = {
		{"0", 0},
		{"-0", 0},
		{"7", 7},
		{"007", 7},
		{"-42", -42},
		{"9223372036854775807", INT64_MAX},
		{"-9223372036854775808", INT64_MIN},
	};
	static const char *const bad[] = {
		"",
		"-",
		"--1",
		"+1",
		" 1",
		"1 ",
		"1a",
		"0x10",
		"1.0",
		"1e3",
		"٣",
		"9223372036854775808",
		"-9223372036854775809",
		"99999999999999999999999999999999",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		int64_t value = 1;

		row_true(good[i].text, str_to_int64(good[i].text, &value));
		row_int(good[i].text, value, good[i].value);
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int64_t value = 99;

		row_true(bad[i], !str_to_int64(bad[i], &value));
		row_int(bad[i], value, 99);
	}
}

static void
prefixes(void **state)
{
	(void)state;
	assert_true(str_starts("mdash", "md"));
	assert_true(str_starts("mdash", ""));
	assert_true(str_starts("mdash", "mdash"));
	assert_false(str_starts("mdash", "mdash-"));
	assert_false(str_starts("mdash", "Md"));
	assert_true(str_empty(NULL));
	assert_true(str_empty(""));
	assert_false(str_empty(" "));
}

static const struct {
	const char *bytes;
	bool good;
} sequences[] = {
	{"", true},
	{"plain", true},
	{"\x7f", true},
	{"\xc2\x80", true},         /* U+0080 */
	{"\xdf\xbf", true},         /* U+07FF */
	{"\xe0\xa0\x80", true},     /* U+0800 */
	{"\xed\x9f\xbf", true},     /* U+D7FF */
	{"\xee\x80\x80", true},     /* U+E000 */
	{"\xef\xbf\xbf", true},     /* U+FFFF */
	{"\xf0\x90\x80\x80", true}, /* U+10000 */
	{"\xf4\x8f\xbf\xbf", true}, /* U+10FFFF */
	{"決済", true},
	{"\x80", false},
	{"\xbf", false},
	{"\xc0\x80", false}, /* NUL in two bytes */
	{"\xc1\xbf", false},
	{"\xc2", false},
	{"\xc2\x41", false},
	{"\xc2\xc2", false},
	{"\xe0\x9f\xbf", false}, /* overlong */
	{"\xe0\xa0", false},
	{"\xe6\xb1\x41", false},
	{"\xed\xa0\x80", false}, /* surrogate */
	{"\xed\xbf\xbf", false},
	{"\xf0\x8f\xbf\xbf", false}, /* overlong */
	{"\xf0\x90\x80", false},
	{"\xf0\x90\x80\x41", false},
	{"\xf4\x90\x80\x80", false}, /* past U+10FFFF */
	{"\xf5\x80\x80\x80", false},
	{"\xff", false},
	{"a\xfe!", false},
};

static void
utf8(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sequences); i++) {
		const char *bytes = sequences[i].bytes;

		row_int(bytes, str_is_utf8(bytes, strlen(bytes)),
		        sequences[i].good);
	}
	assert_false(str_is_utf8("a\0b", 3));
	assert_false(str_is_utf8("\0", 1));
	/* A character that the length cuts. */
	for (size_t len = 1; len < 3; len++)
		assert_false(str_is_utf8("済", len));
	for (size_t len = 1; len < 4; len++)
		assert_false(str_is_utf8("😀", len));
}

static void
partial(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{"", ""},           {"abc", "abc"},
		{"a済", "a済"},     {"a😀", "a😀"},
		{"a\xc3", "a"},     {"a\xe6", "a"},
		{"a\xe6\xb8", "a"}, {"a\xf0", "a"},
		{"a\xf0\x9f", "a"}, {"a\xf0\x9f\x98", "a"},
		{"\xe6\xb8", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *text = arena_strdup(*state, cases[i].text);

		str_drop_partial(text);
		row_text(cases[i].text, text, cases[i].want);
	}
}

static void
characters(void **state)
{
	(void)state;
	assert_int_equal(str_chars(""), 0);
	assert_int_equal(str_chars("abc"), 3);
	assert_int_equal(str_chars("決済"), 2);
	assert_int_equal(str_chars("é😀x"), 3);
}

static void
words(void **state)
{
	static const struct {
		const char *list;
		const char *word;
		bool found;
	} cases[] = {
		{"a b c", "a", true},    {"a b c", "b", true},
		{"a b c", "c", true},    {"a", "a", true},
		{"ab", "a", false},      {"ab abc", "b", false},
		{"ab abc", "abc", true}, {"a b", "a b", false},
		{"a b", "", false},      {"a b", " ", false},
		{"", "a", false},        {"", "", false},
		{"  a  ", "a", true},    {"A", "a", false},
		{"admin", "adm", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].list,
		        str_has_word(cases[i].list, cases[i].word),
		        cases[i].found);
	assert_false(str_has_word(NULL, "a"));
}

static void
globs(void **state)
{
	static const struct {
		const char *glob;
		const char *text;
		bool match;
	} cases[] = {
		{"", "", true},
		{"", "a", false},
		{"a", "", false},
		{"a", "a", true},
		{"a", "A", false},
		{"*", "", true},
		{"*", "anything", true},
		{"**", "", true},
		{"acme-*", "acme-", true},
		{"acme-*", "acme-payment", true},
		{"acme-*", "acme", false},
		{"acme-*", "xacme-payment", false},
		{"*-api", "payment-api", true},
		{"*-api", "payment-api-2", false},
		{"*-api", "a-api-api", true},
		{"a*b*c", "abc", true},
		{"a*b*c", "a-b-b-c", true},
		{"a*b*c", "a-c-b", false},
		{"a*a", "a", false},
		{"a*a", "aa", true},
		{"*ab", "aab", true},
		{"*abab", "ababab", true},
		{"a?c", "abc", false}, /* '*' alone is special */
		{"[ab]", "a", false},
		{"a.c", "abc", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].glob, str_glob(cases[i].glob, cases[i].text),
		        cases[i].match);
}

/* A matcher that tries all ways would not come to an end here. */
static void
glob_bomb(void **state)
{
	char *text = arena_alloc(*state, 20001);

	memset(text, 'a', 20000);
	assert_false(str_glob("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

static void
printable(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} cases[] = {
		{"", true},      {" ", true},       {"~", true},
		{"決済", true},  {"\t", false},     {"a\nb", false},
		{"\r", false},   {"\x1f", false},   {"\x7f", false},
		{"\x01", false}, {"\x1b[m", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].text, str_is_printable(cases[i].text),
		        cases[i].good);
}

static void
line(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} cases[] = {
		{"", true},
		{"決済 – é, \"x\"", true},
		{"a\nb", false},
		{"\x7f", false},
		{"\xc2\x80", false},      /* U+0080 */
		{"\xc2\x9f", false},      /* U+009F */
		{"\xc2\xa0", true},       /* U+00A0 */
		{"\xe2\x80\xa7", true},   /* U+2027 */
		{"\xe2\x80\xa8", false},  /* U+2028 */
		{"a\xe2\x80\xae", false}, /* U+202E */
		{"\xe2\x80\xaf", true},   /* U+202F */
		{"\xe2\x81\xa5", true},   /* U+2065 */
		{"\xe2\x81\xa6", false},  /* U+2066 */
		{"\xe2\x81\xa9", false},  /* U+2069 */
		{"\xe2\x81\xaa", true},   /* U+206A */
		{"\xe3\x80\xa8", true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].text, str_is_line(cases[i].text),
		        cases[i].good);
	assert_true(str_is_plain("a\n\tb\x7f"));
	assert_false(str_is_plain("a\nb\xe2\x80\xae"));
}

static void
blank(void **state)
{
	(void)state;
	assert_true(str_is_blank(""));
	assert_true(str_is_blank(" \t\r\n"));
	assert_true(str_is_blank("\u3000 \u00a0"));
	assert_false(str_is_blank("\u3000a"));
	assert_false(str_is_blank("\u3001"));
	assert_false(str_is_blank("\xe3\x80"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("whole numbers are read, and nothing else", numbers),
		CHECK("prefixes and emptiness", prefixes),
		CHECK("UTF-8 is what RFC 3629 says", utf8),
		CHECK("a part of a character at the end is dropped", partial),
		CHECK("characters are counted, not bytes", characters),
		CHECK("a word of a list is found whole", words),
		CHECK("a star stands for any run of characters", globs),
		CHECK("many stars do not take for ever", glob_bomb),
		CHECK("control characters are not printable", printable),
		CHECK("a line neither ends nor turns", line),
		CHECK("white space is blank, the wide one too", blank),
	};

	return unit_run(tests);
}
