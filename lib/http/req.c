/* SPDX-License-Identifier: Apache-2.0 */
#include "http/req.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "http/fcgi.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

static const char *
param(const struct fcgi *fcgi, const char *name)
{
	const char *value = fcgi_param(fcgi, name);

	return value == NULL ? "" : value;
}

void
req_identify(struct identity *ret, const struct fcgi *fcgi)
{
	const char *subject = param(fcgi, "MD_SUB");

	*ret = (struct identity){
		.subject = *subject == '\0' ? NULL : subject,
		.kind = param(fcgi, "MD_KIND"),
		.scopes = param(fcgi, "MD_SCOPES"),
		.teams = param(fcgi, "MD_TEAMS"),
		.services = param(fcgi, "MD_SERVICES"),
		.address = param(fcgi, "MD_PEER"),
		.request_id = param(fcgi, "MD_RID"),
	};
}

const char *
req_param(const struct req *req, const char *name)
{
	return fcgi_param(req->fcgi, name);
}

const char *
req_header(const struct req *req, const char *cgi_name)
{
	assert(str_starts(cgi_name, "HTTP_") ||
	       str_starts(cgi_name, "CONTENT"));
	const char *value = fcgi_param(req->fcgi, cgi_name);

	return str_empty(value) ? NULL : value;
}

const char *
req_path(const struct req *req, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < req->match.param_count; i++) {
		const struct route_param *p = &req->match.params[i];

		if (p->name_len == len && memcmp(p->name, name, len) == 0)
			return p->value;
	}
	assert(!"the route has no such parameter");
	return "";
}

bool
req_path_int(const struct req *req, const char *name, int64_t *ret)
{
	return str_to_int64(req_path(req, name), ret) && *ret >= 0;
}

enum body_result
req_body_length(struct req *req, size_t max, size_t *ret)
{
	const char *length = fcgi_param(req->fcgi, "CONTENT_LENGTH");
	int64_t announced = 0;

	/* nginx sends an empty CONTENT_LENGTH when there is no body. */
	if (!str_empty(length) &&
	    (!str_to_int64(length, &announced) || announced < 0))
		return BODY_BROKEN;
	if ((uint64_t)announced > max)
		return BODY_TOO_LARGE;
	*ret = (size_t)announced;
	return BODY_READ;
}

size_t
req_body_read(struct req *req, void *bytes, size_t size)
{
	return fcgi_read(req->fcgi, bytes, size);
}

enum body_result
req_body(struct req *req, size_t max, char **ret, size_t *ret_len)
{
	size_t announced = 0;
	enum body_result result = req_body_length(req, max, &announced);

	if (result != BODY_READ)
		return result;
	char *body = arena_alloc(req->arena, announced + 1);
	if (fcgi_read(req->fcgi, body, announced) != announced)
		return BODY_BROKEN;
	*ret = body;
	*ret_len = announced;
	return BODY_READ;
}

const char *
req_media_type(const struct req *req)
{
	const char *type = req_header(req, "CONTENT_TYPE");

	if (type == NULL)
		return "";
	char *plain = arena_strndup(req->arena, type, strcspn(type, ";"));
	size_t len = strlen(plain);
	while (len > 0 && isspace((unsigned char)plain[len - 1]))
		plain[--len] = '\0';
	for (char *p = plain; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return plain;
}
