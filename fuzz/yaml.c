/* SPDX-License-Identifier: Apache-2.0 */
/* YAML to trees: what is read can be said in JSON, within the same limits. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/json_scan.h"
#include "wire/limits.h"
#include "wire/tree.h"
#include "wire/yaml.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

static void
check_json(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	size_t at;

	HOLDS(text != NULL);
	HOLDS(json_scan(text, strlen(text), &at) == JSON_BREACH_NONE);

	json_t *again = json_loads(
		text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
	HOLDS(again != NULL);
	HOLDS(json_equal(again, value));
	json_decref(again);
	free(text);
}

static void
check_spot(struct spot spot)
{
	HOLDS(spot.key.line >= 1 && spot.key.column >= 1);
	HOLDS(spot.value.line >= spot.key.line);
}

/* Each member and item has its place. */
static void
check_spots(const struct tree *tree, json_t *value, unsigned depth)
{
	const char *key;
	json_t *inner;
	size_t i;

	HOLDS(depth <= LIMIT_DEPTH);
	json_object_foreach(value, key, inner)
	{
		check_spot(tree_spot(tree, value, key, 0));
		check_spots(tree, inner, depth + 1);
	}
	json_array_foreach(value, i, inner)
	{
		check_spot(tree_spot(tree, value, NULL, i));
		check_spots(tree, inner, depth + 1);
	}
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	const char *text = (const char *)bytes;
	struct extent extent = {0};
	struct tree tree = {0};
	enum tree_result result;

	/* Whoever opens a text looks at this first. */
	if (!str_is_utf8(text, len))
		return;

	struct yaml *yaml = yaml_open(text, len, arena);
	do {
		struct faults faults = {.arena = arena};
		size_t before = extent.to;

		result = yaml_next(yaml, "#", &faults, &tree, &extent);
		fuzz_check_faults(&faults, bytes, len);
		HOLDS(extent.from >= before && extent.to <= len);
		HOLDS(extent.from <= extent.to);
		if (result == TREE_READ) {
			check_spot(tree_spot(&tree, NULL, NULL, 0));
			check_spots(&tree, tree.root, 0);
			check_json(tree.root);
		} else {
			HOLDS(faults_any(&faults) == (result != TREE_END));
		}
	} while (result == TREE_READ);

	struct faults none = {.arena = arena};
	HOLDS(yaml_next(yaml, "#", &none, &tree, &extent) == TREE_END);
	HOLDS(!faults_any(&none));
	tree_fini(&tree);
}
