/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor_walk.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/descriptor_options.h"
#include "wire/json_out.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

static const char *const kind_names[SYMBOL_KIND_END] = {
	"service", "method", "message", "field", "enum", "value", "extension",
};

const char *
symbol_kind_name(enum symbol_kind kind)
{
	return kind_names[kind];
}

/* --- what is gathered ----------------------------------------------------- */

void
walk_enter(struct walk *walk, int32_t kind, size_t index)
{
	walk->path[walk->path_len++] = kind;
	walk->path[walk->path_len++] = (int32_t)index;
}

void
walk_leave(struct walk *walk)
{
	walk->path_len -= 2;
}

struct source_note
walk_note(const struct walk *walk)
{
	return source_find(walk->source, walk->path, walk->path_len);
}

bool
walk_refuse(const struct walk *walk, const char *code, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	(void)fault_set(walk->fault, code, "%s",
	                arena_vprintf(walk->arena, fmt, args));
	va_end(args);
	walk->fault->pointer = "#";
	walk->fault->line = walk_note(walk).line;
	return false;
}

static void
add_symbol(struct walk *walk, const struct symbol *symbol)
{
	struct symbols *all = walk->symbols;

	if (all->count == walk->symbol_cap) {
		walk->symbol_cap =
			walk->symbol_cap == 0 ? 64 : 2 * walk->symbol_cap;
		all->items = arena_grow(walk->arena, all->items,
		                        all->count * sizeof(*all->items),
		                        walk->symbol_cap * sizeof(*all->items));
	}
	all->items[all->count++] = *symbol;
}

void
walk_reference(struct walk *walk, const char *to)
{
	struct symbols *all = walk->symbols;

	if (all->reference_count == walk->reference_cap) {
		walk->reference_cap =
			walk->reference_cap == 0 ? 64 : 2 * walk->reference_cap;
		all->references = arena_grow(
			walk->arena, all->references,
			all->reference_count * sizeof(*all->references),
			walk->reference_cap * sizeof(*all->references));
	}
	const struct symbol *from = &all->items[all->count - 1];
	all->references[all->reference_count++] = (struct reference){
		.kind = from->kind,
		.from = from->full_name,
		.owner = from->kind == SYMBOL_FIELD ? from->parent
	                                            : from->full_name,
		.to = to,
		.line = from->line,
	};
}

/* --- names ---------------------------------------------------------------- */

bool
walk_is_name(const char *name, size_t len)
{
	if (len == 0 || isdigit((unsigned char)name[0]))
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];

		if (c >= 0x80 || (!isalnum(c) && c != '_'))
			return false;
	}
	return true;
}

/* Identifiers with dots between. */
bool
walk_is_dotted(const char *name)
{
	for (;;) {
		size_t len = strcspn(name, ".");

		if (!walk_is_name(name, len))
			return false;
		if (name[len] == '\0')
			return true;
		name += len + 1;
	}
}

static const char *
join(struct arena *arena, const char *scope, const char *name)
{
	return str_empty(scope) ? name
	                        : arena_printf(arena, "%s.%s", scope, name);
}

/* A type without its leading dot; NULL with a fault when it has none. */
const char *
walk_type(const struct walk *walk, const char *name, const char *of)
{
	if (name != NULL && name[0] == '.' && walk_is_dotted(name + 1) &&
	    strlen(name + 1) <= LIMIT_DESCRIPTOR_NAME)
		return name + 1;
	(void)walk_refuse(
		walk, "type-name",
		"the type of %s is not fully qualified, with a dot before "
		"it, or too long",
		of);
	return NULL;
}

/*
 * Begins a symbol: its name is checked, its note read. False with a fault. What
 * is inside adds symbols of its own and may move this one, so it is known by
 * its number.
 */
bool
walk_begin(struct walk *walk, enum symbol_kind kind, const char *scope,
           const char *parent, const char *name, struct source_note *ret_note,
           size_t *ret)
{
	if (name == NULL || !walk_is_name(name, strlen(name)))
		return walk_refuse(walk, "name", "a %s has no valid name",
		                   kind_names[kind]);
	/* Each name holds those of all that it is in. */
	if (strlen(name) + (scope == NULL ? 0 : strlen(scope) + 1) >
	    LIMIT_DESCRIPTOR_NAME)
		return walk_refuse(walk, "too-long",
		                   "the full name of a %s is longer than %d "
		                   "bytes",
		                   kind_names[kind], LIMIT_DESCRIPTOR_NAME);
	if (arena_used(walk->arena) > LIMIT_DESCRIPTOR_SYMBOLS)
		return walk_refuse(walk, "too-large",
		                   "what it declares is too large in memory");
	*ret_note = walk_note(walk);
	*ret = walk->symbols->count;
	add_symbol(walk, &(struct symbol){
				 .kind = kind,
				 .full_name = join(walk->arena, scope, name),
				 .name = name,
				 .parent = parent,
				 .line = ret_note->line,
				 .comment = ret_note->leading,
			 });
	return true;
}

void
walk_write_note(struct json_out *out, const struct source_note *note)
{
	if (note->line > 0)
		json_pair_int(out, "line", note->line);
	if (note->leading != NULL)
		json_pair_text(out, "comment", note->leading);
	if (note->trailing != NULL)
		json_pair_text(out, "trailingComment", note->trailing);
	if (note->detached_count == 0)
		return;
	json_key(out, "detachedComments");
	json_open(out, '[');
	for (size_t i = 0; i < note->detached_count; i++)
		json_text(out, note->detached[i]);
	json_close(out, ']');
}

void
walk_write_options(const struct walk *walk, struct json_out *out,
                   const char *extendee, const ProtobufCMessage *options)
{
	if (walk->options != NULL)
		options_write(walk->options, extendee, options, out);
}

void
walk_write_if(struct json_out *out, const char *key, bool holds)
{
	if (holds)
		json_pair_bool(out, key, true);
}
