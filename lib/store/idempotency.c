/* SPDX-License-Identifier: Apache-2.0 */
#include "store/idempotency.h"

#include "db/sql.h"

static const struct column answer_columns[] = {
	COL_TEXT(struct idempotency_answer, fingerprint),
	COL_INT(struct idempotency_answer, status),
	COL_TEXT(struct idempotency_answer, body),
	COLS_END,
};

enum db_result
idempotency_take(struct db *db, struct arena *arena,
                 const struct idempotency *key, struct idempotency_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(key->principal),
		ARG_TEXT(key->key),
		ARGS_END,
	};

	return db_one(db, arena, &sql_idempotency_take, args, answer_columns,
	              ret);
}

enum db_result
idempotency_keep(struct db *db, const struct idempotency *key, int64_t status,
                 const char *body, int64_t keep_s)
{
	const struct arg args[] = {
		ARG_TEXT(key->principal),
		ARG_TEXT(key->key),
		ARG_TEXT(key->fingerprint),
		ARG_INT(status),
		ARG_TEXT(body),
		ARG_INT(keep_s),
		ARGS_END,
	};

	return db_run(db, &sql_idempotency_keep, args);
}
