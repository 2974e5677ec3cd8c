/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "store/spec.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct cli;

/*
 * The spec files that were named on the command line, and the one stream that a
 * full set is sent as: lines of the stream lead back to file and line.
 */

struct source {
	const char *name;
	const char *bytes;
	size_t len;
	enum spec_format format;
	unsigned first; /* line of the stream where it begins */
};

struct sources {
	size_t count;
	struct source *items;
};

/* Reads every operand; "-" is stdin. False: it has said what is wrong. */
MUST_USE bool sources_read(struct cli *cli, struct sources *ret);

/*
 * All files as one: YAML documents, or one JSON array when all are JSON. NULL,
 * or what stands against it.
 */
MUST_USE const char *sources_join(struct sources *sources, struct buf *ret,
                                  enum spec_format *ret_format);

/* The specs of one file: YAML documents, a JSON array, or one JSON object. */
enum spec_result sources_specs(const struct source *source, struct arena *arena,
                               struct spec_set *ret);

/* The file of a line of the stream; NULL for line 0. */
const struct source *sources_find(const struct sources *sources, unsigned line);
