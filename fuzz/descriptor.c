/* SPDX-License-Identifier: Apache-2.0 */
/* A FileDescriptorSet, file by file: whatever is taken is whole and bounded. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/descriptor.h"
#include "wire/descriptor_options.h"
#include "wire/descriptor_symbol.h"
#include "wire/json_scan.h"
#include "wire/limits.h"

#include <string.h>

static void
check_name(const char *name)
{
	HOLDS(name == NULL || str_is_utf8(name, strlen(name)));
}

static void
check_message(const Proto__Message *message, unsigned depth)
{
	HOLDS(depth <= LIMIT_DESCRIPTOR_DEPTH);
	check_name(message->name);
	for (size_t i = 0; i < message->n_field; i++) {
		check_name(message->field[i]->name);
		check_name(message->field[i]->type_name);
		check_name(message->field[i]->default_value);
	}
	for (size_t i = 0; i < message->n_nested_type; i++)
		check_message(message->nested_type[i], depth + 1);
}

static void
check_symbols(struct arena *arena, const Proto__File *file)
{
	struct options *options = options_new(arena);
	struct symbols symbols;
	struct fault fault = {0};

	options_add(options, file);
	if (!symbols_read(arena, file, options, &symbols, &fault)) {
		HOLDS(fault.code != NULL && *fault.detail != '\0');
		return;
	}
	size_t at;
	HOLDS(json_scan(symbols.document, strlen(symbols.document), &at) ==
	      JSON_BREACH_NONE);
	for (size_t i = 0; i < symbols.count; i++) {
		const struct symbol *symbol = &symbols.items[i];

		fuzz_check_line(symbol->full_name);
		if (symbol->comment != NULL)
			HOLDS(str_is_utf8(symbol->comment,
			                  strlen(symbol->comment)));
		if (symbol->document != NULL)
			HOLDS(json_scan(symbol->document,
			                strlen(symbol->document),
			                &at) == JSON_BREACH_NONE);
	}
	for (size_t i = 0; i < symbols.reference_count; i++)
		fuzz_check_line(symbols.references[i].to);
}

static void
check_file(struct arena *arena, const Proto__File *file)
{
	HOLDS(file->name != NULL && *file->name != '\0');
	check_name(file->name);
	check_name(file->package);
	for (size_t i = 0; i < file->n_dependency; i++)
		check_name(file->dependency[i]);
	for (size_t i = 0; i < file->n_message_type; i++)
		check_message(file->message_type[i], 1);
	check_symbols(arena, file);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	struct descriptor_walk walk = {.set = {.bytes = bytes, .len = len}};
	struct wire_bytes file = {0};
	struct fault fault = {0};
	enum descriptor_result result;

	while ((result = descriptor_next(&walk, &file, &fault)) ==
	       DESCRIPTOR_FILE) {
		HOLDS(file.bytes >= bytes &&
		      file.bytes + file.len <= bytes + len);
		const Proto__File *read = descriptor_read(arena, file, &fault);
		if (read != NULL) {
			check_file(arena, read);
		} else {
			HOLDS(fault.code != NULL && *fault.detail != '\0');
			HOLDS(fault.pointer[0] == '#');
		}
	}
	if (result == DESCRIPTOR_MALFORMED)
		HOLDS(fault.code != NULL);
	else
		HOLDS(walk.at == len);

	/* The input as one file, which reaches deeper. */
	file = walk.set;
	const Proto__File *whole = descriptor_read(arena, file, &fault);
	if (whole != NULL)
		check_file(arena, whole);
}
