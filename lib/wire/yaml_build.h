/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/limits.h"
#include "wire/tree.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct faults;

/*
 * Builds the tree of one YAML document from what wire/yaml.c reads, and refuses
 * what JSON cannot say or what is past a limit. It does not know libyaml.
 */

/* A container that is being read. */
struct build_frame {
	json_t *container;
	const char *key; /* of an object: its value comes next; else NULL */
	size_t key_len;
	struct place key_place;
	const char *pointer; /* made when the first fault asks for it */
	size_t anchor;       /* 1-based; 0 = none */
	size_t nodes_before;
	size_t bytes_before;
	unsigned height; /* levels of containers, itself included */
	size_t members;  /* of an object, also those given twice */
};

struct build_anchor {
	json_t *value; /* borrowed from the tree; NULL while it is open */
	size_t nodes;
	size_t bytes;
	unsigned height;
};

struct build {
	/* The caller sets these for each document, and `place` as it goes. */
	struct tree *tree;
	struct faults *faults;
	const char *pointer; /* of the root */
	struct place place;

	struct arena *arena; /* of one document */
	size_t nodes;        /* values, those of aliases included */
	size_t bytes;        /* of texts, likewise */
	size_t alias_nodes;
	size_t alias_bytes;
	json_t *anchor_names; /* name to number */
	struct build_anchor *anchors;
	size_t anchor_count;
	size_t anchor_cap;
	size_t depth;
	struct build_frame frames[LIMIT_DEPTH];
};

/* A scalar as it was written. */
struct build_scalar {
	const char *text; /* NUL terminated at `len` */
	size_t len;
	bool plain; /* without quotes */
	const char *anchor;
	const char *tag;
};

void build_init(struct build *build);
void build_fini(struct build *build);

/* Forgets the last document. */
void build_start(struct build *build, struct tree *tree, const char *pointer,
                 struct faults *faults);

/* TREE_READ, or TREE_REFUSED with a fault: read no further. */
MUST_USE enum tree_result build_scalar(struct build *build,
                                       const struct build_scalar *scalar);
MUST_USE enum tree_result build_alias(struct build *build, const char *anchor);
MUST_USE enum tree_result build_open(struct build *build, bool object,
                                     const char *anchor, const char *tag);
void build_close(struct build *build);

/* Adds a fault at the place and pointer of what is being read. */
MUST_USE enum tree_result build_refuse(struct build *build, const char *code,
                                       const char *detail);
