/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What a .proto file declares, as symbols with documents: the model of gRPC
 * APIs that is stored, searched and shown. Map entries and the oneofs that
 * protoc makes for optional fields of proto3 are none: a map is a field, and
 * presence is said of the field. Features of editions are resolved here, file
 * over message over field (https://protobuf.dev/editions/features/).
 */

enum symbol_kind {
	SYMBOL_SERVICE,
	SYMBOL_METHOD,
	SYMBOL_MESSAGE,
	SYMBOL_FIELD,
	SYMBOL_ENUM,
	SYMBOL_VALUE,
	SYMBOL_EXTENSION,
	SYMBOL_KIND_END,
};

struct symbol {
	enum symbol_kind kind;
	const char *full_name; /* acme.shop.v1.Order.id; a value is named after
	                          its enum, not beside it as in protobuf */
	const char *name;
	const char *parent; /* full name of what it is in; NULL: the package */
	unsigned line;      /* of the file; 0 = not known */
	bool deprecated;
	const char *comment;  /* above it, or NULL */
	const char *document; /* JSON; NULL of what is in that of its parent */
};

/* `from` names the type `to`: of a field, of an RPC, of what it extends. */
struct reference {
	enum symbol_kind kind; /* field, method or extension */
	const char *from;      /* its full name */
	const char *owner;     /* of a field its message, else the same */
	const char *to;        /* full name of a message or enum */
	unsigned line;
};

struct options;

struct symbols {
	struct symbol *items; /* what is inside another comes after it */
	size_t count;
	struct reference *references;
	size_t reference_count;
	const char *document; /* JSON: what the file says of itself */
};

/* "service", "method", "message", "field", "enum", "value", "extension" */
const char *symbol_kind_name(enum symbol_kind kind);

/*
 * The symbols of a file, in the arena; custom options are left out when
 * `options` is NULL. False with a fault, which has the line in the .proto file
 * where that is known, when names are none, types are not fully qualified, or
 * numbers are out of range.
 */
MUST_USE bool symbols_read(struct arena *arena, const Proto__File *file,
                           const struct options *options, struct symbols *ret,
                           struct fault *fault);
