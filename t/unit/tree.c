/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/tree.h"

#include "unit.h"

static struct spot
spot_at(unsigned line)
{
	return (struct spot){{line, 1}, {line, 5}};
}

static void
spots(void **state)
{
	struct tree tree = {0};
	json_t *root = json_object();
	json_t *list = json_array();

	(void)state;
	tree_add(&tree, NULL, NULL, 0, root, spot_at(1));
	tree_add(&tree, root, "list", 4, list, spot_at(2));
	tree_add(&tree, list, NULL, 0, json_integer(1), spot_at(3));
	tree_add(&tree, list, NULL, 0, json_integer(2), spot_at(4));
	tree_add(&tree, root, "text", 4, json_string("x"), spot_at(5));

	assert_ptr_equal(tree.root, root);
	assert_int_equal(json_array_size(list), 2);
	assert_int_equal(tree_spot(&tree, NULL, NULL, 0).value.line, 1);
	assert_int_equal(tree_spot(&tree, root, "list", 0).value.line, 2);
	assert_int_equal(tree_spot(&tree, root, "list", 0).key.column, 1);
	assert_int_equal(tree_spot(&tree, list, NULL, 0).value.line, 3);
	assert_int_equal(tree_spot(&tree, list, NULL, 1).value.line, 4);
	assert_int_equal(tree_spot(&tree, root, "text", 0).value.column, 5);

	assert_int_equal(tree_spot(&tree, list, NULL, 2).value.line, 0);
	assert_int_equal(tree_spot(&tree, root, "none", 0).value.line, 0);
	tree_fini(&tree);
}

static void
empty(void **state)
{
	struct tree tree = {0};

	(void)state;
	assert_int_equal(tree_spot(&tree, NULL, NULL, 0).value.line, 0);
	tree_clear(&tree);
	tree_fini(&tree);
	assert_null(tree.root);
}

static void
twice(void **state)
{
	struct tree tree = {0};
	json_t *root = json_object();

	(void)state;
	tree_add(&tree, NULL, NULL, 0, root, spot_at(1));
	tree_add(&tree, root, "a", 1, json_integer(1), spot_at(2));
	tree_add(&tree, root, "a", 1, json_integer(2), spot_at(3));

	assert_int_equal(json_integer_value(json_object_get(root, "a")), 1);
	assert_int_equal(tree_spot(&tree, root, "a", 0).value.line, 2);
	assert_int_equal(json_array_size(tree.dropped), 1);
	tree_fini(&tree);
}

static void
marked(void **state)
{
	struct tree tree = {0};
	json_t *root = json_pack("{s:[i, i]}", "a", 1, 2);
	json_t *list = json_object_get(root, "a");

	(void)state;
	tree.root = root;
	tree_mark(&tree, NULL, NULL, 0, spot_at(1));
	tree_mark(&tree, root, "a", 0, spot_at(2));
	tree_mark(&tree, list, NULL, 1, spot_at(9));
	tree_mark(&tree, list, NULL, 1, spot_at(3)); /* the last one holds */
	assert_int_equal(tree_spot(&tree, root, "a", 0).value.line, 2);
	assert_int_equal(tree_spot(&tree, list, NULL, 0).value.line, 0);
	assert_int_equal(tree_spot(&tree, list, NULL, 1).value.line, 3);
	assert_int_equal(tree.count, 3);
	tree_fini(&tree);
}

/* Many values, then few: the table must forget and shrink. */
static void
many(void **state)
{
	enum {
		COUNT = 50000,
	};
	struct tree tree = {0};

	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		json_t *list = json_array();

		tree_add(&tree, NULL, NULL, 0, list, spot_at(1));
		for (unsigned i = 0; i < COUNT; i++)
			tree_add(&tree, list, NULL, 0, json_null(),
			         spot_at(i + 2));
		for (unsigned i = 0; i < COUNT; i++)
			assert_int_equal(
				tree_spot(&tree, list, NULL, i).value.line,
				i + 2);
		tree_clear(&tree);
		assert_null(tree.root);
		assert_true(tree.cap < COUNT);
		assert_int_equal(tree_spot(&tree, list, NULL, 0).value.line, 0);
	}
	tree_add(&tree, NULL, NULL, 0, json_null(), spot_at(7));
	assert_int_equal(tree_spot(&tree, NULL, NULL, 0).value.line, 7);
	tree_fini(&tree);
}

/* A table of the size that is kept for the next document. */
static void
forgotten(void **state)
{
	struct tree tree = {0};
	json_t *list = json_array();

	(void)state;
	tree_add(&tree, NULL, NULL, 0, json_incref(list), spot_at(1));
	tree_add(&tree, list, NULL, 0, json_null(), spot_at(2));
	tree_clear(&tree);
	assert_true(tree.cap > 0);
	assert_int_equal(tree_spot(&tree, list, NULL, 0).value.line, 0);
	assert_int_equal(tree_spot(&tree, NULL, NULL, 0).value.line, 0);
	tree_fini(&tree);
	json_decref(list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("members, items and the root have their spots", spots),
		CHECK("an empty tree knows no spot", empty),
		CHECK("a member given twice keeps its first value", twice),
		CHECK("values that are in place can be marked", marked),
		CHECK("a large document does not fill the next", many),
		CHECK("a small document is forgotten too", forgotten),
	};

	return unit_run(tests);
}
