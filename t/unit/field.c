/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/field.h"

#include "text.h"
#include "unit.h"
#include "wire/json_in.h"

struct order {
	const char *name;
	const char *size;
	int64_t count;
	int64_t any;
	bool gift;
	struct texts tags;
	struct texts kinds;
	json_t *extra;
};

static const struct field fields[] = {
	FIELD(TEXT, struct order, name, "name", .required = true, .min = 1,
              .max = 4),
	FIELD(TEXT, struct order, size, "a/b", .words = "small large"),
	FIELD(INT, struct order, count, "count", .min = 1, .max = 10),
	FIELD(INT, struct order, any, "any"),
	FIELD(BOOL, struct order, gift, "gift"),
	FIELD(TEXTS, struct order, tags, "tags", .min = 1, .max = 3),
	FIELD(TEXTS, struct order, kinds, "kinds", .words = "x y"),
	FIELD(JSON, struct order, extra, "extra"),
	FIELD_END,
};

static bool
read_order(struct arena *arena, const char *text, bool open,
           struct faults *faults, struct order *ret)
{
	*faults = (struct faults){.arena = arena};
	json_t *object = json_read(text, strlen(text), arena, faults);

	assert_non_null(object);
	return fields_read(object, fields, open, "#", arena, faults, ret);
}

static void
all(void **state)
{
	struct faults faults;
	struct order order = {0};

	assert_true(read_order(
		*state,
		"{\"name\":\"決済\",\"a/b\":\"large\",\"count\":10,"
		"\"any\":-9223372036854775808,\"gift\":true,"
		"\"tags\":[\"a\",\"b\\n\"],\"kinds\":[],\"extra\":{\"k\":[1]}}",
		FIELDS_CLOSED, &faults, &order));
	assert_string_equal(order.name, "決済");
	assert_string_equal(order.size, "large");
	assert_int_equal(order.count, 10);
	assert_int_equal(order.any, INT64_MIN);
	assert_true(order.gift);
	assert_int_equal(order.tags.count, 2);
	assert_string_equal(order.tags.items[1], "b\n");
	assert_int_equal(order.kinds.count, 0);
	assert_int_equal(json_object_size(order.extra), 1);
}

static void
defaults(void **state)
{
	struct faults faults;
	struct order order = {
		.size = "small", .count = 7, .gift = true, .any = -1};

	assert_true(read_order(*state,
	                       "{\"name\":\"x\",\"count\":null,\"a/b\":null,"
	                       "\"tags\":null}",
	                       FIELDS_CLOSED, &faults, &order));
	assert_string_equal(order.size, "small");
	assert_int_equal(order.count, 7);
	assert_int_equal(order.any, -1);
	assert_true(order.gift);
	assert_int_equal(order.tags.count, 0);
	assert_null(order.extra);
}

