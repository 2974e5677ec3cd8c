/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor_symbol.h"
#include "wire/protobuf_wire.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct fault;

/*
 * What a change of protobuf descriptors breaks. Two versions of a set of files
 * are compared by names and numbers; what comes out are findings, by the rules
 * of buf (https://buf.build/docs/breaking/rules/) under its names and
 * categories and by some of our own, and changes: every symbol that came, went
 * or differs, for a view of the difference.
 *
 * Only files that differ are given. What follows from them in files that are
 * the same is not found: that is the default of a field whose enum has another
 * first value now.
 */

/* Categories; a rule is in several. */
enum {
	BREAKING_FILE = 1 << 0,      /* generated code, file by file */
	BREAKING_PACKAGE = 1 << 1,   /* generated code, package by package */
	BREAKING_WIRE_JSON = 1 << 2, /* messages, in binary and as JSON */
	BREAKING_WIRE = 1 << 3,      /* messages, in binary */
	BREAKING_OURS = 1 << 4,      /* rules that buf has not */
	BREAKING_ALL = (1 << 5) - 1,
};

/* Who breaks. */
enum {
	BREAKING_PEER_WIRE = 1 << 0,   /* peers that speak binary */
	BREAKING_PEER_JSON = 1 << 1,   /* peers that speak JSON */
	BREAKING_PEER_SOURCE = 1 << 2, /* whoever compiles generated code */
};

/*
 * Kinds of what a package declares, as a mask: one that has no enum any more
 * has lost them with the last one, says buf, and reports none of them. Of
 * services it reports even the last one.
 */
enum {
	BREAKING_MESSAGES = 1 << 0,
	BREAKING_ENUMS = 1 << 1,
	BREAKING_EXTENSIONS = 1 << 2,
};

struct breaking_package {
	const char *name; /* "" for none */
	unsigned declares;
};

struct breaking_side {
	const struct wire_bytes *files; /* serialized FileDescriptorProtos */
	size_t count;
};

struct breaking_input {
	/* Files that differ between the versions or are in one of them only,
	 * and those that are the same but have fields whose default is another
	 * value of an enum now; the bytes are the caller's. */
	struct breaking_side before;
	struct breaking_side after;

	/* Of the files that are the same on both sides: their packages, in any
	 * order and as often as one likes (breaking_package_of) … */
	const struct breaking_package *same_packages;
	size_t same_package_count;

	/* … and the bytes of the one that declares an enum, if any does. May be
	 * NULL: such enums are then taken to differ from all others. */
	bool (*find)(void *context, const char *full_name,
	             struct wire_bytes *ret);
	void *context;

	unsigned categories; /* findings of others are not made */
};

struct breaking_finding {
	const char *rule;    /* "FIELD_NO_DELETE" */
	unsigned categories; /* all that the rule is in */
	unsigned peers;
	const char *path; /* of the file after the change, or, when that is */
	bool gone;        /* gone, of the file before it */
	unsigned line;    /* 1-based; 0: the file as a whole, or not known */
	unsigned column;
	const char *package;
	const char *full_name; /* of the symbol: acme.v1.Order.id */
	const char *detail;    /* one sentence, no final dot */
	const char *fix;       /* one sentence, how to do without breaking */
	const char *before;    /* short values, or NULL */
	const char *after;
};

enum breaking_how {
	BREAKING_ADDED,
	BREAKING_REMOVED,
	BREAKING_CHANGED,
};

struct breaking_change {
	enum breaking_how how;
	enum symbol_kind kind;
	bool only_comment;     /* nothing but what is written beside it */
	const char *full_name; /* as now, or as it was when removed */
	const char *package;
	const char *path;   /* of the file it is in, or was in when removed */
	unsigned line;      /* there; 0 = not known */
	const char *before; /* what differs: "type int32, name id"; or NULL */
	const char *after;
};

struct breaking_result {
	struct breaking_finding *findings; /* by path, line, column, rule,
	                                      full name */
	size_t finding_count;
	struct breaking_change *changes; /* file by file, by path */
	size_t change_count;
};

/*
 * The result is in the arena and does not point into the bytes of the input.
 * False with a fault when a file is malformed (descriptor_read), comes twice on
 * one side, or more memory than LIMIT_BREAKING_MEMORY would be needed.
 */
MUST_USE bool breaking_compare(struct arena *arena,
                               const struct breaking_input *input,
                               struct breaking_result *ret,
                               struct fault *fault);

/* The package of a file, and what kinds of things the file declares. */
MUST_USE bool breaking_package_of(struct arena *arena, struct wire_bytes file,
                                  struct breaking_package *ret,
                                  struct fault *fault);

/* "FILE", "PACKAGE", "WIRE_JSON", "WIRE", "MDASH"; NULL when it is no single
 * category. */
const char *breaking_category_name(unsigned category);
