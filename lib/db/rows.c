/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db.h"

#include <assert.h>
#include <stdlib.h>

#include <libpq-fe.h>

const char *
rows_text(const struct rows *rows, int row, int column)
{
	if (PQgetisnull(rows->result, row, column))
		return NULL;
	return PQgetvalue(rows->result, row, column);
}

size_t
rows_len(const struct rows *rows, int row, int column)
{
	return (size_t)PQgetlength(rows->result, row, column);
}

const void *
rows_bytes(const struct rows *rows, int row, int column, size_t *ret_len)
{
	*ret_len = rows_len(rows, row, column);
	return PQgetvalue(rows->result, row, column);
}

int64_t
rows_int(const struct rows *rows, int row, int column)
{
	return strtoll(PQgetvalue(rows->result, row, column), NULL, 10);
}

bool
rows_bool(const struct rows *rows, int row, int column)
{
	return PQgetvalue(rows->result, row, column)[0] == 't';
}

void
rows_read(const struct rows *rows, int row, const struct column *columns,
          void *ret)
{
	for (const struct column *c = columns; c->type != COLUMN_TYPE_END;
	     c++) {
		int at = PQfnumber(rows->result, c->name);
		char *member = (char *)ret + c->offset;

		assert(at >= 0 && "the statement has no such column");
		switch (c->type) {
		case COLUMN_TYPE_TEXT:
			*(const char **)(void *)member =
				rows_text(rows, row, at);
			break;
		case COLUMN_TYPE_INT:
			*(int64_t *)(void *)member = rows_int(rows, row, at);
			break;
		case COLUMN_TYPE_BOOL:
			*(bool *)(void *)member = rows_bool(rows, row, at);
			break;
		case COLUMN_TYPE_END:
			break;
		}
	}
}
