/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor_options.h"

#include "base/buf.h"
#include "unit.h"
#include "wire/json_out.h"

#include <stdlib.h>

/* --- what a file declares ------------------------------------------------- */

enum {
	ONE = 1,
	MANY = 3,
};

struct declared {
	const char *name;
	int number;
	int type; /* FieldDescriptorProto.Type */
	int label;
	const char *type_name;
};

/* extend google.protobuf.MethodOptions { … } in the package acme */
static const struct declared extensions[] = {
	{"d", 1001, 1, ONE, NULL},
	{"f", 1002, 2, ONE, NULL},
	{"i64", 1003, 3, ONE, NULL},
	{"u64", 1004, 4, ONE, NULL},
	{"i32", 1005, 5, ONE, NULL},
	{"x64", 1006, 6, ONE, NULL},
	{"x32", 1007, 7, ONE, NULL},
	{"b", 1008, 8, ONE, NULL},
	{"s", 1009, 9, ONE, NULL},
	{"m", 1011, 11, ONE, ".acme.M"},
	{"raw", 1012, 12, ONE, NULL},
	{"u32", 1013, 13, ONE, NULL},
	{"e", 1014, 14, ONE, ".acme.E"},
	{"sx32", 1015, 15, ONE, NULL},
	{"sx64", 1016, 16, ONE, NULL},
	{"s32", 1017, 17, ONE, NULL},
	{"s64", 1018, 18, ONE, NULL},
	{"list", 1020, 5, MANY, NULL},
	{"texts", 1021, 9, MANY, NULL},
	{"ms", 1022, 11, MANY, ".acme.M"},
	{"gone", 1023, 11, ONE, ".acme.Gone"},
};

/* message M { string text = 1; M inner = 2; repeated int32 list = 3; } */
static const struct declared members[] = {
	{"text", 1, 9, ONE, NULL},
	{"inner", 2, 11, ONE, ".acme.M"},
	{"list", 3, 5, MANY, NULL},
};

static Proto__Field **
fields_of(struct arena *arena, const struct declared *rows, size_t count,
          const char *extendee)
{
	Proto__Field **ret = arena_array(arena, count, sizeof(Proto__Field *));

	for (size_t i = 0; i < count; i++) {
		ret[i] = arena_alloc(arena, sizeof(*ret[i]));
		proto__field__init(ret[i]);
		ret[i]->name = arena_strdup(arena, rows[i].name);
		ret[i]->number = rows[i].number;
		ret[i]->type = rows[i].type;
		ret[i]->label = rows[i].label;
		if (rows[i].type_name != NULL)
			ret[i]->type_name =
				arena_strdup(arena, rows[i].type_name);
		if (extendee != NULL)
			ret[i]->extendee = arena_strdup(arena, extendee);
	}
	return ret;
}

static const Proto__File *
file_of(struct arena *arena)
{
	Proto__File *file = arena_alloc(arena, sizeof(*file));
	Proto__Message *message = arena_alloc(arena, sizeof(*message));
	Proto__Enum *one = arena_alloc(arena, sizeof(*one));
	Proto__EnumValue *value = arena_alloc(arena, sizeof(*value));

	proto__file__init(file);
	proto__message__init(message);
	proto__enum__init(one);
	proto__enum_value__init(value);
	value->name = arena_strdup(arena, "LOUD");
	value->number = 2;
	one->name = arena_strdup(arena, "E");
	one->value = arena_array(arena, 1, sizeof(Proto__EnumValue *));
	one->value[0] = value;
	one->n_value = 1;
	message->name = arena_strdup(arena, "M");
	message->n_field = ARRAY_LEN(members);
	message->field = fields_of(arena, members, ARRAY_LEN(members), NULL);
	file->package = arena_strdup(arena, "acme");
	file->message_type = arena_array(arena, 1, sizeof(Proto__Message *));
	file->message_type[0] = message;
	file->n_message_type = 1;
	file->enum_type = arena_array(arena, 1, sizeof(Proto__Enum *));
	file->enum_type[0] = one;
	file->n_enum_type = 1;
	file->extension = fields_of(arena, extensions, ARRAY_LEN(extensions),
	                            ".google.protobuf.MethodOptions");
	file->n_extension = ARRAY_LEN(extensions);
	return file;
}

