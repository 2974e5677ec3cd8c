/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that CI publishes, and what became of it. */
#include "ingest.h"

static const struct route routes[] = {
	/* clang-format off */
	{PUT,  "/api/v1/ingest/services/{id}", publish_service,    "ingest:validate"},
	{POST, "/api/v1/ingest/services",      publish_set,        "ingest:validate"},
	{PUT,  "/api/v1/ingest/descriptor-sets/{repository}", publish_descriptor_set, "ingest:validate"},
	{PUT,  "/api/v1/ingest/facts/{service}", publish_facts_of, "ingest:validate"},
	{POST, "/api/v1/ingest/reports/{service}/{format}", receive_report, "ingest:write"},
	{POST, "/api/v1/ingest/pubsub",        receive_pubsub,     "ingest:write"},
	{POST, "/api/v1/ingest/cloudevents",   receive_cloudevent, "ingest:write"},

	{GET,  "/api/v1/failed-publishes",      list_failed, "catalog:read"},
	{GET,  "/api/v1/failed-publishes/{id}", get_failed,  "catalog:read"},

	{GET,  "/api/v1/held-publishes",                     list_held,    "catalog:read"},
	{POST, "/api/v1/held-publishes/{publisher}/approve", approve_held, SCOPE_ADMIN},
	{POST, "/api/v1/held-publishes/{publisher}/reject",  reject_held,  SCOPE_ADMIN},
	/* clang-format on */
	ROUTES_END,
};

/* Those who push add parameters of their own to the address that they are
 * given. */
static route_run *const queried[] = {
	publish_service,    publish_set,    publish_descriptor_set,
	publish_facts_of,   receive_report, receive_pubsub,
	receive_cloudevent, NULL,
};

int
main(int argc, char **argv)
{
	const struct handler handler = {
		.name = "ingest",
		.routes = routes,
		.queried = queried,
		.publishes = true,
	};

	return handler_main(argc, argv, &handler);
}
