/* SPDX-License-Identifier: Apache-2.0 */
#include "http/req.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "http/fcgi.h"

#include <inttypes.h>
#include <string.h>

struct reading {
	struct req *req;
	const struct query_field *fields;
	char *ret;
	uint64_t seen;       /* bit per field */
	const char *pointer; /* of the value in hand */
};

static void
fault(struct req *req, const char *pointer, const char *code,
      const char *detail)
{
	faults_add(&req->faults, pointer, 0, 0, code, "%s", detail);
}

static const char *
pointer_to(struct req *req, const char *name)
{
	return arena_printf(req->arena, "?%s", name);
}

static void
read_int(struct reading *r, const struct query_field *f, const char *text)
{
	struct query_int *to = (void *)(r->ret + f->offset);

	to->given = str_to_int64(text, &to->value);
	if (!to->given || to->value < f->min ||
	    (f->max > 0 && to->value > f->max))
		faults_add(&r->req->faults, r->pointer, 0, 0, "range",
		           "must be a whole number from %" PRId64
		           " to %" PRId64,
		           f->min, f->max > 0 ? f->max : INT64_MAX);
}

/* A zone as +09:00 whose plus stands for a space in an address. */
static bool
lost_plus(const char *text)
{
	size_t len = strlen(text);

	return len > 6 && text[len - 6] == ' ' && text[len - 3] == ':';
}

static void
read_text(struct reading *r, const struct query_field *f, const char *text)
{
	const char **to = (void *)(r->ret + f->offset);
	int64_t chars = (int64_t)str_chars(text);
	int64_t us;

	*to = text;
	if (f->type == QUERY_TYPE_WORD && !str_has_word(f->words, text))
		faults_add(&r->req->faults, r->pointer, 0, 0, "enum",
		           "must be one of: %s", f->words);
	else if (f->type == QUERY_TYPE_TIME && !clock_parse(text, &us))
		fault(r->req, r->pointer, "time",
		      lost_plus(text)
		              ? "must be a time as in 2026-11-24T09:30:00Z; "
		                "the + of a zone is written %2B here"
		              : "must be a time as in 2026-11-24T09:30:00Z");
	else if (f->max > 0 && chars > f->max)
		faults_add(&r->req->faults, r->pointer, 0, 0, "too-long",
		           "must have at most %" PRId64 " characters", f->max);
	else if (chars < f->min)
		fault(r->req, r->pointer, "too-short", "must not be empty");
}

static void
read_list(struct reading *r, const struct query_field *f, const char *text)
{
	struct query_list *to = (void *)(r->ret + f->offset);

	if (to->count == QUERY_LIST_MAX) {
		fault(r->req, r->pointer, "too-many",
		      "may be given at most 10 times");
		return;
	}
	if (f->max > 0 && (int64_t)str_chars(text) > f->max)
		fault(r->req, r->pointer, "too-long", "is too long");
	to->items[to->count++] = text;
}

static void
read_value(struct reading *r, const struct query_field *f, const char *text)
{
	switch (f->type) {
	case QUERY_TYPE_INT:
		read_int(r, f, text);
		break;
	case QUERY_TYPE_FLAG:
		*(bool *)(void *)(r->ret + f->offset) = strcmp(text, "1") == 0;
		if (strcmp(text, "1") != 0 && strcmp(text, "0") != 0)
			fault(r->req, r->pointer, "enum", "must be 1 or 0");
		break;
	case QUERY_TYPE_LIST:
		read_list(r, f, text);
		break;
	case QUERY_TYPE_TEXT:
	case QUERY_TYPE_WORD:
	case QUERY_TYPE_TIME:
		read_text(r, f, text);
		break;
	case QUERY_TYPE_END:
		break;
	}
}

static void
read_pair(struct reading *r, const char *pair, size_t len)
{
	struct arena *arena = r->req->arena;
	const char *equals = memchr(pair, '=', len);
	size_t name_len = equals == NULL ? len : (size_t)(equals - pair);
	const char *name = percent_decode(arena, pair, name_len, true);
	const char *value = equals == NULL
	                            ? ""
	                            : percent_decode(arena, equals + 1,
	                                             len - name_len - 1, true);

	if (name == NULL || value == NULL) {
		fault(r->req, pointer_to(r->req, name == NULL ? "" : name),
		      "encoding",
		      "is not percent-encoded UTF-8 without control "
		      "characters");
		return;
	}
	r->pointer = pointer_to(r->req, name);
	for (unsigned i = 0; r->fields[i].type != QUERY_TYPE_END; i++) {
		const struct query_field *f = &r->fields[i];

		if (strcmp(f->name, name) != 0)
			continue;
		if ((r->seen & (UINT64_C(1) << i)) != 0 &&
		    f->type != QUERY_TYPE_LIST)
			fault(r->req, r->pointer, "repeated", "is given twice");
		r->seen |= UINT64_C(1) << i;
		read_value(r, f, value);
		return;
	}
	fault(r->req, r->pointer, "unknown", "is no parameter of this address");
}

void
query_value(struct req *req, const struct query_field *field,
            const char *pointer, const char *text, void *ret)
{
	struct reading r = {.req = req, .ret = ret, .pointer = pointer};

	read_value(&r, field, text);
}

bool
query_read(struct req *req, const struct query_field *fields, void *ret)
{
	const char *query = req_param(req, "QUERY_STRING");
	struct reading r = {.req = req, .fields = fields, .ret = ret};

	if (query == NULL)
		query = "";
	if (strlen(query) > QUERY_BYTES_MAX) {
		fault(req, "?", "too-long", "the query is too long");
		return false;
	}
	while (*query != '\0') {
		size_t len = strcspn(query, "&");

		if (len > 0)
			read_pair(&r, query, len);
		query += len;
		query += *query == '&';
	}
	for (unsigned i = 0; fields[i].type != QUERY_TYPE_END; i++) {
		if (fields[i].required && (r.seen & (UINT64_C(1) << i)) == 0)
			fault(req, pointer_to(req, fields[i].name), "required",
			      "is required");
	}
	return !faults_any(&req->faults);
}

bool
query_none(struct req *req)
{
	static const struct query_field none[] = {QUERY_END};

	return query_read(req, none, NULL);
}
