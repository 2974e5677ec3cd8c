/* SPDX-License-Identifier: Apache-2.0 */
#include "apis.h"

#include "base/arena.h"
#include "wire/json_out.h"

#include <inttypes.h>
#include <string.h>

bool
revision_read(struct req *req, const struct query_int *number,
              struct api_revision *ret, enum http_status *answered)
{
	const char *repository = req_path(req, "repository");
	enum db_result result =
		api_revision_find(req->db, req->arena, repository,
	                          number->given ? number->value : 0, ret);

	if (result == DB_ROW && ret->number > 0)
		return true;
	if (result == DB_ROW)
		*answered = problem(req, PROBLEM_NOT_FOUND,
		                    "the proto repository %s has no revision "
		                    "%" PRId64,
		                    repository, number->value);
	else if (result == DB_NONE)
		*answered =
			problem(req, PROBLEM_NOT_FOUND,
		                "no descriptor set of a proto repository %s "
		                "was ever published",
		                repository);
	else
		*answered = problem_db(req, result, "proto repository");
	return false;
}

enum http_status
problem_symbol(struct req *req, const struct api_revision *at, const char *name)
{
	struct rows rows = {0};
	enum db_result result =
		api_nearest(req->db, req->arena, at, name, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "symbol");
	return problem_with(
		req, PROBLEM_NOT_FOUND,
		arena_printf(req->arena,
	                     "revision %" PRId64 " of %s declares no %s",
	                     at->number, req_path(req, "repository"), name),
		nearest_members(req, &rows));
}

bool
is_full_name(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	for (;; text++) {
		size_t len = strspn(text, letters);

		if (len == 0 || (*text >= '0' && *text <= '9'))
			return false;
		text += len;
		if (*text != '.')
			return *text == '\0';
	}
}

void
write_names(struct json_out *out, const char *name, const struct rows *rows)
{
	json_key(out, name);
	json_open(out, '[');
	for (int i = 0; i < rows->count; i++)
		json_text(out, rows_text(rows, i, 0));
	json_close(out, ']');
}
