/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Google Pub/Sub push. It sends a message again until it is acknowledged by a
 * 2xx, so what can never succeed is kept as a failed publish and acknowledged;
 * only what may succeed later is answered by an error.
 */
#include "ingest.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "wire/field.h"
#include "wire/gzip.h"
#include "wire/json_in.h"
#include "wire/limits.h"

#include <string.h>

#include <jansson.h>

struct envelope {
	const char *subscription;
	json_t *message;
};

struct message {
	const char *data; /* base64 */
	const char *id;
	json_t *attributes;
};

static const struct field envelope_fields[] = {
	FIELD(TEXT, struct envelope, subscription, "subscription", .max = 255),
	FIELD(JSON, struct envelope, message, "message", .required = true),
	FIELD_END,
};

static const struct field message_fields[] = {
	FIELD(TEXT, struct message, data, "data", .max = LIMIT_ENVELOPE_BYTES),
	FIELD(TEXT, struct message, id, "messageId", .required = true,
              .max = 100),
	FIELD(JSON, struct message, attributes, "attributes"),
	FIELD_END,
};

static const char *
attribute(struct req *req, const void *from, const char *name)
{
	const struct message *message = from;
	const json_t *value = json_object_get(message->attributes, name);

	if (value == NULL || json_is_string(value))
		return json_string_value(value);
	faults_add(&req->faults,
	           arena_printf(req->arena, "#/message/attributes/%s", name), 0,
	           0, "type", "must be a text");
	return NULL;
}

static const char data_pointer[] = "#/message/data";
static const char type_pointer[] = "#/message/attributes/contentType";

/* NULL: it is no base64. */
static char *
decode(struct req *req, const char *data, size_t *ret_len)
{
	char *bytes =
		hash_base64_decode(req->arena, data, strlen(data), ret_len);

	if (bytes == NULL)
		faults_add(&req->faults, data_pointer, 0, 0, "base64",
		           "is no base64");
	return bytes;
}

static bool
is_packed(struct req *req, const struct message *message)
{
	const char *coding = attribute(req, message, "contentEncoding");

	return coding != NULL && strcmp(coding, "gzip") == 0;
}

/* False: the data cannot be read, ever. What could be read is in `ret`. */
static bool
read_text(struct req *req, const struct message *message, struct source *ret)
{
	const char *type = attribute(req, message, "contentType");
	const char *data = message->data;
	char *bytes = decode(req, data, &ret->len);

	if (bytes == NULL) {
		*ret = (struct source){.bytes = data, .len = strlen(data)};
		return false;
	}
	if (is_packed(req, message)) {
		enum gzip_result result =
			gzip_inflate(bytes, ret->len, LIMIT_SET_BYTES,
		                     req->arena, &bytes, &ret->len);

		if (result != GZIP_OK) {
			faults_add(&req->faults, data_pointer, 0, 0, "gzip",
			           "%s", gzip_result_text(result));
			*ret = (struct source){.bytes = ""};
			return false;
		}
	}
	ret->bytes = bytes;
	ret->format = type == NULL ? source_guess(bytes, ret->len)
	                           : source_format(type);
	if (ret->format != SPEC_FORMAT_END)
		return true;
	faults_add(&req->faults, type_pointer, 0, 0, "enum",
	           "must be application/yaml or application/json");
	return false;
}

/* The same of a descriptor set; there, it may also be for want of room. */
static bool
read_set(struct req *req, const struct message *message, struct source *ret,
         struct outcome *refused)
{
	const char *type = attribute(req, message, "contentType");
	bool packed = is_packed(req, message);

	if (type != NULL && !source_is_protobuf(type))
		faults_add(&req->faults, type_pointer, 0, 0, "enum",
		           "must be application/x-protobuf");
	ret->bytes = decode(req, message->data, &ret->len);
	if (faults_any(&req->faults))
		return false;
	return !packed || descriptor_unpack(req, data_pointer, ret->bytes,
	                                    ret->len, ret, refused);
}

static bool
read_data(struct req *req, const struct message *message, struct delivery *ret,
          struct outcome *refused)
{
	if (ret->repository != NULL)
		return read_set(req, message, &ret->source, refused);
	return read_text(req, message, &ret->source) &&
	       !faults_any(&req->faults);
}

