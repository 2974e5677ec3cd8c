/* SPDX-License-Identifier: Apache-2.0 */
/* Takes reports of CI; what is in them, the worker reads. */
#include "report/report.h"
#include "ingest.h"

#include "base/arena.h"
#include "http/list.h"
#include "store/service.h"

#include <string.h>

struct run {
	const struct delivery *delivery;
	struct publish_report report;
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
	result = publish_report(req->db, req->arena, &run->report,
	                        &run->delivery->options, &req->who,
	                        &run->answer);
	if (result != DB_ROW || run->answer.verdict != PUBLISH_DONE)
		return result;
	run->out.kind = OUTCOME_DONE;
	run->out.status = HTTP_ACCEPTED;
	run->out.body = run->answer.body;
	result = delivery_keep(req, run->delivery, &run->out);
	return result == DB_ROW ? db_commit(req->db) : result;
}

static enum http_status
refuse(struct req *req, const struct run *run)
{
	struct rows rows = {0};

	if (run->answer.verdict != PUBLISH_NOT_FOUND)
		return problem_with(req, PROBLEM_FORBIDDEN, run->answer.detail,
		                    run->answer.extra);
	enum db_result result = service_nearest(req->db, req->arena,
	                                        run->report.service_id, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "service");
	return problem_with(req, PROBLEM_NOT_FOUND, run->answer.detail,
	                    nearest_members(req, &rows));
}

static enum http_status
carry_out(struct req *req, struct run *run)
{
	enum db_result result = DB_AGAIN;

	for (int tries = 0; tries < TRIES_MAX && result == DB_AGAIN; tries++) {
		result = attempt(req, run);
		/* Ends what was not committed. */
		db_rollback(req->db);
		if (result == DB_CONFLICT)
			result = DB_AGAIN;
	}
	if (result != DB_ROW)
		return problem_db(req, result, "report");
	if (run->out.kind != OUTCOME_END)
		return outcome_reply(req, run->delivery, &run->out);
	return refuse(req, run);
}

enum http_status
receive_report(struct req *req)
{
	struct delivery delivery = {.service_id = req_path(req, "service")};
	struct run run = {.delivery = &delivery};
	enum report_format format =
		report_format_named(req_path(req, "format"));
	enum http_status answered;

	if (format == REPORT_FORMAT_END)
		return problem(req, PROBLEM_NOT_FOUND,
		               "reports are junit, cobertura or cyclonedx");
	if (!options_read_report(req, &delivery.options, &run.report.ttl_s))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the query is not valid", &req->faults);
	if (!source_read_report(req, format == REPORT_CYCLONEDX,
	                        &delivery.source, &answered) ||
	    !delivery_key(req, &delivery, &answered))
		return answered;
	if (delivery.source.len == 0)
		return problem(req, PROBLEM_BAD_REQUEST, "the report is empty");
	run.report.service_id = delivery.service_id;
	run.report.format = report_format_name(format);
	run.report.bytes = delivery.source.bytes;
	run.report.len = delivery.source.len;
	return carry_out(req, &run);
}
