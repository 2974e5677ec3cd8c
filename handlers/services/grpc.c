/* SPDX-License-Identifier: Apache-2.0 */
/* The gRPC services that a service provides and the RPCs that it calls. */
#include "services.h"

#include "base/buf.h"
#include "store/api.h"

enum http_status
get_service_grpc(struct req *req)
{
	const char *id = req_path(req, "id");
	struct buf body = {.arena = req->arena};
	const char *document;
	enum http_status answered;

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = api_service(req->db, req->arena, id, &document);
	if (result == DB_NONE && !service_exists(req, id, &answered))
		return answered;
	if (result != DB_ROW)
		return problem_db(req, result, "service");
	buf_adds(&body, document);
	return reply_json(req, HTTP_OK, &body);
}
