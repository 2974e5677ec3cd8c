/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue: services, teams, dependencies, search, what happened. */
#include "services.h"

static const struct route routes[] = {
	/* clang-format off */
	{GET, "/api/v1/services",                        list_services, "catalog:read"},
	{GET, "/api/v1/services/{id}",                   get_service,   "catalog:read"},
	{GET, "/api/v1/services/{id}/versions",          list_versions, "catalog:read"},
	{GET, "/api/v1/services/{id}/versions/{number}", get_version,   "catalog:read"},
	{GET, "/api/v1/services/{id}/diff",              diff_versions, "catalog:read"},
	{GET, "/api/v1/services/{id}/grpc",              get_service_grpc, "catalog:read"},
	{GET, "/api/v1/services/{id}/activity",          list_activity, "catalog:read"},
	{GET, "/api/v1/services/{id}/activity.atom",     service_feed,  "catalog:read"},

	{GET, "/api/v1/teams",                      list_teams, "catalog:read"},
	{GET, "/api/v1/teams/{team}",               get_team,   "catalog:read"},
	{GET, "/api/v1/teams/{team}/activity.atom", team_feed,  "catalog:read"},

	{GET, "/api/v1/dependencies",        get_dependencies,    "catalog:read"},
	{GET, "/api/v1/dependencies/edges",  list_dependencies,   "catalog:read"},
	{GET, "/api/v1/dependencies/report", report_dependencies, "catalog:read"},

	{GET, "/api/v1/search", search,      "catalog:read"},
	{GET, "/api/v1/events", list_events, "events:read"},
	/* clang-format on */
	ROUTES_END,
};

int
main(int argc, char **argv)
{
	const struct handler handler = {
		.name = "services",
		.routes = routes,
	};

	return handler_main(argc, argv, &handler);
}
