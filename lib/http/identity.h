/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>

struct arena;
struct fcgi;

/*
 * Who asks, as the gate found out. nginx hands it over in FastCGI parameters
 * whose names no client header can have (those become HTTP_*), so a handler
 * trusts them and never reads a cookie or a token itself. Texts are borrowed
 * from the request; lists are words separated by spaces.
 */
struct identity {
	const char *subject; /* user:NAME, token:NAME#ID; NULL = nobody */
	const char *kind;    /* session, personal, ci, system */
	const char *scopes;
	const char *teams;
	const char *services; /* globs a token may publish; "" = all */
	const char *address;  /* of the client */
	const char *request_id;
};

void identity_read(struct identity *ret, const struct fcgi *fcgi);

/* `admin` implies every scope, `ingest:write` implies `ingest:validate`. */
bool identity_may(const struct identity *who, const char *scope);

bool identity_is_admin(const struct identity *who);
