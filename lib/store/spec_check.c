/* SPDX-License-Identifier: Apache-2.0 */
#include "store/spec_check.h"

#include "base/arena.h"
#include "base/attr.h"
#include "base/fault.h"
#include "base/str.h"
#include "store/near.h"
#include "store/spec_rules.h"
#include "wire/json_in.h"
#include "wire/tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Of one object: to look at more would only cost time. */
	NEAR_KEYS_MAX = 100,
};

struct check {
	struct tree *tree;
	struct arena *arena;
	struct faults *faults;
	struct faults *warnings;
};

/* A value and where it is. */
struct spotted {
	json_t *value;
	const char *pointer;
	struct place place;
};

#define FAULT(check, at, code, ...)                                  \
	faults_add((check)->faults, (at)->pointer, (at)->place.line, \
	           (at)->place.column, code, __VA_ARGS__)

static void check_value(struct check *c, const struct rule *rule,
                        const struct spotted *at);

static void
wrong_type(struct check *c, const struct spotted *at, const char *wanted,
           const char *hint)
{
	FAULT(c, at, "type", "must be %s and not %s%s", wanted,
	      json_type_words(at->value), hint);
}

/* Control characters; in what people write, `lines`, line breaks and tabs are
 * none, nor is what turns the direction of text. */
static bool
has_control(const char *text, bool lines)
{
	if (!lines)
		return !str_is_line(text);
	for (; *text != '\0'; text++) {
		unsigned char ch = (unsigned char)*text;

		if (ch == 0x7f || (ch < 0x20 && strchr("\t\n\r", ch) == NULL))
			return true;
	}
	return false;
}

static void
check_text(struct check *c, const struct rule *rule, const struct spotted *at)
{
	const char *text = json_string_value(at->value);

	if (text == NULL) {
		wrong_type(c, at, "a text",
		           json_is_object(at->value) || json_is_array(at->value)
		                   ? ""
		                   : "; put it in quotes");
		return;
	}
	int64_t chars = (int64_t)str_chars(text);
	if (rule->words != NULL && !str_has_word(rule->words, text))
		FAULT(c, at, "enum", "must be one of: %s", rule->words);
	else if (rule->max > 0 && chars > rule->max)
		FAULT(c, at, "too-long",
		      "must have at most %" PRId64 " characters", rule->max);
	else if (chars < rule->min)
		FAULT(c, at, "too-short",
		      "must have at least %" PRId64 " character%s", rule->min,
		      rule->min == 1 ? "" : "s");
	else if (has_control(text, rule->lines))
		FAULT(c, at, "control-character",
		      rule->lines ? "must not contain control characters"
		                  : "must be one line without control "
		                    "characters or signs that turn the text "
		                    "around");
	else if (!rule_form_matches(rule->form, text))
		FAULT(c, at, "format", "%s", rule_form_text(rule->form));
}

static void
check_int(struct check *c, const struct rule *rule, const struct spotted *at)
{
	json_int_t value = json_integer_value(at->value);

	if (!json_is_integer(at->value))
		wrong_type(c, at, "a whole number",
		           json_is_string(at->value) ? "; without quotes" : "");
	else if (value < rule->min || value > rule->max)
		FAULT(c, at, "range",
		      "must be a whole number from %" PRId64 " to %" PRId64,
		      rule->min, rule->max);
}

/* Is an equal item in `seen`? It is afterwards. */
static bool
seen_before(json_t *seen, const json_t *item)
{
	char *text = arena_must(json_dumps(item, JSON_COMPACT | JSON_SORT_KEYS |
	                                                 JSON_ENCODE_ANY));
	bool before = json_object_get(seen, text) != NULL;

	if (json_object_set_new_nocheck(seen, text, json_true()) != 0)
		(void)arena_must(NULL);
	free(text);
	return before;
}

