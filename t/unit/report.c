/* SPDX-License-Identifier: Apache-2.0 */
/* JUnit and Cobertura in the dialects that there are, and what is in none. */
#include "report/report.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

/* The facts, or the faults. */
static const char *
read_as(struct arena *arena, enum report_format format, const char *text)
{
	struct faults faults = {.arena = arena};
	const char *facts =
		report_read(text, strlen(text), format, arena, &faults);

	return facts != NULL ? facts : text_faults(arena, &faults);
}

struct row {
	const char *name;
	const char *text;
	const char *answer;
};

static void
check(struct arena *arena, enum report_format format, const struct row *rows,
      size_t count)
{
	for (size_t i = 0; i < count; i++)
		row_text(rows[i].name, read_as(arena, format, rows[i].text),
		         rows[i].answer);
}

/* --- JUnit ---------------------------------------------------------------- */

#define COUNTS(tests, failures, errors, skipped)                               \
	"{\"tests\":" #tests ",\"failures\":" #failures ",\"errors\":" #errors \
	",\"skipped\":" #skipped
#define PASSED ",\"passed\":true"
#define FAILED ",\"passed\":false"
#define SECONDS(seconds) ",\"seconds\":" #seconds

static const struct row junit_dialects[] = {
	{"nothing was tested", "<testsuites/>",
         COUNTS(0, 0, 0, 0) FAILED SECONDS(0) "}"},
	{"as Ant and Surefire write it",
         "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n"
         "<testsuite name=\"PaymentTest\" tests=\"3\" failures=\"1\" "
         "errors=\"0\" skipped=\"1\" time=\"1.25\" "
         "timestamp=\"2026-11-24T09:30:00\" hostname=\"ci\">\n"
         "  <properties><property name=\"java.version\" value=\"21\"/>"
         "</properties>\n"
         "  <testcase classname=\"PaymentTest\" name=\"pays\" time=\"0.5\"/>\n"
         "  <testcase classname=\"PaymentTest\" name=\"refunds\">\n"
         "    <failure message=\"expected: &lt;1&gt;\" type=\"x\">at y\n"
         "    </failure>\n"
         "  </testcase>\n"
         "  <testcase classname=\"PaymentTest\" name=\"later\"><skipped/>"
         "</testcase>\n"
         "  <system-out><![CDATA[<testcase>]]></system-out>\n"
         "</testsuite>\n",
         COUNTS(3, 1, 0, 1)
                 FAILED SECONDS(1.25) ",\"ranAt\":"
                                      "\"2026-11-24T09:30:00.000Z\"}"},
	{"as pytest writes it",
         "<testsuites><testsuite name=\"pytest\" errors=\"0\" failures=\"0\" "
         "skipped=\"0\" tests=\"2\" time=\"0.031\" "
         "timestamp=\"2026-11-24T18:30:00.250000+09:00\">"
         "<testcase name=\"a\" time=\"0.01\"/>"
         "<testcase name=\"b\" time=\"0.02\"/></testsuite></testsuites>",
         COUNTS(2, 0, 0, 0)
                 PASSED SECONDS(0.031) ",\"ranAt\":"
                                       "\"2026-11-24T09:30:00.250Z\"}"},
	{"as GoogleTest writes it",
         "<testsuites tests=\"3\" failures=\"0\" disabled=\"1\" errors=\"0\" "
         "time=\"0.002\" name=\"AllTests\">"
         "<testsuite name=\"A\" tests=\"3\" failures=\"0\" disabled=\"1\" "
         "skipped=\"1\" errors=\"0\" time=\"0.001\">"
         "<testcase name=\"one\" status=\"run\" result=\"completed\"/>"
         "<testcase name=\"DISABLED_two\" status=\"notrun\" "
         "result=\"suppressed\"/>"
         "<testcase name=\"three\" status=\"run\" result=\"skipped\">"
         "<skipped message=\"no\"/></testcase>"
         "</testsuite></testsuites>",
         COUNTS(3, 0, 0, 2) PASSED SECONDS(0.002) "}"},
	{"suites alone, without any count",
         "<testsuites><testsuite><testcase time=\"1\"/>"
         "<testcase time=\"0.5\"><error/></testcase></testsuite>"
         "<testsuite><testcase><failure/><failure/></testcase></testsuite>"
         "</testsuites>",
         COUNTS(3, 1, 1, 0) FAILED SECONDS(1.5) "}"},
	{"counts alone",
         "<testsuites><testsuite tests=\"5\" failures=\"2\" skip=\"1\"/>"
         "<testsuite tests=\"7\" errors=\"1\"/></testsuites>",
         COUNTS(12, 2, 1, 1) FAILED SECONDS(0) "}"},
	{"counts of the root alone",
         "<testsuites tests=\"9\" failures=\"0\" time=\"2\"><testsuite/>"
         "</testsuites>",
         COUNTS(9, 0, 0, 0) PASSED SECONDS(2) "}"},
	{"suites in suites, counted in both",
         "<testsuite tests=\"3\" failures=\"1\" time=\"4\">"
         "<testsuite tests=\"2\" failures=\"1\" time=\"3\"><testcase/>"
         "<testcase><failure/></testcase></testsuite>"
         "<testsuite tests=\"1\" time=\"1\"><testcase/></testsuite>"
         "</testsuite>",
         COUNTS(3, 1, 0, 0) FAILED SECONDS(4) "}"},
	{"suites in suites, each with its own alone",
         "<testsuite tests=\"1\"><testcase/><testsuite tests=\"2\">"
         "<testcase/><testcase/></testsuite></testsuite>",
         COUNTS(3, 0, 0, 0) PASSED SECONDS(0) "}"},
	{"a suite that says less than there is",
         "<testsuite tests=\"0\" failures=\"0\"><testcase><failure/>"
         "</testcase></testsuite>",
         COUNTS(1, 1, 0, 0) FAILED SECONDS(0) "}"},
	{"retries that passed in the end",
         "<testsuite><testcase><flakyFailure/><rerunFailure/></testcase>"
         "</testsuite>",
         COUNTS(1, 0, 0, 0) PASSED SECONDS(0) "}"},
	{"what is no number",
         "<testsuite tests=\"-1\" failures=\"\" errors=\"\" "
         "skipped=\"99999999999999999999\" time=\"NaN\" "
         "timestamp=\"yesterday\"><testcase time=\"-2\"/></testsuite>",
         COUNTS(1, 0, 0, 0) PASSED SECONDS(0) "}"},
	{"a comma in the time",
         "<testsuites><testsuite time=\"1,234.5\"/><testsuite "
         "time=\"0,25\"/></testsuites>",
         COUNTS(0, 0, 0, 0) FAILED SECONDS(1234.75) "}"},
	{"the newest time of several",
         "<testsuites><testsuite timestamp=\"2026-11-24T10:00:00Z\"/>"
         "<testsuite timestamp=\"2026-11-25T10:00:00Z\"/>"
         "<testsuite timestamp=\"2026-11-23T10:00:00Z\"/></testsuites>",
         COUNTS(0, 0, 0, 0) FAILED SECONDS(0) ",\"ranAt\":"
                                              "\"2026-11-25T10:00:00.000Z\"}"},
	{"cases elsewhere are none",
         "<testsuite><properties><testcase><failure/></testcase>"
         "</properties><testcase><properties><failure/></properties>"
         "</testcase></testsuite>",
         COUNTS(1, 0, 0, 0) PASSED SECONDS(0) "}"},
	{"sums beyond all counts",
         "<testsuites><testsuite tests=\"1000000000\"/><testsuite "
         "tests=\"1000000000\"/></testsuites>",
         COUNTS(1000000000, 0, 0, 0) PASSED SECONDS(0) "}"},
};

