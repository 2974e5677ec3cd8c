/* SPDX-License-Identifier: Apache-2.0 */
/* The window into the worker: webhooks and their deliveries, jobs, schedules.
 */
#include "jobs.h"

static const struct route routes[] = {
	/* clang-format off */
	/* clang-format on */
	ROUTES_END,
};

int
main(int argc, char **argv)
{
	const struct handler handler = {.name = "jobs", .routes = routes};

	return handler_main(argc, argv, &handler);
}
