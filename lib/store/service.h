/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Reading the catalogue. Documents come out as they were rendered when they
 * were written; rows live as long as the arena. `at` is RFC 3339, NULL is now.
 */

enum service_sort {
	SERVICE_SORT_NAME,
	SERVICE_SORT_UPDATED, /* newest first */
	SERVICE_SORT_TEAM,
	SERVICE_SORT_TIER,
	SERVICE_SORT_END,
};

/* The word for it, as in addresses. */
const char *service_sort_name(enum service_sort sort);

/* What a list shows. A facet is "team:x" with a kind of team, corp, tag,
 * lifecycle or tier; each service must have all of them. */
struct service_filter {
	const char *words; /* each is found in the service; NULL = any */
	const char *const *choices;
	size_t choice_count; /* at most one of a kind */
	const char *const *tags;
	size_t tag_count; /* "tag:x" */
	bool tombstoned;  /* these instead of the live ones */
	const char *at;
};

struct service_page {
	enum service_sort sort;
	const char *after_key; /* of the last row of the page before, or "" */
	const char *after_id;
	int64_t limit;
};

/* Columns of service_list(). */
enum {
	SERVICE_LIST_JSON, /* ServiceItem */
	SERVICE_LIST_KEY,
	SERVICE_LIST_ID,
};

MUST_USE enum db_result service_list(struct db *db, struct arena *arena,
                                     const struct service_filter *filter,
                                     const struct service_page *page,
                                     struct rows *ret);

/* Columns of service_facets(). Kinds stand together, the most frequent value
 * first; the kind "total" has one row. */
enum {
	SERVICE_FACET_KIND,
	SERVICE_FACET_VALUE,
	SERVICE_FACET_COUNT,
};

/*
 * How many services each choice would show. A choice among teams replaces the
 * team of the filter, so that is left out of their counts; of tags there may be
 * several, so those of the filter stay.
 */
MUST_USE enum db_result service_facets(struct db *db, struct arena *arena,
                                       const struct service_filter *filter,
                                       struct rows *ret);

struct service {
	const char *detail_json; /* Service */
	const char *source;      /* who publishes it */
	const char *seen_at;     /* the last publish, changed or not */
	bool gone;               /* tombstoned now */
};

MUST_USE enum db_result service_find(struct db *db, struct arena *arena,
                                     const char *id, const char *at,
                                     struct service *ret);

/* The id that a service of this id or earlier id goes by today. */
MUST_USE enum db_result service_there(struct db *db, struct arena *arena,
                                      const char *id, const char **ret);

/* At most 5 ids that look like this one; column 0. */
MUST_USE enum db_result service_nearest(struct db *db, struct arena *arena,
                                        const char *id, struct rows *ret);
