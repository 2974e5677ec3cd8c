/* SPDX-License-Identifier: Apache-2.0 */
/* What a change of an item may say. Members that are not given stay, null takes
 * a value away: so presence is told apart, and a change goes on as JSON. */
#include "todos.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/spec_rules.h"
#include "wire/field.h"
#include "wire/json_out.h"
#include "wire/place.h"

#include <string.h>

enum {
	TITLE_MAX = 200,
	REASON_MAX = 2000,
	NAME_MAX = 100,
	ADDRESS_MAX = 2000,
	COMMENT_MAX = 10000,
	DAY_CHARS = 10,
};

struct change {
	const char *state;
	const char *reason;
	const char *until;
	int64_t waits_for;
	const char *assignee;
	const char *snoozed_until;
	const char *due;
	const char *evidence;
	const char *title;
	const char *external_url;
	const char *comment;
};

static const struct field fields[] = {
	FIELD(TEXT, struct change, state, "state",
              .words = "open waiting in_review done not_applicable exempt "
                       "cancelled"),
	FIELD(TEXT, struct change, reason, "reason", .min = 1,
              .max = REASON_MAX),
	FIELD(TEXT, struct change, until, "until", .max = DAY_CHARS),
	FIELD(INT, struct change, waits_for, "waitsFor", .min = 1),
	FIELD(TEXT, struct change, assignee, "assignee", .min = 1,
              .max = NAME_MAX),
	FIELD(TEXT, struct change, snoozed_until, "snoozedUntil",
              .max = DAY_CHARS),
	FIELD(TEXT, struct change, due, "due", .max = DAY_CHARS),
	FIELD(TEXT, struct change, evidence, "evidence", .min = 1,
              .max = ADDRESS_MAX),
	FIELD(TEXT, struct change, title, "title", .min = 1, .max = TITLE_MAX),
	FIELD(TEXT, struct change, external_url, "externalUrl", .min = 1,
              .max = ADDRESS_MAX),
	FIELD(TEXT, struct change, comment, "comment", .min = 1,
              .max = COMMENT_MAX),
	FIELD_END,
};

/* --- forms ---------------------------------------------------------------- */

void
check_day(struct req *req, const char *pointer, const char *text)
{
	int64_t us;

	if (text != NULL &&
	    (strlen(text) != DAY_CHARS ||
	     !clock_parse(arena_printf(req->arena, "%sT00:00:00Z", text), &us)))
		faults_add(&req->faults, pointer, 0, 0, "date",
		           "must be a day as in 2026-12-24");
}

void
check_line(struct req *req, const char *pointer, const char *text)
{
	if (text == NULL)
		return;
	if (str_is_blank(text))
		faults_add(&req->faults, pointer, 0, 0, "too-short",
		           "must not be blank");
	else
		faults_unless_line(&req->faults, pointer, "control-character",
		                   text);
}

static void
check_words(struct req *req, const char *pointer, const char *text)
{
	if (text != NULL && str_is_blank(text))
		faults_add(&req->faults, pointer, 0, 0, "too-short",
		           "must not be blank");
}

void
check_principal(struct req *req, const char *pointer, const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	static const char more[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	const char prefix[] = "user:";

	if (text == NULL)
		return;
	const char *name = text + strlen(prefix);
	if (!str_starts(text, prefix) || strspn(name, letters) == 0 ||
	    strspn(name, more) != strlen(name))
		faults_add(&req->faults, pointer, 0, 0, "format",
		           "must be user: and a sign-in name");
}

/* Somebody will follow it: no script, no user before the host, as in specs. */
void
check_address(struct req *req, const char *pointer, const char *text)
{
	if (text != NULL &&
	    (!rule_form_matches(FORM_URL, text) || !str_is_line(text)))
		faults_add(&req->faults, pointer, 0, 0, "format",
		           "must be an address that begins with https:// or "
		           "http://, without a user, spaces, control "
		           "characters or signs that turn the text around");
}

/* --- reading -------------------------------------------------------------- */

static void
check_forms(struct req *req, const char *pointer, const struct change *change)
{
	struct arena *arena = req->arena;

	check_words(req, pointer_member(arena, pointer, "reason"),
	            change->reason);
	check_day(req, pointer_member(arena, pointer, "until"), change->until);
	check_principal(req, pointer_member(arena, pointer, "assignee"),
	                change->assignee);
	check_day(req, pointer_member(arena, pointer, "snoozedUntil"),
	          change->snoozed_until);
	check_day(req, pointer_member(arena, pointer, "due"), change->due);
	check_address(req, pointer_member(arena, pointer, "evidence"),
	              change->evidence);
	check_line(req, pointer_member(arena, pointer, "title"), change->title);
	check_address(req, pointer_member(arena, pointer, "externalUrl"),
	              change->external_url);
	check_words(req, pointer_member(arena, pointer, "comment"),
	            change->comment);
}

/* What an item cannot be without is not taken away. */
static void
check_nulls(struct req *req, const char *pointer, const json_t *object)
{
	static const char *const always[] = {"state", "title", "comment"};

	for (size_t i = 0; i < ARRAY_LEN(always); i++) {
		if (json_is_null(json_object_get(object, always[i])))
			faults_add(
				&req->faults,
				pointer_member(req->arena, pointer, always[i]),
				0, 0, "type", "must be a text and not null");
	}
}

static void
write_change(struct json_out *out, const json_t *object)
{
	json_open(out, '{');
	for (const struct field *f = fields; f->type != FIELD_TYPE_END; f++) {
		const json_t *value = json_object_get(object, f->name);

		if (value == NULL)
			continue;
		json_key(out, f->name);
		if (json_is_integer(value))
			json_int(out, json_integer_value(value));
		else
			json_text(out, json_string_value(value));
	}
	json_close(out, '}');
}

bool
change_read(struct req *req, const json_t *object, const char *pointer,
            struct json_out *out)
{
	struct change change = {.state = NULL};

	(void)!fields_read(object, fields, FIELDS_CLOSED, pointer, req->arena,
	                   &req->faults, &change);
	check_nulls(req, pointer, object);
	check_forms(req, pointer, &change);
	if (faults_any(&req->faults))
		return false;
	write_change(out, object);
	return true;
}
