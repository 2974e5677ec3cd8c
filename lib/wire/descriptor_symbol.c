/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor_symbol.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/descriptor_field.h"
#include "wire/descriptor_walk.h"
#include "wire/json_out.h"

#include <string.h>

/* Numbers of descriptor.proto, by which a path goes on. */
enum {
	PATH_MESSAGE = 4,
	PATH_ENUM = 5,
	PATH_SERVICE = 6,
	PATH_EXTENSION = 7,
	PATH_IN_FIELD = 2,
	PATH_IN_MESSAGE = 3,
	PATH_IN_ENUM = 4,
	PATH_IN_EXTENSION = 6,
	PATH_IN_ONEOF = 8,
	PATH_VALUE = 2,
	PATH_METHOD = 2,
};

static const char *const idempotency_names[] = {
	NULL,
	"no-side-effects",
	"idempotent",
};

static void
write_names(struct json_out *out, const char *key, char *const *names,
            size_t count)
{
	if (count == 0)
		return;
	json_key(out, key);
	json_open(out, '[');
	for (size_t i = 0; i < count; i++)
		json_text(out, names[i]);
	json_close(out, ']');
}

/* Pairs of first and last; `over` is 1 where descriptors end after the last. */
static void
write_ranges(struct json_out *out, const char *key, Proto__Range *const *ranges,
             size_t count, int over)
{
	if (count == 0)
		return;
	json_key(out, key);
	json_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(out, '[');
		json_int(out, ranges[i]->start);
		json_int(out, (int64_t)ranges[i]->end - over);
		json_close(out, ']');
	}
	json_close(out, ']');
}

/* --- enums ---------------------------------------------------------------- */

static bool
write_value(struct walk *walk, struct json_out *out,
            const Proto__EnumValue *value, const char *scope)
{
	bool deprecated = value->options != NULL && value->options->deprecated;
	struct source_note note;
	size_t number;

	if (!walk_begin(walk, SYMBOL_VALUE, scope, scope, value->name, &note,
	                &number))
		return false;
	walk->symbols->items[number].deprecated = deprecated;
	if (!value->has_number)
		return walk_refuse(walk, "number", "the value %s has no number",
		                   walk->symbols->items[number].full_name);
	json_open(out, '{');
	json_pair_text(out, "name", value->name);
	json_pair_int(out, "number", value->number);
	walk_write_if(out, "deprecated", deprecated);
	walk_write_options(walk, out, "EnumValueOptions", BASE(value->options));
	walk_write_note(out, &note);
	json_close(out, '}');
	return true;
}

static bool
add_enum(struct walk *walk, const Proto__Enum *one, const char *scope,
         const char *parent, const struct features *above)
{
	const Proto__EnumOptions *options = one->options;
	struct features features = features_with(
		*above, options == NULL ? NULL : options->features);
	struct buf document = {.arena = walk->arena};
	struct json_out out = {.buf = &document};
	struct source_note note;
	size_t number;

	if (!walk_begin(walk, SYMBOL_ENUM, scope, parent, one->name, &note,
	                &number))
		return false;
	const char *full_name = walk->symbols->items[number].full_name;
	json_open(&out, '{');
	json_pair_text(&out, "name", one->name);
	walk_write_if(&out, "closed",
	              features.enum_type == FEATURES_ENUM_CLOSED);
	walk_write_if(&out, "aliases", options != NULL && options->allow_alias);
	walk_write_if(&out, "deprecated",
	              options != NULL && options->deprecated);
	json_key(&out, "values");
	json_open(&out, '[');
	for (size_t i = 0; i < one->n_value; i++) {
		walk_enter(walk, PATH_VALUE, i);
		if (!write_value(walk, &out, one->value[i], full_name))
			return false;
		walk_leave(walk);
	}
	json_close(&out, ']');
	write_ranges(&out, "reservedRanges", one->reserved_range,
	             one->n_reserved_range, 0);
	write_names(&out, "reservedNames", one->reserved_name,
	            one->n_reserved_name);
	walk_write_options(walk, &out, "EnumOptions", BASE(options));
	walk_write_note(&out, &note);
	json_close(&out, '}');
	walk->symbols->items[number].deprecated =
		options != NULL && options->deprecated;
	walk->symbols->items[number].document = buf_text(&document);
	return true;
}

