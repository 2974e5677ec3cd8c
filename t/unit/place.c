/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/place.h"

#include "base/str.h"
#include "unit.h"
#include "wire/limits.h"

static const struct {
	const char *text;
	unsigned line;
	unsigned column; /* of the end */
} ends[] = {
	{"", 1, 1},         {"abc", 1, 4},    {"abc\n", 2, 1},
	{"abc\ndef", 2, 4}, {"\n\n\n", 4, 1}, {"a\r\nb", 2, 2},
	{"決済", 1, 3},     {"é\n😀x", 2, 3},  {"\ta", 1, 3},
};

static void
ends_of_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct place place =
			place_of(ends[i].text, strlen(ends[i].text));

		row_int(ends[i].text, place.line, ends[i].line);
		row_int(ends[i].text, place.column, ends[i].column);
	}
}

/* In two steps from each byte that begins a character. */
static void
steps(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		const char *text = ends[i].text;
		size_t len = strlen(text);

		for (size_t at = 0; at <= len; at++) {
			if (((unsigned char)text[at] & 0xc0) == 0x80)
				continue;
			struct place place = place_of(text, at);
			place_move(&place, text + at, len - at);
			row_int(text, place.line, ends[i].line);
			row_int(text, place.column, ends[i].column);
		}
	}
}

static void
pointers(void **state)
{
	static const struct {
		const char *base;
		const char *key;
		const char *want;
	} cases[] = {
		{"#", "tier", "#/tier"},
		{"#/links", "0", "#/links/0"},
		{"#", "", "#/"},
		{"#", "a/b", "#/a~1b"},
		{"#", "a~b", "#/a~0b"},
		{"#", "~1", "#/~01"},
		{"#", "/~/~", "#/~1~0~1~0"},
		{"#", "決済 x", "#/決済 x"},
		{"", "a", "/a"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_text(cases[i].want,
		         pointer_member(*state, cases[i].base, cases[i].key),
		         cases[i].want);
	assert_string_equal(pointer_item(*state, "#/a", 0), "#/a/0");
	assert_string_equal(pointer_item(*state, "#", SIZE_MAX),
	                    "#/18446744073709551615");
}

/* Keys around the limit, of characters that take 1 to 4 bytes in a pointer. */
static void
cut(void **state)
{
	static const char *const chars[] = {"k", "é", "済", "😀", "~", "/"};
	static const char end[] = "…";

	for (size_t i = 0; i < ARRAY_LEN(chars); i++) {
		for (size_t len = 500; len < 1100; len++) {
			size_t size = strlen(chars[i]);
			char *key = arena_alloc(*state, len + 8);

			for (size_t at = 0; at < len; at += size)
				memcpy(key + at, chars[i], size);
			const char *pointer = pointer_member(*state, "#", key);
			size_t got = strlen(pointer);
			const char *tail = pointer + got - strlen(end);
			row_true(chars[i], got <= LIMIT_POINTER);
			row_true(chars[i], str_is_utf8(pointer, got));
			row_true(chars[i], got > LIMIT_POINTER - 10 ||
			                           strcmp(tail, end) != 0);
			if (len > 1030)
				row_text(chars[i], tail, end);
		}
		arena_reset(*state);
	}
}

static void
deep(void **state)
{
	const char *pointer = "#";

	for (size_t i = 0; i < 5000; i++) {
		pointer = pointer_member(*state, pointer, i % 2 ? "済" : "k");
		assert_true(strlen(pointer) <= LIMIT_POINTER);
		if (i % 100 == 99 && strlen(pointer) > 1000)
			break;
	}
	assert_true(strlen(pointer) > 1000);
	assert_true(str_is_utf8(pointer, strlen(pointer)));
	assert_string_equal(
		pointer_item(*state, pointer_item(*state, pointer, 1234567), 7),
		pointer_item(*state, pointer, 1234567));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("lines and columns count from 1, in characters",
	              ends_of_texts),
		CHECK("a place moves on in steps", steps),
		CHECK("pointers escape what RFC 6901 says", pointers),
		CHECK("a long key is cut between characters", cut),
		CHECK("a deep pointer stops growing", deep),
	};

	return unit_run(tests);
}
