/* SPDX-License-Identifier: Apache-2.0 */
/* shop.proto and legacy.proto beside this file, as protoc reads them. */
#include "wire/descriptor_symbol.h"

#include "base/buf.h"
#include "base/fault.h"
#include "unit.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>

static char *folder; /* of this program, where protoc put its sets */

/* The only file of a set. */
static const Proto__File *
read_set(struct arena *arena, const char *name)
{
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	struct buf bytes = {.arena = arena};
	struct wire_bytes file = {0};
	struct fault fault = {0};
	char chunk[4096];
	size_t got;

	FILE *in = fopen(path, "rb");
	assert_non_null(in);
	while ((got = fread(chunk, 1, sizeof(chunk), in)) > 0)
		buf_add(&bytes, chunk, got);
	assert_int_equal(fclose(in), 0);

	struct descriptor_walk walk = {
		.set = {.bytes = (const unsigned char *)bytes.data,
	                .len = bytes.len},
	};
	assert_int_equal(descriptor_next(&walk, &file, &fault),
	                 DESCRIPTOR_FILE);
	const Proto__File *ret = descriptor_read(arena, file, &fault);
	assert_non_null(ret);
	return ret;
}

static struct symbols
symbols_of(struct arena *arena, const char *name)
{
	struct symbols ret;
	struct fault fault = {0};

	if (!symbols_read(arena, read_set(arena, name), NULL, &ret, &fault))
		fail_msg("refused: %s: %s", fault.code, fault.detail);
	return ret;
}

static const struct symbol *
find(const struct symbols *symbols, const char *full_name)
{
	for (size_t i = 0; i < symbols->count; i++) {
		if (strcmp(symbols->items[i].full_name, full_name) == 0)
			return &symbols->items[i];
	}
	fail_msg("no symbol %s", full_name);
	return NULL;
}

static void
all_symbols(void **state)
{
	static const char *const want[] = {
		"service acme.shop.v1.Shop 9",
		"method acme.shop.v1.Shop.Get 13",
		"method acme.shop.v1.Shop.Watch 18 deprecated",
		"message acme.shop.v1.GetRequest 24",
		"field acme.shop.v1.GetRequest.order_id 25",
		"message acme.shop.v1.Order 28 deprecated",
		"field acme.shop.v1.Order.id 33",
		"field acme.shop.v1.Order.cents 34",
		"field acme.shop.v1.Order.lines 35",
		"field acme.shop.v1.Order.card 38",
		"field acme.shop.v1.Order.cash 39 deprecated",
		"field acme.shop.v1.Order.state 41",
		"field acme.shop.v1.Order.steps 42",
		"field acme.shop.v1.Order.loose 43",
		"message acme.shop.v1.Order.Line 45",
		"field acme.shop.v1.Order.Line.count 46",
		"enum acme.shop.v1.Order.State 49",
		"value acme.shop.v1.Order.State.STATE_UNSPECIFIED 51",
		"value acme.shop.v1.Order.State.OPEN 52",
		"value acme.shop.v1.Order.State.ACTIVE 53",
		"value acme.shop.v1.Order.State.GONE 54 deprecated",
	};
	struct symbols got = symbols_of(*state, "shop.pb");

	for (size_t i = 0; i < got.count && i < ARRAY_LEN(want); i++) {
		const struct symbol *s = &got.items[i];

		assert_string_equal(
			arena_printf(*state, "%s %s %u%s",
		                     symbol_kind_name(s->kind), s->full_name,
		                     s->line,
		                     s->deprecated ? " deprecated" : ""),
			want[i]);
	}
	assert_int_equal(got.count, ARRAY_LEN(want));
	assert_null(find(&got, "acme.shop.v1.Order")->parent);
	assert_string_equal(find(&got, "acme.shop.v1.Order.Line")->parent,
	                    "acme.shop.v1.Order");
	assert_string_equal(find(&got, "acme.shop.v1.Shop.Get")->comment,
	                    "One order.\n\n  indented");
}

static void
all_references(void **state)
{
	static const char *const want[] = {
		"Shop.Get GetRequest",    "Shop.Get Order",
		"Shop.Watch GetRequest",  "Shop.Watch Order",
		"Order.lines Order.Line", "Order.state Order.State",
	};
	static const size_t package = sizeof("acme.shop.v1.") - 1;
	struct symbols got = symbols_of(*state, "shop.pb");

	for (size_t i = 0; i < got.reference_count && i < ARRAY_LEN(want); i++)
		assert_string_equal(
			arena_printf(*state, "%s %s",
		                     got.references[i].from + package,
		                     got.references[i].to + package),
			want[i]);
	assert_int_equal(got.reference_count, ARRAY_LEN(want));
}

