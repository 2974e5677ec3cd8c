/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdint.h>

struct arena;
struct identity;

/*
 * Campaigns: what somebody asks of services. Drafts and changes are JSON texts
 * whose members have been checked. Texts are the arena's.
 */

/*
 * What became of a request: an HTTP status, from 200 to 202 with a document;
 * else a sentence, with 422 the pointer of what is wrong, with 403 the team
 * whose members may, and the caller rolls back.
 */
struct campaign_answer {
	int64_t status;
	const char *pointer;
	const char *detail;
	const char *body;
};

enum {
	/* What a rule may take before it is refused. Of 5,000 services it takes
	 * some 20 ms; meanwhile nobody else waits. */
	CAMPAIGN_TRIAL_MS = 2000,

	CAMPAIGN_ANY_VERSION = 0,
};

/* Campaign. */
MUST_USE enum db_result campaign_create(struct db *db, struct arena *arena,
                                        const char *draft,
                                        const struct identity *who,
                                        struct campaign_answer *ret);

/* All that run a rule are called in a transaction. */

/* CampaignPage; 412 when `version` is not the current one. */
MUST_USE enum db_result campaign_change(struct db *db, struct arena *arena,
                                        const char *name, int64_t version,
                                        const char *change,
                                        const struct identity *who,
                                        struct campaign_answer *ret);

/* CampaignLaunch. `later` is NULL for now, or RFC 3339. */
MUST_USE enum db_result campaign_launch(struct db *db, struct arena *arena,
                                        const char *name, const char *later,
                                        const struct identity *who,
                                        struct campaign_answer *ret);

/* CampaignLaunch of what was held; 412 when `version` is not the current one.
 */
MUST_USE enum db_result campaign_approve(struct db *db, struct arena *arena,
                                         const char *name, int64_t version,
                                         const struct identity *who,
                                         struct campaign_answer *ret);

/* CampaignPage. `state` is finished or cancelled. */
MUST_USE enum db_result campaign_end(struct db *db, struct arena *arena,
                                     const char *name, const char *state,
                                     const struct identity *who,
                                     struct campaign_answer *ret);

/* CampaignPreview; nothing is written. `name` is NULL or a campaign that the
 * draft would change, `at` NULL or RFC 3339. */
MUST_USE enum db_result campaign_preview(struct db *db, struct arena *arena,
                                         const char *draft, const char *name,
                                         const char *at,
                                         const struct identity *who,
                                         struct campaign_answer *ret);

struct campaign_page {
	const char *document; /* CampaignPage */
	int64_t version;
};

MUST_USE enum db_result campaign_find(struct db *db, struct arena *arena,
                                      const char *name,
                                      struct campaign_page *ret);

/* Columns of campaign_list(). */
enum {
	CAMPAIGN_LIST_JSON, /* Campaign */
	CAMPAIGN_LIST_ID,
};

/* The newest first; `state` and `words` may be NULL. */
MUST_USE enum db_result campaign_list(struct db *db, struct arena *arena,
                                      const char *state, const char *words,
                                      int64_t before, int64_t limit,
                                      struct rows *ret);
