/* SPDX-License-Identifier: Apache-2.0 */
#include "http/precondition.h"

#include "base/arena.h"
#include "base/str.h"
#include "http/problem.h"
#include "http/req.h"

#include <inttypes.h>
#include <string.h>

static const char digits[] = "0123456789";
static const char hex[] = "0123456789abcdef";

/* "3", "3.5f0c" or either after W/: ours are weak since nginx may compress what
 * they are of, which changes no version. */
static bool
read_version(struct req *req, const char *text, int64_t *ret)
{
	if (strncmp(text, "W/", 2) == 0)
		text += 2;
	if (*text++ != '"')
		return false;
	size_t len = strspn(text, digits);
	const char *rest = text + len;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, hex);
	return strcmp(rest, "\"") == 0 &&
	       str_to_int64(arena_strndup(req->arena, text, len), ret);
}

bool
if_match_read(struct req *req, int64_t *ret, enum http_status *answered)
{
	const char *text = req_header(req, "HTTP_IF_MATCH");

	if (text == NULL) {
		*answered = problem(req, PROBLEM_PRECONDITION_REQUIRED,
		                    "If-Match must name the version that is "
		                    "changed: the ETag of what was read, or "
		                    "its version in quotes");
		return false;
	}
	if (read_version(req, text, ret))
		return true;
	*answered = problem(req, PROBLEM_BAD_REQUEST,
	                    "If-Match must be one ETag of what is changed, or "
	                    "its version in quotes, as in \"3\"");
	return false;
}

enum http_status
problem_stale(struct req *req, const char *what, int64_t given, int64_t version)
{
	if (given < 1 || given > version)
		return problem(req, PROBLEM_STALE,
		               "there is no version %" PRId64
		               " of %s: the current one is %" PRId64,
		               given, what, version);
	return problem(req, PROBLEM_STALE,
	               "version %" PRId64
	               " of %s is not the current one, which "
	               "is %" PRId64 ": somebody else has changed it",
	               given, what, version);
}
