/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * The dependency graph: who needs whom, by dependsOn of the specs and by the
 * RPCs that one service consumes and another provides. A node is known by a
 * key: the id of a service, whether it is in the catalogue or not, and
 * grpc:NAME for a gRPC service that nobody provides.
 */

enum {
	DEPENDENCY_HOPS_MAX = 3,
};

/* What lies around a service. */
struct dependency_reach {
	const char **keys; /* nearest first, equally near ones by name */
	size_t ends[DEPENDENCY_HOPS_MAX + 1]; /* of those so many hops away */
	size_t count;
};

/* Follows what services need (`needs`), what needs them (`needed`), or both. */
MUST_USE enum db_result dependency_reach(struct db *db, struct arena *arena,
                                         const char *center, int64_t hops,
                                         bool needs, bool needed,
                                         struct dependency_reach *ret);

/* Columns of dependency_nodes(). */
enum {
	DEPENDENCY_NODE_KEY,
	DEPENDENCY_NODE_KIND, /* service unknown grpc */
	DEPENDENCY_NODE_TEAM,
	DEPENDENCY_NODE_TIER,
	DEPENDENCY_NODE_LIFECYCLE,
	DEPENDENCY_NODE_GONE, /* it was in the catalogue and is no longer */
};

MUST_USE enum db_result dependency_nodes(struct db *db, struct arena *arena,
                                         const char *const *keys, size_t count,
                                         struct rows *ret);

/* Columns of a list of edges; DependencyEdge is column 0. */
enum {
	DEPENDENCY_EDGE_FROM = 1,
	DEPENDENCY_EDGE_TO,
	DEPENDENCY_EDGE_TOTAL, /* on all pages */
};

/* Where a page of edges begins ("" = at the beginning), and how long it is. */
struct dependency_page {
	const char *after_from;
	const char *after_to;
	int64_t limit;
};

/* Edges of which both ends are among these. */
MUST_USE enum db_result dependency_edges(struct db *db, struct arena *arena,
                                         const char *const *keys, size_t count,
                                         const struct dependency_page *page,
                                         struct rows *ret);

/* Edges from services of one team to those of another; "" = without a team,
 * `to` NULL = to what is not in the catalogue. */
MUST_USE enum db_result
dependency_team_pairs(struct db *db, struct arena *arena, const char *from,
                      const char *to, const struct dependency_page *page,
                      struct rows *ret);
