/* SPDX-License-Identifier: Apache-2.0 */
#include "auth.h"

#include "base/buf.h"
#include "db/sql.h"
#include "http/req.h"
#include "wire/json_out.h"

enum db_result
audit(struct req *req, const char *action, const char *object,
      const char *detail)
{
	struct buf who = {.arena = req->arena};
	struct json_out out = {.buf = &who};

	json_open(&out, '{');
	json_pair_text(&out, "subject", req->who.subject);
	json_pair_text(&out, "kind", req->who.kind);
	json_pair_text(&out, "address", req->who.address);
	json_pair_text(&out, "requestId", req->who.request_id);
	json_close(&out, '}');
	const struct arg args[] = {
		ARG_TEXT(buf_text(&who)), ARG_TEXT(action), ARG_TEXT(object),
		ARG_TEXT(detail),         ARGS_END,
	};
	return db_run(req->db, &sql_token_audit, args);
}
