/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include "process.h"
#include "unit.h"

#include <jansson.h>

enum {
	LINE_BYTES = 4096, /* what a pipe takes in one piece */
};

static void
release(void *value)
{
	json_decref(value);
}

/* The one line that `run` logs, which must be JSON. */
static json_t *
line_of(struct arena *arena, void (*run)(void *given), void *given)
{
	const char *text = process_stderr(arena, run, given);
	size_t len = strlen(text);
	json_t *line = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	if (line == NULL)
		print_error("no JSON: %s\n", text);
	assert_non_null(line);
	assert_true(len <= LINE_BYTES);
	assert_ptr_equal(strchr(text, '\n'), text + len - 1);
	arena_defer(arena, release, line);
	return line;
}

static const char *
member(const json_t *line, const char *key)
{
	return json_string_value(json_object_get(line, key));
}

static void
log_all(void *given)
{
	(void)given;
	log_info("all", LOG_STR("text", "a \"quoted\" \\ 決済"),
	         LOG_STR("controls", "\t\n\r\x01\x1f\x7f"),
	         LOG_STR("none", NULL), LOG_INT("least", INT64_MIN),
	         LOG_INT("most", INT64_MAX));
}

static void
members(void **state)
{
	assert_true(log_init("mdash-unit", "info"));
	json_t *line = line_of(*state, log_all, NULL);

	assert_int_equal(strlen(member(line, "ts")), 24);
	assert_string_equal(member(line, "level"), "info");
	assert_string_equal(member(line, "prog"), "mdash-unit");
	assert_null(json_object_get(line, "rid"));
	assert_string_equal(member(line, "event"), "all");
	assert_string_equal(member(line, "text"), "a \"quoted\" \\ 決済");
	assert_string_equal(member(line, "controls"), "\t\n\r\x01\x1f\x7f");
	assert_string_equal(member(line, "none"), "");
	assert_int_equal(json_integer_value(json_object_get(line, "least")),
	                 INT64_MIN);
	assert_int_equal(json_integer_value(json_object_get(line, "most")),
	                 INT64_MAX);
}

static void
request(void **state)
{
	log_request("5f0c");
	assert_string_equal(member(line_of(*state, log_all, NULL), "rid"),
	                    "5f0c");
	log_request(NULL);
	assert_null(json_object_get(line_of(*state, log_all, NULL), "rid"));
}

static void
log_each_level(void *given)
{
	(void)given;
	log_debug("d");
	log_info("i");
	log_warn("w");
	log_error("e");
}

static void
levels(void **state)
{
	static const struct {
		const char *least;
		const char *events;
	} cases[] = {
		{"debug", "diwe"},
		{"info", "iwe"},
		{"warn", "we"},
		{"error", "e"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char events[8] = "";
		size_t count = 0;

		assert_true(log_init("mdash-unit", cases[i].least));
		const char *at = process_stderr(*state, log_each_level, NULL);
		while ((at = strstr(at, "\"event\":\"")) != NULL) {
			at += strlen("\"event\":\"");
			events[count++] = *at;
		}
		row_text(cases[i].least, events, cases[i].events);
	}
	assert_true(log_init("mdash-unit", "info"));
	assert_false(log_init("mdash-unit", "verbose"));
	assert_false(log_init("mdash-unit", ""));
}

static void
log_text(void *given)
{
	log_info("text", LOG_STR("text", given), LOG_INT("after", 1));
}

/* Of each length around the cut, in characters of 1 to 4 bytes. */
static void
long_text(void **state)
{
	static const char *const chars[] = {"x", "é", "済", "😀", "\"", "\x01"};

	for (size_t i = 0; i < ARRAY_LEN(chars); i++) {
		for (size_t len = 1000; len < 1040; len++) {
			size_t size = strlen(chars[i]);
			char *text = arena_alloc(*state, len + 8);

			memset(text, 'a', len % 7);
			for (size_t at = len % 7; at < len; at += size)
				memcpy(text + at, chars[i], size);
			const json_t *line = line_of(*state, log_text, text);
			const char *told = member(line, "text");
			row_true(chars[i],
			         strncmp(told, text, strlen(told)) == 0);
			row_true(chars[i], strlen(told) >= 170);
			row_true(chars[i],
			         json_object_get(line, "after") != NULL);
		}
	}
}

static void
log_much(void *given)
{
	log_info("much", LOG_STR("a", given), LOG_STR("b", given),
	         LOG_STR("c", given), LOG_STR("d", given), LOG_STR("e", given),
	         LOG_INT("number", 1));
}

/* More than fits into a line: whole members are left out. */
static void
long_line(void **state)
{
	for (size_t len = 640; len < 1024; len++) {
		char *text = arena_alloc(*state, len + 1);

		memset(text, 'x', len);
		const json_t *line = line_of(*state, log_much, text);
		assert_string_equal(member(line, "event"), "much");
		assert_string_equal(member(line, "a"), text);
		assert_string_equal(member(line, "b"), text);
	}
}

static void
log_long_key(void *given)
{
	log_info("key", LOG_INT(given, 1), LOG_STR(given, "text"));
}

static void
long_key(void **state)
{
	char key[100];

	memset(key, 'k', sizeof(key) - 1);
	key[sizeof(key) - 1] = '\0';
	const char *text = process_stderr(*state, log_long_key, key);
	json_t *line = json_loads(text, 0, NULL);
	assert_non_null(line);
	assert_non_null(json_object_get(line, key));
	json_decref(line);
}

static void
no_utf8(void **state)
{
	static const char *const cases[] = {
		"\xff", "a\xc3", "\xe6\xb1", "\xed\xa0\x80", "\xc0\x80", "\x80",
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const json_t *line = line_of(*state, log_text,
		                             arena_strdup(*state, cases[i]));
		row_true(cases[i], strchr(member(line, "text"), '?') != NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a line is one JSON object with all its members",
	              members),
		CHECK("a request id is shown until it is taken back", request),
		CHECK("lines below the least level are not written", levels),
		CHECK("a long text is cut between characters", long_text),
		CHECK("a line that is full leaves whole members out",
	              long_line),
		CHECK("a long key stays whole", long_key),
		CHECK("bytes that are no UTF-8 become question marks", no_utf8),
	};

	return unit_run(tests);
}
