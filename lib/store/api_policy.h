/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "breaking/policy.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct identity;

/*
 * The policy and the waivers of a proto repository: for judging findings, and
 * for those who set them. Texts are the arena's.
 */

enum {
	API_POLICY_ITEMS_MAX = 200,
	API_WAIVERS_MAX = 1000, /* in force in one repository */
};

/* --- judging -------------------------------------------------------------- */

/* A waiver in force. */
struct api_waiver {
	int64_t id;
	const char *rule; /* NULL = every rule */
	const char *subject;
	const char *reason;
	const char *until;
	const char *granted_by;
};

struct api_policy {
	struct breaking_policy policy;
	const struct api_waiver *waivers; /* as numbered by the policy */
};

/* As it is now. */
MUST_USE enum db_result api_policy_read(struct db *db, struct arena *arena,
                                        int64_t repository,
                                        struct api_policy *ret);

/* --- the policy ----------------------------------------------------------- */

/* ApiPolicy. */
MUST_USE enum db_result api_policy_find(struct db *db, struct arena *arena,
                                        int64_t repository, const char **ret);

/* `items` is an array of ApiPolicyItem that has been checked. DB_CONFLICT when
 * the version is another one by now. */
MUST_USE enum db_result api_policy_replace(struct db *db, struct arena *arena,
                                           int64_t repository, int64_t version,
                                           const char *items,
                                           const struct identity *who);

/* --- waivers -------------------------------------------------------------- */

/* Columns of api_waiver_list(). */
enum {
	API_WAIVER_LIST_JSON, /* ApiWaiver */
	API_WAIVER_LIST_ID,
};
/* `state` is active, past or all. */
MUST_USE enum db_result api_waiver_list(struct db *db, struct arena *arena,
                                        int64_t repository, const char *state,
                                        int64_t before, int64_t limit,
                                        struct rows *ret);

struct api_waiver_draft {
	const char *rule; /* NULL = every rule */
	const char *subject;
	const char *reason;
	const char *until; /* RFC 3339 in UTC */
};

/* ApiWaiver. DB_CONFLICT when API_WAIVERS_MAX are in force. */
MUST_USE enum db_result api_waiver_grant(struct db *db, struct arena *arena,
                                         int64_t repository,
                                         const struct api_waiver_draft *draft,
                                         const struct identity *who,
                                         const char **ret);

/* DB_NONE when there is no such waiver; ending twice is fine. */
MUST_USE enum db_result api_waiver_end(struct db *db, struct arena *arena,
                                       int64_t repository, int64_t id,
                                       const struct identity *who);
