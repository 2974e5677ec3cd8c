/* SPDX-License-Identifier: Apache-2.0 */
#include "store/search.h"

#include "db/sql.h"

enum db_result
search_find(struct db *db, struct arena *arena, const char *words,
            const char *kind, int64_t limit, struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(words), ARG_TEXT(kind),
	                           ARG_INT(limit), ARGS_END};

	return db_rows(db, arena, &sql_search_find, args, ret);
}
