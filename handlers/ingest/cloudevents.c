/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CloudEvents 1.0 over HTTP: binary mode, where headers hold the attributes and
 * the body is the data, and structured mode, where one JSON object is all.
 */
#include "ingest.h"

#include "base/arena.h"
#include "base/settings.h"
#include "base/str.h"
#include "wire/json_in.h"
#include "wire/limits.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

struct event {
	const char *prefix; /* of pointers in faults */
	option_find *find;  /* an attribute by its name */
	const json_t *json; /* structured mode only */
};

/* A header value; other than ASCII, spaces and % come as %XX (3.1.3.2). */
static const char *
find_header(struct req *req, const void *from, const char *name)
{
	const struct event *event = from;
	char *header = arena_printf(req->arena, "HTTP_CE_%s", name);

	for (char *p = header; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	const char *text = req_header(req, header);
	if (text == NULL)
		return NULL;
	const char *decoded =
		percent_decode(req->arena, text, strlen(text), false);
	if (decoded == NULL)
		faults_add(
			&req->faults,
			arena_printf(req->arena, "%s%s", event->prefix, name),
			0, 0, "encoding",
			"is not percent-encoded UTF-8 without control "
			"characters");
	return decoded;
}

/* Attributes are texts, whole numbers or booleans; null is as good as absent.
 */
static const char *
find_member(struct req *req, const void *from, const char *name)
{
	const struct event *event = from;
	const json_t *value = json_object_get(event->json, name);

	if (value == NULL || json_is_null(value))
		return NULL;
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_integer(value))
		return arena_printf(req->arena, "%" JSON_INTEGER_FORMAT,
		                    json_integer_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? "1" : "0";
	faults_add(&req->faults,
	           arena_printf(req->arena, "%s%s", event->prefix, name), 0, 0,
	           "type", "must be a text");
	return NULL;
}

static const char *
pointer_to(struct req *req, const struct event *event, const char *name)
{
	return arena_printf(req->arena, "%s%s", event->prefix, name);
}

enum kind {
	KIND_SERVICE,
	KIND_SERVICES,
	KIND_DESCRIPTOR_SET,
	KIND_END,
};

static const char *const types[KIND_END] = {
	[KIND_SERVICE] = "mdash.service.publish",
	[KIND_SERVICES] = "mdash.services.publish",
	[KIND_DESCRIPTOR_SET] = "mdash.descriptor-set.publish",
};

/* The attributes that every event has. Which publish it is. */
static enum kind
read_context(struct req *req, const struct event *event)
{
	const char *version = event->find(req, event, "specversion");
	const char *type = event->find(req, event, "type");
	enum kind kind = 0;

	while (kind < KIND_END &&
	       (type == NULL || strcmp(type, types[kind]) != 0))
		kind++;
	if (version == NULL || strcmp(version, "1.0") != 0)
		faults_add(&req->faults, pointer_to(req, event, "specversion"),
		           0, 0, "enum", "must be 1.0");
	if (kind == KIND_END)
		faults_add(&req->faults, pointer_to(req, event, "type"), 0, 0,
		           "enum", "must be one of: %s %s %s",
		           types[KIND_SERVICE], types[KIND_SERVICES],
		           types[KIND_DESCRIPTOR_SET]);
	message_check_name(req, pointer_to(req, event, "id"),
	                   event->find(req, event, "id"));
	message_check_name(req, pointer_to(req, event, "source"),
	                   event->find(req, event, "source"));
	return kind;
}

/* What the event is about; of a full set, that is said by its specs. */
static void
read_subject(struct req *req, const struct event *event, enum kind kind,
             struct delivery *ret)
{
	const char *pointer = pointer_to(req, event, "subject");
	const char *subject = kind == KIND_SERVICES || kind == KIND_END
	                              ? NULL
	                              : event->find(req, event, "subject");

	if (kind == KIND_DESCRIPTOR_SET)
		(void)!message_repository(req, pointer, subject, ret);
	else if (kind == KIND_SERVICE && str_empty(subject))
		faults_add(&req->faults, pointer, 0, 0, "required",
		           "must be the id of the service");
	else
		ret->service_id = subject;
}

/* False: answered by 422. */
static bool
read_attributes(struct req *req, const struct event *event,
                struct delivery *ret, enum http_status *answered)
{
	const struct option_names names = {.prefix = event->prefix,
	                                   .lower = true};
	enum kind kind = read_context(req, event);

	(void)!options_collect(req, &names, kind == KIND_SERVICES, event->find,
	                       event, &ret->options);
	read_subject(req, event, kind, ret);
	if (!faults_any(&req->faults))
		return true;
	*answered = problem_faults(req, PROBLEM_INVALID_FIELDS,
	                           "the attributes of the event are not valid",
	                           &req->faults);
	return false;
}

static void
decode(struct req *req, const json_t *packed, struct source *ret)
{
	const char *text = json_string_value(packed);

	ret->bytes = text == NULL
	                     ? NULL
	                     : hash_base64_decode(req->arena, text,
	                                          json_string_length(packed),
	                                          &ret->len);
	if (ret->bytes == NULL)
		faults_add(&req->faults, "#/data_base64", 0, 0, "base64",
		           "is no base64");
}

/* The data of a structured event as a descriptor set, which is no text. */
static bool
read_set(struct req *req, const struct event *event, struct source *ret)
{
	const json_t *packed = json_object_get(event->json, "data_base64");
	const char *type = find_member(req, event, "datacontenttype");

	if (type != NULL && !source_is_protobuf(type))
		faults_add(&req->faults, "#/datacontenttype", 0, 0, "enum",
		           "must be application/x-protobuf");
	if (json_object_get(event->json, "data") != NULL || packed == NULL)
		faults_add(&req->faults, "#/data_base64", 0, 0, "required",
		           "a descriptor set is given as data_base64");
	else
		decode(req, packed, ret);
	return !faults_any(&req->faults);
}

/* The same as text. False: req->faults says why. */
static bool
read_text(struct req *req, const struct event *event, struct source *ret)
{
	const json_t *data = json_object_get(event->json, "data");
	const json_t *packed = json_object_get(event->json, "data_base64");
	const char *type = find_member(req, event, "datacontenttype");

	ret->format = type == NULL ? SPEC_FORMAT_JSON : source_format(type);
	if (ret->format == SPEC_FORMAT_END)
		faults_add(&req->faults, "#/datacontenttype", 0, 0, "enum",
		           "must be application/yaml or application/json");
	if ((data == NULL) == (packed == NULL)) {
		faults_add(&req->faults, "#/data", 0, 0, "required",
		           "give data or data_base64, one of the two");
	} else if (packed != NULL) {
		decode(req, packed, ret);
	} else if (ret->format == SPEC_FORMAT_YAML) {
		ret->bytes = json_string_value(data);
		ret->len = json_string_length(data);
		if (ret->bytes == NULL)
			faults_add(&req->faults, "#/data", 0, 0, "type",
			           "must be the YAML as a text");
	} else {
		char *text = json_dumps(data, JSON_INDENT(2) | JSON_ENCODE_ANY);

		ret->bytes = arena_must(text);
		ret->len = strlen(text);
		arena_defer(req->arena, free, text);
	}
	return !faults_any(&req->faults);
}

/* Carries out what the attributes and the source say. */
static enum http_status
carry_out(struct req *req, const struct event *event, struct delivery *delivery)
{
	message_key(req, "cloudevent", event->find(req, event, "source"),
	            event->find(req, event, "id"), delivery);
	return publish(req, delivery);
}

/* A descriptor set has as much room as in an envelope. */
static size_t
set_limit(const struct req *req)
{
	int64_t most = req->settings->descriptor_bytes;

	return most < LIMIT_ENVELOPE_BYTES ? (size_t)most
	                                   : LIMIT_ENVELOPE_BYTES;
}

static enum http_status
receive_binary(struct req *req)
{
	const struct event event = {.prefix = "ce-", .find = find_header};
	struct delivery delivery = {0};
	struct outcome refused;
	enum http_status answered;

	if (!read_attributes(req, &event, &delivery, &answered))
		return answered;
	if (delivery.repository != NULL) {
		if (!descriptor_body(req, set_limit(req), &delivery.source,
		                     &refused))
			return publish_end(req, &delivery, &refused);
	} else if (!source_read(req, delivery.options.set, &delivery.source,
	                        &answered)) {
		return answered;
	}
	return carry_out(req, &event, &delivery);
}

static enum http_status
receive_structured(struct req *req)
{
	struct event event = {.prefix = "#/", .find = find_member};
	struct delivery delivery = {0};
	struct source envelope;
	enum http_status answered;

	if (!source_read_envelope(req, &envelope, &answered))
		return answered;
	event.json = json_read_envelope(envelope.bytes, envelope.len,
	                                req->arena, &req->faults);
	if (event.json == NULL || !json_is_object(event.json)) {
		if (event.json != NULL)
			faults_add(&req->faults, NULL, 0, 0, "type",
			           "must be an object");
		return problem_faults(req, PROBLEM_BAD_REQUEST,
		                      "this is no CloudEvent", &req->faults);
	}
	if (!read_attributes(req, &event, &delivery, &answered))
		return answered;
	if (delivery.repository != NULL
	            ? !read_set(req, &event, &delivery.source)
	            : !read_text(req, &event, &delivery.source))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the data of the event is not valid",
		                      &req->faults);
	return carry_out(req, &event, &delivery);
}

enum http_status
receive_cloudevent(struct req *req)
{
	const char *type = req_media_type(req);

	if (strcmp(type, "application/cloudevents+json") == 0)
		return receive_structured(req);
	if (str_starts(type, "application/cloudevents"))
		return problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
		               "one event at a time, as JSON or in binary "
		               "mode");
	return receive_binary(req);
}
