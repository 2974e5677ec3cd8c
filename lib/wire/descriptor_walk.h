/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor_source.h"
#include "wire/descriptor_symbol.h"
#include "wire/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Inside of descriptor_symbol.h: the way through a file, what has been gathered
 * on it, and what documents of all kinds have in common.
 */

struct json_out;
struct options;

enum {
	WALK_STEPS = 2 * (LIMIT_DESCRIPTOR_DEPTH + 2),
};

struct walk {
	struct arena *arena;
	const Proto__File *file;
	const struct source_index *source;
	const struct options *options; /* or NULL */
	struct symbols *symbols;
	size_t symbol_cap;
	size_t reference_cap;
	struct fault *fault;
	int32_t path[WALK_STEPS]; /* of SourceCodeInfo */
	size_t path_len;
};

/* What protobuf-c has in common of options messages, or NULL. */
#define BASE(options) ((options) == NULL ? NULL : &(options)->base)

/* Into the part of a kind (its number in descriptor.proto), and out again. */
void walk_enter(struct walk *walk, int32_t kind, size_t index);
void walk_leave(struct walk *walk);

struct source_note walk_note(const struct walk *walk);

/* Fills the fault, with the line of where the walk is; answers false. */
bool walk_refuse(const struct walk *walk, const char *code, const char *fmt,
                 ...) PRINTF(3, 4);

/*
 * Begins a symbol: its name is checked, its note read. False with a fault. What
 * is inside adds symbols of its own and may move this one, so it is known by
 * its number. `scope` is what its full name begins with, "" or NULL for none.
 */
MUST_USE bool walk_begin(struct walk *walk, enum symbol_kind kind,
                         const char *scope, const char *parent,
                         const char *name, struct source_note *ret_note,
                         size_t *ret);

/* The symbol that was begun last names the type `to`. */
void walk_reference(struct walk *walk, const char *to);

bool walk_is_name(const char *name, size_t len);
bool walk_is_dotted(const char *name); /* names with dots between */

/* A type without its leading dot; NULL with a fault when it has none. */
const char *walk_type(const struct walk *walk, const char *name,
                      const char *of);

/* Members of a document that are left out when there is nothing to say. */
void walk_write_note(struct json_out *out, const struct source_note *note);
void walk_write_options(const struct walk *walk, struct json_out *out,
                        const char *extendee, const ProtobufCMessage *options);
void walk_write_if(struct json_out *out, const char *key, bool holds);

/* ApiFileDocument (descriptor_file.c). */
const char *walk_file_document(struct walk *walk);
