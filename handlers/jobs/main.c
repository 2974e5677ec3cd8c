/* SPDX-License-Identifier: Apache-2.0 */
/* The window into the worker: webhooks and their deliveries, jobs, schedules.
 */
#include "jobs.h"

static const struct route routes[] = {
	/* clang-format off */
	{GET,    "/api/v1/webhooks",                                      list_webhooks,   SCOPE_ADMIN},
	{POST,   "/api/v1/webhooks",                                      create_webhook,  SCOPE_ADMIN},
	{GET,    "/api/v1/webhooks/{id}",                                 get_webhook,     SCOPE_ADMIN},
	{PATCH,  "/api/v1/webhooks/{id}",                                 change_webhook,  SCOPE_ADMIN},
	{POST,   "/api/v1/webhooks/{id}/rotate",                          rotate_webhook,  SCOPE_ADMIN},
	{POST,   "/api/v1/webhooks/{id}/enable",                          enable_webhook,  SCOPE_ADMIN},
	{POST,   "/api/v1/webhooks/{id}/test",                            test_webhook,    SCOPE_ADMIN},
	{POST,   "/api/v1/webhooks/{id}/replay",                          replay_webhook,  SCOPE_ADMIN},
	{GET,    "/api/v1/webhooks/{id}/deliveries",                      list_deliveries, SCOPE_ADMIN},
	{POST,   "/api/v1/webhooks/{id}/deliveries/{delivery}/retry",     retry_delivery,  SCOPE_ADMIN},
	{DELETE, "/api/v1/webhooks/{id}",                                 delete_webhook,  SCOPE_ADMIN},
	{GET,  "/api/v1/jobs",             list_jobs,  "catalog:read"},
	{GET,  "/api/v1/jobs/{id}",        get_job,    "catalog:read"},
	{POST, "/api/v1/jobs/{id}/retry",  retry_job,  SCOPE_ADMIN},
	{POST, "/api/v1/jobs/{id}/cancel", cancel_job, SCOPE_ADMIN},

	{GET,   "/api/v1/schedules",                list_schedules,  "catalog:read"},
	{POST,  "/api/v1/schedules/{schedule}/run", run_schedule,    SCOPE_ADMIN},
	{PATCH, "/api/v1/schedules/{schedule}",     change_schedule, SCOPE_ADMIN},
	/* clang-format on */
	ROUTES_END,
};

static route_run *const queried[] = {
	rotate_webhook,
	NULL,
};

int
main(int argc, char **argv)
{
	const struct handler handler = {
		.name = "jobs", .routes = routes, .queried = queried};

	return handler_main(argc, argv, &handler);
}
