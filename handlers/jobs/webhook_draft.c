/* SPDX-License-Identifier: Apache-2.0 */
/* What people say a webhook shall be. */
#include "jobs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/settings.h"
#include "base/str.h"
#include "http/body.h"
#include "net/url.h"
#include "store/event_type.h"
#include "wire/field.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	BODY_MAX = 64 << 10,
	NAME_MAX_CHARS = 100,
	URL_MAX_CHARS = 2048,
	TYPES_MAX = 20,
	FILTER_MAX = 100,
};

struct draft {
	const char *name;
	const char *url;
	const char *state;
	struct texts types;
	struct texts teams;
	struct texts campaigns;
	json_t *ordered;
	const char *format;
};

#define FIELDS(whole)                                                        \
	{                                                                    \
		FIELD(TEXT, struct draft, name, "name", .required = (whole), \
		      .min = 1, .max = NAME_MAX_CHARS),                      \
			FIELD(TEXT, struct draft, url, "url",                \
		              .required = (whole), .min = 1,                 \
		              .max = URL_MAX_CHARS),                         \
			FIELD(TEXTS, struct draft, types, "types",           \
		              .required = (whole), .min = 1,                 \
		              .max = TYPES_MAX),                             \
			FIELD(TEXTS, struct draft, teams, "teams",           \
		              .max = FILTER_MAX),                            \
			FIELD(TEXTS, struct draft, campaigns, "campaigns",   \
		              .max = FILTER_MAX),                            \
			FIELD(JSON, struct draft, ordered, "ordered"),       \
			FIELD(TEXT, struct draft, format, "format",          \
		              .words = "cloudevents slack"),                 \
			FIELD(TEXT, struct draft, state, "state",            \
		              .words = "active paused"),                     \
			FIELD_END,                                           \
	}

static const struct field whole_fields[] = FIELDS(true);
static const struct field part_fields[] = FIELDS(false);

/* A type of event with '*' for any run of characters. */
static bool
is_type_glob(const char *text)
{
	static const char any[] = "abcdefghijklmnopqrstuvwxyz_.*";
	size_t len = strlen(text);

	return len >= 1 && len <= 64 && strspn(text, any) == len;
}

static void
check_url(struct req *req, const char *url)
{
	const struct settings *s = req->settings;
	struct net_rules rules;
	struct fault fault;

	if (net_rules_read(s->webhook_allow, s->webhook_schemes,
	                   s->webhook_ports, req->arena, &rules, &fault) != 0)
		faults_add(&req->faults, "#/url", 0, 0, "setting",
		           "cannot be looked at: a setting of this "
		           "installation is wrong (%s)",
		           fault.detail);
	else if (net_url_check(url, &rules, &fault) != 0)
		faults_add(&req->faults, "#/url", 0, 0, fault.code, "%s",
		           fault.detail);
}

/* A pattern that no event has would be silent for ever. */
static void
check_type(struct req *req, const char *glob, const char *pointer)
{
	if (!is_type_glob(glob))
		faults_add(&req->faults, pointer, 0, 0, "format",
		           "must be a type of event such as todo.done or "
		           "todo.*");
	else if (!event_type_any(glob))
		faults_add(&req->faults, pointer, 0, 0, "unknown",
		           "\"%s\" stands for no type of event; there are %s",
		           glob, event_type_hint(glob, req->arena));
}

static void
check(struct req *req, const struct draft *draft)
{
	struct faults *faults = &req->faults;

	if (draft->name != NULL && str_is_blank(draft->name))
		faults_add(faults, "#/name", 0, 0, "too-short",
		           "must not be blank");
	else
		faults_unless_line(faults, "#/name", "control-character",
		                   draft->name);
	if (draft->url != NULL)
		check_url(req, draft->url);
	for (size_t i = 0; i < draft->types.count; i++)
		check_type(req, draft->types.items[i],
		           arena_printf(req->arena, "#/types/%zu", i));
	if (draft->ordered != NULL && !json_is_boolean(draft->ordered))
		faults_add(faults, "#/ordered", 0, 0, "type",
		           "must be true or false");
}

static void
write_texts(struct json_out *out, const char *name, const struct texts *texts,
            bool whole)
{
	if (!whole && texts->items == NULL)
		return;
	json_key(out, name);
	json_open(out, '[');
	for (size_t i = 0; i < texts->count; i++)
		json_text(out, texts->items[i]);
	json_close(out, ']');
}

static const char *
draft_text(struct arena *arena, const struct draft *draft, bool whole)
{
	struct buf text = {.arena = arena};
	struct json_out out = {.buf = &text};

	json_open(&out, '{');
	if (draft->name != NULL)
		json_pair_text(&out, "name", draft->name);
	if (draft->url != NULL)
		json_pair_text(&out, "url", draft->url);
	write_texts(&out, "types", &draft->types, whole);
	write_texts(&out, "teams", &draft->teams, whole);
	write_texts(&out, "campaigns", &draft->campaigns, whole);
	if (whole || draft->ordered != NULL)
		json_pair_bool(&out, "ordered", json_is_true(draft->ordered));
	if (whole || draft->format != NULL)
		json_pair_text(&out, "format",
		               draft->format != NULL ? draft->format
		                                     : "cloudevents");
	if (whole || draft->state != NULL)
		json_pair_text(&out, "state",
		               draft->state != NULL ? draft->state : "active");
	json_close(&out, '}');
	return buf_text(&text);
}

bool
webhook_draft(struct req *req, bool whole, struct webhook_draft *ret,
              enum http_status *answered)
{
	struct draft draft = {.name = NULL};

	if (!body_fields(req, BODY_MAX, whole ? whole_fields : part_fields,
	                 &draft, answered))
		return false;
	check(req, &draft);
	if (faults_any(&req->faults)) {
		*answered = problem_faults(req, PROBLEM_INVALID_FIELDS,
		                           "the webhook is not valid",
		                           &req->faults);
		return false;
	}
	*ret = (struct webhook_draft){
		.text = draft_text(req->arena, &draft, whole),
		.state_alone = draft.state != NULL && draft.name == NULL &&
	                       draft.url == NULL && draft.types.items == NULL &&
	                       draft.teams.items == NULL &&
	                       draft.campaigns.items == NULL &&
	                       draft.ordered == NULL && draft.format == NULL,
	};
	return true;
}
