/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/handler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_out;
struct rows;

/*
 * Reading the catalogue. Documents are stored as they are sent (sql/functions/
 * render.sql); what is left to do here is to put them together.
 */

/* --- cursors (cursor.c) --------------------------------------------------- */

enum {
	CURSOR_MAX = 500, /* characters */
};

/*
 * Where a page ended, as a text that means nothing to its holder. `list` names
 * the list and its order: a cursor of another one is refused.
 */
const char *cursor_text(struct req *req, const char *list, const char *key,
                        const char *id);

/* `text` NULL is the beginning: both are "". False with a fault at ?after. */
MUST_USE bool cursor_read(struct req *req, const char *list, const char *text,
                          const char **ret_key, const char **ret_id);

/* The same for lists by falling numbers from 0 to `max`, the beginning. */
MUST_USE bool cursor_read_number(struct req *req, const char *list,
                                 const char *text, int64_t max, int64_t *ret);

/* --- pieces (common.c) ---------------------------------------------------- */

/* A page of a list: where it begins and how long it is. */
struct paging {
	const char *after;
	struct query_int limit;
};

#define QUERY_PAGING(struct_, member)                                \
	QUERY(TEXT, struct_, member.after, "after", .min = 1,        \
	      .max = CURSOR_MAX),                                    \
		QUERY(INT, struct_, member.limit, "limit", .min = 1, \
	              .max = 200)

int64_t paging_limit(const struct paging *paging);

/* A moment of the query as the database takes it; NULL stays NULL. */
const char *moment_text(struct req *req, const char *at);

/* 422 with the faults of the query. */
MUST_USE enum http_status problem_query(struct req *req);

/*
 * "items" of the rendered documents in column 0, and "next": of a page that
 * was asked for with one row more than `limit` to see whether there is another.
 * `next` is called for the last row that is shown.
 */
typedef const char *page_next(struct req *req, const void *list,
                              const struct rows *rows, int row);
void write_page(struct req *req, struct json_out *out, const struct rows *rows,
                int64_t limit, page_next *next, const void *list);

/* "items" of all documents in column 0. */
void write_items(struct json_out *out, const char *name,
                 const struct rows *rows, int count);

/* The names in column 0 as JSON members for a problem. */
const char *nearest_members(struct req *req, const struct rows *rows);

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