static bool
add_enums(struct walk *walk, int32_t kind, Proto__Enum *const *enums,
          size_t count, const char *scope, const char *parent,
          const struct features *features)
{
	for (size_t i = 0; i < count; i++) {
		walk_enter(walk, kind, i);
		if (!add_enum(walk, enums[i], scope, parent, features))
			return false;
		walk_leave(walk);
	}
	return true;
}

/* --- messages ------------------------------------------------------------- */

/* protoc makes a oneof for each optional field of proto3: those are left out.
 */
static bool
is_synthetic(const Proto__Message *message, size_t oneof)
{
	for (size_t i = 0; i < message->n_field; i++) {
		const Proto__Field *field = message->field[i];

		if (field->proto3_optional && field->has_oneof_index &&
		    (size_t)field->oneof_index == oneof)
			return true;
	}
	return false;
}

static bool
write_oneofs(struct walk *walk, struct json_out *out,
             const Proto__Message *message, const char *full_name)
{
	json_key(out, "oneofs");
	json_open(out, '[');
	for (size_t i = 0; i < message->n_oneof_decl; i++) {
		const char *name = message->oneof_decl[i]->name;

		if (name == NULL || !walk_is_name(name, strlen(name)))
			return walk_refuse(walk, "name",
			                   "a oneof of %s has no valid name",
			                   full_name);
		if (is_synthetic(message, i))
			continue;
		walk_enter(walk, PATH_IN_ONEOF, i);
		struct source_note note = walk_note(walk);
		walk_leave(walk);
		json_open(out, '{');
		json_pair_text(out, "name", name);
		walk_write_options(walk, out, "OneofOptions",
		                   BASE(message->oneof_decl[i]->options));
		walk_write_note(out, &note);
		json_close(out, '}');
	}
	json_close(out, ']');
	return true;
}

static bool
write_message(struct walk *walk, struct json_out *out,
              const Proto__Message *message, const char *full_name,
              const struct features *features)
{
	json_open(out, '{');
	json_pair_text(out, "name", message->name);
	walk_write_if(out, "deprecated",
	              message->options != NULL && message->options->deprecated);
	if (!write_oneofs(walk, out, message, full_name))
		return false;
	json_key(out, "fields");
	json_open(out, '[');
	for (size_t i = 0; i < message->n_field; i++) {
		walk_enter(walk, PATH_IN_FIELD, i);
		if (!field_write(walk, out, message, full_name, i, features))
			return false;
		walk_leave(walk);
	}
	json_close(out, ']');
	write_ranges(out, "reservedRanges", message->reserved_range,
	             message->n_reserved_range, 1);
	write_names(out, "reservedNames", message->reserved_name,
	            message->n_reserved_name);
	write_ranges(out, "extensionRanges", message->extension_range,
	             message->n_extension_range, 1);
	return true;
}

static bool
add_message(struct walk *walk, const Proto__Message *message, const char *scope,
            const char *parent, const struct features *above)
{
	const Proto__MessageOptions *options = message->options;
	struct features features = features_with(
		*above, options == NULL ? NULL : options->features);
	struct buf document = {.arena = walk->arena};
	struct json_out out = {.buf = &document};
	struct source_note note;
	size_t number;

	if (!walk_begin(walk, SYMBOL_MESSAGE, scope, parent, message->name,
	                &note, &number))
		return false;
	const char *full_name = walk->symbols->items[number].full_name;
	if (!write_message(walk, &out, message, full_name, &features))
		return false;
	walk_write_options(walk, &out, "MessageOptions", BASE(options));
	walk_write_note(&out, &note);
	json_close(&out, '}');
	walk->symbols->items[number].deprecated =
		options != NULL && options->deprecated;
	walk->symbols->items[number].document = buf_text(&document);

	for (size_t i = 0; i < message->n_nested_type; i++) {
		if (field_is_map_entry(message->nested_type[i]))
			continue;
		walk_enter(walk, PATH_IN_MESSAGE, i);
		if (!add_message(walk, message->nested_type[i], full_name,
		                 full_name, &features))
			return false;
		walk_leave(walk);
	}
	return add_enums(walk, PATH_IN_ENUM, message->enum_type,
	                 message->n_enum_type, full_name, full_name,
	                 &features) &&
	       field_add_extensions(walk, PATH_IN_EXTENSION, message->extension,
	                            message->n_extension, full_name, full_name,
	                            &features);
}

