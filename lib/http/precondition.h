/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "http/status.h"

#include <stdbool.h>
#include <stdint.h>

struct req;

/*
 * If-Match (RFC 9110, 13.1.1): who changes something names the version that he
 * has seen, by the ETag of reply_version() or as that number alone in quotes.
 * Only the version counts: what else is shown beside it may have changed.
 */

/* False: it has been answered, by 428 when there is none. */
MUST_USE bool if_match_read(struct req *req, int64_t *ret,
                            enum http_status *answered);

/* 412: `what` ("item 7") has another version by now, or never had this one. */
MUST_USE enum http_status problem_stale(struct req *req, const char *what,
                                        int64_t given, int64_t version);
