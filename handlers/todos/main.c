/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of services: campaigns, their items, and the facts that close
 * them. */
#include "todos.h"

static const struct route routes[] = {
	/* clang-format off */
	{GET,    "/api/v1/campaigns",                       list_campaigns,   "todos:read"},
	{POST,   "/api/v1/campaigns",                       create_campaign,  "todos:write"},
	{POST,   "/api/v1/campaigns/preview",               preview_campaign, "todos:read"},
	{GET,    "/api/v1/campaigns/{campaign}",            get_campaign,     "todos:read"},
	{PATCH,  "/api/v1/campaigns/{campaign}",            change_campaign,  "todos:write"},
	{POST,   "/api/v1/campaigns/{campaign}/launch",     launch_campaign,  "todos:write"},
	{POST,   "/api/v1/campaigns/{campaign}/approve",    approve_campaign, SCOPE_ADMIN},
	{POST,   "/api/v1/campaigns/{campaign}/end",        end_campaign,     "todos:write"},
	{GET,    "/api/v1/facts",                           list_facts,       "todos:read"},
	{GET,    "/api/v1/facts/keys",                      list_fact_keys,   "todos:read"},
	{GET,    "/api/v1/todos",                           list_todos,       "todos:read"},
	{POST,   "/api/v1/todos",                           create_todo,      "todos:write"},
	{POST,   "/api/v1/todos/bulk",                      change_todos,     "todos:write"},
	{GET,    "/api/v1/todos/matrix",                    get_matrix,       "todos:read"},
	{GET,    "/api/v1/todos/{id}",                      get_todo,         "todos:read"},
	{PATCH,  "/api/v1/todos/{id}",                      change_todo,      "todos:write"},
	{GET,    "/api/v1/todos/{id}/comments",             list_comments,    "todos:read"},
	{POST,   "/api/v1/todos/{id}/comments",             add_comment,      "todos:write"},
	/* clang-format on */
	ROUTES_END,
};

static route_run *const queried[] = {
	preview_campaign,
	launch_campaign,
	NULL,
};

int
main(int argc, char **argv)
{
	const struct handler handler = {.name = "todos",
	                                .routes = routes,
	                                .queried = queried,
	                                .publishes = true};

	return handler_main(argc, argv, &handler);
}
