/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"

#include "http/handler.h"

/*
 * Everything mdash-auth answers. nginx asks the gate before every location
 * that needs an identity; nobody else can reach it.
 */
static const struct route routes[] = {
	{GET, "/_auth", gate, SCOPE_PUBLIC},
	{POST, "/auth/login", login, SCOPE_PUBLIC},
	{POST, "/auth/logout", logout, SCOPE_PUBLIC},
	{GET, "/api/v1/session", get_session, SCOPE_ANY},
	{PUT, "/api/v1/session/password", change_password, SCOPE_ANY},
	{GET, "/api/v1/tokens", list_tokens, "tokens:self"},
	{POST, "/api/v1/tokens", create_token, "tokens:self"},
	{DELETE, "/api/v1/tokens/{id}", revoke_token, "tokens:self"},
	{POST, "/api/v1/tokens/{id}/rotate", rotate_token, "tokens:self"},
	ROUTES_END,
};

int
main(int argc, char **argv)
{
	static const struct handler handler = {
		.name = "auth",
		.routes = routes,
	};

	return handler_main(argc, argv, &handler);
}
