/* SPDX-License-Identifier: Apache-2.0 */
/* Takes reports of CI; what is in them, the worker reads. */
#include "report/report.h"
#include "ingest.h"

#include "http/list.h"

static enum db_result
say_report(struct req *req, const struct delivery *delivery, const void *what,
           struct publish_answer *ret)
{
	return publish_report(req->db, req->arena, what, &delivery->options,
	                      &req->who, ret);
}

enum http_status
receive_report(struct req *req)
{
	struct delivery delivery = {.service_id = req_path(req, "service")};
	struct publish_report report = {.service_id = delivery.service_id};
	enum report_format format =
		report_format_named(req_path(req, "format"));
	enum http_status answered;

	if (format == REPORT_FORMAT_END)
		return problem(req, PROBLEM_NOT_FOUND,
		               "reports are junit, cobertura or cyclonedx");
	if (!options_read_report(req, &delivery.options, &report.ttl_s))
		return problem_query(req);
	if (!source_read_report(req, format == REPORT_CYCLONEDX,
	                        &delivery.source, &answered) ||
	    !delivery_key(req, &delivery, &answered))
		return answered;
	if (delivery.source.len == 0)
		return problem(req, PROBLEM_BAD_REQUEST, "the report is empty");
	report.format = report_format_name(format);
	report.bytes = delivery.source.bytes;
	report.len = delivery.source.len;
	const struct saying saying = {say_report, &report, HTTP_ACCEPTED};
	return say(req, &delivery, &saying);
}
