/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "db/copy.h"
#include "db/params.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

enum {
	PREPARED_MAX = 256,     /* more statements than sql/queries has */
	COPY_BYTES = 256 << 10, /* given to libpq at once */
	GRACE_MS = 400,         /* after the server's own statement timeout */
	PAUSE_MIN_US = 50 * 1000,
	PAUSE_MAX_US = 2000 * 1000,
};

/* Of the columns of an answer, as libpq has it. */
enum format {
	FORMAT_TEXT,
	FORMAT_BINARY,
};

/* A COPY on its way; `left` are rows that libpq was not given yet. */
struct copy {
	bool open;
	bool ended; /* libpq was given its end */
	const char *left;
	size_t len;
	int64_t end_us;
};

struct db {
	struct db_settings settings;
	PGconn *conn;
	uint64_t generation;
	int64_t pause_until_us; /* no new attempt to connect before that */
	bool in_transaction;
	const struct statement *prepared[PREPARED_MAX];
	size_t prepared_count;
	struct copy copy;
	char error[512];
};

/* SQLSTATE by result, longest first; the two-character rows are classes. */
static const struct {
	const char *state;
	enum db_result result;
} sqlstates[] = {
	{"40001", DB_AGAIN},    {"40P01", DB_AGAIN},   {"23505", DB_CONFLICT},
	{"23503", DB_CONFLICT}, {"57014", DB_TIMEOUT}, {"55P03", DB_TIMEOUT},
	{"25006", DB_DOWN}, /* read-only: a standby, or a full disk */
	{"08", DB_DOWN},        {"53", DB_DOWN},       {"57P", DB_DOWN},
	{"58", DB_DOWN},
};

struct db *
db_new(const struct db_settings *settings)
{
	struct db *db = calloc(1, sizeof(*db));

	if (db == NULL)
		abort();
	db->settings = *settings;
	return db;
}

void
db_disconnect(struct db *db)
{
	PQfinish(db->conn);
	db->conn = NULL;
	db->prepared_count = 0;
	db->copy.open = false;
	db->in_transaction = false;
}

void
db_free(struct db **db)
{
	if (*db == NULL)
		return;
	db_disconnect(*db);
	free(*db);
	*db = NULL;
}

const char *
db_error(const struct db *db)
{
	return db->error;
}

uint64_t
db_generation(const struct db *db)
{
	return db->generation;
}

static void
remember(struct db *db, const char *message)
{
	(void)snprintf(db->error, sizeof(db->error), "%s", message);
	size_t len = strcspn(db->error, "\n");
	db->error[len] = '\0';
}

/*
 * A server that does not answer must not cost every request the full wait:
 * after a failed attempt the next one waits as long as that one took.
 */
static void
pause_connecting(struct db *db, int64_t start_us)
{
	int64_t now_us = clock_monotonic_us();
	int64_t pause_us = now_us - start_us;

	if (pause_us < PAUSE_MIN_US)
		pause_us = PAUSE_MIN_US;
	if (pause_us > PAUSE_MAX_US)
		pause_us = PAUSE_MAX_US;
	db->pause_until_us = now_us + pause_us;
}

enum db_result
db_connect(struct db *db)
{
	char timeout[24];
	char options[256];

	if (db->conn != NULL && PQstatus(db->conn) == CONNECTION_OK)
		return DB_ROW;
	db_disconnect(db);
	int64_t start_us = clock_monotonic_us();
	if (start_us < db->pause_until_us)
		return DB_DOWN;

	(void)snprintf(timeout, sizeof(timeout), "%" PRId64,
	               (db->settings.connect_timeout_ms + 999) / 1000);
	(void)snprintf(
		options, sizeof(options),
		"-c statement_timeout=%" PRId64 " -c lock_timeout=%" PRId64
		" -c idle_in_transaction_session_timeout=30000"
		" -c TimeZone=UTC -c jit=off -c mdash.team_limit=%" PRId64,
		db->settings.statement_timeout_ms,
		db->settings.statement_timeout_ms, db->settings.team_limit);
	const char *const keys[] = {
		"dbname",           "fallback_application_name",
		"connect_timeout",  "client_encoding",
		"options",          "keepalives_idle",
		"tcp_user_timeout", NULL,
	};
	const char *const values[] = {
		db->settings.conninfo,
		db->settings.program,
		timeout,
		"UTF8",
		options,
		"5",
		"5000",
		NULL,
	};

	db->conn = PQconnectdbParams(keys, values, 1);
	db->generation++;
	if (PQstatus(db->conn) == CONNECTION_OK)
		return DB_ROW;

	remember(db, PQerrorMessage(db->conn));
	db_disconnect(db);
	pause_connecting(db, start_us);
	return DB_DOWN;
}

