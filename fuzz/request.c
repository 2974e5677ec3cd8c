/* SPDX-License-Identifier: Apache-2.0 */
#include "request.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/str.h"
#include "fuzz.h"
#include "http/fcgi.h"
#include "wire/limits.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

enum {
	PARAMS_MAX = 64,
};

struct fcgi {
	struct {
		const char *name;
		const char *value;
	} params[PARAMS_MAX];
	size_t param_count;
	const char *body;
	size_t body_left;
	struct buf answer;
};

/* --- in place of http/fcgi.c ---------------------------------------------- */

const char *
fcgi_param(const struct fcgi *fcgi, const char *name)
{
	for (size_t i = 0; i < fcgi->param_count; i++) {
		if (strcmp(fcgi->params[i].name, name) == 0)
			return fcgi->params[i].value;
	}
	return NULL;
}

size_t
fcgi_read(struct fcgi *fcgi, char *bytes, size_t size)
{
	if (size > fcgi->body_left)
		size = fcgi->body_left;
	if (size > 0)
		memcpy(bytes, fcgi->body, size);
	fcgi->body += size;
	fcgi->body_left -= size;
	return size;
}

void
fcgi_write(struct fcgi *fcgi, const char *bytes, size_t size)
{
	buf_add(&fcgi->answer, bytes, size);
}

/* --- making one ----------------------------------------------------------- */

void
request_init(struct req *ret, struct arena *arena)
{
	static const struct settings settings = {
		.public_origin = "http://127.0.0.1:8080",
		.spec_bytes = LIMIT_SPEC_WIRE,
		.set_bytes = LIMIT_SET_WIRE,
		.descriptor_bytes = 1 << 20,
		.spool_dir = "/tmp",
	};
	struct fcgi *fcgi = arena_alloc(arena, sizeof(*fcgi));
	struct buf *headers = arena_alloc(arena, sizeof(*headers));

	(void)log_init("fuzz", "error");
	fcgi->answer.arena = arena;
	headers->arena = arena;
	*ret = (struct req){
		.arena = arena,
		.settings = &settings,
		.who = {.subject = "token:fuzz#1",
	                .kind = "ci",
	                .scopes = "ingest:write",
	                .teams = "",
	                .services = "",
	                .address = "127.0.0.1",
	                .request_id = "0"},
		.method = POST,
		.path = "/",
		.faults = {.arena = arena},
		.fcgi = fcgi,
		.headers = headers,
	};
}

void
request_param(struct req *req, const char *name, const char *value)
{
	struct fcgi *fcgi = req->fcgi;

	if (fcgi->param_count == PARAMS_MAX)
		return;
	fcgi->params[fcgi->param_count].name = name;
	fcgi->params[fcgi->param_count].value = value;
	fcgi->param_count++;
}

void
request_body(struct req *req, const uint8_t *bytes, size_t len)
{
	req->fcgi->body = (const char *)bytes;
	req->fcgi->body_left = len;
	request_param(req, "CONTENT_LENGTH",
	              arena_printf(req->arena, "%zu", len));
}

/* What nginx makes of a header's name; NULL for what it sets itself. */
static const char *
cgi_name(struct arena *arena, const char *name, size_t len)
{
	char *cgi = arena_printf(arena, "HTTP_%.*s", (int)len, name);

	for (char *p = cgi; *p != '\0'; p++)
		*p = *p == '-' ? '_' : (char)toupper((unsigned char)*p);
	if (strcmp(cgi, "HTTP_CONTENT_LENGTH") == 0)
		return NULL;
	return strcmp(cgi, "HTTP_CONTENT_TYPE") == 0 ? cgi + strlen("HTTP_")
	                                             : cgi;
}

/* nginx refuses lines that are no header. */
static void
read_header(struct req *req, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);

	if (colon == NULL || colon == line)
		return;
	size_t skip = (size_t)(colon - line);
	const char *name = cgi_name(req->arena, line, skip);

	do
		skip++;
	while (skip < len && line[skip] == ' ');
	if (name != NULL)
		request_param(req, name,
		              fuzz_text(req->arena,
		                        (const uint8_t *)line + skip,
		                        len - skip));
}

void
request_read(struct req *req, const uint8_t *bytes, size_t len)
{
	const char *p = (const char *)bytes;
	const char *end = p + len;

	while (p < end && *p != '\n') {
		const char *line_end = memchr(p, '\n', (size_t)(end - p));

		if (line_end == NULL)
			line_end = end;
		read_header(req, p, (size_t)(line_end - p));
		p = line_end + (line_end < end);
	}
	p += p < end;
	request_body(req, (const uint8_t *)p, (size_t)(end - p));
}

/* --- its answer ----------------------------------------------------------- */

/* The value of a header that is there at most once. */
static const char *
answer_header(const struct req *req, const char *head, const char *name)
{
	const char *line =
		strstr(head, arena_printf(req->arena, "\r\n%s: ", name));

	if (line == NULL)
		return "";
	line += 2 + strlen(name) + 2;
	HOLDS(strstr(line, arena_printf(req->arena, "\r\n%s: ", name)) == NULL);
	return arena_strndup(req->arena, line, strcspn(line, "\r"));
}

static void
check_json(const char *body, size_t len, enum http_status status)
{
	json_t *json = json_loadb(body, len, JSON_REJECT_DUPLICATES, NULL);

	HOLDS(json != NULL);
	if (status >= HTTP_BAD_REQUEST) {
		HOLDS(json_integer_value(json_object_get(json, "status")) ==
		      (json_int_t)status);
		HOLDS(json_is_string(json_object_get(json, "type")));
		HOLDS(json_is_string(json_object_get(json, "title")));
		HOLDS(json_string_length(json_object_get(json, "detail")) > 0);
	}
	json_decref(json);
}

void
request_check_answer(const struct req *req, enum http_status status)
{
	const struct buf *answer = &req->fcgi->answer;
	const char *end = strstr(buf_text(answer), "\r\n\r\n");

	HOLDS(end != NULL);
	size_t head_len = (size_t)(end - answer->data);
	const char *body = end + 4;
	size_t body_len = answer->len - head_len - 4;
	const char *head = arena_printf(req->arena, "\r\n%.*s\r\n",
	                                (int)head_len, answer->data);

	/* A line end is a pair, and nothing else ends the text. */
	HOLDS(strlen(head) == head_len + 4);
	for (const char *p = head; *p != '\0'; p++)
		HOLDS((*p != '\n' || p[-1] == '\r') &&
		      (*p != '\r' || p[1] == '\n'));

	HOLDS(atoi(answer_header(req, head, "Status")) == (int)status);
	HOLDS(status < HTTP_INTERNAL);
	const char *type = answer_header(req, head, "Content-Type");
	const char *length = answer_header(req, head, "Content-Length");
	if (status == HTTP_NO_CONTENT) {
		HOLDS(body_len == 0 && *length == '\0');
		return;
	}
	HOLDS(strtoull(length, NULL, 10) == body_len);
	HOLDS(strcmp(type, status < HTTP_BAD_REQUEST
	                           ? "application/json"
	                           : "application/problem+json") == 0);
	check_json(body, body_len, status);
}