static const struct {
	const char *set;
	const char *name;
	const char *document;
} documents_rows[] = {
	{"shop.pb", "acme.shop.v1.Shop",
         "{\"name\":\"Shop\",\"methods\":["
         "{\"name\":\"Get\",\"input\":\"acme.shop.v1.GetRequest\","
         "\"output\":\"acme.shop.v1.Order\",\"line\":13,"
         "\"comment\":\"One order.\\n\\n  indented\"},"
         "{\"name\":\"Watch\",\"input\":\"acme.shop.v1.GetRequest\","
         "\"output\":\"acme.shop.v1.Order\","
         "\"clientStreaming\":true,\"serverStreaming\":true,"
         "\"deprecated\":true,\"idempotency\":\"no-side-effects\","
         "\"line\":18,\"comment\":\"As they change.\","
         "\"detachedComments\":[\"Apart from what follows.\"]}],"
         "\"line\":9,\"comment\":\"Takes orders.\"}"},
	{"shop.pb", "acme.shop.v1.GetRequest",
         "{\"name\":\"GetRequest\",\"oneofs\":[],\"fields\":["
         "{\"name\":\"order_id\",\"type\":\"string\",\"number\":1,"
         "\"jsonName\":\"orderId\",\"presence\":\"implicit\","
         "\"line\":25}],\"line\":24}"},
	{"shop.pb", "acme.shop.v1.Order",
         "{\"name\":\"Order\",\"deprecated\":true,\"oneofs\":["
         "{\"name\":\"paid\",\"line\":37,"
         "\"comment\":\"How it was paid.\"}],\"fields\":["
         "{\"name\":\"id\",\"type\":\"string\",\"number\":1,"
         "\"jsonName\":\"id\",\"presence\":\"implicit\",\"line\":33,"
         "\"trailingComment\":\"as customers see it\"},"
         "{\"name\":\"cents\",\"type\":\"int64\",\"number\":2,"
         "\"jsonName\":\"cents\",\"presence\":\"explicit\","
         "\"line\":34},"
         "{\"name\":\"lines\",\"type\":\"map\","
         "\"key\":{\"type\":\"string\"},\"value\":{"
         "\"type\":\"message\","
         "\"typeName\":\"acme.shop.v1.Order.Line\"},\"number\":4,"
         "\"jsonName\":\"lines\",\"repeated\":true,\"line\":35},"
         "{\"name\":\"card\",\"type\":\"string\",\"number\":5,"
         "\"jsonName\":\"card\",\"presence\":\"explicit\","
         "\"oneof\":\"paid\",\"line\":38},"
         "{\"name\":\"cash\",\"type\":\"bool\",\"number\":6,"
         "\"jsonName\":\"cash\",\"presence\":\"explicit\","
         "\"deprecated\":true,\"oneof\":\"paid\",\"line\":39},"
         "{\"name\":\"state\",\"type\":\"enum\","
         "\"typeName\":\"acme.shop.v1.Order.State\",\"number\":7,"
         "\"jsonName\":\"state\",\"presence\":\"implicit\","
         "\"line\":41},"
         "{\"name\":\"steps\",\"type\":\"int32\",\"number\":8,"
         "\"jsonName\":\"steps\",\"repeated\":true,\"packed\":true,"
         "\"line\":42},"
         "{\"name\":\"loose\",\"type\":\"int32\",\"number\":9,"
         "\"jsonName\":\"LOOSE\",\"repeated\":true,\"line\":43}],"
         "\"reservedRanges\":[[3,3],[10,20]],"
         "\"reservedNames\":[\"old\"],\"line\":28}"},
	{"shop.pb", "acme.shop.v1.Order.State",
         "{\"name\":\"State\",\"aliases\":true,\"values\":["
         "{\"name\":\"STATE_UNSPECIFIED\",\"number\":0,\"line\":51},"
         "{\"name\":\"OPEN\",\"number\":1,\"line\":52,"
         "\"trailingComment\":\"still\"},"
         "{\"name\":\"ACTIVE\",\"number\":1,\"line\":53},"
         "{\"name\":\"GONE\",\"number\":2,\"deprecated\":true,"
         "\"line\":54}],\"reservedRanges\":[[5,6]],"
         "\"reservedNames\":[\"LOST\"],\"line\":49}"},
	{"legacy.pb", "Legacy",
         "{\"name\":\"Legacy\",\"oneofs\":[],\"fields\":["
         "{\"name\":\"n\",\"type\":\"int32\",\"number\":1,"
         "\"jsonName\":\"n\",\"presence\":\"required\","
         "\"default\":\"7\"},"
         "{\"name\":\"part\",\"type\":\"group\","
         "\"typeName\":\"Legacy.Part\",\"number\":2,"
         "\"jsonName\":\"part\",\"presence\":\"explicit\","
         "\"delimited\":true},"
         "{\"name\":\"many\",\"type\":\"int32\",\"number\":4,"
         "\"jsonName\":\"many\",\"repeated\":true}],"
         "\"extensionRanges\":[[100,199]]}"},
	{"legacy.pb", "Legacy.inner",
         "{\"name\":\"inner\",\"extends\":\"Legacy\","
         "\"type\":\"string\",\"number\":100,"
         "\"jsonName\":\"inner\",\"presence\":\"explicit\"}"},
	{"legacy.pb", "more",
         "{\"name\":\"more\",\"extends\":\"Legacy\","
         "\"type\":\"message\",\"typeName\":\"Legacy\","
         "\"number\":101,\"jsonName\":\"more\",\"repeated\":true}"},
	{"legacy.pb", "Old",
         "{\"name\":\"Old\",\"closed\":true,\"values\":["
         "{\"name\":\"ZERO\",\"number\":0}]}"},
};

