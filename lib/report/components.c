/* SPDX-License-Identifier: Apache-2.0 */
#include "report/components.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/json_out.h"
#include "wire/limits.h"

#include <stdlib.h>
#include <string.h>

enum {
	VERSIONS_MAX = 100, /* of one component: they are searched in turn */
};

static void
release(void *json)
{
	json_decref(json);
}

static json_t *
new_object(struct arena *arena)
{
	json_t *object = arena_must(json_object());

	arena_defer(arena, release, object);
	return object;
}

void
components_begin(struct components *components, struct arena *arena)
{
	*components = (struct components){
		.arena = arena,
		.items = new_object(arena),
		.types = new_object(arena),
	};
}

static void
set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, arena_must(value)) != 0)
		(void)arena_must(NULL);
}

static json_t *
text_or_null(const char *text)
{
	return str_empty(text) ? json_null() : json_string(text);
}

static int
check(const struct component *c, struct fault *fault)
{
	const char *const texts[] = {c->type, c->group, c->name, c->version,
	                             c->purl};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (texts[i] != NULL && strlen(texts[i]) > LIMIT_REPORT_TEXT)
			return fault_set(fault, "too-long",
			                 "a text of a component is longer than "
			                 "%d bytes",
			                 LIMIT_REPORT_TEXT);
	}
	if (str_empty(c->name) && str_empty(c->purl))
		return fault_set(fault, "required", "a component has no name");
	return 0;
}

/*
 * Splits a package URL: pkg:type/namespace/name@version?qualifiers#subpath.
 * A scope of npm begins with @ too where it is not encoded, so the version's is
 * looked for in the last part of the path.
 */
static const char *
split_purl(struct arena *arena, const char *purl, const char **ret_version)
{
	char *base = arena_strndup(arena, purl, strcspn(purl, "?#"));
	char *last = strrchr(base, '/');
	char *at = strrchr(last == NULL ? base : last, '@');

	*ret_version = NULL;
	if (at != NULL && (last == NULL || at > last + 1)) {
		*at = '\0';
		*ret_version = at + 1;
	}
	return base;
}

/* What it is called, and its version, which the URL may say alone. */
static const char *
name_of(struct arena *arena, const struct component *c, const char **version)
{
	const char *of_purl;

	*version = c->version;
	if (!str_empty(c->purl) && str_starts(c->purl, "pkg:")) {
		const char *base = split_purl(arena, c->purl, &of_purl);

		if (str_empty(*version))
			*version = of_purl;
		return base;
	}
	if (str_empty(c->name))
		return c->purl;
	return str_empty(c->group)
	               ? c->name
	               : arena_printf(arena, "%s/%s", c->group, c->name);
}

static int
by_text(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

/* The list of the versions that are there and one more, in order. */
static json_t *
with_version(struct arena *arena, json_t *there, const char *version)
{
	size_t count = json_is_array(there) ? json_array_size(there) : 1;
	const char **texts = arena_array(arena, count + 1, sizeof(*texts));

	for (size_t i = 0; i < count; i++)
		texts[i] = json_string_value(json_is_array(there)
		                                     ? json_array_get(there, i)
		                                     : there);
	texts[count] = version;
	qsort(texts, count + 1, sizeof(*texts), by_text);

	json_t *list = arena_must(json_array());
	for (size_t i = 0; i <= count; i++) {
		if (json_array_append_new(
			    list, arena_must(json_string(texts[i]))) != 0)
			(void)arena_must(NULL);
	}
	return list;
}

static bool
has_version(const json_t *there, const char *version)
{
	if (json_is_string(there))
		return strcmp(json_string_value(there), version) == 0;
	for (size_t i = 0; i < json_array_size(there); i++) {
		if (has_version(json_array_get(there, i), version))
			return true;
	}
	return false;
}

static int
put(struct components *components, const char *name, const char *version,
    struct fault *fault)
{
	json_t *there = json_object_get(components->items, name);

	if (there == NULL || (json_is_null(there) && !str_empty(version))) {
		set(components->items, name, text_or_null(version));
		return 0;
	}
	if (str_empty(version) || has_version(there, version))
		return 0;
	if (json_array_size(there) == VERSIONS_MAX)
		return fault_set(fault, "too-many",
		                 "a component is there in more than %d "
		                 "versions",
		                 VERSIONS_MAX);
	set(components->items, name,
	    with_version(components->arena, there, version));
	return 0;
}

int
components_add(struct components *components, const struct component *component,
               struct fault *fault)
{
	const char *version;
	const char *type =
		str_empty(component->type) ? "library" : component->type;

	if (check(component, fault) != 0)
		return -1;
	if (components->count == LIMIT_REPORT_COMPONENTS)
		return fault_set(fault, "too-many",
		                 "there are more than %d components",
		                 LIMIT_REPORT_COMPONENTS);
	components->count++;

	json_t *count = json_object_get(components->types, type);
	set(components->types, type,
	    json_integer(json_integer_value(count) + 1));
	const char *name = name_of(components->arena, component, &version);
	return put(components, name, version, fault);
}

int
components_set_about(struct components *components,
                     const struct component *component, struct fault *fault)
{
	if (check(component, fault) != 0)
		return -1;
	components->about = new_object(components->arena);
	set(components->about, "name", text_or_null(component->name));
	set(components->about, "version", text_or_null(component->version));
	set(components->about, "purl", text_or_null(component->purl));
	return 0;
}

static void
put_json(struct json_out *out, const char *key, const json_t *value)
{
	char *text =
		arena_must(json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS));

	json_pair_raw(out, key, text);
	free(text);
}

void
components_write(const struct components *components, struct json_out *out)
{
	json_pair_int(out, "count", (int64_t)components->count);
	put_json(out, "items", components->items);
	put_json(out, "types", components->types);
	if (components->about != NULL)
		put_json(out, "about", components->about);
}
