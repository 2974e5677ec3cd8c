/* SPDX-License-Identifier: Apache-2.0 */
/* Carries a publish out: all of it in one transaction, or nothing. */
#include "ingest.h"

#include "base/arena.h"
#include "store/idempotency.h"
#include "store/rules.h"

#include <string.h>

struct run {
	struct req *req;
	const struct delivery *delivery;
	struct identity who;
	struct publish_spec *specs;
	struct outcome *out;
};

/* A dry run neither asks for an answer nor leaves one. */
static bool
has_key(const struct delivery *delivery)
{
	return delivery->key != NULL && !delivery->dry_run;
}

static struct idempotency
key_of(const struct req *req, const struct delivery *delivery)
{
	return (struct idempotency){
		.principal = req->who.subject,
		.key = delivery->key,
		.fingerprint = delivery->fingerprint,
	};
}

enum db_result
delivery_recall(struct req *req, const struct delivery *delivery,
                struct outcome *ret)
{
	const struct idempotency key = key_of(req, delivery);
	struct idempotency_answer kept;

	if (!has_key(delivery))
		return DB_NONE;
	enum db_result result =
		idempotency_take(req->db, req->arena, &key, &kept);
	if (result != DB_ROW)
		return result;
	if (strcmp(kept.fingerprint, key.fingerprint) != 0) {
		ret->kind = OUTCOME_KEY_USED;
		return DB_ROW;
	}
	ret->kind = OUTCOME_REPLAYED;
	ret->status = (enum http_status)kept.status;
	ret->body = kept.body;
	return DB_ROW;
}

enum db_result
delivery_keep(struct req *req, const struct delivery *delivery,
              const struct outcome *outcome)
{
	const struct idempotency key = key_of(req, delivery);

	if (!has_key(delivery))
		return DB_ROW;
	enum db_result kept = idempotency_keep(req->db, &key, outcome->status,
	                                       outcome->body, delivery->keep_s);

	/* Another request under this key was quicker: look again. */
	return kept == DB_NONE ? DB_CONFLICT : kept;
}

/* What was decided, as an outcome; false when nothing may stay of it. */
static bool
accepted(struct run *run, const struct publish_answer *answer)
{
	struct outcome *out = run->out;

	out->detail = answer->detail;
	out->extra = answer->extra;
	out->body = answer->body;
	out->status = HTTP_OK;
	switch (answer->verdict) {
	case PUBLISH_DONE:
		out->kind = OUTCOME_DONE;
		return true;
	case PUBLISH_HELD:
		out->kind = OUTCOME_HELD;
		out->status = HTTP_ACCEPTED;
		return true;
	case PUBLISH_FORBIDDEN:
		out->kind = OUTCOME_FORBIDDEN;
		return false;
	case PUBLISH_CONFLICT:
	case PUBLISH_NOT_FOUND:
	case PUBLISH_INVALID:
	case PUBLISH_VERDICT_END:
		break;
	}
	out->kind = OUTCOME_CONFLICT;
	return false;
}

/* Ends the transaction: what was accepted is kept, but for a dry run. */
static enum db_result
finish(struct run *run, struct publish_answer *answer)
{
	struct req *req = run->req;
	enum db_result result =
		rules_finish(req->db, req->arena, &run->delivery->options,
	                     &run->who, answer);

	if (result != DB_ROW || !accepted(run, answer) ||
	    run->delivery->dry_run)
		return result;
	result = delivery_keep(req, run->delivery, run->out);
	return result == DB_ROW ? db_commit(req->db) : result;
}

/*
 * Most publishes change nothing: one statement, its own transaction, without
 * the lock of writers. It must be alone, for it locks in another order.
 */
static enum db_result
unchanged(struct run *run)
{
	const struct delivery *d = run->delivery;
	struct publish_answer answer;

	if (d->options.set || d->dry_run || d->key != NULL)
		return DB_NONE;
	enum db_result result = publish_unchanged(
		run->req->db, run->req->arena, run->specs, &d->options,
		&run->who, &run->out->specs.warnings, &answer);
	if (result == DB_ROW)
		result = rules_finish(run->req->db, run->req->arena,
		                      &d->options, &run->who, &answer);
	if (result == DB_ROW)
		(void)accepted(run, &answer);
	return result;
}

static enum db_result
attempt(struct run *run)
{
	struct db *db = run->req->db;
	struct publish_answer answer;

	enum db_result result = unchanged(run);
	if (result != DB_NONE)
		return result;

	result = db_begin(db);
	if (result != DB_ROW)
		return result;
	result = delivery_recall(run->req, run->delivery, run->out);
	if (result != DB_NONE)
		return result;
	result = publish_specs(db, run->req->arena, run->specs,
	                       run->out->specs.count, &run->delivery->options,
	                       &run->who, &run->out->specs.warnings, &answer);
	return result == DB_ROW ? finish(run, &answer) : result;
}

static enum spec_result
read_specs(struct req *req, const struct delivery *d, struct spec_set *ret)
{
	if (d->options.set)
		return spec_set_read(d->source.bytes, d->source.len,
		                     d->source.format, req->arena, ret);
	return spec_read(d->source.bytes, d->source.len, d->source.format,
	                 d->service_id, req->arena, ret);
}

static struct publish_spec *
specs_of(struct req *req, const struct spec_set *set)
{
	struct publish_spec *specs =
		arena_array(req->arena, set->count + 1, sizeof(*specs));

	for (size_t i = 0; i < set->count; i++)
		specs[i] = (struct publish_spec){
			.service_id = set->items[i].service_id,
			.json = set->items[i].json,
			.source = set->items[i].source,
		};
	return specs;
}

void
deliver(struct req *req, const struct delivery *delivery, struct outcome *ret)
{
	*ret = (struct outcome){.db = DB_ROW};
	if (delivery->repository != NULL) {
		descriptor_deliver(req, delivery, ret);
		return;
	}

	enum spec_result read = read_specs(req, delivery, &ret->specs);
	if (read != SPEC_OK) {
		ret->kind = read == SPEC_MALFORMED ? OUTCOME_MALFORMED
		                                   : OUTCOME_INVALID;
		return;
	}

	struct run run = {
		.req = req,
		.delivery = delivery,
		.who = req->who,
		.specs = specs_of(req, &ret->specs),
		.out = ret,
	};
	for (int tries = 0; tries < TRIES_MAX; tries++) {
		ret->db = attempt(&run);
		/* Ends what was not committed; after a commit it does nothing.
		 */
		db_rollback(req->db);
		if (ret->db == DB_ROW)
			return;
		if (ret->db == DB_CONFLICT)
			ret->db = DB_AGAIN;
		if (ret->db != DB_AGAIN)
			break;
	}
	ret->kind = OUTCOME_DATABASE;
}
