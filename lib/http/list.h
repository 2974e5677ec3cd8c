/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/cursor.h"
#include "http/req.h"
#include "http/status.h"

#include <stdint.h>

struct json_out;
struct rows;

/*
 * Lists in answers: pages of documents that were rendered when they were
 * written.
 */

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
