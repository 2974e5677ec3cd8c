/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor_field.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "wire/json_out.h"

#include <ctype.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	EDITION_PROTO2 = 998,
	EDITION_PROTO3 = 999,

	ENCODING_PACKED = 1,
	ENCODING_EXPANDED = 2,

	FIELD_NUMBER_MAX = 536870911,
};

static const char *const type_names[FIELD_TYPE_END] = {
	NULL,       "double",   "float",   "int64",  "uint64",
	"int32",    "fixed64",  "fixed32", "bool",   "string",
	"group",    "message",  "bytes",   "uint32", "enum",
	"sfixed32", "sfixed64", "sint32",  "sint64",
};

const char *
field_type_name(int type)
{
	return type < 0 || type >= FIELD_TYPE_END ? NULL : type_names[type];
}

/* --- features ------------------------------------------------------------- */

static int
edition_of(const Proto__File *file)
{
	if (file->has_edition)
		return file->edition;
	return file->syntax != NULL && strcmp(file->syntax, "proto3") == 0
	               ? EDITION_PROTO3
	               : EDITION_PROTO2;
}

struct features
features_with(struct features features, const Proto__Features *own)
{
	if (own == NULL)
		return features;
	if (own->field_presence != 0)
		features.presence = own->field_presence;
	if (own->enum_type != 0)
		features.enum_type = own->enum_type;
	if (own->repeated_field_encoding != 0)
		features.repeated = own->repeated_field_encoding;
	if (own->message_encoding != 0)
		features.message = own->message_encoding;
	if (own->utf8_validation != 0)
		features.utf8 = own->utf8_validation;
	if (own->json_format != 0)
		features.json = own->json_format;
	return features;
}

struct features
features_of(const Proto__File *file)
{
	int edition = edition_of(file);
	struct features features = {
		.presence = edition == EDITION_PROTO3
	                            ? FEATURES_PRESENCE_IMPLICIT
	                            : FEATURES_PRESENCE_EXPLICIT,
		.enum_type = edition == EDITION_PROTO2 ? FEATURES_ENUM_CLOSED
	                                               : FEATURES_ENUM_OPEN,
		.repeated = edition == EDITION_PROTO2 ? ENCODING_EXPANDED
	                                              : ENCODING_PACKED,
		.utf8 = edition == EDITION_PROTO2 ? FEATURES_UTF8_NONE
	                                          : FEATURES_UTF8_VERIFY,
		.json = edition == EDITION_PROTO2 ? FEATURES_JSON_BEST_EFFORT
	                                          : FEATURES_JSON_ALLOW,
	};

	return features_with(features, file->options == NULL
	                                       ? NULL
	                                       : file->options->features);
}

/* --- fields --------------------------------------------------------------- */

const char *
field_json_name(struct arena *arena, const Proto__Field *field)
{
	struct buf out = {.arena = arena};
	bool upper = false;

	if (field->json_name != NULL)
		return field->json_name;
	for (const char *p = field->name; p != NULL && *p != '\0'; p++) {
		if (*p == '_') {
			upper = true;
			continue;
		}
		buf_addc(&out, upper ? (char)toupper((unsigned char)*p) : *p);
		upper = false;
	}
	return buf_text(&out);
}

static const Proto__Message *
map_entry_of(const Proto__Message *message, const char *full_name,
             const Proto__Field *field)
{
	size_t len = strlen(full_name);

	if (field->label != FIELD_REPEATED || field->type != FIELD_MESSAGE ||
	    field->type_name == NULL || field->type_name[0] != '.' ||
	    strncmp(field->type_name + 1, full_name, len) != 0 ||
	    field->type_name[len + 1] != '.')
		return NULL;
	for (size_t i = 0; i < message->n_nested_type; i++) {
		const Proto__Message *nested = message->nested_type[i];

		if (nested->options != NULL && nested->options->map_entry &&
		    nested->n_field == 2 && nested->name != NULL &&
		    strcmp(nested->name, field->type_name + len + 2) == 0)
			return nested;
	}
	return NULL;
}

bool
field_is_map_entry(const Proto__Message *message)
{
	return message->options != NULL && message->options->map_entry;
}

static bool
check_field(const struct walk *walk, const Proto__Field *field,
            const char *full_name, size_t oneofs)
{
	if (field->number < 1 || field->number > FIELD_NUMBER_MAX)
		return walk_refuse(
			walk, "number",
			"the field %s has no number from 1 to 536870911",
			full_name);
	if (field->type < 1 || field->type >= FIELD_TYPE_END)
		return walk_refuse(walk, "type",
		                   "the field %s has no known type", full_name);
	if (field->label < FIELD_OPTIONAL || field->label > FIELD_REPEATED)
		return walk_refuse(walk, "label",
		                   "the field %s has no known label",
		                   full_name);
	if (field->has_oneof_index &&
	    (field->oneof_index < 0 || (size_t)field->oneof_index >= oneofs))
		return walk_refuse(
			walk, "oneof",
			"the field %s is in a oneof that is not there",
			full_name);
	return true;
}

static bool
has_type_name(const Proto__Field *field)
{
	return field->type == FIELD_MESSAGE || field->type == FIELD_GROUP ||
	       field->type == FIELD_ENUM;
}

static bool
write_type(struct walk *walk, struct json_out *out, const Proto__Field *field,
           const char *full_name)
{
	json_pair_text(out, "type", type_names[field->type]);
	if (!has_type_name(field))
		return true;

	const char *type = walk_type(walk, field->type_name, full_name);
	if (type == NULL)
		return false;
	json_pair_text(out, "typeName", type);
	walk_reference(walk, type);
	return true;
}

