/* SPDX-License-Identifier: Apache-2.0 */
/* Carries out what CI says of a service beside its spec. */
#include "ingest.h"

#include "base/arena.h"
#include "http/list.h"
#include "store/service.h"

struct run {
	const struct delivery *delivery;
	const struct saying *saying;
	struct publish_answer answer;
	struct outcome out;
};

static enum db_result
attempt(struct req *req, struct run *run)
{
	enum db_result result = db_begin(req->db);

	if (result != DB_ROW)
		return result;
	run->out = (struct outcome){.kind = OUTCOME_END};
	result = delivery_recall(req, run->delivery, &run->out);
	if (result != DB_NONE)
		return result;
	result = run->saying->run(req, run->delivery, run->saying->what,
	                          &run->answer);
	if (result != DB_ROW || run->answer.verdict != PUBLISH_DONE)
		return result;
	run->out.kind = OUTCOME_DONE;
	run->out.status = run->saying->status;
	run->out.body = run->answer.body;
	if (run->delivery->dry_run)
		return DB_ROW;
	result = delivery_keep(req, run->delivery, &run->out);
	return result == DB_ROW ? db_commit(req->db) : result;
}

static enum http_status
refuse_unknown(struct req *req, const struct run *run)
{
	struct rows rows = {0};
	enum db_result result = service_nearest(
		req->db, req->arena, run->delivery->service_id, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "service");
	return problem_with(req, PROBLEM_NOT_FOUND, run->answer.detail,
	                    nearest_members(req, &rows));
}

enum http_status
say(struct req *req, const struct delivery *delivery,
    const struct saying *saying)
{
	struct run run = {.delivery = delivery, .saying = saying};
	enum db_result result = DB_AGAIN;

	for (int tries = 0; tries < TRIES_MAX && result == DB_AGAIN; tries++) {
		result = attempt(req, &run);
		/* Ends what was not committed. */
		db_rollback(req->db);
		if (result == DB_CONFLICT)
			result = DB_AGAIN;
	}
	if (result != DB_ROW)
		return problem_db(req, result, "publish");
	if (run.out.kind != OUTCOME_END)
		return outcome_reply(req, delivery, &run.out);
	switch (run.answer.verdict) {
	case PUBLISH_NOT_FOUND:
		return refuse_unknown(req, &run);
	case PUBLISH_INVALID:
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      run.answer.detail, &req->faults);
	case PUBLISH_DONE:
	case PUBLISH_HELD:
	case PUBLISH_FORBIDDEN:
	case PUBLISH_CONFLICT:
	case PUBLISH_VERDICT_END:
		break;
	}
	return problem_with(req, PROBLEM_FORBIDDEN, run.answer.detail,
	                    run.answer.extra);
}