static void
refused(void **state)
{
	const struct {
		const char *text;
		const char *faults;
	} cases[] = {
		{"[]", "type # 0:0"},
		{"null", "type # 0:0"},
		{"{}", "required #/name 0:0"},
		{"{\"name\":null}", "required #/name 0:0"},
		{"{\"name\":\"\"}", "too-short #/name 0:0"},
		{"{\"name\":\"決決決決\"}", ""},
		{"{\"name\":\"決決決決決\"}", "too-long #/name 0:0"},
		{"{\"name\":7}", "type #/name 0:0"},
		{"{\"name\":[\"x\"]}", "type #/name 0:0"},
		{"{\"name\":\"\\u0007\"}", "control-character #/name 0:0"},
		{"{\"name\":\"\\u007f\"}", "control-character #/name 0:0"},
		{"{\"name\":\"\\u001b[m\"}", "control-character #/name 0:0"},
		{"{\"name\":\"\\t\\n\\r\"}", ""},
		{"{\"name\":\"x\",\"a/b\":\"medium\"}", "enum #/a~1b 0:0"},
		{"{\"name\":\"x\",\"a/b\":\"\"}", "enum #/a~1b 0:0"},
		{"{\"name\":\"x\",\"a/b\":\"small large\"}", "enum #/a~1b 0:0"},
		{"{\"name\":\"x\",\"count\":0}", "range #/count 0:0"},
		{"{\"name\":\"x\",\"count\":1}", ""},
		{"{\"name\":\"x\",\"count\":11}", "range #/count 0:0"},
		{"{\"name\":\"x\",\"count\":5.0}", "type #/count 0:0"},
		{"{\"name\":\"x\",\"count\":\"5\"}", "type #/count 0:0"},
		{"{\"name\":\"x\",\"gift\":1}", "type #/gift 0:0"},
		{"{\"name\":\"x\",\"gift\":\"true\"}", "type #/gift 0:0"},
		{"{\"name\":\"x\",\"tags\":\"a\"}", "type #/tags 0:0"},
		{"{\"name\":\"x\",\"tags\":[]}", "too-few #/tags 0:0"},
		{"{\"name\":\"x\",\"tags\":[\"a\",\"b\",\"c\"]}", ""},
		{"{\"name\":\"x\",\"tags\":[\"a\",\"b\",\"c\",\"d\"]}",
	         "too-many #/tags 0:0"},
		{"{\"name\":\"x\",\"tags\":[\"a\",1,\"\"]}",
	         "type #/tags/1 0:0; too-short #/tags/2 0:0"},
		{"{\"name\":\"x\",\"tags\":[\"a\",\"b\",\"a\"]}",
	         "duplicate #/tags/2 0:0"},
		{"{\"name\":\"x\",\"kinds\":[\"x\",\"z\"]}",
	         "enum #/kinds/1 0:0"},
		{arena_printf(*state, "{\"name\":\"x\",\"tags\":[\"%s\"]}",
	                      text_times(*state, "決", FIELD_ITEM_MAX)),
	         ""},
		{arena_printf(*state, "{\"name\":\"x\",\"tags\":[\"%s\"]}",
	                      text_times(*state, "決", FIELD_ITEM_MAX + 1)),
	         "too-long #/tags/0 0:0"},
		{"{\"name\":\"x\",\"colour\":1}", "unknown #/colour 0:0"},
		{"{\"name\":\"x\",\"Name\":1,\"~\":null}",
	         "unknown #/Name 0:0; unknown #/~0 0:0"},
		/* All at once, in the order of the table. */
		{"{\"x\":1,\"gift\":0,\"count\":0}",
	         "required #/name 0:0; range #/count 0:0; type #/gift 0:0; "
	         "unknown #/x 0:0"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct faults faults;
		struct order order = {0};
		bool good = read_order(*state, cases[i].text, FIELDS_CLOSED,
		                       &faults, &order);

		row_text(cases[i].text, text_faults(*state, &faults),
		         cases[i].faults);
		row_int(cases[i].text, good, cases[i].faults[0] == '\0');
	}
}

static void
open_object(void **state)
{
	struct faults faults;
	struct order order = {0};

	assert_true(read_order(*state, "{\"name\":\"x\",\"colour\":[{}]}",
	                       FIELDS_OPEN, &faults, &order));
}

/* Faults of something else that came before are not its own. */
static void
earlier(void **state)
{
	struct faults faults = {.arena = *state};
	struct order order = {0};
	json_t *object = json_read("{\"name\":\"x\"}", 12, *state, &faults);

	faults_add(&faults, "?q", 0, 0, "range", "is something else");
	assert_true(fields_read(object, fields, FIELDS_CLOSED, "#/in", *state,
	                        &faults, &order));
	object = json_read("{}", 2, *state, &faults);
	assert_false(fields_read(object, fields, FIELDS_CLOSED, "#/in", *state,
	                         &faults, &order));
	assert_string_equal(faults.items[1].pointer, "#/in/name");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("each type of member is read", all),
		CHECK("what is absent or null keeps its default", defaults),
		CHECK("every fault is told, all at once", refused),
		CHECK("an open object may have other members", open_object),
		CHECK("faults that were there before do not count", earlier),
	};

	return unit_run(tests);
}
