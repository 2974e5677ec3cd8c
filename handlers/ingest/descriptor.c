/* SPDX-License-Identifier: Apache-2.0 */
/* Publishes a descriptor set: all of it in one transaction, or nothing. */
#include "descriptor.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/settings.h"
#include "ingest.h"
#include "store/api_diff.h"
#include "store/rules.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	FINDINGS_MAX = 1000, /* in an answer */
};

struct publish_run {
	struct descriptor_set *set;
	const struct delivery *delivery;
	struct outcome *out;
	struct publish_options options;
	struct identity who;
	bool dry_run;
	struct proto_plan plan;
	struct proto_revision revision;
	struct proto_applied applied;
	struct api_diff diff;
	const char *todos; /* members of the answer */
};

/* --- the answer ----------------------------------------------------------- */

static void
write_files(struct json_out *out, const struct publish_run *run)
{
	const struct descriptor_set *set = run->set;

	json_key(out, "files");
	json_open(out, '{');
	json_pair_int(out, "total", (int64_t)set->count);
	json_pair_int(out, "new", run->applied.added);
	json_pair_int(out, "changed", run->applied.changed);
	json_pair_int(out, "removed", run->applied.removed);
	json_key(out, "completed");
	json_open(out, '[');
	for (size_t i = 0; i < set->count; i++) {
		if (set->files[i].completed)
			json_text(out, set->files[i].head.path);
	}
	json_close(out, ']');
	json_close(out, '}');
}

/* What is worth telling, but no reason to refuse the set. */
static void
write_warnings(struct json_out *out, const struct descriptor_set *set)
{
	size_t without = 0;
	const char *first = NULL;

	for (size_t i = set->count; i-- > 0;) {
		if (set->files[i].head.source_info)
			continue;
		without++;
		first = set->files[i].head.path;
	}
	json_key(out, "warnings");
	json_open(out, '[');
	if (without > 0) {
		json_open(out, '{');
		json_pair_text(out, "pointer", "#");
		json_pair_text(out, "code", "no-source-info");
		json_pair_text(
			out, "detail",
			arena_printf(out->buf->arena,
		                     "%zu of %zu files have no comments and "
		                     "lines, %s first; make the set with "
		                     "--include_source_info",
		                     without, set->count, first));
		json_close(out, '}');
	}
	json_close(out, ']');
}

/* Those that break first. */
static void
write_findings(struct json_out *out, const struct api_diff *diff)
{
	size_t count = diff->result.finding_count;
	size_t shown = 0;

	json_key(out, "verdicts");
	json_open(out, '{');
	api_write_verdicts(out, diff->counts);
	json_close(out, '}');
	json_key(out, "findings");
	json_open(out, '[');
	for (int verdict = 0; verdict < BREAKING_VERDICT_END; verdict++) {
		for (size_t i = 0; i < count && shown < FINDINGS_MAX; i++) {
			if ((int)diff->verdicts[i].verdict != verdict)
				continue;
			api_write_finding(out, diff, i);
			shown++;
		}
	}
	json_close(out, ']');
	json_pair_int(out, "findingsLeftOut", (int64_t)(count - shown));
}

static void
write_diff(struct json_out *out, const struct publish_run *run)
{
	const struct breaking_result *result = &run->diff.result;
	int64_t counts[3] = {0};

	write_findings(out, &run->diff);

	if (run->plan.current == 0)
		counts[BREAKING_ADDED] = run->applied.symbols;
	for (size_t i = 0; i < result->change_count; i++)
		counts[result->changes[i].how]++;
	json_key(out, "changes");
	json_open(out, '{');
	json_pair_int(out, "added", counts[BREAKING_ADDED]);
	json_pair_int(out, "removed", counts[BREAKING_REMOVED]);
	json_pair_int(out, "changed", counts[BREAKING_CHANGED]);
	json_close(out, '}');
	api_write_impact(out, run->set->req->arena, &run->diff);
}

static void
write_result(const struct publish_run *run)
{
	struct buf body = {.arena = run->set->req->arena};
	struct json_out out = {.buf = &body};

	json_open(&out, '{');
	json_pair_text(&out, "repository", run->set->repository);
	json_pair_text(&out, "result", run->plan.result);
	json_pair_int(&out, "revision", run->plan.number);
	write_files(&out, run);
	json_pair_raw(&out, "counts", run->applied.counts);
	write_warnings(&out, run->set);
	write_diff(&out, run);
	json_close(&out, '}');
	run->out->kind = OUTCOME_DONE;
	run->out->status = HTTP_OK;
	run->out->body =
		rules_answer(run->set->req->arena, buf_text(&body), run->todos);
}

/* --- the transaction ------------------------------------------------------ */

