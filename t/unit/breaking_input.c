/* SPDX-License-Identifier: Apache-2.0 */
/* What protoc does not write: files by hand, hostile ones, and their limits. */
#include "breaking/breaking.h"

#include "base/buf.h"
#include "base/fault.h"
#include "breaking_pair.h"
#include "unit.h"
#include "wire/limits.h"

/* --- writing protobuf ----------------------------------------------------- */

static void
put_varint(struct buf *out, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		buf_addc(out, (char)(value | 0x80));
	buf_addc(out, (char)value);
}

static void
put_number(struct buf *out, unsigned number, uint64_t value)
{
	put_varint(out, number << 3);
	put_varint(out, value);
}

static void
put_bytes(struct buf *out, unsigned number, const void *bytes, size_t len)
{
	put_varint(out, number << 3 | 2);
	put_varint(out, len);
	buf_add(out, bytes, len);
}

static void
put_text(struct buf *out, unsigned number, const char *text)
{
	put_bytes(out, number, text, strlen(text));
}

static void
put_message(struct buf *out, unsigned number, const struct buf *message)
{
	put_bytes(out, number, buf_text(message), message->len);
}

static struct buf
named(struct arena *arena, const char *name)
{
	struct buf out = {.arena = arena};

	put_text(&out, 1, name);
	return out;
}

static struct wire_bytes
bytes_of(const struct buf *buf)
{
	return (struct wire_bytes){
		.bytes = (const unsigned char *)buf_text(buf),
		.len = buf->len,
	};
}

static struct buf
field(struct arena *arena, const char *name, unsigned number, unsigned type,
      const char *type_name)
{
	struct buf out = named(arena, name);

	put_number(&out, 3, number);
	put_number(&out, 4, 1);
	put_number(&out, 5, type);
	if (type_name != NULL)
		put_text(&out, 6, type_name);
	return out;
}

/* A file with one message, called M, with this field. */
static struct buf
file_of(struct arena *arena, const struct buf *one)
{
	struct buf file = named(arena, "a.proto");
	struct buf message = named(arena, "M");

	put_message(&message, 2, one);
	put_message(&file, 4, &message);
	return file;
}

/* --- comparing ------------------------------------------------------------ */

static bool
compare(struct arena *arena, const struct buf *before, const struct buf *after,
        struct breaking_result *ret, struct fault *fault)
{
	const struct wire_bytes old = bytes_of(before);
	const struct wire_bytes new = bytes_of(after);
	const struct breaking_input input = {
		.before = {.files = &old, .count = 1},
		.after = {.files = &new, .count = 1},
		.categories = BREAKING_ALL,
	};

	*fault = (struct fault){0};
	return breaking_compare(arena, &input, ret, fault);
}

static struct breaking_result
taken(struct arena *arena, const struct buf *before, const struct buf *after)
{
	struct breaking_result result;
	struct fault fault;

	if (!compare(arena, before, after, &result, &fault))
		fail_msg("refused: %s: %s", fault.code, fault.detail);
	return result;
}

/* --- enums of files that are the same ------------------------------------- */

struct declared {
	const char *full_name;
	struct wire_bytes file;
	unsigned asked;
};

static bool
find(void *context, const char *full_name, struct wire_bytes *ret)
{
	struct declared *declared = context;

	declared->asked++;
	if (strcmp(full_name, declared->full_name) != 0)
		return false;
	*ret = declared->file;
	return true;
}

