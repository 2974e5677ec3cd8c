/* SPDX-License-Identifier: Apache-2.0 */
/* What may be asked for in a campaign. The members go on to the database as
 * they were sent, so that one that is null stays apart from one that is not
 * given. */
#include "todos.h"

#include "base/arena.h"
#include "base/str.h"
#include "http/body.h"
#include "wire/field.h"
#include "wire/place.h"

#include <stdlib.h>
#include <string.h>

enum {
	NAMED_MAX = 63,
	TITLE_MAX = 200,
	MARKDOWN_MAX = 20000,
	RULE_MAX = 2000,
	TAGS_MAX = 10,
	TAG_MAX = 64,
	DAMPING_MAX = 8760,
	LIMIT_MAX = 100000,
};

struct draft {
	const char *name;
	const char *title;
	const char *why;
	const char *how;
	json_t *target;
	const char *rule;
	const char *team;
	const char *review_team;
	int64_t level;
	const char *phase;
	const char *due;
	bool permanent;
	int64_t team_limit;
	int64_t damping;
};

#define CAMPAIGN_FIELDS(required_)                                             \
	FIELD(TEXT, struct draft, title, "title", .required = (required_),     \
	      .min = 1, .max = TITLE_MAX),                                     \
		FIELD(TEXT, struct draft, team, "team",                        \
	              .required = (required_), .min = 1, .max = NAMED_MAX),    \
		FIELD(TEXT, struct draft, why, "why", .max = MARKDOWN_MAX),    \
		FIELD(TEXT, struct draft, how, "how", .max = MARKDOWN_MAX),    \
		FIELD(JSON, struct draft, target, "target"),                   \
		FIELD(TEXT, struct draft, rule, "rule", .min = 1,              \
	              .max = RULE_MAX),                                        \
		FIELD(TEXT, struct draft, review_team, "reviewTeam", .min = 1, \
	              .max = NAMED_MAX),                                       \
		FIELD(INT, struct draft, level, "level", .min = 1, .max = 5),  \
		FIELD(TEXT, struct draft, phase, "phase", .min = 1,            \
	              .max = NAMED_MAX),                                       \
		FIELD(TEXT, struct draft, due, "due", .min = 1, .max = 10),    \
		FIELD(BOOL, struct draft, permanent, "permanent"),             \
		FIELD(INT, struct draft, team_limit, "teamLimit", .min = 1,    \
	              .max = LIMIT_MAX),                                       \
		FIELD(INT, struct draft, damping, "dampingHours",              \
	              .max = DAMPING_MAX)

static const struct field draft_fields[] = {
	FIELD(TEXT, struct draft, name, "name", .required = true, .min = 1,
              .max = NAMED_MAX),
	CAMPAIGN_FIELDS(true),
	FIELD_END,
};

/* Of a campaign that is there all but its name. */
static const struct field change_fields[] = {
	CAMPAIGN_FIELDS(false),
	FIELD_END,
};

/* It is looked at while it is written. */
static const struct field preview_fields[] = {
	FIELD(TEXT, struct draft, name, "name", .min = 1, .max = NAMED_MAX),
	CAMPAIGN_FIELDS(false),
	FIELD_END,
};

static const struct field *const fields_of[] = {
	[CAMPAIGN_DRAFT] = draft_fields,
	[CAMPAIGN_CHANGE] = change_fields,
	[CAMPAIGN_PREVIEW] = preview_fields,
};

/* Those that may not be null: there is nothing that null could mean. */
static const char *const never_null[] = {
	"why", "how", "target", "permanent", "dampingHours", "title", "team",
};

struct target {
	const char *words;
	const char *team;
	const char *corp;
	struct texts tags;
	const char *lifecycle;
	int64_t tier;
};

static const struct field target_fields[] = {
	FIELD(TEXT, struct target, words, "q", .max = 200),
	FIELD(TEXT, struct target, team, "team", .min = 1, .max = NAMED_MAX),
	FIELD(TEXT, struct target, corp, "corp", .min = 1, .max = 100),
	FIELD(TEXTS, struct target, tags, "tag", .max = TAGS_MAX),
	FIELD(TEXT, struct target, lifecycle, "lifecycle",
              .words = "experimental production deprecated retired "
                       "unspecified"),
	FIELD(INT, struct target, tier, "tier", .min = 1, .max = 4),
	FIELD_END,
};

/* A part of a target is one line; blank it is none, or matches nothing. */
static void
check_part(struct req *req, const char *pointer, const char *text)
{
	if (!str_empty(text) && !str_is_blank(text))
		check_line(req, pointer, text);
}

static void
check_target(struct req *req, const json_t *object)
{
	struct target target = {.words = NULL};

	(void)fields_read(object, target_fields, FIELDS_CLOSED, "#/target",
	                  req->arena, &req->faults, &target);
	check_part(req, "#/target/q", target.words);
	check_part(req, "#/target/team", target.team);
	check_part(req, "#/target/corp", target.corp);
	for (size_t i = 0; i < target.tags.count; i++) {
		const char *tag = target.tags.items[i];
		const char *at = pointer_item(req->arena, "#/target/tag", i);

		if (str_chars(tag) > TAG_MAX)
			faults_add(&req->faults, at, 0, 0, "too-long",
			           "must have at most %d characters", TAG_MAX);
		else
			check_part(req, at, tag);
	}
}

static bool
is_name(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	static const char others[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	return strspn(text, letters) > 0 &&
	       strspn(text, others) == strlen(text);
}

/* False with faults. */
static bool
campaign_check(struct req *req, const json_t *object, enum campaign_body what)
{
	struct faults *faults = &req->faults;
	struct draft draft = {.name = NULL};

	(void)fields_read(object, fields_of[what], FIELDS_CLOSED, "#",
	                  req->arena, faults, &draft);
	/* Of a draft the last two are required already. */
	size_t count = ARRAY_LEN(never_null) - (what == CAMPAIGN_DRAFT ? 2 : 0);
	for (size_t i = 0; i < count; i++) {
		const char *name = never_null[i];

		if (json_is_null(json_object_get(object, name)))
			faults_add(faults,
			           pointer_member(req->arena, "#", name), 0, 0,
			           "type", "must not be null");
	}
	if (draft.name != NULL && !is_name(draft.name))
		faults_add(faults, "#/name", 0, 0, "format",
		           "must be lower-case letters, digits and hyphens, a "
		           "letter first");
	check_line(req, "#/title", draft.title);
	check_line(req, "#/phase", draft.phase);
	check_day(req, "#/due", draft.due);
	/* Who reads a rule must see what it says. */
	if (draft.rule != NULL && !str_is_plain(draft.rule))
		faults_add(faults, "#/rule", 0, 0, "control-character",
		           "must not contain control characters or signs that "
		           "turn the text around");
	if (draft.target != NULL)
		check_target(req, draft.target);
	return !faults_any(faults);
}

const char *
campaign_read(struct req *req, enum campaign_body what,
              enum http_status *answered)
{
	json_t *object = body_json(req, CAMPAIGN_BODY_MAX, answered);

	if (object == NULL)
		return NULL;
	if (!campaign_check(req, object, what)) {
		*answered =
			problem_faults(req, PROBLEM_INVALID_FIELDS,
		                       "the body is not valid", &req->faults);
		return NULL;
	}
	char *text = arena_must(json_dumps(object, JSON_COMPACT));
	arena_defer(req->arena, free, text);
	return text;
}
