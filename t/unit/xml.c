/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/xml.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

/* --- what was read, as a text --------------------------------------------- */

struct story {
	struct buf text;
	const char *refuse; /* the element that is refused */
};

static void
on_open(void *context, struct xml *xml, const struct xml_element *element)
{
	struct story *story = context;

	buf_printf(&story->text, "(%s", element->name);
	if (*element->space != '\0')
		buf_printf(&story->text, "{%s}", element->space);
	for (size_t i = 0; i < element->count; i++)
		buf_printf(&story->text, " %s=%s", element->attributes[i].name,
		           element->attributes[i].value);
	if (story->refuse != NULL && strcmp(story->refuse, element->name) == 0)
		xml_refuse(xml, "unwanted", "no <%s> here", element->name);
}

static void
on_text(void *context, struct xml *xml, const char *text, size_t len)
{
	struct story *story = context;

	(void)xml;
	buf_add(&story->text, text, len);
}

static void
on_close(void *context, struct xml *xml)
{
	struct story *story = context;

	(void)xml;
	buf_addc(&story->text, ')');
}

static const struct xml_events events = {
	.open = on_open,
	.text = on_text,
	.close = on_close,
};

static bool
read_bytes(const char *bytes, size_t len, struct story *story,
           struct faults *faults)
{
	struct arena *arena = faults->arena;

	story->text.arena = arena;
	return xml_read(bytes, len, &events, story, arena, faults);
}

static const char *
read_text(struct arena *arena, const char *text)
{
	struct story story = {0};
	struct faults faults = {.arena = arena};

	if (!read_bytes(text, strlen(text), &story, &faults))
		return text_faults(arena, &faults);
	assert_false(faults_any(&faults));
	return buf_text(&story.text);
}

/* --- tests ---------------------------------------------------------------- */

