/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/hash.h"
#include "db/db.h"
#include "http/status.h"

#include <stdbool.h>
#include <stdint.h>

struct req;
struct token;

/*
 * What the files of mdash-auth share: reading the credential of a request and
 * finding out who holds it.
 */

#define SESSION_COOKIE "__Host-md_sid"

/* --- credentials (credential.c) ------------------------------------------- */

enum credential_kind {
	CREDENTIAL_NONE,
	CREDENTIAL_TOKEN,
	CREDENTIAL_SESSION,
	CREDENTIAL_BAD, /* there is one, and it can be none of ours */
};

/* The first kind that is present decides; there is no second try. */
struct credential {
	enum credential_kind kind;
	const char *secret;
	const char *fault; /* of a bad one, a sentence */
};

void credential_read(struct req *req, struct credential *ret);

/*
 * May a request that changes something and carries the cookie come from where
 * it says it does? `when_silent` is the answer for one that does not say.
 */
bool origin_is_ours(const struct req *req, bool when_silent);

/* --- callers (caller.c) --------------------------------------------------- */

/* Who holds a credential. Texts live as long as the request. */
struct caller {
	const char *subject; /* user:NAME, token:NAME#ID */
	const char *kind;    /* session, personal, ci, system */
	const char *name;
	const char *display_name; /* NULL for tokens */
	const char *role;         /* viewer, admin, ci, system */
	const char *scopes;
	const char *teams;
	const char *services;
	const char *expires_at;
	int64_t left_ms;
	bool must_change_password;
};

/*
 * DB_ROW with the caller; DB_NONE with the reason, a sentence; else the
 * database could not be asked.
 */
MUST_USE enum db_result caller_find(struct req *req,
                                    const struct credential *credential,
                                    struct caller *ret,
                                    const char **ret_reason);

/* The account that is signed in; NULL for tokens. */
const char *user_of(const struct req *req);

/* --- decisions kept (cache.c) --------------------------------------------- */

/*
 * What the gate found out lately, of this process; bounded, and nothing lives
 * longer than `gate_cache_ms`. Texts are borrowed until the next call.
 */
bool cache_find(const unsigned char digest[SHA256_BYTES], int64_t now_us,
                struct caller *ret);
void cache_keep(const unsigned char digest[SHA256_BYTES], int64_t until_us,
                const struct caller *caller);
void cache_clear(void);

/* --- what is written down (audit.c) --------------------------------------- */

/* In the caller's transaction; `detail` is a JSON object without secrets. */
MUST_USE enum db_result audit(struct req *req, const char *action,
                              const char *object, const char *detail);

/* 201 with a token just made, and its secret for the only time (tokens.c). */
MUST_USE enum http_status reply_made_token(struct req *req,
                                           const struct token *token,
                                           const char *secret);

/* --- routes --------------------------------------------------------------- */

enum http_status gate(struct req *req);
enum http_status login(struct req *req);
enum http_status logout(struct req *req);
enum http_status get_session(struct req *req);
enum http_status change_password(struct req *req);
enum http_status list_tokens(struct req *req);
enum http_status create_token(struct req *req);
enum http_status revoke_token(struct req *req);
enum http_status rotate_token(struct req *req);
