/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/yaml_scalar.h"

#include "unit.h"

static const struct {
	const char *text;
	enum yaml_scalar type;
	const char *json; /* NULL = no value */
} cases[] = {
	{"", YAML_SCALAR_NULL, "null"},
	{"~", YAML_SCALAR_NULL, "null"},
	{"null", YAML_SCALAR_NULL, "null"},
	{"Null", YAML_SCALAR_NULL, "null"},
	{"NULL", YAML_SCALAR_NULL, "null"},
	{"nULL", YAML_SCALAR_TEXT, "\"nULL\""},
	{"none", YAML_SCALAR_TEXT, "\"none\""},

	{"true", YAML_SCALAR_BOOL, "true"},
	{"True", YAML_SCALAR_BOOL, "true"},
	{"TRUE", YAML_SCALAR_BOOL, "true"},
	{"false", YAML_SCALAR_BOOL, "false"},
	{"False", YAML_SCALAR_BOOL, "false"},
	{"FALSE", YAML_SCALAR_BOOL, "false"},
	{"tRUE", YAML_SCALAR_TEXT, "\"tRUE\""},
	/* Of YAML 1.1: Norway, switches, sexagesimal numbers, dates. */
	{"NO", YAML_SCALAR_TEXT, "\"NO\""},
	{"no", YAML_SCALAR_TEXT, "\"no\""},
	{"yes", YAML_SCALAR_TEXT, "\"yes\""},
	{"y", YAML_SCALAR_TEXT, "\"y\""},
	{"on", YAML_SCALAR_TEXT, "\"on\""},
	{"Off", YAML_SCALAR_TEXT, "\"Off\""},
	{"12:30:45", YAML_SCALAR_TEXT, "\"12:30:45\""},
	{"190:20:30.15", YAML_SCALAR_TEXT, "\"190:20:30.15\""},
	{"2026-11-24", YAML_SCALAR_TEXT, "\"2026-11-24\""},
	{"0b1010", YAML_SCALAR_TEXT, "\"0b1010\""},
	{"1_000", YAML_SCALAR_TEXT, "\"1_000\""},
	{"<<", YAML_SCALAR_TEXT, "\"<<\""},
	{"=", YAML_SCALAR_TEXT, "\"=\""},

	{"0", YAML_SCALAR_INT, "0"},
	{"-0", YAML_SCALAR_INT, "0"},
	{"42", YAML_SCALAR_INT, "42"},
	{"+42", YAML_SCALAR_INT, "42"},
	{"-42", YAML_SCALAR_INT, "-42"},
	{"9007199254740993", YAML_SCALAR_INT, "9007199254740993"},
	{"9223372036854775807", YAML_SCALAR_INT, "9223372036854775807"},
	{"-9223372036854775808", YAML_SCALAR_INT, "-9223372036854775808"},
	{"9223372036854775808", YAML_SCALAR_TOO_LARGE, NULL},
	{"-9223372036854775809", YAML_SCALAR_TOO_LARGE, NULL},
	{"0777", YAML_SCALAR_TEXT, "\"0777\""},
	{"-0777", YAML_SCALAR_TEXT, "\"-0777\""},
	{"00", YAML_SCALAR_TEXT, "\"00\""},
	{"0o17", YAML_SCALAR_INT, "15"},
	{"0o18", YAML_SCALAR_TEXT, "\"0o18\""},
	{"0o", YAML_SCALAR_TEXT, "\"0o\""},
	{"-0o17", YAML_SCALAR_TEXT, "\"-0o17\""},
	{"0O17", YAML_SCALAR_TEXT, "\"0O17\""},
	{"0x1F", YAML_SCALAR_INT, "31"},
	{"0xff", YAML_SCALAR_INT, "255"},
	{"0xfg", YAML_SCALAR_TEXT, "\"0xfg\""},
	{"0x", YAML_SCALAR_TEXT, "\"0x\""},
	{"0x-1", YAML_SCALAR_TEXT, "\"0x-1\""},
	{"0x 1", YAML_SCALAR_TEXT, "\"0x 1\""},
	{"0x7fffffffffffffff", YAML_SCALAR_INT, "9223372036854775807"},
	{"0x8000000000000000", YAML_SCALAR_TOO_LARGE, NULL},
	{"1a", YAML_SCALAR_TEXT, "\"1a\""},
	{"1 2", YAML_SCALAR_TEXT, "\"1 2\""},
	{"-", YAML_SCALAR_TEXT, "\"-\""},
	{"+", YAML_SCALAR_TEXT, "\"+\""},
	{"--1", YAML_SCALAR_TEXT, "\"--1\""},
	{"１", YAML_SCALAR_TEXT, "\"１\""},

	{"1.20", YAML_SCALAR_REAL, "1.2"},
	{"1.5", YAML_SCALAR_REAL, "1.5"},
	{"-1.5", YAML_SCALAR_REAL, "-1.5"},
	{"+.5", YAML_SCALAR_REAL, "0.5"},
	{"1.", YAML_SCALAR_REAL, "1.0"},
	{"1e3", YAML_SCALAR_REAL, "1000.0"},
	{"1E-2", YAML_SCALAR_REAL, "0.01"},
	{"1.5e+2", YAML_SCALAR_REAL, "150.0"},
	{"0.5", YAML_SCALAR_REAL, "0.5"},
	{"1e400", YAML_SCALAR_TOO_LARGE, NULL},
	{"-1e400", YAML_SCALAR_TOO_LARGE, NULL},
	{"1.2.3", YAML_SCALAR_TEXT, "\"1.2.3\""},
	{"1e", YAML_SCALAR_TEXT, "\"1e\""},
	{"e1", YAML_SCALAR_TEXT, "\"e1\""},
	{".", YAML_SCALAR_TEXT, "\".\""},
	{".e1", YAML_SCALAR_TEXT, "\".e1\""},
	{"1.5x", YAML_SCALAR_TEXT, "\"1.5x\""},
	{"01.5", YAML_SCALAR_TEXT, "\"01.5\""},
	{"inf", YAML_SCALAR_TEXT, "\"inf\""},
	{"nan", YAML_SCALAR_TEXT, "\"nan\""},
	{".inf", YAML_SCALAR_TOO_LARGE, NULL},
	{"-.INF", YAML_SCALAR_TOO_LARGE, NULL},
	{"+.Inf", YAML_SCALAR_TOO_LARGE, NULL},
	{".nan", YAML_SCALAR_TOO_LARGE, NULL},
	{".NaN", YAML_SCALAR_TOO_LARGE, NULL},
	{"-.nan", YAML_SCALAR_TEXT, "\"-.nan\""},
	{".INf", YAML_SCALAR_TEXT, "\".INf\""},
};

static void
types(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].text,
		        yaml_scalar_type(cases[i].text, strlen(cases[i].text)),
		        cases[i].type);
}

static void
values(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		json_t *value =
			yaml_scalar_value(cases[i].text, strlen(cases[i].text));
		char *json = json_dumps(value, JSON_ENCODE_ANY |
		                                       JSON_REAL_PRECISION(15));

		row_text(cases[i].text, json, cases[i].json);
		free(json);
		json_decref(value);
	}
}

static void
nul(void **state)
{
	(void)state;
	assert_int_equal(yaml_scalar_type("1\0", 2), YAML_SCALAR_TEXT);
	assert_int_equal(yaml_scalar_type("\0", 1), YAML_SCALAR_TEXT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("plain scalars are of the core schema of YAML 1.2",
	              types),
		CHECK("their values are kept, or there is none", values),
		CHECK("what has a NUL in it is a text", nul),
	};

	return unit_run(tests);
}
