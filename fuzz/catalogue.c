/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A catalogue that takes everything, in place of db/db.c, store/publish.c,
 * store/rules.c, store/idempotency.c and what reads descriptor sets, which has
 * a target of its own: below it nothing of a request is looked at any more, so
 * what arrives here must be what PostgreSQL takes.
 */
#include "../handlers/ingest/ingest.h"
#include "fuzz.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/settings.h"
#include "base/str.h"
#include "db/db.h"
#include "store/idempotency.h"
#include "store/publish.h"
#include "store/rules.h"
#include "store/spec_rules.h"
#include "wire/limits.h"

#include <string.h>

#include <jansson.h>

static bool in_transaction;

const char *
db_error(const struct db *db)
{
	(void)db;
	return "";
}

enum db_result
db_begin(struct db *db)
{
	(void)db;
	HOLDS(!in_transaction);
	in_transaction = true;
	return DB_ROW;
}

enum db_result
db_commit(struct db *db)
{
	(void)db;
	HOLDS(in_transaction);
	in_transaction = false;
	return DB_ROW;
}

void
db_rollback(struct db *db)
{
	(void)db;
	in_transaction = false;
}

/* --- what goes with a publish --------------------------------------------- */

static void
check_line(const char *text, size_t max)
{
	if (text == NULL)
		return;
	fuzz_check_line(text);
	HOLDS(*text != '\0');
	HOLDS(str_chars(text) <= max);
}

static void
check_options(const struct publish_options *options)
{
	int64_t us;

	check_line(options->publisher, 63);
	check_line(options->commit, 64);
	check_line(options->branch, 255);
	check_line(options->run_url, 2048);
	if (options->run_url != NULL)
		HOLDS(str_starts(options->run_url, "https://") ||
		      str_starts(options->run_url, "http://"));
	if (options->commit_time != NULL) {
		HOLDS(clock_parse(options->commit_time, &us));
		/* PostgreSQL refuses long fractions and wide zones. */
		HOLDS(strlen(options->commit_time) <= 64);
		HOLDS(strchr(options->commit_time, 'Z') != NULL);
	}
	if (options->has_sequence)
		HOLDS(options->sequence >= 0 &&
		      options->sequence < INT64_C(1) << 53);
}

static void
check_json(const char *text)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	HOLDS(json != NULL);
	json_decref(json);
}

static void
check_id(const char *id)
{
	fuzz_check_line(id);
	HOLDS(rule_form_matches(FORM_SERVICE_ID, id));
}

/* Answers of all kinds, by the number that the sender chose. */
static struct publish_answer
answer(const struct publish_options *options)
{
	static const struct publish_answer answers[] = {
		{.verdict = PUBLISH_DONE, .body = "{}"},
		{.verdict = PUBLISH_HELD, .body = "{}"},
		{.verdict = PUBLISH_FORBIDDEN,
	         .detail = "this is another team's",
	         .extra = "\"needs\":{}"},
		{.verdict = PUBLISH_CONFLICT, .detail = "it has changed"},
	};

	return answers[options->sequence % 4];
}

/* --- in place of handlers/ingest/descriptor.c ----------------------------- */

void
descriptor_deliver(struct req *req, const struct delivery *delivery,
                   struct outcome *ret)
{
	const struct source *source = &delivery->source;
	const struct publish_answer decided = answer(&delivery->options);
	unsigned sum = 0;

	HOLDS(!in_transaction);
	HOLDS(is_repository(delivery->repository));
	HOLDS(delivery->service_id == NULL);
	HOLDS(delivery->options.publisher == NULL);
	HOLDS(!delivery->options.set && !delivery->options.force &&
	      !delivery->options.takeover);
	HOLDS(!faults_any(&req->faults));
	HOLDS(source->len <= (size_t)req->settings->descriptor_bytes ||
	      source->spool == NULL);
	check_options(&delivery->options);
	/* All of it is there. */
	for (size_t i = 0; i < source->len; i++)
		sum += (unsigned char)source->bytes[i];
	*ret = (struct outcome){
		.kind = decided.body != NULL ? OUTCOME_DONE : OUTCOME_CONFLICT,
		.status = HTTP_OK,
		.body = decided.body,
		.detail = decided.detail,
		.extra = decided.extra,
	};
	if (sum % 256 == 255) {
		faults_add(&req->faults, NULL, 0, 0, "malformed", "is no set");
		ret->kind = OUTCOME_MALFORMED;
		ret->specs.faults = req->faults;
	}
}

