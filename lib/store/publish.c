/* SPDX-License-Identifier: Apache-2.0 */
#include "store/publish.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/str.h"
#include "db/sql.h"
#include "wire/json_out.h"
#include "wire/limits.h"

#include <string.h>

/* --- values in ------------------------------------------------------------ */

static void
put_words(struct json_out *out, const char *key, const char *words)
{
	json_key(out, key);
	json_open(out, '[');
	while (words != NULL && *words != '\0') {
		size_t len = strcspn(words, " ");

		if (len > 0)
			json_text(out,
			          arena_strndup(out->buf->arena, words, len));
		words += len;
		words += *words == ' ';
	}
	json_close(out, ']');
}

const char *
publish_options_text(struct arena *arena, const struct publish_options *options)
{
	struct buf buf = {.arena = arena};
	struct json_out out = {.buf = &buf};

	json_open(&out, '{');
	json_pair_bool(&out, "set", options->set);
	json_pair_text(&out, "publisher", options->publisher);
	if (options->has_sequence)
		json_pair_int(&out, "sequence", options->sequence);
	else
		json_pair_text(&out, "sequence", NULL);
	json_pair_text(&out, "commit", options->commit);
	json_pair_text(&out, "commitTime", options->commit_time);
	json_pair_text(&out, "branch", options->branch);
	json_pair_text(&out, "runUrl", options->run_url);
	json_pair_bool(&out, "force", options->force);
	json_pair_bool(&out, "takeover", options->takeover);
	json_close(&out, '}');
	return buf_text(&buf);
}

const char *
publish_who_text(struct arena *arena, const struct identity *who)
{
	struct buf buf = {.arena = arena};
	struct json_out out = {.buf = &buf};

	json_open(&out, '{');
	json_pair_text(&out, "subject", who->subject);
	json_pair_text(&out, "kind", who->kind);
	put_words(&out, "teams", who->teams);
	put_words(&out, "services", who->services);
	json_pair_bool(&out, "admin", identity_is_admin(who));
	json_pair_text(&out, "address", who->address);
	json_pair_text(&out, "requestId", who->request_id);
	json_close(&out, '}');
	return buf_text(&buf);
}

