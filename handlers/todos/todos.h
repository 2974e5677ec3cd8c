/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/handler.h"
#include "http/list.h"
#include "store/campaign.h"

#include <stdbool.h>

/*
 * What is asked of services: campaigns, their items, and the facts that close
 * them.
 */

/* --- campaigns (campaign*.c, preview.c, launch.c) --------------------------
 */

enum {
	CAMPAIGN_BODY_MAX = 256 << 10, /* what nginx takes here */
};

/* A CampaignDraft or CampaignChange from the body, as text. NULL: it has been
 * answered. */
MUST_USE const char *campaign_read(struct req *req, bool change,
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

/* --- facts (fact.c) --------------------------------------------------------
 */

enum http_status list_facts(struct req *req);
enum http_status list_fact_keys(struct req *req);
