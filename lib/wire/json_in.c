/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_in.h"

#include "base/arena.h"
#include "base/fault.h"
#include "wire/json_scan.h"
#include "wire/limits.h"
#include "wire/place.h"

#include <string.h>

static void
release(void *value)
{
	json_decref(value);
}

/* jansson's own sentences quote the input, which may be no valid text. */
static const struct {
	enum json_error_code error;
	const char *code;
	const char *detail;
} reasons[] = {
	{json_error_premature_end_of_input, "syntax",
         "the JSON ends too early"},
	{json_error_end_of_input_expected, "syntax",
         "something follows the end of the JSON value"},
	{json_error_invalid_utf8, "encoding", "is not UTF-8"},
	{json_error_null_character, "nul",
         "a text may not contain the character NUL"},
	{json_error_null_byte_in_key, "nul",
         "a key may not contain the character NUL"},
	{json_error_duplicate_key, "duplicate-key",
         "this member is given twice in its object"},
	{json_error_numeric_overflow, "number",
         "the number is too large to be kept"},
};

/* The opening quote of the text whose closing quote is at `at`. */
static size_t
opening_quote(const char *bytes, size_t at)
{
	while (at > 0) {
		size_t slashes = 0;

		if (bytes[--at] != '"')
			continue;
		while (slashes < at && bytes[at - slashes - 1] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			break;
	}
	return at;
}

static void
explain(const json_error_t *error, const char *bytes, size_t len,
        struct fault *fault, size_t *ret_at)
{
	size_t at = error->position > 0 ? (size_t)error->position - 1 : 0;
	enum json_error_code what = json_error_code(error);

	/* For most values that it has no memory for, jansson gives no reason.
	 */
	if (what == json_error_out_of_memory || *error->text == '\0')
		(void)arena_must(NULL);
	fault->code = "syntax";
	fault->detail = "is no JSON: something else is expected here";
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		if (reasons[i].error == what) {
			fault->code = reasons[i].code;
			fault->detail = reasons[i].detail;
		}
	}
	if (at > len || what == json_error_premature_end_of_input)
		at = len;
	else if (what == json_error_invalid_utf8)
		at = (size_t)error->position; /* it counts what was good */
	else if (what == json_error_duplicate_key)
		at = opening_quote(bytes, at);
	else if (at < len)
		while (at > 0 && ((unsigned char)bytes[at] & 0xc0) == 0x80)
			at--;
	*ret_at = at;
}

static bool
is_malformed(const char *code)
{
	return strcmp(code, "syntax") == 0 || strcmp(code, "encoding") == 0;
}

static const struct json_limits usual = {LIMIT_NODES, LIMIT_SCALAR};

static const char *
breach_detail(struct arena *arena, enum json_breach breach,
              const struct json_limits *limits)
{
	if (breach == JSON_BREACH_NODES && limits->nodes != LIMIT_NODES)
		return arena_printf(arena,
		                    "the document has more than %zu values",
		                    limits->nodes);
	return json_breach_text(breach);
}

static json_t *
load(const char *bytes, size_t len, const struct json_limits *limits,
     struct place start, const char *pointer, struct faults *faults,
     bool *ret_malformed)
{
	json_error_t error;
	json_t *value = NULL;
	size_t at;

	enum json_breach breach = json_scan_within(bytes, len, limits, &at);
	struct fault fault = {
		.code = json_breach_code(breach),
		.detail = breach_detail(faults->arena, breach, limits),
	};
	if (breach == JSON_BREACH_NONE) {
		value = json_loadb(bytes, len,
		                   JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
		                   &error);
		if (value != NULL)
			return value;
		explain(&error, bytes, len, &fault, &at);
	}
	place_move(&start, bytes, at);
	faults_add(faults, pointer, start.line, start.column, fault.code, "%s",
	           fault.detail);
	*ret_malformed = is_malformed(fault.code);
	return NULL;
}

json_t *
json_load_at(const char *bytes, size_t len, struct place start,
             const char *pointer, struct faults *faults, bool *ret_malformed)
{
	return load(bytes, len, &usual, start, pointer, faults, ret_malformed);
}

json_t *
json_read_within(const char *bytes, size_t len,
                 const struct json_limits *limits, struct arena *arena,
                 struct faults *faults)
{
	bool malformed;
	json_t *value = load(bytes, len, limits, (struct place){1, 1}, NULL,
	                     faults, &malformed);

	if (value != NULL)
		arena_defer(arena, release, value);
	return value;
}

json_t *
json_read(const char *bytes, size_t len, struct arena *arena,
          struct faults *faults)
{
	return json_read_within(bytes, len, &usual, arena, faults);
}

json_t *
json_read_envelope(const char *bytes, size_t len, struct arena *arena,
                   struct faults *faults)
{
	const struct json_limits limits = {LIMIT_NODES, len};

	return json_read_within(bytes, len, &limits, arena, faults);
}

bool
json_is_malformed(const struct faults *faults)
{
	for (size_t i = 0; i < faults->count; i++) {
		if (is_malformed(faults->items[i].code))
			return true;
	}
	return false;
}

const char *
json_type_words(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "a list";
	case JSON_STRING:
		return "a text";
	case JSON_INTEGER:
	case JSON_REAL:
		return "a number";
	case JSON_TRUE:
	case JSON_FALSE:
		return "true or false";
	case JSON_NULL:
		return "null";
	}
	return "";
}