static void
junit(void **state)
{
	check(*state, REPORT_JUNIT, junit_dialects, ARRAY_LEN(junit_dialects));
}

static void
no_junit(void **state)
{
	static const struct row rows[] = {
		{"another root", "<?xml version='1.0'?>\n<coverage/>",
	         "report # 2:1"},
		{"a web page", "<!DOCTYPE html>\n<html/>", "doctype # 1:1"},
		{"cut off", "<testsuite tests=\"1\">\n<testcase",
	         "syntax # 2:10"},
		{"JSON", "{}", "syntax # 1:1"},
	};

	check(*state, REPORT_JUNIT, rows, ARRAY_LEN(rows));
}

/* --- Cobertura ------------------------------------------------------------ */

static void
cobertura(void **state)
{
	static const struct row rows[] = {
		{"as coverage.py writes it",
	         "<?xml version=\"1.0\" ?>\n<coverage version=\"7.6\" "
	         "timestamp=\"1763976600123\" lines-valid=\"300\" "
	         "lines-covered=\"200\" line-rate=\"0.6667\" "
	         "branches-covered=\"1\" branches-valid=\"8\" "
	         "branch-rate=\"0.125\" complexity=\"0\"><packages><package "
	         "line-rate=\"1\"><classes/></package></packages></coverage>",
	         "{\"lines\":66.67,\"branches\":12.5,\"linesCovered\":200,"
	         "\"linesValid\":300,\"ranAt\":\"2025-11-24T09:30:00.123Z\"}"},
		{"rates alone",
	         "<coverage line-rate=\"1.0\" branch-rate=\"0\" "
	         "timestamp=\"1763976600\"/>",
	         "{\"lines\":100,\"branches\":0,"
	         "\"ranAt\":\"2025-11-24T09:30:00.000Z\"}"},
		{"counts alone",
	         "<coverage lines-covered=\"2\" lines-valid=\"3\"/>",
	         "{\"lines\":66.67,\"linesCovered\":2,\"linesValid\":3}"},
		{"no branches",
	         "<coverage line-rate=\"0.5\" branch-rate=\"0\" "
	         "branches-covered=\"0\" branches-valid=\"0\"/>",
	         "{\"lines\":50}"},
		{"no lines at all",
	         "<coverage line-rate=\"1\" lines-covered=\"0\" "
	         "lines-valid=\"0\"/>",
	         "{\"linesCovered\":0,\"linesValid\":0}"},
		{"a rate that is not said",
	         "<coverage line-rate=\"0,875\" branch-rate=\"\"/>",
	         "{\"lines\":87.5}"},
		{"a binary fraction", "<coverage line-rate=\"0.57\"/>",
	         "{\"lines\":57}"},
		{"an exponent", "<coverage line-rate=\"1e-3\"/>",
	         "{\"lines\":0.1}"},
		{"another root", "\n<testsuites/>", "report # 2:1"},
		{"Clover's root", "<coverage generated=\"1\" clover=\"3\"/>",
	         "required # 1:1"},
		{"more than all", "<coverage line-rate=\"1.01\"/>",
	         "range # 1:1"},
		{"per cent", "<coverage line-rate=\"85%\"/>", "range # 1:1"},
		{"more than there is",
	         "<coverage lines-covered=\"3\" lines-valid=\"2\"/>",
	         "range # 1:1"},
		{"a DOCTYPE, as some tools write one",
	         "<?xml version=\"1.0\" ?>\n<!DOCTYPE coverage\n  SYSTEM "
	         "'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>\n"
	         "<coverage line-rate=\"1\"/>",
	         "doctype # 2:1"},
		{"broken further on",
	         "<coverage line-rate=\"1\">\n<packages>\n</coverage>",
	         "syntax # 3:12"},
	};

	check(*state, REPORT_COBERTURA, rows, ARRAY_LEN(rows));
}

