/* SPDX-License-Identifier: Apache-2.0 */
/* The dependency graph rolled up: which teams need which. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/dependency_all.h"
#include "wire/json_out.h"

#include <stdlib.h>
#include <string.h>

enum {
	EDGES_MAX = 5000,
};

struct team {
	const char *name; /* NULL = services without one; they come first */
	int64_t services;
};

struct team_edge {
	size_t from;
	size_t to; /* team_count = what is not in the catalogue */
	int64_t pairs;
};

struct roll_up {
	const struct dependency_all *all;
	struct team *teams; /* sorted */
	size_t team_count;
	size_t *team_of; /* of each service */
	struct team_edge *edges;
	size_t edge_count;
};

static int
compare_teams(const void *a, const void *b)
{
	const struct team *left = a;
	const struct team *right = b;

	if (left->name == NULL || right->name == NULL)
		return (left->name != NULL) - (right->name != NULL);
	return strcmp(left->name, right->name);
}

static int
compare_ends(const void *a, const void *b)
{
	const struct team_edge *left = a;
	const struct team_edge *right = b;

	if (left->from != right->from)
		return left->from < right->from ? -1 : 1;
	return (left->to > right->to) - (left->to < right->to);
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct team_edge *left = a;
	const struct team_edge *right = b;

	if (left->pairs != right->pairs)
		return left->pairs < right->pairs ? 1 : -1;
	return compare_ends(a, b);
}

static void
find_teams(struct req *req, struct roll_up *roll_up)
{
	const struct dependency_all *all = roll_up->all;
	size_t count = 0;
	struct team *teams =
		arena_array(req->arena, all->service_count + 1, sizeof(*teams));

	for (size_t i = 0; i < all->service_count; i++)
		teams[i] = (struct team){.name = all->services[i].team};
	if (all->service_count > 0)
		qsort(teams, all->service_count, sizeof(*teams), compare_teams);
	for (size_t i = 0; i < all->service_count; i++) {
		if (i == 0 || compare_teams(&teams[i], &teams[count - 1]) != 0)
			teams[count++] = teams[i];
		teams[count - 1].services++;
	}
	roll_up->teams = teams;
	roll_up->team_count = count;

	roll_up->team_of = arena_array(req->arena, all->service_count + 1,
	                               sizeof(*roll_up->team_of));
	for (size_t i = 0; i < all->service_count; i++) {
		const struct team wanted = {.name = all->services[i].team};
		const struct team *found = bsearch(
			&wanted, teams, count, sizeof(wanted), compare_teams);

		roll_up->team_of[i] = (size_t)(found - teams);
	}
}

/* Joins edges of the same ends and puts those of most pairs first. */
static void
join_edges(struct roll_up *roll_up)
{
	struct team_edge *edges = roll_up->edges;
	size_t count = 0;

	if (roll_up->edge_count > 0)
		qsort(edges, roll_up->edge_count, sizeof(*edges), compare_ends);
	for (size_t i = 0; i < roll_up->edge_count; i++) {
		if (i == 0 || compare_ends(&edges[i], &edges[count - 1]) != 0)
			edges[count++] = edges[i];
		else
			edges[count - 1].pairs++;
	}
	roll_up->edge_count = count;
	if (count > 0)
		qsort(edges, count, sizeof(*edges), compare_pairs);
}

static void
find_edges(struct req *req, struct roll_up *roll_up)
{
	const struct dependency_all *all = roll_up->all;
	size_t count = 0;

	roll_up->edges =
		arena_array(req->arena, all->pair_count + all->unmet_count + 1,
	                    sizeof(*roll_up->edges));
	for (size_t i = 0; i < all->pair_count; i++)
		roll_up->edges[count++] = (struct team_edge){
			.from = roll_up->team_of[all->pairs[i].from],
			.to = roll_up->team_of[all->pairs[i].to],
			.pairs = 1,
		};
	for (size_t i = 0; i < all->unmet_count; i++) {
		const struct dependency_unmet *row = &all->unmet[i];

		/* One pair, however many RPCs. */
		if (i > 0 && row[-1].from == row->from &&
		    strcmp(row[-1].key, row->key) == 0)
			continue;
		roll_up->edges[count++] = (struct team_edge){
			.from = roll_up->team_of[row->from],
			.to = roll_up->team_count,
			.pairs = 1,
		};
	}
	roll_up->edge_count = count;
	join_edges(roll_up);
}

static const char *
id_of(const struct roll_up *roll_up, size_t team)
{
	if (team == roll_up->team_count)
		return dependency_unknown_team;
	return roll_up->teams[team].name != NULL ? roll_up->teams[team].name
	                                         : dependency_no_team;
}

static void
write_team(struct json_out *out, const char *id, const char *kind,
           int64_t services)
{
	json_open(out, '{');
	json_pair_text(out, "id", id);
	json_pair_text(out, "kind", kind);
	json_pair_int(out, "services", services);
	json_close(out, '}');
}

static void
write_roll_up(struct json_out *out, const struct roll_up *roll_up)
{
	size_t shown = roll_up->edge_count < EDGES_MAX ? roll_up->edge_count
	                                               : EDGES_MAX;

	json_key(out, "nodes");
	json_open(out, '[');
	for (size_t i = 0; i < roll_up->team_count; i++)
		write_team(out, id_of(roll_up, i),
		           roll_up->teams[i].name != NULL ? "team" : "unowned",
		           roll_up->teams[i].services);
	if (roll_up->all->unmet_count > 0)
		write_team(out, dependency_unknown_team, "unknown", 0);
	json_close(out, ']');
	json_key(out, "edges");
	json_open(out, '[');
	for (size_t i = 0; i < shown; i++) {
		const struct team_edge *edge = &roll_up->edges[i];

		json_open(out, '{');
		json_pair_text(out, "from", id_of(roll_up, edge->from));
		json_pair_text(out, "to", id_of(roll_up, edge->to));
		json_pair_int(out, "pairs", edge->pairs);
		json_close(out, '}');
	}
	json_close(out, ']');
	json_pair_int(out, "edgesLeftOut",
	              (int64_t)(roll_up->edge_count - shown));
}

enum http_status
dependencies_of_teams(struct req *req)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct dependency_all all;
	struct roll_up roll_up = {.all = &all};
	enum db_result result = dependency_all(req->db, req->arena, &all);

	if (result != DB_ROW)
		return problem_db(req, result, "team");
	find_teams(req, &roll_up);
	find_edges(req, &roll_up);

	json_open(&out, '{');
	json_pair_text(&out, "by", "team");
	write_roll_up(&out, &roll_up);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
