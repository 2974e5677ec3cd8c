/* SPDX-License-Identifier: Apache-2.0 */
#include "store/spec.h"

#include "base/arena.h"
#include "base/str.h"
#include "store/spec_check.h"
#include "store/spec_rules.h"
#include "wire/json_tree.h"
#include "wire/limits.h"
#include "wire/yaml.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* Numbers that people write have no more digits; with 17, which would
	 * keep every double apart, 0.1 becomes 0.10000000000000001. */
	CANONICAL = JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(15),
};

struct reading {
	const char *bytes;
	size_t len;
	enum spec_format format;
	const char *want_id;
	bool set;
	struct arena *arena;
	struct spec_set *ret;
	size_t cap;
	size_t faults_kept;

	struct yaml *yaml;
	struct json_items items;
	bool json_is_read;
	json_t *lines; /* of the documents seen, by service id */

	/* Of one document. */
	struct tree tree;
	struct arena *scratch;
	bool malformed;
};

/* --- documents ------------------------------------------------------------ */

static enum tree_result
next_json(struct reading *r, const char *pointer, struct faults *faults,
          struct extent *ret)
{
	if (r->set) {
		enum tree_result found = json_items_next(&r->items, faults);

		*ret = r->items.item;
		if (found != TREE_READ)
			return found;
	} else {
		*ret = (struct extent){0, r->len, {1, 1}};
		if (r->json_is_read)
			return TREE_END;
		r->json_is_read = true;
	}
	if (ret->to - ret->from > LIMIT_SPEC_BYTES) {
		faults_add(faults, pointer, ret->start.line, ret->start.column,
		           "too-long", "the document is longer than 4 MiB");
		return TREE_REFUSED;
	}
	return json_tree_read(r->bytes, ret, pointer, faults, &r->tree);
}

static enum tree_result
next_document(struct reading *r, const char *pointer, struct faults *faults,
              struct extent *ret)
{
	if (r->format == SPEC_FORMAT_JSON)
		return next_json(r, pointer, faults, ret);
	return yaml_next(r->yaml, pointer, faults, &r->tree, ret);
}

/* --- one document --------------------------------------------------------- */

/* The value of a member, when it is as its rule wants it. */
static const char *
valid_text(struct reading *r, const char *name, enum rule_form form, size_t max)
{
	const char *text =
		json_string_value(json_object_get(r->tree.root, name));

	if (str_empty(text) || str_chars(text) > max ||
	    !rule_form_matches(form, text) || !str_is_line(text))
		return NULL;
	return arena_strdup(r->arena, text);
}

static void
fault_at_id(struct reading *r, const char *pointer, struct faults *faults,
            const char *code, const char *detail)
{
	struct place place =
		tree_spot(&r->tree, r->tree.root, "serviceID", 0).value;

	faults_add(faults, pointer_member(r->scratch, pointer, "serviceID"),
	           place.line, place.column, code, "%s", detail);
}

static void
check_id(struct reading *r, const struct spec *spec, const char *pointer,
         struct faults *faults)
{
	if (spec->service_id == NULL)
		return;
	if (r->want_id != NULL && strcmp(r->want_id, spec->service_id) != 0)
		fault_at_id(r, pointer, faults, "other-id",
		            arena_printf(r->scratch,
		                         "must be \"%s\", the service that is "
		                         "published",
		                         r->want_id));

	json_t *line = json_object_get(r->lines, spec->service_id);
	if (line != NULL)
		fault_at_id(r, pointer, faults, "duplicate",
		            arena_printf(r->scratch,
		                         "stands on line %lld already",
		                         json_integer_value(line)));
	else if (json_object_set_new_nocheck(r->lines, spec->service_id,
	                                     json_integer(spec->line)) != 0)
		(void)arena_must(NULL);
}

/* In the order of the text. */
static int
compare(const void *left, const void *right)
{
	const struct fault *a = left;
	const struct fault *b = right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return strcmp(a->pointer, b->pointer);
}

/* Adds what one document has to what all have. */
static void
append(struct faults *to, const struct faults *from)
{
	if (from->count > 0)
		qsort(from->items, from->count, sizeof(*from->items), compare);
	for (size_t i = 0; i < from->count; i++) {
		const struct fault *f = &from->items[i];

		faults_add(to, f->pointer, f->line, f->column, f->code, "%s",
		           f->detail);
	}
	to->total += from->total - from->count;
}

/*
 * Keeps the faults of a document: all of them, but when a set has very many
 * only the first of each further document.
 */
static void
keep_faults(struct reading *r, const struct faults *faults, struct spec *spec)
{
	size_t count = faults->count;

	append(&r->ret->faults, faults);
	if (count > 1 && r->faults_kept + count > LIMIT_SET_FAULTS)
		count = 1;
	r->faults_kept += count;
	spec->faults = (struct faults){
		.arena = r->arena, .count = count, .total = faults->total};
	if (count == 0)
		return;
	spec->faults.items = arena_array(r->arena, count, sizeof(struct fault));
	for (size_t i = 0; i < count; i++) {
		struct fault *f = &spec->faults.items[i];

		*f = faults->items[i];
		f->pointer = arena_strdup(r->arena, f->pointer);
		f->detail = arena_strdup(r->arena, f->detail);
	}
}