static void
documents(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(documents_rows); i++) {
		struct symbols got = symbols_of(*state, documents_rows[i].set);

		row_text(documents_rows[i].name,
		         find(&got, documents_rows[i].name)->document,
		         documents_rows[i].document);
	}
}

/* --- lines ---------------------------------------------------------------- */

/* They are integers of PostgreSQL, the first is 1. */
static void
odd_lines(void **state)
{
	static const struct {
		int32_t given;
		unsigned line;
	} cases[] = {
		{0, 1},         {INT32_MAX - 1, INT32_MAX},
		{INT32_MAX, 0}, {-1, 0},
		{INT32_MIN, 0},
	};
	Proto__File *file =
		(Proto__File *)(uintptr_t)read_set(*state, "shop.pb");
	const Proto__SourceInfo *info = file->source_code_info;
	struct symbols got;
	struct fault fault = {0};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (size_t k = 0; k < info->n_location; k++)
			info->location[k]->span[0] = cases[i].given;
		assert_true(symbols_read(*state, file, NULL, &got, &fault));
		row_int("the first symbol", got.items[0].line, cases[i].line);
	}
}

/* --- editions ------------------------------------------------------------- */

static void
editions(void **state)
{
	Proto__Features file_features = PROTO__FEATURES__INIT;
	Proto__Features own_features = PROTO__FEATURES__INIT;
	Proto__FileOptions file_options = PROTO__FILE_OPTIONS__INIT;
	Proto__FieldOptions field_options = PROTO__FIELD_OPTIONS__INIT;
	Proto__Field plain = PROTO__FIELD__INIT;
	Proto__Field own = PROTO__FIELD__INIT;
	Proto__Message message = PROTO__MESSAGE__INIT;
	Proto__File file = PROTO__FILE__INIT;
	Proto__Field *fields[] = {&plain, &own};
	Proto__Message *messages[] = {&message};
	struct symbols got;
	struct fault fault = {0};

	plain.name = (char[]){"plain"};
	plain.label = 1;
	plain.type = 5;
	plain.number = 1;
	own = plain;
	own.name = (char[]){"own"};
	own.number = 2;
	own_features.field_presence = 3;
	field_options.features = &own_features;
	own.options = &field_options;
	message.name = (char[]){"M"};
	message.field = fields;
	message.n_field = 2;
	file.name = (char[]){"a.proto"};
	file.message_type = messages;
	file.n_message_type = 1;
	file.syntax = (char[]){"editions"};
	file.has_edition = true;
	file.edition = 1000;

	assert_true(symbols_read(*state, &file, NULL, &got, &fault));
	assert_string_equal(
		got.items[0].document,
		"{\"name\":\"M\",\"oneofs\":[],\"fields\":["
		"{\"name\":\"plain\",\"type\":\"int32\",\"number\":1,"
		"\"jsonName\":\"plain\",\"presence\":\"explicit\"},"
		"{\"name\":\"own\",\"type\":\"int32\",\"number\":2,"
		"\"jsonName\":\"own\",\"presence\":\"required\"}]}");

	file_features.field_presence = 2;
	file_options.features = &file_features;
	file.options = &file_options;
	assert_true(symbols_read(*state, &file, NULL, &got, &fault));
	assert_non_null(strstr(got.items[0].document,
	                       "\"jsonName\":\"plain\","
	                       "\"presence\":\"implicit\""));
	assert_non_null(strstr(got.items[0].document,
	                       "\"jsonName\":\"own\","
	                       "\"presence\":\"required\""));
}

