/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "breaking/breaking.h"
#include "breaking/policy.h"
#include "db/db.h"

#include <stddef.h>
#include <stdint.h>

struct api_waiver;
struct arena;
struct fault;
struct json_out;

/*
 * What changed between two revisions of a proto repository, what that breaks,
 * and which services of the catalogue it hits. It is worked out from the stored
 * files that differ each time it is asked for, and judged by the policy and the
 * waivers of that time.
 */

/* A service that calls or implements what breaks. Texts are the arena's. */
struct api_hit {
	size_t finding; /* number of */
	const char *service;
	const char *team;        /* or NULL */
	const char *role;        /* "consumes" or "provides" */
	const char *const *rpcs; /* RPCs or gRPC services that its spec names */
	size_t rpc_count;
};

struct api_verdict {
	enum breaking_verdict verdict;
	const struct api_waiver *waiver; /* of what is waived, or NULL */
};

struct api_diff {
	struct breaking_result result;
	struct api_verdict *verdicts; /* one for each finding */
	size_t counts[BREAKING_VERDICT_END];
	size_t files;         /* that differ */
	struct api_hit *hits; /* by finding, role, service */
	size_t hit_count;
};

/*
 * DB_NONE with a fault when the two cannot be compared. `spool_dir` takes the
 * files meanwhile.
 */
MUST_USE enum db_result api_diff(struct db *db, struct arena *arena,
                                 int64_t repository, int64_t from, int64_t to,
                                 const char *spool_dir, struct api_diff *ret,
                                 struct fault *fault);

/* Finds the hits of a comparison with revision `from` again, as they are now.
 */
MUST_USE enum db_result api_diff_hits(struct db *db, struct arena *arena,
                                      int64_t repository, int64_t from,
                                      struct api_diff *diff);

/* The members of ApiVerdictCounts. */
void api_write_verdicts(struct json_out *out,
                        const size_t counts[BREAKING_VERDICT_END]);

/* ApiFinding, and ApiChange. */
void api_write_finding(struct json_out *out, const struct api_diff *diff,
                       size_t finding);
void api_write_change(struct json_out *out,
                      const struct breaking_change *change);

/* "impact": each service once by role and name, with the RPCs of all findings.
 */
void api_write_impact(struct json_out *out, struct arena *arena,
                      const struct api_diff *diff);
