/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_tree.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

/* --- places --------------------------------------------------------------- */

static void show_value(struct buf *out, const struct tree *tree,
                       const char *path, json_t *value);

static void
show(struct buf *out, const struct tree *tree, const char *path,
     json_t *container, const char *key, size_t index, json_t *value)
{
	struct spot spot = tree_spot(tree, container, key, index);

	buf_printf(out, "%s %u:%u", path, spot.value.line, spot.value.column);
	if (key != NULL)
		buf_printf(out, " (%u:%u)", spot.key.line, spot.key.column);
	buf_adds(out, "\n");
	show_value(out, tree, path, value);
}

static void
show_value(struct buf *out, const struct tree *tree, const char *path,
           json_t *value)
{
	const char *key;
	size_t i;
	json_t *inner;

	json_object_foreach(value, key, inner)
		show(out, tree, arena_printf(out->arena, "%s/%s", path, key),
	             value, key, 0, inner);
	json_array_foreach(value, i, inner)
		show(out, tree, arena_printf(out->arena, "%s/%zu", path, i),
	             value, NULL, i, inner);
}

/* The place of each value in the text, and in brackets that of its key. */
static const char *
places(struct arena *arena, const struct tree *tree)
{
	struct buf out = {.arena = arena};

	show(&out, tree, "", NULL, NULL, 0, tree->root);
	return buf_text(&out);
}

