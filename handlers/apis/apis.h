/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/handler.h"
#include "http/list.h"
#include "store/api.h"
#include "store/publish.h"

#include <stdbool.h>

struct json_out;

/*
 * gRPC APIs: everything that descriptor sets say, of the current revision of a
 * proto repository or of an earlier one (?revision=), and what of a change
 * breaks something for its owners.
 */

/* --- pieces (common.c) ---------------------------------------------------- */

#define QUERY_REVISION(struct_, member)                   \
	QUERY(INT, struct_, member, "revision", .min = 1, \
	      .max = API_REVISION_MAX)

/*
 * The repository of the path at a revision. False: it has been answered, by 404
 * when there is no such repository or revision.
 */
MUST_USE bool revision_read(struct req *req, const struct query_int *number,
                            struct api_revision *ret,
                            enum http_status *answered);

/* 404 with names that look like this one. */
MUST_USE enum http_status problem_symbol(struct req *req,
                                         const struct api_revision *at,
                                         const char *name);

/* Identifiers of protobuf with dots between them. */
bool is_full_name(const char *text);

/* "name" with an array of the texts in column 0. */
void write_names(struct json_out *out, const char *name,
                 const struct rows *rows);

/* --- routes --------------------------------------------------------------- */

enum http_status list_repositories(struct req *req);
enum http_status get_repository(struct req *req);
enum http_status list_revisions(struct req *req);
enum http_status get_symbol(struct req *req);
enum http_status list_uses(struct req *req);
enum http_status get_file(struct req *req);
enum http_status diff_revisions(struct req *req);
enum http_status get_descriptor_set(struct req *req);
enum http_status get_policy(struct req *req);
enum http_status put_policy(struct req *req);
enum http_status list_waivers(struct req *req);
enum http_status grant_waiver(struct req *req);
enum http_status end_waiver(struct req *req);
