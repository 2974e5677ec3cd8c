/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

/*
 * Signed-in browsers, each known by the SHA-256 of its cookie's secret, and the
 * count of failed sign-ins. On a connection of the role mdash_auth only.
 */
struct session {
	const char *user_name;
	const char *display_name;
	const char *role;
	const char *teams; /* separated by spaces */
	bool must_change_password;
	const char *expires_at; /* RFC 3339, if it is not used meanwhile */
	int64_t left_ms;        /* until then */
	bool stale;             /* its last use is worth writing down */
};

/* How long sessions last. */
struct session_life {
	int64_t idle_s;
	int64_t max_s;
};

/* The secret for the cookie. DB_NONE when the account has another password than
 * this by now, or is disabled. */
MUST_USE enum db_result session_create(struct db *db, struct arena *arena,
                                       const char *user_name,
                                       const char *password_hash,
                                       const char *address,
                                       const char **ret_secret);

/* DB_NONE for one that is unknown, has ended, or whose account is disabled. */
MUST_USE enum db_result session_find(struct db *db, struct arena *arena,
                                     const char *secret,
                                     const struct session_life *life,
                                     struct session *ret);

/* Writes down that it was used. */
MUST_USE enum db_result session_touch(struct db *db, const char *secret);

/* DB_NONE when there was no such session. */
MUST_USE enum db_result session_end(struct db *db, const char *secret);

/* --- failed sign-ins ------------------------------------------------------ */

/*
 * Counts one try for each key before it is made, so that many at a time cannot
 * slip through together. `ret_wait_s` is 0 when there may be a try, else how
 * many seconds until the next.
 */
MUST_USE enum db_result throttle_take(struct db *db, struct arena *arena,
                                      const char *account, const char *address,
                                      int64_t tries, int64_t *ret_wait_s);

/* The try succeeded: it does not count. */
MUST_USE enum db_result throttle_clear(struct db *db, const char *account,
                                       const char *address);