static enum db_result
classify(struct db *db, const PGresult *res)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

	if (db->conn == NULL)
		return DB_TIMEOUT; /* await() has given up */
	remember(db, res == NULL ? PQerrorMessage(db->conn)
	                         : PQresultErrorMessage(res));
	if (PQstatus(db->conn) != CONNECTION_OK) {
		db_disconnect(db);
		return DB_DOWN;
	}
	if (state == NULL)
		return DB_ERROR;
	for (size_t i = 0; i < ARRAY_LEN(sqlstates); i++) {
		if (strncmp(state, sqlstates[i].state,
		            strlen(sqlstates[i].state)) == 0)
			return sqlstates[i].result;
	}
	return DB_ERROR;
}

/*
 * Waits for the answer of what was sent, but not for ever: a server that is
 * stopped sends no timeout of its own. NULL, and no connection any more, when
 * the time is over.
 */
static PGresult *
await(struct db *db, int sent)
{
	int64_t start_us = clock_monotonic_us();
	int64_t end_us = start_us +
	                 (db->settings.statement_timeout_ms + GRACE_MS) * 1000;
	PGresult *last = NULL;

	while (sent) {
		struct pollfd fd = {.fd = PQsocket(db->conn), .events = POLLIN};
		int64_t left_us = end_us - clock_monotonic_us();

		if (PQisBusy(db->conn)) {
			if (left_us <= 0) {
				PQclear(last);
				db_disconnect(db);
				pause_connecting(db, start_us);
				remember(db, "the server does not answer");
				return NULL;
			}
			if (poll(&fd, 1, (int)(left_us / 1000 + 1)) < 0 &&
			    errno != EINTR)
				break;
			if (!PQconsumeInput(db->conn))
				break;
			continue;
		}

		PGresult *res = PQgetResult(db->conn);
		if (res == NULL)
			break;
		PQclear(last);
		last = res;
		if (PQresultStatus(res) == PGRES_COPY_IN)
			break; /* it comes again and again */
	}
	return last;
}

/* Gives the socket what it takes at once; false when the connection is gone. */
static bool
push(struct db *db, bool *all)
{
	struct copy *copy = &db->copy;

	*all = false;
	for (;;) {
		int unsent = PQflush(db->conn);

		if (unsent == 1)
			return PQconsumeInput(db->conn) == 1;
		if (unsent != 0)
			return false;
		if (copy->ended) {
			*all = true;
			return true;
		}
		/* Piece by piece, since libpq copies and keeps what the
		 * socket does not take. */
		size_t len = copy->len < COPY_BYTES ? copy->len : COPY_BYTES;
		copy->ended = len == 0;
		if ((copy->ended ? PQputCopyEnd(db->conn, NULL)
		                 : PQputCopyData(db->conn, copy->left,
		                                 (int)len)) != 1)
			return false;
		copy->left += len;
		copy->len -= len;
	}
}

static enum db_result
lose_copy(struct db *db)
{
	const char *reason = PQerrorMessage(db->conn);

	remember(db,
	         *reason == '\0' ? "the server takes no more rows" : reason);
	db_disconnect(db);
	return DB_DOWN;
}

enum db_result
db_copy_go_on(struct db *db)
{
	bool all;

	if (db->conn == NULL)
		return DB_DOWN;
	return !db->copy.open || push(db, &all) ? DB_ROW : lose_copy(db);
}