/* x.Kind, in a file that is the same, takes the place of y.Kind. */
static void
enum_elsewhere(void **state)
{
	struct buf same = named(*state, "same.proto");
	struct buf kind = named(*state, "Kind");
	struct buf value = named(*state, "NONE");
	struct buf old_field = field(*state, "kind", 1, 14, ".y.Kind");
	struct buf new_field = field(*state, "kind", 1, 14, ".x.Kind");
	struct buf before = file_of(*state, &old_field);
	struct buf after = file_of(*state, &new_field);

	put_number(&value, 2, 0);
	put_message(&kind, 2, &value);
	put_text(&same, 2, "x");
	put_message(&same, 5, &kind);
	put_text(&before, 2, "y");
	put_message(&before, 5, &kind);
	put_text(&after, 2, "y");

	const struct wire_bytes old = bytes_of(&before);
	const struct wire_bytes new = bytes_of(&after);
	struct declared declared = {"x.Kind", bytes_of(&same), 0};
	struct breaking_input input = {
		.before = {.files = &old, .count = 1},
		.after = {.files = &new, .count = 1},
		.find = find,
		.context = &declared,
		.categories = BREAKING_WIRE,
	};
	struct breaking_result result;
	struct fault fault = {0};

	assert_true(breaking_compare(*state, &input, &result, &fault));
	assert_int_equal(result.finding_count, 0);
	assert_true(declared.asked > 0);

	/* Nobody knows it; the file that has it is malformed; nobody is asked.
	 */
	declared.full_name = "x.Other";
	assert_true(breaking_compare(*state, &input, &result, &fault));
	assert_int_equal(result.finding_count, 1);
	declared.full_name = "x.Kind";
	declared.file.len--;
	assert_true(breaking_compare(*state, &input, &result, &fault));
	assert_int_equal(result.finding_count, 1);
	input.find = NULL;
	assert_true(breaking_compare(*state, &input, &result, &fault));
	assert_int_equal(result.finding_count, 1);
	assert_string_equal(result.findings[0].rule,
	                    "FIELD_WIRE_COMPATIBLE_TYPE");
}

/* --- editions ------------------------------------------------------------- */

/* An enum of edition 2023 that closes, and a field that becomes required. */
static void
editions(void **state)
{
	struct buf features = {.arena = *state};
	struct buf options = {.arena = *state};
	struct buf required = {.arena = *state};
	struct buf field_options = {.arena = *state};
	struct buf plain = field(*state, "text", 1, 9, NULL);
	struct buf strict = field(*state, "text", 1, 9, NULL);
	struct buf open = named(*state, "Kind");
	struct buf closed = named(*state, "Kind");

	put_number(&features, 2, 2);
	put_message(&options, 7, &features);
	put_message(&closed, 3, &options);
	put_number(&required, 1, 3);
	put_message(&field_options, 21, &required);
	put_message(&strict, 8, &field_options);

	struct buf before = file_of(*state, &plain);
	struct buf after = file_of(*state, &strict);
	put_number(&before, 14, 1000);
	put_message(&before, 5, &open);
	put_number(&after, 14, 1000);
	put_message(&after, 5, &closed);

	struct breaking_result result = taken(*state, &before, &after);
	static const char *const want[] = {
		"ENUM_SAME_TYPE a.proto:0 Kind",
		"FIELD_SAME_CARDINALITY a.proto:0 M.text",
		"FIELD_WIRE_COMPATIBLE_CARDINALITY a.proto:0 M.text",
		"FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY a.proto:0 M.text",
	};
	assert_int_equal(result.finding_count, ARRAY_LEN(want));
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_string_equal(pair_finding(*state, &result.findings[i]),
		                    want[i]);
}

/* --- hostile files -------------------------------------------------------- */

/* No names, no numbers, types that are none, oneofs that are not there. */
static void
bare(void **state)
{
	struct buf none = {.arena = *state};
	struct buf odd = {.arena = *state};
	struct buf message = {.arena = *state};
	struct buf backwards = {.arena = *state};
	struct buf range = {.arena = *state};
	struct buf enumeration = {.arena = *state};
	struct buf service = {.arena = *state};
	struct buf before = named(*state, "a.proto");
	struct buf after = named(*state, "a.proto");

	put_number(&odd, 3, UINT64_MAX);
	put_number(&odd, 4, 77);
	put_number(&odd, 5, 99);
	put_number(&odd, 9, 5);
	put_message(&message, 2, &none);
	put_message(&message, 2, &odd);
	put_message(&message, 3, &none);
	put_message(&message, 5, &none);
	put_message(&message, 6, &none);
	put_message(&message, 8, &none);
	put_message(&message, 9, &none);
	put_number(&backwards, 1, 37);
	put_number(&backwards, 2, 2);
	put_number(&range, 1, 20);
	put_number(&range, 2, 31);
	put_message(&message, 9, &backwards);
	put_message(&message, 9, &range);
	put_message(&enumeration, 2, &none);
	put_message(&enumeration, 4, &none);
	put_message(&service, 2, &none);
	for (int i = 0; i < 2; i++) {
		put_message(&before, 4, &message);
		put_message(&before, 5, &enumeration);
		put_message(&before, 6, &service);
		put_message(&before, 7, &odd);
	}
	put_message(&after, 4, &none);
	put_message(&after, 5, &none);
	put_message(&after, 6, &none);

	struct breaking_result result = taken(*state, &before, &before);
	assert_int_equal(result.finding_count, 0);
	result = taken(*state, &before, &after);
	assert_true(result.finding_count > 0);
	result = taken(*state, &after, &before);
	assert_true(result.change_count > 0);
}

