/* SPDX-License-Identifier: Apache-2.0 */
/* gRPC APIs: packages, symbols, files, revisions, what breaks between these,
 * and the sets themselves. */
#include "apis.h"

static const struct route routes[] = {
	/* clang-format off */
	{GET,    "/api/v1/apis",                                         list_repositories,  "catalog:read"},
	{GET,    "/api/v1/apis/{repository}",                            get_repository,     "catalog:read"},
	{GET,    "/api/v1/apis/{repository}/symbols/{name}",             get_symbol,         "catalog:read"},
	{GET,    "/api/v1/apis/{repository}/symbols/{name}/uses",        list_uses,          "catalog:read"},
	{GET,    "/api/v1/apis/{repository}/files",                      get_file,           "catalog:read"},
	{GET,    "/api/v1/apis/{repository}/revisions",                  list_revisions,     "catalog:read"},
	{GET,    "/api/v1/apis/{repository}/diff",                       diff_revisions,     "catalog:read"},
	{GET,    "/api/v1/apis/{repository}/descriptor-set",             get_descriptor_set, "catalog:read"},
	{GET,    "/api/v1/apis/{repository}/policy",                     get_policy,         "catalog:read"},
	{PUT,    "/api/v1/apis/{repository}/policy",                     put_policy,         SCOPE_ADMIN},
	{GET,    "/api/v1/apis/{repository}/waivers",                    list_waivers,       "catalog:read"},
	{POST,   "/api/v1/apis/{repository}/waivers",                    grant_waiver,       SCOPE_ADMIN},
	{DELETE, "/api/v1/apis/{repository}/waivers/{id}",               end_waiver,         SCOPE_ADMIN},
	/* clang-format on */
	ROUTES_END,
};

int
main(int argc, char **argv)
{
	const struct handler handler = {.name = "apis", .routes = routes};

	return handler_main(argc, argv, &handler);
}
