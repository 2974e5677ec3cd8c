/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

struct arena;

/* Facts: what is known of services, and what rules read. */

/* Column 0 is the Fact of each key of a service. */
MUST_USE enum db_result fact_list(struct db *db, struct arena *arena,
                                  const char *service, struct rows *ret);

/* Column 0 is an item of FactKeyList, at most `limit`. */
MUST_USE enum db_result fact_keys(struct db *db, struct arena *arena,
                                  int64_t limit, struct rows *ret);
