/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor.h"

#include "base/buf.h"
#include "base/fault.h"
#include "unit.h"
#include "wire/limits.h"

#include <stdlib.h>

/* --- writing protobuf ----------------------------------------------------- */

enum {
	VARINT = 0,
	BYTES = 2,
	GROUP = 3,
	GROUP_END = 4,
};

static void
put_varint(struct buf *out, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		buf_addc(out, (char)(value | 0x80));
	buf_addc(out, (char)value);
}

static void
put_tag(struct buf *out, unsigned number, unsigned type)
{
	put_varint(out, number << 3 | type);
}

static void
put_number(struct buf *out, unsigned number, uint64_t value)
{
	put_tag(out, number, VARINT);
	put_varint(out, value);
}

static void
put_bytes(struct buf *out, unsigned number, const void *bytes, size_t len)
{
	put_tag(out, number, BYTES);
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

static struct wire_bytes
bytes_of(const struct buf *buf)
{
	return (struct wire_bytes){
		.bytes = (const unsigned char *)buf_text(buf),
		.len = buf->len,
	};
}

static struct buf
named(struct arena *arena, const char *name)
{
	struct buf out = {.arena = arena};

	put_text(&out, 1, name);
	return out;
}

/* The file is refused with this code and at this place. */
static void
refused(const char *row, const struct buf *file, const char *code,
        const char *pointer)
{
	struct fault fault = {0};

	row_true(row,
	         descriptor_read(file->arena, bytes_of(file), &fault) == NULL);
	row_text(row, fault.code, code);
	row_text(row, fault.pointer, pointer);
}

static const Proto__File *
taken(const struct buf *file)
{
	struct fault fault = {0};
	const Proto__File *ret =
		descriptor_read(file->arena, bytes_of(file), &fault);

	if (ret == NULL)
		fail_msg("refused: %s: %s", fault.code, fault.detail);
	return ret;
}

/* --- the set -------------------------------------------------------------- */

static void
walked(void **state)
{
	struct buf set = {.arena = *state};
	struct wire_bytes file;
	struct fault fault;

	put_text(&set, 1, "one");
	put_number(&set, 7, 300);
	put_text(&set, 9, "of another kind");
	put_text(&set, 1, "");
	struct descriptor_walk walk = {.set = bytes_of(&set)};
	assert_int_equal(descriptor_next(&walk, &file, &fault),
	                 DESCRIPTOR_FILE);
	assert_int_equal(file.len, 3);
	assert_memory_equal(file.bytes, "one", 3);
	assert_int_equal(descriptor_next(&walk, &file, &fault),
	                 DESCRIPTOR_FILE);
	assert_int_equal(file.len, 0);
	assert_int_equal(descriptor_next(&walk, &file, &fault), DESCRIPTOR_END);
	assert_int_equal(walk.files, 2);
}

static void
cut_off(void **state)
{
	struct buf set = {.arena = *state};

	put_text(&set, 1, "one");
	put_text(&set, 1, "two");
	for (size_t len = 6; len < set.len; len++) {
		struct descriptor_walk walk = {.set = bytes_of(&set)};
		struct wire_bytes file;
		struct fault fault;

		walk.set.len = len;
		assert_int_equal(descriptor_next(&walk, &file, &fault),
		                 DESCRIPTOR_FILE);
		assert_int_equal(descriptor_next(&walk, &file, &fault),
		                 DESCRIPTOR_MALFORMED);
		assert_string_equal(fault.detail,
		                    "is no FileDescriptorSet: the encoding is "
		                    "broken at byte 5");
	}
}

static void
many_files(void **state)
{
	struct buf set = {.arena = *state};
	struct wire_bytes file;
	struct fault fault;

	for (int i = 0; i < LIMIT_DESCRIPTOR_FILES; i++)
		put_text(&set, 1, "");
	struct descriptor_walk walk = {.set = bytes_of(&set)};
	for (int i = 0; i < LIMIT_DESCRIPTOR_FILES; i++)
		assert_int_equal(descriptor_next(&walk, &file, &fault),
		                 DESCRIPTOR_FILE);
	assert_int_equal(descriptor_next(&walk, &file, &fault), DESCRIPTOR_END);

	put_text(&set, 1, "");
	walk.set = bytes_of(&set);
	assert_int_equal(descriptor_next(&walk, &file, &fault),
	                 DESCRIPTOR_MALFORMED);
	assert_string_equal(fault.code, "too-many");
}

/* --- files ---------------------------------------------------------------- */

static void
all_parts(void **state)
{
	struct buf file = named(*state, "a.proto");
	struct buf message = named(*state, "Order");
	struct buf field = named(*state, "id");
	struct buf options = {.arena = *state};
	struct buf service = named(*state, "Orders");
	struct buf method = named(*state, "Get");
	struct buf source = {.arena = *state};
	struct buf location = {.arena = *state};

	put_number(&field, 3, 1);
	put_number(&options, 3, 1);     /* deprecated */
	put_text(&options, 50001, "x"); /* an extension */
	put_message(&field, 8, &options);
	put_message(&message, 2, &field);
	put_text(&method, 2, ".acme.Order");
	put_number(&method, 6, 1);
	put_message(&service, 2, &method);
	put_bytes(&location, 1, "\4\0", 2);
	put_bytes(&location, 3, " caf\xe9\0 \n", 8); /* Latin-1, and NUL */
	put_message(&source, 1, &location);

	put_text(&file, 2, "acme");
	put_text(&file, 3, "b.proto");
	put_message(&file, 4, &message);
	put_message(&file, 6, &service);
	put_message(&file, 9, &source);
	put_text(&file, 12, "proto3");

	const Proto__File *got = taken(&file);
	assert_string_equal(got->name, "a.proto");
	assert_string_equal(got->package, "acme");
	assert_string_equal(got->dependency[0], "b.proto");
	assert_string_equal(got->message_type[0]->field[0]->name, "id");
	const Proto__FieldOptions *read =
		got->message_type[0]->field[0]->options;
	assert_true(read->deprecated);
	assert_int_equal(read->base.n_unknown_fields, 1);
	assert_int_equal(read->base.unknown_fields[0].tag, 50001);
	assert_true(got->service[0]->method[0]->server_streaming);
	assert_int_equal(
		got->source_code_info->location[0]->leading_comments.len, 8);
}

/* A message inside a message, so many times. */
static struct buf
nested(struct arena *arena, unsigned levels)
{
	struct buf inner = named(arena, "M");

	for (unsigned i = 1; i < levels; i++) {
		struct buf outer = named(arena, "M");

		put_message(&outer, 3, &inner);
		inner = outer;
	}

	struct buf file = named(arena, "deep.proto");
	put_message(&file, 4, &inner);
	return file;
}

static void
deep(void **state)
{
	struct fault fault;
	struct buf most = nested(*state, LIMIT_DESCRIPTOR_DEPTH);
	struct buf more = nested(*state, LIMIT_DESCRIPTOR_DEPTH + 1);
	struct buf bomb = nested(*state, 8700); /* 60 kB: a stack of 8 MB */

	assert_non_null(taken(&most));
	assert_null(descriptor_read(*state, bytes_of(&more), &fault));
	assert_string_equal(fault.code, "too-deep");
	assert_true(strncmp(fault.pointer, "#/messageType/0/nestedType/0/",
	                    29) == 0);
	assert_null(descriptor_read(*state, bytes_of(&bomb), &fault));
	assert_string_equal(fault.code, "too-deep");
}

static void
many_parts(void **state)
{
	struct buf file = named(*state, "wide.proto");
	struct buf none = {.arena = *state};

	/* The file itself is one part. */
	for (int i = 1; i < LIMIT_DESCRIPTOR_PARTS; i++)
		put_message(&file, 4, &none);
	assert_int_equal(taken(&file)->n_message_type,
	                 LIMIT_DESCRIPTOR_PARTS - 1);
	arena_reset(*state);

	file = named(*state, "wide.proto");
	for (int i = 0; i < LIMIT_DESCRIPTOR_PARTS; i++)
		put_message(&file, 4, &none);
	refused("parts", &file, "too-many", "#/messageType/499999");
}

/* Many small allocations for few bytes: refused before they are made. */
static void
amplified(void **state)
{
	struct buf file = named(*state, "large.proto");
	struct buf message = {.arena = *state};
	size_t before;

	for (int i = 0; i < 40000; i++)
		put_text(&message, 10, "");
	for (int i = 0; i < 100; i++)
		put_message(&file, 4, &message);
	before = arena_used(*state);
	refused("memory", &file, "malformed", "#");
	assert_true(arena_used(*state) - before <=
	            LIMIT_DESCRIPTOR_MEMORY + 4096);
}

/* --- groups --------------------------------------------------------------- */

static void
put_group(struct buf *out, unsigned number, const char *text)
{
	put_tag(out, number, GROUP);
	put_text(out, 1, text);
	put_tag(out, 2, GROUP);
	put_tag(out, 2, GROUP_END);
	put_tag(out, number, GROUP_END);
}

static void
groups(void **state)
{
	struct buf file = named(*state, "a.proto");
	struct buf message = named(*state, "M");
	struct buf field = named(*state, "f");
	struct buf options = {.arena = *state};

	put_group(&options, 50001, "gone");
	put_number(&options, 3, 1);
	put_text(&options, 50002, "\x0b stays as it is");
	put_message(&field, 8, &options);
	put_number(&field, 3, 7);
	put_message(&message, 2, &field);
	put_group(&message, 99, "gone");
	put_message(&file, 4, &message);
	put_text(&file, 12, "proto2");

	const Proto__File *got = taken(&file);
	const Proto__Field *read = got->message_type[0]->field[0];
	assert_string_equal(got->syntax, "proto2");
	assert_int_equal(read->number, 7);
	assert_true(read->options->deprecated);
	assert_int_equal(read->options->base.n_unknown_fields, 1);
	assert_int_equal(read->options->base.unknown_fields[0].tag, 50002);
}

static void
broken_groups(void **state)
{
	struct buf open = named(*state, "a.proto");
	struct buf crossed = named(*state, "a.proto");
	struct buf end = named(*state, "a.proto");
	struct buf most = named(*state, "a.proto");
	struct buf more = named(*state, "a.proto");

	put_tag(&open, 99, GROUP);
	refused("open", &open, "malformed", "#");
	put_tag(&crossed, 99, GROUP);
	put_tag(&crossed, 98, GROUP_END);
	refused("crossed", &crossed, "malformed", "#");
	put_tag(&end, 99, GROUP_END);
	refused("end alone", &end, "malformed", "#");

	for (int i = 0; i < LIMIT_DESCRIPTOR_DEPTH; i++)
		put_tag(&most, 99, GROUP);
	for (int i = 0; i < LIMIT_DESCRIPTOR_DEPTH; i++)
		put_tag(&most, 99, GROUP_END);
	assert_non_null(taken(&most));
	for (int i = 0; i <= LIMIT_DESCRIPTOR_DEPTH; i++)
		put_tag(&more, 99, GROUP);
	for (int i = 0; i <= LIMIT_DESCRIPTOR_DEPTH; i++)
		put_tag(&more, 99, GROUP_END);
	refused("groups too deep", &more, "malformed", "#");
}

/* --- bad input ------------------------------------------------------------ */

static void
bad_texts(void **state)
{
	static const struct {
		const char *row;
		const char *bytes;
		size_t len;
	} rows[] = {
		{"Latin-1", "caf\xe9", 4},
		{"NUL", "a\0b", 3},
		{"overlong", "\xc0\xaf", 2},
		{"surrogate", "\xed\xa0\x80", 3},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf file = named(*state, "a.proto");
		struct buf message = named(*state, "M");
		struct buf good = named(*state, "good");
		struct buf bad = {.arena = *state};

		put_bytes(&bad, 1, rows[i].bytes, rows[i].len);
		put_message(&message, 2, &good);
		put_message(&message, 2, &bad);
		put_message(&file, 4, &message);
		refused(rows[i].row, &file, "encoding",
		        "#/messageType/0/field/1/name");
	}
}

static void
bad_encodings(void **state)
{
	static const char overlong[] = "\x80\x80\x80\x80\x80\x80\x80\x80\x80"
				       "\x80\x00";
	struct buf none = {.arena = *state};
	struct buf number = {.arena = *state};
	struct buf wrong = named(*state, "a.proto");
	struct buf field_0 = named(*state, "a.proto");
	struct buf wire_7 = named(*state, "a.proto");
	struct buf varint = named(*state, "a.proto");
	struct buf ranged = named(*state, "a.proto");
	struct buf outer = {.arena = *state};

	refused("nothing", &none, "required", "#");
	put_number(&number, 1, 5);
	refused("a number for a name", &number, "type", "#/name");
	put_text(&wrong, 14, "2023");
	refused("a text for a number", &wrong, "malformed", "#");
	put_tag(&field_0, 0, VARINT);
	refused("field 0", &field_0, "malformed", "#");
	put_tag(&wire_7, 9, 7);
	refused("wire type 7", &wire_7, "malformed", "#");
	put_tag(&varint, 14, VARINT);
	buf_add(&varint, overlong, sizeof(overlong) - 1);
	refused("eleven bytes", &varint, "malformed", "#");
	put_tag(&outer, 4, BYTES);
	put_varint(&outer, UINT64_MAX);
	put_message(&ranged, 4, &outer);
	refused("a length past the end", &ranged, "malformed",
	        "#/messageType/0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a set is taken apart", walked),
		CHECK("a set that is cut off is refused", cut_off),
		CHECK("the limit of files", many_files),
		CHECK("a file with all its parts", all_parts),
		CHECK("the limit of depth", deep),
		CHECK("the limit of parts", many_parts),
		CHECK("the limit of memory", amplified),
		CHECK("groups are left out", groups),
		CHECK("broken groups are refused", broken_groups),
		CHECK("texts are UTF-8 without NUL", bad_texts),
		CHECK("broken encodings are refused", bad_encodings),
	};

	return unit_run(tests);
}