enum db_result
db_copy_finish(struct db *db)
{
	struct copy *copy = &db->copy;
	bool all = false;

	if (!copy->open)
		return DB_ROW;
	while (push(db, &all) && !all) {
		struct pollfd fd = {.fd = PQsocket(db->conn),
		                    .events = POLLIN | POLLOUT};
		int64_t left_us = copy->end_us - clock_monotonic_us();

		if (left_us <= 0 ||
		    (poll(&fd, 1, (int)(left_us / 1000 + 1)) < 0 &&
		     errno != EINTR))
			break;
	}
	if (!all)
		return lose_copy(db);

	enum db_result result = DB_ROW;
	PGresult *res = await(db, true);

	copy->open = false;
	if (db->conn != NULL)
		(void)PQsetnonblocking(db->conn, 0);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		result = classify(db, res);
	PQclear(res);
	return result;
}

/* Prepares the statement unless this connection has it already. */
static enum db_result
prepare(struct db *db, const struct statement *statement)
{
	for (size_t i = 0; i < db->prepared_count; i++) {
		if (db->prepared[i] == statement)
			return DB_ROW;
	}

	PGresult *res = await(db, PQsendPrepare(db->conn, statement->name,
	                                        statement->text, 0, NULL));
	enum db_result result = DB_ROW;

	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		result = classify(db, res);
	else if (db->prepared_count < PREPARED_MAX)
		db->prepared[db->prepared_count++] = statement;
	PQclear(res);
	return result;
}

static enum db_result
execute(struct db *db, const struct statement *statement,
        const struct params *params, enum format format, PGresult **ret)
{
	enum db_result result = db_copy_finish(db);

	if (result == DB_ROW)
		result = prepare(db, statement);
	if (result != DB_ROW)
		return result;

	PGresult *res =
		await(db, PQsendQueryPrepared(db->conn, statement->name,
	                                      params->count, params->values,
	                                      params->lengths, params->formats,
	                                      format));
	ExecStatusType status = PQresultStatus(res);
	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
		bool none = status == PGRES_TUPLES_OK
		                    ? PQntuples(res) == 0
		                    : strcmp(PQcmdTuples(res), "0") == 0;

		*ret = res;
		return none ? DB_NONE : DB_ROW;
	}
	result = classify(db, res);
	PQclear(res);
	return result;
}

/*
 * A connection may have died while it was idle: the statement that finds out is
 * run once more on a new one, outside of a transaction only. A statement that
 * changed something may then have been done twice; ours are idempotent by key.
 */
static enum db_result
execute_twice(struct db *db, const struct statement *statement,
              const struct arg *args, enum format format, PGresult **ret)
{
	struct params params;
	bool fresh = db->conn == NULL;
	bool in_transaction = db->in_transaction;

	params_fill(&params, args);
	if (in_transaction && fresh)
		return DB_DOWN;

	enum db_result result = db_connect(db);
	if (result == DB_ROW)
		result = execute(db, statement, &params, format, ret);
	if (result == DB_DOWN && db->conn == NULL && !fresh &&
	    !in_transaction && db_connect(db) == DB_ROW)
		result = execute(db, statement, &params, format, ret);
	return result;
}

static void
clear(void *res)
{
	PQclear(res);
}

static enum db_result
rows_of(struct db *db, struct arena *arena, const struct statement *statement,
        const struct arg *args, enum format format, struct rows *ret)
{
	PGresult *res = NULL;
	enum db_result result =
		execute_twice(db, statement, args, format, &res);

	if (res == NULL)
		return result;
	arena_defer(arena, clear, res);
	*ret = (struct rows){.result = res, .count = PQntuples(res)};
	return result;
}

enum db_result
db_rows(struct db *db, struct arena *arena, const struct statement *statement,
        const struct arg *args, struct rows *ret)
{
	return rows_of(db, arena, statement, args, FORMAT_TEXT, ret);
}

enum db_result
db_rows_bytes(struct db *db, struct arena *arena,
              const struct statement *statement, const struct arg *args,
              struct rows *ret)
{
	return rows_of(db, arena, statement, args, FORMAT_BINARY, ret);
}

