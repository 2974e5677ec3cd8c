/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CloudEvents 1.0 over HTTP: binary mode, where headers hold the attributes and
 * the body is the data, and structured mode, where one JSON object is all.
 */
#include "ingest.h"

#include "base/arena.h"
#include "base/str.h"
#include "wire/json_in.h"

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

/* The attributes that every event has, and which publish it is. */
static void
read_context(struct req *req, const struct event *event, bool *ret_set,
             const char **ret_subject)
{
	const char *version = event->find(req, event, "specversion");
	const char *type = event->find(req, event, "type");
	bool one = type != NULL && strcmp(type, "mdash.service.publish") == 0;

	*ret_set = type != NULL && strcmp(type, "mdash.services.publish") == 0;
	*ret_subject = one ? event->find(req, event, "subject") : NULL;
	if (version == NULL || strcmp(version, "1.0") != 0)
		faults_add(&req->faults, pointer_to(req, event, "specversion"),
		           0, 0, "enum", "must be 1.0");
	if (!one && !*ret_set)
		faults_add(&req->faults, pointer_to(req, event, "type"), 0, 0,
		           "enum",
		           "must be one of: mdash.service.publish "
		           "mdash.services.publish");
	if (one && str_empty(*ret_subject))
		faults_add(&req->faults, pointer_to(req, event, "subject"), 0,
		           0, "required", "must be the id of the service");
	message_check_name(req, pointer_to(req, event, "id"),
	                   event->find(req, event, "id"));
	message_check_name(req, pointer_to(req, event, "source"),
	                   event->find(req, event, "source"));
}

/* False: answered by 422. */
static bool
read_attributes(struct req *req, const struct event *event,
                struct delivery *ret, enum http_status *answered)
{
	const struct option_names names = {.prefix = event->prefix,
	                                   .lower = true};
	bool set;

	read_context(req, event, &set, &ret->service_id);
	if (options_collect(req, &names, set, event->find, event,
	                    &ret->options))
		return true;
	*answered = problem_faults(req, PROBLEM_INVALID_FIELDS,
	                           "the attributes of the event are not valid",
	                           &req->faults);
	return false;
}

/* The data of a structured event as text. False: req->faults says why. */
static bool
read_data(struct req *req, const struct event *event, struct source *ret)
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
		const char *text = json_string_value(packed);

		ret->bytes =
			text == NULL
				? NULL
				: hash_base64_decode(req->arena, text,
		                                     json_string_length(packed),
		                                     &ret->len);
		if (ret->bytes == NULL)
			faults_add(&req->faults, "#/data_base64", 0, 0,
			           "base64", "is no base64");
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

static enum http_status
receive_binary(struct req *req)
{
	const struct event event = {.prefix = "ce-", .find = find_header};
	struct delivery delivery = {0};
	enum http_status answered;

	if (!read_attributes(req, &event, &delivery, &answered) ||
	    !source_read(req, delivery.options.set, &delivery.source,
	                 &answered))
		return answered;
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
	if (!read_data(req, &event, &delivery.source))
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
