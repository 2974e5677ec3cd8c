/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* The specs that a service has had. */

enum {
	VERSION_NUMBER_MAX = INT32_MAX,
};

/* Columns of version_list(). */
enum {
	VERSION_LIST_JSON, /* Version */
	VERSION_LIST_NUMBER,
};

/* The newest first, of numbers below `before`. */
MUST_USE enum db_result version_list(struct db *db, struct arena *arena,
                                     const char *id, int64_t before,
                                     int64_t limit, struct rows *ret);

struct version {
	const char *document; /* Version */
	const char *spec;     /* JSON */
	const char *source;   /* as received */
	const char *changes;  /* Change[] against what was there when it came */
};

MUST_USE enum db_result version_find(struct db *db, struct arena *arena,
                                     const char *id, int64_t number,
                                     struct version *ret);

struct version_diff {
	const char *before; /* Version */
	const char *after;
	const char *changes; /* Change[] */
	bool has_before;     /* is there such a version */
	bool has_after;
};

/* A number that is not there counts as an empty spec. DB_NONE without the
 * service. */
MUST_USE enum db_result version_diff(struct db *db, struct arena *arena,
                                     const char *id, int64_t before,
                                     int64_t after, struct version_diff *ret);
