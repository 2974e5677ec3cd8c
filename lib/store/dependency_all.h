/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * The whole dependency graph in memory. It is put together here and not in the
 * database, which takes several times as long to join it. Texts live in the
 * arena.
 */

/* A live service. */
struct dependency_service {
	int64_t number;
	const char *id;
	const char *team; /* NULL = none */
	bool alone;       /* it needs nothing and nothing needs it */
};

/* From one service to another, by their places in `services`; sorted, each
 * once. */
struct dependency_pair {
	int64_t from;
	int64_t to;
};

/* Something that a service needs and that is not in the catalogue: one row for
 * each service and RPC, sorted by key, then service, then RPC. */
struct dependency_unmet {
	const char *key;
	size_t from;
	const char *rpc; /* NULL = by dependsOn */
};

struct dependency_all {
	struct dependency_service *services;
	size_t service_count;
	struct dependency_pair *pairs;
	size_t pair_count;
	struct dependency_unmet *unmet;
	size_t unmet_count;
};

MUST_USE enum db_result dependency_all(struct db *db, struct arena *arena,
                                       struct dependency_all *ret);
