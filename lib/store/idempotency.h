/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdint.h>

struct arena;

/*
 * Answers kept under a key that the sender chose, so that a repeated request is
 * answered and not done again. Both functions run in the transaction of the
 * change that they guard.
 */
struct idempotency {
	const char *principal; /* whose key */
	const char *key;
	const char *fingerprint; /* SHA-256 of the request, hexadecimal */
};

struct idempotency_answer {
	const char *fingerprint; /* of the request that was answered */
	int64_t status;
	const char *body;
};

/* DB_ROW with the answer, DB_NONE when the key is new. */
MUST_USE enum db_result idempotency_take(struct db *db, struct arena *arena,
                                         const struct idempotency *key,
                                         struct idempotency_answer *ret);

/* DB_CONFLICT or DB_NONE when another request was quicker: take again. */
MUST_USE enum db_result idempotency_keep(struct db *db,
                                         const struct idempotency *key,
                                         int64_t status, const char *body,
                                         int64_t keep_s);
