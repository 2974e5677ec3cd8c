/* SPDX-License-Identifier: Apache-2.0 */
/* Bills of materials in both forms. */
#include "report/report.h"
#include "text.h"
#include "unit.h"
#include "wire/limits.h"

static const char *
read_bill(struct arena *arena, const char *text)
{
	struct faults faults = {.arena = arena};
	const char *facts = report_read(text, strlen(text), REPORT_CYCLONEDX,
	                                arena, &faults);

	return facts != NULL ? facts : text_faults(arena, &faults);
}

#define JSON(members) \
	"{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"," members "}"
#define XML(inner)                                            \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"        \
	"<bom xmlns=\"http://cyclonedx.org/schema/bom/1.4\" " \
	"version=\"1\">\n" inner "</bom>"

struct row {
	const char *name;
	const char *text;
	const char *answer;
};

static void
check(struct arena *arena, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		row_text(rows[i].name, read_bill(arena, rows[i].text),
		         rows[i].answer);
}

static const char shop[] =
	"{\"count\":4,\"items\":{\"com.acme/core\":\"2\","
	"\"pkg:deb/debian/zlib1g\":null,"
	"\"pkg:npm/%40acme/ui\":\"1.0.0\",\"pkg:npm/left-pad\":\"1.3.0\"},"
	"\"types\":{\"library\":3,\"operating-system\":1},"
	"\"about\":{\"name\":\"shop\",\"purl\":null,\"version\":\"7\"}}";

static void
json(void **state)
{
	static const struct row rows[] = {
		{"nothing", JSON("\"version\":1"),
	         "{\"count\":0,\"items\":{},\"types\":{}}"},
		{"components, also in components",
	         JSON("\"metadata\":{\"component\":{\"name\":\"shop\","
	              "\"version\":\"7\",\"type\":\"application\"},"
	              "\"tools\":{\"components\":[{\"name\":\"syft\"}]}},"
	              "\"components\":[{\"type\":\"library\",\"name\":"
	              "\"left-pad\",\"version\":\"1.3.0\",\"purl\":"
	              "\"pkg:npm/left-pad@1.3.0\",\"components\":[{\"type\":"
	              "\"library\",\"name\":\"ui\",\"purl\":"
	              "\"pkg:npm/%40acme/ui@1.0.0?arch=x#lib\"}],"
	              "\"pedigree\":{\"ancestors\":[{\"name\":\"old\"}]}},"
	              "{\"group\":\"com.acme\",\"name\":\"core\",\"version\":"
	              "\"2\"},{\"type\":\"operating-system\",\"name\":"
	              "\"zlib1g\",\"version\":null,\"purl\":"
	              "\"pkg:deb/debian/zlib1g\"}]"),
	         shop},
		{"more versions than one, in order",
	         JSON("\"components\":[{\"name\":\"a\",\"version\":\"2\"},"
	              "{\"name\":\"a\"},{\"name\":\"a\",\"version\":\"1\"},"
	              "{\"name\":\"a\",\"version\":\"2\"},"
	              "{\"name\":\"b\"},{\"name\":\"b\",\"version\":\"3\"}]"),
	         "{\"count\":6,\"items\":{\"a\":[\"1\",\"2\"],\"b\":\"3\"},"
	         "\"types\":{\"library\":6}}"},
		{"a scope that is not encoded",
	         JSON("\"components\":[{\"purl\":\"pkg:npm/@acme/ui@2\"},"
	              "{\"purl\":\"pkg:npm/@acme\"},{\"purl\":\"urn:x@1\"}]"),
	         "{\"count\":3,\"items\":{\"pkg:npm/@acme\":null,"
	         "\"pkg:npm/@acme/ui\":\"2\",\"urn:x@1\":null},"
	         "\"types\":{\"library\":3}}"},
		{"no bill", "{\"a\":1}", "report #/bomFormat 0:0"},
		{"another one", "{\"bomFormat\":\"SPDX\"}",
	         "report #/bomFormat 0:0"},
		{"a version before and one after",
	         "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.1\"}",
	         "version #/specVersion 0:0"},
		{"a number as version",
	         "{\"bomFormat\":\"CycloneDX\",\"specVersion\":1.5}",
	         "version #/specVersion 0:0"},
		{"no list", JSON("\"components\":{}"), "type #/components 0:0"},
		{"no object", JSON("\"components\":[{\"name\":\"a\"},1]"),
	         "type #/components/1 0:0"},
		{"no text", JSON("\"components\":[{\"name\":1}]"),
	         "type #/components/0/name 0:0"},
		{"no name", JSON("\"components\":[{\"version\":\"1\"}]"),
	         "required #/components/0 0:0"},
		{"no name inside",
	         JSON("\"components\":[{\"name\":\"a\",\"components\":[{}]}]"),
	         "required #/components/0/components/0 0:0"},
		{"about nothing", JSON("\"metadata\":{\"component\":{}}"),
	         "required #/metadata/component 0:0"},
		{"cut off", "{\"bomFormat\":\n\"Cyc", "syntax # 2:5"},
		{"a member twice",
	         "{\"bomFormat\":\"CycloneDX\",\n\"bomFormat\":\"CycloneDX\"}",
	         "duplicate-key # 2:1"},
		{"not UTF-8", "{\"bomFormat\":\n\"\xff\"}", "encoding # 2:2"},
		{"a list", "[]", "syntax # 1:1"},
	};

	check(*state, rows, ARRAY_LEN(rows));
}