static bool
write_map(struct walk *walk, struct json_out *out, const Proto__Message *entry,
          const char *full_name)
{
	json_pair_text(out, "type", "map");
	for (size_t i = 0; i < 2; i++) {
		const Proto__Field *field = entry->field[i];

		if (!check_field(walk, field, full_name, 0))
			return false;
		json_key(out, i == 0 ? "key" : "value");
		json_open(out, '{');
		if (!write_type(walk, out, field, full_name))
			return false;
		json_close(out, '}');
	}
	return true;
}

static const char *
presence_of(const Proto__Field *field, const struct features *features,
            bool in_message)
{
	if (field->label == FIELD_REPEATED)
		return NULL;
	if (field->label == FIELD_REQUIRED ||
	    features->presence == FEATURES_PRESENCE_REQUIRED)
		return "required";
	if (!in_message || field->has_oneof_index ||
	    field->type == FIELD_MESSAGE || field->type == FIELD_GROUP)
		return "explicit";
	return features->presence == FEATURES_PRESENCE_IMPLICIT ? "implicit"
	                                                        : "explicit";
}

/* Numbers, enums and booleans can be packed; texts and messages cannot. */
static bool
is_packed(const Proto__Field *field, const struct features *features)
{
	static const char *const never[] = {"string", "bytes", "message",
	                                    "group"};

	if (field->label != FIELD_REPEATED)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(never); i++) {
		if (strcmp(type_names[field->type], never[i]) == 0)
			return false;
	}
	if (field->options != NULL && field->options->has_packed)
		return field->options->packed;
	return features->repeated == ENCODING_PACKED;
}

static void
write_facts(struct walk *walk, struct json_out *out, const Proto__Field *field,
            const struct features *above, bool in_message)
{
	const Proto__FieldOptions *options = field->options;
	struct features features = features_with(
		*above, options == NULL ? NULL : options->features);
	const char *presence = presence_of(field, &features, in_message);

	json_pair_int(out, "number", field->number);
	json_pair_text(out, "jsonName", field_json_name(walk->arena, field));
	walk_write_if(out, "repeated", field->label == FIELD_REPEATED);
	if (presence != NULL)
		json_pair_text(out, "presence", presence);
	walk_write_if(out, "packed", is_packed(field, &features));
	walk_write_if(out, "delimited",
	              field->type == FIELD_GROUP ||
	                      (field->type == FIELD_MESSAGE &&
	                       features.message == FEATURES_MESSAGE_DELIMITED));
	if (field->default_value != NULL)
		json_pair_text(out, "default", field->default_value);
	walk_write_if(out, "deprecated",
	              options != NULL && options->deprecated);
}

/* A field of a message, into the document of that. */
bool
field_write(struct walk *walk, struct json_out *out,
            const Proto__Message *message, const char *scope, size_t index,
            const struct features *features)
{
	const Proto__Field *field = message->field[index];
	const Proto__Message *entry;
	struct source_note note;
	size_t number;

	if (!walk_begin(walk, SYMBOL_FIELD, scope, scope, field->name, &note,
	                &number))
		return false;
	const char *full_name = walk->symbols->items[number].full_name;
	if (!check_field(walk, field, full_name, message->n_oneof_decl))
		return false;
	walk->symbols->items[number].deprecated =
		field->options != NULL && field->options->deprecated;

	json_open(out, '{');
	json_pair_text(out, "name", field->name);
	entry = map_entry_of(message, scope, field);
	if (entry != NULL ? !write_map(walk, out, entry, full_name)
	                  : !write_type(walk, out, field, full_name))
		return false;
	write_facts(walk, out, field, features, true);
	if (field->has_oneof_index && !field->proto3_optional)
		json_pair_text(out, "oneof",
		               message->oneof_decl[field->oneof_index]->name);
	walk_write_options(walk, out, "FieldOptions", BASE(field->options));
	walk_write_note(out, &note);
	json_close(out, '}');
	return true;
}

/* --- extensions ----------------------------------------------------------- */

static bool
add_extension(struct walk *walk, const Proto__Field *field, const char *scope,
              const char *parent, const struct features *features)
{
	struct buf document = {.arena = walk->arena};
	struct json_out out = {.buf = &document};
	struct source_note note;
	size_t number;

	if (!walk_begin(walk, SYMBOL_EXTENSION, scope, parent, field->name,
	                &note, &number))
		return false;
	const char *full_name = walk->symbols->items[number].full_name;
	const char *extendee = walk_type(walk, field->extendee, full_name);
	if (extendee == NULL || !check_field(walk, field, full_name, 0))
		return false;
	walk_reference(walk, extendee);

	json_open(&out, '{');
	json_pair_text(&out, "name", field->name);
	json_pair_text(&out, "extends", extendee);
	if (!write_type(walk, &out, field, full_name))
		return false;
	write_facts(walk, &out, field, features, false);
	walk_write_options(walk, &out, "FieldOptions", BASE(field->options));
	walk_write_note(&out, &note);
	json_close(&out, '}');
	walk->symbols->items[number].deprecated =
		field->options != NULL && field->options->deprecated;
	walk->symbols->items[number].document = buf_text(&document);
	return true;
}

bool
field_add_extensions(struct walk *walk, int32_t kind,
                     Proto__Field *const *fields, size_t count,
                     const char *scope, const char *parent,
                     const struct features *features)
{
	for (size_t i = 0; i < count; i++) {
		walk_enter(walk, kind, i);
		if (!add_extension(walk, fields[i], scope, parent, features))
			return false;
		walk_leave(walk);
	}
	return true;
}