/* --- what an option holds ------------------------------------------------- */

/* The options of a method with these bytes, as JSON; "" when there are none. */
static const char *
written(struct arena *arena, const void *bytes, size_t len)
{
	struct options *options = options_new(arena);
	struct buf text = {.arena = arena};
	struct json_out out = {.buf = &text};

	options_add(options, file_of(arena));
	Proto__MethodOptions *message =
		proto__method_options__unpack(NULL, len, bytes);
	assert_non_null(message);
	options_write(options, "MethodOptions", &message->base, &out);
	proto__method_options__free_unpacked(message, NULL);
	return buf_text(&text);
}

/* The bytes of a literal, without its NUL. */
#define BYTES(literal) (literal), sizeof(literal) - 1

/* Tags: number << 3 | type, in two bytes. */
static const struct {
	const char *row;
	const char *bytes;
	size_t len;
	const char *json;
} values_rows[] = {
	{"double", BYTES("\xc9\x3e\0\0\0\0\0\0\xf8\x3f"), "\"acme.d\":1.5"},
	{"float", BYTES("\xd5\x3e\xcd\xcc\xcc\x3d"), "\"acme.f\":0.100000001"},
	{"not a number", BYTES("\xc9\x3e\0\0\0\0\0\0\xf8\x7f"),
         "\"acme.d\":\"NaN\""},
	{"infinity", BYTES("\xd5\x3e\0\0\x80\xff"), "\"acme.f\":\"-Infinity\""},
	{"int64", BYTES("\xd8\x3e\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
         "\"acme.i64\":-1"},
	{"uint64", BYTES("\xe0\x3e\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
         "\"acme.u64\":18446744073709551615"},
	{"int32", BYTES("\xe8\x3e\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
         "\"acme.i32\":-2"},
	{"fixed64", BYTES("\xf1\x3e\1\0\0\0\0\0\0\x80"),
         "\"acme.x64\":9223372036854775809"},
	{"fixed32", BYTES("\xfd\x3e\1\0\0\x80"), "\"acme.x32\":2147483649"},
	{"bool", BYTES("\x80\x3f\1"), "\"acme.b\":true"},
	{"string", BYTES("\x8a\x3f\x04\xe6\xb1\xba!"), "\"acme.s\":\"決!\""},
	{"string that is none", BYTES("\x8a\x3f\x02\xff!"),
         "\"acme.s\":\"/yE=\""},
	{"bytes", BYTES("\xa2\x3f\x02\0\1"), "\"acme.raw\":\"AAE=\""},
	{"uint32", BYTES("\xa8\x3f\xff\xff\xff\xff\x0f"),
         "\"acme.u32\":4294967295"},
	{"enum", BYTES("\xb0\x3f\2"), "\"acme.e\":\"LOUD\""},
	{"enum without a name", BYTES("\xb0\x3f\7"), "\"acme.e\":7"},
	{"sfixed32", BYTES("\xbd\x3f\xff\xff\xff\xff"), "\"acme.sx32\":-1"},
	{"sfixed64", BYTES("\xc1\x3f\xff\xff\xff\xff\xff\xff\xff\xff"),
         "\"acme.sx64\":-1"},
	{"sint32", BYTES("\xc8\x3f\3"), "\"acme.s32\":-2"},
	{"sint64", BYTES("\xd0\x3f\4"), "\"acme.s64\":2"},
	{"the last counts", BYTES("\x80\x3f\1\x80\x3f\0"), "\"acme.b\":false"},
	{"repeated", BYTES("\xe0\x3f\1\xe0\x3f\2"), "\"acme.list\":[1,2]"},
	{"packed", BYTES("\xe2\x3f\3\1\x80\1"), "\"acme.list\":[1,128]"},
	{"texts", BYTES("\xea\x3f\1a\xea\x3f\1b"),
         "\"acme.texts\":[\"a\",\"b\"]"},
	{"message", BYTES("\x9a\x3f\x09\x0a\1a\x12\4\x0a\2bc"),
         "\"acme.m\":{\"text\":\"a\",\"inner\":{\"text\":\"bc\"}}"},
	{"unknown members are left out", BYTES("\x9a\x3f\2\x48\1"),
         "\"acme.m\":{}"},
	{"parts of a message are put together",
         BYTES("\x9a\x3f\5\x0a\1a\x18\1\x9a\x3f\2\x18\2"),
         "\"acme.m\":{\"text\":\"a\",\"list\":[1,2]}"},
	{"messages", BYTES("\xf2\x3f\0\xf2\x3f\3\x0a\1a"),
         "\"acme.ms\":[{},{\"text\":\"a\"}]"},
	{"in order of number", BYTES("\x8a\x3f\1a\x80\x3f\1"),
         "\"acme.b\":true,\"acme.s\":\"a\""},
	{"not declared", BYTES("\xd2\x49\1a"), "\"[1178]\":{\"raw\":\"YQ==\"}"},
	{"a type that is not there", BYTES("\xfa\x3f\1a"),
         "\"acme.gone\":{\"raw\":\"YQ==\"}"},
	{"a broken message", BYTES("\x9a\x3f\2\x0a\7"),
         "\"acme.m\":{\"raw\":\"Cgc=\"}"},
	{"another type than declared", BYTES("\x88\x3f\1"),
         "\"acme.s\":{\"raw\":\"AQAAAAAAAAA=\"}"},
};

static void
values(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(values_rows); i++)
		row_text(values_rows[i].row,
		         written(*state, values_rows[i].bytes,
		                 values_rows[i].len),
		         arena_printf(*state, "\"options\":{%s}",
		                      values_rows[i].json));
}

static void
none(void **state)
{
	struct buf text = {.arena = *state};
	struct json_out out = {.buf = &text};

	assert_string_equal(written(*state, BYTES("")), "");
	/* deprecated, and a number of protobuf's own that is not read */
	assert_string_equal(written(*state, BYTES("\x88\2\1\x90\2\1")), "");
	options_write(options_new(*state), "MethodOptions", NULL, &out);
	assert_int_equal(text.len, 0);
}

/* M in M in M …, in the option m. */
static const char *
nested(struct arena *arena, size_t levels)
{
	struct buf inner = {.arena = arena};

	for (size_t i = 0; i < levels; i++) {
		struct buf outer = {.arena = arena};

		buf_addc(&outer, 0x12);
		buf_addc(&outer, (char)inner.len);
		buf_add(&outer, buf_text(&inner), inner.len);
		inner = outer;
	}

	struct buf whole = {.arena = arena};
	buf_add(&whole, "\x9a\x3f", 2);
	buf_addc(&whole, (char)inner.len);
	buf_add(&whole, buf_text(&inner), inner.len);
	return written(arena, whole.data, whole.len);
}

static void
deep(void **state)
{
	assert_null(strstr(nested(*state, 32), "raw"));
	assert_non_null(strstr(nested(*state, 33), "\"acme.m\":{\"raw\":"));
}

static void
declarations(void **state)
{
	Proto__File plain = PROTO__FILE__INIT;
	Proto__File inside = PROTO__FILE__INIT;
	Proto__Message message = PROTO__MESSAGE__INIT;
	Proto__Message *messages[] = {&message};

	assert_true(options_declared(file_of(*state)));
	assert_false(options_declared(&plain));
	message.extension = fields_of(*state, extensions, 1,
	                              ".google.protobuf.FieldOptions");
	message.n_extension = 1;
	inside.message_type = messages;
	inside.n_message_type = 1;
	assert_true(options_declared(&inside));
	message.extension[0]->extendee = arena_strdup(*state, ".acme.M");
	assert_false(options_declared(&inside));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("values of every type", values),
		CHECK("no options", none),
		CHECK("the limit of depth", deep),
		CHECK("which files declare options", declarations),
	};

	return unit_run(tests);
}
