/* SPDX-License-Identifier: Apache-2.0 */
/* What Pub/Sub messages and CloudEvents have in common. */
#include "ingest.h"

#include "base/arena.h"
#include "base/str.h"

#include <string.h>

enum {
	KEY_KEEP_S = 7 * 24 * 3600, /* as long as Pub/Sub sends again */
};

/* A name of the sender's choice that becomes part of a key. */
void
message_check_name(struct req *req, const char *pointer, const char *text)
{
	if (str_empty(text))
		faults_add(&req->faults, pointer, 0, 0, "required",
		           "is required");
	else if (str_chars(text) > MESSAGE_NAME_MAX)
		faults_add(&req->faults, pointer, 0, 0, "too-long",
		           "must have at most %d characters", MESSAGE_NAME_MAX);
	else if (!str_is_line(text) || strchr(text, ' ') != NULL)
		faults_add(&req->faults, pointer, 0, 0, "format",
		           "must have no spaces or control characters");
}

bool
message_repository(struct req *req, const char *pointer, const char *name,
                   struct delivery *ret)
{
	if (str_empty(name) || !is_repository(name)) {
		faults_add(&req->faults, pointer, 0, 0,
		           str_empty(name) ? "required" : "format",
		           "must be the name of a proto repository: lower-case "
		           "letters, digits and hyphens, a letter first");
		return false;
	}
	ret->repository = name;
	/* A repository is one by itself. */
	ret->options.publisher = NULL;
	return true;
}

/* What it is about; a service has had its bare id here since keys are kept. */
static const char *
message_object(struct req *req, const struct delivery *delivery)
{
	if (delivery->repository != NULL)
		return arena_printf(req->arena, "descriptor-set/%s",
		                    delivery->repository);
	return delivery->service_id == NULL ? "" : delivery->service_id;
}

/*
 * Spaces cannot be in an Idempotency-Key, so the keys of messages are apart
 * from those; nor can they be in the two names, so no two pairs are one key.
 */
void
message_key(struct req *req, const char *family, const char *source,
            const char *id, struct delivery *ret)
{
	char body[SHA256_HEX];

	hash_sha256_hex(ret->source.bytes, ret->source.len, body);
	const char *whole = arena_printf(req->arena, "%s %s %s", family,
	                                 message_object(req, ret), body);
	hash_sha256_hex(whole, strlen(whole), ret->fingerprint);
	ret->key = arena_printf(req->arena, "%s %s %s", family, source, id);
	ret->keep_s = KEY_KEEP_S;
}
