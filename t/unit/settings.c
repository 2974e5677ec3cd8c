/* SPDX-License-Identifier: Apache-2.0 */
#include "base/settings.h"

#include "base/buf.h"
#include "base/fault.h"
#include "process.h"
#include "unit.h"

#include <stdlib.h>

/* Loads a file with this text; NULL is no file. */
static int
load(struct arena *arena, const char *text, struct settings *ret,
     struct fault *fault)
{
	const char *path = NULL;

	if (text != NULL)
		path = process_file(arena, process_folder(arena), "conf", text);
	*fault = (struct fault){0};
	return settings_load(ret, path, arena, fault);
}

static void
initial(void **state)
{
	struct settings settings;
	struct fault fault;

	assert_int_equal(load(*state, NULL, &settings, &fault), 0);
	assert_string_equal(settings.database, "");
	assert_string_equal(settings.run_dir, "/run/mdash");
	assert_string_equal(settings.log_level, "info");
	assert_int_equal(settings.recycle_requests, 50000);
	assert_int_equal(settings.recycle_bytes, 200 << 20);
	assert_int_equal(settings.statement_timeout_ms, 2500);
	assert_int_equal(settings.publish_timeout_ms, 60000);
	assert_int_equal(settings.session_idle_s, 12 * 3600);
	assert_int_equal(settings.session_max_s, 7 * 86400);
	assert_int_equal(settings.login_tries, 5);
	assert_int_equal(settings.todos_team_limit, 0);
}

static void
lines(void **state)
{
	struct settings settings;
	struct fault fault;

	assert_int_equal(load(*state,
	                      "# a comment\n"
	                      "\n"
	                      "  # another, then no spaces, then many\n"
	                      "login_tries=7\n"
	                      "\tdatabase \t= host=/run port=5432 \t\r\n"
	                      "run_dir = /a\n"
	                      "run_dir = /b = c # kept\n"
	                      "log_level =\n"
	                      "event_keep_s = 1d",
	                      &settings, &fault),
	                 0);
	assert_int_equal(settings.login_tries, 7);
	assert_string_equal(settings.database, "host=/run port=5432");
	assert_string_equal(settings.run_dir, "/b = c # kept");
	assert_string_equal(settings.log_level, "");
	assert_int_equal(settings.event_keep_s, 86400);
}

static const struct {
	const char *line;
	int64_t value; /* -1 = refused */
} amounts[] = {
	{"login_tries = 0", 0},
	{"login_tries = 12", 12},
	{"login_tries = 12s", -1},
	{"login_tries = -1", -1},
	{"login_tries = +1", -1},
	{"login_tries =", -1},
	{"login_tries = many", -1},
	{"login_tries = 1 2", -1},
	{"login_tries = 9223372036854775807", INT64_MAX},
	{"login_tries = 9223372036854775808", -1},
	{"login_tries = 99999999999999999999", -1},
	{"connect_timeout_ms = 0", 0},
	{"connect_timeout_ms = 5", -1},
	{"connect_timeout_ms = 5ms", 5},
	{"connect_timeout_ms = 5 ms", -1},
	{"connect_timeout_ms = 5s", 5000},
	{"connect_timeout_ms = 5m", 300000},
	{"connect_timeout_ms = 5h", 18000000},
	{"connect_timeout_ms = 5d", 432000000},
	{"connect_timeout_ms = 5S", -1},
	{"connect_timeout_ms = 1.5s", -1},
	{"connect_timeout_ms = 106751991167d", 9223372036828800000},
	{"connect_timeout_ms = 106751991168d", -1},
	{"session_idle_s = 0", 0},
	{"session_idle_s = 5ms", -1},
	{"session_idle_s = 5s", 5},
	{"session_idle_s = 5h", 18000},
	{"spec_bytes = 0", 0},
	{"spec_bytes = 10B", 10},
	{"spec_bytes = 10KB", 10240},
	{"spec_bytes = 10MB", 10485760},
	{"spec_bytes = 2GB", INT64_C(2147483648)},
	{"spec_bytes = 10kb", -1},
	{"spec_bytes = 10", -1},
	{"spec_bytes = 8589934592GB", -1},
};

static void
quantities(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(amounts); i++) {
		const char *line = amounts[i].line;
		struct settings s;
		struct fault fault;
		int result = load(*state, line, &s, &fault);

		row_int(line, result, amounts[i].value < 0 ? -1 : 0);
		if (result != 0) {
			row_int(line, fault.line, 1);
			row_true(line, strstr(fault.detail, "is no value"));
			continue;
		}
		row_int(line,
		        line[0] == 'l'   ? s.login_tries
		        : line[0] == 'c' ? s.connect_timeout_ms
		        : line[1] == 'e' ? s.session_idle_s
		                         : s.spec_bytes,
		        amounts[i].value);
	}
}