enum db_result
db_one(struct db *db, struct arena *arena, const struct statement *statement,
       const struct arg *args, const struct column *columns, void *ret)
{
	struct rows rows;
	enum db_result result = db_rows(db, arena, statement, args, &rows);

	if (result == DB_ROW)
		rows_read(&rows, 0, columns, ret);
	return result;
}

enum db_result
db_run(struct db *db, const struct statement *statement, const struct arg *args)
{
	PGresult *res = NULL;
	enum db_result result =
		execute_twice(db, statement, args, FORMAT_TEXT, &res);

	PQclear(res);
	return result;
}

enum db_result
db_copy(struct db *db, const struct statement *statement,
        const struct buf *rows)
{
	enum db_result result = db_copy_finish(db);

	if (result != DB_ROW || rows->len == 0)
		return result;
	if (db->conn == NULL)
		return DB_DOWN;
	PGresult *res = await(db, PQsendQuery(db->conn, statement->text));
	if (PQresultStatus(res) != PGRES_COPY_IN) {
		result = classify(db, res);
		PQclear(res);
		return result;
	}
	PQclear(res);
	db->copy = (struct copy){
		.open = PQsetnonblocking(db->conn, 1) == 0,
		.left = rows->data,
		.len = rows->len,
		.end_us = clock_monotonic_us() +
	                  (db->settings.statement_timeout_ms + GRACE_MS) * 1000,
	};
	if (!db->copy.open)
		db_disconnect(db); /* in the middle of a COPY, of no more use */
	return db_copy_go_on(db);
}

static enum db_result
command(struct db *db, const char *text)
{
	enum db_result result = db_copy_finish(db);

	if (result != DB_ROW)
		return result;
	PGresult *res = await(db, PQsendQuery(db->conn, text));
	ExecStatusType status = PQresultStatus(res);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		result = classify(db, res);
	PQclear(res);
	return result;
}

enum db_result
db_begin(struct db *db)
{
	bool fresh = db->conn == NULL;
	enum db_result result = db_connect(db);

	if (result == DB_ROW)
		result = command(db, "BEGIN");
	if (result == DB_DOWN && !fresh && db_connect(db) == DB_ROW)
		result = command(db, "BEGIN");
	db->in_transaction = result == DB_ROW;
	return result;
}

enum db_result
db_commit(struct db *db)
{
	if (db->conn == NULL)
		return DB_DOWN;
	/* COMMIT of a failed transaction succeeds as a ROLLBACK. */
	bool failed = PQtransactionStatus(db->conn) == PQTRANS_INERROR;
	enum db_result result = command(db, "COMMIT");

	db->in_transaction = false;
	return result == DB_ROW && failed ? DB_ERROR : result;
}

void
db_rollback(struct db *db)
{
	(void)db_copy_finish(db);
	if (db->conn != NULL && PQtransactionStatus(db->conn) != PQTRANS_IDLE &&
	    command(db, "ROLLBACK") != DB_ROW)
		db_disconnect(db);
	db->in_transaction = false;
}

/* Only in a transaction: a connection that was lost is none. */
static enum db_result
part_command(struct db *db, const char *first, int64_t timeout_ms)
{
	char text[160];

	if (db->conn == NULL || !db->in_transaction)
		return DB_DOWN;
	(void)snprintf(text, sizeof(text),
	               "%s; SET LOCAL statement_timeout = %" PRId64, first,
	               timeout_ms);
	return command(db, text);
}

enum db_result
db_part_begin(struct db *db, int64_t ms)
{
	int64_t usual_ms = db->settings.statement_timeout_ms;

	return part_command(db, "SAVEPOINT part",
	                    ms < usual_ms ? ms : usual_ms);
}

enum db_result
db_part_end(struct db *db, bool keep)
{
	return part_command(db,
	                    keep ? "RELEASE SAVEPOINT part"
	                         : "ROLLBACK TO SAVEPOINT part; "
	                           "RELEASE SAVEPOINT part",
	                    db->settings.statement_timeout_ms);
}

enum db_result
db_script(struct db *db, const char *text)
{
	enum db_result result = db_connect(db);

	return result == DB_ROW ? command(db, text) : result;
}
