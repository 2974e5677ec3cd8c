/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/field.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/json_in.h"
#include "wire/place.h"

#include <inttypes.h>
#include <string.h>

struct reading {
	struct arena *arena;
	struct faults *faults;
};

static void
wrong_type(struct reading *r, const char *pointer, const char *wanted,
           const json_t *value)
{
	faults_add(r->faults, pointer, 0, 0, "type", "must be %s and not %s",
	           wanted, json_type_words(value));
}

/* Control characters but for tab and line breaks. */
static bool
has_control(const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == 0x7f || (c < 0x20 && strchr("\t\n\r", c) == NULL))
			return true;
	}
	return false;
}

/* The text of a value, or NULL with a fault. */
static const char *
text_of(struct reading *r, const char *pointer, const json_t *value,
        int64_t min, int64_t max, const char *words)
{
	const char *text = json_string_value(value);

	if (text == NULL) {
		wrong_type(r, pointer, "a text", value);
		return NULL;
	}
	int64_t chars = (int64_t)str_chars(text);
	if (words != NULL && !str_has_word(words, text))
		faults_add(r->faults, pointer, 0, 0, "enum",
		           "must be one of: %s", words);
	else if (max > 0 && chars > max)
		faults_add(r->faults, pointer, 0, 0, "too-long",
		           "must have at most %" PRId64 " characters", max);
	else if (chars < min && min == 1)
		faults_add(r->faults, pointer, 0, 0, "too-short",
		           "must not be empty");
	else if (chars < min)
		faults_add(r->faults, pointer, 0, 0, "too-short",
		           "must have at least %" PRId64 " characters", min);
	else if (has_control(text))
		faults_add(r->faults, pointer, 0, 0, "control-character",
		           "must not contain control characters");
	else
		return text;
	return NULL;
}

static void
read_int(struct reading *r, const struct field *f, const char *pointer,
         const json_t *value, int64_t *ret)
{
	int64_t max = f->max > 0 ? f->max : INT64_MAX;
	json_int_t number = json_integer_value(value);

	if (!json_is_integer(value)) {
		wrong_type(r, pointer, "a whole number", value);
	} else if ((f->min != 0 || f->max != 0) &&
	           (number < f->min || number > max)) {
		faults_add(r->faults, pointer, 0, 0, "range",
		           "must be a whole number from %" PRId64
		           " to %" PRId64,
		           f->min, max);
	} else {
		*ret = number;
	}
}

static bool
is_in(const struct texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

static void
read_texts(struct reading *r, const struct field *f, const char *pointer,
           const json_t *value, struct texts *ret)
{
	struct texts texts = {0};
	int64_t count = (int64_t)json_array_size(value);
	size_t i;
	json_t *item;

	if (!json_is_array(value)) {
		wrong_type(r, pointer, "a list of texts", value);
		return;
	}
	if ((f->max > 0 && count > f->max) || count < f->min) {
		faults_add(r->faults, pointer, 0, 0,
		           count < f->min ? "too-few" : "too-many",
		           "must have %s %" PRId64 " items",
		           count < f->min ? "at least" : "at most",
		           count < f->min ? f->min : f->max);
		return;
	}
	texts.items =
		arena_array(r->arena, (size_t)count + 1, sizeof(*texts.items));
	json_array_foreach(value, i, item)
	{
		const char *at = pointer_item(r->arena, pointer, i);
		const char *text =
			text_of(r, at, item, 1, FIELD_ITEM_MAX, f->words);

		if (text == NULL)
			continue;
		if (is_in(&texts, text))
			faults_add(r->faults, at, 0, 0, "duplicate",
			           "is in the list already");
		texts.items[texts.count++] = text;
	}
	*ret = texts;
}

static void
read_value(struct reading *r, const struct field *f, const char *pointer,
           json_t *value, void *to)
{
	const char *text;

	switch (f->type) {
	case FIELD_TYPE_TEXT:
		text = text_of(r, pointer, value, f->min, f->max, f->words);
		if (text != NULL)
			*(const char **)to = text;
		break;
	case FIELD_TYPE_INT:
		read_int(r, f, pointer, value, to);
		break;
	case FIELD_TYPE_BOOL:
		if (json_is_boolean(value))
			*(bool *)to = json_is_true(value);
		else
			wrong_type(r, pointer, "true or false", value);
		break;
	case FIELD_TYPE_TEXTS:
		read_texts(r, f, pointer, value, to);
		break;
	case FIELD_TYPE_JSON:
		*(json_t **)to = value;
		break;
	case FIELD_TYPE_END:
		break;
	}
}

static bool
is_known(const struct field *fields, const char *name)
{
	for (const struct field *f = fields; f->type != FIELD_TYPE_END; f++) {
		if (strcmp(f->name, name) == 0)
			return true;
	}
	return false;
}

/* Iterating does not change the object, but jansson asks for a mutable one. */
static void
refuse_unknown(struct reading *r, const json_t *object,
               const struct field *fields, const char *pointer)
{
	union {
		const json_t *given;
		json_t *asked;
	} it = {.given = object};
	const char *key;
	json_t *value;

	json_object_foreach(it.asked, key, value)
	{
		if (!is_known(fields, key))
			faults_add(r->faults,
			           pointer_member(r->arena, pointer, key), 0, 0,
			           "unknown", "is no member of this object");
	}
}

bool
fields_read(const json_t *object, const struct field *fields, bool open,
            const char *pointer, struct arena *arena, struct faults *faults,
            void *ret)
{
	struct reading r = {.arena = arena, .faults = faults};
	size_t before = faults->total;

	if (!json_is_object(object)) {
		wrong_type(&r, pointer, "an object", object);
		return false;
	}
	for (const struct field *f = fields; f->type != FIELD_TYPE_END; f++) {
		json_t *value = json_object_get(object, f->name);
		const char *at = pointer_member(arena, pointer, f->name);

		if (value != NULL && !json_is_null(value))
			read_value(&r, f, at, value, (char *)ret + f->offset);
		else if (f->required)
			faults_add(faults, at, 0, 0, "required", "is required");
	}
	if (!open)
		refuse_unknown(&r, object, fields, pointer);
	return faults->total == before;
}