static void
mistakes(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
		const char *part;
	} cases[] = {
		{"colour = red\n", 1, "unknown key \"colour\""},
		{"# x\n\nLOGIN_TRIES = 5\n", 3, "unknown key"},
		{"run_dir = /a\nrun_dir /b\n", 2, "is no key = value"},
		{"= 5\n", 1, "unknown key \"\""},
		{"login_tries = x\nbad\n", 1, "for example 5"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct settings settings;
		struct fault fault;

		row_int(cases[i].text,
		        load(*state, cases[i].text, &settings, &fault), -1);
		row_int(cases[i].text, fault.line, cases[i].line);
		row_true(cases[i].text,
		         strstr(fault.detail, cases[i].part) != NULL);
	}
}

static void
no_file(void **state)
{
	const char *folder = process_folder(*state);
	const char *missing = arena_printf(*state, "%s/none", folder);
	const char *const paths[] = {missing, folder};

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct settings settings;
		struct fault fault;

		row_int(paths[i],
		        settings_load(&settings, paths[i], *state, &fault), -1);
		row_true(paths[i], strstr(fault.detail, "cannot read"));
		row_int(paths[i], fault.line, 0);
	}
}

/* Longer than any buffer of a few pages, in a comment and in a value. */
static void
long_line(void **state)
{
	for (size_t len = 4090; len < 4100; len++) {
		char *filler = arena_alloc(*state, len + 1);
		struct settings settings;
		struct fault fault;

		memset(filler, 'x', len);
		const char *text = arena_printf(
			*state, "# %s\ndatabase = %s\nbad\n", filler, filler);
		assert_int_equal(load(*state, text, &settings, &fault), -1);
		assert_int_equal(fault.line, 3);
		assert_string_equal(settings.database, filler);
	}
}

static void
environment(void **state)
{
	struct settings settings;
	struct fault fault;

	assert_int_equal(setenv("MDASH_LOGIN_TRIES", "9", 1), 0);
	assert_int_equal(setenv("MDASH_RUN_DIR", "/env", 1), 0);
	assert_int_equal(load(*state, "login_tries = 3\nrun_dir = /file\n",
	                      &settings, &fault),
	                 0);
	assert_int_equal(settings.login_tries, 9);
	assert_string_equal(settings.run_dir, "/env");

	assert_int_equal(setenv("MDASH_LOGIN_TRIES", "none", 1), 0);
	assert_int_equal(load(*state, NULL, &settings, &fault), -1);
	assert_non_null(strstr(fault.detail, "login_tries"));
	(void)unsetenv("MDASH_LOGIN_TRIES");
	(void)unsetenv("MDASH_RUN_DIR");

	const char *path = process_file(*state, process_folder(*state), "conf",
	                                "login_tries = 4\n");
	assert_int_equal(setenv("MDASH_CONFIG", path, 1), 0);
	assert_int_equal(load(*state, NULL, &settings, &fault), 0);
	assert_int_equal(settings.login_tries, 4);
	assert_int_equal(load(*state, "login_tries = 2\n", &settings, &fault),
	                 0);
	assert_int_equal(settings.login_tries, 2);
	(void)unsetenv("MDASH_CONFIG");
}

static void
foreign(void **state)
{
	(void)state;
	assert_int_equal(setenv("UNIT_TEST_VARIABLE", "x", 1), 0);
	assert_string_equal(settings_environment("UNIT_TEST_VARIABLE"), "x");
	assert_int_equal(setenv("UNIT_TEST_VARIABLE", "", 1), 0);
	assert_null(settings_environment("UNIT_TEST_VARIABLE"));
	(void)unsetenv("UNIT_TEST_VARIABLE");
	assert_null(settings_environment("UNIT_TEST_VARIABLE"));
}

/* The sample as printed, and with its settings taken out of the comments. */
static void
sample(void **state)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	struct settings plain;
	struct settings settings;
	struct fault fault;

	assert_non_null(out);
	settings_print(out);
	assert_int_equal(fclose(out), 0);
	const char *printed = arena_strdup(*state, text);
	for (char *at = text; (at = strchr(at, '#')) != NULL; at++) {
		if (at[1] != ' ')
			*at = ' ';
	}

	assert_int_equal(load(*state, printed, &plain, &fault), 0);
	assert_int_equal(load(*state, text, &settings, &fault), 0);
	free(text);
	assert_int_equal(settings.spec_bytes, 1 << 20);
	assert_string_equal(settings.nginx_internal, plain.nginx_internal);
	assert_memory_equal(
		&settings.recycle_requests, &plain.recycle_requests,
		sizeof(settings) - offsetof(struct settings, recycle_requests));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("without a file each setting has its default", initial),
		CHECK("a file has lines, comments and blanks", lines),
		CHECK("quantities have units and limits", quantities),
		CHECK("a mistake is told with its line", mistakes),
		CHECK("a file that cannot be read is a fault", no_file),
		CHECK("a line may be of any length", long_line),
		CHECK("the environment wins over the file", environment),
		CHECK("variables of others are read, empty ones are none",
	              foreign),
		CHECK("the printed sample says what the defaults are", sample),
	};

	/* Of whoever runs the tests. */
	(void)unsetenv("MDASH_CONFIG");
	return unit_run(tests);
}
