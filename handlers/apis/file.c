/* SPDX-License-Identifier: Apache-2.0 */
/* What a .proto file declares. */
#include "apis.h"

#include "base/buf.h"
#include "wire/json_out.h"
#include "wire/limits.h"

#include <inttypes.h>

struct file_query {
	struct query_int revision;
	const char *path;
};

static enum http_status
reply_file(struct req *req, const struct api_revision *at,
           const struct api_file *file)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows symbols = {0};
	struct rows importers = {0};
	enum db_result result =
		api_file_symbols(req->db, req->arena, file, &symbols);

	if (result == DB_ROW || result == DB_NONE)
		result = api_file_importers(req->db, req->arena, at, file,
		                            &importers);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "file");

	json_open(&out, '{');
	json_pair_text(&out, "repository", req_path(req, "repository"));
	json_pair_raw(&out, "revision", at->revision);
	json_pair_text(&out, "path", file->path);
	json_pair_text(&out, "package", file->package);
	json_pair_text(&out, "syntax", file->syntax);
	json_pair_raw(&out, "imports", file->imports);
	json_pair_raw(&out, "document",
	              file->document == NULL ? "null" : file->document);
	write_names(&out, "importedBy", &importers);
	write_items(&out, "symbols", &symbols, symbols.count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
get_file(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY_REVISION(struct file_query, revision),
		QUERY(TEXT, struct file_query, path, "path", .required = true,
	              .min = 1, .max = LIMIT_DESCRIPTOR_PATH),
		QUERY_END,
	};
	struct file_query query = {0};
	struct api_revision at;
	struct api_file file;
	enum http_status answered;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (!revision_read(req, &query.revision, &at, &answered))
		return answered;
	enum db_result result =
		api_file_find(req->db, req->arena, &at, query.path, &file);
	if (result == DB_NONE)
		return problem(req, PROBLEM_NOT_FOUND,
		               "revision %" PRId64 " of %s has no file %s",
		               at.number, req_path(req, "repository"),
		               query.path);
	if (result != DB_ROW)
		return problem_db(req, result, "file");
	return reply_file(req, &at, &file);
}