static void
refused(void **state)
{
	struct buf good = named(*state, "a.proto");
	struct buf nameless = {.arena = *state};
	struct breaking_result result;
	struct fault fault;

	put_text(&nameless, 2, "acme");
	assert_false(compare(*state, &nameless, &good, &result, &fault));
	assert_string_equal(fault.code, "required");
	assert_false(compare(*state, &good, &nameless, &result, &fault));
	assert_string_equal(fault.code, "required");

	const struct wire_bytes twice[] = {bytes_of(&good), bytes_of(&good)};
	const struct breaking_input input = {
		.after = {.files = twice, .count = 2},
	};
	assert_false(breaking_compare(*state, &input, &result, &fault));
	assert_string_equal(fault.code, "duplicate");
}

/* Messages inside of one with a name of so many bytes: each has a full name of
 * more. */
static struct buf
long_names(struct arena *arena, size_t len, unsigned count)
{
	char *name = arena_alloc(arena, len + 1);
	struct buf file = named(arena, "a.proto");
	struct buf inner = {.arena = arena};
	struct buf outer;

	memset(name, 'a', len);
	outer = named(arena, name);
	for (unsigned i = 0; i < count; i++)
		put_message(&outer, 3, &inner);
	put_message(&file, 4, &outer);
	return file;
}

static void
much_memory(void **state)
{
	enum { NAME = 1 << 20, FITS = LIMIT_BREAKING_MEMORY / NAME - 20 };
	struct buf none = named(*state, "b.proto");
	struct buf fits = long_names(*state, NAME, FITS);
	struct buf more = long_names(*state, NAME, FITS + 20);
	struct breaking_result result;
	struct fault fault;
	const struct wire_bytes file = bytes_of(&fits);
	const struct wire_bytes too_much = bytes_of(&more);
	struct breaking_package package;

	assert_true(breaking_package_of(*state, file, &package, &fault));
	assert_false(breaking_package_of(*state, too_much, &package, &fault));
	assert_string_equal(fault.code, "too-large");
	/* What is found counts, too: all of these names again. */
	assert_false(compare(*state, &fits, &none, &result, &fault));
	assert_string_equal(fault.code, "too-large");
}

/* A file in which each field is of an enum with many values. */
static struct buf
large_enums(struct arena *arena, const char *scope, unsigned fields,
            unsigned values)
{
	struct buf file = named(arena, "a.proto");
	struct buf message = named(arena, "M");
	struct buf outer = named(arena, scope);
	struct buf kind = named(arena, "Kind");

	for (unsigned i = 0; i < values; i++) {
		struct buf value = named(arena, arena_printf(arena, "V%u", i));

		put_number(&value, 2, i);
		put_message(&kind, 2, &value);
	}
	put_message(&outer, 4, &kind);
	for (unsigned i = 1; i <= fields; i++) {
		struct buf one = field(arena, "f", i, 14,
		                       arena_printf(arena, ".%s.Kind", scope));

		put_message(&message, 2, &one);
	}
	put_message(&file, 4, &outer);
	put_message(&file, 4, &message);
	return file;
}

static void
much_searching(void **state)
{
	enum { VALUES = 10000, FITS = LIMIT_BREAKING_VALUES / VALUES / 2 };
	struct breaking_result result;
	struct fault fault;
	struct buf before = large_enums(*state, "A", FITS, VALUES);
	struct buf after = large_enums(*state, "B", FITS, VALUES);

	(void)taken(*state, &before, &after);
	before = large_enums(*state, "A", FITS + 1, VALUES);
	after = large_enums(*state, "B", FITS + 1, VALUES);
	assert_false(compare(*state, &before, &after, &result, &fault));
	assert_string_equal(fault.code, "too-large");
}

