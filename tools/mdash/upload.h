/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "net/http.h"

#include <stdbool.h>
#include <stddef.h>

struct cli;

/*
 * Sends one publish. What did not reach the server, or what the server could
 * not do just now, is sent again a few times under the same Idempotency-Key, so
 * it is done once however often it arrives.
 */

struct upload {
	const char *server; /* MDASH_URL without a final slash */
	const char *token;
	struct net *net;
	int tries;
};

struct upload_body {
	const char *method;
	const char *path; /* with the query */
	const char *type;
	const char *bytes;
	size_t len;
	bool dry_run;
};

/* What is wrong with the server's address or the token, or NULL. */
const char *upload_complaint(const struct upload *upload);

/* False: no answer at all; it has said why. */
MUST_USE bool upload_send(struct cli *cli, const struct upload *upload,
                          const struct upload_body *body,
                          struct net_answer *ret);
