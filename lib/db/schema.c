/* SPDX-License-Identifier: Apache-2.0 */
#include "db/schema.h"

#include "db/sql.h"

#include <stddef.h>

struct number_row {
	int64_t number;
};

static const struct column number_columns[] = {
	COL_INT(struct number_row, number),
	COLS_END,
};

enum db_result
schema_number(struct db *db, struct arena *arena, int64_t *ret)
{
	struct number_row row;
	enum db_result result = db_one(db, arena, &sql_schema_number, NULL,
	                               number_columns, &row);

	if (result == DB_ROW)
		*ret = row.number;
	return result;
}