static struct spec *
add_spec(struct reading *r, const struct extent *extent)
{
	struct spec_set *set = r->ret;
	size_t len = extent->to - extent->from;

	if (set->count == r->cap) {
		size_t cap = r->cap * 2 + 1;

		set->items = arena_grow(r->arena, set->items,
		                        r->cap * sizeof(*set->items),
		                        cap * sizeof(*set->items));
		r->cap = cap;
	}
	/* Longer only when its end was not found; cut between characters. */
	if (len > LIMIT_SPEC_BYTES) {
		len = LIMIT_SPEC_BYTES;
		while (((unsigned char)r->bytes[extent->from + len] & 0xc0) ==
		       0x80)
			len--;
	}
	struct spec *spec = &set->items[set->count++];
	*spec = (struct spec){
		.source = arena_strndup(r->arena, r->bytes + extent->from, len),
		.line = extent->start.line,
	};
	return spec;
}

static void
read_tree(struct reading *r, struct spec *spec, const char *pointer,
          struct faults *faults)
{
	struct faults warnings = {.arena = r->scratch};

	spec_check(&r->tree, pointer, r->scratch, faults, &warnings);
	append(&r->ret->warnings, &warnings);
	spec->service_id = valid_text(r, "serviceID", FORM_SERVICE_ID, 63);
	spec->team = valid_text(r, "teamName", FORM_TEAM, 63);
	check_id(r, spec, pointer, faults);
	if (faults_any(faults))
		return;

	char *json = arena_must(json_dumps(r->tree.root, CANONICAL));
	spec->json = arena_strdup(r->arena, json);
	free(json);
}

/* Reads one document; false when there is nothing more to read. */
static bool
read_document(struct reading *r)
{
	struct faults faults = {.arena = r->scratch};
	struct extent extent = {0};
	bool full = r->set && r->ret->count == LIMIT_SET_DOCUMENTS;
	bool second = !r->set && r->ret->count == 1;

	arena_reset(r->scratch);
	const char *pointer =
		r->set ? pointer_item(r->scratch, "#", r->ret->count) : "#";
	enum tree_result result = next_document(r, pointer, &faults, &extent);

	if (result == TREE_END)
		return false;
	/* Nothing between two separators. */
	if (result == TREE_READ && r->format == SPEC_FORMAT_YAML &&
	    json_is_null(r->tree.root) && !faults_any(&faults))
		return true;
	if (full || second) {
		faults_add(&r->ret->faults, pointer, extent.start.line, 1,
		           "too-many",
		           full ? "more than 20,000 services"
		                : "a second document; one is taken here");
		return false;
	}

	struct spec *spec = add_spec(r, &extent);
	if (result == TREE_READ)
		read_tree(r, spec, pointer, &faults);
	keep_faults(r, &faults, spec);
	r->malformed = r->malformed || result == TREE_MALFORMED;
	return result != TREE_MALFORMED;
}

/* --- the text ------------------------------------------------------------- */

/* The first byte that belongs to no character; NUL is none here. */
static size_t
broken_at(const char *bytes, size_t len)
{
	size_t at = 0;
	size_t size = 1;

	/* By lines while they are good, then by characters of 1 to 4 bytes. */
	for (;;) {
		const char *end = memchr(bytes + at, '\n', len - at);

		if (end == NULL ||
		    !str_is_utf8(bytes + at, (size_t)(end - bytes) - at))
			break;
		at = (size_t)(end - bytes) + 1;
	}
	while (size <= 4 && at + size <= len) {
		bool good = str_is_utf8(bytes + at, size);

		at += good ? size : 0;
		size = good ? 1 : size + 1;
	}
	return at;
}

static bool
is_text(struct reading *r)
{
	if (str_is_utf8(r->bytes, r->len))
		return true;

	size_t at = broken_at(r->bytes, r->len);
	bool nul = at < r->len && r->bytes[at] == '\0';
	struct place place = place_of(r->bytes, at);
	faults_add(&r->ret->faults, NULL, place.line, place.column,
	           nul ? "nul" : "encoding",
	           nul ? "contains the character NUL" : "is not UTF-8");
	return false;
}

static enum spec_result
read_all(struct reading *r)
{
	r->ret->faults.arena = r->arena;
	r->ret->warnings.arena = r->arena;
	if (!is_text(r))
		return SPEC_MALFORMED;

	if (r->format == SPEC_FORMAT_YAML)
		r->yaml = yaml_open(r->bytes, r->len, r->arena);
	r->items = (struct json_items){.bytes = r->bytes, .len = r->len};
	r->lines = arena_must(json_object());
	r->scratch = arena_new();
	while (read_document(r))
		;
	json_decref(r->lines);
	arena_free(&r->scratch);
	tree_fini(&r->tree);

	/* An empty JSON array is meant; an empty text is a mistake. */
	if (r->ret->count == 0 && !faults_any(&r->ret->faults) &&
	    r->format == SPEC_FORMAT_YAML)
		faults_add(&r->ret->faults, NULL, 1, 1, "empty",
		           "there is no spec in it");
	if (r->malformed)
		return SPEC_MALFORMED;
	return faults_any(&r->ret->faults) ? SPEC_INVALID : SPEC_OK;
}

enum spec_result
spec_read(const char *bytes, size_t len, enum spec_format format,
          const char *want_id, struct arena *arena, struct spec_set *ret)
{
	struct reading r = {.bytes = bytes,
	                    .len = len,
	                    .format = format,
	                    .want_id = want_id,
	                    .arena = arena,
	                    .ret = ret};

	*ret = (struct spec_set){0};
	return read_all(&r);
}

enum spec_result
spec_set_read(const char *bytes, size_t len, enum spec_format format,
              struct arena *arena, struct spec_set *ret)
{
	struct reading r = {.bytes = bytes,
	                    .len = len,
	                    .format = format,
	                    .set = true,
	                    .arena = arena,
	                    .ret = ret};

	*ret = (struct spec_set){0};
	return read_all(&r);
}