static void
taken(void **state)
{
	static const struct {
		const char *text;
		const char *story;
	} cases[] = {
		{"<a/>", "(a)"},
		{"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\n<a/>\n",
	         "(a)"},
		{"<a b='1' c=\"2\">x<d/>y</a>", "(a b=1 c=2x(d)y)"},
		{"<a b='&amp;amp;&lt;&quot;&#38;&#x41;'/>", "(a b=&amp;<\"&A)"},
		{"<a b='&amp;#38;'/>", "(a b=&#38;)"},
		{"<a>&amp;&lt;&#233;<![CDATA[<&amp;>]]></a>", "(a&<é<&amp;>)"},
		{"<a b='x\ty\nz'>\r\n</a>", "(a b=x y z\n)"},
		{"<a xmlns='urn:one' b='1'><x:c xmlns:x='urn:two' x:d='2' "
	         "e='3'/></a>",
	         "(a{urn:one} b=1(c{urn:two} e=3))"},
		{"<!-- & < --><?go on?><a><!-- - --></a><!-- end -->", "(a)"},
		{"<日本 語='値'>文</日本>", "(日本 語=値文)"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_text(cases[i].text, read_text(*state, cases[i].text),
		         cases[i].story);
}

static void
ended(void **state)
{
	static const struct {
		const char *text;
		const char *detail;
	} cases[] = {
		{"<a", "the XML ends too early"},
		{"<a>", "the XML ends too early"},
		{"<a>\n<b>", "the XML ends too early"},
		{"<a/>\nb", "something follows the end of the document"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct story story = {0};
		struct faults faults = {.arena = *state};

		assert_false(read_bytes(cases[i].text, strlen(cases[i].text),
		                        &story, &faults));
		row_text(cases[i].text, faults.items[0].detail,
		         cases[i].detail);
	}
}

static void
refused(void **state)
{
	struct arena *a = *state;
	const struct {
		const char *name;
		const char *text;
		const char *fault;
	} cases[] = {
		{"nothing", "", "syntax # 1:1"},
		{"blanks", " \n ", "syntax # 1:1"},
		{"JSON", "{\"a\": 1}", "syntax # 1:1"},
		{"cut off", "<a>\n<b>", "syntax # 2:4"},
		{"cut in a tag", "<a>\n<b c='", "syntax # 2:7"},
		{"crossed", "<a>\n  <b></a></b>", "syntax # 2:10"},
		{"two roots", "<a/>\n<b/>", "syntax # 2:1"},
		{"text around", "<a/>\nb", "syntax # 2:1"},
		{"an attribute twice", "<a b='1'\nb='2'/>", "syntax # 2:6"},
		{"no quotes", "<a\nb=1/>", "syntax # 2:3"},
		{"no value", "<a\nb/>", "syntax # 2:2"},
		{"< in a value", "<a b='\n<'/>", "syntax # 2:1"},
		{"an entity", "<a>\n&b;</a>", "syntax # 2:4"},
		{"an ampersand", "<a>\n& </a>", "syntax # 2:2"},
		{"a control character", "<a>\n\x01</a>", "syntax # 2:1"},
		{"one by number", "<a>\n&#1;</a>", "syntax # 2:5"},
		{"]]>", "<a>\n]]></a>", "syntax # 1:4"},
		{"an open comment", "<a>\n<!-- </a>", "syntax # 2:10"},
		{"a DOCTYPE", "<?xml version='1.0'?>\n<!DOCTYPE a>\n<a/>",
	         "doctype # 2:1"},
		{"too deep", text_times(a, "\n<a>", LIMIT_DEPTH + 1),
	         "too-deep # 66:1"},
		{"declared Latin 1",
	         "<?xml version='1.0' encoding='latin1'?><a>\xc3\xa9</a>",
	         "encoding # 1:31"},
		{"Latin 1", "<a>\n\xe9</a>", "encoding # 2:1"},
		{"a part of a character", "<a>\xc3</a>", "encoding # 1:4"},
		{"a surrogate", "<a>\xed\xa0\x80</a>", "encoding # 1:4"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_text(cases[i].name, read_text(a, cases[i].text),
		         cases[i].fault);
}

static void
nul(void **state)
{
	static const char text[] = "<a>\n\0</a>";
	static const char wide[] = "\xff\xfe<\0a\0/\0>\0";
	struct story story = {0};
	struct faults faults = {.arena = *state};

	assert_false(read_bytes(text, sizeof(text) - 1, &story, &faults));
	assert_string_equal(text_faults(*state, &faults), "encoding # 2:1");

	faults = (struct faults){.arena = *state};
	assert_false(read_bytes(wide, sizeof(wide) - 1, &story, &faults));
	assert_string_equal(text_faults(*state, &faults), "encoding # 1:1");
}

/* Each would cost gigabytes, a file or a connection where it is followed. */
static void
bombs(void **state)
{
	struct arena *a = *state;
	const char *laughs = arena_printf(
		a,
		"<?xml version=\"1.0\"?>\n<!DOCTYPE a [\n<!ENTITY b \"ha\">\n"
		"<!ENTITY c \"%s\">\n<!ENTITY d \"%s\">\n]>\n<a>&d;</a>",
		text_times(a, "&b;", 1000), text_times(a, "&c;", 1000));
	const char *external =
		"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
		"<a>&b;</a>";
	const char *subset = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";

	assert_string_equal(read_text(a, laughs), "doctype # 2:1");
	assert_string_equal(read_text(a, external), "doctype # 1:1");
	assert_string_equal(read_text(a, subset), "doctype # 1:1");
	assert_string_equal(read_text(a, text_times(a, "<a>", 10000)),
	                    "too-deep # 1:193");
	assert_string_equal(
		read_text(a, arena_printf(a, "<a>%s</a>",
	                                  text_times(a, "x", 10 << 20))),
		"too-long # 1:4");
	/* An include is an element like others. */
	assert_string_equal(
		read_text(a, "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
	                     "<xi:include href=\"file:///etc/passwd\"/></a>"),
		"(a(include{http://www.w3.org/2001/XInclude} "
		"href=file:///etc/passwd))");
}

/* Longer than what libxml2 is given at a time, with a character of three bytes
 * across each border. */
static void
pieces(void **state)
{
	struct arena *a = *state;
	const char *text = text_times(a, "値", 400 << 10);
	const char *story = read_text(a, arena_printf(a, "<a>%s</a>", text));

	assert_string_equal(story, arena_printf(a, "(a%s)", text));

	text = text_times(a, "<b c='1'/>\n", 100000);
	assert_string_equal(
		read_text(a, arena_printf(a, "<a>\n%s<b></a>", text)),
		"syntax # 100002:8");

	text = text_times(a, "x", LIMIT_XML_TAG - 100);
	assert_string_equal(read_text(a, arena_printf(a, "<a b='%s'/>", text)),
	                    arena_printf(a, "(a b=%s)", text));
}

static void
by_reader(void **state)
{
	static const char text[] = "<a>\n<b/>\n<c><d/></c></a></x>";
	struct story story = {.refuse = "c"};
	struct faults faults = {.arena = *state};

	assert_false(read_bytes(text, sizeof(text) - 1, &story, &faults));
	assert_string_equal(buf_text(&story.text), "(a\n(b)\n(c");
	assert_string_equal(text_faults(*state, &faults), "unwanted # 3:1");
	assert_string_equal(faults.items[0].detail, "no <c> here");
}

static void
values(void **state)
{
	static const struct xml_attribute attributes[] = {{"a", "1"},
	                                                  {"b", ""}};
	const struct xml_element element = {.attributes = attributes,
	                                    .count = 2};

	(void)state;
	assert_string_equal(xml_value(&element, "a"), "1");
	assert_string_equal(xml_value(&element, "b"), "");
	assert_null(xml_value(&element, "c"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("XML comes as events", taken),
		CHECK("what is no XML has one fault, with its place", refused),
		CHECK("what is cut off is told from what goes on", ended),
		CHECK("NUL and UTF-16 are refused", nul),
		CHECK("bombs and what fetches files are refused", bombs),
		CHECK("a text of any length comes whole", pieces),
		CHECK("a reader may refuse an element", by_reader),
		CHECK("a value is found by its name", values),
	};

	return unit_run(tests);
}
