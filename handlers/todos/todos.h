/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/handler.h"
#include "http/list.h"
#include "store/campaign.h"
#include "store/todo.h"

#include <stdbool.h>

#include <jansson.h>

struct json_out;

/*
 * What is asked of services: campaigns, their items, and the facts that close
 * them.
 */

/* --- campaigns (campaign*.c, launch.c) ------------------------------------ */

enum {
	CAMPAIGN_BODY_MAX = 256 << 10, /* what nginx takes here */
};

enum campaign_body {
	CAMPAIGN_DRAFT,
	CAMPAIGN_CHANGE,
	CAMPAIGN_PREVIEW, /* a draft of which nothing need be given */
};

/* That from the body, as text. NULL: it has been answered. */
MUST_USE const char *campaign_read(struct req *req, enum campaign_body what,
                                   enum http_status *answered);

/* Answers for the database. */
MUST_USE enum http_status reply_campaign(struct req *req, enum db_result result,
                                         const struct campaign_answer *answer);

/* The same after a db_begin(), which is committed when the answer is a success
 * and it was no dry run. */
MUST_USE enum http_status finish_campaign(struct req *req,
                                          enum db_result result, bool dry_run,
                                          const struct campaign_answer *answer);

enum http_status list_campaigns(struct req *req);
enum http_status create_campaign(struct req *req);
enum http_status preview_campaign(struct req *req);
enum http_status get_campaign(struct req *req);
enum http_status change_campaign(struct req *req);
enum http_status launch_campaign(struct req *req);
enum http_status approve_campaign(struct req *req);
enum http_status end_campaign(struct req *req);

/* --- facts (fact.c) ------------------------------------------------------- */

enum http_status list_facts(struct req *req);
enum http_status list_fact_keys(struct req *req);

/* --- items: what a change may say (change.c) ------------------------------ */

/*
 * Checks a TodoChangeRequest, as far as it can be without the item, and writes
 * it as the catalogue takes it: a member that is not given stays. False with
 * faults below `pointer`.
 */
MUST_USE bool change_read(struct req *req, const json_t *object,
                          const char *pointer, struct json_out *out);

/* Checks of texts that are given, of campaigns too; a fault names the member.
 */
void check_day(struct req *req, const char *pointer, const char *text);
void check_line(struct req *req, const char *pointer, const char *text);
void check_principal(struct req *req, const char *pointer, const char *text);
void check_address(struct req *req, const char *pointer, const char *text);

/* --- items: answers (answer.c) -------------------------------------------- */

/* The document or the refusal; writes both for an answer that has several. */
MUST_USE enum http_status reply_todo(struct req *req,
                                     const struct todo_answer *answer);
void write_todo(struct req *req, struct json_out *out,
                const struct todo_answer *answer);

/*
 * A POST that is carried out once: under an Idempotency-Key the answer of the
 * first time is given again. `text` is what is asked, all that makes two
 * requests differ beside the path.
 */
typedef enum db_result todo_deed(struct req *req, const char *text,
                                 struct todo_answer *ret);
MUST_USE enum http_status do_once(struct req *req, const char *text,
                                  todo_deed *deed);

/* Id of the path; 0 for what cannot be one. */
int64_t path_item(struct req *req);

/* 404 for the item of the path. */
MUST_USE enum http_status problem_item(struct req *req);

/* --- items: routes -------------------------------------------------------- */

enum http_status list_todos(struct req *req);
enum http_status create_todo(struct req *req);
enum http_status change_todos(struct req *req);
enum http_status get_matrix(struct req *req);
enum http_status get_todo(struct req *req);
enum http_status change_todo(struct req *req);
enum http_status list_comments(struct req *req);
enum http_status add_comment(struct req *req);
