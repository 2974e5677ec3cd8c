/* SPDX-License-Identifier: Apache-2.0 */
#include "http/body.h"

#include "http/problem.h"
#include "http/reply.h"
#include "http/req.h"
#include "wire/field.h"
#include "wire/json_in.h"

#include <string.h>
#include <strings.h>

static enum http_status
refuse(struct req *req)
{
	if (json_is_malformed(&req->faults))
		return problem_faults(req, PROBLEM_BAD_REQUEST,
		                      "the body is no JSON", &req->faults);
	return problem_faults(req, PROBLEM_INVALID_FIELDS,
	                      "the body is not valid", &req->faults);
}

json_t *
body_json(struct req *req, size_t max, enum http_status *answered)
{
	const char *coding = req_header(req, "HTTP_CONTENT_ENCODING");
	char *bytes;
	size_t len;

	if (strcmp(req_media_type(req), "application/json") != 0) {
		reply_header(req, "Accept", "application/json");
		*answered = problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
		                    "send the body as application/json");
		return NULL;
	}

	if (coding != NULL && strcasecmp(coding, "identity") != 0) {
		reply_header(req, "Accept-Encoding", "identity");
		*answered = problem(req, PROBLEM_UNSUPPORTED_MEDIA_TYPE,
		                    "a body is not packed here");
		return NULL;
	}

	switch (req_body(req, max, &bytes, &len)) {
	case BODY_READ:
		break;
	case BODY_TOO_LARGE:
		*answered = problem(req, PROBLEM_TOO_LARGE,
		                    "at most %zu bytes are taken here", max);
		return NULL;
	case BODY_BROKEN:
		*answered = problem(req, PROBLEM_BAD_REQUEST,
		                    "the body is shorter than announced");
		return NULL;
	}

	json_t *value = json_read(bytes, len, req->arena, &req->faults);
	if (value == NULL)
		*answered = refuse(req);
	return value;
}

bool
body_fields(struct req *req, size_t max, const struct field *fields, void *ret,
            enum http_status *answered)
{
	const json_t *object = body_json(req, max, answered);

	if (object == NULL)
		return false;
	if (fields_read(object, fields, FIELDS_CLOSED, "#", req->arena,
	                &req->faults, ret))
		return true;
	*answered = refuse(req);
	return false;
}
