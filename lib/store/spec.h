/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/fault.h"

#include <stddef.h>

struct arena;

/*
 * Reads service specs (schemas/service-spec.json) from YAML or JSON within the
 * limits of wire/limits.h, checks them and gathers all faults at once, each
 * with its pointer, line and column.
 */

enum spec_format {
	SPEC_FORMAT_YAML,
	SPEC_FORMAT_JSON,
	SPEC_FORMAT_END,
};

enum spec_result {
	SPEC_OK,
	SPEC_MALFORMED, /* no YAML or JSON at all, or no UTF-8 */
	SPEC_INVALID,   /* past a limit, or not as the schema wants it */
};

/* One document. Texts live in the arena. */
struct spec {
	const char *service_id; /* NULL when it could not be told */
	const char *team;       /* NULL when none */
	const char *json;       /* canonical; NULL when it has faults */
	const char *source;     /* its text as received, valid UTF-8 */
	unsigned line;          /* where it begins in the stream */
	/* Pointers "#/tier" alone, "#/3/tier" in a set; lines of the stream. */
	struct faults faults;
};

struct spec_set {
	struct spec *items;
	size_t count;
	struct faults faults;   /* of all, in order */
	struct faults warnings; /* what is taken, but looks like a mistake */
};

/*
 * One document; `want_id` is the id it must have, NULL for any. The canonical
 * JSON has sorted keys, no spaces, and numbers with 15 digits at most.
 */
MUST_USE enum spec_result spec_read(const char *bytes, size_t len,
                                    enum spec_format format,
                                    const char *want_id, struct arena *arena,
                                    struct spec_set *ret);

/*
 * A full set: the documents of a YAML stream or the items of a JSON array. An
 * id that is given twice is a fault. Time grows with the length of the text;
 * one document at a time is held as a tree.
 */
MUST_USE enum spec_result spec_set_read(const char *bytes, size_t len,
                                        enum spec_format format,
                                        struct arena *arena,
                                        struct spec_set *ret);
