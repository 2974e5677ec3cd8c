/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * API tokens: personal ones (mdp_) of a person, ci ones (mdc_) mostly of a
 * team, system ones (mds_) of another program. On a connection of the role
 * mdash_auth only. The secret is given once, when a token is made; the database
 * keeps its SHA-256 (store/secret.h).
 */
struct token {
	int64_t id;
	const char *kind; /* personal, ci, system */
	const char *name;
	const char *hint;     /* first characters of the secret */
	const char *team;     /* NULL = not bound to one */
	const char *owner;    /* of a personal one, else NULL */
	const char *scopes;   /* separated by spaces */
	const char *services; /* globs likewise; "" = all */
	const char *created_by;
	const char *created_at;
	const char *expires_at;
	const char *last_used_at;   /* NULL = never */
	const char *last_used_from; /* address */
	const char *revoked_at;     /* NULL = it is not */
	int64_t rotated_from;       /* 0 = it has no predecessor */
	const char *state;          /* active, expiring, expired, revoked */
};

struct token_draft {
	const char *kind;
	const char *name;
	const char *owner; /* the account of a personal one, else NULL */
	const char *team;  /* of a ci one, or NULL */
	const char *const *scopes;
	size_t scope_count;
	const char *const *services;
	size_t service_count;
	const char *created_by; /* user:NAME or operator */
	int64_t days;           /* until it expires */
};

enum {
	TOKEN_NAME_MAX = 100,
	TOKEN_DAYS = 90, /* when nobody says otherwise */
	TOKEN_DAYS_MAX = 365,
	TOKEN_OVERLAP_H = 24, /* for which a rotated token goes on */
};

/* May a token of this kind have this scope? */
bool token_may_have(const char *kind, const char *scope);

/* Words separated by spaces. */
const char *token_kinds(void);
const char *token_scopes(const char *kind);

/* Is it a pattern for service ids: letters, digits, '-' and '*'? */
bool token_glob_is_valid(const char *glob);

/* DB_CONFLICT when the owner does not exist. */
MUST_USE enum db_result token_create(struct db *db, struct arena *arena,
                                     const struct token_draft *draft,
                                     struct token *ret,
                                     const char **ret_secret);

/* DB_NONE when there is no such token. */
MUST_USE enum db_result token_find(struct db *db, struct arena *arena,
                                   int64_t id, struct token *ret);

/*
 * Tokens of an account and of its teams (words); NULL and NULL: all. Newest
 * first, without those that ended more than 30 days ago.
 */
MUST_USE enum db_result token_list(struct db *db, struct arena *arena,
                                   const char *owner, const char *teams,
                                   struct token **ret, size_t *ret_count);

/* DB_NONE when there is no such token; revoking twice is fine. */
MUST_USE enum db_result token_revoke(struct db *db, int64_t id);

/*
 * A successor with the same rights and the same length of life; the old one
 * ends after TOKEN_OVERLAP_H hours. DB_NONE when it is gone, has ended, or has
 * a successor already.
 */
MUST_USE enum db_result token_rotate(struct db *db, struct arena *arena,
                                     int64_t id, const char *created_by,
                                     struct token *ret,
                                     const char **ret_secret);

/* --- use ------------------------------------------------------------------ */

/* What the holder of a secret may do. */
struct token_holder {
	int64_t id;
	const char *kind;
	const char *name;
	const char *owner;
	const char *scopes;
	const char *teams; /* the owner's, or the one it is bound to */
	const char *services;
	const char *expires_at;
	int64_t left_ms; /* until it expires */
	bool revoked;
	bool disabled; /* its owner may not sign in */
	bool stale;    /* its last use is worth writing down */
};

/* Has this the form of a token? Costs nothing. */
bool token_is_wellformed(const char *secret);

/* DB_NONE for an unknown one. Look at left_ms, revoked and disabled. */
MUST_USE enum db_result token_use(struct db *db, struct arena *arena,
                                  const char *secret, struct token_holder *ret);

/* Writes down that it was used. */
MUST_USE enum db_result token_touch(struct db *db, int64_t id,
                                    const char *address);
