/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"

#include "base/arena.h"
#include "base/settings.h"
#include "http/cookie.h"
#include "http/req.h"
#include "store/secret.h"
#include "store/token.h"

#include <string.h>
#include <strings.h>

static void
bad(struct credential *ret, const char *fault)
{
	*ret = (struct credential){.kind = CREDENTIAL_BAD, .fault = fault};
}

/* RFC 6750, 2.1: "Bearer" in any case, then spaces, then the token. */
static void
read_authorization(const char *header, struct credential *ret)
{
	static const char scheme[] = "Bearer ";
	size_t len = strlen(scheme);

	if (strncasecmp(header, scheme, len) != 0) {
		bad(ret, "send the token as Authorization: Bearer …");
		return;
	}
	const char *secret = header + len + strspn(header + len, " ");
	if (!token_is_wellformed(secret)) {
		bad(ret,
		    "this is no token of mdash, or it was cut or mistyped");
		return;
	}
	*ret = (struct credential){.kind = CREDENTIAL_TOKEN, .secret = secret};
}

void
credential_read(struct req *req, struct credential *ret)
{
	const char *authorization = req_header(req, "HTTP_AUTHORIZATION");
	const char *secret;

	*ret = (struct credential){.kind = CREDENTIAL_NONE};
	if (authorization != NULL) {
		read_authorization(authorization, ret);
		return;
	}
	switch (cookie_find(req->arena, req_header(req, "HTTP_COOKIE"),
	                    SESSION_COOKIE, &secret)) {
	case COOKIE_NONE:
		return;
	case COOKIE_TWICE:
		bad(ret, "there are two session cookies: sign in again");
		return;
	case COOKIE_FOUND:
		break;
	}
	if (!secret_is_wellformed(secret, "")) {
		bad(ret, "the session has ended: sign in again");
		return;
	}
	*ret = (struct credential){
		.kind = CREDENTIAL_SESSION,
		.secret = secret,
	};
}

/*
 * Browsers say in Sec-Fetch-Site where a request comes from; older ones send
 * Origin with all that can change something. Neither can be set by a page.
 */
bool
origin_is_ours(const struct req *req, bool when_silent)
{
	const char *site = req_header(req, "HTTP_SEC_FETCH_SITE");
	const char *origin = req_header(req, "HTTP_ORIGIN");

	if (site != NULL)
		return strcmp(site, "same-origin") == 0 ||
		       strcmp(site, "none") == 0;
	if (origin != NULL)
		return strcmp(origin, req->settings->public_origin) == 0;
	return when_silent;
}