/* --- the formats ---------------------------------------------------------- */

static void
names(void **state)
{
	(void)state;
	for (enum report_format f = 0; f < REPORT_FORMAT_END; f++)
		assert_int_equal(report_format_named(report_format_name(f)), f);
	assert_int_equal(report_format_named("sarif"), REPORT_FORMAT_END);
	assert_int_equal(report_format_named(""), REPORT_FORMAT_END);
	assert_string_equal(report_family(REPORT_COBERTURA), "coverage");
}

/* --- in a process of its own ---------------------------------------------- */

static bool
read_apart(struct arena *arena, const char *text, const char **ret)
{
	const char *fault = NULL;
	bool again = true;

	*ret = NULL;
	if (report_read_apart(text, strlen(text), REPORT_JUNIT, arena, ret,
	                      &fault, &again))
		return true;
	assert_false(again);
	*ret = fault;
	return false;
}

static void
apart(void **state)
{
	const char *answer;

	assert_true(read_apart(*state, "<testsuite tests='2'/>", &answer));
	assert_string_equal(answer, COUNTS(2, 0, 0, 0) PASSED SECONDS(0) "}");
	assert_false(read_apart(*state, "<testsuite>\n</tests>", &answer));
	assert_string_equal(answer,
	                    "line 2, column 9: this end tag is not that of the "
	                    "element that is open");
	assert_false(read_apart(*state, "", &answer));
	assert_string_equal(answer, "line 1, column 1: the XML ends too early");
	assert_false(read_apart(*state, "[]", &answer));
	assert_string_equal(answer, "line 1, column 1: is no XML: it does not "
	                            "begin with <");
	assert_false(read_apart(*state, "<testsuite name='x", &answer));
	assert_string_equal(answer,
	                    "line 1, column 19: this value is not closed");
}

/* A sanitizer lifts the limit of memory. */
#if !defined(__SANITIZE_ADDRESS__)
static void
too_much(void **state)
{
	const char *text = arena_printf(*state, "[%s0]",
	                                text_times(*state, "{},", 999000));
	const char *facts;
	const char *fault;
	bool again = true;

	assert_false(report_read_apart(text, strlen(text), REPORT_CYCLONEDX,
	                               *state, &facts, &fault, &again));
	/* It does not begin with {, so it is taken for XML. */
	assert_string_equal(fault, "line 1, column 1: is no XML: it does not "
	                           "begin with <");
	text = arena_printf(*state, "{\"x\":%s}", text);
	/* What the caller has counts as well. */
	(void)arena_alloc(*state, 300 << 20);
	assert_false(report_read_apart(text, strlen(text), REPORT_CYCLONEDX,
	                               *state, &facts, &fault, &again));
	assert_string_equal(fault, "it takes too much memory to read");
	assert_false(again);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("JUnit is read in its dialects", junit),
		CHECK("what is no JUnit report is told where", no_junit),
		CHECK("Cobertura is read in per cent", cobertura),
		CHECK("formats have names", names),
		CHECK("a report is read in a process of its own", apart),
#if !defined(__SANITIZE_ADDRESS__)
		CHECK("one that needs too much memory is told", too_much),
#endif
	};

	return unit_run(tests);
}
