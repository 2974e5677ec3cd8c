/* SPDX-License-Identifier: Apache-2.0 */
#include "store/fact.h"

#include "db/sql.h"

enum db_result
fact_list(struct db *db, struct arena *arena, const char *service,
          struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(service), ARGS_END};

	return db_rows(db, arena, &sql_fact_list, args, ret);
}

enum db_result
fact_keys(struct db *db, struct arena *arena, int64_t limit, struct rows *ret)
{
	const struct arg args[] = {ARG_INT(limit), ARGS_END};

	return db_rows(db, arena, &sql_fact_keys, args, ret);
}
