/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/handler.h"
#include "http/list.h"
#include "store/job.h"

#include <stdbool.h>
#include <stdint.h>

/* --- webhooks ------------------------------------------------------------- */

struct webhook_draft {
	const char *text; /* JSON, for sql/functions/webhook.sql */
	bool state_alone; /* it says nothing but whether to send */
};

/* What the body gives, and when `whole` also the defaults. False: it has been
 * answered. */
MUST_USE bool webhook_draft(struct req *req, bool whole,
                            struct webhook_draft *ret,
                            enum http_status *answered);

/* The number in the path. False: it has been answered by 404. */
MUST_USE bool webhook_path(struct req *req, const char *name, int64_t *ret,
                           enum http_status *answered);

/* A document, or what became of it instead. */
MUST_USE enum http_status webhook_reply(struct req *req, enum db_result result,
                                        enum http_status status,
                                        const char *document);

enum http_status list_webhooks(struct req *req);
enum http_status create_webhook(struct req *req);
enum http_status get_webhook(struct req *req);
enum http_status change_webhook(struct req *req);
enum http_status delete_webhook(struct req *req);
enum http_status rotate_webhook(struct req *req);
enum http_status enable_webhook(struct req *req);
enum http_status test_webhook(struct req *req);
enum http_status list_deliveries(struct req *req);
enum http_status retry_delivery(struct req *req);
enum http_status replay_webhook(struct req *req);

/*
 * Ends the transaction of a wish (job.h) and answers: the document, 404 or 409.
 */
MUST_USE enum http_status reply_wish(struct req *req, enum db_result result,
                                     const struct job_answer *answer,
                                     const char *what);

enum http_status list_jobs(struct req *req);
enum http_status get_job(struct req *req);
enum http_status retry_job(struct req *req);
enum http_status cancel_job(struct req *req);

enum http_status list_schedules(struct req *req);
enum http_status run_schedule(struct req *req);
enum http_status change_schedule(struct req *req);
