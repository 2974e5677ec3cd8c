/* SPDX-License-Identifier: Apache-2.0 */
/* What a .proto file says of itself: its options and kinds of imports. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "wire/descriptor_walk.h"
#include "wire/json_out.h"

#include <stddef.h>

/* --- options -------------------------------------------------------------- */

struct text_option {
	const char *name;
	size_t at; /* of a char * in Proto__FileOptions */
};

struct flag_option {
	const char *name;
	size_t has; /* of protobuf_c_boolean */
	size_t at;
};

#define TEXT(name)                                        \
	{                                                 \
#name, offsetof(Proto__FileOptions, name) \
	}
#define FLAG(name)                                               \
	{                                                        \
#name, offsetof(Proto__FileOptions, has_##name), \
			offsetof(Proto__FileOptions, name)       \
	}

static const struct text_option texts[] = {
	TEXT(java_package),
	TEXT(java_outer_classname),
	TEXT(go_package),
	TEXT(objc_class_prefix),
	TEXT(csharp_namespace),
	TEXT(swift_prefix),
	TEXT(php_class_prefix),
	TEXT(php_namespace),
	TEXT(php_metadata_namespace),
	TEXT(ruby_package),
};

static const struct flag_option flags[] = {
	FLAG(java_multiple_files),
	FLAG(java_string_check_utf8),
	FLAG(java_generic_services),
	FLAG(cc_generic_services),
	FLAG(cc_enable_arenas),
	FLAG(py_generic_services),
	FLAG(deprecated),
};

/* Words of descriptor.proto by their numbers. */
static const char *const optimize_names[] = {
	NULL,
	"SPEED",
	"CODE_SIZE",
	"LITE_RUNTIME",
};
static const char *const presence_names[] = {
	NULL,
	"EXPLICIT",
	"IMPLICIT",
	"LEGACY_REQUIRED",
};
static const char *const enum_names[] = {NULL, "OPEN", "CLOSED"};
static const char *const repeated_names[] = {NULL, "PACKED", "EXPANDED"};
static const char *const utf8_names[] = {NULL, NULL, "VERIFY", "NONE"};
static const char *const message_names[] = {
	NULL,
	"LENGTH_PREFIXED",
	"DELIMITED",
};
static const char *const json_names[] = {NULL, "ALLOW", "LEGACY_BEST_EFFORT"};

/* A number without a word says nothing to a reader. */
static void
write_word(struct json_out *out, const char *key, int32_t number,
           const char *const *words, size_t count)
{
	if (number > 0 && (size_t)number < count && words[number] != NULL)
		json_pair_text(out, key, words[number]);
}

#define WRITE_WORD(out, key, number, words) \
	write_word(out, key, number, words, ARRAY_LEN(words))

static void
write_features(struct json_out *out, const Proto__Features *features)
{
	WRITE_WORD(out, "features.field_presence", features->field_presence,
	           presence_names);
	WRITE_WORD(out, "features.enum_type", features->enum_type, enum_names);
	WRITE_WORD(out, "features.repeated_field_encoding",
	           features->repeated_field_encoding, repeated_names);
	WRITE_WORD(out, "features.utf8_validation", features->utf8_validation,
	           utf8_names);
	WRITE_WORD(out, "features.message_encoding", features->message_encoding,
	           message_names);
	WRITE_WORD(out, "features.json_format", features->json_format,
	           json_names);
}

static void
write_standard(struct json_out *out, const Proto__FileOptions *options)
{
	const char *base = (const char *)options;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *text = *(char *const *)(base + texts[i].at);

		if (text != NULL)
			json_pair_text(out, texts[i].name, text);
	}
	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		if (*(const protobuf_c_boolean *)(base + flags[i].has))
			json_pair_bool(
				out, flags[i].name,
				*(const protobuf_c_boolean *)(base +
			                                      flags[i].at));
	}
	WRITE_WORD(out, "optimize_for", options->optimize_for, optimize_names);
	if (options->features != NULL)
		write_features(out, options->features);
}

/* --- imports -------------------------------------------------------------- */

/* Imports by their places, each once however often it is said. */
static void
write_imports(struct walk *walk, struct json_out *out, const char *key,
              const int32_t *places, size_t count)
{
	const Proto__File *file = walk->file;
	bool *chosen = arena_array(walk->arena, file->n_dependency + 1,
	                           sizeof(*chosen));

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		if (places[i] >= 0 && (size_t)places[i] < file->n_dependency)
			chosen[places[i]] = true;
	}
	json_key(out, key);
	json_open(out, '[');
	for (size_t i = 0; i < file->n_dependency; i++) {
		if (chosen[i])
			json_text(out, file->dependency[i]);
	}
	json_close(out, ']');
}

const char *
walk_file_document(struct walk *walk)
{
	const Proto__File *file = walk->file;
	struct buf document = {.arena = walk->arena};
	struct json_out out = {.buf = &document};

	json_open(&out, '{');
	json_key(&out, "standard");
	json_open(&out, '{');
	if (file->options != NULL)
		write_standard(&out, file->options);
	json_close(&out, '}');
	walk_write_options(walk, &out, "FileOptions", BASE(file->options));
	write_imports(walk, &out, "publicImports", file->public_dependency,
	              file->n_public_dependency);
	write_imports(walk, &out, "weakImports", file->weak_dependency,
	              file->n_weak_dependency);
	json_close(&out, '}');
	return buf_text(&document);
}