/* False: `refused` says why. */
static bool
read_message(struct req *req, const struct envelope *envelope,
             const struct message *message, struct delivery *ret,
             struct outcome *refused)
{
	static const struct option_names names = {
		.prefix = "#/message/attributes/"};
	const char *kind = attribute(req, message, "kind");
	bool set = kind != NULL && strcmp(kind, "set") == 0;
	bool descriptors = kind != NULL && strcmp(kind, "descriptor-set") == 0;

	if (!set && !descriptors && kind != NULL &&
	    strcmp(kind, "service") != 0)
		faults_add(&req->faults, "#/message/attributes/kind", 0, 0,
		           "enum",
		           "must be one of: service set descriptor-set");
	(void)!options_collect(req, &names, set, attribute, message,
	                       &ret->options);
	if (message->attributes != NULL && !json_is_object(message->attributes))
		faults_add(&req->faults, "#/message/attributes", 0, 0, "type",
		           "must be an object");
	if (descriptors &&
	    !message_repository(req, "#/message/attributes/repository",
	                        attribute(req, message, "repository"), ret))
		return false;
	if (!read_data(req, message, ret, refused))
		return false;
	message_key(req, "pubsub", envelope->subscription, message->id, ret);
	return true;
}

/* It will be sent again until we have kept it. */
static enum http_status
acknowledge(struct req *req, const struct delivery *delivery,
            const struct outcome *outcome)
{
	enum db_result kept = outcome_keep(req, delivery, outcome);

	if (kept != DB_ROW)
		return problem_db(req, kept, "failed publish");
	log_info("pubsub.refused",
	         LOG_STR("publisher", delivery->options.publisher));
	return reply_no_content(req);
}

static enum http_status
receive(struct req *req, const struct envelope *envelope,
        const struct message *message)
{
	struct delivery delivery = {0};
	struct outcome outcome = {.kind = OUTCOME_INVALID};

	if (read_message(req, envelope, message, &delivery, &outcome))
		deliver(req, &delivery, &outcome);
	else if (outcome.kind == OUTCOME_INVALID)
		outcome.specs.faults = req->faults;

	switch (outcome.kind) {
	case OUTCOME_MALFORMED:
	case OUTCOME_TOO_LARGE:
	case OUTCOME_INVALID:
	case OUTCOME_FORBIDDEN:
	case OUTCOME_CONFLICT:
	case OUTCOME_KEY_USED:
		return acknowledge(req, &delivery, &outcome);
	case OUTCOME_HELD:
		outcome.status = HTTP_OK;
		break;
	case OUTCOME_DONE:
	case OUTCOME_REPLAYED:
	case OUTCOME_ANSWERED:
	case OUTCOME_DATABASE:
	case OUTCOME_END:
		break;
	}
	return outcome_reply(req, &delivery, &outcome);
}

/* False: answered by 400, 413 or 415. */
static bool
read_envelope(struct req *req, struct envelope *envelope,
              struct message *message, enum http_status *answered)
{
	struct faults *faults = &req->faults;
	struct source body;

	if (strcmp(req_media_type(req), "application/json") != 0) {
		*answered = problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
		                    "a Pub/Sub push is application/json");
		return false;
	}
	if (!source_read_envelope(req, &body, answered))
		return false;

	const json_t *json =
		json_read_envelope(body.bytes, body.len, req->arena, faults);
	if (json != NULL &&
	    fields_read(json, envelope_fields, FIELDS_OPEN, "#", req->arena,
	                faults, envelope) &&
	    fields_read(envelope->message, message_fields, FIELDS_OPEN,
	                "#/message", req->arena, faults, message)) {
		message_check_name(req, "#/message/messageId", message->id);
		message_check_name(req, "#/subscription",
		                   envelope->subscription);
	}
	if (faults_any(faults))
		*answered = problem_faults(req, PROBLEM_BAD_REQUEST,
		                           "this is no Pub/Sub push envelope",
		                           faults);
	return !faults_any(faults);
}

enum http_status
receive_pubsub(struct req *req)
{
	struct envelope envelope = {.subscription = "-"};
	struct message message = {.data = ""};
	enum http_status answered;

	if (!read_envelope(req, &envelope, &message, &answered))
		return answered;
	return receive(req, &envelope, &message);
}
