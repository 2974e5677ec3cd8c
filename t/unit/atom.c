/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/atom.h"

#include "text.h"
#include "unit.h"

static const struct atom_feed feed = {
	.id = "https://mdash.example/feeds/a.atom",
	.title = "acme-payment",
	.updated = "2026-11-24T00:00:00Z",
	.page = "https://mdash.example/services/a",
	.generator = "mdash",
};

static const char head[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<feed xmlns=\"http://www.w3.org/2005/Atom\">"
	"<id>https://mdash.example/feeds/a.atom</id>"
	"<title>acme-payment</title>"
	"<updated>2026-11-24T00:00:00Z</updated>"
	"<link rel=\"self\" href=\"https://mdash.example/feeds/a.atom\"/>"
	"<link rel=\"alternate\" href=\"https://mdash.example/services/a\"/>"
	"<author><name>mdash</name></author>"
	"<generator>mdash</generator>";

static void
empty(void **state)
{
	struct buf out = {.arena = *state};
	struct atom *atom = atom_open(*state, &feed);

	atom_close(atom, &out);
	assert_string_equal(buf_text(&out),
	                    arena_printf(*state, "%s</feed>\n", head));
}

static void
entries(void **state)
{
	struct buf out = {.arena = *state};
	struct atom *atom = atom_open(*state, &feed);

	buf_adds(&out, "before:");
	atom_add(atom, &(struct atom_entry){
			       .id = "urn:1",
			       .title = "Tier \"1\" & <2>",
			       .updated = "2026-11-23T00:00:00Z",
			       .author = "aya",
			       .page = "https://x/?a=1&b=\"2\"",
			       .related = "https://ci/1",
			       .content = "決済 ]]> &amp;\nline",
		       });
	atom_add(atom, &(struct atom_entry){
			       .id = "urn:2",
			       .title = "",
			       .updated = "2026-11-22T00:00:00Z",
			       .page = "https://x/",
			       .content = "",
		       });
	atom_close(atom, &out);
	assert_string_equal(
		buf_text(&out),
		arena_printf(
			*state,
			"before:%s"
			"<entry><id>urn:1</id>"
			"<title>Tier &quot;1&quot; &amp; &lt;2&gt;</title>"
			"<updated>2026-11-23T00:00:00Z</updated>"
			"<author><name>aya</name></author>"
			"<link rel=\"alternate\" "
			"href=\"https://x/?a=1&amp;b=&quot;2&quot;\"/>"
			"<link rel=\"related\" href=\"https://ci/1\"/>"
			"<content type=\"text\">決済 ]]&gt; &amp;amp;\nline"
			"</content></entry>"
			"<entry><id>urn:2</id><title></title>"
			"<updated>2026-11-22T00:00:00Z</updated>"
			"<link rel=\"alternate\" href=\"https://x/\"/>"
			"<content type=\"text\"></content></entry></feed>\n",
			head));
}

/* What XML 1.0 cannot hold, not even escaped. */
static void
unfit(void **state)
{
	static const struct {
		const char *text;
		const char *xml;
	} cases[] = {
		{"\x01", "\xef\xbf\xbd"},
		{"a\x1f!", "a\xef\xbf\xbd!"},
		{"\x0b\x0c", "\xef\xbf\xbd\xef\xbf\xbd"},
		{"\t\n", "\t\n"},
		{"\r", "&#13;"},
		{"\x7f", "\x7f"},
		{"\xef\xbf\xbe!", "\xef\xbf\xbd!"}, /* U+FFFE */
		{"\xef\xbf\xbf", "\xef\xbf\xbd"},   /* U+FFFF */
		{"\xef\xbf\xbd", "\xef\xbf\xbd"},
		{"\xef\xbe\xbf", "\xef\xbe\xbf"},
		{"😀", "😀"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = {.arena = *state};
		struct atom *atom = atom_open(*state, &feed);

		atom_add(atom, &(struct atom_entry){
				       .id = "i",
				       .title = cases[i].text,
				       .updated = "u",
				       .page = "p",
				       .content = cases[i].text,
			       });
		atom_close(atom, &out);
		row_true(cases[i].xml,
		         strstr(buf_text(&out),
		                arena_printf(*state, "<title>%s</title>",
		                             cases[i].xml)));
		row_true(cases[i].xml,
		         strstr(buf_text(&out),
		                arena_printf(*state, "\"text\">%s</content>",
		                             cases[i].xml)));
	}
}

/* A leak sanitizer would see what the arena does not end. */
static void
left_open(void **state)
{
	struct atom *atom = atom_open(*state, &feed);

	atom_add(atom, &(struct atom_entry){.id = "i",
	                                    .title = "t",
	                                    .updated = "u",
	                                    .page = "p",
	                                    .content = "c"});
	arena_reset(*state);
	assert_int_equal(arena_used(*state), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a feed without entries is whole", empty),
		CHECK("entries are added, their texts escaped", entries),
		CHECK("characters that XML cannot hold are replaced", unfit),
		CHECK("a feed that is not closed is freed", left_open),
	};

	return unit_run(tests);
}