/* Many of one name: only the first is compared with what has many parts. */
static void
duplicates(void **state)
{
	enum { COUNT = 50000 };
	struct buf before = named(*state, "a.proto");
	struct buf after = named(*state, "a.proto");
	struct buf large = named(*state, "M");
	struct buf small = named(*state, "M");

	for (unsigned i = 1; i <= COUNT; i++) {
		struct buf one = field(*state, "f", i, 9, NULL);

		put_message(&large, 2, &one);
	}
	put_message(&before, 4, &large);
	for (unsigned i = 0; i < COUNT; i++)
		put_message(&after, 4, &small);

	struct breaking_result result = taken(*state, &before, &after);
	assert_int_equal(result.change_count, COUNT);
}

/* --- source info ---------------------------------------------------------- */

/* Comments may be of any size: they are not kept. */
static void
no_source_info(void **state)
{
	struct buf info = {.arena = *state};
	struct buf location = {.arena = *state};
	struct buf comment = {.arena = *state};
	struct buf file = named(*state, "a.proto");
	struct buf message = named(*state, "M");
	struct buf after;

	(void)buf_reserve(&comment, 1 << 20);
	memset(comment.data, 'x', 1 << 20);
	put_bytes(&location, 1, "\4\0", 2);
	put_bytes(&location, 2, "\6\2\6\11", 4);
	put_bytes(&location, 3, comment.data, 1 << 20);
	put_message(&info, 1, &location);
	put_message(&file, 9, &info);
	after = named(*state, "a.proto");
	put_message(&after, 4, &message);
	put_message(&after, 9, &info);

	struct arena *arena = arena_new();
	struct arena *scratch = arena_new();
	struct fault fault = {0};
	const Proto__File *read = descriptor_read_declarations(
		arena, scratch, bytes_of(&after), &fault);
	assert_non_null(read);
	assert_null(read->source_code_info);
	assert_int_equal(read->n_message_type, 1);
	assert_true(arena_used(arena) < 4096);
	arena_reset(arena);

	struct breaking_result result = taken(arena, &file, &after);
	assert_true(arena_used(arena) < 4096);
	assert_int_equal(result.change_count, 1);
	assert_string_equal(pair_change(*state, &result.changes[0]),
	                    "added message M a.proto:7 | - | -");
	arena_free(&arena);
	arena_free(&scratch);
}

/* The first place of several counts; broken and strange ones are passed by. */
static void
odd_places(void **state)
{
	static const struct {
		const char *row;
		const char *path;
		size_t path_len;
		const char *span;
		size_t span_len;
		unsigned line;
	} rows[] = {
		{"as it should be", "\4\0", 2, "\6\2\6\11", 4, 7},
		{"another part", "\4\1", 2, "\6\2\6\11", 4, 0},
		{"no span", "\4\0", 2, "", 0, 0},
		{"a number alone", "\4\0", 2, "\6", 1, 0},
		{"a negative line", "\4\0", 2,
	         "\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\1\2", 12, 0},
		{"a path cut off", "\4\x80", 2, "\6\2\6\11", 4, 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf before = named(*state, "a.proto");
		struct buf after = named(*state, "a.proto");
		struct buf message = named(*state, "M");
		struct buf location = {.arena = *state};
		struct buf second = {.arena = *state};
		struct buf info = {.arena = *state};

		put_bytes(&location, 1, rows[i].path, rows[i].path_len);
		put_bytes(&location, 2, rows[i].span, rows[i].span_len);
		put_message(&info, 1, &location);
		if (rows[i].line > 0) {
			put_bytes(&second, 1, rows[i].path, rows[i].path_len);
			put_bytes(&second, 2, "\1\1\1", 3);
			put_message(&info, 1, &second);
		}
		put_message(&after, 4, &message);
		put_message(&after, 9, &info);
		struct breaking_result result = taken(*state, &before, &after);
		row_int(rows[i].row, result.change_count, 1);
		row_int(rows[i].row, result.changes[0].line, rows[i].line);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("an enum in a file that is the same", enum_elsewhere),
		CHECK("features of editions", editions),
		CHECK("names and numbers may be missing", bare),
		CHECK("malformed files are refused", refused),
		CHECK("the limit of memory", much_memory),
		CHECK("the limit of values looked at", much_searching),
		CHECK("many declarations of one name", duplicates),
		CHECK("source locations are not kept", no_source_info),
		CHECK("odd source locations", odd_places),
	};

	return unit_run(tests);
}