/* --- in place of store/publish.c ------------------------------------------ */

enum db_result
publish_specs(struct db *db, struct arena *arena,
              const struct publish_spec *specs, size_t count,
              const struct publish_options *options, const struct identity *who,
              const struct faults *warnings, struct publish_answer *ret)
{
	(void)db;
	(void)arena;
	HOLDS(in_transaction);
	HOLDS(who->subject != NULL);
	HOLDS(options->set || count == 1);
	HOLDS(!options->set || options->publisher != NULL);
	HOLDS(!options->force && !options->takeover);
	check_options(options);
	fuzz_check_faults(warnings, NULL, 0);
	for (size_t i = 0; i < count; i++) {
		check_id(specs[i].service_id);
		check_json(specs[i].json);
		fuzz_check_text(specs[i].source);
	}
	*ret = answer(options);
	return DB_ROW;
}

enum db_result
publish_unchanged(struct db *db, struct arena *arena,
                  const struct publish_spec *spec,
                  const struct publish_options *options,
                  const struct identity *who, const struct faults *warnings,
                  struct publish_answer *ret)
{
	(void)db;
	(void)arena;
	(void)spec;
	(void)options;
	(void)who;
	(void)warnings;
	(void)ret;
	return DB_NONE;
}

enum db_result
publish_fail(struct db *db, struct arena *arena,
             const struct publish_refused *refused, size_t count,
             const struct publish_options *options, const struct identity *who)
{
	(void)db;
	(void)arena;
	HOLDS(!in_transaction);
	HOLDS(who->subject != NULL);
	HOLDS(count >= 1);
	check_options(options);
	for (size_t i = 0; i < count; i++) {
		const struct publish_refused *r = &refused[i];

		if (r->service_id != NULL)
			check_id(r->service_id);
		if (r->team != NULL)
			fuzz_check_line(r->team);
		fuzz_check_text(r->source);
		HOLDS(faults_any(r->faults));
		fuzz_check_faults(r->faults, NULL, 0);
	}
	return DB_ROW;
}

enum db_result
publish_fail_set(struct db *db, struct arena *arena, const char *repository,
                 const struct faults *faults,
                 const struct publish_options *options,
                 const struct identity *who)
{
	(void)db;
	(void)arena;
	HOLDS(!in_transaction);
	HOLDS(who->subject != NULL);
	HOLDS(is_repository(repository));
	HOLDS(faults_any(faults));
	check_options(options);
	fuzz_check_faults(faults, NULL, 0);
	return DB_ROW;
}

/* --- in place of store/rules.c -------------------------------------------- */

enum db_result
rules_finish(struct db *db, struct arena *arena,
             const struct publish_options *options, const struct identity *who,
             struct publish_answer *answer)
{
	(void)db;
	(void)arena;
	(void)answer;
	HOLDS(in_transaction);
	HOLDS(who->subject != NULL);
	check_options(options);
	return DB_ROW;
}

/* --- in place of store/idempotency.c -------------------------------------- */

static void
check_key(const struct idempotency *key)
{
	HOLDS(in_transaction);
	fuzz_check_line(key->key);
	fuzz_check_line(key->fingerprint);
	HOLDS(strlen(key->fingerprint) == SHA256_HEX - 1);
}

enum db_result
idempotency_take(struct db *db, struct arena *arena,
                 const struct idempotency *key, struct idempotency_answer *ret)
{
	(void)db;
	(void)arena;
	(void)ret;
	check_key(key);
	return DB_NONE;
}

enum db_result
idempotency_keep(struct db *db, const struct idempotency *key, int64_t status,
                 const char *body, int64_t keep_s)
{
	(void)db;
	check_key(key);
	HOLDS(status == 200 || status == 202);
	HOLDS(keep_s > 0);
	check_json(body);
	return DB_ROW;
}