/* --- services ------------------------------------------------------------- */

static bool
write_method(struct walk *walk, struct json_out *out,
             const Proto__Method *method, const char *scope)
{
	const Proto__MethodOptions *options = method->options;
	struct source_note note;
	size_t number;

	if (!walk_begin(walk, SYMBOL_METHOD, scope, scope, method->name, &note,
	                &number))
		return false;
	const char *full_name = walk->symbols->items[number].full_name;
	const char *input = walk_type(walk, method->input_type, full_name);
	const char *output = walk_type(walk, method->output_type, full_name);
	if (input == NULL || output == NULL)
		return false;
	walk_reference(walk, input);
	walk_reference(walk, output);
	walk->symbols->items[number].deprecated =
		options != NULL && options->deprecated;

	json_open(out, '{');
	json_pair_text(out, "name", method->name);
	json_pair_text(out, "input", input);
	json_pair_text(out, "output", output);
	walk_write_if(out, "clientStreaming", method->client_streaming);
	walk_write_if(out, "serverStreaming", method->server_streaming);
	walk_write_if(out, "deprecated",
	              options != NULL && options->deprecated);
	if (options != NULL && options->idempotency_level > 0 &&
	    (size_t)options->idempotency_level < ARRAY_LEN(idempotency_names))
		json_pair_text(out, "idempotency",
		               idempotency_names[options->idempotency_level]);
	walk_write_options(walk, out, "MethodOptions", BASE(options));
	walk_write_note(out, &note);
	json_close(out, '}');
	return true;
}

static bool
add_service(struct walk *walk, const Proto__Service *service)
{
	bool deprecated =
		service->options != NULL && service->options->deprecated;
	struct buf document = {.arena = walk->arena};
	struct json_out out = {.buf = &document};
	struct source_note note;
	size_t number;

	if (!walk_begin(walk, SYMBOL_SERVICE, walk->file->package, NULL,
	                service->name, &note, &number))
		return false;
	const char *full_name = walk->symbols->items[number].full_name;
	json_open(&out, '{');
	json_pair_text(&out, "name", service->name);
	walk_write_if(&out, "deprecated", deprecated);
	json_key(&out, "methods");
	json_open(&out, '[');
	for (size_t i = 0; i < service->n_method; i++) {
		walk_enter(walk, PATH_METHOD, i);
		if (!write_method(walk, &out, service->method[i], full_name))
			return false;
		walk_leave(walk);
	}
	json_close(&out, ']');
	walk_write_options(walk, &out, "ServiceOptions",
	                   BASE(service->options));
	walk_write_note(&out, &note);
	json_close(&out, '}');
	walk->symbols->items[number].deprecated = deprecated;
	walk->symbols->items[number].document = buf_text(&document);
	return true;
}

/* --- the file ------------------------------------------------------------- */

bool
symbols_read(struct arena *arena, const Proto__File *file,
             const struct options *options, struct symbols *ret,
             struct fault *fault)
{
	struct walk walk = {
		.arena = arena,
		.file = file,
		.source = source_index(arena, file),
		.options = options,
		.symbols = ret,
		.fault = fault,
	};
	struct features features = features_of(file);

	*ret = (struct symbols){.count = 0};
	if (!str_empty(file->package) &&
	    (strlen(file->package) > LIMIT_DESCRIPTOR_NAME ||
	     !walk_is_dotted(file->package)))
		return walk_refuse(&walk, "name", "%s is no name of a package",
		                   file->package);
	ret->document = walk_file_document(&walk);
	for (size_t i = 0; i < file->n_service; i++) {
		walk_enter(&walk, PATH_SERVICE, i);
		if (!add_service(&walk, file->service[i]))
			return false;
		walk_leave(&walk);
	}
	for (size_t i = 0; i < file->n_message_type; i++) {
		walk_enter(&walk, PATH_MESSAGE, i);
		if (!add_message(&walk, file->message_type[i], file->package,
		                 NULL, &features))
			return false;
		walk_leave(&walk);
	}
	return add_enums(&walk, PATH_ENUM, file->enum_type, file->n_enum_type,
	                 file->package, NULL, &features) &&
	       field_add_extensions(&walk, PATH_EXTENSION, file->extension,
	                            file->n_extension, file->package, NULL,
	                            &features);
}
