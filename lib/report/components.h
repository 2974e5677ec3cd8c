/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

struct arena;
struct fault;
struct json_out;

/*
 * The components of a bill of materials, by what they are called without their
 * version: the package URL up to there, else group and name. A value is the
 * version; a list of them, in order, when there are several; null when it is
 * not said.
 */

struct component {
	const char *type;
	const char *group;
	const char *name;
	const char *version;
	const char *purl;
};

struct components {
	struct arena *arena;
	json_t *items;
	json_t *types; /* how many there are of each */
	json_t *about; /* what the bill is of; NULL = not said */
	size_t count;
};

void components_begin(struct components *components, struct arena *arena);

/* Takes copies. -1 with the fault when there is something wrong with it. */
MUST_USE int components_add(struct components *components,
                            const struct component *component,
                            struct fault *fault);

/* What the bill is of. */
MUST_USE int components_set_about(struct components *components,
                                  const struct component *component,
                                  struct fault *fault);

void components_write(const struct components *components,
                      struct json_out *out);

/* What a bill says of its own form; false when this is none that we read. */
bool cyclonedx_is_version(const char *text);

/* The two forms that a bill of materials comes in. False with a fault. */
struct faults;
MUST_USE bool cyclonedx_read_json(const char *bytes, size_t len,
                                  struct components *ret,
                                  struct faults *faults);
MUST_USE bool cyclonedx_read_xml(const char *bytes, size_t len,
                                 struct components *ret, struct faults *faults);