static void
check_list(struct check *c, const struct rule *rule, const struct spotted *at)
{
	size_t count = json_array_size(at->value);
	size_t i;
	json_t *item;

	if (!json_is_array(at->value)) {
		wrong_type(c, at, "a list", "");
		return;
	}
	if ((int64_t)count > rule->max) {
		FAULT(c, at, "too-many", "must have at most %" PRId64 " items",
		      rule->max);
		return;
	}

	json_t *seen = arena_must(json_object());
	json_array_foreach(at->value, i, item)
	{
		struct spotted inner = {
			.value = item,
			.pointer = pointer_item(c->arena, at->pointer, i),
			.place = tree_spot(c->tree, at->value, NULL, i).value,
		};

		if (rule->unique && seen_before(seen, item))
			FAULT(c, &inner, "duplicate", "is in the list already");
		else
			check_value(c, rule->inner, &inner);
	}
	json_decref(seen);
}

static bool
is_known(const struct rule *rules, const char *name)
{
	for (const struct rule *r = rules; r->type != RULE_END; r++) {
		if (strcmp(r->name, name) == 0)
			return true;
	}
	return false;
}

/* Unknown keys are kept; one that looks like a known one is told. */
static void
check_unknown(struct check *c, const struct rule *rules,
              const struct spotted *at)
{
	int left = NEAR_KEYS_MAX;
	const char *key;
	json_t *value;

	json_object_foreach(at->value, key, value)
	{
		if (is_known(rules, key))
			continue;
		if (left-- == 0)
			return;
		for (const struct rule *r = rules; r->type != RULE_END; r++) {
			if (!near_word(key, r->name))
				continue;
			struct place place =
				tree_spot(c->tree, at->value, key, 0).key;
			faults_add(c->warnings,
			           pointer_member(c->arena, at->pointer, key),
			           place.line, place.column, "unknown-key",
			           "is not known to mdash; was \"%s\" meant?",
			           r->name);
			break;
		}
	}
}

static void
check_object(struct check *c, const struct rule *rules,
             const struct spotted *at)
{
	if (!json_is_object(at->value)) {
		wrong_type(c, at, "an object", "");
		return;
	}
	for (const struct rule *r = rules; r->type != RULE_END; r++) {
		struct spotted inner = {
			.value = json_object_get(at->value, r->name),
			.pointer =
				pointer_member(c->arena, at->pointer, r->name),
			.place = at->place,
		};

		if (inner.value != NULL)
			inner.place =
				tree_spot(c->tree, at->value, r->name, 0).value;
		if (inner.value != NULL && !json_is_null(inner.value))
			check_value(c, r, &inner);
		else if (r->required)
			FAULT(c, &inner, "required", "is required");
		else if (inner.value != NULL)
			(void)json_object_del(at->value, r->name);
	}
	check_unknown(c, rules, at);
}

static void
check_value(struct check *c, const struct rule *rule, const struct spotted *at)
{
	switch (rule->type) {
	case RULE_TEXT:
		check_text(c, rule, at);
		break;
	case RULE_INT:
		check_int(c, rule, at);
		break;
	case RULE_LIST:
		check_list(c, rule, at);
		break;
	case RULE_OBJECT:
		check_object(c, rule->inner, at);
		break;
	case RULE_END:
		break;
	}
}

/* A service in a list of its own. */
static void
check_self(struct check *c, const struct spotted *root, const char *list,
           struct faults *to, const char *detail)
{
	const char *id =
		json_string_value(json_object_get(root->value, "serviceID"));
	json_t *items = json_object_get(root->value, list);
	size_t i;
	json_t *item;

	json_array_foreach(items, i, item)
	{
		const char *text = json_string_value(item);

		if (id == NULL || text == NULL || strcmp(id, text) != 0)
			continue;
		struct place place = tree_spot(c->tree, items, NULL, i).value;
		const char *pointer =
			pointer_member(c->arena, root->pointer, list);
		faults_add(to, pointer_item(c->arena, pointer, i), place.line,
		           place.column, "self", "%s", detail);
	}
}

void
spec_check(struct tree *tree, const char *pointer, struct arena *arena,
           struct faults *faults, struct faults *warnings)
{
	struct check c = {tree, arena, faults, warnings};
	const struct spotted root = {
		.value = tree->root,
		.pointer = pointer,
		.place = tree_spot(tree, NULL, NULL, 0).value,
	};

	check_object(&c, spec_rules, &root);
	check_self(&c, &root, "previousServiceIDs", faults,
	           "is what the service is called now");
	check_self(&c, &root, "dependsOn", warnings, "is the service itself");
}
