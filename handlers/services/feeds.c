/* SPDX-License-Identifier: Apache-2.0 */
/* Activity as Atom feeds (RFC 4287). */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/settings.h"
#include "base/str.h"
#include "store/event.h"
#include "store/team.h"
#include "wire/atom.h"

#include <inttypes.h>
#include <string.h>

enum {
	FEED_ENTRIES = 50,
	TITLE_CHANGED = 120, /* bytes of what changed; the content has it all */
};

/* When nothing has happened yet: a feed must say since when it is as it is. */
static const char long_ago[] = "1970-01-01T00:00:00Z";

/* What happened, after the name of whom it happened to. */
static const struct {
	const char *type;
	const char *words;
} happened[] = {
	{"service.created", "is new in the catalogue"},
	{"service.updated", "has changed"},
	{"service.tombstoned", "is no longer declared"},
	{"service.restored", "is back in the catalogue"},
	{"api.updated", "has a new revision"},
	{"api.breaking", "has a revision that breaks services"},
	{"publish.failed", "has a publish that was refused"},
	{"publish.resolved", "has a good publish again"},
	{"publish.held", "has deletions that wait for approval"},
	{"publish.approved", "had its deletions approved"},
	{"publish.rejected", "had its deletions rejected"},
};

/* One segment of a path (RFC 3986, 3.3). */
static const char *
segment(struct req *req, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~";
	struct buf out = {.arena = req->arena};

	for (; *text != '\0'; text++) {
		if (strchr(plain, *text) != NULL)
			buf_addc(&out, *text);
		else
			buf_printf(&out, "%%%02X", (unsigned char)*text);
	}
	return buf_text(&out);
}

static const char *
brief(struct req *req, const char *changed)
{
	if (strlen(changed) <= TITLE_CHANGED)
		return changed;
	char *text = arena_strndup(req->arena, changed, TITLE_CHANGED);
	str_drop_partial(text);
	return arena_printf(req->arena, "%s…", text);
}

static const char *
title_of(struct req *req, const struct event *event)
{
	const char *words = event->type;
	/* A message may name neither a service nor a publisher. */
	const char *who = strcmp(event->subject, "-") == 0
	                          ? "an unknown publisher"
	                          : event->subject;

	for (size_t i = 0; i < ARRAY_LEN(happened); i++) {
		if (strcmp(happened[i].type, event->type) == 0)
			words = happened[i].words;
	}
	if (event->changed != NULL && *event->changed != '\0')
		return arena_printf(req->arena, "%s %s: %s", who, words,
		                    brief(req, event->changed));
	return arena_printf(req->arena, "%s %s", who, words);
}

static void
add_line(struct buf *out, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		buf_printf(out, "%s: %s\n", name, value);
}

static const char *
content_of(struct req *req, const struct event *event)
{
	struct buf out = {.arena = req->arena};

	add_line(&out, "Event", event->type);
	add_line(&out, "Version", event->version);
	add_line(&out, "Changed", event->changed);
	add_line(&out, "Faults", event->faults);
	add_line(&out, "Commit", event->commit);
	add_line(&out, "Run", event->run_url);
	add_line(&out, "By", event->actor);
	return buf_text(&out);
}

/* The path of the page that shows what happened, without its first slash. */
static const char *
place_of(struct req *req, const struct event *event)
{
	const char *subject = segment(req, event->subject);
	int64_t version = 0;

	if (strcmp(event->kind, "service") == 0)
		return arena_printf(req->arena, "services/%s", subject);
	if (strcmp(event->kind, "api") != 0 || event->version == NULL ||
	    !str_to_int64(event->version, &version))
		return "publishes";
	if (version < 2)
		return arena_printf(req->arena, "apis/%s", subject);
	return arena_printf(req->arena,
	                    "apis/%s/diff?from=%" PRId64 "&to=%" PRId64,
	                    subject, version - 1, version);
}

static void
add_event(struct req *req, struct atom *atom, const struct event *event)
{
	const char *origin = req->settings->public_origin;
	const struct atom_entry entry = {
		.id = arena_printf(req->arena, "%s/api/v1/events#%" PRId64,
	                           origin, event->id),
		.title = title_of(req, event),
		.updated = event->time,
		.author = event->actor,
		.page = arena_printf(req->arena, "%s/%s", origin,
	                             place_of(req, event)),
		.related = event->run_url,
		.content = content_of(req, event),
	};

	atom_add(atom, &entry);
}

/* `place` is the path of the page without its slash: services/x. */
static enum http_status
reply_feed(struct req *req, const char *name, const char *place,
           const struct rows *rows)
{
	const char *origin = req->settings->public_origin;
	struct event event = {.time = long_ago};
	struct buf body = {.arena = req->arena};

	if (rows->count > 0)
		event_read(rows, 0, &event);
	const struct atom_feed feed = {
		.id = arena_printf(req->arena, "%s/api/v1/%s/activity.atom",
	                           origin, place),
		.title = arena_printf(req->arena, "Activity of %s", name),
		.updated = event.time,
		.page = arena_printf(req->arena, "%s/%s", origin, place),
		.generator = "mdash",
	};

	struct atom *atom = atom_open(req->arena, &feed);
	for (int i = 0; i < rows->count; i++) {
		event_read(rows, i, &event);
		add_event(req, atom, &event);
	}
	atom_close(atom, &body);
	return reply_bytes(req, HTTP_OK, "application/atom+xml",
	                   buf_text(&body), body.len);
}

enum http_status
service_feed(struct req *req)
{
	const char *id = req_path(req, "id");
	struct rows rows = {0};
	enum http_status answered;

	if (!query_none(req))
		return problem_query(req);
	enum db_result result =
		event_feed(req->db, req->arena, EVENT_FEED_SERVICE, id,
	                   FEED_ENTRIES, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "event");
	if (result == DB_NONE && !service_exists(req, id, &answered))
		return answered;
	return reply_feed(
		req, id,
		arena_printf(req->arena, "services/%s", segment(req, id)),
		&rows);
}

enum http_status
team_feed(struct req *req)
{
	const char *team = req_path(req, "team");
	struct rows rows = {0};
	struct rows facts;

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = event_feed(req->db, req->arena, EVENT_FEED_TEAM,
	                                   team, FEED_ENTRIES, &rows);
	/* A team to which nothing happened is one all the same. */
	if (result == DB_NONE)
		result = team_facts(req->db, req->arena, team, NULL, &facts);
	if (result != DB_ROW)
		return problem_db(req, result, "team");
	return reply_feed(
		req, team,
		arena_printf(req->arena, "teams/%s", segment(req, team)),
		&rows);
}
