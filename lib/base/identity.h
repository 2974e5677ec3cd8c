/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>

/*
 * Who asks, as the gate found out; what is written down says so. Texts are
 * borrowed from the request; lists are words separated by spaces.
 */
struct identity {
	const char *subject; /* user:NAME, token:NAME#ID; NULL = nobody */
	const char *kind;    /* session, personal, ci, system */
	const char *scopes;
	const char *teams;
	const char *services; /* globs of what a token may change; "" = all */
	const char *address;  /* of the client */
	const char *request_id;
};

/* `admin` implies every scope, `ingest:write` implies `ingest:validate` and
 * `todos:write` implies `todos:read`. */
bool identity_may(const struct identity *who, const char *scope);

bool identity_is_admin(const struct identity *who);
