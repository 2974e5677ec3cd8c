/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/identity.h"
#include "db/db.h"
#include "store/publish.h"

#include <stdint.h>

struct arena;

/*
 * Rules of campaigns, run in the transaction that changed facts. They are what
 * somebody wrote, so none of them may do harm: all of them have RULES_MS and
 * RULES_SERVICE_MS for each service, and what fails or takes longer is taken
 * back, but for the publish it came with. They are then run one by one, to find
 * the one to put aside, in RULES_RECOVER times as long; what is not done by
 * then waits for the worker.
 */

enum {
	RULES_MS = 1000,
	RULES_SERVICE_MS = 1,
	RULES_RECOVER = 3,
	RULES_TODOS_MAX = 200, /* changes of items in one answer */
};

/*
 * Opens and closes items of so many services. *ret_members are the members
 * "todos" and, if need be, "todosLeftOut" or "todosPending" of the answer.
 * DB_ROW also when the rules failed; anything else is no fault of theirs, and
 * the transaction is over.
 */
MUST_USE enum db_result rules_follow_all(struct db *db, struct arena *arena,
                                         int64_t services,
                                         const struct publish_options *options,
                                         const struct identity *who,
                                         const char **ret_members);

/* The same where one service has changed. */
MUST_USE enum db_result rules_follow(struct db *db, struct arena *arena,
                                     const struct publish_options *options,
                                     const struct identity *who,
                                     const char **ret_members);

/* The members when there was nothing to look at. */
extern const char rules_nothing[];

/* An answer, which is a JSON object, with more members. */
const char *rules_answer(struct arena *arena, const char *body,
                         const char *members);

/* Follows where rules have to look, and puts the members into the answer. */
MUST_USE enum db_result rules_finish(struct db *db, struct arena *arena,
                                     const struct publish_options *options,
                                     const struct identity *who,
                                     struct publish_answer *answer);