/* --- the file itself ------------------------------------------------------ */

static void
file_documents(void **state)
{
	Proto__Features features = PROTO__FEATURES__INIT;
	Proto__FileOptions options = PROTO__FILE_OPTIONS__INIT;
	Proto__File file = PROTO__FILE__INIT;
	char *imports[] = {
		(char[]){"a.proto"},
		(char[]){"b.proto"},
		(char[]){"c.proto"},
	};
	int32_t public[] = {2, 0, 2, 3, -1}; /* some are no import */
	int32_t weak[] = {1};
	struct symbols got;
	struct fault fault = {0};

	file.name = (char[]){"d.proto"};
	assert_true(symbols_read(*state, &file, NULL, &got, &fault));
	assert_string_equal(got.document, "{\"standard\":{}}");

	file.dependency = imports;
	file.n_dependency = ARRAY_LEN(imports);
	file.public_dependency = public;
	file.n_public_dependency = ARRAY_LEN(public);
	file.weak_dependency = weak;
	file.n_weak_dependency = ARRAY_LEN(weak);
	file.options = &options;
	options.go_package = (char[]){"a\"b"};
	options.has_deprecated = true;
	options.deprecated = true;
	options.has_cc_enable_arenas = true;
	options.optimize_for = 2;
	options.features = &features;
	features.utf8_validation = 3;
	features.enum_type = 7; /* no edition knows it */
	assert_true(symbols_read(*state, &file, NULL, &got, &fault));
	assert_string_equal(got.document,
	                    "{\"standard\":{\"go_package\":\"a\\\"b\","
	                    "\"cc_enable_arenas\":false,\"deprecated\":true,"
	                    "\"optimize_for\":\"CODE_SIZE\","
	                    "\"features.utf8_validation\":\"NONE\"},"
	                    "\"publicImports\":[\"a.proto\",\"c.proto\"],"
	                    "\"weakImports\":[\"b.proto\"]}");
}

/* --- bad input ------------------------------------------------------------ */

/* What `harm` does to shop.proto is refused with the code. */
static void
refused(struct arena *arena, const char *code, unsigned line,
        void (*harm)(Proto__File *file))
{
	Proto__File *file =
		(Proto__File *)(uintptr_t)read_set(arena, "shop.pb");
	struct symbols got;
	struct fault fault = {0};

	harm(file);
	row_true(code, !symbols_read(arena, file, NULL, &got, &fault));
	row_text(code, fault.code, code);
	row_int(code, fault.line, line);
}

static void
harm_package(Proto__File *file)
{
	static char name[] = "acme..v1";

	file->package = name;
}

static void
harm_name(Proto__File *file)
{
	static char name[] = "Get-Request";

	file->message_type[0]->name = name;
}

static void
harm_no_name(Proto__File *file)
{
	file->service[0]->method[1]->name = NULL;
}

static void
harm_digit(Proto__File *file)
{
	static char name[] = "1st";

	file->message_type[0]->field[0]->name = name;
}

static void
harm_type_name(Proto__File *file)
{
	static char name[] = "GetRequest";

	file->service[0]->method[0]->input_type = name;
}

static void
harm_number(Proto__File *file)
{
	file->message_type[0]->field[0]->number = 536870912;
}

static void
harm_type(Proto__File *file)
{
	file->message_type[0]->field[0]->type = 19;
}

static void
harm_label(Proto__File *file)
{
	file->message_type[0]->field[0]->label = 0;
}

static void
harm_oneof(Proto__File *file)
{
	file->message_type[0]->field[0]->has_oneof_index = true;
}

static void
harm_value(Proto__File *file)
{
	file->message_type[1]->enum_type[0]->value[1]->has_number = false;
}

static void
refusals(void **state)
{
	refused(*state, "name", 0, harm_package);
	refused(*state, "name", 24, harm_name);
	refused(*state, "name", 18, harm_no_name);
	refused(*state, "name", 25, harm_digit);
	refused(*state, "type-name", 13, harm_type_name);
	refused(*state, "number", 25, harm_number);
	refused(*state, "type", 25, harm_type);
	refused(*state, "label", 25, harm_label);
	refused(*state, "oneof", 25, harm_oneof);
	refused(*state, "number", 52, harm_value);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		CHECK("symbols in order, with their lines", all_symbols),
		CHECK("lines that cannot be are not known", odd_lines),
		CHECK("which types are used where", all_references),
		CHECK("documents", documents),
		CHECK("editions decide by file and by field", editions),
		CHECK("what a file says of itself", file_documents),
		CHECK("what is no descriptor is refused", refusals),
	};

	(void)argc;
	folder = dirname(argv[0]);
	return unit_run(tests);
}