static enum db_result
find_files(struct descriptor_set *set)
{
	enum db_result result = set_heads(set);

	if (result == DB_ROW)
		result = set_complete(set);
	if (result == DB_ROW)
		result = set_keys(set);
	return result == DB_ROW ? set_write(set) : result;
}

static enum db_result
make_revision(struct publish_run *run)
{
	struct descriptor_set *set = run->set;
	struct req *req = set->req;
	int64_t *ids = arena_array(req->arena, set->count, sizeof(*ids));

	run->revision = (struct proto_revision){
		.repository = set->repository,
		.result = run->plan.result,
		.number = run->plan.number,
		.files = ids,
		.file_count = set->count,
		.bytes = set->body.len,
		.source_info = true,
	};
	memcpy(run->revision.set, set->sha256, SHA256_BYTES);
	for (size_t i = 0; i < set->count; i++) {
		ids[i] = set->files[i].id;
		run->revision.source_info &= set->files[i].head.source_info;
	}
	enum db_result result =
		proto_apply(req->db, req->arena, &run->revision, &run->options,
	                    &run->who, &run->applied);
	if (result != DB_ROW || run->applied.twice == NULL)
		return result;
	faults_add(&req->faults, NULL, 0, 0, "duplicate",
	           "%s is declared by two of the files", run->applied.twice);
	return DB_NONE;
}

/* Against the revision that was current, if there was one; a set that came too
 * late is older than that. */
static enum db_result
find_breaking(struct publish_run *run)
{
	struct req *req = run->set->req;
	struct fault fault = {0};

	if (run->plan.current == 0 ||
	    strcmp(run->plan.result, "superseded") == 0)
		return DB_ROW;
	enum db_result result =
		api_diff(req->db, req->arena, run->applied.repository_id,
	                 run->plan.current, run->plan.number,
	                 req->settings->spool_dir, &run->diff, &fault);
	if (result == DB_NONE)
		faults_add(&req->faults, NULL, 0, 0, fault.code, "%s",
		           fault.detail);
	return result;
}

/*
 * A comparison takes a while, in which other services may say that they call
 * what is gone: those are told, too.
 */
static enum db_result
find_hits_now(struct publish_run *run)
{
	struct req *req = run->set->req;

	if (run->diff.counts[BREAKING_BREAKS] == 0)
		return DB_ROW;
	enum db_result result = proto_turn(req->db);
	if (result == DB_ROW)
		result = api_diff_hits(req->db, req->arena,
		                       run->applied.repository_id,
		                       run->plan.current, &run->diff);
	return result;
}

/* Each service once that is hit by what breaks. */
static enum db_result
tell(struct publish_run *run)
{
	struct req *req = run->set->req;
	const struct api_diff *diff = &run->diff;
	const char **services =
		arena_array(req->arena, diff->hit_count + 1, sizeof(*services));
	size_t count = 0;

	for (size_t i = 0; i < diff->hit_count; i++) {
		size_t finding = diff->hits[i].finding;
		size_t k = 0;

		if (diff->verdicts[finding].verdict != BREAKING_BREAKS)
			continue;
		while (k < count &&
		       strcmp(services[k], diff->hits[i].service) != 0)
			k++;
		if (k == count)
			services[count++] = diff->hits[i].service;
	}
	return proto_tell(req->db, req->arena, &run->revision,
	                  diff->counts[BREAKING_BREAKS], services, count,
	                  &run->options, &run->who);
}

/* Most sets are what the one before was. */
static enum db_result
see_again(struct publish_run *run)
{
	struct descriptor_set *set = run->set;
	struct req *req = set->req;
	enum db_result result = set_heads(set);

	if (result == DB_ROW)
		result = set_complete(set);
	if (result == DB_ROW)
		result = proto_seen(req->db, req->arena, set->repository,
		                    &run->options, &run->who,
		                    &run->applied.counts);
	return result;
}

/* What services call may be deprecated since, or gone. */
static enum db_result
follow(struct publish_run *run)
{
	struct req *req = run->set->req;
	int64_t wait = 0;

	if (strcmp(run->plan.result, "superseded") == 0)
		return DB_ROW;
	enum db_result result = proto_facts(req->db, req->arena, &run->revision,
	                                    run->plan.current, run->dry_run,
	                                    &run->options, &wait);
	if (result != DB_ROW || wait == 0)
		return result;
	return rules_follow_all(req->db, req->arena, wait, &run->options,
	                        &run->who, &run->todos);
}

static enum db_result
publish_new(struct publish_run *run)
{
	enum db_result result = find_files(run->set);

	if (result == DB_ROW)
		result = make_revision(run);
	if (result == DB_ROW)
		result = find_breaking(run);
	if (result == DB_ROW && !run->dry_run)
		result = find_hits_now(run);
	if (result == DB_ROW && !run->dry_run)
		result = tell(run);
	return result == DB_ROW ? follow(run) : result;
}

