/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of services: campaigns, their items, and the facts that close
 * them. */
#include "todos.h"

static const struct route routes[] = {
	/* clang-format off */
	/* clang-format on */
	ROUTES_END,
};

int
main(int argc, char **argv)
{
	const struct handler handler = {.name = "todos", .routes = routes};

	return handler_main(argc, argv, &handler);
}
