/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/xml_scan.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

static enum xml_breach
scan(const char *text, size_t *ret_at)
{
	*ret_at = SIZE_MAX;
	return xml_scan(text, strlen(text), ret_at);
}

/* An element with `count` attributes. */
static const char *
with_attributes(struct arena *arena, size_t count)
{
	struct buf out = {.arena = arena};

	buf_adds(&out, "<a");
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, " a%zu=\"=>\"", i);
	buf_adds(&out, "/>");
	return buf_text(&out);
}

static const char *
long_tag(struct arena *arena, size_t len)
{
	static const char around[] = "<a b=''>";

	return arena_printf(arena, "<a b='%s'>",
	                    text_times(arena, "x", len - sizeof(around) + 1));
}

static void
within(void **state)
{
	struct arena *a = *state;
	const char *text = text_times(a, "x", LIMIT_XML_TEXT);
	const struct {
		const char *name;
		const char *text;
	} cases[] = {
		{"nothing", ""},
		{"no XML", "{}"},
		{"open", "<"},
		{"an open comment", "<!--"},
		{"64 deep", arena_printf(a, "%s%s", text_times(a, "<a>", 64),
	                                 text_times(a, "</a>", 64))},
		{"siblings", text_times(a, "<a><b/></a>", 1000)},
		{"end tags alone", text_times(a, "</a>", 1000)},
		{"> in values", text_times(a, "<a b='/>' c=\"</a>\"/>", 100)},
		{"tags in comments", text_times(a, "<!--<a>-->", 100)},
		{"tags in CDATA", text_times(a, "<![CDATA[<a>]]>", 100)},
		{"a DOCTYPE in a comment", "<!--<!DOCTYPE a>--><a/>"},
		{"256 attributes", with_attributes(a, LIMIT_XML_ATTRIBUTES)},
		{"a tag of 1 MiB", long_tag(a, LIMIT_XML_TAG)},
		{"4 MiB of text", text},
		{"4 MiB of a comment", arena_printf(a, "<!--%s-->", text)},
		{"UTF-8", "<?xml version='1.0' encoding='UTF-8'?><a/>"},
		{"lower", "<?xml version=\"1.0\" encoding = \"utf-8\" ?>"},
		{"ASCII", "<?xml version='1.0' encoding='US-ASCII'?>"},
		{"none", "<?xml version='1.0'?><a encoding='latin1'/>"},
		{"a style sheet", "<?xml-stylesheet encoding='latin1'?>"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t at;

		row_int(cases[i].name, scan(cases[i].text, &at),
		        XML_BREACH_NONE);
		row_int(cases[i].name, at, strlen(cases[i].text));
	}
}

static void
past(void **state)
{
	struct arena *a = *state;
	const char *text = text_times(a, "x", LIMIT_XML_TEXT + 1);
	const struct {
		const char *name;
		const char *text;
		enum xml_breach breach;
		size_t at;
	} cases[] = {
		{"a DOCTYPE", "<?xml version='1.0'?>\n<!DOCTYPE a>",
	         XML_BREACH_DOCTYPE, 22},
		{"in small letters", "<!doctype html>", XML_BREACH_DOCTYPE, 0},
		{"late", "<a/><!DOCTYPE a>", XML_BREACH_DOCTYPE, 4},
		{"65 deep", text_times(a, "<a>", 65), XML_BREACH_DEPTH, 192},
		{"65 deep at the end",
	         arena_printf(a, "%s<a", text_times(a, "<a>", 64)),
	         XML_BREACH_DEPTH, 192},
		{"257 attributes", with_attributes(a, LIMIT_XML_ATTRIBUTES + 1),
	         XML_BREACH_ATTRIBUTES, 0},
		{"a longer tag", long_tag(a, LIMIT_XML_TAG + 2), XML_BREACH_TAG,
	         0},
		{"a longer text", arena_printf(a, "<a>%s", text),
	         XML_BREACH_TEXT, 3},
		{"a longer comment", arena_printf(a, "<!--%s", text),
	         XML_BREACH_TEXT, 0},
		{"longer CDATA", arena_printf(a, "<![CDATA[%s]]>", text),
	         XML_BREACH_TEXT, 0},
		{"a longer instruction", arena_printf(a, "<?a %s?>", text),
	         XML_BREACH_TEXT, 0},
		{"Latin 1", "<?xml version='1.0' encoding='ISO-8859-1'?>",
	         XML_BREACH_ENCODING, 30},
		{"UTF-16", "<?xml version='1.0' encoding=\"UTF-16\"?>",
	         XML_BREACH_ENCODING, 30},
		{"UTF-80", "<?xml version='1.0' encoding='UTF-80'?>",
	         XML_BREACH_ENCODING, 30},
		{"no name", "<?xml version='1.0' encoding=''?>",
	         XML_BREACH_ENCODING, 31},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t at;

		row_int(cases[i].name, scan(cases[i].text, &at),
		        cases[i].breach);
		row_int(cases[i].name, at, cases[i].at);
	}
}

static void
words(void **state)
{
	(void)state;
	assert_string_equal(xml_breach_code(XML_BREACH_NONE), "");
	for (enum xml_breach b = XML_BREACH_NONE + 1; b < XML_BREACH_END; b++) {
		assert_true(xml_breach_code(b)[0] != '\0');
		assert_true(xml_breach_text(b)[0] != '\0');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("what keeps to the limits is left to the parser", within),
		CHECK("what does not is found, with its place", past),
		CHECK("each breach has a code and a sentence", words),
	};

	return unit_run(tests);
}
