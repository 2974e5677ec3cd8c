/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps what was refused, and tells what became of a publish. */
#include "ingest.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "wire/limits.h"

#include <string.h>

enum {
	KEPT_BYTES = LIMIT_SPEC_WIRE, /* of a refused text, more is cut off */
	KEPT_MAX = FAULTS_MAX,        /* refused documents of one set */
};

/* How long the character is that `lead` begins. */
static size_t
character_len(unsigned char lead)
{
	return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* The text as it can be kept: what is no UTF-8, and NUL, becomes U+FFFD. */
static const char *
mended(struct arena *arena, const char *bytes, size_t len)
{
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < len && out.len < KEPT_BYTES;) {
		size_t n = character_len((unsigned char)bytes[i]);

		if (n <= len - i && str_is_utf8(bytes + i, n)) {
			buf_add(&out, bytes + i, n);
			i += n;
		} else {
			buf_adds(&out, "\xef\xbf\xbd");
			i++;
		}
	}
	return buf_text(&out);
}

/* What the catalogue takes as an id; other texts would not be found again. */
static bool
is_service_id(const char *text)
{
	size_t len = strlen(text);

	return len >= 2 && len <= 63 && *text >= 'a' && *text <= 'z' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static const char *
told_id(const struct delivery *delivery, const struct spec *spec)
{
	if (delivery->service_id != NULL && is_service_id(delivery->service_id))
		return delivery->service_id;
	if (spec != NULL && spec->service_id != NULL &&
	    is_service_id(spec->service_id))
		return spec->service_id;
	return NULL;
}

/* One row for each faulty document; without any, one for the whole text. */
static size_t
refused_documents(struct req *req, const struct delivery *delivery,
                  const struct spec_set *specs, struct publish_refused *ret)
{
	size_t count = 0;

	for (size_t i = 0; i < specs->count && count < KEPT_MAX; i++) {
		const struct spec *spec = &specs->items[i];

		if (!faults_any(&spec->faults))
			continue;
		ret[count++] = (struct publish_refused){
			.service_id = told_id(delivery, spec),
			.team = spec->team,
			.source = mended(req->arena, spec->source,
		                         strlen(spec->source)),
			.faults = &spec->faults,
		};
	}
	return count;
}

/* A refusal that came from the catalogue, put as a fault of the document. */
static const struct faults *
refusal(struct req *req, const struct outcome *outcome)
{
	struct faults *faults = arena_alloc(req->arena, sizeof(*faults));
	const char *code =
		outcome->kind == OUTCOME_FORBIDDEN ? "forbidden" : "conflict";

	faults->arena = req->arena;
	faults_add(faults, NULL, 0, 0, code, "%s",
	           outcome->kind == OUTCOME_KEY_USED
	                   ? "a message with this id had another content"
	                   : outcome->detail);
	return faults;
}

static bool
is_faulty(const struct outcome *outcome)
{
	return outcome->kind == OUTCOME_MALFORMED ||
	       outcome->kind == OUTCOME_TOO_LARGE ||
	       outcome->kind == OUTCOME_INVALID;
}

/* Specs, with their text. */
static enum db_result
keep_specs(struct req *req, const struct delivery *delivery,
           const struct outcome *outcome)
{
	struct publish_refused *rows =
		arena_array(req->arena, KEPT_MAX, sizeof(*rows));
	const struct spec_set *specs = &outcome->specs;
	bool faulty = is_faulty(outcome);
	size_t count =
		faulty ? refused_documents(req, delivery, specs, rows) : 0;

	if (count == 0)
		rows[count++] = (struct publish_refused){
			.service_id = told_id(delivery, specs->count == 1
		                                                ? specs->items
		                                                : NULL),
			.source = mended(req->arena, delivery->source.bytes,
		                         delivery->source.len),
			.faults =
				faulty ? &specs->faults : refusal(req, outcome),
		};
	return publish_fail(req->db, req->arena, rows, count,
	                    &delivery->options, &req->who);
}

/* A descriptor set, without its bytes: they are no text, and many. */
static enum db_result
keep_set(struct req *req, const struct delivery *delivery,
         const struct outcome *outcome)
{
	return publish_fail_set(req->db, req->arena, delivery->repository,
	                        is_faulty(outcome) ? &outcome->specs.faults
	                                           : refusal(req, outcome),
	                        &delivery->options, &req->who);
}

enum db_result
outcome_keep(struct req *req, const struct delivery *delivery,
             const struct outcome *outcome)
{
	enum db_result result = DB_AGAIN;

	for (int tries = 0; tries < TRIES_MAX && result == DB_AGAIN; tries++)
		result = delivery->repository != NULL
		                 ? keep_set(req, delivery, outcome)
		                 : keep_specs(req, delivery, outcome);
	return result;
}

static enum http_status
problem_specs(struct req *req, enum problem kind, const char *what,
              const struct faults *faults)
{
	const char *detail =
		arena_printf(req->arena, "%s, %zu %s", what, faults->total,
	                     faults->total == 1 ? "fault" : "faults");

	return problem_faults(req, kind, detail, faults);
}

enum http_status
outcome_reply(struct req *req, const struct delivery *delivery,
              const struct outcome *outcome)
{
	const struct faults *faults = &outcome->specs.faults;
	bool set = delivery->repository != NULL;

	switch (outcome->kind) {
	case OUTCOME_ANSWERED:
		return outcome->status;
	case OUTCOME_REPLAYED:
		reply_header(req, "Idempotent-Replayed", "true");
		break;
	case OUTCOME_DONE:
	case OUTCOME_HELD:
		break;
	case OUTCOME_MALFORMED:
		return problem_specs(req, PROBLEM_BAD_REQUEST,
		                     set ? "the set cannot be read"
		                         : "the text cannot be read",
		                     faults);
	case OUTCOME_TOO_LARGE:
		return problem_faults(req, PROBLEM_TOO_LARGE,
		                      faults->items[0].detail, faults);
	case OUTCOME_INVALID:
		return problem_specs(req, PROBLEM_INVALID_FIELDS,
		                     set ? "the set is not valid"
		                         : "the spec is not valid",
		                     faults);
	case OUTCOME_FORBIDDEN:
		return problem_with(req, PROBLEM_FORBIDDEN, outcome->detail,
		                    outcome->extra);
	case OUTCOME_CONFLICT:
		return problem_with(req, PROBLEM_CONFLICT, outcome->detail,
		                    outcome->extra);
	case OUTCOME_KEY_USED:
		return problem(req, PROBLEM_INVALID_FIELDS,
		               "this idempotency key was used for another "
		               "request");
	case OUTCOME_DATABASE:
	case OUTCOME_END:
		return problem_db(req, outcome->db, "publish");
	}
	return reply_bytes(req, outcome->status, "application/json",
	                   outcome->body, strlen(outcome->body));
}

enum http_status
publish_end(struct req *req, const struct delivery *delivery,
            const struct outcome *outcome)
{
	bool set = delivery->repository != NULL;
	bool kept = is_faulty(outcome) ||
	            (set && outcome->kind == OUTCOME_CONFLICT);

	if (kept && !delivery->dry_run &&
	    outcome_keep(req, delivery, outcome) != DB_ROW)
		log_warn("publish.failure_lost",
		         LOG_STR("reason", db_error(req->db)));
	return outcome_reply(req, delivery, outcome);
}

enum http_status
publish(struct req *req, const struct delivery *delivery)
{
	struct outcome outcome;

	deliver(req, delivery, &outcome);
	return publish_end(req, delivery, &outcome);
}
