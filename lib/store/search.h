/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdint.h>

struct arena;

/* One search over everything that has an entry in search_entry. */

/* Columns of search_find(). */
enum {
	SEARCH_KIND, /* service, team */
	SEARCH_KEY,
	SEARCH_TITLE,
	SEARCH_DETAIL,
	SEARCH_TEAM,
};

/* The best hits first; each has every word. `kind` NULL is all. */
MUST_USE enum db_result search_find(struct db *db, struct arena *arena,
                                    const char *words, const char *kind,
                                    int64_t limit, struct rows *ret);