static void
spots(void **state)
{
	static const struct {
		const char *text;
		const char *places;
	} cases[] = {
		{"1", " 1:1\n"},
		{"\n  \"x\"", " 2:3\n"},
		{"[]", " 1:1\n"},
		{"[[],{},\n[1]]", " 1:1\n/0 1:2\n/1 1:5\n/2 2:1\n/2/0 2:2\n"},
		{"{\"b\": 1,\n \"a\" :\n\t[true, -1.5e3]}",
	         " 1:1\n/b 1:7 (1:2)\n/a 3:2 (2:2)\n/a/0 3:3\n/a/1 3:9\n"},
		{"{\"決\": \"済]},\\\"\", \"x\": {\"y\\\\\": null}}",
	         " 1:1\n/決 1:7 (1:2)\n/x 1:22 (1:17)\n"
	         "/x/y\\ 1:30 (1:23)\n"},
		{"{\"a\":{},\"b\":[ ],\"c\":{ }}",
	         " 1:1\n/a 1:6 (1:2)\n/b 1:13 (1:9)\n/c 1:21 (1:17)\n"},
		{"{\"\\u0061\":1,\"\":2}",
	         " 1:1\n/a 1:11 (1:2)\n/ 1:16 (1:13)\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct faults faults = {.arena = *state};
		struct tree tree = {0};
		const struct extent all = {0, strlen(cases[i].text), {1, 1}};

		row_int(cases[i].text,
		        json_tree_read(cases[i].text, &all, "#", &faults,
		                       &tree),
		        TREE_READ);
		row_text(cases[i].text, places(*state, &tree), cases[i].places);
		tree_fini(&tree);
	}
}

static void
not_read(void **state)
{
	static const struct {
		const char *text;
		enum tree_result result;
		const char *fault;
	} cases[] = {
		{"", TREE_MALFORMED, "syntax #/x 5:3"},
		{"{", TREE_MALFORMED, "syntax #/x 5:4"},
		{"{}}", TREE_MALFORMED, "syntax #/x 5:5"},
		{"{\"a\":1,\n\"a\":2}", TREE_REFUSED, "duplicate-key #/x 6:1"},
		{"1e999", TREE_REFUSED, "number #/x 5:7"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct faults faults = {.arena = *state};
		struct tree tree = {0};
		const struct extent part = {
			3, 3 + strlen(cases[i].text), {5, 3}};
		const char *text =
			arena_printf(*state, "...%s...", cases[i].text);

		row_int(cases[i].text,
		        json_tree_read(text, &part, "#/x", &faults, &tree),
		        cases[i].result);
		row_true(cases[i].text, tree.root == NULL);
		row_text(cases[i].text, text_faults(*state, &faults),
		         cases[i].fault);
		tree_fini(&tree);
	}
}

/* One tree for several documents forgets what it had. */
static void
again(void **state)
{
	struct faults faults = {.arena = *state};
	struct tree tree = {0};
	const char *const texts[] = {text_list(*state, LIMIT_NODES - 1), "[7]",
	                             "x", "{\"a\":1}"};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const struct extent all = {0, strlen(texts[i]), {1, 1}};

		row_int(i == 0 ? "large" : texts[i],
		        json_tree_read(texts[i], &all, "#", &faults, &tree),
		        i == 2 ? TREE_MALFORMED : TREE_READ);
	}
	assert_string_equal(places(*state, &tree), " 1:1\n/a 1:6 (1:2)\n");
	tree_fini(&tree);
}

/* --- items ---------------------------------------------------------------- */

/* "text line:column" of each item, then how it ended. */
static const char *
items_of(struct arena *arena, const char *text)
{
	struct buf out = {.arena = arena};
	struct faults faults = {.arena = arena};
	size_t len = strlen(text);
	/* Without the NUL: reading it would be an error. */
	char *bytes = arena_alloc(arena, len);
	struct json_items items = {.bytes = bytes, .len = len};
	enum tree_result result;

	memcpy(bytes, text, len);
	while ((result = json_items_next(&items, &faults)) == TREE_READ)
		buf_printf(&out, "<%.*s> %u:%u ",
		           (int)(items.item.to - items.item.from),
		           bytes + items.item.from, items.item.start.line,
		           items.item.start.column);
	buf_adds(&out, result == TREE_END ? "end" : "");
	buf_adds(&out, text_faults(arena, &faults));
	assert_int_equal(json_items_next(&items, &faults), TREE_END);
	return buf_text(&out);
}

static void
items_found(void **state)
{
	static const struct {
		const char *text;
		const char *items;
	} cases[] = {
		{"[]", "end"},
		{" [ \n ] \n", "end"},
		{"[1]", "<1> 1:2 end"},
		{"[ 1 , 2\n,3 ]", "<1> 1:3 <2> 1:7 <3> 2:2 end"},
		{"[{\"a\":[1,2]},\n[\"]\",\"\\\"],\"]]",
	         "<{\"a\":[1,2]}> 1:2 <[\"]\",\"\\\"],\"]> 2:1 end"},
		{"[\"決\",\"済\"]", "<\"決\"> 1:2 <\"済\"> 1:6 end"},
		/* What is inside an item is not looked at. */
		{"[a b, }]", "<a b> 1:2 <}> 1:7 end"},
		{"", "syntax # 1:1"},
		{"  ", "syntax # 1:3"},
		{"{}", "syntax # 1:1"},
		{"1", "syntax # 1:1"},
		{"[", "syntax # 1:2"},
		{"[1", "<1> 1:2 syntax # 1:3"},
		{"[1,", "<1> 1:2 syntax # 1:4"},
		{"[1,]", "<1> 1:2 syntax # 1:4"},
		{"[,1]", "syntax # 1:2"},
		{"[1,,2]", "<1> 1:2 syntax # 1:4"},
		{"[1] x", "<1> 1:2 syntax # 1:5"},
		{"[]\n[]", "syntax # 2:1"},
		{"[\"abc", "<\"abc> 1:2 syntax # 1:6"},
		{"[\"abc\\", "<\"abc\\> 1:2 syntax # 1:7"},
		{"[{\"a\":1,", "<{\"a\":1,> 1:2 syntax # 1:9"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_text(cases[i].text, items_of(*state, cases[i].text),
		         cases[i].items);
}

/* An item that is nested without end costs no stack and no time. */
static void
deep_item(void **state)
{
	enum {
		LEVELS = 1000000,
	};
	struct faults faults = {.arena = *state};
	char *bytes = arena_alloc(*state, LEVELS + 1);
	struct json_items items = {.bytes = bytes, .len = LEVELS + 1};
	struct tree tree = {0};

	memset(bytes, '[', LEVELS + 1);
	assert_int_equal(json_items_next(&items, &faults), TREE_READ);
	assert_int_equal(items.item.to, LEVELS + 1);
	assert_int_equal(
		json_tree_read(bytes, &items.item, "#/0", &faults, &tree),
		TREE_REFUSED);
	assert_string_equal(text_faults(*state, &faults), "too-deep #/0 1:66");
	tree_fini(&tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("each value and each key has its place", spots),
		CHECK("what is no JSON or is refused leaves no tree", not_read),
		CHECK("a tree is used again", again),
		CHECK("the items of a list are found one after the other",
	              items_found),
		CHECK("an item of a million levels is refused", deep_item),
	};

	return unit_run(tests);
}
