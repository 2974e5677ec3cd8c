/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/cursor.h"
#include "http/handler.h"
#include "http/list.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_out;
struct rows;

/*
 * Reading the catalogue. Documents are stored as they are sent (sql/functions/
 * render.sql); what is left to do here is to put them together.
 */

/* --- pieces (common.c) ---------------------------------------------------- */

/* A moment of the query as the database takes it; NULL stays NULL. */
const char *moment_text(struct req *req, const char *at);

/*
 * After a statement that found nothing of a service: is it there at all? False
 * when it has been answered, by 308 to the id it goes by today or by 404.
 */
MUST_USE bool service_exists(struct req *req, const char *id,
                             enum http_status *answered);

/* The same for the service that ?center names. */
MUST_USE bool service_centered(struct req *req, const char *id,
                               enum http_status *answered);

/* --- dependencies (dependencies.c, dependency_teams.c) ---------------------
 */

/* Where a team is named: services without one, and what is no service. */
extern const char dependency_no_team[];
extern const char dependency_unknown_team[];

/* Answers which teams need which. */
MUST_USE enum http_status dependencies_of_teams(struct req *req);

/* --- routes --------------------------------------------------------------- */

enum http_status list_services(struct req *req);
enum http_status get_service(struct req *req);
enum http_status get_service_grpc(struct req *req);
enum http_status list_versions(struct req *req);
enum http_status get_version(struct req *req);
enum http_status diff_versions(struct req *req);
enum http_status list_activity(struct req *req);
enum http_status service_feed(struct req *req);
enum http_status list_teams(struct req *req);
enum http_status get_team(struct req *req);
enum http_status team_feed(struct req *req);
enum http_status get_dependencies(struct req *req);
enum http_status list_dependencies(struct req *req);
enum http_status report_dependencies(struct req *req);
enum http_status search(struct req *req);
enum http_status list_events(struct req *req);
