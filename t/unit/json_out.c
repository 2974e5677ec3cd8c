/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_out.h"

#include "base/buf.h"
#include "unit.h"

#include <jansson.h>

static void
nested(void **state)
{
	struct buf buf = {.arena = *state};
	struct json_out out = {.buf = &buf};

	json_open(&out, '{');
	json_pair_text(&out, "text", "x");
	json_pair_text(&out, "none", NULL);
	json_pair_int(&out, "least", INT64_MIN);
	json_pair_bool(&out, "yes", true);
	json_pair_bool(&out, "no", false);
	json_pair_raw(&out, "raw", "{\"a\":[]}");
	json_key(&out, "list");
	json_open(&out, '[');
	json_int(&out, 1);
	json_open(&out, '[');
	json_close(&out, ']');
	json_open(&out, '{');
	json_close(&out, '}');
	json_text(&out, NULL);
	json_bool(&out, true);
	json_raw(&out, "2.50", 3);
	json_close(&out, ']');
	json_close(&out, '}');
	assert_string_equal(
		buf_text(&buf),
		"{\"text\":\"x\",\"none\":null,"
		"\"least\":-9223372036854775808,\"yes\":true,\"no\":false,"
		"\"raw\":{\"a\":[]},\"list\":[1,[],{},null,true,2.5]}");
}

static void
escapes(void **state)
{
	static const struct {
		const char *text;
		const char *json;
	} cases[] = {
		{"", "\"\""},
		{"plain", "\"plain\""},
		{"\"", "\"\\\"\""},
		{"\\", "\"\\\\\""},
		{"a\"b\\c", "\"a\\\"b\\\\c\""},
		{"/", "\"/\""},
		{"\n\r\t", "\"\\n\\r\\t\""},
		{"\x01\x1f", "\"\\u0001\\u001f\""},
		{"\b\f", "\"\\u0008\\u000c\""},
		{"\x7f", "\"\x7f\""},
		{"決済 😀", "\"決済 😀\""},
		{"</script>", "\"</script>\""},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf buf = {.arena = *state};
		struct json_out out = {.buf = &buf};

		json_text(&out, cases[i].text);
		row_text(cases[i].json, buf_text(&buf), cases[i].json);
	}
}

/* Each character below U+0100, as key and as text, through another reader. */
static void
read_again(void **state)
{
	for (unsigned c = 1; c < 0x100; c++) {
		const char text[] = {
			(char)(c < 0x80 ? c : 0xc0 | c >> 6),
			(char)(c < 0x80 ? 'x' : 0x80 | (c & 0x3f)),
			'\0',
		};
		struct buf buf = {.arena = *state};
		struct json_out out = {.buf = &buf};

		json_open(&out, '{');
		json_pair_text(&out, text, text);
		json_close(&out, '}');
		json_t *value = json_loads(buf_text(&buf), 0, NULL);
		row_text(buf_text(&buf),
		         json_string_value(json_object_get(value, text)), text);
		json_decref(value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("objects and lists get their commas", nested),
		CHECK("texts are escaped where JSON demands it", escapes),
		CHECK("another reader takes every character", read_again),
	};

	return unit_run(tests);
}
