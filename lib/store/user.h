/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Local accounts. On a connection of the role mdash_auth only. Passwords come
 * in clear and are hashed here (base/password.h); they never come back.
 */
struct user {
	const char *name;
	const char *display_name;
	const char *role;  /* viewer, admin */
	const char *teams; /* separated by spaces; "" = none */
	bool must_change_password;
	bool disabled;
	const char *created_at;
};

enum {
	USER_NAME_MAX = 64,
	PASSWORD_MIN = 12, /* characters of a new one */
	PASSWORD_MAX = 256,
};

/* What a sign-in name looks like: ^[a-z0-9][a-z0-9._-]{0,63}$ */
bool user_name_is_valid(const char *name);

/* DB_CONFLICT when the name is taken. */
MUST_USE enum db_result user_create(struct db *db, struct arena *arena,
                                    const char *name, const char *display_name,
                                    const char *role, const char *password,
                                    bool must_change);

/* DB_NONE when there is no such account. */
MUST_USE enum db_result user_find(struct db *db, struct arena *arena,
                                  const char *name, struct user *ret);

/*
 * A new password ends all sessions but the one with this digest; NULL: all. In
 * the caller's transaction. DB_NONE when there is no such account, or it has no
 * longer the password with the hash `old`; NULL: whichever it has.
 */
MUST_USE enum db_result user_set_password(struct db *db, struct arena *arena,
                                          const char *name, const char *old,
                                          const char *password,
                                          bool must_change,
                                          const unsigned char *keep);

/* Disabling ends all sessions, and personal tokens stop working. In the
 * caller's transaction. */
MUST_USE enum db_result user_set_disabled(struct db *db, const char *name,
                                          bool disabled);

/* Replaces the list of teams; in the caller's transaction, if any. */
MUST_USE enum db_result user_set_teams(struct db *db, struct arena *arena,
                                       const char *name,
                                       const char *const *teams, size_t count);

/* By name, a thousand at most. */
MUST_USE enum db_result user_list(struct db *db, struct arena *arena,
                                  struct user **ret, size_t *ret_count);

/*
 * Is this the password of an account that may sign in? DB_ROW with its hash,
 * NULL = it is not; it takes equally long for an account that does not exist.
 */
MUST_USE enum db_result user_check_password(struct db *db, struct arena *arena,
                                            const char *name,
                                            const char *password,
                                            const char **ret_hash);
