/* SPDX-License-Identifier: Apache-2.0 */
#include "http/return_to.h"

#include "text.h"
#include "unit.h"

static void
here(void **state)
{
	static const char *const paths[] = {
		"/",
		"/services",
		"/services/acme-payment?tab=history&at=2026-11-24T00:00:00Z",
		"/services?q=%E6%B1%BA%E6%B8%88#top",
		"/services?q=決済",
		"/?next=//evil.example",
		"/a//b",
		"/@evil.example",
		"/.evil.example",
		"/:80",
		"/http://evil.example",
		"/%2f%2fevil.example",
		"/%5cevil.example",
		"/%09/evil.example",
		"/%0d%0aSet-Cookie:x",
		"/javascript:alert(1)",
		"/<script>",
		"/ ",
		/* A path all the same, when the dots are taken away. */
		"/.//evil.example",
		"/a/..//evil.example",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		row_text(paths[i], return_to(paths[i]), paths[i]);
}

static const char *const targets[] = {
	"",
	" ",
	"services",
	"?q=1",
	"#top",
	".",
	"../x",
	"\\",
	"//",
	"//evil.example",
	"///evil.example",
	"////evil.example",
	"//evil.example/%2e%2e",
	"//user@evil.example",
	"//[::1]/",
	"/\\evil.example",
	"/\\/evil.example",
	"/\\\\evil.example",
	"\\/evil.example",
	"\\\\evil.example",
	"/a\\b",
	"/services\\..\\..\\evil",
	"/\t/evil.example",
	"/\n/evil.example",
	"/\r/evil.example",
	"/\r\n/evil.example",
	"/\x01/evil.example",
	"/\x0b/evil.example",
	"/\x7f/evil.example",
	"\t//evil.example",
	" //evil.example",
	"\n/services",
	" /services",
	"/services\r\nSet-Cookie: a=b",
	"/services\nLocation: //evil.example",
	"/services\x1b[2J",
	"http:",
	"http:evil.example",
	"http:/evil.example",
	"http://evil.example",
	"https://evil.example/",
	"HTTPS://EVIL.EXAMPLE",
	"https:///evil.example",
	"https://mdash.example@evil.example",
	"ftp://evil.example",
	"javascript:alert(1)",
	"JaVaScRiPt:alert(1)",
	"java\tscript:alert(1)",
	"data:text/html,<script>",
	"vbscript:x",
	"mailto:a@evil.example",
	"evil.example",
	"@evil.example",
	":80",
	"%2f%2fevil.example",
	"%2fservices",
	"／／evil.example",   /* full-width */
	"/\xc0\xafx.example", /* an overlong slash */
	"/\xff",
	"/\xed\xa0\x80",
	"/services/\xe6\xb1",
};

static void
elsewhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(targets); i++)
		row_text(targets[i], return_to(targets[i]), "/");
	assert_string_equal(return_to(NULL), "/");
}

static void
length(void **state)
{
	const char *longest =
		arena_printf(*state, "/%s", text_times(*state, "a", 1023));

	assert_string_equal(return_to(longest), longest);
	assert_string_equal(return_to(arena_printf(*state, "%sa", longest)),
	                    "/");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("paths of this origin are kept", here),
		CHECK("everything else leads to the beginning", elsewhere),
		CHECK("1,024 bytes are kept, one more is not", length),
	};

	return unit_run(tests);
}