static void
put_faults(struct json_out *out, const struct faults *faults)
{
	json_open(out, '[');
	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *f = &faults->items[i];

		json_open(out, '{');
		json_pair_text(out, "pointer", f->pointer);
		if (f->line > 0)
			json_pair_int(out, "line", f->line);
		if (f->column > 0)
			json_pair_int(out, "column", f->column);
		json_pair_text(out, "code", f->code);
		json_pair_text(out, "detail", f->detail);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static const char *
faults_text(struct arena *arena, const struct faults *faults)
{
	struct buf buf = {.arena = arena};
	struct json_out out = {.buf = &buf};

	put_faults(&out, faults);
	return buf_text(&buf);
}

static const char *
refused_text(struct arena *arena, const struct publish_refused *refused,
             size_t count)
{
	struct buf buf = {.arena = arena};
	struct json_out out = {.buf = &buf};

	json_open(&out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct publish_refused *r = &refused[i];

		json_open(&out, '{');
		json_pair_text(&out, "serviceID", r->service_id);
		json_pair_text(&out, "team", r->team);
		json_pair_text(&out, "source", r->source);
		json_key(&out, "faults");
		put_faults(&out, r->faults);
		json_pair_int(&out, "faultCount", (int64_t)r->faults->total);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	return buf_text(&buf);
}

/* --- answers out ---------------------------------------------------------- */

struct answer_row {
	int64_t status;
	const char *detail;
	const char *extra;
	const char *body;
	int64_t follow;
	const char *commit; /* of what was held, as the next */
	const char *run_url;
};

static const struct column answer_columns[] = {
	COL_INT(struct answer_row, status), COL_TEXT(struct answer_row, detail),
	COL_TEXT(struct answer_row, extra), COL_TEXT(struct answer_row, body),
	COL_INT(struct answer_row, follow), COLS_END,
};

static const struct {
	int64_t status;
	enum publish_verdict verdict;
} verdicts[] = {
	{200, PUBLISH_DONE},      {202, PUBLISH_HELD},
	{204, PUBLISH_DONE},      {403, PUBLISH_FORBIDDEN},
	{404, PUBLISH_NOT_FOUND}, {409, PUBLISH_CONFLICT},
	{422, PUBLISH_INVALID},
};

static void
take_answer(const struct answer_row *row, struct publish_answer *ret)
{
	*ret = (struct publish_answer){
		.verdict = PUBLISH_CONFLICT,
		.detail = row->detail,
		.extra = row->extra,
		.body = row->body,
		.follow = row->follow,
		.commit = row->commit,
		.run_url = row->run_url,
	};
	for (size_t i = 0; i < ARRAY_LEN(verdicts); i++) {
		if (verdicts[i].status == row->status)
			ret->verdict = verdicts[i].verdict;
	}
}

static enum db_result
ask(struct db *db, struct arena *arena, const struct statement *statement,
    const struct arg *args, struct publish_answer *ret)
{
	struct answer_row row = {0};
	enum db_result result =
		db_one(db, arena, statement, args, answer_columns, &row);

	if (result == DB_ROW)
		take_answer(&row, ret);
	return result;
}

/* --- publishing ----------------------------------------------------------- */

enum db_result
publish_specs(struct db *db, struct arena *arena,
              const struct publish_spec *specs, size_t count,
              const struct publish_options *options, const struct identity *who,
              const struct faults *warnings, struct publish_answer *ret)
{
	const char **ids = arena_array(arena, count + 1, sizeof(*ids));
	const char **texts = arena_array(arena, count + 1, sizeof(*texts));
	const char **sources = arena_array(arena, count + 1, sizeof(*sources));

	for (size_t i = 0; i < count; i++) {
		ids[i] = specs[i].service_id;
		texts[i] = specs[i].json;
		sources[i] = specs[i].source;
	}
	const struct arg args[] = {
		ARG_TEXT(db_text_array(arena, ids, count)),
		ARG_TEXT(db_text_array(arena, texts, count)),
		ARG_TEXT(db_text_array(arena, sources, count)),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARG_TEXT(faults_text(arena, warnings)),
		ARGS_END,
	};

	return ask(db, arena, &sql_publish, args, ret);
}

enum db_result
publish_fail(struct db *db, struct arena *arena,
             const struct publish_refused *refused, size_t count,
             const struct publish_options *options, const struct identity *who)
{
	const struct arg args[] = {
		ARG_TEXT(refused_text(arena, refused, count)),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_run(db, &sql_publish_fail, args);
}

enum db_result
publish_fail_set(struct db *db, struct arena *arena, const char *repository,
                 const struct faults *faults,
                 const struct publish_options *options,
                 const struct identity *who)
{
	const struct arg args[] = {
		ARG_TEXT(repository),
		ARG_TEXT(faults_text(arena, faults)),
		ARG_INT((int64_t)faults->total),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_run(db, &sql_publish_fail_set, args);
}

enum db_result
publish_unchanged(struct db *db, struct arena *arena,
                  const struct publish_spec *spec,
                  const struct publish_options *options,
                  const struct identity *who, const struct faults *warnings,
                  struct publish_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(spec->service_id),
		ARG_TEXT(spec->json),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARG_TEXT(faults_text(arena, warnings)),
		ARGS_END,
	};

	return ask(db, arena, &sql_publish_unchanged, args, ret);
}

enum db_result
publish_facts(struct db *db, struct arena *arena,
              const struct publish_facts *facts, const struct identity *who,
              struct publish_answer *ret)
{
	const struct arg forever = ARG_NULL;
	const struct arg seconds = ARG_INT(facts->ttl_s);
	const struct arg args[] = {
		ARG_TEXT(facts->service_id),
		ARG_TEXT(facts->family),
		ARG_TEXT(facts->json),
		facts->ttl_s == 0 ? forever : seconds,
		ARG_BOOL(facts->wholly),
		ARG_INT(LIMIT_FACTS_SERVICE),
		ARG_TEXT(facts->commit),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return ask(db, arena, &sql_facts_publish, args, ret);
}

enum db_result
publish_report(struct db *db, struct arena *arena,
               const struct publish_report *report,
               const struct publish_options *options,
               const struct identity *who, struct publish_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(report->service_id),
		ARG_TEXT(report->format),
		ARG_BYTES(report->bytes, report->len),
		ARG_INT(report->ttl_s),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return ask(db, arena, &sql_report_take, args, ret);
}

/* --- failed publishes ----------------------------------------------------- */

enum db_result
failure_list(struct db *db, struct arena *arena,
             const struct failure_filter *filter, struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(filter->service),  ARG_TEXT(filter->repository),
		ARG_BOOL(filter->resolved), ARG_TEXT(filter->after),
		ARG_INT(filter->limit),     ARGS_END,
	};

	return db_rows(db, arena, &sql_failure_list, args, ret);
}

struct document {
	const char *document;
};

enum db_result
failure_detail(struct db *db, struct arena *arena, int64_t id, const char **ret)
{
	static const struct column columns[] = {
		COL_TEXT(struct document, document),
		COLS_END,
	};
	const struct arg args[] = {ARG_INT(id), ARGS_END};
	struct document row;
	enum db_result result =
		db_one(db, arena, &sql_failure_detail, args, columns, &row);

	if (result == DB_ROW)
		*ret = row.document;
	return result;
}

/* "20261124093000123456.17": a time to the microsecond, and an id. */
bool
failure_cursor_is_valid(const char *cursor)
{
	enum { DIGITS = 20 };
	char time[] = "0000-00-00T00:00:00.000000Z";
	const char *p = cursor;
	int64_t us;
	int64_t id;

	if (strspn(cursor, "0123456789") != DIGITS || cursor[DIGITS] != '.')
		return false;
	for (char *to = time; *to != '\0'; to++) {
		if (*to == '0')
			*to = *p++;
	}
	return clock_parse(time, &us) && strncmp(time + 17, "60", 2) != 0 &&
	       str_to_int64(cursor + DIGITS + 1, &id) && id >= 0;
}

/* --- held publishes ------------------------------------------------------- */

enum db_result
hold_list(struct db *db, struct arena *arena, struct rows *ret)
{
	return db_rows(db, arena, &sql_hold_list, NULL, ret);
}

static enum db_result
end_hold(struct db *db, struct arena *arena, const struct statement *statement,
         const char *publisher, const struct identity *who,
         struct publish_answer *ret)
{
	static const struct column columns[] = {
		COL_INT(struct answer_row, status),
		COL_TEXT(struct answer_row, detail),
		COL_TEXT(struct answer_row, extra),
		COL_TEXT(struct answer_row, body),
		COL_INT(struct answer_row, follow),
		COL_TEXT(struct answer_row, commit),
		COL_TEXT(struct answer_row, run_url),
		COLS_END,
	};
	struct answer_row row = {0};
	const struct arg args[] = {
		ARG_TEXT(publisher),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	enum db_result result =
		db_one(db, arena, statement, args, columns, &row);

	if (result == DB_ROW)
		take_answer(&row, ret);
	return result;
}

enum db_result
hold_approve(struct db *db, struct arena *arena, const char *publisher,
             const struct identity *who, struct publish_answer *ret)
{
	return end_hold(db, arena, &sql_hold_approve, publisher, who, ret);
}

enum db_result
hold_reject(struct db *db, struct arena *arena, const char *publisher,
            const struct identity *who, struct publish_answer *ret)
{
	return end_hold(db, arena, &sql_hold_reject, publisher, who, ret);
}
