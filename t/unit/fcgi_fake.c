/* SPDX-License-Identifier: Apache-2.0 */
#include "fcgi_fake.h"

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "http/fcgi.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	PARAMS_MAX = 16,
};

struct fcgi {
	struct {
		const char *name;
		const char *value;
	} params[PARAMS_MAX];
	size_t count;
	const char *body;
	struct buf answer;
};

struct req *
fake_req(struct arena *arena)
{
	struct req *req = arena_alloc(arena, sizeof(*req));
	struct buf *headers = arena_alloc(arena, sizeof(*headers));
	struct fcgi *fcgi = arena_alloc(arena, sizeof(*fcgi));

	headers->arena = arena;
	fcgi->body = "";
	fcgi->answer.arena = arena;
	*req = (struct req){
		.arena = arena,
		.method = GET,
		.path = "/",
		.faults = {.arena = arena},
		.fcgi = fcgi,
		.headers = headers,
	};
	return req;
}

void
fake_param(struct req *req, const char *name, const char *value)
{
	struct fcgi *fcgi = req->fcgi;

	assert(fcgi->count < PARAMS_MAX);
	fcgi->params[fcgi->count].name = name;
	fcgi->params[fcgi->count++].value = value;
}

void
fake_body(struct req *req, const char *bytes, const char *length)
{
	req->fcgi->body = bytes;
	fake_param(req, "CONTENT_LENGTH", length);
}

const char *
fake_answer(const struct req *req)
{
	return buf_text(&req->fcgi->answer);
}

const char *
fake_header(const struct req *req, const char *name)
{
	const char *answer = fake_answer(req);
	const char *end = strstr(answer, "\r\n\r\n");
	const char *mark = arena_printf(req->arena, "\r\n%s: ", name);
	const char *at = strstr(
		arena_printf(req->arena, "\r\n%.*s",
	                     end == NULL ? 0 : (int)(end - answer), answer),
		mark);

	if (at == NULL)
		return NULL;
	at += strlen(mark);
	return arena_strndup(req->arena, at, strcspn(at, "\r"));
}

int
fake_status(const struct req *req)
{
	const char *status = fake_header(req, "Status");

	return status == NULL ? 0 : atoi(status);
}

const char *
fake_answer_body(const struct req *req)
{
	const char *end = strstr(fake_answer(req), "\r\n\r\n");

	return end == NULL ? NULL : end + 4;
}

/* --- http/fcgi.h ---------------------------------------------------------- */

const char *
fcgi_param(const struct fcgi *fcgi, const char *name)
{
	for (size_t i = 0; i < fcgi->count; i++) {
		if (strcmp(fcgi->params[i].name, name) == 0)
			return fcgi->params[i].value;
	}
	return NULL;
}

size_t
fcgi_read(struct fcgi *fcgi, char *bytes, size_t size)
{
	size_t len = strlen(fcgi->body);

	if (len > size)
		len = size;
	memcpy(bytes, fcgi->body, len);
	fcgi->body += len;
	return len;
}

void
fcgi_write(struct fcgi *fcgi, const char *bytes, size_t size)
{
	buf_add(&fcgi->answer, bytes, size);
}
