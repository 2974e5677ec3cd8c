/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/buf.h"
#include "breaking/breaking.h"
#include "breaking/places.h"
#include "breaking/rules.h"
#include "breaking/side.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Inside of breaking.h: what all comparisons share, and how they say what they
 * have found. Findings are put in their places at the end, file by file, so
 * that source locations of one file at a time are in memory.
 */

enum {
	KNOWN_BUCKETS = 1024,
	SPOT_STEPS = 2 * (LIMIT_DESCRIPTOR_DEPTH + 2) + 8,
};

/* A part of a file, as a path of SourceCodeInfo. */
struct spot {
	const struct side_file *file;
	bool fixed; /* nothing smaller has a place: in map entries, which stand
	               where the type of their field stands */
	size_t len;
	size_t backup; /* how much of the path is a place for it, too */
	int32_t path[SPOT_STEPS];
};

struct pending {
	struct breaking_finding finding;
	const struct side_file *file;
	const int32_t *path; /* NULL: no place */
	size_t len;
	size_t backup;
};

/* The files of one path, and where their parts stand; NULL: there is none. */
struct file_pair {
	const struct side_file *before;
	const struct side_file *after;
	const struct places *before_places;
	const struct places *after_places;
};

struct known_file;   /* of comparison_find_enum() */
struct change_chunk; /* of change_add() */

struct comparison {
	const struct breaking_input *input;
	struct arena *arena;   /* of the result */
	struct arena *work;    /* until the end */
	struct arena *scratch; /* for one pair of files */
	struct memory memory;  /* of them */
	struct side before;
	struct side after;
	struct file_pair pair; /* at hand */
	struct pending *pending;
	size_t pending_count;
	size_t pending_cap;
	struct breaking_result *result;
	struct change_chunk *changes; /* newest first */
	struct known_file *known[KNOWN_BUCKETS];
	size_t searched; /* values of enums */
	struct fault *fault;
	bool failed; /* the fault says why: only returning is left to do */
};

/* --- places --------------------------------------------------------------- */

struct spot spot_of(const struct declaration *declaration);
void spot_add(struct spot *spot, int32_t step);

/* Of the file as a whole. */
struct spot spot_of_file(const struct side_file *file);

/* --- findings ------------------------------------------------------------- */

struct report {
	enum breaking_rule rule;
	unsigned peers;          /* 0: those of the rule */
	const struct spot *spot; /* of a file after the change, or of one that
	                            is gone */
	const char *package;     /* NULL: that of the file */
	const char *scope;       /* what the name is in; "" or NULL for none */
	const char *name;        /* NULL: the scope itself is meant */
	const char *before;      /* or NULL */
	const char *after;
};

/* Is anybody interested? To save work, since report() looks, too. */
bool wants(const struct comparison *comparison, enum breaking_rule rule);

/* A text in quotes, in one line. `escaped`: it has its escapes already, as the
 * defaults of bytes do. */
const char *quoted(struct arena *arena, const char *text, bool escaped);

/* One finding; the sentence is its detail. */
void report(struct comparison *comparison, const struct report *report,
            const char *fmt, ...) PRINTF(3, 4);

/* Fills in the places and moves the findings to the result, sorted. */
void report_finish(struct comparison *comparison);

/* --- changes -------------------------------------------------------------- */

/* What differs, piece by piece. */
struct difference {
	struct buf before;
	struct buf after;
};

struct difference difference_new(struct comparison *comparison);

/* Nothing is added when the texts are the same; NULL is "not there". */
void difference_add(struct difference *difference, const char *what,
                    const char *before, const char *after);
void difference_add_flag(struct difference *difference, const char *what,
                         bool before, bool after);
/* Custom options are compared by their bytes. */
void difference_add_options(struct difference *difference,
                            const ProtobufCMessage *before,
                            const ProtobufCMessage *after);

/* A symbol on one side only. */
void change_add(struct comparison *comparison, enum breaking_how how,
                enum symbol_kind kind, const struct spot *spot,
                const char *scope, const char *name);

/* A symbol on both sides: a change if there is a difference, or in comments. */
void change_compare(struct comparison *comparison, enum symbol_kind kind,
                    const struct spot *before, const struct spot *after,
                    const char *scope, const char *name,
                    const struct difference *difference);

/* Moves the changes to the result. */
void change_finish(struct comparison *comparison);

/* --- what all comparisons need -------------------------------------------- */

/* An enum by its full name, wherever it is declared; NULL when nobody does. */
const Proto__Enum *comparison_find_enum(struct comparison *comparison,
                                        const struct side *side,
                                        const char *full_name);

/* Before a search in so many values of one enum: a file may name a large enum
 * in each of its fields. False when it was too much. */
bool comparison_may_search(struct comparison *comparison, size_t values);

/* Without the leading dot of a type. */
const char *type_text(const char *type_name);

/* Is it, or what it is in, deprecated? */
bool is_deprecated(const struct declaration *declaration);

/* The way of all rules that ask whether something was announced; `kind` is a
 * word for the sentence. */
void report_unannounced(struct comparison *comparison, const struct spot *spot,
                        const char *kind, const char *scope, const char *name,
                        bool deprecated);

/* --- comparisons, by what is compared ------------------------------------- */

void compare_files(struct comparison *comparison,
                   const struct side_file *before,
                   const struct side_file *after);
void compare_messages(struct comparison *comparison,
                      const struct declaration *before,
                      const struct declaration *after);
void compare_enums(struct comparison *comparison,
                   const struct declaration *before,
                   const struct declaration *after);
void compare_services(struct comparison *comparison,
                      const struct declaration *before,
                      const struct declaration *after);
void compare_extensions(struct comparison *comparison,
                        const struct declaration *before,
                        const struct declaration *after);

/* A declaration that is not in the file of its path any more, or nowhere. */
void compare_removed(struct comparison *comparison,
                     const struct declaration *before,
                     const struct side_file *after);

/* A declaration came or went, with its fields, values or RPCs; what is declared
 * inside of it is a declaration of its own. */
void change_whole(struct comparison *comparison, enum breaking_how how,
                  const struct declaration *declaration);

/* The same thing on a side: by its full name; extensions by their number. */
const struct declaration *counterpart(const struct side *side,
                                      const struct declaration *declaration);
