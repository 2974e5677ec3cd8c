/* SPDX-License-Identifier: Apache-2.0 */
/* Owning teams: what they own, who is in them, how to reach them. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/service.h"
#include "store/team.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	TEAM_SERVICES_MAX = 1000,
};

struct team_query {
	const char *at;
};

static const struct query_field team_fields[] = {
	QUERY(TIME, struct team_query, at, "at"),
	QUERY_END,
};

/* The facts of one team: rows `from` up to `to`. */
struct facts {
	const struct rows *rows;
	int from;
	int to;
};

static bool
is_kind(const struct facts *facts, int row, const char *kind)
{
	return strcmp(rows_text(facts->rows, row, TEAM_FACT_KIND), kind) == 0;
}

static int64_t
count_of(const struct facts *facts, const char *kind)
{
	for (int i = facts->from; i < facts->to; i++) {
		if (is_kind(facts, i, kind))
			return rows_int(facts->rows, i, TEAM_FACT_COUNT);
	}
	return 0;
}

static void
write_team(struct json_out *out, const char *name, const struct facts *facts)
{
	json_open(out, '{');
	json_pair_text(out, "name", name);
	json_pair_int(out, "services", count_of(facts, "services"));
	json_pair_int(out, "people", count_of(facts, "people"));
	json_pair_int(out, "failing", count_of(facts, "failing"));
	json_key(out, "corporations");
	json_open(out, '[');
	for (int i = facts->from; i < facts->to; i++) {
		if (is_kind(facts, i, "corp"))
			json_text(out,
			          rows_text(facts->rows, i, TEAM_FACT_VALUE));
	}
	json_close(out, ']');
	json_key(out, "lifecycles");
	json_open(out, '{');
	for (int i = facts->from; i < facts->to; i++) {
		if (is_kind(facts, i, "lifecycle"))
			json_pair_int(
				out, rows_text(facts->rows, i, TEAM_FACT_VALUE),
				rows_int(facts->rows, i, TEAM_FACT_COUNT));
	}
	json_close(out, '}');
	json_close(out, '}');
}

/* The team that begins at row `from`. */
static struct facts
facts_from(const struct rows *rows, int from)
{
	const char *team = rows_text(rows, from, TEAM_FACT_TEAM);
	int to = from + 1;

	while (to < rows->count &&
	       strcmp(rows_text(rows, to, TEAM_FACT_TEAM), team) == 0)
		to++;
	return (struct facts){.rows = rows, .from = from, .to = to};
}

enum http_status
list_teams(struct req *req)
{
	struct team_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	struct facts facts;
	int64_t unowned = 0;

	if (!query_read(req, team_fields, &query))
		return problem_query(req);
	enum db_result result = team_facts(req->db, req->arena, NULL,
	                                   moment_text(req, query.at), &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "team");

	json_open(&out, '{');
	json_key(&out, "items");
	json_open(&out, '[');
	for (int i = 0; i < rows.count; i = facts.to) {
		const char *name = rows_text(&rows, i, TEAM_FACT_TEAM);

		facts = facts_from(&rows, i);
		if (*name == '\0')
			unowned = count_of(&facts, "services");
		else
			write_team(&out, name, &facts);
	}
	json_close(&out, ']');
	json_pair_int(&out, "unowned", unowned);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* All that stands on the page of a team. */
struct team_page {
	struct rows facts;
	struct rows contacts;
	struct rows members;
	struct rows services;
};

static enum db_result
read_services(struct req *req, const char *team, const char *at,
              struct rows *ret)
{
	const char *const choices[] = {
		arena_printf(req->arena, "team:%s", team),
	};
	const struct service_filter filter = {
		.choices = choices,
		.choice_count = ARRAY_LEN(choices),
		.at = at,
	};
	const struct service_page page = {
		.sort = SERVICE_SORT_NAME,
		.after_key = "",
		.after_id = "",
		.limit = TEAM_SERVICES_MAX,
	};

	return service_list(req->db, req->arena, &filter, &page, ret);
}

/* DB_NONE when there was never such a team; what it has none of is empty. */
static enum db_result
read_page(struct req *req, const char *team, const char *at,
          struct team_page *ret)
{
	enum db_result result =
		team_facts(req->db, req->arena, team, at, &ret->facts);

	if (result == DB_ROW)
		result = team_contacts(req->db, req->arena, team, at,
		                       &ret->contacts);
	else
		return result;
	if (result == DB_ROW || result == DB_NONE)
		result = team_members(req->db, req->arena, team, &ret->members);
	if (result == DB_ROW || result == DB_NONE)
		result = read_services(req, team, at, &ret->services);
	return result == DB_NONE ? DB_ROW : result;
}

static enum http_status
problem_unknown(struct req *req, const char *team)
{
	struct rows rows = {0};
	enum db_result result = team_nearest(req->db, req->arena, team, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "team");
	return problem_with(
		req, PROBLEM_NOT_FOUND,
		arena_printf(req->arena, "there is no team %s", team),
		nearest_members(req, &rows));
}

static void
write_contacts(struct json_out *out, const struct rows *rows)
{
	json_key(out, "contacts");
	json_open(out, '[');
	for (int i = 0; i < rows->count; i++) {
		json_open(out, '{');
		json_pair_text(out, "kind",
		               rows_text(rows, i, TEAM_CONTACT_KIND));
		json_pair_text(out, "value",
		               rows_text(rows, i, TEAM_CONTACT_VALUE));
		json_pair_int(out, "services",
		              rows_int(rows, i, TEAM_CONTACT_SERVICES));
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void
write_members(struct json_out *out, const struct rows *rows)
{
	json_key(out, "members");
	json_open(out, '[');
	for (int i = 0; i < rows->count; i++) {
		json_open(out, '{');
		json_pair_text(out, "name",
		               rows_text(rows, i, TEAM_MEMBER_NAME));
		json_pair_text(out, "displayName",
		               rows_text(rows, i, TEAM_MEMBER_DISPLAY_NAME));
		json_close(out, '}');
	}
	json_close(out, ']');
}

enum http_status
get_team(struct req *req)
{
	const char *team = req_path(req, "team");
	struct team_query query = {0};
	struct team_page page = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	if (!query_read(req, team_fields, &query))
		return problem_query(req);
	enum db_result result =
		read_page(req, team, moment_text(req, query.at), &page);
	if (result == DB_NONE)
		return problem_unknown(req, team);
	if (result != DB_ROW)
		return problem_db(req, result, "team");

	const struct facts facts = {.rows = &page.facts,
	                            .to = page.facts.count};
	json_open(&out, '{');
	json_key(&out, "team");
	write_team(&out, team, &facts);
	write_contacts(&out, &page.contacts);
	write_members(&out, &page.members);
	write_items(&out, "services", &page.services, page.services.count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
