/* SPDX-License-Identifier: Apache-2.0 */
/* One search over everything. */
#include "services.h"

#include "base/buf.h"
#include "store/search.h"
#include "wire/json_out.h"

enum {
	HITS_DEFAULT = 20,
	HITS_MAX = 50,
};

struct search_query {
	const char *words;
	const char *kind;
	struct query_int limit;
};

static const struct query_field search_fields[] = {
	QUERY(TEXT, struct search_query, words, "q", .required = true, .min = 1,
              .max = 200),
	QUERY(WORD, struct search_query, kind, "kind",
              .words = "service team grpc-service rpc message field enum value "
                       "extension"),
	QUERY(INT, struct search_query, limit, "limit", .min = 1,
              .max = HITS_MAX),
	QUERY_END,
};

static void
write_hit(struct json_out *out, const struct rows *rows, int row)
{
	json_open(out, '{');
	json_pair_text(out, "kind", rows_text(rows, row, SEARCH_KIND));
	json_pair_text(out, "key", rows_text(rows, row, SEARCH_KEY));
	json_pair_text(out, "title", rows_text(rows, row, SEARCH_TITLE));
	json_pair_text(out, "detail", rows_text(rows, row, SEARCH_DETAIL));
	json_pair_text(out, "team", rows_text(rows, row, SEARCH_TEAM));
	json_close(out, '}');
}

enum http_status
search(struct req *req)
{
	struct search_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};

	if (!query_read(req, search_fields, &query))
		return problem_query(req);
	enum db_result result = search_find(
		req->db, req->arena, query.words, query.kind,
		query.limit.given ? query.limit.value : HITS_DEFAULT, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "entry");

	json_open(&out, '{');
	json_key(&out, "items");
	json_open(&out, '[');
	for (int i = 0; i < rows.count; i++)
		write_hit(&out, &rows, i);
	json_close(&out, ']');
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