static void
xml(void **state)
{
	static const struct row rows[] = {
		{"nothing", XML(""), "{\"count\":0,\"items\":{},\"types\":{}}"},
		{"components, also in components",
	         XML("<metadata><tools><components><component type=\"library\">"
	             "<name>syft</name></component></components></tools>"
	             "<component type=\"application\"><name>shop</name>"
	             "<version>7</version></component></metadata>"
	             "<components><component type=\"library\"><name>\n left-pad"
	             "</name><version>1.3.0</version><purl>pkg:npm/"
	             "left-pad@1.3.0"
	             "</purl><components><component type=\"library\"><name>ui"
	             "</name><purl>pkg:npm/%40acme/ui@1.0.0?arch=x&amp;y#lib"
	             "</purl></component></components><pedigree><ancestors>"
	             "<component><name>old</name></component></ancestors>"
	             "</pedigree></component><component><group>com.acme</group>"
	             "<name><![CDATA[core]]></name><version>2</version>"
	             "<licenses><license><name>MIT</name></license></licenses>"
	             "</component><component type=\"operating-system\"><name>"
	             "zlib1g</name><version/><purl>pkg:deb/debian/zlib1g</purl>"
	             "</component></components>"),
	         shop},
		{"a prefix",
	         "<b:bom xmlns:b=\"http://cyclonedx.org/schema/bom/1.6\">"
	         "<b:components><b:component><b:name>a</b:name></b:component>"
	         "</b:components></b:bom>",
	         "{\"count\":1,\"items\":{\"a\":null},"
	         "\"types\":{\"library\":1}}"},
		{"no bill", "<bom/>", "report # 1:1"},
		{"another namespace", "<bom xmlns=\"urn:x\"/>", "report # 1:1"},
		{"a version before",
	         "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.1\"/>",
	         "version # 1:1"},
		{"no name",
	         XML("<components>\n<component><version>1</version>"
	             "</component></components>"),
	         "required # 4:32"},
		{"nothing at all", "", "syntax # 1:1"},
	};

	check(*state, rows, ARRAY_LEN(rows));
}

/* A list of components called by `format`, which has a number. */
static const char *
bill_of(struct arena *arena, size_t count, bool versions)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < count; i++)
		buf_printf(&out,
		           versions ? "%s{\"name\":\"a\",\"version\":\"%zu\"}"
		                    : "%s{\"name\":\"a%zu\"}",
		           i == 0 ? "" : ",", i);
	return arena_printf(arena, JSON("\"components\":[%s]"), buf_text(&out));
}

static void
limits(void **state)
{
	struct arena *a = *state;
	const char *name = text_times(a, "n", LIMIT_REPORT_TEXT);

	assert_memory_equal(
		read_bill(a, bill_of(a, LIMIT_REPORT_COMPONENTS, false)),
		"{\"count\":20000,", 15);
	assert_string_equal(
		read_bill(a, bill_of(a, LIMIT_REPORT_COMPONENTS + 1, false)),
		"too-many #/components/20000 0:0");
	assert_memory_equal(read_bill(a, bill_of(a, 100, true)),
	                    "{\"count\":100,", 13);
	assert_string_equal(read_bill(a, bill_of(a, 101, true)),
	                    "too-many #/components/100 0:0");

	assert_memory_equal(
		read_bill(a, arena_printf(a,
	                                  XML("<components><component><name>"
	                                      "%s</name></component>"
	                                      "</components>"),
	                                  name)),
		"{\"count\":1,", 11);
	assert_string_equal(
		read_bill(a, arena_printf(a,
	                                  XML("<components>\n<component>\n"
	                                      "<name>n%s</name></component>"
	                                      "</components>"),
	                                  name)),
		"too-long # 5:7");
	assert_string_equal(
		read_bill(a,
	                  arena_printf(
				  a,
				  JSON("\"components\":[{\"name\":\"n%s\"}]"),
				  name)),
		"too-long #/components/0 0:0");
}

/* As many values as are taken, and one more. */
static void
values(void **state)
{
	struct arena *a = *state;
	struct buf out = {.arena = a};
	/* The object, its three members, and the list's own. */
	const size_t others = 4;

	buf_adds(&out, JSON("\"x\":[0") "");
	out.len--;
	for (size_t i = 1; i < LIMIT_REPORT_NODES - others; i++)
		buf_adds(&out, ",0");
	struct buf more = {.arena = a};
	buf_add(&more, out.data, out.len);
	buf_adds(&out, "]}");
	buf_adds(&more, ",0]}");

	assert_string_equal(read_bill(a, buf_text(&out)),
	                    "{\"count\":0,\"items\":{},\"types\":{}}");
	assert_memory_equal(read_bill(a, buf_text(&more)), "too-many # 1:", 13);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a bill of materials is read from JSON", json),
		CHECK("and from XML, to the same facts", xml),
		CHECK("there is a most of components and of texts", limits),
		CHECK("there is a most of values", values),
	};

	return unit_run(tests);
}
