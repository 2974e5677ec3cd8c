/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "http/problem.h"
#include "http/reply.h"
#include "http/req.h"
#include "http/route.h"

/*
 * What every handler program includes, and its main(): settings, log, database
 * connection, schema check, then request after request: reset the arena, match
 * the route (404, 405 with Allow), check identity and scope, call the route's
 * function, count and log. /healthz, /readyz and /metrics are answered for all.
 *
 * SIGTERM lets the request in hand finish. The process ends by itself after
 * `recycle_requests` requests or when it holds `recycle_bytes`; its supervisor
 * starts the next one.
 */

struct handler {
	const char *name; /* "services" */
	const struct route *routes;
	/* Writes that read their query by query_read(), NULL at the end. Any
	 * other is refused with one: who sends dryRun where there is none must
	 * not find it done. */
	route_run *const *queried;
	bool publishes; /* its statements may take publish_timeout_ms */
};

int handler_main(int argc, char **argv, const struct handler *handler);