static enum db_result
attempt(struct publish_run *run)
{
	struct descriptor_set *set = run->set;
	struct req *req = set->req;
	enum db_result result = db_begin(req->db);

	if (result != DB_ROW)
		return result;
	result = delivery_recall(req, run->delivery, run->out);
	if (result != DB_NONE)
		return result;
	result = proto_plan(req->db, req->arena, set->repository, set->sha256,
	                    &run->options, &run->who, &run->plan);
	if (result != DB_ROW || run->plan.status != HTTP_OK)
		return result;
	/* Of a try before this one. */
	run->applied = (struct proto_applied){0};
	run->diff = (struct api_diff){0};
	run->todos = rules_nothing;
	result = strcmp(run->plan.result, "unchanged") == 0 ? see_again(run)
	                                                    : publish_new(run);
	if (result != DB_ROW)
		return result;
	write_result(run);
	if (run->dry_run)
		return DB_ROW;
	result = delivery_keep(req, run->delivery, run->out);
	return result == DB_ROW ? db_commit(req->db) : result;
}

/* A set that was tried before and met another in its way. */
static void
start_over(struct descriptor_set *set)
{
	set->files = NULL;
	set->count = 0;
	set->cap = 0;
}

static void
carry_out(struct publish_run *run)
{
	struct descriptor_set *set = run->set;
	struct outcome *out = run->out;
	struct req *req = set->req;

	out->db = DB_AGAIN;
	for (int tries = 0; tries < TRIES_MAX && out->db == DB_AGAIN; tries++) {
		start_over(set);
		if (!set_walk(set)) {
			out->kind = OUTCOME_MALFORMED;
			return;
		}
		set->keep = arena_new();
		out->db = attempt(run);
		arena_free(&set->keep);
		/* Ends what was not committed. */
		db_rollback(req->db);
		if (out->db == DB_CONFLICT)
			out->db = DB_AGAIN;
	}
	if (faults_any(&req->faults)) {
		out->kind = OUTCOME_INVALID;
	} else if (out->db != DB_ROW) {
		out->kind = OUTCOME_DATABASE;
	} else if (out->kind == OUTCOME_END) {
		out->kind = run->plan.status == HTTP_FORBIDDEN
		                    ? OUTCOME_FORBIDDEN
		                    : OUTCOME_CONFLICT;
		out->detail = run->plan.detail;
		out->extra = run->plan.extra;
	}
}

void
descriptor_deliver(struct req *req, const struct delivery *delivery,
                   struct outcome *ret)
{
	struct descriptor_set set = {
		.req = req,
		.repository = delivery->repository,
		.body = {.bytes = (const unsigned char *)delivery->source.bytes,
	                 .len = delivery->source.len},
		.spool = delivery->source.spool,
	};
	struct publish_run run = {
		.set = &set,
		.delivery = delivery,
		.out = ret,
		.options = delivery->options,
		.who = req->who,
		.dry_run = delivery->dry_run,
	};

	*ret = (struct outcome){.kind = OUTCOME_END};
	carry_out(&run);
	ret->specs.faults = req->faults;
}

/* --- the request ---------------------------------------------------------- */

static void
refuse_parameter(struct req *req, const char *pointer)
{
	faults_add(&req->faults, pointer, 0, 0, "unknown",
	           "is no parameter of this address");
}

enum http_status
publish_descriptor_set(struct req *req)
{
	struct delivery delivery = {.repository = req_path(req, "repository")};
	struct publish_options *options = &delivery.options;
	struct outcome refused;
	enum http_status answered;

	bool valid = options_read(req, false, options, &delivery.dry_run);
	/* Those of full sets of specs: a repository is one by itself. */
	if (options->publisher != NULL)
		refuse_parameter(req, "?publisher");
	if (options->takeover)
		refuse_parameter(req, "?takeover");
	if (!valid || faults_any(&req->faults))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the query is not valid", &req->faults);
	if (delivery.dry_run)
		reply_header(req, "Mdash-Dry-Run", "1");
	if (!is_repository(delivery.repository))
		return problem(req, PROBLEM_INVALID_FIELDS,
		               "the name of a repository has 1 to 63 "
		               "lower-case letters, digits and hyphens, a "
		               "letter first");
	if (!may_publish(req, options, delivery.dry_run, &answered))
		return answered;
	if (!descriptor_body(req, (size_t)req->settings->descriptor_bytes,
	                     &delivery.source, &refused))
		return publish_end(req, &delivery, &refused);
	return publish(req, &delivery);
}
