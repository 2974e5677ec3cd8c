/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdint.h>

struct arena;

/*
 * Is the database's schema the one this build was made for? Programs only look;
 * mdash-migrate changes.
 */

enum {
	SCHEMA_NUMBER = 18, /* of the last file in sql/migrations */
};

/* The number of the last migration applied. */
MUST_USE enum db_result schema_number(struct db *db, struct arena *arena,
                                      int64_t *ret);
