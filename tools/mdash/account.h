/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "command.h"
#include "db/db.h"

/* What the commands on accounts and tokens share. */

/*
 * Settings and a connection, which has to be of the role mdash_auth. NULL: it
 * has said what is wrong, and `ret` is the exit status.
 */
MUST_USE struct db *account_open(struct cli *cli, enum exit_status *ret);

/*
 * A change and its line in the audit log, together or not at all:
 * `result = account_begin(…); if (result == DB_ROW) result = user_…(…);
 * result = account_end(db, result);`
 */
MUST_USE enum db_result account_begin(struct cli *cli, struct db *db,
                                      const char *action, const char *object);
MUST_USE enum db_result account_end(struct db *db, enum db_result result);

/*
 * Says what a database result other than DB_ROW means; `what` names the thing,
 * e.g. "user anna".
 */
enum exit_status account_failed(const struct cli *cli, struct db *db,
                                enum db_result result, const char *what);

/* Prints a cell of a table, at least `width` columns and a gap. */
void account_cell(const char *text, int width);
