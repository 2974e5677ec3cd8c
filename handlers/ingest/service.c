/* SPDX-License-Identifier: Apache-2.0 */
/* Publishes one service, or the full set of a publisher. */
#include "ingest.h"

#include "base/arena.h"

#include <string.h>

enum {
	KEY_MAX = 255,
	KEY_KEEP_S = 24 * 3600,
};

bool
may_publish(struct req *req, const struct publish_options *options,
            bool dry_run, enum http_status *answered)
{
	if (options->force && !identity_is_admin(&req->who)) {
		*answered =
			problem_needs(req, "only an admin may force a publish",
		                      NULL, NULL, "admin");
		return false;
	}
	if (dry_run || identity_may(&req->who, "ingest:write"))
		return true;
	*answered = problem_needs(req,
	                          "this credential may only try a publish out "
	                          "(?dryRun=1); to publish it needs the scope "
	                          "ingest:write",
	                          "ingest:write", NULL, NULL);
	return false;
}

bool
delivery_key(struct req *req, struct delivery *delivery,
             enum http_status *answered)
{
	const char *key = req_header(req, "HTTP_IDEMPOTENCY_KEY");
	char body[SHA256_HEX];

	if (key == NULL)
		return true;
	size_t len = strlen(key);
	for (const char *p = key; *p != '\0'; p++) {
		if (*p <= ' ' || *p > '~')
			len = KEY_MAX + 1;
	}
	if (len > KEY_MAX) {
		*answered = problem(req, PROBLEM_BAD_REQUEST,
		                    "Idempotency-Key must be 1 to %d visible "
		                    "ASCII characters",
		                    KEY_MAX);
		return false;
	}

	const char *query = req_param(req, "QUERY_STRING");
	hash_sha256_hex(delivery->source.bytes, delivery->source.len, body);
	const char *whole = arena_printf(req->arena, "%s %s?%s\n%s",
	                                 method_name(req->method), req->path,
	                                 query == NULL ? "" : query, body);
	hash_sha256_hex(whole, strlen(whole), delivery->fingerprint);
	delivery->key = key;
	delivery->keep_s = KEY_KEEP_S;
	return true;
}

static enum http_status
receive(struct req *req, const char *service_id)
{
	bool set = service_id == NULL;
	struct delivery delivery = {.service_id = service_id};
	enum http_status answered;

	bool valid =
		options_read(req, set, &delivery.options, &delivery.dry_run);
	if (valid && delivery.dry_run)
		reply_header(req, "Mdash-Dry-Run", "1");
	if (!valid)
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the query is not valid", &req->faults);
	if (!may_publish(req, &delivery.options, delivery.dry_run, &answered) ||
	    !source_read(req, set, &delivery.source, &answered) ||
	    !delivery_key(req, &delivery, &answered))
		return answered;
	return publish(req, &delivery);
}

enum http_status
publish_service(struct req *req)
{
	return receive(req, req_path(req, "id"));
}

enum http_status
publish_set(struct req *req)
{
	return receive(req, NULL);
}
