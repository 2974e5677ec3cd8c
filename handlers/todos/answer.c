/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a change: the document or the refusal, once for each key. */
#include "todos.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "store/idempotency.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	KEY_MAX = 255,
	KEY_KEEP_S = 24 * 3600,
	TRIES_MAX = 3,
};

int64_t
path_item(struct req *req)
{
	int64_t id;

	return req_path_int(req, "id", &id) && id > 0 ? id : 0;
}

enum http_status
problem_item(struct req *req)
{
	return problem(req, PROBLEM_NOT_FOUND, "there is no item %s",
	               req_path(req, "id"));
}

/* --- refusals ------------------------------------------------------------- */

/* Members of a problem that say more: which member of the body, who could. */
static const char *
more_of(struct req *req, const struct todo_answer *answer)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	if (answer->needs != NULL) {
		json_pair_raw(&out, "needs", answer->needs);
	} else if (answer->pointer != NULL) {
		struct faults faults = {.arena = req->arena};

		faults_add(&faults, answer->pointer, 0, 0, answer->code, "%s",
		           answer->detail);
		return problem_errors(req, &faults);
	}
	return buf_text(&body);
}

/* Of one member that is refused the fault says it all. */
static const char *
detail_of(const struct todo_answer *answer)
{
	return answer->status == HTTP_INVALID_FIELDS ? "the item is not valid"
	                                             : answer->detail;
}

enum http_status
reply_todo(struct req *req, const struct todo_answer *answer)
{
	if (answer->body == NULL)
		return problem_with(req, problem_of(answer->status),
		                    detail_of(answer), more_of(req, answer));
	return reply_bytes(req, (enum http_status)answer->status,
	                   "application/json", answer->body,
	                   strlen(answer->body));
}

void
write_todo(struct req *req, struct json_out *out,
           const struct todo_answer *answer)
{
	json_open(out, '{');
	json_pair_int(out, "id", answer->item);
	json_pair_int(out, "status", answer->status);
	if (answer->body == NULL)
		json_pair_raw(out, "problem",
		              problem_text(req, problem_of(answer->status),
		                           detail_of(answer),
		                           more_of(req, answer)));
	else
		json_pair_raw(out, "todo", answer->body);
	json_close(out, '}');
}

/* --- once ----------------------------------------------------------------- */

struct once {
	const struct idempotency *key; /* NULL = without one */
	const char *text;
	todo_deed *deed;
	bool key_used; /* by another request */
	bool replayed;
	struct todo_answer answer;
};

static enum db_result
recall(struct req *req, struct once *once)
{
	struct idempotency_answer kept;

	if (once->key == NULL)
		return DB_NONE;
	enum db_result result =
		idempotency_take(req->db, req->arena, once->key, &kept);
	if (result != DB_ROW)
		return result;
	once->key_used = strcmp(kept.fingerprint, once->key->fingerprint) != 0;
	once->replayed = !once->key_used;
	once->answer.status = kept.status;
	once->answer.body = kept.body;
	return DB_ROW;
}

static enum db_result
attempt(struct req *req, struct once *once)
{
	struct todo_answer *answer = &once->answer;

	enum db_result result = db_begin(req->db);
	if (result != DB_ROW)
		return result;
	result = recall(req, once);
	if (result != DB_NONE)
		return result;
	result = once->deed(req, once->text, answer);
	/* Of what is refused nothing stays, also not the key. */
	if (result != DB_ROW || answer->body == NULL)
		return result == DB_NONE ? DB_ERROR : result;
	if (once->key != NULL) {
		result = idempotency_keep(req->db, once->key, answer->status,
		                          answer->body, KEY_KEEP_S);
		/* Another request under this key was quicker. */
		if (result != DB_ROW)
			return result == DB_NONE ? DB_AGAIN : result;
	}
	return db_commit(req->db);
}

static bool
is_key(const char *key)
{
	size_t len = strlen(key);

	for (const char *p = key; *p != '\0'; p++) {
		if (*p <= ' ' || *p > '~')
			return false;
	}
	return len > 0 && len <= KEY_MAX;
}

static enum http_status
run(struct req *req, struct once *once)
{
	enum db_result result = DB_AGAIN;

	for (int tries = 0; tries < TRIES_MAX; tries++) {
		result = attempt(req, once);
		/* Ends what was not committed. */
		db_rollback(req->db);
		if (result != DB_AGAIN && result != DB_CONFLICT)
			break;
	}
	if (result != DB_ROW)
		return problem_db(
			req, result == DB_CONFLICT ? DB_AGAIN : result, "item");
	if (once->key_used)
		return problem(req, PROBLEM_INVALID_FIELDS,
		               "this idempotency key was used for another "
		               "request");
	if (once->replayed)
		reply_header(req, "Idempotent-Replayed", "true");
	return reply_todo(req, &once->answer);
}

enum http_status
do_once(struct req *req, const char *text, todo_deed *deed)
{
	const char *key = req_header(req, "HTTP_IDEMPOTENCY_KEY");
	struct once once = {.text = text, .deed = deed};
	char fingerprint[SHA256_HEX];

	if (key == NULL)
		return run(req, &once);
	if (!is_key(key))
		return problem(req, PROBLEM_BAD_REQUEST,
		               "Idempotency-Key must be 1 to %d visible "
		               "ASCII characters",
		               KEY_MAX);
	const char *whole =
		arena_printf(req->arena, "%s %s\n%s", method_name(req->method),
	                     req->path, text);
	hash_sha256_hex(whole, strlen(whole), fingerprint);
	const struct idempotency idempotency = {
		.principal = req->who.subject,
		.key = key,
		.fingerprint = fingerprint,
	};
	once.key = &idempotency;
	return run(req, &once);
}
