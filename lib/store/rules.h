/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/identity.h"
#include "db/db.h"
#include "store/publish.h"

#include <stdbool.h>

struct arena;

/*
 * Rules of campaigns, run in the transaction that changed facts. They are what
 * somebody wrote, so none of them may do harm: they have RULES_MS together, and
 * what fails or takes longer is taken back, but for the publish it came with.
 * They are then run one by one, to find the one to put aside; if that takes
 * more than RULES_RECOVER_MS, the changed facts wait for the worker.
 */

enum {
	RULES_MS = 1000,
	RULES_RECOVER_MS = 3000,
	RULES_TODOS_MAX = 200, /* changes of items in one answer */
};

/*
 * Opens and closes items. *ret_members are the members "todos" and, if need be,
 * "todosLeftOut" or "todosPending" of the answer. DB_ROW also when the rules
 * failed; anything else is no fault of theirs, and the transaction is over.
 */
MUST_USE enum db_result rules_follow(struct db *db, struct arena *arena,
                                     const struct publish_options *options,
                                     const struct identity *who,
                                     const char **ret_members);

/* The members when there was nothing to look at. */
extern const char rules_nothing[];

/* An answer, which is a JSON object, with more members. */
const char *rules_answer(struct arena *arena, const char *body,
                         const char *members);

/* Follows when `follow` says so, and puts the members into the answer. */
MUST_USE enum db_result rules_finish(struct db *db, struct arena *arena,
                                     const struct publish_options *options,
                                     const struct identity *who,
                                     struct publish_answer *answer);
